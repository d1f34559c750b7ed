"""A section with pages turned to their side, for a table that is too wide for the others (GB/T 9704-2012, clause 8).

Its page number stands where it does on the other pages once the page is turned: left of the type area, read from top to
bottom, at the lower end on odd pages and at the upper end on even ones. It stands in a frame of the header.
"""

from .report_package import WORD_TYPE, Part, page_number
from .report_styles import FOOTER
from .wordprocessing import paragraph, part, section_properties, twips

ODD_HEADER, EVEN_HEADER, NO_HEADER, NO_FOOTER = "rIdOddTurned", "rIdEvenTurned", "rIdNoHeader", "rIdNoFooter"

WIDTH, HEIGHT = 297.0, 210.0
TOP, RIGHT, BOTTOM, LEFT = 28.0, 37.0, 26.0, 35.0
TABLE_WIDTH = WIDTH - LEFT - RIGHT

# In millimetres: a character of the page number, how far from the type area it stands, and how long it may become.
CHARACTER, DISTANCE, LENGTH = 14 * 25.4 / 72, 7.0, 40.0


def landscape_parts() -> tuple[Part, ...]:
    """The headers of such a section, and what has neither header nor footer, for this section and the next one."""
    odd = _turned_number(HEIGHT - BOTTOM - CHARACTER - LENGTH, "right")
    even = _turned_number(TOP + CHARACTER, "left")
    blank = paragraph(style="Header")
    return (
        _part(ODD_HEADER, "header", "header-odd-turned", odd + blank),
        _part(EVEN_HEADER, "header", "header-even-turned", even + blank),
        _part(NO_HEADER, "header", "header-none", blank),
        _part(NO_FOOTER, "footer", "footer-none", blank),
    )


def _part(key: str, kind: str, name: str, content: str) -> Part:
    root = {"header": "hdr", "footer": "ftr"}[kind]
    return Part(key, kind, f"{name}.xml", f"{WORD_TYPE}.{kind}+xml", part(root, content).encode())


def _turned_number(top: float, alignment: str) -> str:
    """A page number in a frame. LibreOffice takes no frame from a style."""
    frame = (
        f'<w:framePr w:w="{twips(CHARACTER)}" w:h="{twips(LENGTH)}" w:hRule="exact" w:wrap="around" w:hAnchor="page"'
        f' w:vAnchor="page" w:x="{twips(LEFT - DISTANCE - CHARACTER)}" w:y="{twips(top)}"/>'
    )
    indents = ("left", "leftChars", "right", "rightChars", "firstLine", "firstLineChars")
    none = " ".join(f'w:{indent}="0"' for indent in indents)
    return page_number(
        FOOTER, f'{frame}<w:ind {none}/><w:jc w:val="{alignment}"/><w:textDirection w:val="tbRl"/>'
    )


def landscape_section() -> str:
    """The properties of the section: A4 on its side, with the type area of GB/T 9704 turned."""
    margins = {
        "top": TOP,
        "right": RIGHT,
        "bottom": BOTTOM,
        "left": LEFT,
        "header": 15,
        "footer": 15,
        "gutter": 0,
    }
    return section_properties(
        WIDTH, HEIGHT, margins, headers=(ODD_HEADER, EVEN_HEADER), footers=(NO_FOOTER, NO_FOOTER)
    )
