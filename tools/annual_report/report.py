"""The official Word layout of the report, as a template with the fields' tags in it."""

from typing import Any

from reportfill.office.package import composed

from .form import Form
from .labels import title
from .report_package import EVEN_FOOTER, ODD_FOOTER, surrounding_parts
from .report_styles import HEADING, RUN_IN_HEADING, TABLE_NOTE, TITLE
from .report_tables import disputes_table, proactive_table, requests_table
from .wordprocessing import paragraph, part, run, twips

# So many characters of 22 pt fill a line of 156 mm.
CHARACTERS_OF_THE_TITLE_ON_A_LINE = 20
RUN_IN_PARTS = (
    "proactive_disclosure",
    "disclosure_on_request",
    "information_management",
    "platform",
    "oversight",
)


def report_docx(schema: dict[str, Any], form: Form) -> bytes:
    """The template report.docx of a form, for its schema."""
    parts = surrounding_parts(schema["title"].removesuffix("。"))
    parts["word/document.xml"] = part("document", f"<w:body>{_body(schema, form)}{_section()}</w:body>")
    return composed({name: xml.encode("utf-8") for name, xml in parts.items()})


def _body(schema: dict[str, Any], form: Form) -> str:
    """The title and the six sections."""
    return "".join(
        [
            _title(),
            _paragraphs("preamble"),
            _heading(schema, "overview"),
            _paragraphs("overview.summary"),
            *(_run_in_part(schema, f"overview.{name}") for name in RUN_IN_PARTS),
            _heading(schema, "proactive"),
            proactive_table(schema, form),
            _notes("table_notes.proactive"),
            _heading(schema, "requests"),
            requests_table(schema),
            _notes("table_notes.requests"),
            _heading(schema, "disputes"),
            disputes_table(schema),
            _notes("table_notes.disputes"),
            _heading(schema, "problems_and_improvements"),
            _paragraphs("problems_and_improvements"),
            _heading(schema, "other_matters"),
            _paragraphs("other_matters"),
        ]
    )


def _title() -> str:
    """The agency's name and what follows it, on one line or on a line each, or more where the name is long."""
    phrases = "[agency.name, year ~ '年政府信息公开工作年度报告']"
    return paragraph(
        run(f"{{{{ {phrases} | title_lines({CHARACTERS_OF_THE_TITLE_ON_A_LINE}) }}}}"), style=TITLE
    )


def _heading(schema: dict[str, Any], path: str) -> str:
    return paragraph(run(title(schema, path)), style=HEADING)


def _paragraphs(path: str) -> str:
    return _loop(path, paragraph(run("{{ paragraph }}")))


def _run_in_part(schema: dict[str, Any], path: str) -> str:
    """A part whose heading stands at the beginning of its first paragraph."""
    heading = run(f"{title(schema, path)}：", RUN_IN_HEADING)
    return _loop(path, paragraph(run("{% if loop.first %}"), heading, run("{% endif %}{{ paragraph }}")))


def _notes(path: str) -> str:
    note = "{% if loop.first %}注：{% endif %}{{ paragraph }}"
    return _loop(path, paragraph(run(note), style=TABLE_NOTE))


def _loop(path: str, content: str) -> str:
    """Tags that repeat a Word paragraph for each paragraph of a field."""
    begin = paragraph(run(f"{{%p for paragraph in {path} %}}"))
    return f"{begin}{content}{paragraph(run('{%p endfor %}'))}"


def _section() -> str:
    """A4, the type area of GB/T 9704: 156 by 225 mm with 22 lines; page numbers 7 mm below it."""
    margins = {"top": 37, "right": 26, "bottom": 35, "left": 28, "header": 15, "footer": 25.5, "gutter": 0}
    sides = " ".join(f'w:{side}="{twips(margin)}"' for side, margin in margins.items())
    return (
        "<w:sectPr>"
        f'<w:footerReference w:type="default" r:id="{ODD_FOOTER}"/>'
        f'<w:footerReference w:type="even" r:id="{EVEN_FOOTER}"/>'
        f'<w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/><w:pgMar {sides}/>'
        '<w:docGrid w:type="lines" w:linePitch="579"/>'
        "</w:sectPr>"
    )
