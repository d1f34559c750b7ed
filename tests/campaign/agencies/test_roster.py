"""The roster of a campaign: read from workbooks and .csv files, and the blank one to fill in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from excel_binary import xlsb
from hypothesis import given, settings
from hypothesis import strategies as st
from often import IN_FULL, often
from openpyxl import Workbook, load_workbook

from reportfill import Pack, check, new_workbook, read_workbook
from reportfill.campaign.agencies import roster_rows
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import (
    CODE,
    COLUMNS,
    CSV,
    LONGEST,
    MOST_AGENCIES,
    NAME,
    SHEET,
    SUPERIOR,
    Roster,
)
from reportfill.campaign.agencies.roster_file import read_roster
from reportfill.campaign.agencies.roster_sheet import EXPLANATION, blank_roster
from reportfill.campaign.agencies.roster_values import is_spoiled, tidied_entry
from reportfill.catalogue import CATALOGUE
from reportfill.errors import SubmissionError

CITY = Agency("0410781", "卫辉市人民政府", "市政府", "", 1, "张三", "0373-4471234", "zf@weihui.gov.cn")
OFFICE = Agency("410781001", "卫辉市信访局", superior="0410781", level=2, is_counted_by_superior=True)
HEADING = "单位编码,单位名称,上级单位编码,级次,邮箱,不汇总"


def csv_of(*rows: str, heading: str = HEADING) -> bytes:
    """A .csv file in UTF-8 with these rows below the heading."""
    return "\r\n".join((heading, *rows)).encode()


def sheet_of(*rows: Sequence[object], title: str = SHEET, merged: str = "") -> bytes:
    """A workbook with these rows on its one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def found(roster: Roster) -> list[tuple[str, str]]:
    """The findings by code and cell, the file's name or the blank roster's sheet left out."""
    places = (f"{CSV}!", f"{SHEET}!")
    return [
        (finding.code, finding.cell.removeprefix(places[0]).removeprefix(places[1]))
        for finding in roster.findings
    ]


def codes(roster: Roster) -> list[str]:
    """The codes of the agencies that are used."""
    return [agency.code for agency in roster.agencies]


SHOWN = {
    "00000": "00123",
    "000-000": "000-123",
    '"A"0000': "A0123",
    "0": "123",
    "General": "123",
    "#,##0": "123",
    "0.00": "123",
    "@": "123",
    "00000_ ": "00123",
}


