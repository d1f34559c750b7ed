"""What was handed in, as it is kept: every version under received/, a folder an agency, numbered."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from reportfill.campaign.folder.parts import RECEIVED, own_folder
from reportfill.campaign.records.handover_list import HANDOVER_LIST
from reportfill.campaign.storage.store import Store
from reportfill.errors import CampaignError
from reportfill.files import not_opened
from reportfill.office.encryption import OWN_PASSWORD, is_locked, is_locked_xls, unlocked_with

_NAME = re.compile(r"第([1-9][0-9]*)次-([0-9a-f]{12})\.[a-z]+")


@dataclass(frozen=True, slots=True)
class ReceivedCopy:
    """The copy of one version: its path, the folder of its agency, its number, how its SHA-256 begins, and when it was
    written."""

    path: str
    folder: str
    number: int
    mark: str
    modified: datetime


def mark_of(digest: str) -> str:
    """What stands for a content's SHA-256 in the name of its copy."""
    return digest[:12]


def received_path(code: str, number: int, digest: str, suffix: str) -> str:
    """Where the copy of a version is kept."""
    return f"{own_folder(code)}/第{number}次-{mark_of(digest)}{suffix}"


def handover_list_path(path: str, content: bytes) -> str:
    """Where the list of a hand-over is kept: beside the copy of its report, each list of the same report."""
    return f"{path.rpartition('.')[0]}-{mark_of(sha256(content).hexdigest())}-{HANDOVER_LIST}"


def received_copies(
    store: Store, below: str = RECEIVED, *, without: Collection[str] = ()
) -> list[ReceivedCopy]:
    """The copies of all versions, or of those in one folder, an agency's in order; without those whose marks are
    named."""
    found = []
    for file in store.files(below):
        folder, _, name = file.path.rpartition("/")
        match = _NAME.fullmatch(name)
        if match and match[2] not in without:
            found.append(ReceivedCopy(file.path, folder, int(match[1]), match[2], file.modified))
    return sorted(found, key=lambda copy: (copy.folder, copy.number))


def content_of_copy(store: Store, path: str, digest: str, passwords: tuple[str, ...]) -> bytes:
    """The bytes of a version's copy. Raises CampaignError where it is gone, is not what was handed in any more, or has
    a password that none of these is, and OutputError where it cannot be read."""
    try:
        content = store.read(path)
    except FileNotFoundError as error:
        raise CampaignError(
            f"{store.place(path)} is gone: put it back",
            f"{store.place(path)}已丢失：请恢复",
            by_command=("or run `reportfill campaign rebuild`", "或者运行 reportfill campaign rebuild"),
        ) from error
    except OSError as error:
        raise not_opened(store.place(path), error) from error
    require_original(store, path, digest, content, passwords)
    return content


def require_original(store: Store, path: str, mark: str, content: bytes, passwords: tuple[str, ...]) -> None:
    """Raise CampaignError where the content of a copy is not what was handed in any more, by how its SHA-256 began, or
    where it has a password that none of these is."""
    place = store.place(path)
    if not sha256(content).hexdigest().startswith(mark):
        raise CampaignError(
            f"{place} was changed after it was handed in; put the original back",
            f"{place}接收以后被改动：请恢复原件",
        )
    is_protected = is_locked(content) or is_locked_xls(content)
    if is_protected and unlocked_with((*passwords, OWN_PASSWORD), content) is content:
        raise CampaignError(
            f"{place} has a password that is not known here",
            f"{place}设有打开密码，本机没有能打开它的密码",
            by_command=(
                "`reportfill campaign password` asks for it",
                "请先用 reportfill campaign password 输入",
            ),
        )


def unreadable_copy(store: Store, path: str) -> CampaignError:
    """That a version's copy, which was read when it came in, cannot be read any more."""
    return CampaignError(
        f"nothing can be read of {store.place(path)} any more", f"{store.place(path)}的内容已无法读取"
    )
