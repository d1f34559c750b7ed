"""Receipts: what an agency handed in itself and when, as it is told and found again, one a content."""

from __future__ import annotations

import json
from base64 import b32encode
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import sha256

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.folder.parts import RECEIPTS, folder_of_code
from reportfill.campaign.storage.store import Store

_LETTERS = 12
"""So many letters and digits a number has, in groups of four."""


_NAMES = ("回执", "时间", "SHA-256", "单位编码", "单位名称", "文件名", "报送人", "位置")
"""What stands in a receipt, in the order of its fields."""


@dataclass(frozen=True, slots=True)
class HandedInFile:
    """What an agency handed in itself: the number of the receipt, when it came, the SHA-256 of the content, the
    agency's code and name, what the file is called there and by whom it was handed in, for people; and where it lies in
    the campaign's folder."""

    number: str
    at: datetime
    digest: str
    code: str
    name: str
    file_name: str
    by: str
    path: str

    @property
    def holder(self) -> Holder:
        """The agency that handed it in."""
        return Holder(self.code, self.name)


def receipt_number(code: str, digest: str) -> str:
    """The number of the receipt for a content that an agency hands in: the same content has the same."""
    letters = b32encode(sha256(f"{code}\0{digest}".encode()).digest()).decode()[:_LETTERS]
    return "-".join(letters[start : start + 4] for start in range(0, _LETTERS, 4))


def receipt_of(store: Store, code: str, digest: str) -> HandedInFile | None:
    """The receipt for a content that an agency handed in; None where there is none that can be read."""
    return _receipt(store, _place(code, digest))


def receipts_of(store: Store, code: str) -> list[HandedInFile]:
    """The receipts of an agency, in order."""
    folder = f"{RECEIPTS}/{folder_of_code(code)}"
    found = (_receipt(store, f"{folder}/{name}") for name in store.names(folder) if name.endswith(".json"))
    return sorted((one for one in found if one is not None), key=lambda one: (one.at, one.number))


def kept_receipt(store: Store, given: HandedInFile) -> HandedInFile:
    """Keep a receipt, confirmed by the disk; that of somebody who was quicker with the same content, where there is
    one. Raises OutputError where it cannot be written."""
    told = dict(zip(_NAMES, (given.number, str(given.at), *astuple(given)[2:]), strict=True))
    wanted = _place(given.code, given.digest)
    place = store.lay(wanted, json.dumps(told, ensure_ascii=False, indent=1).encode())
    known = _receipt(store, wanted)
    if place == wanted or known is None:
        return given
    store.remove(place)
    return known


def _place(code: str, digest: str) -> str:
    return f"{RECEIPTS}/{folder_of_code(code)}/{digest}.json"


def _receipt(store: Store, path: str) -> HandedInFile | None:
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        told = json.loads(store.read(path))
        number, at, *rest = (str(told[name]) for name in _NAMES)
        return HandedInFile(number, datetime.fromisoformat(at), *rest)
    return None
