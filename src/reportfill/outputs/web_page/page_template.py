"""A pack's page template, compiled once a process, and the page that it makes of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

from jinja2 import Template, TemplateError, UndefinedError
from markupsafe import Markup

from reportfill.errors import PackError, SubmissionError
from reportfill.outputs.page_draft.drafting import drafted_page
from reportfill.outputs.web_page.html_text import html_text
from reportfill.outputs.web_page.merged_cells import MARK, with_merged_cells
from reportfill.outputs.web_page.page_drawings import PageDrawings
from reportfill.pack.pack import PAGE, Pack
from reportfill.pack.problems import LinePlace, broken
from reportfill.pack.tag_words import fault_in_words
from reportfill.report.draft import REMARK
from reportfill.report.environment import TagEnvironment
from reportfill.report.tag_faults import template_line

_TAGS, _DRAFT = "__tags", "__draft"
"""What a page template calls the tags of its head, and the remark on a draft."""

_HEAD_END = re.compile(r"</title\s*>", re.IGNORECASE)
_BEGINNINGS = (re.compile(r"<main\b[^>]*>", re.IGNORECASE), re.compile(r"<body\b[^>]*>", re.IGNORECASE))
"""Where what a page says begins: in its main part, or in its body where it has none."""

_EXPRESSION_ERRORS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What an expression in a tag can raise beside Jinja's own errors."""


@dataclass(frozen=True)
class PageTemplate:
    """A page template ready to print."""

    drawings: PageDrawings
    body: Template
    has_merges: bool

    def printed(self, context: Mapping[str, Any], tags: str, *, is_draft: bool) -> str:
        """The page that the data of a report make, with these tags in its head. Raises SubmissionError where the data
        lack a name, or a picture is not at hand; PackError where a tag cannot be worked out."""
        own = {_TAGS: Markup(tags), _DRAFT: _remark() if is_draft else ""}
        with _named():
            page = self.body.render({**context, **self.drawings.shown(context), **own})
        return with_merged_cells(page) if self.has_merges else page


def page_source(pack: Pack) -> str:
    """A pack's report.html; of one that has none, what is drafted of its report.docx."""
    if pack.page:
        return pack.page.decode("utf-8-sig")
    return drafted_page(pack.report, pack.manifest)


@lru_cache(maxsize=16)
def page_template(pack: Pack) -> PageTemplate:
    """The page template of a pack. Raises PackError, with the line, where Jinja cannot understand it."""
    source = page_source(pack)
    with _named():
        drawings = PageDrawings(source, pack)
        body = page_environment().from_string(_with_places(drawings.source))
    return PageTemplate(drawings, body, f"{MARK}=" in source)


@cache
def page_environment() -> TagEnvironment:
    """The one environment of pages: that of the Word report, whose values are HTML. All that is printed goes through
    `html_text`; Jinja would go over it once more, which takes a third of the time."""
    return TagEnvironment(finalize=html_text, autoescape=False, trim_blocks=True, lstrip_blocks=True)


def _with_places(source: str) -> str:
    """A template with the places of what the tool itself puts into a page."""
    headed = _HEAD_END.sub(lambda end: f"{end[0]}{{{{ {_TAGS} }}}}", source, count=1)
    beginning = next((one for one in _BEGINNINGS if one.search(headed)), _BEGINNINGS[-1])
    return beginning.sub(lambda begin: f"{begin[0]}{{{{ {_DRAFT} }}}}", headed, count=1)


def _remark() -> Markup:
    return Markup(f'\n<p class="draft">{escape(REMARK)}</p>')


@contextmanager
def _named() -> Iterator[None]:
    """Name the line in which a tag makes an error."""
    try:
        yield
    except UndefinedError as error:
        raise SubmissionError(*_in_words(error)) from error
    except (PackError, TemplateError, *_EXPRESSION_ERRORS) as error:
        line = template_line(error)
        raise broken(LinePlace(PAGE, line or 0), *fault_in_words(error)) from error


def _in_words(error: Exception) -> tuple[str, str]:
    english, chinese = fault_in_words(error)
    place = LinePlace(PAGE, template_line(error) or 0)
    return f"{place}: {english}", f"{place.in_chinese}：{chinese}"
