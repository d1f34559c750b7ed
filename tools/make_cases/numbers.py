"""What stands in a number's cell: typed as text, shown in a format, or no figure at all."""

from __future__ import annotations

from functools import partial

from tools.make_cases.recipes import Recipe, add, recipe
from tools.make_cases.surgery import (
    WORKBOOK,
    replaced,
    with_cells,
    with_format,
    with_quote_prefix,
    with_texts,
)

COUNT, AMOUNT, YEAR, NARRATIVE = "表二!B9", "表二!B16", "填报说明!B6", "总体情况!B31"

_TYPED = {
    "number-stored-as-text": (COUNT, "12"),
    "full-width-digits": (COUNT, "１２"),
    "thousands-separators-in-text": (COUNT, "1,234"),
    "unit-behind-the-number": (COUNT, "12件"),
    "amount-with-its-unit": (AMOUNT, "7730.28万元"),
    "amount-in-yuan": (AMOUNT, "251000元"),
    "chinese-numerals": (COUNT, "十二"),
    "nothing-said-in-words": (COUNT, "无"),
    "nothing-said-with-a-dash": (COUNT, "—"),
    "nothing-said-with-a-slash": (COUNT, "/"),
    "only-spaces": (COUNT, "   "),
    "only-a-non-breaking-space": (COUNT, "\xa0"),
    "only-a-zero-width-space": (COUNT, "\u200b"),
    "number-with-a-zero-width-space": (COUNT, "12\u200b"),
    "number-with-right-to-left-marks": (COUNT, "\u200f12\u200f"),
    "number-with-a-byte-order-mark": (COUNT, "\ufeff12"),
    "number-between-non-breaking-spaces": (COUNT, "\xa012\xa0"),
    "scientific-notation-as-text": (COUNT, "1E+3"),
    "number-with-a-remark": (COUNT, "22（其中修订16件）"),
    "two-numbers-in-one-cell": (COUNT, "12\n3"),
    "two-numbers-around-a-zero-width-space": (COUNT, "5\u200b6"),
    "number-in-groups-of-three-by-blanks": (COUNT, "1\xa0234\xa0567"),
    "number-in-groups-of-four": (COUNT, "1,2345"),
    "obligatory-part-of-marks-without-width": ("总体情况!B30", "\u3164\u200b\u2060\u3000"),
}

_STORED = {
    "negative-number": (COUNT, "<v>-1</v>"),
    "fraction-in-a-count": (COUNT, "<v>1.5</v>"),
    "very-large-number": (COUNT, "<v>41190000000</v>"),
    "very-large-amount": (AMOUNT, "<v>1E+300</v>"),
    "residue-of-a-sum": (AMOUNT, "<v>0.30000000000000004</v>"),
    "residue-in-a-count": (COUNT, "<v>3.9999999999999996</v>"),
    "number-with-an-exponent": (COUNT, "<v>1.2E+1</v>"),
    "number-in-a-cdata-section": (COUNT, "<v><![CDATA[12]]></v>"),
    "number-around-a-comment-in-the-xml": (COUNT, "<v>1<!-- --><!-- -->2</v>"),
    "number-in-character-references": (COUNT, "<v>&#49;&#x32;</v>"),
    "truth-value": (COUNT, '<c r="B9"{style} t="b"><v>1</v></c>'),
    "date-in-iso-8601": (COUNT, '<c r="B9"{style} t="d"><v>2024-03-05T00:00:00</v></c>'),
    "time-in-iso-8601": (COUNT, '<c r="B9"{style} t="d"><v>12:30:00</v></c>'),
}

