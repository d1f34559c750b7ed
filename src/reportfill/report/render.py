"""A submission as the official Word report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reportfill.errors import SubmissionError, require_kind
from reportfill.model.fields import Field
from reportfill.model.figures import with_values
from reportfill.model.last_year import YearBefore, figures_known
from reportfill.model.report_model import LAST_YEAR
from reportfill.model.submission import Submission
from reportfill.office.properties import Properties
from reportfill.office.xml import FORBIDDEN_IN_XML
from reportfill.pack.check import refuse_unprintable
from reportfill.pack.pack import Pack
from reportfill.report.draft import marked_as_draft
from reportfill.report.template import CompiledTemplate, compiled_template

if TYPE_CHECKING:
    from reportfill.office.chart_data import ChartData


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
    return template.printed(context, _properties(submission, pack), _charts(template, pack, context))


def _charts(template: CompiledTemplate, pack: Pack, context: Mapping[str, Any]) -> list[ChartData]:
    """What the charts of a template show."""
    if not template.charts:
        return []
    from reportfill.pack.chart_plan import chart_data, chart_plan

    return [chart_data(chart_plan(chart.tag, pack.parts), context) for chart in template.charts]


def context_of(
    submission: Submission,
    pack: Pack,
    last: Submission | Mapping[str, Any] | None = None,
    *,
    draft: bool = False,
) -> dict[str, Any]:
    """The data as a template sees them: every field there, optional ones that nobody filled in blank, and under `last`
    the figures of the year before that it prints. Raises SubmissionError as `render` does."""
    blanks: dict[str, Any] = {}
    for path, field in pack.fields.items():
        value = submission.values.get(path)
        if value is None:
            is_absent = path in submission.absent
            blanks[path] = field.kind.blank if is_absent else _blank(field, submission.values, draft=draft)
        elif field.required and draft and value == []:
            blanks[path] = field.kind.open
        _refuse_unprintable(field, value)
    shown = {
        field.path: field.kind.printed(field, submission.values[field.path])
        for field in pack.printed_otherwise
        if submission.values.get(field.path) is not None
    }
    context = with_values(submission.exact_data, blanks | shown)
    return (
        context | {LAST_YEAR: YearBefore(pack.last_printed, figures_known(last))}
        if pack.last_printed
        else context
    )


def _blank(field: Field, values: Mapping[str, Any], *, draft: bool) -> Any:
    is_due = field.required or (
        field.required_within and any(path.startswith(f"{field.optional_group}.") for path in values)
    )
    if is_due and not draft:
        raise SubmissionError(
            f"{field.label} ({field.path}) is missing; only a draft can be printed without it"
        )
    return field.kind.open if field.required else field.kind.blank


def _refuse_unprintable(field: Field, value: Any) -> None:
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and FORBIDDEN_IN_XML.search(text) for text in texts):
        raise SubmissionError(f"{field.label} ({field.path}) holds a control character that no Word file can")


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
