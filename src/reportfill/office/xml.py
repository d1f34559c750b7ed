"""XML as the parts of Office files have it: the one place that parses it, makes elements and writes them.

A part is parsed without resolving entities and without touching the network; `guard` has refused those that declare
any. Elsewhere elements are walked and changed through their own methods.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Element = etree._Element
ELEMENT = etree.Element
"""What `iter` and `iterchildren` are given to pass over comments and processing instructions."""

INSTRUCTION = etree.ProcessingInstruction
"""What `iter` is given to find nothing but processing instructions."""

XPath = etree.XPath
"""An expression that finds elements, prepared once."""

DamagedXMLError = etree.XMLSyntaxError
"""A part that is no XML."""

FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML 1.0 does not allow, so that no Word file can hold them."""

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
S = f"{{{SPREADSHEET}}}"
"""The namespace of SpreadsheetML, and how the names of its elements begin."""

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""How the types of relationships begin (ECMA-376-1, annex A), and the namespace of the attributes that name one."""

RELATIONSHIP_ID = f"{{{RELATIONSHIPS}}}id"

# Else what is written would depend on whether openpyxl, which says so too, has been imported.
etree.register_namespace("r", RELATIONSHIPS)

_XMLNS = re.compile(r"<([\w.:-]+)")


def parsed(part: bytes | str, *, recover: bool = False) -> Element:
    """The root element of a part; one that is damaged is mended as far as possible where `recover` says so. Raises
    DamagedXMLError where there is none."""
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, recover=recover))
    return root if root is not None else etree.fromstring(b"")  # which raises


def made(xml: str, namespace: str) -> Element:
    """The element of a piece of XML that names no namespace, in that one."""
    return etree.fromstring(_XMLNS.sub(rf'<\1 xmlns="{namespace}"', xml, count=1))


def root_element(tag: str, namespaces: Mapping[str, str]) -> Element:
    """A new root element that declares these namespaces by their prefix."""
    return etree.Element(tag, nsmap=dict(namespaces))


def child(
    parent: Element, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None
) -> Element:
    """A new element behind the others within one."""
    element = etree.SubElement(parent, tag, dict(attributes or {}))
    element.text = text
    return element


def instruction(target: str, text: str = "") -> Element:
    """A processing instruction, which may hold the place of something."""
    return etree.ProcessingInstruction(target, text)


def local_name(named: Element | str) -> str:
    """The name of an element, or one with a namespace, without that."""
    return (named if isinstance(named, str) else str(named.tag)).rpartition("}")[2]


def xml_bytes(root: Element) -> bytes:
    """An XML part as Word writes it: UTF-8 with a declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def unprefixed(root: Element) -> bytes:
    """The same, the root's own namespace without a prefix, so that elements without one may be put in."""
    part, prefix = xml_bytes(root), (root.prefix or "").encode()
    if not prefix:
        return part
    bare = re.sub(rb"(</?)" + re.escape(prefix) + b":", rb"\1", part)
    return bare.replace(b"xmlns:" + prefix + b"=", b"xmlns=", 1)


def around(root: Element, element: Element) -> tuple[str, str]:
    """What the XML of a part is before one of its own elements, which is taken out, and behind it."""
    root.replace(element, etree.Comment("here"))
    before, _, behind = etree.tostring(root).decode().partition("<!--here-->")
    return before, behind


def canonical(element: Element) -> bytes:
    """An element as XML that is the same for the same elements, and may stand within others of its namespace."""
    return etree.tostring(element, method="c14n", exclusive=True)


def in_order(parent: Element, tag: str, order: Sequence[str]) -> Element:
    """The element of that tag within one whose children have an order, given by their local names: the one that is
    there, or a new one in its place."""
    found = parent.find(tag)
    if found is None:
        found = parent.makeelement(tag)
        behind = order[order.index(local_name(found)) + 1 :]
        following = next(
            (other for other in parent.iterchildren(ELEMENT) if local_name(other) in behind), None
        )
        if following is None:
            parent.append(found)
        else:
            following.addprevious(found)
    return found
