"""Tables and cells that come out without what Word asks of them, where a loop or condition printed nothing.

Word refuses a cell without a paragraph at its end, a row without a cell and a table without a row
(ISO/IEC 29500-1, 17.4.65, 17.4.78 and 17.4.37), and shows nothing in a cell that goes
on with a merge which none begins.
"""

from __future__ import annotations

from reportfill.office.word_revisions import W
from reportfill.office.word_structure import unbegun_merges
from reportfill.office.xml import Element, child, local_name, parsed, xml_bytes
from reportfill.report.broken_xml import is_always_there, statements_in
from reportfill.text import word_list

_CELL, _ROW, _TABLE, _PARAGRAPH = f"{W}tc", f"{W}tr", f"{W}tbl", f"{W}p"
_NEED_A_PARAGRAPH = tuple(W + name for name in ("tc", "txbxContent", "hdr", "ftr", "footnote"))
_NEED_SOMETHING = (_TABLE, _ROW, *_NEED_A_PARAGRAPH, f"{W}sdtContent", f"{W}sdt")
"""What must not come out without a row, a cell, a paragraph in it."""

_OF_A_CELL = word_list(
    """
    cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
    """
)
"""The properties of a cell in their prescribed order (17.4.69); docxtpl 0.20.2 puts what {% cellbg %} and {% colspan %}
say before all of them."""


def _rank(element: Element) -> int:
    name = local_name(element)
    return _OF_A_CELL.index(name) if name in _OF_A_CELL else len(_OF_A_CELL)


def may_need_repair(source: str) -> bool:
    """Whether a part, as the template that docxtpl makes of it, may come out so: a loop or condition stands among the
    rows of a table, the cells of a row, or the paragraphs of a cell. Where that cannot be told, it may."""
    statements = statements_in(source)
    if statements is None:
        return True
    parents = {parent for statement in statements if (parent := statement.getparent()) is not None}
    return any(parent.tag in _NEED_SOMETHING and not _stays_whole(parent) for parent in parents)


def _stays_whole(holder: Element) -> bool:
    """Whether a table has a row whatever is printed, and no merged cells that lose their first one."""
    has_merges = next(holder.iter(f"{W}vMerge"), None) is not None
    return holder.tag == _TABLE and not has_merges and any(map(is_always_there, holder.iterchildren(_ROW)))


def repaired(part: bytes) -> bytes:
    """A part in which every cell ends with a paragraph and every merge begins somewhere, without empty rows and
    tables. Raises DamagedXMLError for what is no XML."""
    root = parsed(part)
    for table in reversed(list(root.iter(_TABLE))):  # the innermost first
        for row in [r for r in table.iter(_ROW) if next(r.iter(_CELL), None) is None]:
            _remove(row)
        if next(table.iter(_ROW), None) is None:
            _remove(table)
        else:
            for _, merge in unbegun_merges(table):
                merge.set(f"{W}val", "restart")
    for properties in root.iter(f"{W}tcPr"):
        ranks = [_rank(element) for element in properties]
        if ranks != sorted(ranks):
            properties[:] = sorted(properties, key=_rank)
    for holder in root.iter(*_NEED_A_PARAGRAPH):
        if len(holder) == 0 or holder[-1].tag not in (_PARAGRAPH, f"{W}sdt", f"{W}customXml"):
            child(holder, _PARAGRAPH)
    return xml_bytes(root)


def _remove(element: Element) -> None:
    """Take an element away, and the content control around it that then holds nothing."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag == f"{W}sdtContent" and len(parent) == 0:
        control = parent.getparent()
        if control is not None:
            _remove(control)
