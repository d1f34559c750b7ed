"""Document properties: what a file says of itself, for people (title, author) and for programs (by name)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportfill.office.package import CONTENT_TYPES, ROOT_RELATIONSHIPS, target_of
from reportfill.office.xml import RELATIONSHIPS, Element, child, parsed, root_element, xml_bytes

CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"

_DC = "http://purl.org/dc/elements/1.1/"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format identifier that [MS-OSHARED] prescribes for custom properties."""

_NO_CUSTOM_PROPERTIES = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>'

_PARTS = (
    (
        CORE,
        "application/vnd.openxmlformats-package.core-properties+xml",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    ),
    (
        CUSTOM,
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        f"{RELATIONSHIPS}/custom-properties",
    ),
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself; `custom` by name."""

    title: str
    author: str
    custom: Mapping[str, str]


def with_places_for_properties(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A package's parts with content types and relationships for both property parts, which are left out: each
    document brings its own."""
    types, relationships = parsed(parts[CONTENT_TYPES]), parsed(parts[ROOT_RELATIONSHIPS])
    left_out = {CORE, CUSTOM}
    for name, content_type, relationship_type in _PARTS:
        left_out |= _drop_elsewhere(types, relationships, name, relationship_type)
        _declare(types, name, content_type)
        _relate(relationships, name, relationship_type)
    found = {name: content for name, content in parts.items() if name not in left_out}
    return found | {CONTENT_TYPES: xml_bytes(types), ROOT_RELATIONSHIPS: xml_bytes(relationships)}


def _drop_elsewhere(types: Element, relationships: Element, name: str, relationship_type: str) -> set[str]:
    """The parts elsewhere in the package that held these properties; nothing leads to them any more. Programs built on
    System.IO.Packaging put them under package/services/, and Word takes a second such part for damage."""
    elsewhere = set()
    for relationship in list(relationships):
        target = _target(relationship)
        if relationship.get("Type") == relationship_type and target != name:
            relationships.remove(relationship)
            elsewhere |= {target} - {""}
    for declaration in list(types):
        if declaration.get("PartName", "").lstrip("/") in elsewhere:
            types.remove(declaration)
    return elsewhere


def _target(relationship: Element) -> str:
    return target_of("", relationship.get("Target", ""))


def _declare(types: Element, name: str, content_type: str) -> None:
    if not any(element.get("PartName") == f"/{name}" for element in types):
        child(types, f"{{{_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": content_type})


def _relate(relationships: Element, name: str, relationship_type: str) -> None:
    if name not in {_target(element) for element in relationships}:
        used = {element.get("Id") for element in relationships}
        free = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
        related = {"Id": free, "Type": relationship_type, "Target": name}
        child(relationships, f"{{{_RELATIONSHIPS}}}Relationship", related)


def property_parts(properties: Properties) -> dict[str, bytes]:
    """The two property parts of one document."""
    core = root_element(f"{{{_CORE}}}coreProperties", {"cp": _CORE, "dc": _DC})
    child(core, f"{{{_DC}}}title", text=properties.title)
    child(core, f"{{{_DC}}}creator", text=properties.author)
    custom = parsed(_NO_CUSTOM_PROPERTIES)
    for number, (name, value) in enumerate(properties.custom.items(), 2):
        said = {"fmtid": _FORMAT_ID, "pid": str(number), "name": name}
        child(child(custom, f"{{{_CUSTOM}}}property", said), f"{{{_VALUES}}}lpwstr", text=value)
    return {CORE: xml_bytes(core), CUSTOM: xml_bytes(custom)}
