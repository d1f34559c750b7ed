"""All checks of a submission at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportfill.checks.balances import balance_findings
from reportfill.checks.days import day_findings
from reportfill.checks.mentions import mention_findings, narration_of, stated_figures
from reportfill.checks.narrative import paragraphs_of
from reportfill.checks.pack_for_data import submission_of_data
from reportfill.checks.privacy import privacy_findings
from reportfill.checks.rows import row_findings
from reportfill.checks.structure import structure_findings
from reportfill.checks.text import text_findings
from reportfill.decimals import Number
from reportfill.errors import UsageError
from reportfill.finding import Finding
from reportfill.model.row_paths import field_path, keys_of, rows_in
from reportfill.model.row_sums import all_row_sums
from reportfill.model.submission import Submission
from reportfill.pack.last_report import last_figures
from reportfill.pack.pack import Pack


def check(
    submission: Submission | Mapping[str, Any],
    last: Submission | Mapping[str, Any] | None = None,
    *,
    pack: Pack | None = None,
) -> list[Finding]:
    """Everything that is wrong or doubtful in a submission, those of reading included, in reading order.

    Data may be given instead of a submission; `pack` is what they are read by, else the one that serves their year.
    `last` is the same agency's report of the year before, as a submission or as data; without it the rules
    across years are skipped, and a note says so. Raises PackError where several packs serve the year of data and
    nothing chooses among them, UsageError for arguments of another kind.
    """
    if last is not None and not isinstance(last, Submission | Mapping):
        raise UsageError(
            f"last: last year's submission or data is needed, not {type(last).__name__}; the pack goes with pack=",
            f"last：需要上年度的填报内容或者数据，不能是{type(last).__name__}；指明模板包请写pack=",
        )
    if pack is not None and not isinstance(pack, Pack):
        raise UsageError(
            f"pack: a Pack, such as load_pack gives, is needed, not {type(pack).__name__}",
            f"pack：需要模板包（Pack），由load_pack读取，不能是{type(pack).__name__}",
        )
    if not isinstance(submission, Submission):
        submission = _submission_of(submission, pack)
    if not isinstance(submission.pack, Pack):
        return list(submission.findings)
    told = {(found.code, found.cell) for found in submission.findings if found.cell}
    checked = (f for f in _checked(submission, submission.pack, last) if (f.code, f.cell) not in told)
    found = [*submission.findings, *checked]
    return in_reading_order(_each_once(found), submission.pack)


_DEEPEST = 4
"""More numbers than any path has."""


def _submission_of(data: Mapping[str, Any], pack: Pack | None) -> Submission:
    if not isinstance(data, Mapping):
        raise UsageError(
            f"a submission or data (a mapping) is needed, not {type(data).__name__}",
            f"需要填报内容或者数据（映射），不能是{type(data).__name__}",
        )
    return submission_of_data(data, pack)


def _checked(
    submission: Submission, pack: Pack, last: Submission | Mapping[str, Any] | None
) -> Iterator[Finding]:
    paragraphs = paragraphs_of(submission)
    told = narration_of(pack, paragraphs, submission.year)
    yield from structure_findings(submission, pack)
    yield from day_findings(submission, pack)
    yield from row_findings(submission, pack)
    yield from balance_findings(submission, pack, _figures(last, pack), stated_figures(told))
    yield from mention_findings(submission, pack, paragraphs, told)
    yield from text_findings(submission, pack, paragraphs)
    yield from privacy_findings(paragraphs)


def _figures(last: Submission | Mapping[str, Any] | None, pack: Pack) -> Mapping[str, Number] | None:
    """Last year's figures, with what its rows have together, as far as those are known."""
    known = last_figures(pack, last)
    if not known or not pack.rows:
        return known
    rows = rows_in(known)
    return {**known, **all_row_sums({p: group for p, group in pack.rows.items() if p in rows}, known, rows)}


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    first: dict[object, Finding] = {}
    for found in findings:
        first.setdefault((found.code, found.field, found.cell, str(found.value), found.message), found)
    return list(first.values())


def in_reading_order(findings: Iterable[Finding], pack: Pack) -> list[Finding]:
    """Findings in the order of the report's fields; those about the file or no field come first."""

    def place(found: Finding) -> tuple[int, ...]:
        part = pack.parts.get(field_path(found.field))
        row = found.place.row if found.place else -1
        if part is None or "[" not in found.field:
            return part.order if part else -1, row
        rows = pack.parts[found.field.partition("[")[0]]
        numbers = [key for key in keys_of(found.field) if isinstance(key, int)] if row < 0 else []
        return rows.order, row, *numbers, *[-1] * (_DEEPEST - len(numbers)), part.order

    return sorted(findings, key=place)
