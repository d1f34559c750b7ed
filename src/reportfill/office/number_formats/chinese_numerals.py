"""Numbers in Chinese numerals, as [DBNum1] to [DBNum3] show them."""

from __future__ import annotations

_DIGITS = {"1": "〇一二三四五六七八九", "2": "零壹贰叁肆伍陆柒捌玖", "3": "０１２３４５６７８９"}
_PLACES = {"1": ("", "十", "百", "千"), "2": ("", "拾", "佰", "仟"), "3": ("", "十", "百", "千")}
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_GROUP = 4


def in_numerals(text: str, script: str) -> str:
    """A text with each of its digits in the script of [DBNum…]; another script shows the same digits."""
    digits = _DIGITS.get(script)
    return text.translate(dict(zip(map(ord, "0123456789"), digits, strict=True))) if digits else text


def spelled_number(number: str, script: str) -> str:
    """A number in plain digits, as General has it, with its places written out: 105 is 一百〇五, 壹佰零伍."""
    whole, point, decimals = number.partition(".")
    if script not in _DIGITS or not whole.isdigit() or len(whole) > _GROUP * len(_GROUPS):
        return in_numerals(number, script)
    return (_spelled_whole(whole, script) or _DIGITS[script][0]) + point + in_numerals(decimals, script)


def _spelled_whole(digits: str, script: str) -> str:
    zero = _DIGITS[script][0]
    spoken = ""
    width = -len(digits) % _GROUP + len(digits)
    padded = digits.zfill(width)
    for start in range(0, width, _GROUP):
        group = padded[start : start + _GROUP]
        if not group.strip("0"):
            spoken += zero if spoken and not spoken.endswith(zero) else ""
            continue
        if spoken and group[0] == "0" and not spoken.endswith(zero):
            spoken += zero
        spoken += _spelled_group(group, script) + _GROUPS[(width - start) // _GROUP - 1]
    return spoken.rstrip(zero)


def _spelled_group(group: str, script: str) -> str:
    """Up to four digits with their places; zeros between them stand for once."""
    zero = _DIGITS[script][0]
    spoken = ""
    for digit, place in zip(group, range(_GROUP - 1, -1, -1), strict=True):
        if digit != "0":
            spoken += _DIGITS[script][int(digit)] + _PLACES[script][place]
        elif spoken and not spoken.endswith(zero):
            spoken += zero
    return spoken.rstrip(zero)
