"""Days and months within the bounds that the schema gives them, some of which go with the reporting year."""

from __future__ import annotations

from collections.abc import Iterator

from reportfill.finding import Finding
from reportfill.model.days import bound_in_year, dated_in_words, day_of
from reportfill.model.fields import Field
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack
from reportfill.place import Cell


def day_findings(submission: Submission, pack: Pack) -> Iterator[Finding]:
    """Every day or month that is before the first one allowed or after the last one."""
    for field in (one for known in pack.bounded_days.values() for one in submission.fields_like(known)):
        path, value = field.path, submission.values.get(field.path)
        if submission.year is not None and isinstance(value, str) and day_of(value) is not None:
            yield from _out_of_bounds(field, value, submission.year, submission.places.get(path))


def _out_of_bounds(field: Field, value: str, year: int, cell: Cell | None) -> Iterator[Finding]:
    earliest, latest = (bound_in_year(bound, year) for bound in (field.earliest, field.latest))
    for code, bound, is_beyond in (
        # A bound that names no day is a whole month: as texts, all of its days come behind it.
        ("day.too_early", earliest, bool(earliest) and value < earliest),
        ("day.too_late", latest, bool(latest) and value[: len(latest)] > latest),
    ):
        if is_beyond:
            yield field.finding(code, cell, value=dated_in_words(value), expected=dated_in_words(bound))
