"""The sheet 问题清单 of a returned workbook: every finding with a link to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from reportfill.finding import SEVERITY_NAMES, Finding, Severity
from reportfill.intake.tool_sheets import LIST
from reportfill.office.workbook.cell_edits import Formula
from reportfill.office.workbook.cell_xml import cell_start, cell_xml
from reportfill.office.workbook.formulas import link
from reportfill.office.workbook.sheet_layout import SheetLayout, row_xml
from reportfill.office.workbook.styles import Styles, aligned, font, framed, solid

COLOURS = {Severity.ERROR: "FFFF9C9C", Severity.WARNING: "FFFFD966"}
"""How the gravity of what is marked looks."""

_REMARK = "审核意见"
_HEADINGS = (("序号", 6), ("类别", 10), ("位置", 18), ("问题", 70), ("处理办法", 60))
_HEAD_ROW = 3
_CHARACTERS_OF_MESSAGE, _CHARACTERS_OF_HINT = 32, 27
"""How many Chinese characters a line of these two columns takes."""

_CENTRE, _LEFT = aligned("center"), aligned("left")


def finding_list(heading: str, findings: Sequence[Finding], sheets: Collection[str], styles: Styles) -> bytes:
    """The part of the sheet. `sheets` are the names of those that the workbook has, to which links can lead; `styles`
    get the formats that the sheet needs."""
    formats = _Formats(styles)
    rows = [
        row_xml(1, [_text("A1", formats.title, f"{heading}{LIST}")]),
        row_xml(2, [_text("A2", formats.note, _explained(findings))]),
        row_xml(
            _HEAD_ROW,
            map(_text, ("A3", "B3", "C3", "D3", "E3"), [formats.heading] * 5, dict(_HEADINGS)),
        ),
        *(
            row_xml(_HEAD_ROW + number, _finding(number, found, sheets, formats), _height(found))
            for number, found in enumerate(findings, 1)
        ),
    ]
    layout = SheetLayout(
        widths=[width for _, width in _HEADINGS],
        frozen=(_HEAD_ROW, 0),
        tab_colour=COLOURS[Severity.ERROR],
        is_open=True,
        is_protected=True,
    )
    return layout.sheet(f"A1:E{_HEAD_ROW + len(findings)}", rows)


def finding_kind(found: Finding) -> str:
    """What a finding is called in a returned workbook: the remark of a reviewer is no mistake."""
    return _REMARK if found.code == "review.sent_back" else SEVERITY_NAMES[found.severity].zh


def _explained(findings: Sequence[Finding]) -> str:
    """How many of each kind there are, and what to do."""
    number = Counter(map(finding_kind, findings))
    told = ((_REMARK, "{}条"), ("错误", "{}处，必须改正"), ("提醒", "{}处，请核对"))
    counted = "；".join(f"{kind}{words.format(number[kind])}" for kind, words in told if number[kind])
    return f"{counted and f'{counted}。'}点“位置”可以转到有关单元格。改正后保存，将本文件重新报送。"


class _Formats:
    """The numbers of the formats in which the sheet's cells are written."""

    def __init__(self, styles: Styles) -> None:
        frame = framed("FF808080")
        self.title = styles.format(font=font(size=16, bold=True))
        self.note = styles.format(font=font())
        self.heading = styles.format(font=font(bold=True), border=frame, alignment=_CENTRE)
        self.centred = styles.format(font=font(), border=frame, alignment=_CENTRE)
        self.text = styles.format(font=font(), border=frame, alignment=_LEFT)
        self.link = styles.format(
            font=font(underlined=True, colour="FF0563C1"), border=frame, alignment=_LEFT
        )
        self.gravity = {
            severity: styles.format(font=font(), fill=solid(colour), border=frame, alignment=_CENTRE)
            for severity, colour in COLOURS.items()
        }


def _finding(number: int, found: Finding, sheets: Collection[str], formats: _Formats) -> Iterator[str]:
    row = _HEAD_ROW + number
    yield cell_xml(cell_start(f"A{row}", formats.centred), number)
    yield _text(f"B{row}", formats.gravity[found.severity], finding_kind(found))
    if found.place is not None and found.place.sheet in sheets:
        shown = Formula(link(found.place, found.cell), found.cell)
        yield cell_xml(cell_start(f"C{row}", formats.link), shown)
    else:
        yield _text(f"C{row}", formats.text, found.cell or "—")
    yield _text(f"D{row}", formats.text, found.message.zh)
    yield _text(f"E{row}", formats.text, found.hint.zh)


def _text(address: str, style: int, words: str) -> str:
    return cell_xml(cell_start(address, style), words)


def _height(found: Finding) -> int:
    """How high a row must be to show a finding, in points."""
    message, hint = found.message.zh, found.hint.zh
    return 8 + 15 * max(-(-len(message) // _CHARACTERS_OF_MESSAGE), -(-len(hint) // _CHARACTERS_OF_HINT))
