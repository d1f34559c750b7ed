"""The text that a cell shows for what it holds, by its number format."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from reportfill.office.number_formats.chinese_numerals import in_numerals, spelled_number
from reportfill.office.number_formats.dates import is_temporal, written_date
from reportfill.office.number_formats.digits import filled, is_behind_place, shape_of
from reportfill.office.number_formats.fractions import filled_fraction, fraction_shape_of
from reportfill.office.number_formats.general import shown_as_general
from reportfill.office.number_formats.sections import Section, Tokens, format_of
from reportfill.office.number_formats.tokens import FormatToken, TokenKind

_REPEATED = 3
"""How often a digit that fills the cell is written: often enough to be seen."""

_OF_ZERO = " 0,."
_SILENT = (TokenKind.CONDITION, TokenKind.NUMERALS, TokenKind.EXPONENT)


class Rendering(NamedTuple):
    """What a cell shows of a number, and the value of the last place it has for a digit; None where it has none, for
    it shows no number at all."""

    text: str
    unit: Decimal | None
    is_zero: bool = False
    """Whether no sign stands before it: the places show zeros only."""


def rendered(code: str, number: Decimal, *, in_digits: bool = False) -> Rendering:
    """What a format's code shows of a number; `in_digits` with plain digits where it shows them in Chinese numerals."""
    section = format_of(code).section_for(number)
    if in_digits:
        tokens = tuple(token for token in section.tokens if token.kind is not TokenKind.NUMERALS)
        section = replace(section, tokens=tokens)
    is_signed = number < 0 and not (section.condition and section.condition.is_of_negatives)
    body = _body(section, number)
    return body._replace(text=f"-{body.text}") if is_signed and not body.is_zero else body


def is_in_numerals(code: str) -> bool:
    """Whether a format shows numbers in Chinese numerals."""
    return any(
        token.kind is TokenKind.NUMERALS for section in format_of(code).sections for token in section.tokens
    )


def is_in_percent(code: str, number: Decimal) -> bool:
    """Whether a format's code shows a number in per cent: 0.125 as 12.5%."""
    tokens = format_of(code).section_for(number).tokens
    return sum(token.kind is TokenKind.PERCENT for token in tokens) == 1


def rendered_text(code: str, text: str) -> str:
    """What a format's code shows of a text."""
    tokens = format_of(code).text
    if tokens is None:
        return text
    return "".join(text if token.kind is TokenKind.CONTENT else _plain(token) for token in tokens)


def _body(section: Section, signed: Decimal) -> Rendering:
    """What a section shows of a number without its sign; of no date before the first, for there is none."""
    tokens, number = section.tokens, abs(signed)
    script = next((token.text for token in tokens if token.kind is TokenKind.NUMERALS), "")
    if is_temporal(tokens):
        return Rendering(in_numerals(written_date(signed, tokens), script), None, is_zero=True)
    if any(token.kind is TokenKind.GENERAL for token in tokens):
        plain = shown_as_general(number)
        spoken = spelled_number(plain, script) if script else plain
        text = "".join(spoken if token.kind is TokenKind.GENERAL else _plain(token) for token in tokens)
        return Rendering(text, Decimal(1))
    return _in_places(tokens, number, script)


def _in_places(tokens: Tokens, number: Decimal, script: str) -> Rendering:
    """A number in the places of a section, of a fraction's or of a decimal's."""
    fraction, shape = fraction_shape_of(tokens), shape_of(tokens)
    unit = shape.unit if shape.has_places else None
    places = filled_fraction(number, fraction) if fraction else filled(number, tokens, shape)
    pieces = (
        in_numerals(places[index], script) if index in places else _among_places(tokens, index)
        for index in range(len(tokens))
    )
    is_zero = unit is not None and "".join(places.values()).strip(_OF_ZERO) == ""
    return Rendering("".join(pieces), unit, is_zero)


def _among_places(tokens: Tokens, index: int) -> str:
    """What a token shows that is no place; a comma only where it neither groups digits nor divides."""
    is_silent = tokens[index].kind is TokenKind.COMMA and is_behind_place(tokens, index)
    return "" if is_silent else _plain(tokens[index])


def _plain(token: FormatToken) -> str:
    """What a token shows that is no place of a digit."""
    if token.kind is TokenKind.BLANK:
        return " "
    if token.kind is TokenKind.FILL:
        return token.text * _REPEATED if token.text.isnumeric() else " "
    return "" if token.kind in _SILENT else token.text
