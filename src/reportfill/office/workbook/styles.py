"""The formats of a workbook's cells (styles.xml, ECMA-376-1, 18.8): those that it has, and more of them."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from lxml import etree

from reportfill.office.edited_package import UnusualPackageError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MAIN = f"{{{MAIN}}}"
NO_FILL = "<patternFill/>"


def solid(colour: str) -> str:
    """The content of a fill of one colour (ARGB)."""
    return (
        f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor rgb="{colour}"/></patternFill>'
    )


class Styles:
    """The formats of cells by their number. A format that is asked for is added unless there is one just like it.

    Raises UnusualPackageError where the part lacks what every program writes, and ValueError where a number is none.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._numbers: dict[str, dict[bytes, int]] = {}

    def fill_of(self, format_number: int) -> str:
        """What the fill of a format consists of."""
        fills = self._all("fills")
        number = int(self._format(format_number).get("fillId", "0"))
        return "".join(map(_xml, fills[number])) if number < len(fills) else NO_FILL

    def is_locked(self, format_number: int) -> bool:
        """Whether cells of a format are locked as soon as their sheet is protected."""
        protection = self._format(format_number).find(f"{_MAIN}protection")
        return protection is None or protection.get("locked") not in ("0", "false")

    def formats_filled(self, colours: Collection[str]) -> frozenset[int]:
        """The formats whose fill has one of these colours (ARGB)."""
        fills = {
            number
            for number, fill in enumerate(self._all("fills"))
            for colour in fill.iter(f"{_MAIN}fgColor")
            if colour.get("rgb") in colours
        }
        formats = enumerate(self._all("cellXfs"))
        return frozenset(number for number, format_ in formats if int(format_.get("fillId", "0")) in fills)

    def filled(self, format_number: int, fill: str) -> int:
        """The format that differs from another one in nothing but what its fill consists of."""
        made = deepcopy(self._format(format_number))
        made.set("fillId", str(self._number("fills", _element(f"<fill>{fill}</fill>"))))
        made.set("applyFill", "1")
        return self._number("cellXfs", made)

    def format(self, *, font: str, fill: str = NO_FILL, border: str = "", alignment: str = "") -> int:
        """The format of this font, fill and border, each given as what it consists of, and these attributes of an
        alignment."""
        numbers = {
            "fontId": self._number("fonts", _element(f"<font>{font}</font>")),
            "fillId": self._number("fills", _element(f"<fill>{fill}</fill>")),
            "borderId": self._number("borders", _element(f"<border>{border}</border>")),
        }
        said = "".join(f' {name}="{number}"' for name, number in numbers.items())
        applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        return self._number(
            "cellXfs", _element(f'<xf numFmtId="0"{said} xfId="0" {applied}><alignment {alignment}/></xf>')
        )

    def _format(self, number: int) -> etree._Element:
        formats = self._all("cellXfs")
        if number >= len(formats):
            raise UnusualPackageError
        return formats[number]

    def _all(self, kind: str) -> etree._Element:
        found = self._root.find(f"{_MAIN}{kind}")
        if found is None:
            raise UnusualPackageError(kind)
        return found

    def _number(self, kind: str, element: etree._Element) -> int:
        """The number of an element among those of its kind, to which it is added if it is not there."""
        known, elements = self._numbers.get(kind), self._all(kind)
        if known is None:
            known = self._numbers[kind] = {}
            for number, other in enumerate(elements):
                known.setdefault(_canonical(other), number)
        key = _canonical(element)
        if key not in known:
            known[key] = len(elements)
            elements.append(element)
            elements.set("count", str(len(elements)))
        return known[key]


def _element(xml: str) -> etree._Element:
    name = xml[1:].partition(">")[0].partition(" ")[0]
    return etree.fromstring(xml.replace(f"<{name}", f'<{name} xmlns="{MAIN}"', 1))


def _xml(element: etree._Element) -> str:
    """An element as it may stand within others of its namespace."""
    return etree.tostring(element, method="c14n", exclusive=True).decode()


def _canonical(element: etree._Element) -> bytes:
    """What is the same for the same elements. Whether a format says that its fill applies makes no difference: Excel
    shows it all the same."""
    if "applyFill" in element.attrib:
        element = deepcopy(element)
        del element.attrib["applyFill"]
    return etree.tostring(element, method="c14n", exclusive=True)