@pytest.mark.parametrize("code", SHOWN)
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_code_is_what_its_cell_shows(
    code: str, suffix: str, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    book = load_workbook(BytesIO(sheet_of((CODE, NAME, SUPERIOR), (123, "甲局", None), ("b", "乙局", 123))))
    for cell in (book.worksheets[0]["A2"], book.worksheets[0]["C3"]):
        cell.number_format = code
    path = tmp_path / "名册.xlsx"
    book.save(path)
    roster = read_roster((path if suffix == "xlsx" else convert(path, suffix)).read_bytes(), path.name)
    assert found(roster) == []
    assert [(one.code, one.superior) for one in roster.agencies] == [(SHOWN[code], ""), ("b", SHOWN[code])]


def test_of_a_roster_whose_formats_cannot_be_seen_it_is_said_where_codes_are_numbers() -> None:
    for code, said in [(123.0, [("file.formats_unseen", "")]), ("00123", [])]:
        roster = read_roster(
            xlsb({SHEET: {(0, 0): CODE, (0, 1): NAME, (1, 0): code, (1, 1): "甲局"}}), "a.xlsb"
        )
        assert found(roster) == said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_in_every_encoding_and_with_every_delimiter(encoding: str, delimiter: str) -> None:
    rows = (
        COLUMNS,
        ("0410781", "卫辉市人民政府", "市政府", "", "1", "张三", "0373-4471234", "zf@weihui.gov.cn", "", ""),
        ("410781001", '"卫辉市信访局"', "", "0410781", "", "", "", "", "是", ""),
    )
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert read_roster(text.encode(encoding)) == Roster((CITY, OFFICE))


def test_quoted_fields_may_hold_the_delimiter_and_line_breaks() -> None:
    roster = read_roster('"单位编码";"单位名称"\n"1";"清河县；""新""区;\n管委会"\n"2";"乙"'.encode())
    assert [agency.name for agency in roster.agencies] == ['清河县；"新"区;管委会', "乙"]


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_of_workbooks_are_read(
    suffix: str, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    source = tmp_path / "roster.xlsx"
    source.write_bytes(blank_roster((CITY, OFFICE)))
    assert read_roster(convert(source, suffix).read_bytes()) == Roster((CITY, OFFICE))


def test_the_heading_row_may_stand_lower_with_columns_in_any_order_and_others_between() -> None:
    content = sheet_of(
        ("2024年度报送单位名册",),
        (),
        ("序号", "单位 名称", "备注", "不汇总", "单位编码（必填）*", "级次："),
        (1, "卫辉市人民政府", "无", None, "0410781", 1),
    )
    assert read_roster(content) == Roster((Agency("0410781", "卫辉市人民政府"),))


def test_the_heading_row_must_be_among_the_first_ten() -> None:
    row = ("1", "甲")
    heading = ("单位编码", "单位名称")
    assert codes(read_roster(sheet_of(*[("标题",)] * 9, heading, row))) == ["1"]
    assert found(read_roster(sheet_of(*[("标题",)] * 10, heading, row))) == [("roster.no_heading", "A1")]


def test_places_name_the_sheet_as_it_is_called() -> None:
    roster = read_roster(sheet_of(("单位编码", "单位名称"), ("1", None), title="各单位"))
    assert [finding.cell for finding in roster.findings] == ["各单位!B2"]


def test_the_sheet_of_the_blank_roster_is_looked_at_before_those_that_stand_in_front_of_it() -> None:
    book = load_workbook(BytesIO(blank_roster((CITY,))))
    other = book.create_sheet("往年", 0)
    for row in (("单位编码", "单位名称"), ("9", "别的单位")):
        other.append(row)
    target = BytesIO()
    book.save(target)
    assert codes(read_roster(target.getvalue())) == [CITY.code]


def test_codes_that_excel_made_numbers_become_text() -> None:
    heading = ("单位编码", "单位名称", "上级单位编码", "级次", "电话", "不汇总")
    content = sheet_of(
        heading, (410781, "甲", None, 1, 3734471234, False), (410782.0, "乙", 410781, 2.0, None, True)
    )
    assert read_roster(content).agencies == (
        Agency("410781", "甲", telephone="3734471234"),
        Agency("410782", "乙", superior="410781", level=2, is_counted_by_superior=True),
    )
    assert codes(read_roster(csv_of("410781.0,甲,,,,"))) == ["410781"]


def test_texts_are_tidied() -> None:
    roster = read_roster(csv_of("\u200b４１０ ７８１\u3000, 清河县\u3000（新区）\ufeff ,,１,Ａ@b.cn,Ｙ"))
    expected = Agency("410781", "清河县 （新区）", email="A@b.cn", is_counted_by_superior=True)
    assert roster == Roster((expected,))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((word, True) for word in ["是", "√", "1", "TRUE", "true", "Y"]),
        ("否", False),
        ("", False),
        ("0", False),
    ],
)
def test_what_is_counted_by_the_superior_may_be_marked_in_several_ways(written: str, meant: bool) -> None:
    (agency,) = read_roster(csv_of(f"1,甲,,,,{written}")).agencies
    assert agency.is_counted_by_superior is meant


def test_levels_that_are_left_empty_follow_from_the_superiors_in_whatever_order_they_stand() -> None:
    roster = read_roster(csv_of("3,丙,2,,,", "2,乙,1,,,", "1,甲,,,,", "4,丁,2,7,,", "5,戊,4,,,"))
    assert {agency.code: agency.level for agency in roster.agencies} == {
        "3": 3, "2": 2, "1": 1, "4": 7, "5": 8,
    }  # fmt: skip
    assert not roster.findings


