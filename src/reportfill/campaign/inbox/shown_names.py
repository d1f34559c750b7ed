"""Names from archives and mails as they can be shown and told apart, whatever their bytes are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 250
_SEPARATORS = re.compile(r"[/\\]")
_DRIVE = re.compile(r"^[A-Za-z]:")
_CHINESE = frozenset(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936"))
NAMELESS = "未命名"


def decoded_text(raw: bytes, charset: str = "") -> str:
    """Bytes as text. Without a usable charset UTF-8 is tried, then what Chinese Windows writes: hardly any Chinese text
    in the one is valid in the other."""
    if charset:
        # Programs say gb2312 and mean all of GBK; GB 18030 holds both.
        known = "gb18030" if charset.lower() in _CHINESE else charset
        try:
            return raw.decode(known, "replace")
        except (LookupError, ValueError):
            pass
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def harmless_name(name: str) -> str:
    """A name, with its folders before a /, that leads nowhere and hides nothing: no drive, no way up, no character
    that controls or turns the text. Of one that is too long the end is kept."""
    visible = "".join(filter(str.isprintable, " ".join(unicodedata.normalize("NFC", name).split())))
    parts = (part.strip() for part in _SEPARATORS.split(_DRIVE.sub("", visible)))
    path = "/".join(part for part in parts if part.strip(". "))
    if len(path) > _LONGEST:
        path = f"…{path[1 - _LONGEST :]}"
    return path or NAMELESS


def all_different(names: Iterable[str]) -> list[str]:
    """The names in their order, those that were there before with a number: 报表.xlsx, 报表（2）.xlsx."""
    numbers: dict[str, int] = {}
    for name in names:
        free = name
        while free in numbers:
            numbers[name] += 1
            free = _numbered(name, numbers[name])
        numbers[free] = 1
    return list(numbers)


def _numbered(name: str, number: int) -> str:
    folder, slash, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    if not stem:
        stem, dot, suffix = file, "", ""
    return f"{folder}{slash}{stem}（{number}）{dot}{suffix}"
