"""What a backup says of itself: the campaign's files with their sizes and SHA-256, and when it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

BACKUP_LIST, INSIDE = "备份清单.json", "年度工作"
"""The list, and the folder of the campaign's files, within a backup."""


class KeptFile(NamedTuple):
    """A file of a campaign as a backup holds it."""

    size: int
    digest: str


class BackupList(NamedTuple):
    """When a backup was made, of which campaign, and the files of it by path."""

    at: str
    campaign: str
    files: Mapping[str, KeptFile]

    @property
    def content(self) -> bytes:
        """The list as a file."""
        files = {path: {"字节": one.size, "SHA-256": one.digest} for path, one in self.files.items()}
        told = {"备份时间": self.at, "年度报告工作": self.campaign, "文件": files}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_backup_list(content: bytes) -> BackupList:
    """The list in a file. Raises ValueError where it is none."""
    try:
        told = json.loads(content)
        files = {
            str(path): KeptFile(int(one["字节"]), str(one["SHA-256"])) for path, one in told["文件"].items()
        }
        return BackupList(str(told["备份时间"]), str(told["年度报告工作"]), files)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def place_in_backup(path: str) -> str:
    """Where a file of a campaign lies within a backup."""
    return f"{INSIDE}/{path}"
