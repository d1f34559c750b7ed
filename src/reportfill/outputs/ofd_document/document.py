"""An OFD document (GB/T 33190-2016) of a PDF, with the same pages: texts stay texts, lines lines, pictures pictures."""

from __future__ import annotations

from hashlib import md5
from threading import Lock

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfPage

from reportfill.office.package import composed
from reportfill.office.word_faces import WordFaces
from reportfill.office.xml import Element, xml_bytes
from reportfill.outputs.ofd_document.page_content import POINT, PageContent, paper
from reportfill.outputs.ofd_document.parts import Resources, element, numbers, part, readable
from reportfill.version import __version__

_ONE_AT_A_TIME = Lock()
"""pdfium lets in one thread only."""


def ofd_document(pdf: bytes, faces: WordFaces) -> bytes:
    """The document, the same for equal pages and properties; no date is in it. `faces` are those of the Word file of
    which the PDF was made."""
    with _ONE_AT_A_TIME, PdfDocument(pdf) as source:
        resources, pages = Resources(), list(source)
        contents = [PageContent(page, resources).xml() for page in pages]
        parts = {"Document.xml": _document(source, pages, resources), **resources.parts(faces)}
        parts |= {f"Pages/Page_{number}/Content.xml": content for number, content in enumerate(contents)}
        entrance = _entrance(source, parts)
        return composed({"OFD.xml": entrance} | {f"Doc_0/{name}": content for name, content in parts.items()})


def _document(source: PdfDocument, pages: list[PdfPage], resources: Resources) -> bytes:
    root = part("Document")
    common = element(root, "CommonData")
    last = element(common, "MaxUnitID")
    element(element(common, "PageArea"), "PhysicalBox", paper(pages[0]))
    element(common, "PublicRes", "PublicRes.xml")
    element(common, "DocumentRes", "DocumentRes.xml")
    listed = element(root, "Pages")
    for number in range(len(pages)):
        element(listed, "Page", ID=resources.new_id(), BaseLoc=f"Pages/Page_{number}/Content.xml")
    _write_outlines(root, source, pages, [page.get("ID", "") for page in listed])
    last.text = str(resources.last_id)
    return xml_bytes(root)


def _write_outlines(root: Element, source: PdfDocument, pages: list[PdfPage], ids: list[str]) -> None:
    """Write the bookmarks of the PDF, one within the other."""
    above: list[Element] = []
    for bookmark in source.get_toc():
        target = bookmark.get_dest()
        if target and (number := target.get_index()) is not None:
            del above[bookmark.level + 1 :]
            above = above or [element(root, "Outlines")]
            heading = element(above[-1], "OutlineElem", Title=readable(bookmark.get_title()))
            action = element(element(heading, "Actions"), "Action", Event="CLICK")
            kind, view = target.get_view()
            top = pages[number].get_height() - view[1] if kind == pdfium.PDFDEST_VIEW_XYZ else 0
            where = {"PageID": ids[number], "Left": "0", "Top": numbers(top * POINT), "Zoom": "0"}
            element(element(action, "Goto"), "Dest", Type="XYZ", **where)
            above.append(heading)


def _entrance(source: PdfDocument, parts: dict[str, bytes]) -> bytes:
    root = part("OFD", Version="1.0", DocType="OFD")
    body = element(root, "DocBody")
    about = element(body, "DocInfo")
    digest = md5(b"".join(parts.values()), usedforsecurity=False).hexdigest()
    known = (digest, *map(source.get_metadata_value, ("Title", "Author")), "reportfill", __version__)
    for name, text in zip(("DocID", "Title", "Author", "Creator", "CreatorVersion"), known, strict=True):
        if text:
            element(about, name, readable(text))
    element(body, "DocRoot", "Doc_0/Document.xml")
    return xml_bytes(root)
