"""A report.docx as it may be published: changes accepted, and nothing that names its keeper.

What a keeper's Word puts into a file (tracked changes and comments with their authors, company and manager, the path of
the template it was made from) would otherwise stand in every agency's report.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache

from reportfill.office.package import CONTENT_TYPES, composed, parts_of, source_of, target_of
from reportfill.office.properties import CORE
from reportfill.office.word_package import WordPackage, word_package
from reportfill.office.word_revisions import MAY_BE_KEPT, W, accept_all
from reportfill.office.xml import ELEMENT, DamagedXMLError, Element, local_name, parsed, xml_bytes

_APP = "docProps/app.xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_OF_THE_KEEPER = ("Company", "Manager", "HyperlinkBase", "Template")
_COMMENT_PARTS = re.compile(r"word/(?:comments[A-Za-z]*|people)\.xml")
_MARKS = re.compile(MAY_BE_KEPT.pattern + rb"|<(?:[\w.-]+:)?(?:attachedTemplate|trackRevisions)\b")
_SETTINGS = ("attachedTemplate", "trackRevisions")
_CORE_OF_PACKAGING = ".psmdcp"
"""How the properties are called in the packages of programs that are built on System.IO.Packaging."""

_EMPTY_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


@lru_cache(maxsize=4)
def cleaned_template(template: bytes) -> bytes:
    """The same template without tracked changes, comments and what names its keeper. One that is no package comes
    back as it is, for whoever opens it to say so."""
    try:
        return _published(parts_of(template))
    except (zipfile.BadZipFile, zlib.error, KeyError, DamagedXMLError):
        return template


def _published(parts: Mapping[str, bytes]) -> bytes:
    package = word_package(parts)
    left_out = {name for name in parts if _COMMENT_PARTS.fullmatch(name)} | set(package.comments)
    kept = {name: _cleaned(name, package) for name in parts if name not in left_out}
    for name in [name for name in kept if name.endswith(".rels")]:
        kept[name] = _without_relationships(name, kept[name], left_out)
    kept[CONTENT_TYPES] = _without(
        kept[CONTENT_TYPES], lambda declaration: declaration.get("PartName", "").lstrip("/") in left_out
    )
    return composed(kept, level=0)


def _cleaned(name: str, package: WordPackage) -> bytes:
    """A part as it may be published."""
    part, kind = package.parts[name], package.types.get(name)
    if kind == _CORE_TYPE or name == CORE or name.endswith(_CORE_OF_PACKAGING):
        return _EMPTY_CORE  # each report brings its own, and docxtpl would fill in tags there
    if kind == _APP_TYPE or name == _APP:
        return _without(part, lambda element: local_name(element) in _OF_THE_KEEPER)
    if name in package.texts and _MARKS.search(part):
        root = parsed(part)
        accept_all(root)
        for element in [e for e in root if e.tag in (W + setting for setting in _SETTINGS)]:
            root.remove(element)
        return xml_bytes(root)
    return part


def _without(part: bytes, is_unwanted: Callable[[Element], bool]) -> bytes:
    """A part without some of what stands directly in its root."""
    root = parsed(part)
    for element in [e for e in root.iterchildren(ELEMENT) if is_unwanted(e)]:
        root.remove(element)
    return xml_bytes(root)


def _without_relationships(name: str, part: bytes, left_out: set[str]) -> bytes:
    """A part's relationships without those to what is left out, and without the path of the keeper's own template."""

    def is_unwanted(relationship: Element) -> bool:
        target = target_of(source_of(name) or "", relationship.get("Target", ""))
        return target in left_out or relationship.get("Type", "").endswith("/attachedTemplate")

    return _without(part, is_unwanted)
