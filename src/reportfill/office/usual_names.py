"""The parts of a workbook under the names that every program gives them.

ECMA-376-2 lets a package name its parts as it likes: relationships lead from one to the next, upper and lower case are
the same (6.2.2.3), and characters may be percent-encoded. Readers look for xl/workbook.xml all the same.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from reportfill.office.package import CONTENT_TYPES, relationships_of, source_of, target_of

_USUAL_WORKBOOK, _USUAL_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_BINARY_RELATIONS = "xl/_rels/workbook.bin.rels"
_TARGET = re.compile(rb'Target="([^"]*)"')
_KNOWN = {kind: f"xl/{kind}" for kind in ("styles", "sharedStrings")}
_SHEETS = {
    "worksheet": "xl/worksheets/sheet",
    "chartsheet": "xl/chartsheets/sheet",
    "dialogsheet": "xl/dialogsheets/sheet",
    "xlMacrosheet": "xl/macrosheets/sheet",
    "xlIntlMacrosheet": "xl/macrosheets/intlsheet",
}
"""What parts that a workbook refers to are called, by the last word of the relationship's type."""

_OF_SHEETS = tuple(_SHEETS.values())


_MACRO_SHEET = re.compile(rb"http://schemas\.microsoft\.com/office/2006/relationships/xl(?:Intl)?Macrosheet")
_MACRO_SHEETS, _DIALOG_SHEETS = re.compile(rb"(?<=[\"'/])macrosheets(?=/)"), b"dialogsheets"
_DIALOG_SHEET = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/dialogsheet"


class _Relation(NamedTuple):
    """A relationship: its attributes, the last word of its type, and the part that it leads to, if it is one."""

    attributes: Mapping[str, str]
    kind: str
    part: str | None


def with_usual_names(parts: Mapping[str, bytes]) -> dict[str, bytes] | None:
    """The parts of an .xlsx or .xlsb under the usual names; None where they bear them, or where it is no workbook.
    Raises ParseError where relationships are no XML."""
    if _are_plainly_usual(parts):
        return None
    renaming = _Renaming(parts)
    return renaming.parts() if renaming.is_needed else None


def _are_plainly_usual(parts: Mapping[str, bytes]) -> bool:
    """Whether one look tells that every part is where readers look for it, or that it is another kind of package."""
    if "content.xml" in parts:
        return True
    relations = parts.get(_USUAL_RELATIONS)
    if relations is None or _USUAL_WORKBOOK not in parts:
        return False
    named = all(
        (f'/{kind}"'.encode() in relations) <= (f"{name}.xml" in parts) for kind, name in _KNOWN.items()
    )
    return named and all(
        (target[1:] if target.startswith("/") else f"xl/{target}") in parts
        for target in map(bytes.decode, _TARGET.findall(relations))
    )


def with_known_sheets(parts: Mapping[str, bytes]) -> dict[str, bytes] | None:
    """The parts of a workbook, its sheets of macros called sheets of dialogs, which calamine knows and which hold no
    cells either; None where it has none."""
    name = next((name for name in (_USUAL_RELATIONS, _BINARY_RELATIONS) if name in parts), "")
    relations = parts.get(name, b"")
    known = _MACRO_SHEETS.sub(_DIALOG_SHEETS, _MACRO_SHEET.sub(_DIALOG_SHEET, relations))
    return None if known == relations else {**parts, name: known}


