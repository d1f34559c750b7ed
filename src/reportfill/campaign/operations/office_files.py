"""What a campaign made for its office alone: roll-ups, comparisons, and the files that take links to the agencies."""

from __future__ import annotations

from pathlib import PurePosixPath

from reportfill.campaign.folder.parts import LINKS, ROLLUP, SUPERSEDED
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.storage.store import StoredFile
from reportfill.errors import UsageError
from reportfill.files import not_opened

_FOLDERS = (ROLLUP, LINKS)


def office_files(folder: CampaignFolder) -> tuple[StoredFile, ...]:
    """The files as they are now, those made last first, without what these replaced."""
    found = (file for part in _FOLDERS for file in folder.store.files(part))
    shown = [file for file in found if SUPERSEDED not in PurePosixPath(file.path).parts]
    return tuple(sorted(shown, key=lambda file: (file.modified, file.path), reverse=True))


def office_file(folder: CampaignFolder, path: str) -> bytes:
    """One of these files. Raises UsageError for any other, and OutputError where it cannot be read."""
    if path not in {file.path for file in office_files(folder)}:
        raise UsageError(
            f"{path} is no file of the office, or not there any more", f"没有{path}，或者已经删除"
        )
    try:
        return folder.store.read(path)
    except OSError as error:
        raise not_opened(folder.store.place(path), error) from error


def remove_office_file(folder: CampaignFolder, path: str) -> None:
    """Remove a file that takes links to the agencies: whoever has it has their passwords. Raises UsageError for any
    other, CampaignError where the campaign is closed, and OutputError where it cannot be removed."""
    folder.require_open()
    if not path.startswith(f"{LINKS}/"):
        raise UsageError(f"{path} holds no links", f"{path}不是填报链接的文件，不能在这里删除")
    office_file(folder, path)
    folder.store.remove(path)
