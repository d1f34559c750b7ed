"""Where the password of a campaign's workbooks is kept: with the person who holds it, never in the campaign."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from platformdirs import user_config_path

from reportfill.campaign.folder.settings import Settings
from reportfill.errors import CampaignError

PASSWORD = "REPORTFILL_PASSWORD"
"""The environment variable that gives the password where it is not kept, as on a server; those that are kept still open
what comes back."""


def passwords_of(settings: Settings) -> tuple[str, ...]:
    """The passwords that open the workbooks of a campaign, the newest first: those that were there before still open
    what comes back, also where new workbooks have none any more. Raises CampaignError where new ones have one that is
    not known here."""
    kept = dict.fromkeys([*os.environ.get(PASSWORD, "").splitlines(), *_kept(settings).splitlines()])
    if not kept and settings.is_protected:
        raise CampaignError(
            "the password of the workbooks is not known on this computer; `reportfill campaign password` asks for it",
            "本机没有保存填报表的打开密码，请先运行 reportfill campaign password 输入",
        )
    return tuple(kept)


def keep_password(settings: Settings, password: str) -> Path:
    """Keep the password for this campaign, before those that it had, in the user's own folder, for nobody else to
    read; where it lies."""
    path = _file(settings)
    before = _kept(settings).splitlines()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_text("\n".join([password, *(one for one in before if one != password)]), "utf-8")
    return path


def _kept(settings: Settings) -> str:
    """What is kept for this campaign; empty where nothing is, or where this user may not read it."""
    try:
        return _file(settings).read_text("utf-8")
    except OSError:
        return ""


def _file(settings: Settings) -> Path:
    about = f"{settings.issuer}\n{settings.year}\n{settings.pack}"
    return user_config_path("reportfill") / "passwords" / hashlib.sha256(about.encode()).hexdigest()[:16]
