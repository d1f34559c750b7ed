"""A workbook in which cells show something else than they hold: named with both, in whatever format it is saved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from excel import codes, with_part
from excel_binary import compound_file_of, old_number, old_sheets, older_record
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from places import SAMPLES

from reportfill import check, read_workbook
from reportfill.intake.display_differences import NumberFormats
from reportfill.intake.returning.returned import returned_workbook
from reportfill.office.inspection.file_kind import inspect_file
from reportfill.office.number_formats.formats_of_ods import decimals_shown_of_ods, formats_of_ods
from reportfill.office.number_formats.plainness import MAY_MISLEAD
from tools.make_cases.moving import opened
from tools.make_cases.surgery import with_texts

COUNTS = ["B5", "C5", "D5", "B6", "C6", "D6", "B9", "B12", "B13"]
AMOUNT = "B16"
OTHERWISE, ROUNDED = "cell.shown_otherwise", "cell.shown_rounded"
Formats = Mapping[str, tuple[float | str, str]]


@pytest.fixture(scope="module")
def filled() -> bytes:
    """A workbook with figures in every table."""
    return (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()


def shown(workbook: bytes, cells: Formats) -> bytes:
    """The workbook with numbers typed into cells of 表二, each in a format; the results of formulas stay."""
    book: Workbook = opened(workbook)
    for address, (value, code) in cells.items():
        cell = book["表二"][address]
        cell.value, cell.number_format = value, code
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def said(workbook: bytes) -> list[tuple[str, str, str, str]]:
    """Code, cell, what it holds and what it shows of each finding that is about what a cell shows."""
    findings = read_workbook(workbook).findings
    return [(f.code, f.cell, str(f.value), f.expected) for f in findings if f.code in (OTHERWISE, ROUNDED)]


ALONE = {
    '"无"': (3, "无"),
    '"1"0': (3, "13"),
    "#,##0,_)": (5000, "5"),
    '[<10]General;"9"': (50, "9"),
    "0!.0000": (123456, "12.3456"),
    "0\\%": (50, "50%"),
    "0.00\n%": (0.5, "50.00"),
    ";;;": (5, ""),
    "[$-804]aaaa;@": (12, "星期四"),
    "0*0": (5, "5000"),
}


@pytest.mark.parametrize("code", ALONE)
def test_one_odd_format_alone_is_seen(filled: bytes, code: str) -> None:
    value, text = ALONE[code]
    workbook = shown(filled, {AMOUNT: (value, code)})
    assert said(workbook) == [(OTHERWISE, "表二!B16", str(value), text)]


ODD: Formats = {
    "B5": (3, '"无"'),
    "C5": (3, '"1"0'),
    "D5": (3, '0"0"'),
    "B6": (5000, "#,##0,_);(#,##0,)"),
    "C6": (50, '[<10]General;"9"'),
    "D6": (12, ";;;"),
    "B9": (50, '0"%"'),
    "B12": (1234, '0"件"'),
    "B13": (1234, "0.00E+00"),
    AMOUNT: (7730.28, '"¥"#,##0'),
}
FOUND = [
    (OTHERWISE, "表二!B5", "3", "无"),
    (OTHERWISE, "表二!C5", "3", "13"),
    (OTHERWISE, "表二!D5", "3", "30"),
    (OTHERWISE, "表二!B6", "5000", "5"),
    (OTHERWISE, "表二!C6", "50", "9"),
    (OTHERWISE, "表二!D6", "12", ""),
    (OTHERWISE, "表二!B9", "50", "50%"),
    (ROUNDED, "表二!B13", "1234", "1.23E+03"),
    (ROUNDED, "表二!B16", "7730.28", "¥7,730"),
]


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_every_kind_of_file_says_the_same_and_so_does_what_is_returned(
    filled: bytes, suffix: str, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(shown(filled, ODD))
    workbook = path.read_bytes() if suffix == "xlsx" else convert(path, suffix).read_bytes()
    assert said(workbook) == FOUND
    submission = read_workbook(workbook)
    again = returned_workbook(workbook, submission, check(submission))
    assert [found for found in said(again) if found[0] == OTHERWISE] == FOUND[:7]


def test_a_number_too_fine_for_general_is_shown_rounded(filled: bytes) -> None:
    assert said(shown(filled, {AMOUNT: (2510 / 3, "General")})) == [
        (ROUNDED, "表二!B16", "836.666666666667", "836.6666667")
    ]


def test_a_fraction_in_a_count_is_named_with_what_is_shown_of_it(filled: bytes) -> None:
    submission = read_workbook(shown(filled, {"B9": (4.6, "0")}))
    about = [found for found in submission.findings if found.cell == "表二!B9"]
    assert [found.code for found in about] == ["cell.fraction", ROUNDED]
    assert "“5”" in about[1].message.zh
    assert "4.6" in about[1].message.zh


WORD = DifferentialStyle(numFmt=NumberFormat(numFmtId=190, formatCode='"无"'))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (Rule("cellIs", dxf=WORD, operator="greaterThan", formula=["10"]), True),
        (Rule("cellIs", dxf=WORD, operator="between", formula=["20", "10"]), True),
        (Rule("expression", dxf=WORD, formula=["MOD(ROW(),2)=1"]), True),
        (Rule("cellIs", dxf=WORD, operator="lessThan", formula=["10"]), False),
        (Rule("cellIs", dxf=DifferentialStyle(), operator="greaterThan", formula=["10"]), False),
    ],
    ids=["greater", "between", "expression", "less", "no format"],
)
def test_a_format_under_a_condition_counts_where_the_condition_holds(
    filled: bytes, rule: Rule, found: bool
) -> None:
    book = opened(shown(filled, {"B9": (12, "0")}))
    book["表二"].conditional_formatting.add("A1 B9:C9", rule)
    saved = BytesIO()
    book.save(saved)
    assert said(saved.getvalue()) == ([(OTHERWISE, "表二!B9", "12", "无")] if found else [])


OF_NEWER_EXCEL = """<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
 uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings><x14:conditionalFormatting
 xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="cellIs" priority="1"
 operator="greaterThan" id="{{1}}"><xm:f>{limit}</xm:f><x14:dxf><numFmt
 numFmtId="190" formatCode="&quot;无&quot;"/></x14:dxf></x14:cfRule>
 <xm:sqref>B9:C9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"""


@pytest.mark.parametrize(("limit", "found"), [("10", True), ("20", False), ("$A$1", True)])
def test_so_does_one_that_newer_excel_keeps_beside_the_sheet(filled: bytes, limit: str, found: bool) -> None:
    added = OF_NEWER_EXCEL.format(limit=limit).encode()
    plain = shown(filled, {"B9": (12, "0")})
    workbook = with_part(
        plain,
        "xl/worksheets/sheet3.xml",
        lambda sheet: sheet.replace(b"</worksheet>", added + b"</worksheet>"),
    )
    assert said(workbook) == ([(OTHERWISE, "表二!B9", "12", "无")] if found else [])


CONDITIONS = {
    "B5": ("greaterThan", ["10"], True),
    "B6": ("notEqual", ["10"], True),
    "B9": ("between", ["10", "20"], True),
    "B12": ("between", ["13", "20"], False),
    "B13": ("lessThan", ["12"], False),
}
"""What is asked of cells that hold a 12, and whether it is so."""


def test_a_format_under_a_condition_counts_in_an_ods(
    filled: bytes, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    book = opened(shown(filled, dict.fromkeys(CONDITIONS, (12, "0"))))
    for cell, (operator, limits, _) in CONDITIONS.items():
        rule = Rule("cellIs", dxf=WORD, operator=operator, formula=limits)
        book["表二"].conditional_formatting.add(f"A1 {cell}", rule)
    path = tmp_path / "填报表.xlsx"
    book.save(path)
    saved = convert(path, "ods").read_bytes()
    for other in (r"<calcext:conditional-formats>.*?</calcext:conditional-formats>", "<style:map[^>]*/>"):
        without = re.compile(other.encode(), re.DOTALL)
        workbook = with_part(saved, "content.xml", lambda content: without.sub(b"", content))  # noqa: B023
        assert said(workbook) == [
            (OTHERWISE, f"表二!{cell}", "12", "无") for cell, (*_, holds) in CONDITIONS.items() if holds
        ]


NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"'
    for name, part in [("office", "office"), ("style", "style"), ("table", "table"), ("number", "datastyle")]
)
OF_ALL_CELLS = f"""<office:document-content {NAMESPACES}><office:automatic-styles>
<style:default-style style:family="table-cell" style:data-style-name="N9"/>
<number:number-style style:name="N9"><number:number number:min-integer-digits="1"/><number:text>0</number:text>
</number:number-style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="表">
<table:table-row><table:table-cell office:value-type="float" office:value="5"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_the_format_of_all_cells_of_an_ods_is_seen() -> None:
    parts = {"content.xml": OF_ALL_CELLS.encode()}
    assert decimals_shown_of_ods(parts) == MAY_MISLEAD
    assert [(str(cell), shown.code) for cell, shown in formats_of_ods(parts)] == [("表!A1", 'General"0"')]


