"""A report.docx, compiled once a process: the fast way of printing it, and docxtpl's own for what needs that.

docxtpl turns a Word file's body into a Jinja template and, as usually called, composes the whole package anew for
each document. Here Jinja compiles that template once, and a document is the archive of the unchanged parts with the
changed ones behind it. A template that contains what only docxtpl's full pass does is printed by that pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from jinja2 import Template, TemplateError, TemplateSyntaxError, UndefinedError

from reportfill.errors import PackError, ReportfillError, SubmissionError
from reportfill.office.package import composed, extended, parts_of
from reportfill.office.properties import Properties, property_parts, with_places_for_properties
from reportfill.office.word_package import word_package
from reportfill.office.xml import around
from reportfill.pack.pack import REPORT
from reportfill.pack.problems import BrokenPackError, PackProblem, broken
from reportfill.pack.tag_words import fault_in_words
from reportfill.report.broken_xml import may_break, refuse_broken
from reportfill.report.cleaned_template import cleaned_template
from reportfill.report.drawing_marks import without_drawings
from reportfill.report.environment import environment
from reportfill.report.known_templates import Compiled, known_template
from reportfill.report.merged_labels import with_merged_labels
from reportfill.report.repair import may_need_repair, repaired
from reportfill.report.tag_faults import tag_faults

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

    from reportfill.report.drawings import Drawings, DrawnTemplate, Shown

# What fills in drawings is imported for the few templates that have any.

_EXPRESSION_ERRORS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What an expression in a tag can raise beside Jinja's own errors."""

_XML_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"

_IN_TEXT = {
    "a column loop ({%tc … %})": re.compile(r"\{%tc\b|\{%\s*(?:colspan|cellbg|hm|vm)\b"),
    "rich text or a sub-document ({{r …}}, {{p …}})": re.compile(r"\{\{[rp]\s"),
    "braces kept apart ({_{)": re.compile(r"\{_[{%]|[}%]_\}"),
}
_IN_XML = {
    "a drawing, whose ids must stay unique": re.compile(r"<wp:docPr\b"),
    "a tab or line break within a text": re.compile(r"<w:t(?: [^>]*)?>[^<]*[\t\n\a\f]"),
}
"""What only docxtpl's full pass does, as it shows in the text of a body or in its XML."""

_TAG = re.compile(r"\{\{|\{%|\{#")


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to print. `reasons` says why it takes docxtpl's full pass; none means the fast way."""

    content: bytes
    reasons: tuple[str, ...]
    drawings: Drawings | None
    _made: Compiled
    _body: Template

    def printed(
        self, context: Mapping[str, Any], properties: Properties, shown: Shown | None = None
    ) -> bytes:
        """The document that the context makes, and what its drawings are to show. Raises SubmissionError where the
        context lacks a name, PackError where a tag reaches for what is not data, cannot be worked out, or tears the
        document."""
        own = property_parts(properties)
        if self.drawings is not None:
            if shown is None:
                raise PackError(
                    "only a report has charts and pictures that are filled in",
                    "只有报告中的图表和图片可以填写",
                )
            context = {**context, **self.drawings.said(shown)}
        try:
            if self.reasons:
                return self._in_full(context, own, shown)
            return self._fast(context, own, shown)
        except (PackError, TemplateError, *_EXPRESSION_ERRORS) as error:
            raise self._named(error, context) from error

    def _named(self, error: Exception, context: Mapping[str, Any]) -> ReportfillError:
        """An error with the place of the tag that made it."""
        fault = next(tag_faults(cleaned_template(self.content), context), None)
        if fault is not None:
            problem = fault.problem()
            if isinstance(fault.error, UndefinedError):
                return SubmissionError(str(problem), problem.in_chinese)
            return BrokenPackError([problem])
        if isinstance(error, PackError):
            return error
        return broken(REPORT, *fault_in_words(error))

    def _fast(self, context: Mapping[str, Any], own: Mapping[str, bytes], shown: Shown | None) -> bytes:
        made = self._made
        document = (made.begin + self._body.render(context) + made.end).encode("utf-8")
        if made.may_tear:
            refuse_broken(document)
        if made.may_lack:
            document = repaired(document)
        if self.drawings is not None and shown is not None:
            own = {**own, **self.drawings.parts(shown, self.drawings.relationships)}
        return extended(made.unchanged, {**own, made.document: document})

    def _in_full(self, context: Mapping[str, Any], own: Mapping[str, bytes], shown: Shown | None) -> bytes:
        template = opened_template(_drawn(self.content).content)
        # docxtpl itself leaves out what is torn, and says nothing.
        refuse_broken(template.build_xml(dict(context), environment()).encode("utf-8"))
        template.render(dict(context), jinja_env=environment())
        saved = BytesIO()
        template.save(saved)
        parts = with_places_for_properties(_all_mended(parts_of(saved.getvalue())))
        if self.drawings is not None and shown is not None:
            own = {**own, **self.drawings.parts(shown, parts)}
        return composed({**parts, **own})