def test_an_agency_is_found_by_its_code_and_knows_those_above_it_from_the_top_down() -> None:
    roster = read_roster(csv_of("1,甲,,,,", "2,乙,1,,,", "3,丙,2,,,"))
    assert [agency.code for agency in roster.above(roster.by_code["3"])] == ["1", "2"]
    assert roster.above(roster.by_code["1"]) == ()


def test_superiors_of_a_roster_made_by_hand_that_run_in_a_ring_are_named_once() -> None:
    first, second = Agency("1", "甲", superior="2"), Agency("2", "乙", superior="1")
    assert Roster((first, second)).above(first) == (first, second)


@pytest.mark.parametrize(
    ("rows", "expected", "used"),
    [
        ([",甲,,,,", "2,乙,,,,"], [("roster.code_missing", "A2")], ["2"]),
        (["1, ,,,,", "2,乙,,,,"], [("roster.name_missing", "B2")], ["2"]),
        (["4.10781E+17,甲,,,,", "2,乙,,,,"], [("roster.code_spoiled", "A2")], ["2"]),
        (["1,甲,,,,", "2,乙,,,,", "1,丙,,,,"], [("roster.code_twice", "A4")], ["1", "2"]),
        (["1,甲,,,,", "1,甲,,,,"], [("roster.code_twice", "A3")], ["1"]),
        (["1,甲,,,,", "2,甲,,,,"], [("roster.name_twice", "B3")], ["1"]),
        (["1,甲,9,,,", "2,乙,,,,"], [("roster.superior_unknown", "C2")], ["2"]),
        (["1,甲,1,,,", "2,乙,,,,"], [("roster.ring", "C2")], ["2"]),
        (["3,丙,2,,,", "1,甲,2,,,", "2,乙,1,,,"], [("roster.ring", "C3")], ["3"]),
        (["1,甲,,县级,,", "2,乙,,,,"], [("roster.level", "D2")], ["2"]),
        (["1,甲,,0,,", "2,乙,,1.5,,"], [("roster.level", "D2"), ("roster.level", "D3")], []),
        (["1,甲,,1 2,,"], [("roster.level", "D2")], []),
        (["1,甲,,2,,", "2,乙,1,2,,"], [("roster.level", "D3")], ["1"]),
        (["1,甲,,,,待定", "2,乙,,,,"], [("roster.flag", "F2")], ["2"]),
        ([f"1,{'甲' * 61},,,,", f"2,{'乙' * 60},,,,"], [("roster.too_long", "B2")], ["2"]),
        ([f"{'1' * 41},甲,,,,", f"{'2' * 40},乙,,,,"], [("roster.too_long", "A2")], ["2" * 40]),
        (["1,甲,,,a.gov.cn,"], [("roster.email", "E2")], ["1"]),
        (["1,甲,,,a@b.cn；c@d,"], [("roster.email", "E2")], ["1"]),
        (["1,甲,,,a@b.cn；c@d.gov.cn,"], [], ["1"]),
        ([], [("roster.empty", "A2")], []),
        ([",,,,,", "", " ,,,,,"], [("roster.empty", "A2")], []),
    ],
)
def test_a_row_with_an_error_is_left_out_and_the_others_are_used(
    rows: list[str], expected: list[tuple[str, str]], used: list[str]
) -> None:
    roster = read_roster(csv_of(*rows))
    assert found(roster) == expected
    assert codes(roster) == used
    assert roster.has_errors is any(CATALOGUE[code].severity == "error" for code, _ in expected)


def test_findings_stand_in_the_order_of_the_cells() -> None:
    roster = read_roster(csv_of("1,甲,9,,x,?", ",乙,,,,", "1,,,,,"))
    assert found(roster) == [
        ("roster.superior_unknown", "C2"),
        ("roster.email", "E2"),
        ("roster.flag", "F2"),
        ("roster.code_missing", "A3"),
        ("roster.code_twice", "A4"),
        ("roster.name_missing", "B4"),
    ]


