"""One cell's content as the value of a field: tidied, or a finding, never a guess."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.finding import Severity
from reportfill.model.fields import Field
from reportfill.model.kinds.kind import Content, Read
from reportfill.office.grid import CellValue
from reportfill.pack.pack import Pack
from reportfill.place import Cell

COUNT, AMOUNT, TEXT = "proactive.rules.issued", "proactive.fees.amount", "overview.platform"
CELL = Cell("表二", 4, 1)


def read_of(field: Field, content: Content) -> Read:
    """What a cell of a field gives that holds something."""
    return field.kind.read(field, content, CELL)


NO_NUMBERS = """
3（其中1） 3/5 3-5 3~5 3～5 3—5 3+2 3&5 3和5 3至5 3→5 3×5 3|5 3;5 3；5 3=3 =3+2 (3)5 3(5)
3[5] 3件5份 三十五 3万 1.2万 1万2千 壹仟 5% 5‰ 3成 约3 3余 3多 ≥3 >3 第3 No.3 #3 “3” ① Ⅲ
1² 1½ 1e3 0x10 3.5.2 1.234.567 1.234,5 1'234 1’234 1_234 1,23 12,34 1,234,56 0,123 12345,6789
3kg 5亿元 3，5 １，２３ 3、 3。 3,
"""


@pytest.mark.parametrize("path", [COUNT, AMOUNT, "year"])
@pytest.mark.parametrize(
    "text", [*NO_NUMBERS.split(), "3 件 5", "3\n5", "12 34", "1  234", "1 2 3", "1 2345"]
)
def test_what_is_not_surely_one_number_is_none(pack: Pack, path: str, text: str) -> None:
    read = read_of(pack.fields[path], text)
    assert read.value is None
    assert read.finding is not None
    assert read.finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("content", "value"),
    [(0.0, 0), (12.0, 12), (7, 7), (-0.0, 0), (123456789.0, 123456789), (999999999.0000001, 999999999)],
)
def test_a_whole_number_is_read_as_one(pack: Pack, content: CellValue, value: int) -> None:
    read = read_of(pack.fields[COUNT], content)
    assert (read.value, type(read.value), read.finding) == (value, int, None)


@pytest.mark.parametrize(
    ("content", "value"),
    [(7730.28, "7730.28"), (0.1 + 0.2, "0.3"), (1e-7, "1E-7"), (0.5, "0.5")],
)
def test_an_amount_is_the_decimal_that_excel_shows(pack: Pack, content: float, value: str) -> None:
    read = read_of(pack.fields[AMOUNT], content)
    assert (read.value, read.finding) == (Decimal(value), None)


@pytest.mark.parametrize(
    ("path", "content", "value"),
    [
        (COUNT, "12", 12),
        (COUNT, "１２", 12),
        (COUNT, "1,234", 1234),
        (COUNT, "1，234", 1234),
        (COUNT, "12件", 12),
        (COUNT, "１２ 件", 12),
        (COUNT, "12.0", 12),
        (COUNT, "\u200b12\ufeff", 12),
        (COUNT, "１，２３４，５６７件", 1234567),
        (COUNT, "1 234", 1234),
        (COUNT, "1\xa0234\xa0567", 1234567),
        (COUNT, "1\u2009234", 1234),
        (COUNT, "1\u202f234", 1234),
        (COUNT, "1\u3000234\u3000567 件", 1234567),
        (COUNT, "1,2345", 12345),
        (COUNT, "1，2345，6789", 123456789),
        (COUNT, "12\u200b件", 12),
        (COUNT, "- 0", 0),
        (AMOUNT, "12 345.67万元", Decimal("12345.67")),
        (COUNT, "\u300012\xa0", 12),
        (COUNT, "12\r\n", 12),
        (COUNT, "+5", 5),
        (COUNT, "007", 7),
        (COUNT, "0", 0),
        (AMOUNT, "7730.28 万 元", Decimal("7730.28")),
        (AMOUNT, "１２．５０", Decimal("12.5")),
        (AMOUNT, "7730.28万元", Decimal("7730.28")),
        (AMOUNT, "7,730.28", Decimal("7730.28")),
    ],
)
def test_what_loses_nothing_is_tidied_with_a_note(
    pack: Pack, path: str, content: str, value: int | Decimal
) -> None:
    read = read_of(pack.fields[path], content)
    assert read.value == value
    assert read.finding is not None
    assert (read.finding.code, read.finding.severity.value, read.finding.place) == (
        "cell.tidied",
        "note",
        CELL,
    )


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        (COUNT, "5\u200b", "“5[U+200B]”按“5”读取"),
        (COUNT, "\u20685\u2069", "“[U+2068]5[U+2069]”按“5”读取"),
        (COUNT, "2023", "文本“2023”按数字“2023”读取"),
        ("agency.name", 2023.0, "数字“2023”按文本“2023”读取"),
        ("agency.name", "卫辉市\n信访局", "“卫辉市↵信访局”按“卫辉市 信访局”读取"),
    ],
)
def test_a_note_shows_what_was_another_than_it_looks(
    pack: Pack, path: str, content: CellValue, said: str
) -> None:
    read = read_of(pack.fields[path], content)
    assert read.finding is not None
    assert said in read.finding.message.zh


@pytest.mark.parametrize("line_break", ["\r", "\n", "\r\n", "\v", "\x85", "\u2028"])
def test_a_line_break_in_a_name_of_data_is_no_silent_blank(pack: Pack, line_break: str) -> None:
    field = pack.fields["agency.name"]
    read = field.kind.read_data(field, f"卫辉市{line_break}信访局", CELL)
    assert read.finding is not None
    assert read.finding.code == "cell.tidied"
    assert "卫辉市↵信访局" in read.finding.message.zh


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        *[
            (COUNT, nothing, "cell.no_figure")
            for nothing in ("无", "—", "——", "-", "/", "／", "没有", "零", " 无 ", "N/A")
        ],
        *[
            (COUNT, text, "cell.not_a_number")
            for text in ("二十", "12人", "约12", "12-13", "22（其中修订16件）", "#", "1e5", "十")
        ],
        *[
            (COUNT, text, "cell.not_a_number")
            for text in (
                "10²",
                "12①",
                "⑫",
                "½",
                "12.",
                ".5",
                "1e3",
                "12:30",
                "0x10",
            )
        ],
        *[
            (path, text, "cell.several_numbers")
            for path in (COUNT, AMOUNT)
            for text in (
                *(
                    "3 5",
                    "12 34",
                    "5\t6",
                    "3\u30005",
                    "5\u200b6",
                    "1 2.5",
                    "12\n3",
                    "3、5",
                    "1\n234",
                    "1\t234",
                ),
                *(
                    "1,23",
                    "1,234,5",
                    "12,34,567",
                    "1,234 567",
                    "1 234,567",
                    "1\u3000234 567",
                    "0,123",
                    "0 123",
                ),
                *(
                    "1234 567",
                    "1 2345",
                    "12345,678",
                    "1,2345,678",
                    "５　６",
                    "1\xa02",
                    "1\u20092",
                    "1\u202f2",
                ),
                *(
                    "12\ufeff34",
                    "1\u2060234",
                    "3 5件",
                    "1,,234",
                    "1.5 2",
                    "3; 5",
                    "12,\n345",
                    "1 234\u200b567",
                ),
            )
        ],
        *[(COUNT, "9" * length, "cell.not_a_number") for length in (41, 5000, 32767)],
        (AMOUNT, "0." + "1" * 5000, "cell.not_a_number"),
        (AMOUNT, "251000元", "cell.not_a_number"),
        (AMOUNT, "12万", "cell.not_a_number"),
        (AMOUNT, "12亿元", "cell.not_a_number"),
        (COUNT, "乱码\x02", "cell.not_a_number"),
        (COUNT, "12\x00", "cell.not_a_number"),
        (AMOUNT, "12件", "cell.not_a_number"),
        (COUNT, -1.0, "cell.negative"),
        (COUNT, "-3", "cell.negative"),
        (COUNT, "－3", "cell.negative"),
        (AMOUNT, -0.01, "cell.negative"),
        (COUNT, 1.5, "cell.fraction"),
        (COUNT, "1.5", "cell.fraction"),
        (COUNT, 1e15, "cell.too_large"),
        (COUNT, 1e300, "cell.too_large"),
        (COUNT, "9" * 40, "cell.too_large"),
        (COUNT, 1000000000, "cell.too_large"),
        *[(COUNT, float(odd), "cell.not_a_number") for odd in ("inf", "-inf", "nan")],
        (AMOUNT, float("inf"), "cell.not_a_number"),
        (AMOUNT, 1e300, "cell.too_large"),
        (AMOUNT, 1e15, "cell.too_large"),
        (AMOUNT, -1e300, "cell.negative"),
        (AMOUNT, 1e-300, "cell.too_fine"),
        (AMOUNT, 10**300, "cell.too_large"),
        (AMOUNT, Decimal("1E+999999"), "cell.too_large"),
        (AMOUNT, Decimal("-1E-999999"), "cell.too_fine"),
        (COUNT, Decimal("1E+999999"), "cell.too_large"),
        (COUNT, Decimal("NaN"), "cell.not_a_number"),
        (COUNT, True, "cell.boolean"),
        (COUNT, False, "cell.boolean"),
        (COUNT, datetime.date(2024, 1, 2), "cell.date"),
        (COUNT, datetime.datetime(2024, 1, 2, 3, 4), "cell.date"),
        (COUNT, datetime.time(3, 4), "cell.date"),
        (COUNT, datetime.timedelta(hours=30), "cell.date"),
    ],
)
def test_everything_else_is_a_finding_with_its_cell_and_never_a_value(
    pack: Pack, path: str, content: CellValue, code: str
) -> None:
    read = read_of(pack.fields[path], content)
    assert read.value is None
    assert read.finding is not None
    assert (read.finding.code, read.finding.field, read.finding.place) == (code, path, CELL)


@pytest.mark.parametrize(
    "content", ["", "  ", "\u3000", "\n", "\u200b", "\ufeff \u200e", "\u3164", "\u2800\xad", "\u200d"]
)
def test_an_empty_cell_is_neither(pack: Pack, content: str) -> None:
    assert read_of(pack.fields[COUNT], content) == (None, None)


@given(content=st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.datetimes()))
def test_a_number_cell_gives_a_value_or_a_finding_whatever_it_holds(pack: Pack, content: CellValue) -> None:
    value, found = read_of(pack.fields[COUNT], content)
    if value is not None:
        assert value >= 0
        assert found is None or found.code == "cell.tidied"
    else:
        assert found is not None or not any(map(str.isalnum, str(content)))


@pytest.mark.parametrize(
    ("content", "paragraphs", "code"),
    [
        ("一段文字。", ("一段文字。",), None),
        ("第一段。\n第二段。", ("第一段。", "第二段。"), None),
        ("第一段。\r\n\r\n第二段。\n", ("第一段。", "第二段。"), "cell.tidied"),
        ("\u3000\u3000首行缩进。", ("首行缩进。",), "cell.tidied"),
        ("甲\t乙", ("甲 乙",), "cell.tidied"),
        ("零宽\u200b字符\ufeff", ("零宽字符",), "cell.tidied"),
        ("家庭👨‍👩‍👧和𠀀", ("家庭👨‍👩‍👧和𠀀",), None),
        ("旗帜🏴\U000e0067\U000e007f、👍🏽、❤️、𪚥𠮷", ("旗帜🏴\U000e0067\U000e007f、👍🏽、❤️、𪚥𠮷",), None),
        (
            "甲\u2028乙\u2029丙\x0b丁\x0c戊\x85己\r庚",
            ("甲", "乙", "丙", "丁", "戊", "己", "庚"),
            "cell.tidied",
        ),
        ("左\u202a右\u202c\u2066中\u2069\u2060", ("左右中",), "cell.tidied"),
        ("　　第一段。\n　　第二段。", ("第一段。", "第二段。"), "cell.tidied"),
        ("１２．５％，全角不改；ＡＢＣ", ("１２．５％，全角不改；ＡＢＣ",), None),
        ("\u200b\n\ufeff", (), None),
        *[
            (nothing, (), None)
            for nothing in ("\u3164", "\u115f\u1160", "\uffa0\n\u2800", "\u200d", "\xad\u180e", "\u2064")
        ],
        ("\u3164说明\u2800", ("说明",), "cell.tidied"),
        ("-3", ("-3",), None),
        ("=1+1", ("=1+1",), None),
        (0.1 + 0.2, ("0.3",), "cell.tidied"),
        ("好。\n坏\x07。\n好。", ("好。", "坏\x07。", "好。"), "cell.control_characters"),
        (2023.0, ("2023",), "cell.tidied"),
        ("   ", (), None),
        ("乱码\x02。", ("乱码\x02。",), "cell.control_characters"),
        ("长" * 5001, ("长" * 5001,), "cell.too_long"),
        (True, (), "cell.boolean"),
        (datetime.date(2024, 1, 2), (), "cell.date"),
    ],
)
def test_a_text_cell_gives_its_paragraphs(
    pack: Pack, content: CellValue, paragraphs: tuple[str, ...], code: str | None
) -> None:
    read = read_of(pack.fields[TEXT], content)
    assert (read.value or ()) == paragraphs
    assert (read.finding.code if read.finding else None) == code
