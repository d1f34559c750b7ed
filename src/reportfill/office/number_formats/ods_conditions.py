"""Under which conditions cells of an .ods have another style: as OpenDocument states it (1.3, part 3, 19.475), and as
LibreOffice does besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reportfill.office.number_formats.ods_number_styles import attributes_of, comparison, local
from reportfill.office.number_formats.sections import Condition, condition_of
from reportfill.place import Corners, parse_area

_BETWEEN = re.compile(r"(?:cell-content-is-)?between\(([^,]*),([^,)]*)\)")
_ADDRESS = re.compile(r"[A-Za-z]+0*[1-9][0-9]*")


def tables_of(content: Element) -> Iterator[Element]:
    """The tables of a document's content."""
    return (element for element in content.iter() if local(element.tag) == "table")


def conditions_of_map(said: str) -> tuple[Condition, ...]:
    """What a number has to fulfil: cell-content()>10, between(1,5); nothing where it is no comparison with numbers."""
    plain = comparison(said)
    between = _BETWEEN.fullmatch(plain)
    if between is None:
        condition = condition_of(plain)
        return (condition,) if condition else ()
    limits = (
        condition_of(f"{sign}{limit}") for sign, limit in zip((">=", "<="), between.groups(), strict=True)
    )
    found = tuple(limit for limit in limits if limit is not None)
    return found if len(found) == 2 else ()


def ranges_under_conditions(table: Element) -> Iterator[tuple[Corners, str, str]]:
    """The ranges of a table for which LibreOffice states a condition: where, which, and the name of the style."""
    for element in table.iter():
        if local(element.tag) != "conditional-format":
            continue
        for child in element:
            said = attributes_of(child)
            for corners in _ranges(attributes_of(element).get("target-range-address", "")):
                yield corners, said.get("value", ""), said.get("apply-style-name", "")


def _ranges(references: str) -> Iterator[Corners]:
    """The ranges of 表二.A1:表二.A3; names of sheets, which may hold blanks, are passed over."""
    for reference in re.split(r"\s+(?=[^:\s]*\.)", references.replace("$", "")):
        parts = (part.rpartition(".")[2] for part in reference.split(":"))
        addresses = [part for part in parts if _ADDRESS.fullmatch(part)]
        if addresses:
            yield parse_area(f"{addresses[0]}:{addresses[-1]}")
