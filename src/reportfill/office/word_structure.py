"""Whether a Word file holds what Word refuses to open, or takes for damage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from reportfill.office.guard import PackageError, unpacked
from reportfill.office.package import CONTENT_TYPES, relationships_of, source_of, target_of
from reportfill.office.word_package import word_package
from reportfill.office.word_revisions import W
from reportfill.office.xml import ELEMENT, RELATIONSHIPS, DamagedXMLError, Element, local_name, parsed

_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BLOCKS_ONLY = tuple(W + name for name in ("body", "tbl", "tr", "tc", "p", "r", "hdr", "ftr", "sdtContent"))
"""The elements that hold other elements and no text of their own."""

_NEEDS = {
    f"{W}tbl": (f"{W}tr", "a table without a row"),
    f"{W}tr": (f"{W}tc", "a row without a cell"),
    f"{W}tc": (f"{W}p", "a cell without a paragraph"),
    f"{W}txbxContent": (f"{W}p", "a text box without a paragraph"),
}


def structure_faults(docx: bytes) -> list[str]:
    """What is wrong with a Word file, each with the part in which it is; empty for a sound one."""
    try:
        parts = unpacked(docx)
        package = word_package(parts)
    except (PackageError, KeyError, DamagedXMLError) as error:
        return [f"it cannot be read: {error}"]
    faults = [*_package_faults(parts, package.types)]
    for name in package.filled:
        try:
            root = parsed(parts[name])
        except DamagedXMLError as error:
            faults.append(f"{name}: it is not well-formed: {error.msg}")
            continue
        faults += [f"{name}: {fault}" for fault in _part_faults(root, _ids(parts, name))]
    return faults


def _package_faults(parts: Mapping[str, bytes], types: Mapping[str, str]) -> Iterator[str]:
    for name, kind in types.items():
        if not kind:
            yield f"{name}: no content type"
    for declared in parsed(parts[CONTENT_TYPES]).iterchildren(ELEMENT):
        part = declared.get("PartName", "").lstrip("/")
        if part and part not in parts:
            yield f"{CONTENT_TYPES}: it names a part that is missing: {part}"
    for name in (name for name in parts if name.endswith(".rels")):
        for relationship in parsed(parts[name]).iterchildren(ELEMENT):
            target = target_of(source_of(name) or "", relationship.get("Target", ""))
            if relationship.get("TargetMode") != "External" and target.split("#")[0] not in parts:
                yield f"{name}: it leads to a part that is missing: /{target}"


def _ids(parts: Mapping[str, bytes], name: str) -> frozenset[str]:
    """The ids of the relationships that a part has."""
    relationships = parts.get(relationships_of(name))
    if relationships is None:
        return frozenset()
    return frozenset(element.get("Id", "") for element in parsed(relationships).iterchildren(ELEMENT))


def _part_faults(root: Element, relationship_ids: frozenset[str]) -> Iterator[str]:
    yield from _missing_content(root)
    yield from _bare_text(root)
    for table in root.iter(f"{W}tbl"):
        for number, _ in unbegun_merges(table):
            yield f"row {number} of a table goes on with a merged cell that none above begins"
    for kind, attribute in ((_DRAWING_ID, "id"), (f"{W}bookmarkStart", f"{W}id")):
        for value, times in Counter(element.get(attribute) for element in root.iter(kind)).items():
            if times > 1:
                yield f"the id {value} of {local_name(kind)} stands {times} times"
    for element in root.iter(ELEMENT):
        for name, identifier in element.attrib.items():
            if (
                str(name).startswith(f"{{{RELATIONSHIPS}}}")
                and identifier
                and identifier not in relationship_ids
            ):
                yield f"{local_name(element)} refers to {identifier!s}, which leads nowhere"


def _missing_content(root: Element) -> Iterator[str]:
    for element in root.iter(*_NEEDS):
        needed, said = _NEEDS[str(element.tag)]
        if next(element.iter(needed), None) is None:
            yield said
        elif element.tag == f"{W}tc" and element[-1].tag == f"{W}tbl":
            yield "a cell that ends with a table, and not with a paragraph"


def _bare_text(root: Element) -> Iterator[str]:
    """Text where only elements may stand."""
    for element in root.iter(*_BLOCKS_ONLY):
        texts = [element.text, *(child.tail for child in element)]
        bare = " ".join(text.strip() for text in texts if text and text.strip())
        if bare:
            yield f"“{bare[:40]}” stands outside of any text"


def unbegun_merges(table: Element) -> Iterator[tuple[int, Element]]:
    """What makes cells of a table go on with a merge which none above begins, each with the number of its row."""
    if next(table.iter(f"{W}vMerge"), None) is None:
        return
    begun: set[int] = set()
    for number, row in enumerate(own_rows(table), 1):
        open_here: set[int] = set()
        for column, cell in cells_by_column(row):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                if merge.get(f"{W}val") != "restart" and column not in begun:
                    yield number, merge
                open_here.add(column)
        begun = open_here


def own_rows(table: Element) -> list[Element]:
    """The rows of a table itself, not of one nested in it."""
    rows = table.iter(f"{W}tr")
    return [row for row in rows if row.getparent() is table or next(row.iterancestors(f"{W}tbl")) is table]


def cells_by_column(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row, each with the column of the table's grid in which it begins."""
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in row.iter(f"{W}tc"):
        if cell.getparent() is row or next(cell.iterancestors(f"{W}tr")) is row:
            yield column, cell
            column += _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)


def _number(element: Element | None, otherwise: int) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdigit() else otherwise
