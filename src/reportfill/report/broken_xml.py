"""Whether a condition or loop of a template can leave half of something: begun in one paragraph, row or table and
ended within another, it makes a document that Word cannot open."""

from __future__ import annotations

import re
import xml.parsers.expat

from reportfill.office.xml import INSTRUCTION, DamagedXMLError, Element, parsed
from reportfill.pack.problems import broken

_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+).*?%\}", re.DOTALL)
_BEGINS, _GOES_ON, _ENDS = ("if", "for"), ("elif", "else"), ("endif", "endfor")


def statements_in(source: str) -> list[Element] | None:
    """The conditions and loops of a part, each as an instruction in its place; None where the part is no XML."""
    marked = _STATEMENT.sub(lambda statement: f"<?jinja {statement.group(1)}?>", source)
    try:
        return list(parsed(marked.encode("utf-8")).iter(INSTRUCTION))
    except DamagedXMLError:
        return None


def keyword_of(statement: Element) -> str:
    """What a statement does: for, endfor …"""
    return (statement.text or "").strip()


def is_always_there(element: Element) -> bool:
    """Whether an element is printed whatever the data are: no condition or loop beside it is around it."""
    depth = 0
    for statement in element.itersiblings(INSTRUCTION, preceding=True):
        depth += (keyword_of(statement) in _BEGINS) - (keyword_of(statement) in _ENDS)
    return depth == 0


def may_break(source: str) -> bool:
    """Whether a body with its tags may come out torn. It cannot where the same kinds of elements are open at the
    beginning, the branches and the end of each condition and loop; where that cannot be told, it may."""
    statements = statements_in(source)
    if statements is None:
        return True
    begun: list[list[str]] = []
    for statement in statements:
        keyword = keyword_of(statement)
        open_elements = [str(element.tag) for element in statement.iterancestors()]
        if keyword in _BEGINS:
            begun.append(open_elements)
        elif keyword not in (*_GOES_ON, *_ENDS) or not begun or begun[-1] != open_elements:
            return True
        elif keyword in _ENDS:
            begun.pop()
    return bool(begun)


def refuse_broken(document: bytes) -> None:
    """Raise PackError where a document came out torn."""
    try:
        xml.parsers.expat.ParserCreate().Parse(document, True)
    except xml.parsers.expat.ExpatError as error:
        raise broken(
            "report.docx",
            "a condition or loop begins in one paragraph, row or table and ends within another",
            "条件或者循环的开头和结尾不在同一段、同一行或者同一张表中",
        ) from error
