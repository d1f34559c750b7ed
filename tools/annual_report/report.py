"""The official Word layout of the report, as a template with the fields' tags in it."""

from typing import Any

from tools.templates.labels import title
from tools.templates.report_package import report_package
from tools.templates.report_styles import TABLE_NOTE
from tools.templates.report_text import heading, looped, paragraphs, report_title, run_in_part, section
from tools.templates.wordprocessing import paragraph, run

from .form import Form
from .report_tables import disputes_table, proactive_table, requests_table

RUN_IN_PARTS = (
    "proactive_disclosure",
    "disclosure_on_request",
    "information_management",
    "platform",
    "oversight",
)


def report_docx(schema: dict[str, Any], form: Form) -> bytes:
    """The template report.docx of a form, for its schema."""
    return report_package(schema["title"], f"{_body(schema, form)}{section()}")


def _body(schema: dict[str, Any], form: Form) -> str:
    """The title and the six sections."""
    return "".join(
        [
            report_title("年政府信息公开工作年度报告"),
            paragraphs("preamble"),
            heading(title(schema, "overview")),
            paragraphs("overview.summary"),
            *(run_in_part(title(schema, f"overview.{name}"), f"overview.{name}") for name in RUN_IN_PARTS),
            heading(title(schema, "proactive")),
            proactive_table(schema, form),
            _notes("table_notes.proactive"),
            heading(title(schema, "requests")),
            requests_table(schema),
            _notes("table_notes.requests"),
            heading(title(schema, "disputes")),
            disputes_table(schema),
            _notes("table_notes.disputes"),
            heading(title(schema, "problems_and_improvements")),
            paragraphs("problems_and_improvements"),
            heading(title(schema, "other_matters")),
            paragraphs("other_matters"),
        ]
    )


def _notes(path: str) -> str:
    note = "{% if loop.first %}注：{% endif %}{{ paragraph }}"
    return looped(path, paragraph(run(note), style=TABLE_NOTE))