class _Renaming:
    """The names of a workbook's parts as they are and as they should be."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._by_key = {_key(name): name for name in parts}
        self._names = self._new_names()

    @property
    def is_needed(self) -> bool:
        """Whether any part of the workbook has another name than it should have."""
        return any(old != new for old, new in self._names.items())

    def parts(self) -> dict[str, bytes]:
        """The parts under their new names, their relationships and content types with them."""
        renamed = {name: part for name, part in self._parts.items() if name not in self._names}
        renamed |= {new: self._parts[old] for old, new in self._names.items()}
        for name in self._parts:
            source = source_of(name)
            if source is not None:
                del renamed[self._new_name(name)]
                owner = self._by_key.get(_key(source), source)
                renamed[relationships_of(self._new_name(owner))] = self._relations_part(name, owner)
        types = self._by_key.get(_key(CONTENT_TYPES))
        if types is not None:
            renamed.pop(types)
            renamed[CONTENT_TYPES] = self._types_part(self._parts[types])
        return renamed

    def _new_names(self) -> dict[str, str]:
        """The new name of each part that readers look for by its name."""
        workbook = next((r.part for r in self._relations("") if r.kind == "officeDocument"), None)
        if workbook is None or not (workbook.lower().endswith(".bin") or b"sheets" in self._parts[workbook]):
            return {}
        suffix = posixpath.splitext(workbook)[1].lower()
        names = {workbook: f"xl/workbook{suffix}"}
        sheets = 0
        for relation in self._relations(workbook):
            if relation.part is None or relation.part in names:
                continue
            if relation.kind in _KNOWN:
                names[relation.part] = _KNOWN[relation.kind] + suffix
            elif relation.kind in _SHEETS:
                sheets += 1
                names[relation.part] = f"{_SHEETS[relation.kind]}{sheets}{suffix}"
        return names if self._differs(workbook, names) else {}

    def _differs(self, workbook: str, names: Mapping[str, str]) -> bool:
        """Whether a reader would miss a part. Sheets may have any name to which a relationship leads as written, in an
        .xlsb within the folder of their kind."""
        relations = [relation for relation in self._relations(workbook) if relation.part in names]
        targets = [relation.attributes.get("Target", "") for relation in relations]
        is_binary = workbook.lower().endswith(".bin")
        free = names if is_binary else {old for old, new in names.items() if new.startswith(_OF_SHEETS)}
        return (
            any(
                old != new
                for old, new in names.items()
                if old not in free or (is_binary and posixpath.dirname(old) != posixpath.dirname(new))
            )
            or any(
                target_of(workbook, target) != r.part for r, target in zip(relations, targets, strict=True)
            )
            or (is_binary and any(target.startswith("/") for target in targets))
        )

    def _relations(self, source: str) -> list[_Relation]:
        """The relationships of a part, or of the package."""
        part = self._by_key.get(_key(relationships_of(source)))
        root = ElementTree.fromstring(self._parts[part]) if part is not None else ()
        return [self._relation(source, element.attrib) for element in root]

    def _relation(self, source: str, attributes: Mapping[str, str]) -> _Relation:
        is_outside = attributes.get("TargetMode") == "External"
        target = target_of(source, attributes.get("Target", ""))
        kind = attributes.get("Type", "").rpartition("/")[2]
        return _Relation(attributes, kind, None if is_outside else self._by_key.get(_key(target)))

    def _new_name(self, part: str) -> str:
        return self._names.get(part, part)

    def _relations_part(self, name: str, owner: str) -> bytes:
        """The part with the relationships of a part, each leading to the new name of its part."""
        folder = posixpath.dirname(self._new_name(owner))
        root = ElementTree.fromstring(self._parts[name])
        for element, relation in zip(root, self._relations(owner), strict=True):
            if relation.part is not None:
                element.set("Target", posixpath.relpath(f"/{self._new_name(relation.part)}", f"/{folder}"))
        return _xml(root)

    def _types_part(self, part: bytes) -> bytes:
        """The content types, each for the new name."""
        root = ElementTree.fromstring(part)
        for element in root:
            named = self._by_key.get(_key(element.get("PartName", "").lstrip("/")))
            if named is not None:
                element.set("PartName", f"/{self._new_name(named)}")
        return _xml(root)


def _key(name: str) -> str:
    """What names have in common that are the same to a package."""
    return unquote(name).lower()


def _xml(root: ElementTree.Element) -> bytes:
    """A part with its one namespace as the default: of an .xlsb calamine knows no prefix."""
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written.replace(b"<ns0:", b"<").replace(b"</ns0:", b"</").replace(b"xmlns:ns0=", b"xmlns=")
