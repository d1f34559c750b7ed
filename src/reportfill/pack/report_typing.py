"""How the tags of a report.docx are typed: what docxtpl would not see as a tag, would tear, or would lose.

docxtpl 0.20.2 makes a template of a part's XML by replacing text. It joins a tag that Word split over runs, dropping
all that lies between, and puts a tag that begins {%p, {%tr or {%tc in the place of its whole paragraph, row or cell,
whatever else stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import dropwhile, islice, pairwise, takewhile

from reportfill.office.word_revisions import W
from reportfill.office.xml import ELEMENT, Element, local_name
from reportfill.pack.braces import loose_brace
from reportfill.pack.problems import PackProblem
from reportfill.pack.report_parts import Piece, PieceKind, ReportPart

Words = tuple[str, str]
"""What is said in English and in Chinese."""

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""A tag of a report.docx: a value, a statement or a remark."""

_HOLDERS = {"p": ("paragraph", "段落"), "tr": ("row", "行"), "tc": ("cell", "单元格")}
_HOLDER_TAG = re.compile(r"\{[%#]-?(p|tr|tc)\s", re.ASCII)
_LOOP_OF_ROWS = re.compile(r"\{%tr for ")
_NEVER_RIGHT = re.compile(r"\{\{-?(p|r|tr|tc)\s")
_ODD_BLANK = re.compile(r"\{[%#](p|tr|tc|r)(?! )\s")
_ANY_BLANK_BEFORE = re.compile(r"\{[%#]-?\s+(p|tr|tc|r)\s+(for|if|elif|else|endfor|endif)\b")
_NO_BLANK = re.compile(r"\{[%#]-?(p|tr|tc)(for|if|elif|else|endfor|endif)\b")

_SEEN = {
    "br": ("a break", "分隔符（换行、分页）"),
    "cr": ("a break", "换行"),
    "drawing": ("a picture or shape", "图片或图形"),
    "pict": ("a picture or shape", "图片或图形"),
    "object": ("an embedded object", "嵌入的对象"),
    "sym": ("a symbol", "符号"),
    "ptab": ("a tab", "制表位"),
    "pgNum": ("a page number", "页码"),
    "noBreakHyphen": ("a hyphen", "连字符"),
    "fldSimple": ("a field", "域"),
    "fldChar": ("a field", "域"),
    "instrText": ("a field", "域"),
    "footnoteReference": ("a footnote", "脚注"),
    "endnoteReference": ("an endnote", "尾注"),
    "bookmarkStart": ("a bookmark", "书签"),
    "bookmarkEnd": ("the end of a bookmark", "书签的末尾"),
    "sectPr": ("the end of a section", "分节符"),
    "pageBreakBefore": ("a page break before it", "段前分页"),
    "oMath": ("a formula", "公式"),
    "sdt": ("a content control", "内容控件"),
    "hyperlink": ("a link", "超链接"),
}
"""What people see, or what leads somewhere, by the name of its element."""

_LAST_EDITED = "_GoBack"
"""The bookmark by which Word remembers where it was used last."""


def typing_problems(part: ReportPart) -> Iterator[PackProblem]:
    """What is wrong with how the tags of a part are typed, in the order of the document."""
    seen: set[Element] = set()
    for piece in part.pieces:
        for words in filter(None, _faults(piece, seen)):
            yield PackProblem(piece.place, *words)


def _faults(piece: Piece, seen: set[Element]) -> Iterator[Words | None]:
    yield _brace_fault(piece)
    for match in TAG.finditer(piece.text):
        yield _prefix_fault(piece, match.group())
        if piece.kind is PieceKind.TEXT:
            yield _split_fault(piece, match)
            yield _holder_fault(piece, match, seen)


