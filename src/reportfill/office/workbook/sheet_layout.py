"""A worksheet of the tool's own as XML: what stands around its rows (ECMA-376-1, 18.3.1), and a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from reportfill.office.workbook.cell_edits import Rule
from reportfill.office.workbook.cell_xml import rules_xml
from reportfill.office.xml import SPREADSHEET
from reportfill.place import column_letters
from reportfill.text import word_list

IN_SHEET = word_list(
    """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls
    webPublishItems tableParts extLst
    """
)
"""The elements of a worksheet in their order."""

A3, A4 = 8, 9
"""Sizes of paper, as workbooks number them."""

_POINTS_PER_WIDTH = 5.25
"""A column's width counts digits of the default font, 7 pixels each at 96 dots per inch."""

_LINE_SPACING = 1.35
_EMPTY_ROW, HIGHEST_ROW = 24.0, 409.0
"""Points: a row that is good to type into, and the highest that Excel has."""

_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{SPREADSHEET}">'


@dataclass(frozen=True, kw_only=True)
class SheetLayout:
    """How a sheet looks and is printed, a page as wide as it is.

    `widths` are those of its columns in digits, `formats` the numbers of the formats that their empty cells have;
    `frozen` how many rows and columns stay in view; `merged` areas of cells that are one; `rules` what cells accept;
    `margins` inches of paper around it, `footer` what stands below each page.
    """

    widths: Sequence[float]
    formats: Sequence[int] = ()
    frozen: tuple[int, int] = (0, 0)
    row_height: float = 0
    merged: Sequence[str] = ()
    rules: Mapping[Rule, Sequence[str]] = field(default_factory=dict)
    is_protected: bool = False
    is_landscape: bool = True
    has_lines: bool = False
    paper: int = A4
    margins: tuple[float, float] = (0.75, 1)
    footer: str = ""
    tab_colour: str = ""
    is_open: bool = False

    def sheet(self, reference: str, rows: Iterable[str] = (), filtered: str = "") -> bytes:
        """The sheet with these rows; `reference` is the area that they take up, `filtered` the one whose first row
        has filters."""
        return "".join(
            (
                _HEAD,
                self._before(reference),
                f"<sheetData>{''.join(rows)}</sheetData>",
                self._behind(filtered),
            )
        ).encode()

    def _before(self, reference: str) -> str:
        colour = f'<tabColor rgb="{self.tab_colour}"/>' if self.tab_colour else ""
        selected = ' tabSelected="1"' if self.is_open else ""
        height = f'"{self.row_height:g}" customHeight="1"' if self.row_height else '"15"'
        return (
            f'<sheetPr>{colour}<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="{reference}"/>'
            f'<sheetViews><sheetView{selected} workbookViewId="0">{self._panes()}</sheetView></sheetViews>'
            f"<sheetFormatPr defaultRowHeight={height}/>{_all('cols', self._columns())}"
        )

    def _panes(self) -> str:
        rows, columns = self.frozen
        if not rows and not columns:
            return ""
        split = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
        corner = f"{column_letters(columns)}{rows + 1}"
        panes = [name for name, there in (("topRight", columns), ("bottomLeft", rows)) if there]
        panes += ["bottomRight"] if len(panes) > 1 else []
        return f'<pane{split} topLeftCell="{corner}" activePane="{panes[-1]}" state="frozen"/>' + "".join(
            f'<selection pane="{name}" activeCell="A1" sqref="A1"/>' for name in panes
        )

    def _columns(self) -> str:
        formats = [f' style="{number}"' for number in self.formats] or [""] * len(self.widths)
        return "".join(
            f'<col min="{number}" max="{number}" width="{width:g}"{format_} customWidth="1"/>'
            for number, (width, format_) in enumerate(zip(self.widths, formats, strict=True), 1)
        )

    def _behind(self, filtered: str) -> str:
        side, end = self.margins
        return "".join(
            (
                '<sheetProtection sheet="1"/>' if self.is_protected else "",
                f'<autoFilter ref="{filtered}"/>' if filtered else "",
                _all("mergeCells", "".join(f'<mergeCell ref="{area}"/>' for area in self.merged)),
                _all("dataValidations", rules_xml(self.rules)),
                '<printOptions horizontalCentered="1" gridLines="1"/>' if self.has_lines else "",
                f'<pageMargins left="{side}" right="{side}" top="{end}" bottom="{end}" header="0.5" footer="0.5"/>',
                f'<pageSetup paperSize="{self.paper}" fitToWidth="1" fitToHeight="0"'
                f' orientation="{"landscape" if self.is_landscape else "portrait"}"/>',
                _all("headerFooter", _all("oddFooter", escape(self.footer))),
                "</worksheet>",
            )
        )


def row_xml(number: int, cells: Iterable[str], height: float = 0, *, is_fixed: bool = False) -> str:
    """A row, counted from 1, of these cells; one of a given height may still change it when somebody types, unless it
    is fixed."""
    said = f' ht="{height:g}"' if height else ""
    fixed = ' customHeight="1"' if height and is_fixed else ""
    return f'<row r="{number}"{said}{fixed}>{"".join(cells)}</row>'


def height_of(words: str, size: float, width: float) -> float:
    """About how many points a row needs to show a paragraph, in a font and a column of that size: a Chinese character
    is as wide as its font is high."""
    line = max(1, int(width * _POINTS_PER_WIDTH / size))
    lines = sum(-(-max(len(part), 1) // line) for part in words.split("\n"))
    return min(max(_EMPTY_ROW, (lines + 0.5) * size * _LINE_SPACING), HIGHEST_ROW)


def _all(name: str, content: str) -> str:
    """An element around some content; none where there is none."""
    return f"<{name}>{content}</{name}>" if content else ""