def _all_mended(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a document, those that docxtpl filled in with what Word asks of them."""
    return {**parts, **{name: repaired(parts[name]) for name in word_package(parts).filled}}


@lru_cache(maxsize=16)
def compiled_template(content: bytes) -> CompiledTemplate:
    """The template of a report.docx, compiled at its first use in the process.

    Raises PackError when it is no Word file or its tags cannot be understood.
    """
    known = known_template(content)
    reasons, made = ((), known) if known else compiled(content)
    drawings = _drawn(content).drawings if made.has_drawings else None
    with _understood(content):
        body = environment().printing(made.code)
    return CompiledTemplate(content, reasons, drawings, made, body)


def compiled(content: bytes) -> tuple[tuple[str, ...], Compiled]:
    """What is made of a report.docx once, and why it needs docxtpl's full pass nevertheless. Raises PackError as
    `compiled_template` does."""
    opened_template(cleaned_template(content))
    content, drawings = _drawn(content)
    template = opened_template(content)
    body_xml = template.get_xml()
    source = template.patch_xml(body_xml)
    parts = parts_of(content)
    document = template.get_docx().part.partname.lstrip("/")
    with _understood(content):
        code = environment().compile(source, raw=True)
    unchanged = with_places_for_properties(parts)
    for name in (document, *drawings.part_names):
        unchanged.pop(name, None)
    begin, end = _frame(template)
    made = Compiled(
        code,
        begin,
        end,
        document,
        composed(unchanged),
        may_tear=may_break(source),
        may_lack=may_need_repair(source),
        has_drawings=bool(drawings),
    )
    return _reasons(without_drawings(body_xml), parts, document), made


def _drawn(content: bytes) -> DrawnTemplate:
    """A report.docx as Jinja has it, with its drawings."""
    from reportfill.report.drawings import drawn_template

    return drawn_template(with_merged_labels(cleaned_template(content)))


@contextmanager
def _understood(content: bytes) -> Iterator[None]:
    """Raise PackError, with the place, where Jinja cannot understand a tag."""
    try:
        yield
    except TemplateError as error:
        faults = tag_faults(cleaned_template(content), {})
        fault = next((f for f in faults if isinstance(f.error, TemplateSyntaxError)), None)
        problem = fault.problem() if fault else PackProblem(REPORT, *fault_in_words(error))
        raise BrokenPackError([problem]) from error


def opened_template(content: bytes) -> DocxTemplate:
    """A report.docx as docxtpl sees it. Raises PackError when it is no Word file."""
    from docxtpl import DocxTemplate  # slow to import, and `--help` and `check` do without

    stream = BytesIO(content)
    template = DocxTemplate(stream)
    try:
        template.init_docx()
    except Exception as error:  # python-docx raises whatever its readers do
        reason = " ".join(str(error).split()).replace(f"file '{stream}'", "it")
        raise PackError(
            f"{REPORT} is no Word file that can be read: {reason}", f"{REPORT}不是能读取的Word文件"
        ) from error
    return template


def _reasons(body_xml: str, parts: Mapping[str, bytes], document: str) -> tuple[str, ...]:
    """Why a template needs docxtpl's full pass: what is in its body, and tags in other parts."""
    text = _text(body_xml)
    in_body = [reason for reason, pattern in _IN_TEXT.items() if pattern.search(text)]
    in_body += [reason for reason, pattern in _IN_XML.items() if pattern.search(body_xml)]
    elsewhere = [
        f"a tag in {name}"
        for name, content in parts.items()
        if name != document and name.endswith(".xml") and _holds_tag(content.decode("utf-8", "replace"))
    ]
    return (*in_body, *elsewhere)


def _holds_tag(xml: str) -> bool:
    """Whether a part holds a tag in its text, over whatever runs it is split, or in an attribute."""
    return _TAG.search(xml) is not None or _TAG.search(_text(xml)) is not None


def _text(xml: str) -> str:
    """The text of a piece of XML, without its markup."""
    return re.sub(r"<[^>]*>", "", xml)


def _frame(template: DocxTemplate) -> tuple[str, str]:
    """What stands before and behind the body in the document part."""
    root = deepcopy(template.get_docx().element)
    before, behind = around(root, root.body)
    return _XML_DECLARATION + before, behind