def _brace_fault(piece: Piece) -> Words | None:
    mark = loose_brace(TAG.sub(" ", piece.text))
    shown = piece.text.strip()[:60]
    if not mark:
        return None
    return (
        f"{mark} belongs to no complete tag in: {shown}; a tag is written {{{{ path }}}}, with half-width braces",
        f"“{shown}”里的“{mark}”不构成完整的标签；标签写作 {{{{ 路径 }}}}，花括号用半角",
    )


def _prefix_fault(piece: Piece, tag: str) -> Words | None:
    """What is wrong with the letters behind the braces: {{p, {%p in an attribute, {% p, {%p with another blank."""
    if _NEVER_RIGHT.match(tag):
        return (
            f"{tag}: {{{{p and {{{{r are for sub-documents and rich text, which no report has; write {{{{ path }}}}",
            f"{tag}：{{{{p、{{{{r 用于子文档和富文本，这里不会有；请写 {{{{ 路径 }}}}",
        )
    sign = _trim_sign(tag)
    if sign:
        return _trimmed(tag, sign)
    odd = _ODD_BLANK.match(tag) or _ANY_BLANK_BEFORE.match(tag) or _NO_BLANK.match(tag)
    if odd:
        return (
            f"{tag}: write {{%{odd.group(1)} and one plain blank behind it",
            f"{tag}：“{{%{odd.group(1)}”须连写，后面空一个半角空格",
        )
    holder = _HOLDER_TAG.match(tag)
    if holder and piece.kind is not PieceKind.TEXT:
        return (
            f"{tag}: {{%{holder.group(1)} has its place in the text only, not in a field or an attribute",
            f"{tag}：“{{%{holder.group(1)}”只能写在正文中，不能写在域代码或者属性中",
        )
    if holder and re.search(r"[}%#]", tag[2:-2]):
        return (
            f"{tag}: no }} or % may stand within {{%{holder.group(1)} … %}}",
            f"{tag}：{{%{holder.group(1)} … %}} 里不能有 }} 或 %",
        )
    return None


def _trim_sign(tag: str) -> str:
    """The sign at the braces of a tag ({%- … %}, {{ … -}}, {%+ … %}), by which Jinja treats the blanks beside it and
    docxtpl joins it to its neighbours; the empty string where there is none."""
    return next((sign for sign in (tag[2:3], tag[-3:-2]) if sign in ("-", "+")), "")


def _trimmed(tag: str, sign: str) -> Words:
    """What is wrong with a sign at the braces, and the cure, in both languages."""
    is_statement = tag.startswith("{%")
    cure = "; write it without one" + (", and {%p … %} in a paragraph of its own" if is_statement else "")
    cure_zh = "；请删去" + ("，标签单独占一段的写作 {%p … %}" if is_statement else "")
    if sign == "+":
        return f"{tag}: a plus sign has no place at the braces{cure}", f"{tag}：花括号旁不能有加号{cure_zh}"
    english = "text beside it away, with its paragraph" if is_statement else "blanks beside it away"
    chinese = "文字连同段落" if is_statement else "空格"
    return (
        f"{tag}: the hyphen takes the {english}{cure}",
        f"{tag}：花括号旁的连字符会使旁边的{chinese}丢失{cure_zh}",
    )


def _split_fault(piece: Piece, match: re.Match[str]) -> Words | None:
    """A tag whose pieces docxtpl cannot join, or between whose pieces there is something that would be lost."""
    elements = elements_of(piece, match)
    holders = {_holder_of_run(element) for element in elements}
    between = [_seen(lying) for one, other in pairwise(elements) for lying in _between(one, other)]
    lost = next(filter(None, between), None)
    if len(holders) < 2 and not lost:
        return None
    what, what_zh = lost or ("a link, field or change of its own", "超链接、域等")
    return (
        f"{match.group()} is split over runs, with {what} within; cut it and paste it back as text only",
        f"{match.group()}当中夹着{what_zh}；请剪切后以“只保留文本”粘贴回来",
    )


