"""The sheet 需要修改 of a returned workbook: every finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from reportfill.finding import Finding, Severity
from reportfill.office.grid import Cell, place_of
from reportfill.office.workbook.cell_xml import stored_text
from reportfill.office.workbook.formulas import link
from reportfill.office.workbook.styles import MAIN, Styles, solid

COLOURS = {Severity.ERROR: "FFFF9C9C", Severity.WARNING: "FFFFD966"}
NAMES = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
"""How the gravity of what is marked looks and is called."""

_HEADINGS = (("序号", 6), ("级别", 8), ("位置", 18), ("问题", 70), ("怎么改", 60))
_HEAD_ROW = 3
_CHARACTERS_OF_MESSAGE, _CHARACTERS_OF_HINT = 32, 27
"""How many Chinese characters a line of these two columns takes."""

_LINES = "".join(
    f'<{side} style="thin"><color rgb="FF808080"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_CENTRE, _LEFT = (f'horizontal="{side}" vertical="center" wrapText="1"' for side in ("center", "left"))

_SHEET = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
    '<sheetPr><tabColor rgb="{tab}"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:E{last}"/>'
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
    '<pane ySplit="{head}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A1" sqref="A1"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
    '<sheetProtection sheet="1"/><pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
    '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/></worksheet>'
)


def finding_list(heading: str, findings: Sequence[Finding], sheets: Collection[str], styles: Styles) -> bytes:
    """The part of the sheet. `sheets` are the names of those that the workbook has, to which links can lead; `styles`
    get the formats that the sheet needs."""
    errors = sum(found.severity is Severity.ERROR for found in findings)
    explained = (
        f"错误{errors}处，必须改正；提醒{len(findings) - errors}处，请核对。点“位置”可以转到单元格，"
        "改好后保存，把这个文件原样交回。"
    )
    formats = _Formats(styles)
    rows = [
        _row(1, [_text("A1", formats.title, f"{heading}：需要修改")]),
        _row(2, [_text("A2", formats.note, explained)]),
        _row(_HEAD_ROW, map(_text, ("A3", "B3", "C3", "D3", "E3"), [formats.heading] * 5, dict(_HEADINGS))),
        *(
            _row(_HEAD_ROW + number, _finding(number, found, sheets, formats), _height(found))
            for number, found in enumerate(findings, 1)
        ),
    ]
    return _SHEET.format(
        tab=COLOURS[Severity.ERROR],
        last=_HEAD_ROW + len(findings),
        below=_HEAD_ROW + 1,
        head=_HEAD_ROW,
        columns="".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, (_, width) in enumerate(_HEADINGS, 1)
        ),
        rows="".join(rows),
    ).encode()


class _Formats:
    """The numbers of the formats in which the sheet's cells are written."""

    def __init__(self, styles: Styles) -> None:
        plain, bold = _font(), _font(before="<b/>")
        self.title = styles.format(font=_font(before="<b/>", size=16))
        self.note = styles.format(font=plain)
        self.heading = styles.format(font=bold, border=_LINES, alignment=_CENTRE)
        self.centred = styles.format(font=plain, border=_LINES, alignment=_CENTRE)
        self.text = styles.format(font=plain, border=_LINES, alignment=_LEFT)
        self.link = styles.format(
            font=_font(before="<u/>", colour="FF0563C1"), border=_LINES, alignment=_LEFT
        )
        self.gravity = {
            severity: styles.format(font=plain, fill=solid(colour), border=_LINES, alignment=_CENTRE)
            for severity, colour in COLOURS.items()
        }


def _font(*, before: str = "", size: int = 11, colour: str = "") -> str:
    """A font as Excel orders what it consists of."""
    colour = f'<color rgb="{colour}"/>' if colour else ""
    return f'{before}<sz val="{size}"/>{colour}<name val="宋体"/><charset val="134"/>'


def _finding(number: int, found: Finding, sheets: Collection[str], formats: _Formats) -> Iterator[str]:
    row = _HEAD_ROW + number
    yield f'<c r="A{row}" s="{formats.centred}"><v>{number}</v></c>'
    yield _text(f"B{row}", formats.gravity[found.severity], NAMES[found.severity])
    sheet, _, address = found.cell.partition("!")
    if sheet in sheets:
        yield _link(f"C{row}", formats.link, sheet, address, found.cell)
    else:
        yield _text(f"C{row}", formats.text, found.cell or "—")
    yield _text(f"D{row}", formats.text, found.message.zh)
    yield _text(f"E{row}", formats.text, found.hint.zh)


def _link(address: str, style: int, sheet: str, target: str, shown: str) -> str:
    formula = escape(link(Cell(sheet, *place_of(target)), shown))
    return f'<c r="{address}" s="{style}" t="str"><f>{formula}</f><v>{escape(shown)}</v></c>'


def _text(address: str, style: int, words: str) -> str:
    text = escape(stored_text(words))
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _row(number: int, cells: Iterable[str], height: int = 0) -> str:
    """A row; one of a given height may still change it when somebody types."""
    said = f' ht="{height}"' if height else ""
    return f'<row r="{number}"{said}>{"".join(cells)}</row>'


def _height(found: Finding) -> int:
    """How high a row must be to show a finding, in points."""
    message, hint = found.message.zh, found.hint.zh
    return 8 + 15 * max(-(-len(message) // _CHARACTERS_OF_MESSAGE), -(-len(hint) // _CHARACTERS_OF_HINT))