def test_a_ring_names_its_codes_and_cells_and_what_hangs_below_it_is_kept() -> None:
    roster = read_roster(csv_of("1,甲,3,,,", "2,乙,1,,,", "3,丙,2,,,", "4,丁,3,,,"))
    (ring,) = roster.findings
    assert "1 → 3 → 2 → 1" in ring.message.zh
    assert ring.cells == ("roster.csv!C2", "roster.csv!C4", "roster.csv!C3")
    assert codes(roster) == ["4"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("清河县卫生健康委", "清河县卫生健康委员会"),
        ("清河县政府办", "清河县政府办公室"),
        ("清河县信访局", "清河县信访办"),
        ("清河县（新区）税务所", "清河县(新区)税务所"),
        ("清河县 档案馆", "清河县档案馆"),
    ],
)
def test_names_that_are_nearly_the_same_are_a_warning_and_used(name: str, other: str) -> None:
    roster = read_roster(csv_of(f"1,{name},,,,", f"2,{other},,,,"))
    assert found(roster) == [("roster.similar_name", "B3")]
    assert roster.findings[0].cells == ("roster.csv!B2", "roster.csv!B3")
    assert codes(roster) == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "other"), [("清河县人民政府", "清河县人民政府办公室"), ("清河县委", "清河县委办公室")]
)
def test_a_government_and_its_office_are_not_alike(name: str, other: str) -> None:
    assert not read_roster(csv_of(f"1,{name},,,,", f"2,{other},,,,")).findings


def test_a_heading_that_is_there_twice_is_read_on_the_left() -> None:
    roster = read_roster(csv_of("1,甲,乙", heading="单位编码,单位名称,单位名称"))
    assert found(roster) == [("roster.heading_twice", "C1")]
    assert roster.agencies == (Agency("1", "甲"),)


def test_a_code_that_excel_made_a_date_or_rounded_is_an_error() -> None:
    heading = ("单位编码", "单位名称", "上级单位编码")
    rows = ((date(2024, 1, 2), "甲"), (410781000000000123, "乙"), ("3", "丙", 410781000000000123))
    assert set(found(read_roster(sheet_of(heading, *rows)))) >= {
        ("roster.code_spoiled", "A2"),
        ("roster.code_spoiled", "A3"),
        ("roster.code_spoiled", "C4"),
    }


def test_rows_that_share_a_merged_cell_are_left_out_and_merged_titles_do_no_harm() -> None:
    heading = ("单位编码", "单位名称", "上级单位编码")
    rows = (("1", "甲"), ("2", "乙", "1"), ("3", "丙"), ("4", "丁", "1"))
    roster = read_roster(sheet_of(heading, *rows, merged="C3:C4"))
    assert found(roster) == [("roster.merged", "C3")]
    assert codes(roster) == ["1", "4"]
    assert codes(read_roster(sheet_of(("名册",), (), heading, *rows, merged="A1:C2"))) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("heading", ["代码,部门", "单位编码,部门", "单位名称"])
def test_without_both_obligatory_headings_nothing_is_read(heading: str) -> None:
    assert read_roster(csv_of("1,甲", heading=heading)).agencies == ()
    assert found(read_roster(csv_of("1,甲", heading=heading))) == [("roster.no_heading", "A1")]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('单位编码,单位名称\n1,甲\n2,"乙\n3,丙\n', "A3"),
        ('单位编码,单位名称\n1,"甲"乙\n2,丙\n', "A2"),
        ('"单位编码,单位名称\n1,甲\n', "A1"),
    ],
)
def test_quotes_that_do_not_pair_swallow_no_agency_in_silence(text: str, cell: str) -> None:
    assert read_roster(text.encode()).agencies == ()
    assert found(read_roster(text.encode())) == [("roster.quotes", cell)]