def elements_of(piece: Piece, match: re.Match[str]) -> list[Element]:
    """The elements of a piece over which one of its tags goes."""
    found, start = [], 0
    for element, text in zip(piece.elements, piece.texts, strict=True):
        if start < match.end() and match.start() < start + len(text):
            found.append(element)
        start += len(text)
    return found


def _holder_of_run(text: Element) -> Element | None:
    run = text.getparent()
    return run.getparent() if run is not None else None


def _between(one: Element, other: Element) -> Iterator[Element]:
    """The elements of a paragraph that begin behind one text and before another."""
    paragraph = next(one.iterancestors(f"{W}p"))
    behind = dropwhile(lambda element: element is not one, paragraph.iter(ELEMENT))
    return takewhile(lambda element: element is not other, islice(behind, 1, None))


def _holder_fault(piece: Piece, match: re.Match[str], seen: set[Element]) -> Words | None:
    """What stands beside a {%p, {%tr or {%tc in its paragraph, row or cell, which docxtpl drops."""
    prefix = _HOLDER_TAG.match(match.group())
    if prefix is None:
        return None
    tag, kind = match.group(), prefix.group(1)
    holder = next(elements_of(piece, match)[0].iterancestors(f"{W}{kind}"), None)
    english, chinese = _HOLDERS[kind]
    if holder is None:
        return f"{tag} stands in no {english}", f"{tag}不在表格的{chinese}里"
    beside = _beside(holder) if holder not in seen else None
    seen.add(holder)
    if beside is None:
        return None
    return (
        f"{tag} takes the place of its whole {english}, and {beside[0]} beside it would be lost; give the tag a"
        f" {english} of its own",
        f"{tag}会取代它所在的整个{chinese}，旁边的{beside[1]}将丢失；请让标签单独占一个{chinese}",
    )


def _beside(holder: Element) -> Words | None:
    """What stands in a paragraph, row or cell beside its one tag, in both languages; None where nothing does. A label
    that begins in the row of a loop is printed in the first row of those below it."""
    if holder.tag == f"{W}tr" and _LOOP_OF_ROWS.search("".join(t.text or "" for t in holder.iter(f"{W}t"))):
        holder = deepcopy(holder)
        for merge in list(holder.iterfind(f"{W}tc/{W}tcPr/{W}vMerge[@{W}val='restart']")):
            holder.remove(next(merge.iterancestors(f"{W}tc")))
    text = "".join(element.text or "" for element in holder.iter(f"{W}t"))
    tags = TAG.findall(text)
    words = " ".join(TAG.sub(" ", text).split())
    if len(tags) > 1:
        return f"the tag {tags[1]}", f"标签{tags[1]}"
    if words:
        return f"“{words[:40]}”", f"文字“{words[:40]}”"
    if (
        any(merge.get(f"{W}val") == "restart" for merge in holder.iter(f"{W}vMerge"))
        and holder.tag != f"{W}p"
    ):
        return "a cell that is merged with those below", "与下方合并的单元格"
    return next((found for found in map(_seen, holder.iter(ELEMENT)) if found), None)


def _seen(element: Element) -> Words | None:
    """What an element shows or marks, in both languages; None for what nobody would miss."""
    name = local_name(element)
    if name == "bookmarkStart" and element.get(f"{W}name") == _LAST_EDITED:
        return None
    if name == "bookmarkEnd" and _ends_last_edited(element):
        return None
    if name == "pageBreakBefore" and element.get(f"{W}val") in ("0", "false", "off"):
        return None
    if name == "hyperlink" and not "".join(map(str, element.itertext())).strip():
        return None
    return _SEEN.get(name)


def _ends_last_edited(end: Element) -> bool:
    number = end.get(f"{W}id")
    starts = end.getroottree().getroot().iter(f"{W}bookmarkStart")
    return any(s.get(f"{W}id") == number and s.get(f"{W}name") == _LAST_EDITED for s in starts)
