"""The tags of a report.docx that cannot be worked out, each with its place.

An error of a printed document says nothing of where the tag stands. So the tags of a part are put into a template of
their own, one a line, without the document around them: the line of the error is then the number of the tag.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Template, TemplateSyntaxError

from reportfill.pack.picture_tags import is_drawn_tag
from reportfill.pack.problems import LinePlace, PackProblem, WordPlace
from reportfill.pack.report_parts import report_parts
from reportfill.pack.report_typing import TAG
from reportfill.pack.tag_words import STRAIGHT, TOO_INTRICATE, fault_in_words
from reportfill.report.environment import environment

_PREFIX = re.compile(r"(\{[%#]-?)(?:p|tr|tc|r)\s")
_DOCXTPL_VALUE = re.compile(r"\{%\s*(?:cellbg|colspan)\s(.*)%\}", re.DOTALL)
_DOCXTPL_MARK = re.compile(r"\{%\s*(?:hm|vm)\s*%\}")
_CONDITION = re.compile(r"\{%[-+]?\s*(if|elif)\b")
_CONDITION_ALONE = re.compile(r"\{%[-+]?\s*(?:if|elif)\b(.*)%\}", re.DOTALL)


class TagFault(NamedTuple):
    """A tag that cannot be worked out: how it is typed, where it stands, and why."""

    tag: str
    place: WordPlace | LinePlace
    error: Exception

    def problem(self, english: str = "", chinese: str = "") -> PackProblem:
        """The fault for the pack's keeper, with words for when it comes up."""
        words = fault_in_words(self.error)
        return PackProblem(
            self.place,
            f"{self.tag}: {words[0]}{f' ({english})' if english else ''}",
            f"{self.tag}：{words[1]}{f'（{chinese}）' if chinese else ''}",
        )


def tag_faults(docx: bytes, context: Mapping[str, Any]) -> Iterator[TagFault]:
    """Every tag that cannot be worked out with the values of a context."""
    for part in report_parts(docx):
        tags = [(tag, piece.place) for piece in part.pieces for tag in TAG.findall(piece.text)]
        yield from faults_of_tags(tags, context)


def faults_of_tags(
    tags: Sequence[tuple[str, WordPlace | LinePlace]], context: Mapping[str, Any]
) -> Iterator[TagFault]:
    """The same of tags that belong together, such as those of a page, each with its place."""
    lines = [_as_jinja_has_it(tag) for tag, _ in tags]
    for _ in lines:
        try:
            _compiled("\n".join(lines)).render(context)
            return
        except Exception as error:  # whatever an expression raises
            line = _line_of(error, lines)
            if line is None:
                return
            yield TagFault(*tags[line], error)
            instead = _harmless(lines[line])
            if instead == lines[line]:
                return
            lines[line] = instead


@lru_cache(maxsize=64)
def _compiled(source: str) -> Template:
    """A template of tags; the same ones are tried with one context after another."""
    return environment().from_string(source)


def _line_of(error: Exception, lines: list[str]) -> int | None:
    """The place among the lines of the one that makes an error; None where that is not known."""
    if isinstance(error, TemplateSyntaxError) and error.message == TOO_INTRICATE:
        return next((number for number, line in enumerate(lines) if _is_too_intricate(line)), None)
    number = template_line(error)
    return None if number is None else number - 1


def _is_too_intricate(line: str) -> bool:
    try:
        environment().from_string(_CONDITION_ALONE.sub(r"{{\1}}", line))
    except TemplateSyntaxError as error:
        return error.message == TOO_INTRICATE
    return False


def _as_jinja_has_it(tag: str) -> str:
    """A tag without what is docxtpl's own in it; one of a drawing is none of Jinja's."""
    if is_drawn_tag(tag):
        return ""
    straight = _PREFIX.sub(r"\1 ", tag.translate(STRAIGHT))
    value = _DOCXTPL_VALUE.fullmatch(straight)
    if value:
        return f"{{{{ {value.group(1)} }}}}"
    return "" if _DOCXTPL_MARK.fullmatch(straight) else straight


def _harmless(line: str) -> str:
    """What takes the place of a tag that failed, so that the others can be looked at."""
    condition = _CONDITION.match(line)
    if condition:
        return f"{{% {condition.group(1)} 1 %}}"
    return "" if line.startswith("{{") else line


def template_line(error: Exception) -> int | None:
    """The line of a template on which an error came up, counted from 1; None where that is not known."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return frames[-1].lineno if frames else None
