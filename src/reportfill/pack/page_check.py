"""Whether a report.html prints every field, is whole, and asks for nothing and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

from reportfill.model.fields import Fields, tree_of
from reportfill.pack.braces import loose_brace, meant_path
from reportfill.pack.chart_plan import Parts, chart_plan
from reportfill.pack.chart_tags import ChartTagError, chart_tag, is_chart_tag
from reportfill.pack.pack import PAGE
from reportfill.pack.page_elements import HtmlPage, PageElement, PageTag, parsed_page
from reportfill.pack.picture_tags import is_drawn_tag, is_picture_tag, pictured_path
from reportfill.pack.problems import LinePlace, PackProblem
from reportfill.pack.report_charts import paths_of_chart
from reportfill.pack.report_check import unprinted, wrong_uses
from reportfill.pack.report_pictures import picture_tag_faults
from reportfill.pack.report_tags import TagPlace, TagReading, TypedTag
from reportfill.pack.report_typing import TAG, Words
from reportfill.pack.tag_words import single_braces
from reportfill.text import word_list

_FOREIGN = word_list("script iframe frame object embed applet base form link portal")
"""The elements that run something, or ask for something outside of the page."""

_FETCHED = word_list("src srcset poster background data action formaction ping manifest xlink:href")
"""The attributes whose address a browser asks for."""

_FILLED = word_list(
    """
    id headers rowspan colspan title alt lang value datetime start content width height data-merge aria-label
    aria-labelledby aria-describedby
    """
)
"""The attributes in which a tag may stand."""

_NEEDED = (
    ("title", "a title: <title> in its head", "标题：head中的<title>"),
    ("body", "a body: <body>", "正文：<body>"),
)
_ADDRESS_KIND = "uri"
_STYLE_ADDRESS = re.compile(r"@import|url\(\s*[\"']?(?!data:)", re.IGNORECASE)
_OF_WORD = re.compile(r"\{[%#]-?(?:p|tr|tc|r)\s|\{\{-?[rp]\s")
_DATA = "data:"


def page_problems(content: bytes, fields: Fields | None) -> Iterator[PackProblem]:
    """What is wrong with a report.html; `fields` are None where the schema cannot be used."""
    try:
        page = parsed_page(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield PackProblem(
            LinePlace(PAGE), "it is not in UTF-8: save it as UTF-8", "不是UTF-8编码；请另存为UTF-8编码"
        )
        return
    broken = [*_structure_problems(page), *_tag_problems(page)]
    yield from broken
    if broken or fields is None:
        return
    yield from _braces(page, fields)
    reading, parts = _reading(page), tree_of(fields.values())
    yield from wrong_uses(reading.uses, fields, " ")
    yield from _link_problems(page, reading.uses, fields)
    drawn = [tag for tag in page.tags if is_drawn_tag(unescape(tag.text))]
    for tag in drawn:
        yield from (_problem(page, tag, words) for words in _drawn_faults(tag, fields, parts))
    yield from unprinted(LinePlace(PAGE), "网页", fields, page_paths(page, parts))


def page_tags(content: bytes) -> list[TypedTag]:
    """The tags of a sound report.html that Jinja works out."""
    return [
        tag
        for tag in _typed(parsed_page(content.decode("utf-8-sig")))
        if not is_drawn_tag(unescape(tag.text))
    ]


def page_paths(page: HtmlPage, parts: Parts) -> set[str]:
    """The paths of all that a page prints."""
    drawn = [unescape(tag.text) for tag in page.tags if is_drawn_tag(unescape(tag.text))]
    charted = {path for tag in drawn if is_chart_tag(tag) for path in paths_of_chart(tag, parts)}
    pictured = {pictured_path(tag) for tag in drawn if is_picture_tag(tag)}
    return {use.path for use in _reading(page).uses} | charted | pictured


@lru_cache(maxsize=4)
def _reading(page: HtmlPage) -> TagReading:
    return TagReading(_typed(page), is_page=True)


def _typed(page: HtmlPage) -> Iterator[TypedTag]:
    for tag in page.tags:
        text, within = tag.text, tag.around
        if tag.attribute is not None:
            text, within = unescape(text), (*within, f"{tag.attribute.name}=")
        yield TypedTag(text, _place(page, tag.start), within)


def _place(page: HtmlPage, start: int) -> LinePlace:
    return LinePlace(PAGE, page.line(start))


def _problem(page: HtmlPage, tag: PageTag, words: Words) -> PackProblem:
    return PackProblem(_place(page, tag.start), f"{tag.text}: {words[0]}", f"{tag.text}：{words[1]}")


def _structure_problems(page: HtmlPage) -> Iterator[PackProblem]:
    """What is missing or broken, and what asks for something or runs it."""
    names = {element.name for element in page.elements}
    for name, english, chinese in _NEEDED:
        if name not in names:
            yield PackProblem(LinePlace(PAGE), f"it needs {english}", f"缺少{chinese}")
    for start, name in page.misplaced:
        yield PackProblem(
            _place(page, start),
            f"<{name}> has no counterpart: elements end in the order in which they began",
            f"<{name}>没有配对：元素须按开始的次序逐个结束",
        )
    for element in page.elements:
        for words in _foreign(element):
            yield PackProblem(_place(page, element.start), *words)
    for start, style in _styles(page):
        if _STYLE_ADDRESS.search(style):
            yield PackProblem(
                _place(page, start), *_outside("url() or @import in a style", "样式中的@import或者url(…)")
            )


def _foreign(element: PageElement) -> Iterator[Words]:
    if element.name in _FOREIGN:
        yield _outside(f"<{element.name}>", f"<{element.name}>")
    for attribute in element.attributes:
        if attribute.name.startswith("on"):
            yield _outside(f"{attribute.name}=…", f"{attribute.name}=…")
        value = attribute.value.strip()
        if attribute.name in _FETCHED and value and not value.lower().startswith(_DATA):
            yield _outside(f'{attribute.name}="{value[:40]}"', f'{attribute.name}="{value[:40]}"')
        if attribute.name == "href" and re.match(r"\s*javascript:", value, re.IGNORECASE):
            yield _outside(f'href="{value[:40]}"', f'href="{value[:40]}"')


def _outside(english: str, chinese: str) -> Words:
    return (
        f"{english}: a page is one file that runs nothing and asks for nothing else; pictures are written as data:…",
        f"{chinese}：网页应当自成一个文件，不含脚本，不引用其他文件；图片写作data:…",
    )


def _styles(page: HtmlPage) -> Iterator[tuple[int, str]]:
    """The style sheets and styles of a page, each with its place."""
    for element in page.elements:
        if element.name == "style":
            yield element.start, page.text[element.end : page.text.find("</style", element.end)]
        for attribute in element.attributes:
            if attribute.name == "style":
                yield element.start, attribute.value


def _tag_problems(page: HtmlPage) -> Iterator[PackProblem]:
    """Every tag that stands where none may, is written as for Word, or is opened or closed wrongly."""
    for tag in page.tags:
        words = _misplaced_tag(page, tag)
        if words:
            yield _problem(page, tag, words)
    reading = _reading(page)
    yield from reading.problems or reading.unpaired


def _misplaced_tag(page: HtmlPage, tag: PageTag) -> Words | None:
    if _OF_WORD.match(tag.text):
        return "that is for Word; write {% … %} and {{ … }}", "这是Word中的写法；网页中写 {% … %}、{{ … }}"
    if "style" in tag.around or any(start <= tag.start < end for start, end in page.comments):
        return "no tag may stand in a style or a comment", "样式和注释中不能有标签"
    if is_drawn_tag(unescape(tag.text)):
        is_alternative = tag.element is not None and tag.element.name == "img"
        if not is_alternative or tag.attribute is None or tag.attribute.name != "alt":
            return (
                'it has its place in the alternative text of an image: <img alt="{{ … }}">',
                '应写在图片的替代文字里：<img alt="{{ … }}">',
            )
        return None
    return _misplaced_in_element(tag)


def _misplaced_in_element(tag: PageTag) -> Words | None:
    """What is wrong with where a tag stands among the attributes of an element: what somebody writes must not become
    one itself."""
    if tag.element is None or not tag.text.startswith("{{"):
        return None
    if tag.attribute is None or not tag.attribute.is_quoted:
        return "within an element it needs quotation marks around it", "写在元素里的标签，外面要有引号"
    is_link = tag.attribute.name == "href" and TAG.fullmatch(tag.attribute.value.strip()) is not None
    if tag.attribute.name not in _FILLED and not is_link:
        return (
            f"no tag may stand in {tag.attribute.name}=…; there are {', '.join(_FILLED)}",
            f"{tag.attribute.name}=…里不能有标签；可以有标签的属性：{'、'.join(_FILLED)}",
        )
    return None


def _link_problems(page: HtmlPage, uses: Iterable[TagPlace], fields: Fields) -> Iterator[PackProblem]:
    """Links whose address is no field that holds one: javascript: is an address, too."""
    right = {
        (use.tag, use.place)
        for use in uses
        if use.path in fields and fields[use.path].kind.name == _ADDRESS_KIND
    }
    for tag in page.tags:
        is_link = tag.attribute is not None and tag.attribute.name == "href"
        if is_link and (unescape(tag.text), _place(page, tag.start)) not in right:
            words = "a link needs a field of addresses (format: uri)", "链接只能用网址栏目（format: uri）"
            yield _problem(page, tag, words)


def _drawn_faults(tag: PageTag, fields: Fields, parts: Parts) -> Iterator[Words]:
    text = unescape(tag.text)
    if is_picture_tag(text):
        yield from picture_tag_faults(text, fields)
        return
    try:
        chart_plan(chart_tag(text), parts)
    except ChartTagError as error:
        yield error.english, error.chinese
    if {"p", "span"} & set(tag.around):
        yield "a chart stands outside of paragraphs", "图表应写在段落之外"


def _braces(page: HtmlPage, fields: Fields) -> Iterator[PackProblem]:
    """Braces in what a page says that belong to no tag."""
    rest = TAG.sub(lambda tag: re.sub(r"[^\n]", " ", tag[0]), page.text)
    for element in page.elements:
        if element.name == "style":
            end = page.text.find("</style", element.end)
            rest = rest[: element.end] + re.sub(r"[^\n]", " ", rest[element.end : end]) + rest[end:]
    for number, line in enumerate(rest.split("\n"), 1):
        mark, path = loose_brace(line), meant_path(line, fields)
        if mark:
            shown = line.strip()[:60]
            yield PackProblem(
                LinePlace(PAGE, number),
                f"{mark} belongs to no complete tag in: {shown}",
                f"“{shown}”里的“{mark}”不构成完整的标签",
            )
        elif path:
            yield PackProblem(LinePlace(PAGE, number), *single_braces(path))