def test_more_agencies_than_a_roster_may_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_rows, "MOST_AGENCIES", 2)
    assert codes(read_roster(csv_of("1,甲,,,,", "", "2,乙,,,,"))) == ["1", "2"]
    roster = read_roster(csv_of("1,甲,,,,", "", "2,乙,,,,", "3,丙,,,,"))
    assert found(roster) == [("roster.too_many", "A5")]
    assert roster.agencies == ()


def test_rows_of_different_widths_and_columns_without_end_are_read_as_far_as_the_headings_go() -> None:
    wide = "3,丙,1" + "," * 2_000_000
    roster = read_roster(csv_of("1,甲,", "2,乙", wide, *["4"] * 3, heading="单位编码,单位名称,上级单位编码"))
    assert codes(roster) == ["1", "2", "3"]
    assert found(roster)[:2] == [("roster.name_missing", "B5"), ("roster.code_twice", "A6")]


def test_a_workbook_with_cells_far_below_is_refused_in_a_rosters_words() -> None:
    book = load_workbook(BytesIO(blank_roster((CITY,))))
    book[SHEET]["A100200"] = "1"
    target = BytesIO()
    book.save(target)
    assert found(read_roster(target.getvalue())) == [("roster.too_many", "")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "是空文件"),
        (b" \n", "是空文件"),
        (b"%PDF-1.7 \xe2\xe3", "不是Excel或WPS的表格，也不是csv文件"),
        (b"<html><table></table></html>", "不是Excel或WPS的表格，也不是csv文件"),
        (b"\x81\xff\xff", "不是Excel或WPS的表格，也不是csv文件"),
        (b"PK\x03\x04 cut off", "文件已损坏"),
        (blank_roster((CITY,))[:2000], "文件已损坏"),
        pytest.param(b"1" * ((20 << 20) + 1), "文件过大", id="too large"),
        ((Path(__file__).parents[2] / "intake" / "encrypted.xlsx").read_bytes(), "设有打开密码"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_a_rosters_words(content: bytes, problem: str) -> None:
    roster = read_roster(content)
    assert found(roster) == [("roster.unreadable", "")]
    assert roster.findings[0].message.zh == f"名册无法读取：{problem}。"
    assert not re.search("填报表|交来", roster.findings[0].hint.zh)


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: f"{HEADING}\n{text}".encode("utf-8", "ignore"))
)
def test_whatever_bytes_give_agencies_or_say_why_there_are_none(content: bytes) -> None:
    roster = read_roster(content)
    assert roster.agencies or roster.closed or roster.findings


@given(
    st.lists(
        st.tuples(st.sampled_from("12345"), st.sampled_from("甲乙丙丁戊"), st.sampled_from(("", *"123459")),
                  st.sampled_from(("", "1", "2", "3", "x"))),
        max_size=7,
    )
)  # fmt: skip
def test_whatever_rows_there_are_those_that_are_used_contradict_nothing(
    rows: list[tuple[str, str, str, str]],
) -> None:
    roster = read_roster(csv_of(*(",".join((*row, "", "")) for row in rows)))
    assert len(roster.by_code) == len(roster.agencies)
    assert len({agency.name for agency in roster.agencies}) == len(roster.agencies)
    assert {agency.code for agency in roster.agencies} <= {row[0] for row in rows}
    assert len(roster.agencies) == len(rows) or roster.has_errors
    for agency in roster.agencies:
        above = roster.above(agency)
        assert agency not in above
        assert [superior.level for superior in above] == sorted({superior.level for superior in above})
        assert all(superior.level < agency.level for superior in above)


def test_a_chain_as_long_as_a_roster_may_be_is_followed() -> None:
    roster = read_roster(
        csv_of(*(f"{number},第{number}所,{number + 1},,," for number in range(3000)), "3000,顶,,,,")
    )
    assert not roster.findings
    assert roster.agencies[0].level == 3001


