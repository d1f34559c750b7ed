"""Where the password of a campaign's workbooks is kept: with the person who holds it, never in the campaign."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from platformdirs import user_config_path

from reportfill.campaign.folder.settings import Settings
from reportfill.errors import CampaignError
from reportfill.files import not_opened, written_whole
from reportfill.held_files import is_held
from reportfill.plain_files import read_file

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
            "the password of the workbooks is not known on this computer",
            "本机没有保存填报表的打开密码",
            by_command=(
                "`reportfill campaign password` asks for it",
                "请先运行 reportfill campaign password 输入",
            ),
        )
    return tuple(kept)


def keep_password(settings: Settings, password: str) -> Path:
    """Keep the password for this campaign, before those that it had, in the user's own folder, for nobody else to
    read; where it lies. Raises OutputError where it cannot be kept; those that it had are kept as before then."""
    path = _file(settings)
    before = _kept(settings).splitlines()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with written_whole(path) as stream:
        os.chmod(stream.name, 0o600)
        stream.write("\n".join([password, *(one for one in before if one != password)]).encode())
    return path


def _kept(settings: Settings) -> str:
    """What is kept for this campaign; empty where nothing is, or where this user may not read it. Raises OutputError
    where another program has it open."""
    path = _file(settings)
    try:
        return read_file(path).decode()
    except OSError as error:
        if is_held(error, path, reads=True):
            raise not_opened(path, error) from error
        return ""


def _file(settings: Settings) -> Path:
    about = f"{settings.issuer}\n{settings.year}\n{settings.pack}"
    return user_config_path("reportfill") / "passwords" / hashlib.sha256(about.encode()).hexdigest()[:16]
