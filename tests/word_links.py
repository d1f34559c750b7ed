"""Word files that refer to what lies outside them, by each way that Word has."""

from __future__ import annotations

from io import BytesIO

import docx
from pictures import png

from reportfill.office.package import composed, parts_of

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKED = ("image", "oleObject", "attachedTemplate", "subDocument", "video")
"""Ways that are followed when the file is opened."""


def with_picture(picture: bytes) -> bytes:
    """A Word file with a picture in it."""
    document = docx.Document()
    document.add_paragraph("公开")
    document.add_picture(BytesIO(picture))
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def linking_to(target: str, kind: str = "image") -> bytes:
    """A Word file with a picture that is linked to and not in it, or another thing that is related so."""
    parts = parts_of(with_picture(png()))
    related, text = "word/_rels/document.xml.rels", "word/document.xml"
    outside = f'Target="{target}" TargetMode="External"'.encode()
    parts[related] = parts[related].replace(b'Target="media/image1.png"', outside)
    parts[related] = parts[related].replace(f"{_RELATED}/image".encode(), f"{_RELATED}/{kind}".encode())
    parts[text] = parts[text].replace(b"r:embed=", b"r:link=")
    return composed(parts)
