"""Whether what a cell shows is what it holds."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from reportfill.office.number_formats.denoting import denoted
from reportfill.office.number_formats.folding import BLANK, MINUS, folded_to_ascii
from reportfill.office.number_formats.rendering import (
    Rendering,
    is_in_numerals,
    is_in_percent,
    rendered,
    rendered_text,
)
from reportfill.office.number_formats.sections import LONGEST
from reportfill.text import word_list

_NOTHING = word_list("无 没有 暂无 无此项 不适用 零 未发生 不收费 未收费 未收取 免费 n/a na nil none zero")
"""Words for 0."""

_AROUND_NOTHING = f"{BLANK}{MINUS}/\\.,()¥￥$€£~*_+:;"
_HALF = Decimal("0.5000001")
"""A little more than a half, for what a double cannot hold exactly."""

PERCENT = "%"
"""The unit of a field whose cells may show in per cent what they hold: Excel keeps 12.5% as 0.125."""

_HUNDRED = Decimal(100)
_OUT_OF_SIGHT = frozenset("%‰％")


class ShownCell(NamedTuple):
    """What a file says of how a cell is shown: the code of its number format; in an .ods also the text that the program
    which saved it showed there."""

    code: str
    text: str = ""


class Showing(Enum):
    """How a cell shows what it holds."""

    SAME = "same"
    ROUNDED = "rounded"
    OTHERWISE = "otherwise"


class Display(NamedTuple):
    """How a cell shows what it holds, and the text that people see."""

    showing: Showing
    text: str


@lru_cache(maxsize=1024)
def display_of_number(code: str, number: Decimal, unit: str) -> Display:
    """How a format's code shows the number of a cell whose field has a unit such as 件 or 万元. Numerals that a format
    writes are its number's own, 十 and 万 in them too, and no unit of it: it is judged by its digits."""
    seen = _in_sight(rendered(code, number).text)
    if len(code) > LONGEST:
        return Display(Showing.OTHERWISE, seen)
    rendering = rendered(code, number, in_digits=True)
    meant = _in_unit(code, number, unit)
    return Display(showing_of(rendering._replace(text=_in_sight(rendering.text)), meant, unit), seen)


def _in_unit(code: str, number: Decimal, unit: str) -> Decimal:
    """The number of a cell in the unit of its field: 98.5 where 0.985 is shown in per cent, and that is the unit."""
    return number * _HUNDRED if unit == PERCENT and is_in_percent(code, number) else number


def witnessed_display(code: str, text: str, number: Decimal, unit: str) -> Display:
    """The graver of a code's judgement and of what the text comes to that the program which saved the cell showed
    there, which in Chinese numerals is no witness."""
    judgement = display_of_number(code, number, unit)
    if is_in_numerals(code):
        return judgement
    seen = _in_sight(text)
    witness = Display(showing_of(Rendering(seen, None), _in_unit(code, number, unit), unit), seen)
    return max(judgement, witness, key=lambda one: list(Showing).index(one.showing))


def display_of_text(code: str, text: str) -> Display:
    """How a format's code shows a text: as it is, whatever stands around it that is no number, or otherwise."""
    shown = rendered_text(code, text)
    is_there = text.strip() in shown
    around = shown.replace(text.strip(), "", 1) if is_there else ""
    is_same = is_there and not any(character.isnumeric() or character in "%‰.-" for character in around)
    return Display(Showing.SAME if is_same else Showing.OTHERWISE, shown.strip())


def showing_of(rendering: Rendering, number: Decimal, unit: str) -> Showing:
    """What a text that shows a number comes to."""
    numbers = denoted(rendering.text, unit)
    if any(one.number == number for one in numbers):
        return Showing.SAME
    if any(abs(one.number - number) <= one.unit * _HALF for one in numbers):
        return Showing.ROUNDED
    if numbers or not _shows_nothing(rendering.text, unit):
        return Showing.OTHERWISE
    if not number:
        return Showing.SAME
    is_rounded = rendering.unit is not None and abs(number) <= rendering.unit * _HALF
    return Showing.ROUNDED if is_rounded else Showing.OTHERWISE


def _in_sight(text: str) -> str:
    """The lines of a text in one; a percent sign pushed onto a line of its own is out of sight."""
    lines = text.replace("\r", "\n").split("\n")
    first, *others = lines
    seen = [line for line in others if not set(line.strip()) <= _OUT_OF_SIGHT]
    return BLANK.join([first, *seen]).strip()


def _shows_nothing(text: str, unit: str) -> bool:
    """Whether a text is a dash, blank, or a word for nothing, perhaps with the unit."""
    plain = folded_to_ascii(text).lower().strip(_AROUND_NOTHING)
    without_unit = plain.removesuffix(unit).strip(_AROUND_NOTHING) if unit else plain
    return without_unit in _NOTHING or without_unit in ("", unit, "元", "件")
