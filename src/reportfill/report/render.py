"""A submission as the official Word report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reportfill.errors import SubmissionError, require_kind
from reportfill.model.submission import Submission
from reportfill.office.properties import Properties
from reportfill.pack.check import refuse_unprintable
from reportfill.pack.pack import Pack
from reportfill.report.context import context_of
from reportfill.report.draft import marked_as_draft
from reportfill.report.template import CompiledTemplate, compiled_template

if TYPE_CHECKING:
    from reportfill.report.drawings import Shown


def render(
    submission: Submission, last: Submission | Mapping[str, Any] | None = None, *, draft: bool = False
) -> bytes:
    """The report as the bytes of a .docx: the same for the same submission, pack and version of the tool.

    A submission is printed as it is; `check` says whether it should be. `last` is the same agency's report of the year
    before, for templates that print figures of it. With `draft`, every page is marked 草稿 and
    what is missing is left blank. Raises SubmissionError when something is missing otherwise, or when a text holds
    what no Word file can; PackError when the pack's report.docx is broken; UsageError for what is no submission.
    """
    require_kind(
        "render",
        submission,
        Submission,
        "a Submission, such as read_workbook gives (of data: Submission.from_data(pack, data))",
        "填报内容（Submission），由read_workbook读取，数据用Submission.from_data(pack, data)转换",
    )
    pack = submission.pack
    if not isinstance(pack, Pack):
        raise SubmissionError("there is nothing to print: the file could not be read")
    refuse_unprintable(pack)
    template = compiled_template(marked_as_draft(pack.report) if draft else pack.report)
    context = context_of(submission, pack, last, draft=draft)
    return template.printed(context, _properties(submission, pack), _shown(template, pack, context))


def _shown(template: CompiledTemplate, pack: Pack, context: Mapping[str, Any]) -> Shown | None:
    """What the drawings of a template show; None where it has none that are filled in."""
    if template.drawings is None:
        return None
    from reportfill.pack.chart_plan import chart_data, chart_plan
    from reportfill.report.drawings import Shown
    from reportfill.report.pictures import shown_picture

    return Shown(
        [chart_data(chart_plan(chart.tag, pack.parts), context) for chart in template.drawings.charts],
        [shown_picture(pack.fields[one.path], context) for one in template.drawings.pictures],
    )


def _properties(submission: Submission, pack: Pack) -> Properties:
    return Properties(
        title=pack.report_name(submission.exact_data),
        author=submission.agency,
        custom={
            "agency": submission.agency,
            "year": str(submission.year or ""),
            "pack": pack.id,
            "pack version": pack.version,
            "input SHA-256": submission.digest,
        },
    )
