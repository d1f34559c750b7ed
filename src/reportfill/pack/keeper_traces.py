"""What a template would tell of its keeper, or fetch from outside, wherever what is made of it goes.

Authors, companies, printers and the like are taken out by the tool itself; left is what the content holds.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from reportfill.office.xml import ELEMENT, DamagedXMLError, Element, local_name, parsed
from reportfill.pack.problems import PackProblem
from reportfill.text import cut

_LINKED = {
    "image": ("a linked picture", "链接的图片"),
    "hyperlink": ("a link to a file", "指向文件的链接"),
    "externalLinkPath": ("a reference to another workbook", "对其他Excel文件的引用"),
}
"""By the end of a relationship's type."""

_OUTSIDE = ("a link to outside", "指向外部的链接")
_A_PATH = ("a path (in a code, or a picture's alternative text)", "路径（写在代码或图片的“替换文字”里）")
_A_NAME = ("the name of a person or an account", "个人或账号的名称")
_EMBEDDED = ("an embedded file with its author", "嵌入的文件（连同其作者）")

_PATH = re.compile(r"file:/|\b[a-z]:\\+[^\\]+\\|\\\\[\w.$-]+\\+\w", re.IGNORECASE)
_WORTH_A_LOOK = re.compile(
    rb"[\\\0]|&#|file:/|External|\b(?:refreshedBy|user|securityDescriptor|ed)\s*=", re.IGNORECASE
)
"""What a part has in it that may hold any of this: a path, something outside or such an attribute; a character written
as a number, or text in another encoding than that of nearly all."""

_MEANT = ("http:", "https:", "mailto:")
"""How the addresses of links begin that readers are meant to follow."""

_NAMES = frozenset(("refreshedBy", "user", "securityDescriptor", "ed"))
"""Attributes of pivot tables, scenarios and of areas that certain people may change."""

_CODES = frozenset(("instrText", "f", "definedName"))
"""Elements whose text is worked out, and not read."""


def keeper_traces(file: str, parts: Mapping[str, bytes]) -> Iterator[PackProblem]:
    """What the parts of a template carry: of each part one thing of each kind."""
    for name, part in sorted(parts.items()):
        if name.startswith("docProps/") or "comments" in name:
            continue  # which no report has, and a form without their author
        place = f"{file} {name.removesuffix('.rels').replace('_rels/', '')}"
        for (english, chinese), shown in dict(_traces(name, part)).items():
            yield PackProblem(
                place,
                f"{english} goes to everybody: {cut(shown, 80)}; take it out, or insert a picture of what it shows",
                f"{chinese}会随报告或填报表传出去：{cut(shown, 80)}；请删去，或者插入图片本身",
                is_usable=True,
            )


def _traces(name: str, part: bytes) -> Iterator[tuple[tuple[str, str], str]]:
    """What a part carries, each with the words for its kind."""
    if "/embeddings/" in name:
        yield _EMBEDDED, posixpath.basename(name)
    elif name.endswith((".xml", ".rels", ".vml")) and _WORTH_A_LOOK.search(part):
        try:
            root = parsed(part, recover=name.endswith(".vml"))
        except DamagedXMLError:
            return
        for element in root.iter(ELEMENT):
            yield from _linked(element) if element.get("TargetMode") == "External" else _written(element)


def _linked(relationship: Element) -> Iterator[tuple[tuple[str, str], str]]:
    kind, target = relationship.get("Type", "").rpartition("/")[2], relationship.get("Target", "")
    if kind != "attachedTemplate" and not (kind == "hyperlink" and target.startswith(_MEANT)):
        yield _LINKED.get(kind, _OUTSIDE), target


def _written(element: Element) -> Iterator[tuple[tuple[str, str], str]]:
    for name, value in element.attrib.items():
        if _PATH.search(str(value)):
            yield _A_PATH, str(value)
        elif value and local_name(str(name)) in _NAMES:
            yield _A_NAME, str(value)
    text = element.text
    if text and local_name(element) in _CODES and _PATH.search(text):
        yield _A_PATH, text