_SHOWN: dict[str, tuple[str, str, str | int]] = {
    "date-from-3-5": (COUNT, "45356", 58),
    "date-in-the-short-format": (COUNT, "45356", 14),
    "date-with-year-month-and-day": (COUNT, "45356", 'yyyy"年"m"月"d"日";@'),
    "date-shown-as-a-weekday": (COUNT, "12", "[$-804]aaaa;@"),
    "date-and-time": (COUNT, "45356.520833333336", 22),
    "time-of-day": (COUNT, "0.5", 20),
    "duration": (COUNT, "1.25", "[h]:mm:ss"),
    "year-shown-of-a-date": (YEAR, "44927", "yyyy"),
    "percentage-in-a-count": (COUNT, "0.5", 9),
    "percentage-of-a-whole-number": (COUNT, "12", 9),
    "percentage-in-an-amount": (AMOUNT, "0.5", "0%"),
    "percentage-in-the-narrative": (NARRATIVE, "0.95", 9),
    "fraction-format": (AMOUNT, "0.5", 12),
    "scientific-format": (COUNT, "1234", 11),
    "currency-format": (AMOUNT, "7730.28", '"¥"#,##0.00"万元"'),
    "unit-in-the-format": (COUNT, "12", '0"件"'),
    "thousands-separators-in-the-format": (COUNT, "1234", 3),
    "shown-in-ten-thousands": (AMOUNT, "12345", '0!.0,"万"'),
    "hidden-by-its-format": (COUNT, "12", ";;;"),
    "letters-of-dates-in-quotes": (COUNT, "12", '[Red]0"day"'),
    "shown-in-chinese-numerals": (COUNT, "12", "[DBNum2][$-804]General"),
    "rounded-by-its-format": (COUNT, "12.4", 1),
    "text-format-on-a-number": (COUNT, "12", 49),
    "word-shown-for-a-number": (COUNT, "3", '"无"'),
    "digit-in-front-by-its-format": (COUNT, "3", '"1"0'),
    "digit-behind-by-its-format": (COUNT, "3", '0"0"'),
    "divided-before-padding": (COUNT, "5000", "#,##0,_);(#,##0,)"),
    "section-with-a-condition": (COUNT, "50", '[<10]General;"9"'),
    "point-behind-an-exclamation-mark": (AMOUNT, "123456", "0!.0000"),
    "percent-sign-as-text": (AMOUNT, "50", "0\\%"),
    "percent-sign-behind-a-line-break": (AMOUNT, "0.5", "0.00\n%"),
    "amount-shown-in-yuan": (AMOUNT, "251000", '0"元"'),
    "count-in-ten-thousands": (COUNT, "123456", '0!.0,"万"'),
    "amount-rounded-by-its-format": (AMOUNT, "7730.28", 3),
    "amount-of-many-decimals": (AMOUNT, "836.666666666667", 0),
    "accounting-format": (AMOUNT, "7730.28", 43),
    "zero-shown-as-a-dash": (COUNT, "0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '),
    "leading-zeros-by-the-format": (COUNT, "5", "00000"),
    "general-in-chinese-with-a-unit": (AMOUNT, "7730.28", 'G/通用格式"万元"'),
    "colours-and-brackets-in-the-format": (COUNT, "1234", "[红色]#,##0_);[红色](#,##0)"),
}

for _name, (_place, _text) in _TYPED.items():
    add(_name, Recipe(partial(with_texts, texts={_place: _text})))
for _name, (_place, _xml) in _STORED.items():
    add(_name, Recipe(partial(with_cells, cells={_place: _xml})))
for _name, (_place, _value, _format) in _SHOWN.items():
    add(_name, Recipe(partial(with_format, place=_place, value=_value, number_format=_format)))


@recipe("number-behind-an-apostrophe")
def _apostrophe(workbook: bytes) -> bytes:
    return with_quote_prefix(workbook, COUNT, "12")


@recipe("date-in-the-1904-system")
def _date_of_1904(workbook: bytes) -> bytes:
    old = replaced(workbook, WORKBOOK, "<workbookPr/>", '<workbookPr date1904="1"/>')
    return with_format(old, COUNT, "43894", 14)


@recipe("numbers-in-the-1904-system")
def _numbers_of_1904(workbook: bytes) -> bytes:
    return replaced(workbook, WORKBOOK, "<workbookPr/>", '<workbookPr date1904="1"/>')
