"""The values from which one is chosen, with the words that people see for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from reportfill.decimals import exact, is_number, plain
from reportfill.model.labels import folded
from reportfill.model.requirements import one_of

if TYPE_CHECKING:
    from reportfill.office.workbook.cell_edits import CellLimits

_LIKENESS = 0.6
"""How much of what was typed an option has to share to have been meant, as difflib reckons."""


class Option(NamedTuple):
    """A value that may be chosen, as data have it, and what the form and the report say for it."""

    value: int | Decimal | str
    title: str


def options_of(node: Mapping[str, Any]) -> tuple[Option, ...]:
    """The options that a schema lists by `oneOf`, `enum` or `const`, in its order; none where anything may stand."""
    if "oneOf" in node:
        return tuple(
            Option(one["const"], str(one.get("title", _shown(one["const"])))) for one in node["oneOf"]
        )
    values: Iterable[Any] = node.get("enum", [node["const"]] if "const" in node else ())
    return tuple(Option(value, _shown(value)) for value in values)


def option_meant(typed: object, options: Sequence[Option]) -> Option | None:
    """The option whose title somebody typed, or else its value; width of characters and blanks do not count. None where
    it is none of them."""
    words = folded(_shown(typed))
    by_title = next((one for one in options if words == folded(one.title)), None)
    return by_title or next((one for one in options if words == folded(_shown(one.value))), None)


def option_nearest(typed: object, options: Sequence[Option]) -> Option | None:
    """The option that was perhaps meant by what is none of them: the only one that holds it or is held by it, else the
    one most like it; None where none is."""
    from difflib import get_close_matches  # slow to import, and hardly anything needs it

    words = folded(_shown(typed))
    titles = {folded(one.title): one for one in options}
    holding = [one for title, one in titles.items() if words and (words in title or title in words)]
    if len(holding) == 1:
        return holding[0]
    close = get_close_matches(words, titles, n=1, cutoff=_LIKENESS)
    return titles[close[0]] if close else None


def _shown(value: Any) -> str:
    return plain(exact(value)) if is_number(value) else str(value)


@lru_cache(maxsize=1024)
def list_limits(words: tuple[str, ...]) -> CellLimits:
    """A list of words from which one is chosen."""
    from reportfill.office.workbook.cell_edits import CellLimits  # for new workbooks alone

    return CellLimits("list", "between", ("", None), f"这里只能填{one_of(words).zh}。", words)
