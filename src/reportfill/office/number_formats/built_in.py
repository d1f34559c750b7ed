"""The number formats that stand in no file (ECMA-376-1, 18.8.30), as Excel in Chinese has them."""

from __future__ import annotations

_YEAR_AND_MONTH, _MONTH_AND_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_TIME, _TIME_OF_DAY, _HALF_DAY = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"', '上午/下午h"时"mm"分"'
_AMOUNT, _EXACT_AMOUNT = "#,##0", "#,##0.00"

GENERAL = "General"

BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: _AMOUNT,
    4: _EXACT_AMOUNT,
    5: f"¥{_AMOUNT};¥-{_AMOUNT}",
    6: f"¥{_AMOUNT};[Red]¥-{_AMOUNT}",
    7: f"¥{_EXACT_AMOUNT};¥-{_EXACT_AMOUNT}",
    8: f"¥{_EXACT_AMOUNT};[Red]¥-{_EXACT_AMOUNT}",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _YEAR_AND_MONTH,
    28: _MONTH_AND_DAY,
    29: _MONTH_AND_DAY,
    30: "m-d-yy",
    31: _DAY,
    32: _TIME,
    33: _TIME_OF_DAY,
    34: _HALF_DAY,
    35: f'{_HALF_DAY}ss"秒"',
    36: _YEAR_AND_MONTH,
    37: f"{_AMOUNT};-{_AMOUNT}",
    38: f"{_AMOUNT};[Red]-{_AMOUNT}",
    39: f"{_EXACT_AMOUNT};-{_EXACT_AMOUNT}",
    40: f"{_EXACT_AMOUNT};[Red]-{_EXACT_AMOUNT}",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: _YEAR_AND_MONTH,
    51: _MONTH_AND_DAY,
    52: _YEAR_AND_MONTH,
    53: _MONTH_AND_DAY,
    54: _MONTH_AND_DAY,
    55: _HALF_DAY,
    56: f'{_HALF_DAY}ss"秒"',
    57: _YEAR_AND_MONTH,
    58: _MONTH_AND_DAY,
    59: "0",
    60: "0.00",
    61: _AMOUNT,
    62: _EXACT_AMOUNT,
    67: "0%",
    68: "0.00%",
    69: "# ?/?",
    70: "# ??/??",
}
"""Codes by their numbers; every other number that no file explains is General."""


def code_of(number: int, stated: dict[int, str]) -> str:
    """The code of a format's number, by what the file states, which wins, or by what is built in."""
    code = stated.get(number)
    return BUILT_IN.get(number, GENERAL) if code is None else code
