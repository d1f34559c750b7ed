"""Our report.docx in the tag languages of docxtemplater and carbone, so that all print the same report.

    ours                                    {{ path }}
    docxtemplater                           {path}
    carbone                                 {d.path}

    {%p for x in path %}, {{ x }}, {%p endfor %}, each a paragraph
    {#path}, {.}, {/}, each a paragraph
    {d.path[i].text}, {d.path[i+1].text}, each a paragraph

    {%tr for x in path %}, {{ x.name }}, {%tr endfor %}, each a row
    {#path}{name}…{/}, one row
    {d.path[i].name}, {d.path[i+1].text}, each a row

    {% if loop.first %}text{% endif %}
    {#$index == 0}text{/}
    {d.path[i].first:ifEQ(true):show('text'):elseShow('')}

    {% if path|length > 6 %}…{% endif %}
    {#path.length > 6}…{/}
    {d.path:len:ifGT(6):showBegin}…{d.path:showEnd}

    {{ [agency.name, year ~ 'text'] | title_lines(20) }}
    {title} and {d.title:convCRLF}, whose lines are among the data: neither breaks a title between words

carbone repeats objects only, so it gets each paragraph as one: its text, and whether it is the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree

from reportfill.office.package import composed, parts_of
from reportfill.report.title_lines import lines_of

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOOP = re.compile(r"\{%(?P<kind>p|tr) for (?P<name>\w+) in (?P<path>[\w.]+) %\}")
_END = re.compile(r"\{%(?:p|tr) endfor %\}")
_FIRST, _END_IF = "{% if loop.first %}", "{% endif %}"
_LONGER = re.compile(r"\{% if (?P<path>[\w.]+)\|length > (?P<length>\d+) %\}")
_VALUE = re.compile(r"\{\{ (?P<path>[\w.]+) \}\}")
_TITLE = re.compile(r"\{\{ \[agency\.name, year ~ '(?P<end>[^']*)'\] \| title_lines\((?P<width>\d+)\) \}\}")
_TAGS = re.compile(r"(\{%.*?%\}|\{\{.*?\}\})")
_LEFT = re.compile(r"\{\{|\{%")

Texts = list[etree._Element]


def with_title(context: Mapping[str, Any], report: bytes) -> dict[str, Any]:
    """The data with the lines of the report's title, where the template breaks it."""
    texts = map(_text, etree.fromstring(parts_of(report)[DOCUMENT]).iter(f"{_W}p"))
    tag = next(filter(None, map(_TITLE.search, texts)), None)
    if tag is None:
        return dict(context)
    phrases = [context["agency"]["name"], f"{context['year']}{tag['end']}"]
    return {**context, "title": "\n".join(lines_of(phrases, int(tag["width"])))}


def docxtemplater_template(report: bytes) -> bytes:
    """The template in docxtemplater's tags. Raises ValueError where a tag has no equivalent here."""
    return _converted(report, _docxtemplater_loop, _docxtemplater_text)


def carbone_template(report: bytes) -> bytes:
    """The template in carbone's tags. Raises ValueError where a tag has no equivalent here."""
    return _converted(report, _carbone_loop, _carbone_text)


def _converted(
    report: bytes, loop: Callable[[_Loop], None], text: Callable[[Texts, str, str], None]
) -> bytes:
    parts = parts_of(report)
    body = etree.fromstring(parts[DOCUMENT])
    for found in list(_loops(body)):
        for paragraph in found.repeated.iter(f"{_W}p"):
            text(_texts_of(paragraph), found.name, found.path)
        loop(found)
    for paragraph in body.iter(f"{_W}p"):
        text(_texts_of(paragraph), "", "")
    _refuse_what_is_left(body)
    xml = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    return composed(parts | {DOCUMENT: xml})


class _Loop:
    """A loop of three paragraphs or rows: where it begins, what is repeated, and where it ends."""

    def __init__(self, begin: etree._Element, name: str, path: str) -> None:
        self.name, self.path = name, path
        self.begin = begin
        self.repeated = _next(begin)
        self.end = _next(self.repeated)
        if not _END.fullmatch(_text(self.end)):
            raise ValueError(f"the loop over {path} is not of three paragraphs or rows")