TEXTS = st.text(
    st.sampled_from("清河县卫辉市信访局委办（）()ABxyz_x0041_09=+-@'\"<&;,№①é𠮷"), max_size=12
)  # fmt: skip
CODES = st.text(st.sampled_from("0123456789ABx_=+-@'卫"), min_size=1, max_size=18).filter(
    lambda code: tidied_entry("单位编码", code) == code and not is_spoiled(code)
)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Agency, ...]:
    """Agencies that have nothing wrong, in any order."""
    agencies: list[Agency] = []
    for code in draw(st.lists(CODES, unique=True, max_size=6)):
        above = draw(st.none() | st.sampled_from(agencies)) if agencies else None
        agencies.append(
            Agency(
                code,
                draw(TEXTS) + code,
                draw(TEXTS),
                above.code if above else "",
                (above.level if above else 0) + draw(st.integers(1, 3)),
                draw(TEXTS),
                draw(st.sampled_from(("", "0373-4471234", "037344712", "+86 373 44"))),
                draw(st.sampled_from(("", "a@b.cn", "a@b.cn;c@d.cn", "=@x"))),
                draw(st.booleans()),
            )
        )
    return tuple(draw(st.permutations(agencies)))


@st.composite
def reformed(draw: st.DrawFn) -> tuple[Agency, ...]:
    """Agencies of which some were closed, or merged into those that were not."""
    agencies = list(draw(rosters()))
    kept = [agency.code for agency in agencies[::2]]
    for place in range(1, len(agencies), 2):
        successor = draw(st.sampled_from(["", *kept]))
        agencies[place] = agencies[place]._replace(is_closed=True, successor=successor)
    return tuple(agencies)


@settings(max_examples=often(40))
@given(reformed())
def test_what_the_blank_roster_is_filled_with_is_read_again(agencies: tuple[Agency, ...]) -> None:
    content = blank_roster(agencies)
    roster = read_roster(content)
    assert roster.has_errors is (not agencies)
    assert roster.agencies == tuple(agency for agency in agencies if not agency.is_closed)
    assert roster.closed == tuple(agency for agency in agencies if agency.is_closed)
    assert blank_roster(iter(agencies)) == content


def test_twelve_thousand_agencies_are_read_again_from_a_workbook() -> None:
    many = tuple(
        Agency(
            f"{number:06}",
            f"清河县第{number}所",
            superior="000000" if number else "",
            level=2 if number else 1,
        )
        for number in range(12_000)
    )
    assert read_roster(blank_roster(many)) == Roster(many)


@pytest.mark.parametrize(("above", "is_read"), [(0, True), (1, False)])
def test_a_workbook_may_hold_a_hundred_thousand_agencies_and_no_more(
    monkeypatch: pytest.MonkeyPatch, above: int, is_read: bool
) -> None:
    most = MOST_AGENCIES if IN_FULL else 1000
    monkeypatch.setattr(roster_rows, "MOST_AGENCIES", most)
    roster = read_roster(blank_roster(Agency(str(number), f"第{number}所") for number in range(most + above)))
    assert len(roster.agencies) == (most if is_read else 0)
    assert found(roster) == ([] if is_read else [("roster.too_many", f"A{most + 2}")])


CHANGES = "单位编码,单位名称,上级单位编码,变动"


@pytest.mark.parametrize(("more", "expected"), [(0, set()), (1, {"agency.name", "agency.code"})])
def test_a_code_and_a_name_may_be_as_long_as_a_workbook_takes(
    pack: Pack, more: int, expected: set[str]
) -> None:
    name, code = "甲" * (LONGEST[NAME] + more), "1" * (LONGEST[CODE] + more)
    findings = check(read_workbook(new_workbook(pack, year=2023, agency=name, code=code)))
    assert {finding.field for finding in findings if finding.code == "cell.too_long"} == expected


