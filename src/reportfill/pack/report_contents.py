"""What a report.docx holds beside its text: whether it is a Word document at all, what of its keeper would be
published, and tags where none are filled in."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from reportfill.office.first_bytes import FileKind, kind_of
from reportfill.office.guard import PackageError, unpacked
from reportfill.office.word_hidden import MAY_BE_HIDDEN, first_hidden, hiding_styles
from reportfill.office.word_package import MAIN, WordPackage, word_package
from reportfill.office.word_revisions import MAY_BE_KEPT, W, accept_all, first_commented, first_tracked
from reportfill.office.xml import ELEMENT, DamagedXMLError, Element, parsed
from reportfill.pack.braces import braced_texts, loose_brace
from reportfill.pack.keeper_traces import keeper_traces
from reportfill.pack.problems import PackProblem, WordPlace
from reportfill.pack.report_charts import data_workbooks
from reportfill.pack.report_parts import FILE, paragraph_places, place_of_part

_SAVE_ANEW = "open it in Word or WPS and save it as .docx (Word document)"
_SAVE_ANEW_ZH = "请用Word或WPS打开，另存为“Word文档（*.docx）”"

_KINDS = {
    "macroenabledtemplate": ("a Word template with macros (.dotm)", "启用宏的Word模板（.dotm）"),
    "macroenabled": ("a document with macros (.docm)", "启用宏的文档（.docm）"),
    "template": ("a Word template (.dotx)", "Word模板（.dotx）"),
}
_OTHER = ("another kind of file than a Word document", "Word文档以外的文件")
_NOWHERE_SEEN = ("glossary", "docProps/custom", "docProps/core", "comments", "people")
"""What of a package no reader of a report sees: building blocks, and what a report has of its own or not at all."""

_CHANGES = (
    "holds tracked changes: accept or reject all of them, and stop tracking",
    "含有修订：请接受或拒绝全部修订，并关闭修订",
)
_COMMENTS = ("holds comments: delete all of them", "含有批注：请删除全部批注")

_STYLES = "word/styles.xml"

_MARK = re.compile(r"\{\{.*?\}\}|\{\{|\{%", re.DOTALL)
_USUAL_PREFIX = "w"
"""The prefix of WordprocessingML in the files of Word and WPS; docxtpl knows no other."""


def report_kind_problems(content: bytes) -> list[PackProblem]:
    """Why a file is no Word document that reports can be printed with; empty for one that is."""
    if kind_of(content) is FileKind.COMPOUND:
        return [_no_document("an old or encrypted file (.doc, .wps)", "旧格式或加密的文件（.doc、.wps）")]
    try:
        package = word_package(unpacked(content))
        for name in package.parts:
            if name.endswith((".xml", ".rels")):
                parsed(package.parts[name])
        prefix = parsed(package.parts[package.main]).prefix
    except (PackageError, KeyError, DamagedXMLError) as error:
        why = error.chinese if isinstance(error, PackageError) else "文件已损坏"
        return [PackProblem(FILE, f"is no Word file that can be read: {error}", f"不是可读的Word文件：{why}")]
    if package.is_strict:
        return [_no_document("a Strict Open XML document", "“Strict Open XML 文档”")]
    if package.kind != MAIN:
        kind = package.kind.lower()
        return [_no_document(*next((words for sign, words in _KINDS.items() if sign in kind), _OTHER))]
    if prefix != _USUAL_PREFIX:
        return [
            _no_document(
                "a document that another program wrote in its own way", "其他程序以特殊写法生成的文档"
            )
        ]
    return []


def _no_document(english: str, chinese: str) -> PackProblem:
    return PackProblem(FILE, f"it is {english}; {_SAVE_ANEW}", f"它是{chinese}；{_SAVE_ANEW_ZH}")


def report_contents_problems(content: bytes) -> Iterator[PackProblem]:
    """What of a Word document's keeper would be published, and tags where none are filled in."""
    package = word_package(unpacked(content))
    yield from _of_the_keeper(package)
    written_anew = data_workbooks(content)
    yield from keeper_traces(FILE, {n: p for n, p in package.parts.items() if n not in written_anew})
    yield from _hidden_text(package)
    for name, part in package.parts.items():
        if name.endswith(".rels"):
            yield from _tags_in_targets(name, part)
        elif name.endswith((".xml", ".vml")) and name not in package.filled and not _is_unseen(name):
            yield from _unfilled_tags(name, part)