@pytest.mark.parametrize(
    ("kind", "at"), [(0x01B1, 6), (0x087A, 22), (0x087B, 30)], ids=["rule", "newer rule", "added to a rule"]
)
@pytest.mark.parametrize("states_number", [True, False])
def test_formats_under_a_condition_in_an_xls_are_not_seen_and_that_is_said(
    kind: int, at: int, states_number: bool
) -> None:
    flags = (0x2238FFFF if states_number else 0x2038FFFF).to_bytes(4, "little")
    rule = older_record(kind, bytes(at) + flags + bytes(20))
    content = compound_file_of({"Workbook": old_sheets({"表": [old_number(0, 0, 5.0), rule]})})
    unseen = NumberFormats(inspect_file(content)).unseen
    assert (unseen.code if unseen else None) == ("file.formats_unseen" if states_number else None)


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_an_agency_s_code_is_what_its_cell_shows(
    filled: bytes, suffix: str, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    cell = read_workbook(filled).places["agency.code"]
    book = opened(shown(filled, {}))
    book[cell.sheet][cell.address].value, book[cell.sheet][cell.address].number_format = 123, "00000"
    path = tmp_path / "填报表.xlsx"
    book.save(path)
    assert read_workbook((path if suffix == "xlsx" else convert(path, suffix)).read_bytes()).code == "00123"


def test_a_text_hidden_by_its_format_is_named(filled: bytes) -> None:
    book = opened(filled)
    place = read_workbook(filled).places["overview.platform[0]"]
    book[place.sheet][place.address].number_format = ";;;"
    book["表二"]["B9"].value, book["表二"]["B9"].number_format = "12", '0;-0;0;"无"'
    saved = BytesIO()
    book.save(saved)
    assert [(code, cell, text) for code, cell, _, text in said(saved.getvalue())] == [
        (OTHERWISE, str(place), ""),
        (OTHERWISE, "表二!B9", "无"),
    ]


def test_a_total_that_is_shown_otherwise_is_named(filled: bytes) -> None:
    book = opened(filled)
    total = next(cell for row in book["表三"].iter_rows() for cell in row if str(cell.value).startswith("="))
    total.value, total.number_format = 5000, "#,##0,"
    saved = BytesIO()
    book.save(saved)
    assert (OTHERWISE, f"表三!{total.coordinate}", "5000", "5") in said(saved.getvalue())


@pytest.mark.parametrize(
    "change",
    [
        lambda styles: styles.replace(b'formatCode="#,##0,_)"', b"formatCode='#,##0,_)'"),
        lambda styles: styles.replace(b'formatCode="#,##0,_)"', b'formatCode="&#35;,##0,_)"'),
        lambda styles: styles.replace(b'formatCode="#,##0,_)"', b'formatCode = "#,##0,_)"'),
        lambda styles: styles.replace(b'formatCode="#,##0,_)"', b'formatCode="0_x000A_,0,_)"'),
    ],
)
def test_styles_may_be_written_in_any_way(filled: bytes, change: Callable[[bytes], bytes]) -> None:
    workbook = shown(filled, {AMOUNT: (5000, "#,##0,_)")})
    assert [found[0] for found in said(with_part(workbook, "xl/styles.xml", change))] == [OTHERWISE]


def test_sound_formats_raise_no_alarm(filled: bytes) -> None:
    sound = ["0", "#,##0", '0"件"', "[红色]0", "00000", "_ * #,##0_ ", "#,##0_);(#,##0)", "@", "0_ "]
    cells: dict[str, tuple[float | str, str]] = {
        address: (1234, code) for address, code in zip(COUNTS, sound, strict=True)
    }
    assert said(shown(filled, cells | {AMOUNT: (7730.28, '"¥"#,##0.00"万元"')})) == []
    assert said(with_texts(filled, {"表二!B9": "12"})) == []
    assert codes(read_workbook(filled)) == []
