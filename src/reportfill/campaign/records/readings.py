"""What was read of a version, as the ledger keeps it: its figures and its texts, so that nobody opens a file again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from reportfill.campaign.records.as_kept import read_as_kept
from reportfill.decimals import Number, exact, is_number, plain
from reportfill.model.figures import with_values
from reportfill.model.row_paths import is_over_rows, row_around
from reportfill.model.row_sums import of_all_rows
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack

_OTHERS = (str, list, tuple, bool)
_NUMBERS = {int, Decimal, type(None)}
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_FASTEST = 1
"""The level of compression: another makes texts of a few kilobytes hardly smaller."""


class Reading(NamedTuple):
    """What a version says, packed. `paths` are those of its figures, and `figures` their numbers in that order as a
    list of JSON, null where there is none; of rows what all have together. `texts` is everything else by path, as
    compressed JSON, with the figures of each row."""

    paths: tuple[str, ...]
    figures: str
    texts: bytes


def reading_of(submission: Submission) -> Reading | None:
    """What a submission says; None where nothing could be read."""
    if submission.pack is None:
        return None
    paths, known = figure_paths(submission.pack), submission.figures_and_sums
    others = {
        path: value
        for path, value in submission.values.items()
        if isinstance(value, _OTHERS) or ("]" in path and row_around(path) and is_number(value))
    }
    texts = zlib.compress(_json(others).encode("utf-8", "surrogatepass"), _FASTEST)
    return Reading(paths, packed(paths, known), texts)


def _json(values: Mapping[str, Any]) -> str:
    """Values by path as JSON, decimals in all their digits."""
    told = ((path, plain(exact(v)) if is_number(v) else _ENCODER.encode(v)) for path, v in values.items())
    return f"{{{','.join(f'{_ENCODER.encode(path)}:{value}' for path, value in told)}}}"


@lru_cache(maxsize=64)
def figure_paths(pack: Pack) -> tuple[str, ...]:
    """The paths of a pack's figures, of those in rows what all have together, in reading order."""
    return tuple(of_all_rows(pack.rows, field) for field in pack.fields.values() if field.kind.is_number)


def packed(paths: Sequence[str], figures: Mapping[str, Number]) -> str:
    """The figures of these paths as a reading has them."""
    numbers = (figures.get(path) for path in paths)
    return f"[{','.join('null' if number is None else plain(number) for number in numbers)}]"


def numbers_in(figures: str) -> list[Number | None]:
    """The numbers of a reading's figures, exact, in the order of its paths. Raises ValueError where there is anything
    else."""
    numbers: list[Number | None] = json.loads(figures, parse_float=Decimal)
    if not isinstance(numbers, list) or not _NUMBERS.issuperset(map(type, numbers)):
        raise ValueError(figures)
    return numbers


def paths_in(text: str) -> tuple[str, ...]:
    """The paths of a reading from their JSON. Raises CampaignError where the text is something else."""
    with read_as_kept():
        return tuple(json.loads(text))


@read_as_kept()
def figures_in(paths: Sequence[str], figures: str) -> dict[str, Number]:
    """The figures of a reading by path, exact. Raises CampaignError where they are something else."""
    found = zip(paths, numbers_in(figures), strict=True)
    return {path: number for path, number in found if number is not None}


@read_as_kept()
def values_in(reading: Reading) -> dict[str, Any]:
    """Everything that a reading holds by path. Raises CampaignError where it is something else."""
    texts = json.loads(zlib.decompress(reading.texts), parse_float=Decimal)
    figures = figures_in(reading.paths, reading.figures)
    values: dict[str, Any] = texts | {path: one for path, one in figures.items() if not is_over_rows(path)}
    return values


def data_in(reading: Reading) -> dict[str, Any]:
    """The same as nested data."""
    return with_values({}, values_in(reading))
