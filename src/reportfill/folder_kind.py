"""What kind of folder a path is in: on a disk of this computer, on a network drive, or in a folder that a client keeps
the same on several computers. Locks and databases hold on the first only."""

from __future__ import annotations

import os
import re
from enum import Enum
from functools import lru_cache
from pathlib import Path

from reportfill.text import Text


class FolderKind(Enum):
    """A kind of folder, as it is called."""

    LOCAL = Text("本机磁盘", "a disk of this computer")
    SHARE = Text("网络共享文件夹", "a network share")
    SYNCED = Text("云盘同步文件夹", "a folder that a cloud drive synchronises")


_OF_NETWORKS = re.compile(
    r"9p|afs|ceph|cifs|coda|fuse\.(davfs2|rclone|sshfs)|davfs|glusterfs|ncpfs|nfs4?|smb3|smbfs"
)
"""Types of file systems that other computers have too (Linux: filesystems(5), and those of FUSE)."""

_SYNCED = re.compile(
    r"onedrive( - .+)?|dropbox( \(.+\))?|google drive|my drive|iclouddrive|cloudstorage|nextcloud|megasync|syncthing|"
    r"nutstore( files)?|坚果云|我的坚果云|wps云盘|wps cloud files|wpsdrive|baidusyncdisk|百度网盘同步空间|"
    r"微云同步助手|腾讯微云",
    re.IGNORECASE,
)
"""What such clients call their folders unless somebody calls them otherwise."""

_MARKS = (".stfolder", ".dropbox", ".nextcloudsync.log", ".849C9593-D756-4E56-8D6E-42412F2A707B")
"""Files and folders that such clients lay into theirs: Syncthing, Dropbox, Nextcloud, OneDrive."""

_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def kind_of_folder(path: Path) -> FolderKind:
    """The kind of the folder that a path is, or will be, in."""
    whole = Path(os.path.abspath(path))
    if _is_on_network(whole):
        return FolderKind.SHARE
    return FolderKind.SYNCED if any(map(_is_synced, (whole, *whole.parents))) else FolderKind.LOCAL


def _is_synced(folder: Path) -> bool:
    named = [os.environ.get(name) for name in _VARIABLES]
    return (
        str(folder) in named
        or _SYNCED.fullmatch(folder.name) is not None
        or any(os.path.lexists(folder / mark) for mark in _MARKS)
    )


def _is_on_network(path: Path) -> bool:
    if os.name == "nt":
        from reportfill.windows import is_on_network

        return is_on_network(path.drive)
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return _OF_NETWORKS.fullmatch(file_system_of(path, mounts)) is not None


# A server asks several times for every page, and mounts are nearly always as they were.
@lru_cache(maxsize=64)
def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that a path is in, by a list as /proc/self/mountinfo has it (proc(5)); empty where
    the list does not say."""
    found = ""
    longest = -1
    for line in mounts.splitlines():
        before, separator, behind = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        place = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
        if path.is_relative_to(place) and len(place.parts) >= longest:
            found, longest = behind.split(" ")[0], len(place.parts)
    return found
