"""Texts against the patterns of their fields, with one clock for all of them."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from functools import lru_cache

from reportfill.checks.values_schema import is_empty_value
from reportfill.finding import Finding
from reportfill.model.fields import Field
from reportfill.model.requirements import requirement, value_in_words
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack
from reportfill.pack.patterns import PatternGivenUp, compiled_pattern
from reportfill.place import Cell

_PATIENCE = 0.5
"""Seconds of the processor for all patterns of a submission together."""

_LEAST = 0.02
"""Seconds for a text when those are over: a sound pattern needs far less."""


def pattern_findings(submission: Submission, pack: Pack, wrong: Collection[str]) -> Iterator[Finding]:
    """Every text that does not fit its field's pattern; the fields that are `wrong` already are passed over.

    A pattern that takes too long for a text is given up, with a warning: that is the pack's fault and no clerk's.
    """
    fields = _with_patterns(pack)
    if not fields:
        return  # the clock of a process takes longer to ask than many a check
    end = time.process_time() + _PATIENCE
    for field in (one for known in fields for one in submission.fields_like(known)):
        if field.path not in wrong:
            yield from _of_field(submission, field, end)


@lru_cache(maxsize=16)
def _with_patterns(pack: Pack) -> tuple[Field, ...]:
    return tuple(field for field in pack.fields.values() if field.pattern)


def _of_field(submission: Submission, field: Field, end: float) -> Iterator[Finding]:
    pattern = compiled_pattern(field.pattern)
    for text, cell in _texts(submission, field):
        if field.max_length is not None and len(text) > field.max_length:
            continue
        try:
            fits = pattern.search(text, max(end - time.process_time(), _LEAST))
        except PatternGivenUp:
            yield field.finding("schema.given_up", cell, expected=field.pattern)
            return
        if not fits:
            form = requirement("pattern", field.pattern, {"pattern_in_words": field.pattern_in_words})
            yield field.finding(
                "schema.invalid",
                cell,
                value=text[:60],
                expected=field.pattern_in_words or None,
                problem=form,
                now=value_in_words(text),
            )


def _texts(submission: Submission, field: Field) -> Iterator[tuple[str, Cell | None]]:
    """The texts of a field that are not blank, each with its cell."""
    value = submission.values.get(field.path)
    several = isinstance(value, list)
    for index, text in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(text, str) and not is_empty_value(text):
            yield text, submission.places.get(f"{field.path}[{index}]" if several else field.path)
