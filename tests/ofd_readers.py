"""OFD documents read by programs that others wrote: ofdkit reads their texts, easyofd draws their pages.

easyofd draws all texts in one face, none of them turned, and pictures in their whole frames; what it draws is a PDF.
"""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import ofdkit
from PIL import Image
from pypdfium2 import PdfDocument

DRAWING = """
import sys
from pathlib import Path
from loguru import logger
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from easyofd.ofd import OFD

logger.remove()
pdfmetrics.registerFont(TTFont("宋体", sys.argv[1]))
document = OFD()
document.read(sys.argv[2], fmt="path")
Path(sys.argv[3]).write_bytes(document.to_pdf())
"""
DRAWN_LARGER = 200 / 72
SONG = "/usr/share/fonts/truetype/arphic/uming.ttc"


def opened(ofd: bytes) -> ofdkit.OFDDocument:
    """A document as ofdkit understands it."""
    return ofdkit.OFDDocument(BytesIO(ofd))


def drawn(ofd: bytes, folder: Path) -> bytes:
    """The pages of a document as easyofd draws them: a PDF, larger by DRAWN_LARGER."""
    source, target = folder / "drawn.ofd", folder / "drawn.pdf"
    source.write_bytes(ofd)
    command = [sys.executable, "-W", "ignore", "-X", "utf8", "-c", DRAWING, SONG, str(source), str(target)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=120)
    return target.read_bytes()


def pages_of(pdf: bytes, larger: float = 1) -> list[Image.Image]:
    """The pages of a PDF that is larger by a factor as grey pictures of one size: a pixel for each point."""
    with PdfDocument(pdf) as document:
        return [page.render(scale=1 / larger).to_pil().convert("L") for page in document]
