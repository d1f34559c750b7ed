"""What a cell shows beside what it holds: the same, the same rounded, or something else."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.office.number_formats.display import Showing, display_of_number, display_of_text
from reportfill.office.number_formats.general import number_held
from reportfill.office.number_formats.plainness import MAY_MISLEAD, decimals_shown, is_shown_in_full

OTHERWISE = [
    (5, '[DBNum2]General"元"', "万元", "伍元"),
    (5, '[DBNum3]0"万件"', "件", "５万件"),
    (3, '"无"', "件", "无"),
    (3, '"1"0', "件", "13"),
    (3, '0"0"', "件", "30"),
    (5000, "#,##0,_);(#,##0,)", "件", "5"),
    (50, '[<10]General;"9"', "件", "9"),
    (5000, "#,##0,_)", "件", "5"),
    (5000, "0,* ", "件", "5"),
    (5000, "0, ", "件", "5"),
    (5000, '0,"件"', "件", "5件"),
    (5000, "0.0,", "件", "5.0"),
    (3, '"5"', "件", "5"),
    (123456, "0!.0000", "万元", "12.3456"),
    (12345, '0!.0,"万"', "万元", "1.2万"),
    (12345678, "0\\.00,,亿元", "万元", "0.12亿元"),
    (1234567, '0.00,,"万"\n%', "万元", "123.46万"),
    (0.5, "0.00\n%", "件", "50.00"),
    (0.5, "0%", "件", "50%"),
    (0.5, "0\\%", "件", "1%"),
    (50, '0"%"', "件", "50%"),
    (5, "0‰", "件", "5‰"),
    (5, '"百分之"0', "件", "百分之5"),
    (12, ";;;", "件", ""),
    (12, ";", "件", ""),
    (12, "[>10];0", "件", ""),
    (12, "#_ #", "件", "1 2"),
    (12, '0","0', "件", "1,2"),
    (12, '0"年"0"月"', "件", "1年2月"),
    (12.5, '0"."0', "件", "1.3"),
    (5, "0*0", "件", "5000"),
    (5, "[$5-804]0", "件", "55"),
    (12, "-0", "件", "-12"),
    (12, "(0)", "件", "(12)"),
    (-12, "0;0", "件", "12"),
    (0, '0;-0;"5"', "件", "5"),
    (0, '0;-0;"未填"', "件", "未填"),
    (12, "[$-804]aaaa;@", "件", "星期四"),
    (12, "yyyy-mm-dd", "件", "1900-01-12"),
    (1.5, "[h]:mm", "件", "36:00"),
    (1, '[=1]"是";[=0]"否"', "件", "是"),
    (251000, '0"元"', "万元", "251000元"),
    (5, '0"万"', "件", "5万"),
    (5, '0"万元"', "件", "5万元"),
    (5, '0"百"', "件", "5百"),
    (5, '0"K"', "件", "5K"),
    (5, '0"²"', "件", "5²"),
    (5, '"≥"0', "件", "≥5"),
]
ROUNDED = [
    (4.6, "0", "件", "5"),
    (0.4, "#", "件", ""),
    (0.004, "0.00", "万元", "0.00"),
    (7730.28, "#,##0", "万元", "7,730"),
    (1234, "0.00E+00", "件", "1.23E+03"),
    (0.3, "# ?/?", "万元", "2/7"),
    (123456, '0!.0,"万"', "件", "12.3万"),
    (1234567, '0.00,,"万"\n%', "件", "123.46万"),
    (12345, '[>=10000]0!.0,"万";0', "件", "1.2万"),
    (1 / 3, "General", "万元", "0.333333333"),
    (123456789012, "General", "件", "1.23457E+11"),
]
SAME = [
    (12, "General", "件", "12"),
    (12, "", "件", "12"),
    (12, "@", "件", "12"),
    (0.1 + 0.2, "General", "万元", "0.3"),
    (12345678901, "General", "件", "12345678901"),
    (12, "G/通用格式", "件", "12"),
    (12, 'G/通用格式"万元"', "万元", "12万元"),
    (7730.28, '"¥"#,##0.00"万元"', "万元", "¥7,730.28万元"),
    (7730.28, "[$¥-804]#,##0.00", "万元", "¥7,730.28"),
    (7730.28, "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ", "万元", "¥ 7,730.28"),
    (12, '0"件"', "件", "12件"),
    (12, '0 "件（次）"', "件", "12 件（次）"),
    (12, "[红色]0", "件", "12"),
    (12, "[Color5]0;[Red]-0", "件", "12"),
    (1234, "#,##0_);[Red](#,##0)", "件", "1,234"),
    (-1234, "#,##0_);[Red](#,##0)", "件", "(1,234)"),
    (-12, "0", "件", "-12"),
    (0, '_ * "-"??_ ', "件", "-"),
    (0, "0;-0;", "件", ""),
    (0, "0;-0;—", "件", "—"),
    (0, '0;-0;"无"', "件", "无"),
    (0, '0;-0;"不适用"', "件", "不适用"),
    (0, "#", "件", ""),
    (0, '#"件"', "件", "件"),
    (0, "0%", "件", "0%"),
    (5, "00000", "件", "00005"),
    (5, "*00", "件", "0005"),
    (0.5, "# ?/?", "万元", "1/2"),
    (1.5, "# ?/4", "万元", "1 2/4"),
    (1500, "0.00E+00", "件", "1.50E+03"),
    (1234567, "#\\,####", "件", "123,4567"),
    (1234, '#"千"#"百"#"十"#"个"', "件", "1千2百3十4个"),
    (105, "[DBNum2][$-804]General", "件", "壹佰零伍"),
    (105, "[DBNum1]General", "万元", "一百〇五"),
    (20000, "[DBNum3]General", "万元", "２万"),
    (10, "[DBNum3][$-804]General", "万元", "１十"),
    (12345, '[DBNum1]General"万元"', "万元", "一万二千三百四十五万元"),
    (100000, '[$-804][DBNum2]G/通用格式"万元"', "万元", "壹拾万万元"),
    (1234567, "[DBNum1]#,##0", "件", "一,二三四,五六七"),
    (-3, "[DBNum2]General", "件", "-叁"),
    (12, "[DBNum1]0", "件", "一二"),
    (12, '[Red][>10]"大"0;0', "件", "大12"),
    (123456, '0!.0000"万"', "件", "12.3456万"),
    (5000, '0.0,"千件"', "件", "5.0千件"),
    (50000, '0!.0,"万"', "", "5.0万"),
    (5, '0"万元"', "", "5万元"),
    (2023, '0"年"', "年", "2023年"),
    (95, '0"%"', "%", "95%"),
    (12, '0"m²"', "", "12m²"),
]


def judgements(cases: list[tuple[float, str, str, str]]) -> list[tuple[str, Showing, str]]:
    """What the judge says of each case."""
    judged_cases = [
        (code, display_of_number(code, number_held(number), unit)) for number, code, unit, _ in cases
    ]
    return [(code, one.showing, one.text) for code, one in judged_cases]


def expected(cases: list[tuple[float, str, str, str]], showing: Showing) -> list[tuple[str, Showing, str]]:
    """What the judge should say."""
    return [(code, showing, text) for _, code, _, text in cases]


@pytest.mark.parametrize(
    ("cases", "showing"),
    [(OTHERWISE, Showing.OTHERWISE), (ROUNDED, Showing.ROUNDED), (SAME, Showing.SAME)],
    ids=["otherwise", "rounded", "same"],
)
def test_a_number_is_judged_by_what_people_see(
    cases: list[tuple[float, str, str, str]], showing: Showing
) -> None:
    assert judgements(cases) == expected(cases, showing)


@pytest.mark.parametrize(
    ("code", "text", "showing"),
    [
        ("@", "12", Showing.SAME),
        ("General", "12", Showing.SAME),
        ("0;0;0;", "12", Showing.OTHERWISE),
        (";;;", "全年共组织培训两次。", Showing.OTHERWISE),
        ('0;-0;0;"无"', "12", Showing.OTHERWISE),
        ('"1"@', "12", Showing.OTHERWISE),
        ('@"件"', "12", Showing.SAME),
        ("  @*.", "目录", Showing.SAME),
        ("@%", "12", Showing.OTHERWISE),
    ],
)
def test_a_text_is_shown_as_it_is_or_hidden_or_changed(code: str, text: str, showing: Showing) -> None:
    assert display_of_text(code, text).showing is showing


PIECES = (
    '0|#|?|00|#,##0|.|.00|,|%|‰|;|@|General|G/通用格式|E+00|/|_)|* |*0|"件"|"万"|"5"|\\.|!.|!|\\|"|[|]|[Red]|[红色]|'
    "[<10]|[>=1E5]|[=0]|[$¥-804]|[DBNum1]|[DBNum2][$-804]|[h]|yyyy|m|d|h:mm|aaaa|AM/PM|(|)|-|1|4|e| |\n"
)
CODES = st.lists(st.sampled_from(PIECES.split("|")), max_size=12).map("".join) | st.text(max_size=40)
NUMBERS = st.one_of(
    st.integers(-10, 10).map(float),
    st.integers(-(10**12), 10**12).map(float),
    st.decimals(-(10**7), 10**7, places=3).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
)


@given(code=CODES, number=NUMBERS, unit=st.sampled_from(["件", "万元", "年", "%", ""]))
def test_any_format_has_a_judgement_of_any_number(code: str, number: float, unit: str) -> None:
    assert display_of_number(code, number_held(number), unit).showing in Showing
    assert display_of_text(code, "一段文字").showing in Showing


@given(
    code=CODES,
    numbers=st.lists(NUMBERS, min_size=1, max_size=5),
    unit=st.sampled_from(["件", "万元", "万件", "%", ""]),
)
def test_a_format_that_is_not_looked_up_shows_every_number_as_it_is(
    code: str, numbers: list[float], unit: str
) -> None:
    for number in numbers:
        if is_shown_in_full(number, decimals_shown(code)):
            assert display_of_number(code, number_held(number), unit).showing is Showing.SAME


@pytest.mark.parametrize(
    ("code", "decimals"),
    [("General", 99), ("@", 99), ("0", 0), ("#,##0.00", 2), ("0.0##", 3), ("_ * #,##0.00_ ", 2)]
    + [("¥#,##0.00;¥-#,##0.00", 2), ("#,##0 ;(#,##0)", 0), ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 0)]
    + [
        (code, MAY_MISLEAD)
        for code in ("0%", "0,", '0"件"', ";;;", "0;0", "yyyy", "0.00E+00", "# ?/?", "[>1]0;0", "0;;;")
    ],
)
def test_plain_formats_are_known_as_such(code: str, decimals: int) -> None:
    assert decimals_shown(code) == decimals


HOSTILE = [
    "0" * 32000,
    "#," * 16000,
    '"' * 32000,
    "[" * 32000,
    "[<1" * 10000,
    "_*" * 16000,
    "0/" * 16000,
    ";" * 32000,
]
HOSTILE += [
    "General" * 4000,
    "[DBNum1]" * 4000,
    "%" * 32000,
    "0%" * 16000,
    "E+0" * 10000,
    "(" * 32000,
    "万" * 32000,
]
HOSTILE += ["x" * 32000, "a" * 32000, "ym" * 16000, "0" + "," * 32000, "0." + "0 " * 16000, "!" * 32000]


@pytest.mark.parametrize("code", HOSTILE, ids=[code[:8] for code in HOSTILE])
def test_a_hostile_format_costs_no_time(code: str) -> None:
    begun = process_time()
    for length in (255, 1024, len(code)):
        display_of_number(code[:length], Decimal("1234567.5"), "万元")
        display_of_text(code[:length], "一段文字")
        decimals_shown(code[:length])
    assert process_time() - begun < 60  # it hangs otherwise
    assert display_of_number(code, Decimal("1234567.5"), "万元").showing is Showing.OTHERWISE
