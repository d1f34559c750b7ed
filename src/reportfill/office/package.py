"""OOXML packages: parts by name and what they are related to, composed into archives that come out the same from the
same parts."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import IO

CONTENT_TYPES, ROOT_RELATIONSHIPS = "[Content_Types].xml", "_rels/.rels"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 2
"""How hard to compress: level 2 takes a third of the time of level 6 and makes the file a tenth larger."""


def parts_of(package: bytes) -> dict[str, bytes]:
    """The parts of a package by name, in their order."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def relationships_of(source: str) -> str:
    """The name of the part with the relationships of a part, or of the package, which has no name (ECMA-376-2, 9.3.3):
    xl/_rels/workbook.xml.rels."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(name: str) -> str | None:
    """The part whose relationships a part holds, the empty string for the package; None where it holds none."""
    folder, file = posixpath.split(name)
    outer, inner = posixpath.split(folder)
    if inner.lower() != "_rels" or not file.lower().endswith(".rels"):
        return None
    return posixpath.join(outer, file[: -len(".rels")])


def target_of(source: str, target: str) -> str:
    """The name of the part to which a relationship of a part leads that has this target."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


def composed(parts: Mapping[str, bytes], *, level: int = _LEVEL) -> bytes:
    """The package of these parts, the content types first, without any date. At level 0 they are not compressed."""
    return extended(b"", dict(sorted(parts.items(), key=lambda part: part[0] != CONTENT_TYPES)), level=level)


def extended(package: bytes, parts: Mapping[str, bytes], *, level: int = _LEVEL) -> bytes:
    """A package with more parts behind those that it has; those are not composed again."""
    target = BytesIO(package)
    with zipfile.ZipFile(
        target, "a" if package else "w", zipfile.ZIP_DEFLATED, compresslevel=level
    ) as archive:
        for name, content in parts.items():
            archive.writestr(_entry(name), content, compresslevel=level)
    return target.getvalue()


def write_package(stream: IO[bytes], parts: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write the package of these parts, the content types first, without any date. A large part is given piece by piece
    and never in memory as a whole."""
    ordered = sorted(parts.items(), key=lambda part: part[0] != CONTENT_TYPES)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, content in ordered:
            entry = _entry(name)
            if isinstance(content, bytes):
                archive.writestr(entry, content, compresslevel=_LEVEL)
                continue
            entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # there is no public way to say it
            with archive.open(entry, "w") as place:
                for piece in content:
                    place.write(piece)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry
