"""The number formats that stand in no file (ECMA-376-1, 18.8.30), as Excel in Chinese has them."""

from __future__ import annotations

GENERAL = "General"

_NUMBERS = {
    GENERAL: (0,),
    "0": (1, 59),
    "0.00": (2, 60),
    "#,##0": (3, 61),
    "#,##0.00": (4, 62),
    "¥#,##0;¥-#,##0": (5,),
    "¥#,##0;[Red]¥-#,##0": (6,),
    "¥#,##0.00;¥-#,##0.00": (7,),
    "¥#,##0.00;[Red]¥-#,##0.00": (8,),
    "0%": (9, 67),
    "0.00%": (10, 68),
    "0.00E+00": (11,),
    "# ?/?": (12, 69),
    "# ??/??": (13, 70),
    "yyyy/m/d": (14,),
    "d-mmm-yy": (15,),
    "d-mmm": (16,),
    "mmm-yy": (17,),
    "h:mm AM/PM": (18,),
    "h:mm:ss AM/PM": (19,),
    "h:mm": (20,),
    "h:mm:ss": (21,),
    "yyyy/m/d h:mm": (22,),
    'yyyy"年"m"月"': (27, 36, 50, 52, 57),
    'm"月"d"日"': (28, 29, 51, 53, 54, 58),
    "m-d-yy": (30,),
    'yyyy"年"m"月"d"日"': (31,),
    'h"时"mm"分"': (32,),
    'h"时"mm"分"ss"秒"': (33,),
    '上午/下午h"时"mm"分"': (34, 55),
    '上午/下午h"时"mm"分"ss"秒"': (35, 56),
    "#,##0;-#,##0": (37,),
    "#,##0;[Red]-#,##0": (38,),
    "#,##0.00;-#,##0.00": (39,),
    "#,##0.00;[Red]-#,##0.00": (40,),
    '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ': (41,),
    '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ': (42,),
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ': (43,),
    '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ': (44,),
    "mm:ss": (45,),
    "[h]:mm:ss": (46,),
    "mm:ss.0": (47,),
    "##0.0E+0": (48,),
    "@": (49,),
}
BUILT_IN = {number: code for code, numbers in _NUMBERS.items() for number in numbers}
"""Codes by their numbers; every other number that no file explains is General."""


def code_of(number: int, stated: dict[int, str]) -> str:
    """The code of a format's number, by what the file states, which wins, or by what is built in."""
    code = stated.get(number)
    return BUILT_IN.get(number, GENERAL) if code is None else code