def _loops(body: etree._Element) -> Iterator[_Loop]:
    for element in body.iter(f"{_W}p", f"{_W}tr"):
        tag = _LOOP.fullmatch(_text(element))
        if tag and element.tag == _W + tag["kind"]:
            yield _Loop(element, tag["name"], tag["path"])


def _docxtemplater_loop(loop: _Loop) -> None:
    if loop.begin.tag == f"{_W}p":
        _set_text(loop.begin, f"{{#{loop.path}}}")
        _set_text(loop.end, "{/}")
        return
    texts = _texts_of(loop.repeated)
    texts[0].text = f"{{#{loop.path}}}{texts[0].text}"
    texts[-1].text = f"{texts[-1].text}{{/}}"
    _remove(loop.begin)
    _remove(loop.end)


def _carbone_loop(loop: _Loop) -> None:
    _set_text(loop.end, f"{{d.{loop.path}[i+1].text}}")
    _remove(loop.begin)


def _docxtemplater_text(texts: Texts, name: str, path: str) -> None:
    for element in texts:
        text = (element.text or "").replace(_FIRST, "{#$index == 0}").replace(_END_IF, "{/}")
        text = _TITLE.sub("{title}", text)
        text = _LONGER.sub(r"{#\g<path>.length > \g<length>}", text)
        element.text = _VALUE.sub(lambda tag: _docxtemplater_value(tag["path"], name), text)


def _docxtemplater_value(path: str, name: str) -> str:
    if name and path == name:
        return "{.}"
    return f"{{{path.removeprefix(f'{name}.') if name else path}}}"


def _carbone_text(texts: Texts, name: str, path: str) -> None:
    condition = ""  # the tag of the condition within which the text stands
    for element in texts:
        pieces = []
        for piece in _TAGS.split(element.text or ""):
            if piece == _FIRST or _LONGER.fullmatch(piece):
                condition = piece
            pieces.append(_carbone_piece(piece, condition, name, path))
            if piece == _END_IF:
                condition = ""
        element.text = "".join(pieces)


def _carbone_piece(piece: str, condition: str, name: str, path: str) -> str:
    """A tag, or the text between two, in carbone's tags."""
    if _TITLE.fullmatch(piece):
        return "{d.title:convCRLF}"
    longer, value = _LONGER.fullmatch(condition), _VALUE.fullmatch(piece)
    if value:
        return _carbone_value(value["path"], name, path)
    if piece == _FIRST or (piece == _END_IF and condition == _FIRST):
        return ""
    if condition == _FIRST and piece:
        return f"{{d.{path}[i].first:ifEQ(true):show('{piece}'):elseShow('')}}"
    if longer and piece == condition:
        return f"{{d.{longer['path']}:len:ifGT({longer['length']}):showBegin}}"
    if longer and piece == _END_IF:
        return f"{{d.{longer['path']}:showEnd}}"
    return piece


def _carbone_value(path: str, name: str, loop: str) -> str:
    if name and path == name:
        return f"{{d.{loop}[i].text}}"
    if name and path.startswith(f"{name}."):
        return f"{{d.{loop}[i]{path.removeprefix(name)}}}"
    return f"{{d.{path}}}"


def _refuse_what_is_left(body: etree._Element) -> None:
    for paragraph in body.iter(f"{_W}p"):
        if _LEFT.search(_text(paragraph)):
            raise ValueError(f"no equivalent is known of {_text(paragraph)!r}")


def _texts_of(element: etree._Element) -> Texts:
    return list(element.iter(f"{_W}t"))


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in _texts_of(element))


def _set_text(element: etree._Element, text: str) -> None:
    first, *rest = _texts_of(element)
    first.text = text
    for other in rest:
        other.text = ""


def _next(element: etree._Element) -> etree._Element:
    following = element.getnext()
    if following is None:
        raise ValueError("a loop is not closed")
    return following


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
