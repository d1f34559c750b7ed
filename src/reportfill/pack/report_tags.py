"""The tags of a report.docx: what it prints and where, and what is wrong with them.

Jinja's own parser says which fields an expression names; the loops around it say what a loop's variable stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from reportfill.errors import ReportfillError
from reportfill.office.word_revisions import W
from reportfill.pack.picture_tags import is_drawn_tag
from reportfill.pack.problems import LinePlace, PackProblem, WordPlace
from reportfill.pack.report_parts import Piece, ReportPart, report_parts
from reportfill.pack.report_typing import TAG, elements_of, typing_problems
from reportfill.pack.tag_words import (
    FILTERS,
    METHODS,
    NO_NUMBER,
    STRAIGHT,
    TOO_INTRICATE,
    endless_numbers,
    fault_in_words,
    no_filter,
)
from reportfill.pack.tags import PATH

_STATEMENT = re.compile(
    r"\{%[-+]?(?:(?P<holder>p|tr|tc|r)\s)?\s*(?P<keyword>\w+)\s*(?P<rest>.*?)\s*[-+]?%\}", re.DOTALL
)
_VALUE = re.compile(r"\{\{[-+]?(?:[rp]\s)?\s*(?P<expression>.*?)\s*[-+]?\}\}", re.DOTALL)
_CLOSES = {"endfor": "for", "endif": "if"}
_DOCXTPL_STATEMENTS = ("cellbg", "colspan", "hm", "vm")


class TagUse(Enum):
    """How a template uses a field: it prints its value as it is, works something out with it or asks about it, or
    repeats something for each of its paragraphs."""

    VALUE = "value"
    PART = "part of an expression"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class TagPlace:
    """A field that a template uses, how, and where: "report.docx table 2, row 4, column 3"; and the tag. `is_of_loop`
    says that it is a part of what a loop goes through."""

    path: str
    use: TagUse
    place: WordPlace | LinePlace
    tag: str = ""
    is_of_loop: bool = False


@dataclass(frozen=True, slots=True)
class TypedTag:
    """A tag as it is typed, with its place, and what is open around it: the names of the elements within which it
    stands, in a report.docx once docxtpl has put it in the place of a paragraph, row or cell."""

    text: str
    place: WordPlace | LinePlace
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A loop or a condition that is open; `variable` is what a loop calls each paragraph or row of those at `path`."""

    keyword: str
    tag: TypedTag
    variable: str = ""
    path: str = ""


class _TagError(ReportfillError):
    """A tag that cannot be understood, and why."""


class _UnpairedError(_TagError):
    """A tag whose counterpart is not there: the consequence of any other fault, where there is one."""


def report_tags(docx: bytes) -> list[TagPlace]:
    """Every field that a sound template uses, in the order of the document."""
    return [use for reading in _readings(docx) for use in reading.uses]


def report_problems(docx: bytes) -> list[PackProblem]:
    """Every tag that is typed so that it is none, would be lost or loses something, and every loop or condition that
    is opened or closed wrongly."""
    typed = [problem for part in report_parts(docx) for problem in typing_problems(part)]
    found = typed + [problem for reading in _readings(docx) for problem in reading.problems]
    return found or [problem for reading in _readings(docx) for problem in reading.unpaired]


@lru_cache(maxsize=2)
def _readings(docx: bytes) -> list[TagReading]:
    return [TagReading(_tags_of(part)) for part in report_parts(docx)]


