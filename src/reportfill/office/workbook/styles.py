"""The formats of a workbook's cells (styles.xml, ECMA-376-1, 18.8): those that it has, and more of them."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from functools import cache

from reportfill.office.edited_package import UnusualPackageError, own_element
from reportfill.office.xml import SPREADSHEET, Element, S, canonical, in_order, made
from reportfill.text import word_list

NO_FILL = "<patternFill/>"

_ORDER = word_list("numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles")
"""The elements of the part in their order (18.8.39)."""

_WITHIN_FORMAT = ("alignment", "protection", "extLst")
_FIRST_OWN_NUMBER_FORMAT = 164
"""The numbers below are those of the formats that every program has."""

BUILT_IN_FORMATS = {"General": 0, "@": 49}
"""The built-in number formats that are asked for by their code."""


def solid(colour: str) -> str:
    """The content of a fill of one colour (ARGB)."""
    return (
        f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor rgb="{colour}"/></patternFill>'
    )


def framed(colour: str) -> str:
    """The content of a border with a thin line of one colour (ARGB) around a cell."""
    sides = ("left", "right", "top", "bottom")
    return "".join(f'<{side} style="thin"><color rgb="{colour}"/></{side}>' for side in sides)


def font(*, size: int = 11, bold: bool = False, underlined: bool = False, colour: str = "") -> str:
    """The content of a font of Chinese office documents, in the order that Excel has (18.8.22)."""
    shown = f'<color rgb="{colour}"/>' if colour else ""
    return (
        f'{"<b/>" if bold else ""}{"<u/>" if underlined else ""}<sz val="{size}"/>{shown}'
        '<name val="宋体"/><charset val="134"/>'
    )


def aligned(side: str = "", *, wrapped: bool = True) -> str:
    """The attributes of an alignment: half way up the cell, at a side of it, and over several lines if need be."""
    horizontal = f'horizontal="{side}" ' if side else ""
    return f'{horizontal}vertical="center"' + (' wrapText="1"' if wrapped else "")


class Styles:
    """The formats of cells by their number. A format that is asked for is added unless there is one just like it.

    Raises UnusualPackageError where the part lacks what every program writes, and ValueError where a number is none.
    """

    def __init__(self, root: Element) -> None:
        self._root = root
        self._numbers: dict[str, dict[bytes, int]] = {}
        self.changed = cache(self._changed)
        """A format that differs from another one as it says; see `_changed`."""

    def fill_of(self, format_number: int) -> str:
        """What the fill of a format consists of."""
        fills = self._all("fills")
        number = int(self._format(format_number).get("fillId", "0"))
        return "".join(canonical(part).decode() for part in fills[number]) if number < len(fills) else NO_FILL

    def is_locked(self, format_number: int) -> bool:
        """Whether cells of a format are locked as soon as their sheet is protected."""
        protection = self._format(format_number).find(f"{S}protection")
        return protection is None or protection.get("locked") not in ("0", "false")

    def has_number_format(self, format_number: int) -> bool:
        """Whether a format says how numbers are shown; General and that of texts do not."""
        return int(self._format(format_number).get("numFmtId", "0")) not in BUILT_IN_FORMATS.values()

    def font_size(self, format_number: int) -> float:
        """How many points the font of a format is high."""
        fonts = self._all("fonts")
        number = int(self._format(format_number).get("fontId", "0"))
        size = fonts[number].find(f"{S}sz") if number < len(fonts) else None
        return float(size.get("val", "11")) if size is not None else 11.0

    def formats_filled(self, colours: Collection[str]) -> frozenset[int]:
        """The formats whose fill has one of these colours (ARGB)."""
        fills = {
            number
            for number, fill in enumerate(self._all("fills"))
            for colour in fill.iter(f"{S}fgColor")
            if colour.get("rgb") in colours
        }
        formats = enumerate(self._all("cellXfs"))
        return frozenset(number for number, format_ in formats if int(format_.get("fillId", "0")) in fills)

    def _changed(
        self,
        format_number: int,
        *,
        fill: str = "",
        locked: bool | None = None,
        number_format: str = "",
        quoted: bool = False,
    ) -> int:
        """The format that differs from another one in nothing but what is said: what its fill consists of, whether it
        is locked, the code of its number format, and whether what it holds is a text whatever it looks like."""
        format_ = deepcopy(self._format(format_number))
        if fill:
            format_.set("fillId", str(self._number("fills", made(f"<fill>{fill}</fill>", SPREADSHEET))))
            format_.set("applyFill", "1")
        if locked is not None:
            in_order(format_, f"{S}protection", _WITHIN_FORMAT).set("locked", str(int(locked)))
            format_.set("applyProtection", "1")
        if number_format:
            format_.set("numFmtId", str(self._number_format(number_format)))
            format_.set("applyNumberFormat", "1")
        if quoted:
            format_.set("quotePrefix", "1")
        return self._number("cellXfs", format_)

    def conditional(self, *, fill: str, font: str) -> int:
        """The number of a conditional format with a fill and a font of these colours (ARGB)."""
        in_order(self._root, f"{S}dxfs", _ORDER)
        words = f'<font><color rgb="{font}"/></font><fill><patternFill><bgColor rgb="{fill}"/></patternFill></fill>'
        return self._number("dxfs", made(f"<dxf>{words}</dxf>", SPREADSHEET))

    def format(
        self,
        *,
        font: str,
        fill: str = NO_FILL,
        border: str = "",
        alignment: str = "",
        number_format: str = "General",
    ) -> int:
        """The format of this font, fill and border, each given as what it consists of, these attributes of an
        alignment, and the code of a number format."""
        numbers = {
            "numFmtId": self._number_format(number_format),
            "fontId": self._number("fonts", made(f"<font>{font}</font>", SPREADSHEET)),
            "fillId": self._number("fills", made(f"<fill>{fill}</fill>", SPREADSHEET)),
            "borderId": self._number("borders", made(f"<border>{border}</border>", SPREADSHEET)),
        }
        said = "".join(f' {name}="{number}"' for name, number in numbers.items())
        applied = "".join(
            f' apply{what}="1"' for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment")
        )
        return self._number(
            "cellXfs", made(f'<xf{said} xfId="0"{applied}><alignment {alignment}/></xf>', SPREADSHEET)
        )

    def _format(self, number: int) -> Element:
        formats = self._all("cellXfs")
        if number >= len(formats):
            raise UnusualPackageError
        return formats[number]

    def _all(self, kind: str) -> Element:
        return own_element(self._root, kind)

    def _number_format(self, code: str) -> int:
        if code in BUILT_IN_FORMATS:
            return BUILT_IN_FORMATS[code]
        formats = in_order(self._root, f"{S}numFmts", _ORDER)
        known = {format_.get("formatCode"): int(format_.get("numFmtId", "0")) for format_ in formats}
        if code not in known:
            known[code] = max([_FIRST_OWN_NUMBER_FORMAT - 1, *known.values()]) + 1
            added = formats.makeelement(f"{S}numFmt", {"numFmtId": str(known[code]), "formatCode": code})
            formats.append(added)
            formats.set("count", str(len(formats)))
        return known[code]

    def _number(self, kind: str, element: Element) -> int:
        """The number of an element among those of its kind, to which it is added if it is not there."""
        known, elements = self._numbers.get(kind), self._all(kind)
        if known is None:
            known = self._numbers[kind] = {}
            for number, other in enumerate(elements):
                known.setdefault(_key(other), number)
        key = _key(element)
        if key not in known:
            known[key] = len(elements)
            elements.append(element)
            elements.set("count", str(len(elements)))
        return known[key]


def _key(element: Element) -> bytes:
    """What is the same for the same elements. Whether a format says that its fill applies makes no difference: Excel
    shows it all the same."""
    if "applyFill" in element.attrib:
        element = deepcopy(element)
        del element.attrib["applyFill"]
    return canonical(element)
