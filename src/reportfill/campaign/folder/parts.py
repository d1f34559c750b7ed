"""What lies where in the folder of a campaign."""

from __future__ import annotations

import hashlib

from reportfill.files import safe_name

SETTINGS, LEDGER, NOTICE, SEAL = "campaign.toml", "campaign.db", "通知模板.docx", "封存清单.json"
OUTGOING, INBOX, RECEIVED = "outgoing", "inbox", "received"
REPORTS, RETURNED, ROLLUP, REMINDERS = "reports", "returned", "rollup", "reminders"
LINKS = "links"
MAILS = f"{OUTGOING}/邮件"
FOLDERS = (OUTGOING, INBOX, RECEIVED, REPORTS, RETURNED, ROLLUP)
"""Workbooks to be sent; what comes back; every version of it, numbered; reports; marked workbooks; sums."""

SUPERSEDED = "旧版"
"""The folder, within those of outputs, of what has been replaced by something newer."""

LEDGER_URL = "REPORTFILL_LEDGER"
"""The environment variable that names the ledger's database where campaign.toml does not."""


HANDED_IN, RECEIPTS = f"{INBOX}/网上报送", "log/回执"
"""What agencies handed in themselves, and the receipts for it, a folder an agency."""


def folder_of_code(code: str) -> str:
    """The name of an agency's own folder, by its code: another for every code, also on systems that do not tell
    capitals from small letters, and never one of a hidden folder, which nobody looks into."""
    name = safe_name(code).lstrip(". ") or "_"
    if name != code or code != code.upper():
        name += f"-{hashlib.sha256(code.encode()).hexdigest()[:6]}"
    return name


def own_folder(code: str) -> str:
    """The folder of an agency's versions under received/."""
    return f"{RECEIVED}/{folder_of_code(code)}"