def _hidden_text(package: WordPackage) -> Iterator[PackProblem]:
    """The first hidden text of every part: what a keeper does not see, but whoever opens a report can show."""
    names = [name for name in package.parts if name.startswith("word/") and name.endswith(".xml")]
    styles_part = package.parts.get(_STYLES)
    hiding = styles_part is not None and MAY_BE_HIDDEN.search(styles_part) is not None
    styles = hiding_styles(parsed(styles_part) if styles_part and hiding else None)
    for name in [package.main, *(name for name in sorted(names) if name != package.main)]:
        part = package.parts[name]
        if _is_unseen(name) or not (styles or MAY_BE_HIDDEN.search(part)):
            continue
        root = parsed(part)
        accept_all(root)
        found = first_hidden(root, styles)
        if found is not None:
            element, words = found
            shown, shown_zh = (f": {words[:40]}", f"“{words[:40]}”") if words else ("", "")
            yield PackProblem(
                _place_in(root, element, package, name),
                f"holds hidden text, which is in every report and which anybody can show{shown}; delete it, or show it",
                f"含有隐藏文字{shown_zh}：它会留在每份报告里，谁都可以显示出来；请删除，或者取消隐藏",
                is_usable=True,
            )


def _of_the_keeper(package: WordPackage) -> Iterator[PackProblem]:
    """Tracked changes and comments: the first of each in every part, whether tags are filled in there or not."""
    for name in sorted(package.texts, key=lambda name: name != package.main):
        part = package.parts[name]
        if _is_unseen(name) or name in package.comments or not MAY_BE_KEPT.search(part):
            continue
        root = parsed(part)
        for mark, words in ((first_tracked(root), _CHANGES), (first_commented(root), _COMMENTS)):
            if mark is not None:
                yield PackProblem(_place_in(root, mark, package, name), *words, is_usable=True)


def _place_in(root: Element, element: Element, package: WordPackage, name: str) -> WordPlace:
    where = place_of_part(package, name)
    paragraph = next(element.iterancestors(f"{W}p"), None)
    return where if paragraph is None else paragraph_places(root, where)[paragraph]


def _is_unseen(name: str) -> bool:
    return any(part in name for part in _NOWHERE_SEEN)


def _unfilled_tags(name: str, part: bytes) -> Iterator[PackProblem]:
    """The first tag in a part of the package in which none is filled in: an endnote, a diagram, a chart."""
    if b"{" not in part and "｛".encode() not in part:
        return
    for found in islice(braced_texts(parsed(part, recover=name.endswith(".vml"))), 1):
        place = WordPlace(name.removeprefix("word/").removesuffix(".xml"))
        yield _unfilled(place, _shown(found))


def _shown(text: str) -> str:
    tag = _MARK.search(text)
    return tag.group()[:60] if tag else text.strip()[:60]


def _unfilled(place: str | WordPlace, shown: str) -> PackProblem:
    return PackProblem(
        place,
        f"{shown} would be printed as it stands: tags are filled in in the text, headers, footers and footnotes only",
        f"“{shown}”会原样出现在报告中：只有正文、页眉、页脚和脚注里的标签才会填写",
    )


def _tags_in_targets(name: str, part: bytes) -> Iterator[PackProblem]:
    """Tags in the addresses of links, in which Word writes braces as %7B and %7D."""
    for relationship in parsed(part).iterchildren(ELEMENT):
        target = unquote(relationship.get("Target", ""))
        if loose_brace(target):
            yield _unfilled(
                f"{FILE} a link in {posixpath.basename(name).removesuffix('.xml.rels')}", target[:60]
            )
