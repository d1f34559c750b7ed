"""The tags of a report.docx: what it prints and where, and what is wrong with how they are typed.

Word keeps a paragraph as runs; a tag must be typed within one of them. Jinja's own parser says which fields an
expression names; the loops around it say what a loop's variable stands for.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from io import BytesIO

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from reportfill.pack.problems import PackProblem

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FILE = "report.docx"
_PARTS = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)[^/]*\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_STATEMENT = re.compile(r"\{%[-+]?(?:p|tr|tc|r)?\s*(?P<keyword>\w+)\s*(?P<rest>.*?)\s*[-+]?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{[-+]?(?:[rp]\s)?\s*(?P<expression>.*?)\s*[-+]?\}\}", re.DOTALL)
_CLOSES = {"endfor": "for", "endif": "if"}
_DOCXTPL_STATEMENTS = ("cellbg", "colspan", "hm", "vm")


class TagUse(Enum):
    """How a template uses a field: it prints its value, or repeats something for each of its paragraphs."""

    VALUE = "value"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class TagPlace:
    """A field that a template uses, how, and where: "report.docx table 2, row 4, column 3"."""

    path: str
    use: TagUse
    place: str


@dataclass(frozen=True, slots=True)
class _Typed:
    """A tag as it is typed, with its place."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A loop or a condition that is open; `variable` stands for `path` within a loop."""

    keyword: str
    place: str
    variable: str = ""
    path: str = ""


class _TagError(ValueError):
    """A tag that cannot be understood; its text says why."""


def report_tags(docx: bytes) -> list[TagPlace]:
    """Every field that a sound template uses, in the order of the document."""
    return [use for part in _typed_tags(docx) for use in _Reading(part).uses]


def report_problems(docx: bytes) -> list[PackProblem]:
    """Every tag that is split over runs, not complete, or that opens or closes a loop wrongly."""
    try:
        paragraphs = [place for part in _parts(docx) for place in _paragraphs(*part)]
        readings = [_Reading(part) for part in _typed_tags(docx)]
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        return [PackProblem(_FILE, f"is no Word file that can be read: {error}")]
    broken = [problem for paragraph, place in paragraphs for problem in _typing_problems(paragraph, place)]
    return broken + [problem for reading in readings for problem in reading.problems]


class _Reading:
    """One reading of a part's tags from its beginning to its end."""

    def __init__(self, tags: list[_Typed]) -> None:
        self.uses: list[TagPlace] = []
        self.problems: list[PackProblem] = []
        self._open: list[_Block] = []
        for tag in tags:
            try:
                self._read(tag)
            except _TagError as error:
                self.problems.append(PackProblem(tag.place, f"{tag.text}: {error}"))
        self.problems += [
            PackProblem(
                block.place, f"the {block.keyword} that begins here is never closed (end{block.keyword})"
            )
            for block in self._open
        ]

    def _read(self, tag: _Typed) -> None:
        if tag.text.startswith("{#"):
            return
        statement = _STATEMENT.fullmatch(tag.text)
        value = _VALUE.fullmatch(tag.text)
        if value:
            self._use(value["expression"], tag.place)
        elif statement:
            self._read_statement(statement["keyword"], statement["rest"], tag.place)
        else:
            raise _TagError("cannot be understood")

    def _read_statement(self, keyword: str, rest: str, place: str) -> None:
        if keyword == "for":
            self._open_loop(rest, place)
        elif keyword == "if":
            self._use(rest, place)
            self._open.append(_Block("if", place))
        elif keyword in ("elif", "else"):
            self._read_branch(keyword, rest, place)
        elif keyword in _CLOSES:
            self._close(_CLOSES[keyword], keyword)
        elif keyword in _DOCXTPL_STATEMENTS:
            self._use(rest or "0", place)
        else:
            raise _TagError(f"there is no statement {keyword}")

    def _read_branch(self, keyword: str, rest: str, place: str) -> None:
        if not self._open or (keyword == "elif" and self._open[-1].keyword != "if"):
            raise _TagError(f"{keyword} without an if before it")
        if keyword == "elif":
            self._use(rest, place)

    def _open_loop(self, rest: str, place: str) -> None:
        variable, _, iterated = rest.partition(" in ")
        path = _path(_expression(iterated.strip())) if iterated else ""
        # The loop is opened also when it is faulty, so that its end is not reported as well.
        self._open.append(_Block("for", place, variable.strip(), path))
        if not path or not variable.strip().isidentifier():
            raise _TagError("a loop is written {%p for paragraph in path %}")
        self.uses.append(TagPlace(path, TagUse.LOOP, place))

    def _close(self, opened: str, keyword: str) -> None:
        if not self._open or self._open[-1].keyword != opened:
            raise _TagError(f"{keyword} without a {opened} before it")
        self._open.pop()

    def _use(self, expression: str, place: str) -> None:
        for path in _paths(_expression(expression)):
            root = path.split(".")[0]
            if any(
                root == block.variable or root == "loop" for block in self._open if block.keyword == "for"
            ):
                continue
            self.uses.append(TagPlace(path, TagUse.VALUE, place))


