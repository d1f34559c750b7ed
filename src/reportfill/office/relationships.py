"""Where the relationships of a package's parts lead (ECMA-376-2, 9.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportfill.office.package import relationships_of, target_of
from reportfill.office.xml import parsed

Parts = Mapping[str, bytes]


def related_part(source: str, identifier: str | None, parts: Parts) -> str:
    """The part to which a relationship of a part leads; empty where it leads to none in the package."""
    return dict(_relationships(source, parts)).get(identifier or "", "")


def parts_related_by(source: str, kind: str, parts: Parts) -> list[str]:
    """The parts to which a part is related in some way, given as the end of the relationship's type: "drawing"."""
    return [target for _, target in _relationships(source, parts, f"/{kind}")]


def _relationships(source: str, parts: Parts, end: str = "") -> Iterator[tuple[str, str]]:
    content = parts.get(relationships_of(source))
    for relationship in () if content is None else parsed(content):
        target = target_of(source, relationship.get("Target", ""))
        is_inside = relationship.get("TargetMode") != "External" and target in parts
        if is_inside and relationship.get("Type", "").endswith(end):
            yield relationship.get("Id", ""), target