def test_an_agency_that_was_closed_or_merged_is_kept_beside_those_that_must_report() -> None:
    roster = read_roster(csv_of("1,甲,,", "2,乙,1,撤销", "3,丙,1,并入：1", "4,丁,1,", heading=CHANGES))
    assert not roster.findings
    assert codes(roster) == ["1", "4"]
    assert roster.closed == (
        Agency("2", "乙", superior="1", level=2, is_closed=True),
        Agency("3", "丙", superior="1", level=2, is_closed=True, successor="1"),
    )
    assert set(roster.by_code) == {"1", "4"}
    assert set(roster.all_by_code) == {"1", "2", "3", "4"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("撤销", []),
        ("并入1", []),
        ("并入 １", []),
        ("并入", [("roster.change", "D3")]),
        ("2024年3月", [("roster.change", "D3")]),
        ("已撤销", [("roster.change", "D3")]),
        ("并入9", [("roster.successor", "D3")]),
        ("并入2", [("roster.successor", "D3")]),
        ("并入3", [("roster.successor", "D3")]),
    ],
)
def test_a_change_names_an_agency_that_still_reports(change: str, expected: list[tuple[str, str]]) -> None:
    roster = read_roster(csv_of("1,甲,,", f"2,乙,,{change}", "3,丙,,撤销", heading=CHANGES))
    assert found(roster) == expected
    assert codes(roster) == ["1"]
    assert [agency.code for agency in roster.closed] == ([] if expected else ["2"]) + ["3"]


def test_a_superior_that_was_closed_is_a_warning_and_still_stands_above_its_agencies() -> None:
    roster = read_roster(csv_of("1,甲,,并入3", "2,乙,1,", "3,丙,,", heading=CHANGES))
    assert found(roster) == [("roster.superior_closed", "C3")]
    assert codes(roster) == ["2", "3"]
    assert [agency.code for agency in roster.above(roster.by_code["2"])] == ["1"]


def test_an_agency_that_was_merged_may_be_called_nearly_as_the_one_that_took_over() -> None:
    names = ("1,清河县卫生健康委员会,,", "2,清河县卫生健康委,,并入1")
    assert not read_roster(csv_of(*names, heading=CHANGES)).findings


def test_the_blank_roster_holds_no_agency_and_keeps_leading_zeros() -> None:
    content = blank_roster()
    assert found(read_roster(content)) == [("roster.empty", "A2")]
    book = load_workbook(BytesIO(content))
    sheet = book[SHEET]
    assert book.sheetnames == [SHEET, EXPLANATION]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:J1"
    formats = {sheet.cell(1, number).value: sheet.column_dimensions["ABCDEFGHIJ"[number - 1]].number_format
               for number in range(1, 11)}  # fmt: skip
    assert {heading for heading, kind in formats.items() if kind == "@"} == set(COLUMNS) - {"级次"}
    assert {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {
        '"是,否"': "I2:I100001",
        "1": "E2:E100001",
        '"撤销,并入,原名"': "J2:J100001",
    }
    change = next(rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith("J"))
    assert not change.showErrorMessage, "a code is typed behind 并入"


def test_what_is_filled_in_is_text_that_keeps_its_zeros_when_somebody_edits_it() -> None:
    sheet = load_workbook(BytesIO(blank_roster((CITY,))))[SHEET]
    assert {sheet[f"{column}2"].number_format for column in "ABCFGH"} == {"@"}
    assert [sheet[f"{column}2"].alignment.horizontal for column in "ABEF"] == ["left"] * 2 + ["center"] * 2
    assert (sheet["A2"].value, sheet["E2"].value) == ("0410781", 1)
    assert sheet["A2"].font.name == "宋体"


def test_the_explanation_names_every_column() -> None:
    sheet = load_workbook(BytesIO(blank_roster()))[EXPLANATION]
    assert [sheet.cell(row, 1).value for row in range(3, 3 + len(COLUMNS))] == list(COLUMNS)
    assert all(str(sheet.cell(row, 3).value).endswith("。") for row in range(3, 3 + len(COLUMNS)))


def test_a_text_that_no_workbook_can_hold_is_refused() -> None:
    with pytest.raises(SubmissionError, match="单位名称"):
        blank_roster((Agency("1", "甲\x01"),))


def test_strict_readers_have_nothing_against_the_blank_roster(
    ooxml_problems: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(blank_roster((CITY, OFFICE)))
    assert ooxml_problems(path) == []