class TagReading:
    """One reading of the tags of a part, or of a page, which may name a value by {% set … %}."""

    def __init__(self, tags: Iterable[TypedTag], *, is_page: bool = False) -> None:
        self.uses: list[TagPlace] = []
        self.problems: list[PackProblem] = []
        self.unpaired: list[PackProblem] = []
        self._open: list[_Block] = []
        self._named: set[str] = set()
        self._is_page = is_page
        for tag in tags:
            try:
                self._read(tag)
            except _TagError as error:
                kind = self.unpaired if isinstance(error, _UnpairedError) else self.problems
                kind.append(PackProblem(tag.place, f"{tag.text}: {error}", f"{tag.text}：{error.chinese}"))
        self.unpaired += [
            PackProblem(
                block.tag.place,
                f"the {block.keyword} that begins here is never closed (end{block.keyword})",
                f"这里开始的{block.keyword}没有结束（缺end{block.keyword}）",
            )
            for block in self._open
        ]

    def _read(self, tag: TypedTag) -> None:
        if tag.text.startswith("{#"):
            return
        if is_drawn_tag(tag.text):  # which `report_charts` and `report_pictures` read
            self._refuse_in_loop()
            return
        statement = _STATEMENT.fullmatch(tag.text)
        value = _VALUE.fullmatch(tag.text)
        if value:
            plain = TagUse.VALUE if _is_plain(value["expression"]) else TagUse.PART
            self._use(value["expression"], tag, plain)
        elif statement:
            self._read_statement(statement["keyword"], statement["rest"], tag)
        else:
            raise _TagError("cannot be understood", "无法理解")

    @property
    def _holder(self) -> str:
        """What stands behind the braces of a statement that is all of its paragraph."""
        return "" if self._is_page else "p"

    def _refuse_in_loop(self) -> None:
        if any(block.keyword == "for" for block in self._open):
            raise _TagError(
                "a chart or picture cannot be repeated: put it outside of the loop",
                "图表和图片不能重复；请移到循环外面",
            )

    def _read_statement(self, keyword: str, rest: str, tag: TypedTag) -> None:
        if keyword == "for":
            self._open_loop(rest, tag)
        elif keyword == "if":
            self._open.append(_Block("if", tag))
            self._use(rest, tag)
        elif keyword in ("elif", "else"):
            self._read_branch(keyword, rest, tag)
        elif keyword in _CLOSES:
            self._close(_CLOSES[keyword], keyword, tag)
        elif keyword in _DOCXTPL_STATEMENTS and not self._is_page:
            self._use(rest or "0", tag)
        elif keyword == "set" and self._is_page:
            self._read_name(rest, tag)
        else:
            raise _TagError(
                f"there is no statement {keyword}; there are for, if, elif and else",
                f"没有{keyword}这种语句；可用的有for、if、elif、else",
            )

    def _read_name(self, rest: str, tag: TypedTag) -> None:
        name, _, expression = (part.strip() for part in rest.partition("="))
        if not name.isidentifier() or not expression:
            raise _TagError("a name is given by {% set name = path %}", "取名写作 {% set 名称 = 路径 %}")
        self._use(expression, tag)
        self._named.add(name)

    def _read_branch(self, keyword: str, rest: str, tag: TypedTag) -> None:
        if not self._open or (keyword == "elif" and self._open[-1].keyword != "if"):
            raise _UnpairedError(f"{keyword} without an if before it", f"{keyword}前面没有if")
        if keyword == "elif":
            self._use(rest, tag)
        self._refuse_torn(self._open[-1], tag)

    def _open_loop(self, rest: str, tag: TypedTag) -> None:
        variable, _, iterated = rest.partition(" in ")
        path = _path(_expression(iterated.strip())) if iterated else ""
        resolved, _ = self._resolved(path)
        # The loop is opened also when it is faulty, so that its end is not reported as well.
        self._open.append(_Block("for", tag, variable.strip(), resolved))
        if variable.strip() == "loop":
            raise _TagError(
                "loop has a meaning of its own; name the paragraph otherwise", "loop另有含义，请换一个名称"
            )
        if not path or not variable.strip().isidentifier():
            raise _TagError(
                f"a loop is written {{%{self._holder} for paragraph in path %}}",
                f"循环写作 {{%{self._holder} for paragraph in 路径 %}}",
            )
        self.uses.append(TagPlace(resolved, TagUse.LOOP, tag.place, tag.text, resolved != path))

    def _resolved(self, path: str) -> tuple[str, bool]:
        """The path of the field that a name stands for, and whether that is within what a loop goes through: for unit
        in units, unit.permits is units.permits."""
        root, dot, rest = path.partition(".")
        block = next((b for b in reversed(self._open) if b.keyword == "for" and b.variable == root), None)
        return (f"{block.path}{dot}{rest}", True) if block else (path, False)

    def _close(self, opened: str, keyword: str, tag: TypedTag) -> None:
        if not self._open or self._open[-1].keyword != opened:
            raise _UnpairedError(f"{keyword} without a {opened} before it", f"{keyword}前面没有{opened}")
        self._refuse_torn(self._open.pop(), tag)

    def _refuse_torn(self, block: _Block, tag: TypedTag) -> None:
        if block.tag.within != tag.within:
            raise _TagError(
                f"the {block.keyword} begins at {block.tag.place} in one paragraph, row or table and goes on or ends"
                " within another; put both tags into paragraphs or rows of their own, side by side",
                f"{block.keyword}的开头在{block.tag.place.in_chinese}，结尾或分支却在另一段、另一行或另一张表里；"
                "请让两个标签各占一段或一行，并且在同一层",
            )

    def _use(self, expression: str, tag: TypedTag, use: TagUse = TagUse.PART) -> None:
        for path in [expression] if _is_plain(expression) else _paths(_expression(expression)):
            root = path.split(".")[0]
            loops = [block for block in self._open if block.keyword == "for"]
            if loops and (root == "loop" or any(path == block.variable for block in loops)):
                continue
            if root in self._named:
                continue
            resolved, is_of_loop = self._resolved(path)
            self.uses.append(TagPlace(resolved, use, tag.place, tag.text, is_of_loop))