@cache
def _environment() -> Environment:
    return Environment(autoescape=True)


def _expression(text: str) -> nodes.Node:
    try:
        output = next(iter(_environment().parse("{{ " + _straight_quotes(text) + " }}").body), None)
    except TemplateSyntaxError as error:
        raise _TagError(str(error.message)) from error
    if output is None:
        raise _TagError("names nothing")
    return output


def _straight_quotes(text: str) -> str:
    """Word turns quotation marks round as they are typed; docxtpl turns them back within tags."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def _paths(expression: nodes.Node) -> Iterator[str]:
    """The dotted paths that an expression names."""
    path = _path(expression)
    if path:
        yield path
        return
    for child in expression.iter_child_nodes():
        yield from _paths(child)


def _path(node: nodes.Node) -> str:
    """The dotted path that a node is as a whole; the empty string where it is something else."""
    if isinstance(node, nodes.Output) and len(node.nodes) == 1:
        return _path(node.nodes[0])
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        holder = _path(node.node)
        return f"{holder}.{node.attr}" if holder else ""
    return ""


def _typed_tags(docx: bytes) -> list[list[_Typed]]:
    """The tags of each part in their order."""
    return [
        [
            _Typed(match.group(), place)
            for paragraph, place in _paragraphs(*part)
            for match in _TAG.finditer(_text(paragraph))
        ]
        for part in _parts(docx)
    ]


def _parts(docx: bytes) -> list[tuple[str, etree._Element]]:
    """The parts that can hold tags, the document itself first."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        names = sorted(
            (n for n in package.namelist() if _PARTS.fullmatch(n)), key=lambda n: "document" not in n
        )
        return [(name, etree.fromstring(package.read(name))) for name in names]


def _paragraphs(name: str, root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every paragraph of a part with its place for people."""
    part = posixpath.basename(name).removesuffix(".xml")
    where = _FILE if part.startswith("document") else f"{_FILE} {part}"
    numbers = {table: number for number, table in enumerate(_outermost_tables(root), 1)}
    number = 0
    for paragraph in root.iter(f"{_WORD}p"):
        tables = [a for a in paragraph.iterancestors(f"{_WORD}tbl") if a in numbers]
        if tables:
            yield paragraph, f"{where} table {numbers[tables[0]]}, {_cell(paragraph, tables[0])}"
        else:
            number += 1
            yield paragraph, f"{where} paragraph {number}"


def _outermost_tables(root: etree._Element) -> Iterator[etree._Element]:
    for table in root.iter(f"{_WORD}tbl"):
        if next(table.iterancestors(f"{_WORD}tbl"), None) is None:
            yield table


def _cell(paragraph: etree._Element, table: etree._Element) -> str:
    """Row and column of a paragraph in an outermost table, as Word counts the cells of a row."""
    row = list(paragraph.iterancestors(f"{_WORD}tr"))[-1]
    cell = list(paragraph.iterancestors(f"{_WORD}tc"))[-1]
    rows, cells = _own(table, table, "tr"), _own(row, table, "tc")
    return f"row {rows.index(row) + 1}, column {cells.index(cell) + 1}"


def _own(holder: etree._Element, table: etree._Element, kind: str) -> list[etree._Element]:
    """The rows or cells of a table itself, not of one nested in it. Word puts content controls around some."""
    found = holder.iter(f"{_WORD}{kind}")
    return [element for element in found if next(element.iterancestors(f"{_WORD}tbl")) is table]


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{_WORD}t"))


def _typing_problems(paragraph: etree._Element, place: str) -> Iterator[PackProblem]:
    """Tags of a paragraph that lie in several runs, and braces that belong to no tag."""
    text = _text(paragraph)
    starts, length = set[int](), 0
    for run in paragraph.iter(f"{_WORD}t"):
        starts.add(length)
        length += len(run.text or "")
    for match in _TAG.finditer(text):
        if any(match.start() < start < match.end() for start in starts):
            yield PackProblem(
                place, f"{match.group()} is split over runs; cut it and paste it back as text only"
            )
    loose = _LOOSE.search(_TAG.sub("", text))
    if loose:
        yield PackProblem(place, f"{loose.group()} belongs to no complete tag in: {text[:60]}")
