"""Number formats that cells have under a condition, in an .xlsx (ECMA-376-1, 18.3.1.18 and 18.8.14; those of newer
Excel, which carry their format with them: [MS-XLSX] 2.6.15)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportfill.office.inspection.extent import whole_number
from reportfill.office.number_formats.sections import Condition
from reportfill.place import Cell, Corners, parse_area

_SIGNS = {
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
    "equal": "=",
    "notEqual": "<>",
}


class ConditionalFormat(NamedTuple):
    """A format for the numbers of an area of cells that fulfil conditions; of rules that are no comparison with numbers
    nothing is known, and they are taken to hold."""

    area: Corners
    code: str
    conditions: tuple[Condition, ...]

    def is_for(self, cell: Cell, number: Decimal) -> bool:
        """Whether it shows a number in a cell of its sheet."""
        return cell.is_within(self.area) and all(condition.holds(number) for condition in self.conditions)


def codes_of_differences(styles: Element) -> dict[int, str]:
    """The codes of the formats under a condition that have one, by the number under which rules name them."""
    differences = next((element for element in styles if element.tag.endswith("dxfs")), ())
    codes = {
        number: element.get("formatCode", "")
        for number, difference in enumerate(differences)
        for element in difference
        if element.tag.endswith("numFmt")
    }
    return {number: code for number, code in codes.items() if code}


def conditional_formats(sheet: Element, codes: dict[int, str]) -> Iterator[ConditionalFormat]:
    """The number formats that a sheet has under a condition, the first that counts before others."""
    found: list[tuple[int, ConditionalFormat]] = []
    for formatting in sheet.iter():
        if not formatting.tag.endswith("}conditionalFormatting"):
            continue
        for rule in formatting:
            code = codes.get(whole_number(rule.get("dxfId", ""), -1)) or _own_code(rule)
            if code:
                conditions, priority = _conditions(rule), whole_number(rule.get("priority", "0"), -1)
                found += [
                    (priority, ConditionalFormat(area, code, conditions))
                    for area in _areas(_references(formatting))
                ]
    yield from (one for _, one in sorted(found, key=lambda pair: pair[0]))


def _own_code(rule: Element) -> str:
    """The code of the format that a rule of newer Excel carries with it; empty where it has none."""
    formats = (element for element in rule.iter() if element.tag.endswith("}numFmt"))
    return next((element.get("formatCode", "") for element in formats), "")


def _references(formatting: Element) -> str:
    """The ranges of cells that rules are for; newer Excel has them in an element."""
    own = (element.text or "" for element in formatting if element.tag.endswith("}sqref"))
    return formatting.get("sqref") or next(own, "")


def _areas(references: str) -> Iterator[Corners]:
    for reference in references.split():
        with suppress(ValueError):
            yield parse_area(reference)


def _conditions(rule: Element) -> tuple[Condition, ...]:
    """What a number has to fulfil; nothing where the rule is no comparison with numbers."""
    try:
        limits = [Decimal(formula.text or "") for formula in rule if formula.tag.endswith(("}formula", "}f"))]
    except InvalidOperation:
        return ()
    operator = rule.get("operator", "")
    if rule.get("type") != "cellIs" or not all(limit.is_finite() for limit in limits):
        return ()
    if operator == "between" and len(limits) == 2:
        return Condition(">=", min(limits)), Condition("<=", max(limits))
    sign = _SIGNS.get(operator)
    return (Condition(sign, limits[0]),) if sign and len(limits) == 1 else ()
