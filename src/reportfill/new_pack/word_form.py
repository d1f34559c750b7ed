"""A Word form as it is read: its paragraphs and tables one after the other, with what stands around them taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportfill.errors import UsageError
from reportfill.model.chinese.numbering import numbering_of
from reportfill.office.guard import unpacked
from reportfill.office.package import composed
from reportfill.office.word_package import WordPackage, word_package
from reportfill.office.word_revisions import W, accept_all, first_tracked
from reportfill.office.xml import DamagedXMLError, Element, parsed, xml_bytes
from reportfill.pack.problems import WordPlace
from reportfill.pack.report_contents import report_kind_problems
from reportfill.pack.report_parts import paragraph_places
from reportfill.text import word_list

MOST_TABLES = 200
MOST_CELLS = 20_000

_WRAPPERS = tuple(W + name for name in word_list("sdt sdtContent customXml smartTag"))
_PROPERTIES = tuple(W + name for name in word_list("sdtPr sdtEndPr customXmlPr smartTagPr"))
_LONGEST_HEADING = 40
_NO_HEADING = re.compile(r"[。；;，,、]$|[_＿]{2,}|[□☐]|[：:]\s*\S")
_CAPTION = re.compile(
    r"(?:附?表|附表)\s*[（(]?\s*[0-9０-９一二三四五六七八九十]{1,3}(?:[-－—.．][0-9]+)?\s*[)）]?(?![\u4e00-\u9fff]{0,2}中)"
)
_CAPTION_IN_BRACKETS = re.compile(r"[（(]\s*(?:附)?表\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[)）]")
_LEVELS = {"第": 1, "一": 2, "（": 3}
CAPTION_LEVEL = 8
"""How deep the heading of a table stands, below all others."""


@dataclass(frozen=True, eq=False)
class WordForm:
    """The body of a form with all changes accepted, its package and where each paragraph stands."""

    package: WordPackage
    root: Element
    places: dict[Element, WordPlace]
    had_changes: bool
    levels: dict[str, int]

    @property
    def body(self) -> Element:
        """The element with all that it says."""
        found = self.root.find(f"{W}body")
        return self.root if found is None else found

    def blocks(self) -> Iterator[Element]:
        """Its paragraphs and tables, one after the other, those of no table."""
        yield from self.body.iterchildren(f"{W}p", f"{W}tbl")

    def place_of(self, table: Element) -> WordPlace:
        """The place of a table."""
        paragraph = next(table.iter(f"{W}p"), None)
        place = self.places.get(paragraph) if paragraph is not None else None
        return (place or WordPlace())._replace(row=0, column=0)

    def level_of(self, paragraph: Element, text: str) -> int:
        """How deep a paragraph stands as a heading, 0 where it is none."""
        said = text.strip()
        if not said or len(said) > _LONGEST_HEADING:
            return 0
        if _CAPTION.match(said) or _CAPTION_IN_BRACKETS.match(said):
            return CAPTION_LEVEL
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        level = _outline(outline) or self.levels.get(style.get(f"{W}val", "") if style is not None else "", 0)
        if _NO_HEADING.search(said):
            return 0
        number = numbering_of(said)
        if number and number.style and number.end < len(said):
            return 1 if said.startswith("第") else _LEVELS.get(number.style, 4 if number.style == "1" else 5)
        return level

    def saved(self) -> bytes:
        """The form as it is now."""
        return composed({**self.package.parts, self.package.main: xml_bytes(self.root)})


def opened_form(content: bytes) -> WordForm:
    """The form of a .docx. Raises UsageError where it is no Word file, has no table and no text, or too many."""
    problems = report_kind_problems(content)
    if problems:
        raise UsageError(problems[0].message, problems[0].chinese)
    package = word_package(unpacked(content))
    root = parsed(package.parts[package.main])
    had_changes = first_tracked(root) is not None
    accept_all(root)
    _unwrap_all(root)
    _refuse_too_many(root)
    return WordForm(package, root, paragraph_places(root, WordPlace()), had_changes, _heading_styles(package))


def _refuse_too_many(root: Element) -> None:
    for tag, most, english, chinese in (
        ("tbl", MOST_TABLES, "tables", "个表格"),
        ("tc", MOST_CELLS, "cells", "个单元格"),
    ):
        number = sum(1 for _ in root.iter(W + tag))
        if number > most:
            raise UsageError(
                f"the form has {number} {english}; at most {most} are taken: divide it into several forms",
                f"空白表有{number}{chinese}，最多{most}{chinese[0]}；请拆成几份，分别建立模板包",
            )


def _unwrap_all(root: Element) -> None:
    """Take away controls and the like around text, with the hints that they show while nothing is typed."""
    for control in list(root.iter(f"{W}sdt")):
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            for text in control.iter(f"{W}t"):
                text.text = ""
    for element in list(root.iter(*_PROPERTIES)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in list(root.iter(*_WRAPPERS)):
        parent = element.getparent()
        if parent is not None:
            place = parent.index(element)
            parent[place : place + 1] = list(element)


def _outline(element: Element | None) -> int:
    said = element.get(f"{W}val", "") if element is not None else ""
    return int(said) + 1 if said.isdigit() and int(said) < 9 else 0


def _heading_styles(package: WordPackage) -> dict[str, int]:
    """How deep the paragraphs of each style stand in the outline."""
    part = package.parts.get("word/styles.xml")
    if part is None:
        return {}
    try:
        root = parsed(part)
    except DamagedXMLError:
        return {}
    found: dict[str, int] = {}
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        named = re.fullmatch(
            r"(?:heading|标题) ?([1-9])", name.get(f"{W}val", "").lower() if name is not None else ""
        )
        level = int(named[1]) if named else _outline(style.find(f"{W}pPr/{W}outlineLvl"))
        if level:
            found[style.get(f"{W}styleId", "")] = level
    return found