_PLAIN = re.compile(PATH)
_RESERVED = ("true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if", "else")


def _is_plain(expression: str) -> bool:
    """Whether an expression is a dotted path and no more: most are, and Jinja's parser takes its time."""
    return _PLAIN.fullmatch(expression) is not None and expression not in _RESERVED


@cache
def _environment() -> Environment:
    return Environment(autoescape=True)


def _expression(text: str) -> nodes.Node:
    try:
        output = next(iter(_environment().parse("{{ " + text.translate(STRAIGHT) + " }}").body), None)
    except TemplateSyntaxError as error:
        raise _TagError(*fault_in_words(error)) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets within brackets
        raise _TagError(*fault_in_words(TemplateSyntaxError(TOO_INTRICATE, 1))) from error
    if output is None:
        raise _TagError("names nothing", "没有写栏目")
    if any(endless_numbers(output)):
        raise _TagError(*fault_in_words(TemplateSyntaxError(NO_NUMBER, 1)))
    for used in output.find_all(nodes.Filter):
        if used.name not in FILTERS:
            raise _TagError(*no_filter(used.name))
    return output


def _paths(expression: nodes.Node) -> Iterator[str]:
    path = _path(expression)
    if path:
        yield path
        return
    for child in expression.iter_child_nodes():
        yield from _paths(_asked(child) if isinstance(expression, nodes.Call) else child)


def _asked(called: nodes.Node) -> nodes.Node:
    """Of `path.method`, the path whose value is asked; anything else as it is."""
    if isinstance(called, nodes.Getattr) and called.attr in METHODS:
        return called.node
    return called


def _path(node: nodes.Node) -> str:
    """The dotted path that a node is as a whole; the empty string where it is something else."""
    if isinstance(node, nodes.Output) and len(node.nodes) == 1:
        return _path(node.nodes[0])
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        name: object = node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        name = node.arg.value
    else:
        return ""
    holder = _path(node.node)
    return f"{holder}.{name}" if holder and isinstance(name, str) else ""


def _tags_of(part: ReportPart) -> list[TypedTag]:
    return [
        TypedTag(match.group(), piece.place, _within(piece, match))
        for piece in part.pieces
        for match in TAG.finditer(piece.text)
    ]


def _within(piece: Piece, match: re.Match[str]) -> tuple[str, ...]:
    """The names of the elements around a tag; what it takes the place of is not around it any more."""
    around = [str(ancestor.tag) for ancestor in elements_of(piece, match)[0].iterancestors()]
    statement = _STATEMENT.fullmatch(match.group())
    holder = f"{W}{statement['holder']}" if statement and statement["holder"] else ""
    return tuple(around[around.index(holder) + 1 :] if holder in around else [piece.kind.value, *around])
