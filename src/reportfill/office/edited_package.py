"""A package that is changed part by part: whatever is not touched stays as it came, byte for byte."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from itertools import count

from reportfill.office.package import CONTENT_TYPES, relationships_of, target_of
from reportfill.office.xml import RELATIONSHIPS, DamagedXMLError, Element, S, child, parsed, xml_bytes

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_RELATIONSHIPS = f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()

ROOT = ""
"""The source of the relationships of the package itself."""


class UnusualPackageError(Exception):
    """A package that lacks a part which programs always write, or has it in a way that they never do."""


def own_element(parent: Element, name: str) -> Element:
    """The first element of this name and SpreadsheetML's within one. Raises UnusualPackageError where there is none."""
    found = parent.find(f"{S}{name}")
    if found is None:
        raise UnusualPackageError(name)
    return found


class EditedPackage:
    """The parts of a package, parsed when they are asked for; part names have no slash in front.

    Every method that looks a part up raises UnusualPackageError where it is missing or no XML.
    """

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = dict(parts)
        self._roots: dict[str, Element] = {}
        self._changed: set[str] = set()
        self._leave_out_what_nothing_leads_to()

    def read(self, name: str) -> Element:
        """The root element of a part; what is changed in it is saved only if somebody calls `edit` as well."""
        if name not in self._roots:
            self._roots[name] = _parsed(name, self._parts.get(name, b""))
        return self._roots[name]

    def edit(self, name: str) -> Element:
        """The root element of a part that is about to be changed."""
        self._changed.add(name)
        return self.read(name)

    def add(self, name: str, content_type: str, content: bytes) -> None:
        """Put a part in. One that is no .xml is declared by its extension, as Excel does with drawings."""
        self._parts[name] = content
        types, extension = self.edit(CONTENT_TYPES), posixpath.splitext(name)[1].lstrip(".")
        if extension == "xml":
            child(types, f"{_TYPES}Override", {"PartName": f"/{name}", "ContentType": content_type})
        elif extension not in {element.get("Extension", "").lower() for element in types}:
            types.insert(0, types.makeelement(f"{_TYPES}Default"))
            types[0].set("Extension", extension)
            types[0].set("ContentType", content_type)

    def set_type(self, name: str, content_type: str) -> None:
        """Declare that a part is of another type than it was."""
        for declared in self.read(CONTENT_TYPES):
            if declared.get("PartName", "").lower() == f"/{name}".lower():
                if declared.get("ContentType") != content_type:
                    self.edit(CONTENT_TYPES)
                    declared.set("ContentType", content_type)
                return
        raise UnusualPackageError(name)

    def free_name(self, pattern: str) -> str:
        """The first name that no part has, of a pattern that takes a number: xl/worksheets/sheet{}.xml."""
        taken = {name.lower() for name in self._parts}
        return next(name for number in count(1) if (name := pattern.format(number)).lower() not in taken)

    def related(self, source: str, kind: str) -> list[str]:
        """The parts to which a part is related in some way, given as the end of the relationship's type: "styles"."""
        return [
            _target(source, relationship)
            for relationship in self._relationships(source)
            if relationship.get("Type", "").rpartition("/")[2] == kind and _target(source, relationship)
        ]

    def target(self, source: str, identifier: str | None) -> str:
        """The part to which a relationship of a part leads."""
        for relationship in self._relationships(source):
            if relationship.get("Id") == identifier:
                return _target(source, relationship)
        raise UnusualPackageError(source)

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate a part to another one; gives the relationship's id."""
        relationships = self._relationships_to_edit(source)
        used = {relationship.get("Id") for relationship in relationships}
        free = next(f"rId{number}" for number in count(1) if f"rId{number}" not in used)
        related = {"Id": free, "Type": f"{RELATIONSHIPS}/{kind}", "Target": f"/{target}"}
        child(relationships, f"{{{_RELATIONSHIPS}}}Relationship", related)
        return free

    def keep_relationships(self, kinds: Collection[str]) -> None:
        """Keep no other relationships than of these kinds, given as the ends of their types, and no part to which
        others led."""
        for name in [name for name in self._parts if name.endswith(".rels")]:
            for relationship in list(self.read(name)):
                if relationship.get("Type", "").rpartition("/")[2] not in kinds:
                    self.edit(name).remove(relationship)
        self._leave_out_what_nothing_leads_to()

    def unrelate(self, source: str, target: str) -> None:
        """End the relationships of a part to another one, which goes, with all to which it led, unless something else
        still leads there."""
        relationships = self._relationships_to_edit(source)
        for relationship in list(relationships):
            if _target(source, relationship) == target:
                relationships.remove(relationship)
        self._leave_out_what_nothing_leads_to()

    def parts(self) -> dict[str, bytes]:
        """All parts as they are now."""
        changed = {name: xml_bytes(self._roots[name]) for name in self._changed}
        return {name: changed.get(name, content) for name, content in self._parts.items()}

    def _leave_out_what_nothing_leads_to(self) -> None:
        reached: set[str] = set()
        found = {ROOT}
        while found:
            reached |= found
            found = {
                _target(source, one) for source in found for one in self._relationships(source)
            } - reached
        sources = {source for source in reached if any(True for _ in self._relationships(source))}
        kept = {CONTENT_TYPES} | reached | set(map(relationships_of, sources))
        for name in set(self._parts) - kept:
            del self._parts[name]
            self._changed.discard(name)
            self._roots.pop(name, None)
        names = {f"/{name}".lower() for name in self._parts}
        for declared in list(self.read(CONTENT_TYPES)):
            if declared.get("PartName", "/").lower() not in {"/"} | names:
                self.edit(CONTENT_TYPES).remove(declared)

    def _relationships(self, source: str) -> Iterator[Element]:
        name = relationships_of(source)
        return iter(self.read(name)) if name in self._parts else iter(())

    def _relationships_to_edit(self, source: str) -> Element:
        name = relationships_of(source)
        if name not in self._parts:
            self._parts[name] = _NO_RELATIONSHIPS
        return self.edit(name)


def _parsed(name: str, part: bytes) -> Element:
    try:
        # Excel leaves some elements open in the texts of shapes (<br>).
        return parsed(part, recover=name.lower().endswith(".vml"))
    except DamagedXMLError as error:
        raise UnusualPackageError(name) from error


def _target(source: str, relationship: Element) -> str:
    is_outside = relationship.get("TargetMode") == "External"
    return "" if is_outside else target_of(source, relationship.get("Target", ""))
