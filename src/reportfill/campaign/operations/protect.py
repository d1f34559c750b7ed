"""The password of a campaign's workbooks, given and taken away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportfill.campaign.folder.password import keep_password
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.errors import UsageError
from reportfill.office.encryption import require_library


def protect_workbooks(folder: CampaignFolder, password: str) -> Path:
    """Let workbooks that are made from now on have a password for opening; where it is kept. Raises UsageError where
    it is empty or workbooks cannot be locked here."""
    require_library()
    if not password:
        raise UsageError("a password cannot be empty", "打开密码不能为空")
    with folder.locked():
        settings = folder.settings()
        kept = keep_password(settings, password)
        folder.change_settings(replace(settings, is_protected=True))
    return kept


def unprotect_workbooks(folder: CampaignFolder) -> None:
    """Let new workbooks have no password any more; those in use stay known."""
    with folder.locked():
        folder.change_settings(replace(folder.settings(), is_protected=False))
