"""What a website's editor keeps of a page: no head, no style sheet and no classes; how it looks is said by attributes
and by a style of each element."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.office.xml import Element
from reportfill.outputs.web_page.html_tree import inner_html, parsed_html, remove_all

_CELL = "border: 1px solid #333; padding: 5px; text-align: center; text-indent: 0;"
_OF_ELEMENTS: Mapping[str, str] = {
    "h1": "text-align: center;",
    "p": "text-indent: 2em; line-height: 1.8;",
    "table": "border-collapse: collapse; width: 100%;",
    "caption": "text-align: left; padding-bottom: 5px;",
    "th": f"{_CELL} font-weight: normal; background-color: #f3f5f7;",
    "td": _CELL,
    "img": "max-width: 100%; height: auto;",
}
_OF_CLASSES: Mapping[str, str] = {
    "flush": "text-indent: 0;",
    "centre": "text-align: center; text-indent: 0;",
    "right": "text-align: right; text-indent: 0;",
    "left": "text-align: left;",
    "table": "overflow-x: auto; margin: 1em 0;",
    "bar": "display: block; height: 0; border-top: 0.9em solid #1a5fb4;",
    "draft": "padding: 0.5em 1em; color: #fff; background-color: #a40000; text-align: center; text-indent: 0;",
}
_OF_TABLES = {"border": "1", "cellspacing": "0", "cellpadding": "5"}
"""What editors keep that know nothing of styles."""

_NO_CONTENT = ("script", "style", "link", "meta", "template")


def fragment_of(page: str) -> str:
    """The fragment of a page: what stands in its body, in its main part where it has one."""
    root = parsed_html(page)
    body = root.find("body")
    whole = root if body is None else body
    remove_all(whole, _NO_CONTENT)
    main = whole.find(".//main")
    for element in whole.iterdescendants("*"):
        _settle(element)
    return inner_html(whole if main is None else main).strip() + "\n"


def _settle(element: Element) -> None:
    """Let an element say by itself how it looks."""
    classes = str(element.attrib.pop("class", "")).split()
    tag = str(element.tag)
    own = str(element.attrib.pop("style", ""))
    said = [_OF_ELEMENTS.get(tag, ""), *(_OF_CLASSES.get(name, "") for name in classes), own]
    if tag == "th" and element.get("scope") == "row":
        said.append("text-align: left;")
    if next(element.iterancestors("caption"), None) is not None:
        said.append("text-indent: 0; margin: 0;")
    if style := _joined(said):
        element.set("style", style)
    if tag == "table":
        for name, value in _OF_TABLES.items():
            element.set(name, value)


def _joined(styles: list[str]) -> str:
    """Styles as one: of a property the last one counts."""
    found: dict[str, str] = {}
    for declaration in ";".join(styles).split(";"):
        name, _, value = declaration.partition(":")
        if value.strip():
            found[name.strip()] = value.strip()
    return " ".join(f"{name}: {value};" for name, value in found.items())
