"""A damaged workbook is read as far as two readers agree on it, or is refused; never in part without a word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from excel import codes, typed, with_part, with_raw_cell
from excel_binary import CellContent, ErrorValue, xls, xlsb, xlsb_sheet
from places import SAMPLES

from reportfill import Submission, check, read_workbook
from reportfill.model.figures import value_at
from reportfill.office.calamine_grid import read_grid

Change = Callable[[bytes], bytes]

TEXTS, FIGURES = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
CELL = "proactive.rules.issued"
UNSEEN = ("file.formats_unseen", "")
DAMAGED, REPAIRED = ("file.damaged", ""), ("file.repaired", "")


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """A sound workbook with figures in every table and a narrative."""
    return (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()


@pytest.fixture(scope="module")
def shared(workbook: bytes) -> bytes:
    """The same workbook with its texts kept as Excel keeps them, once for all sheets."""
    texts: dict[bytes, int] = {}

    def refer(match: re.Match[bytes]) -> bytes:
        return b' t="s"><v>%d</v></c>' % texts.setdefault(match[1], len(texts))

    inline = re.compile(rb' t="inlineStr"><is><t>([^<]*)</t></is></c>')
    for number in range(1, 9):
        sheet = f"xl/worksheets/sheet{number}.xml"
        workbook = with_part(workbook, sheet, lambda xml: inline.sub(refer, xml))
    strings = b"".join(b"<si><t>%s</t></si>" % text for text in texts)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = b'<sst xmlns="%s" count="999" uniqueCount="%d">' % (main, len(texts))
    return with_part(workbook, STRINGS, lambda _: head + strings + b"</sst>")


@pytest.fixture(scope="module")
def saved(
    convert: Callable[[Path, str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., bytes]:
    """A function that gives a workbook as LibreOffice saves it in a format."""
    path = tmp_path_factory.mktemp("typed") / "填报表.xlsx"

    @cache
    def saved_as(content: bytes, suffix: str) -> bytes:
        path.write_bytes(content)
        return convert(path, suffix).read_bytes()

    return saved_as


def replaced(old: str, new: str) -> Change:
    """A change that replaces something that is there once or more often, the first of it."""

    def change(part: bytes) -> bytes:
        assert old.encode() in part
        return part.replace(old.encode(), new.encode(), 1)

    return change


def same(one: Submission, other: Submission) -> bool:
    """Whether two submissions say the same and from the same cells."""
    return (one.exact_data, one.cells) == (other.exact_data, other.cells)


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: xml[: xml.find(b'<row r="7"')],
        replaced("</sheetData>", ""),
        replaced("</worksheet>", ""),
        replaced('</row><row r="6"', '<row r="6"'),
        replaced("</c>", ""),
        replaced("</v>", ""),
        replaced("<v>", ""),
        replaced('<c r="B5"', '<c r="B5" r="C5"'),
        replaced('<c r="B5" s="31"', '<c r="B5" s="31'),
        replaced('<c r="B5"', '<c r="5B"'),
        replaced("</is>", "&unknown;</is>"),
        replaced(
            "</sheetData>", '</sheetData><sheetData><row r="5"><c r="B5"><v>7</v></c></row></sheetData>'
        ),
    ],
)
def test_a_sheet_that_readers_cannot_agree_on_is_refused(workbook: bytes, change: Change) -> None:
    submission = read_workbook(with_part(workbook, FIGURES, change))
    assert codes(submission) == [DAMAGED]
    assert submission.exact_data == {}


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="B5"{style}><v>7</v><v>8</v></c>',
        '<c r="B5"{style}><v>1<!-- 9 -->2</v></c>',
        '<c r="B5"{style}><v>1<?x y?>2</v></c>',
        '<c r="B5"{style}><v><![CDATA[12]]></v></c>',
        '<c r="B5"{style}><v>&#49;2</v></c>',
        '<c r="B5"{style}><v>7</v><f>3+4</f></c>',
        '<c r="B5"{style} t="inlineStr"><is><t>7</t></is><is><t>8</t></is></c>',
        '<c r="B5"{style} t="inlineStr"><is><t>7</t><t>8</t></is></c>',
        '<c r="B5"{style} t="s"><v>99</v></c>',
    ],
)
def test_a_cell_that_readers_read_differently_is_not_read(workbook: bytes, xml: str) -> None:
    assert codes(read_workbook(with_raw_cell(workbook, FIGURES, "B5", xml))) == [DAMAGED]


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<c r="B5"{style}><v>7</v></c><c r="B5"{style}><v>8</v></c>', 8),
        ('<c r="B5"{style}><v>8<x/></v></c>', 8),
    ],
)
def test_a_cell_that_readers_read_alike_is_read_with_a_warning(workbook: bytes, xml: str, value: int) -> None:
    submission = read_workbook(with_raw_cell(workbook, FIGURES, "B5", xml))
    assert codes(submission) == [REPAIRED]
    assert value_at(submission.exact_data, CELL) == value
    assert value_at(submission.exact_data, "proactive.rules.in_force") == 0


def test_a_row_that_is_there_twice_or_claims_cells_of_another_is_read_with_a_warning(workbook: bytes) -> None:
    again = replaced('<row r="6"', '<row r="5"><c r="B5"><v>7</v></c></row><row r="6"')
    submission = read_workbook(with_part(workbook, FIGURES, again))
    assert (codes(submission), value_at(submission.exact_data, CELL)) == ([REPAIRED], 7)
    other = read_workbook(with_part(workbook, FIGURES, replaced('<row r="5"', '<row r="6"')))
    assert (codes(other), value_at(other.exact_data, CELL)) == ([REPAIRED], 0)


def plain(xml: bytes) -> bytes:
    return xml


@pytest.mark.parametrize(
    "change",
    [
        plain,
        lambda xml: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x="),
        lambda xml: re.sub(rb'<c r="(\w+)" s="(\w+)"', rb"<c s='\2'  r='\1'", xml),
        lambda xml: re.sub(rb'<c (r="\w+" s="\w+")( t="\w+")', rb"<c\2 \1", xml),
        lambda xml: xml.replace(b"<row", b"\n <row").replace(b"<c ", b"\n  <c\n").replace(b"</c>", b"\n</c>"),
        lambda xml: re.sub(rb'<(c|row) r="\w+"', rb"<\1", xml),
        lambda xml: xml.replace(b"<sheetData>", b"<!-- x --><sheetData ><!-- <row> -->"),
    ],
)
def test_unusual_ways_to_write_the_same_are_read_and_errors_in_them_found(
    workbook: bytes, change: Change
) -> None:
    submission = read_workbook(with_part(workbook, FIGURES, change))
    assert codes(submission) == []
    assert same(submission, read_workbook(workbook))
    cells = {
        "B5": ('<c r="B5"{style} t="e"><v>#REF!</v></c>', "cell.error_value"),
        "C5": ('<c r="C5"{style}><f t="shared" si="0"/></c>', "cell.formula_without_value"),
    }
    odd = workbook
    for address, (xml, _) in cells.items():
        odd = with_raw_cell(odd, FIGURES, address, xml)
    found = codes(read_workbook(with_part(odd, FIGURES, change)))
    assert found == [(code, f"表二!{address}") for address, (_, code) in cells.items()]


def test_texts_that_are_shared_read_the_same(shared: bytes, workbook: bytes) -> None:
    submission = read_workbook(shared)
    assert codes(submission) == []
    assert same(submission, read_workbook(workbook))


def without_one(strings: bytes, index: int) -> bytes:
    entries = re.findall(rb"<si>.*?</si>", strings)
    return strings.replace(entries[index], b"", 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda strings: without_one(strings, -1),
        lambda strings: without_one(strings, -20),
        lambda strings: strings.replace(b"</si><si>", b"</si><si><t>x</t></si><si>", 1),
        lambda strings: (
            strings[: strings.rfind(b"<si>")] + b"<si><t>x</t></si>" + strings[strings.rfind(b"<si>") :]
        ),
        lambda strings: re.sub(rb' uniqueCount="\d+"', b"", without_one(strings, -20)),
        lambda strings: strings[: len(strings) // 2],
        lambda strings: strings.replace(b"</si>", b"", 1),
        lambda strings: strings.replace(b"</t></si>", b"</t><t>x</t></si>", 1),
    ],
)
def test_no_cell_gets_its_neighbours_text(shared: bytes, change: Change) -> None:
    assert codes(read_workbook(with_part(shared, STRINGS, change))) == [DAMAGED]


def test_shared_texts_that_are_only_counted_wrong_are_read(shared: bytes) -> None:
    wrong = with_part(shared, STRINGS, lambda xml: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="9999"', xml))
    assert codes(read_workbook(wrong)) == []


def test_phonetic_guides_and_formats_within_a_text_are_no_damage(shared: bytes, workbook: bytes) -> None:
    def decorate(strings: bytes) -> bytes:
        guide = b'<rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>'
        runs = re.sub(rb"<si>(<t>[^<]*</t>)", rb'<si><r><rPr><b/><sz val="9"/></rPr>\1</r>', strings)
        return runs.replace(b"</si>", guide)

    submission = read_workbook(with_part(shared, STRINGS, decorate))
    assert codes(submission) == []
    assert same(submission, read_workbook(workbook))


def test_styles_that_lost_an_entry_are_noticed(workbook: bytes) -> None:
    lost = with_part(
        workbook, STYLES, lambda xml: re.sub(rb"(<cellXfs[^>]*>)<xf .*?</xf>", rb"\1", xml, count=1)
    )
    assert [codes(read_workbook(lost))] in ([[REPAIRED]], [[DAMAGED]])
    almost_all = re.compile(rb"(<cellXfs[^>]*>).*(</cellXfs>)", re.DOTALL)
    short = with_part(workbook, STYLES, lambda xml: almost_all.sub(rb'\1<xf numFmtId="0"/>\2', xml))
    assert codes(read_workbook(short)) == [DAMAGED]
    assert codes(read_workbook(without_part(workbook, STYLES))) == [DAMAGED]


def without_part(package: bytes, name: str) -> bytes:
    """A package without one of its parts."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
    return target.getvalue()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", FIGURES, "_rels/.rels"])
