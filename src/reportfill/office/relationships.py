"""Where the relationships of a package's parts lead (ECMA-376-2, 9.3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reportfill.office.package import relationships_of, target_of
from reportfill.office.xml import ELEMENT, parsed

Parts = Mapping[str, bytes]


def related_part(source: str, identifier: str | None, parts: Parts) -> str:
    """The part to which a relationship of a part leads; empty where it leads to none in the package."""
    target = _targets(source, parts).get(identifier or "", ("", ""))[1]
    return target if target in parts else ""


def parts_related_by(source: str, kind: str, parts: Parts) -> list[str]:
    """The parts to which a part is related in some way, given as the end of the relationship's type: "drawing"."""
    found = _targets(source, parts).values()
    return [target for type_, target in found if type_.endswith(f"/{kind}") and target in parts]


def _targets(source: str, parts: Parts) -> Mapping[str, tuple[str, str]]:
    content = parts.get(relationships_of(source))
    return {} if content is None else _read(source, content)


@lru_cache(maxsize=8)
def _read(source: str, content: bytes) -> Mapping[str, tuple[str, str]]:
    """The relationships of a part within the package by their ids: the type and the target of each. A sheet may have
    hundreds of pictures, each of which asks."""
    return {
        one.get("Id", ""): (one.get("Type", ""), target_of(source, one.get("Target", "")))
        for one in parsed(content).iterchildren(ELEMENT)
        if one.get("TargetMode") != "External"
    }
