"""HTML as a tree: the one place that parses a page and writes it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree, html

from reportfill.office.xml import Element

_DOCTYPE = "<!DOCTYPE html>\n"


def parsed_html(page: str) -> Element:
    """The root element of a page."""
    parser = html.HTMLParser(huge_tree=True, no_network=True, encoding="utf-8")
    return html.document_fromstring(page.encode("utf-8"), parser=parser)


def html_text_of(root: Element) -> str:
    """A page as it was parsed from."""
    return _DOCTYPE + etree.tostring(root, method="html", encoding="unicode")


def remove_all(root: Element, tags: Sequence[str]) -> None:
    """Take elements of these tags away, and nothing of what stands behind them."""
    etree.strip_elements(root, *tags, with_tail=False)


def inner_html(element: Element) -> str:
    """What stands within an element."""
    parts = [element.text or "", *(etree.tostring(one, method="html", encoding="unicode") for one in element)]
    return "".join(parts)