def test_a_part_that_is_gone_or_cut_off_is_noticed(workbook: bytes, part: str) -> None:
    for changed in (
        without_part(workbook, part),
        with_part(workbook, part, lambda xml: xml[: len(xml) // 2]),
    ):
        assert any(found.severity.value == "error" for found in check(read_workbook(changed)))


OPEN_DOCUMENT_CELL = re.compile(
    rb'<table:table-cell [^>]*office:value="550"[^>]*><text:p>550</text:p></table:table-cell>'
)


@pytest.mark.parametrize(
    "cell",
    [
        b"",
        b"<table:table-cell/>" * 2,
        b'<table:table-cell office:value-type="float" office:value="1" office:value="2"/>',
        b'<table:table-cell office:value-type="string"><text:p><![CDATA[1]]></text:p></table:table-cell>',
        b'<table:table-cell office:value-type="float" office:value="1">',
    ],
)
def test_an_ods_of_which_something_would_be_lost_is_refused(
    workbook: bytes, saved: Callable[..., bytes], cell: bytes
) -> None:
    def change(content: bytes) -> bytes:
        changed, count = OPEN_DOCUMENT_CELL.subn(cell, content)
        assert count == 1
        return changed

    assert codes(read_workbook(with_part(saved(workbook, "ods"), "content.xml", change))) == [DAMAGED]


@pytest.mark.parametrize(
    "inline",
    [b"<text:line-break/>", b"<text:tab/>", b"<text:ruby><text:ruby-text>x</text:ruby-text></text:ruby>"],
)
def test_an_ods_whose_text_calamine_would_misread_is_refused(
    workbook: bytes, saved: Callable[..., bytes], inline: bytes
) -> None:
    cell = (
        b'<table:table-cell office:value-type="string"><text:p>1' + inline + b"2</text:p></table:table-cell>"
    )
    changed = with_part(
        saved(workbook, "ods"), "content.xml", lambda content: OPEN_DOCUMENT_CELL.sub(lambda _: cell, content)
    )
    assert codes(read_workbook(changed)) == [("file.special_text", "")]


def test_a_truth_value_of_an_ods_is_no_number(workbook: bytes, saved: Callable[..., bytes]) -> None:
    truth = b'<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    content = with_part(saved(workbook, "ods"), "content.xml", lambda xml: OPEN_DOCUMENT_CELL.sub(truth, xml))
    assert codes(read_workbook(content)) == [("cell.boolean", "表二!B9")]


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_an_error_value_does_not_vanish_from_the_narrative(
    workbook: bytes, saved: Callable[..., bytes], suffix: str
) -> None:
    errors = {"总体情况!B9": "=1/0", "总体情况!B10": "=NA()", "表二!B6": "=1/0"}
    submission = read_workbook(saved(typed(workbook, errors), suffix))
    assert {cell: code for code, cell in codes(submission) if cell in errors} == dict.fromkeys(
        errors, "cell.error_value"
    )
    values = {found.cell: found.value for found in submission.findings}
    assert (values["总体情况!B9"], values["总体情况!B10"]) == ("#DIV/0!", "#N/A")


def binary_cells(workbook: bytes) -> dict[str, dict[tuple[int, int], CellContent | ErrorValue]]:
    """What stands in each cell of each sheet, whole numbers as such."""
    grid = read_grid(workbook)
    cells: dict[str, dict[tuple[int, int], CellContent | ErrorValue]] = {}
    for sheet in grid.names:
        for row, values in enumerate(grid.rows(sheet)):
            for column, value in enumerate(values):
                if isinstance(value, str | int | float) and value != "":
                    whole = isinstance(value, float) and value.is_integer()
                    cells.setdefault(sheet, {})[row, column] = int(value) if whole else value
    return cells


def test_an_xlsb_reads_the_same(workbook: bytes) -> None:
    submission = read_workbook(xlsb(binary_cells(workbook)))
    assert codes(submission) == [UNSEEN]
    assert same(submission, read_workbook(workbook))


def test_errors_and_truth_values_of_an_xlsb_are_named(workbook: bytes) -> None:
    cells = binary_cells(workbook)
    cells["表二"] |= {(4, 1): ErrorValue(0x17), (5, 1): True}
    cells["总体情况"][8, 1] = ErrorValue(0x1D)
    submission = read_workbook(xlsb(cells))
    assert codes(submission) == [
        ("cell.error_value", "总体情况!B9"),
        ("cell.error_value", "表二!B5"),
        ("cell.boolean", "表二!B6"),
        UNSEEN,
    ]
    assert [found.value for found in submission.findings][:2] == ["#NAME?", "#REF!"]


def test_an_xlsb_without_numbers_gives_no_cause_to_look_at_their_formats(workbook: bytes) -> None:
    cells = binary_cells(workbook)
    texts = {
        sheet: {place: value for place, value in held.items() if isinstance(value, str)}
        for sheet, held in cells.items()
    }
    assert UNSEEN not in codes(read_workbook(xlsb(texts)))


def test_an_xlsb_of_which_a_sheet_is_cut_off_is_refused(workbook: bytes) -> None:
    cells = binary_cells(workbook)
    part = f"xl/worksheets/sheet{list(cells).index('表二') + 1}.bin"
    whole = xlsb_sheet(cells["表二"])
    for length in range(20, len(whole) - 10, 97):
        cut = with_part(xlsb(cells), part, lambda records, length=length: records[:length])
        assert codes(read_workbook(cut)) == [DAMAGED]


def test_an_xls_that_is_cut_off_is_refused(workbook: bytes, saved: Callable[..., bytes]) -> None:
    whole = saved(workbook, "xls")
    for length in range(600, len(whole) - 600, 5000):
        assert codes(read_workbook(whole[:length])) == [DAMAGED]


def test_a_compound_file_without_end_is_refused() -> None:
    small = bytearray(xls({"表": []}))
    small[-512:-508] = bytes(4)
    assert codes(read_workbook(bytes(small))) == [DAMAGED]
