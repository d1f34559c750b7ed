"""The theme of the Word package (ECMA-376-1, 20.1.6): Word asks for one, though no style of the report refers to it."""

from .wordprocessing import DECLARATION

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAME = "reportfill"

# Name of the colour in the scheme, and its value; text and background follow the system.
SYSTEM_COLOURS = (("dk1", "windowText", "000000"), ("lt1", "window", "FFFFFF"))
COLOURS = (
    ("dk2", "44546A"),
    ("lt2", "E7E6E6"),
    ("accent1", "C6D9F1"),
    ("accent2", "ED7D31"),
    ("accent3", "A5A5A5"),
    ("accent4", "FFC000"),
    ("accent5", "4472C4"),
    ("accent6", "70AD47"),
    ("hlink", "0563C1"),
    ("folHlink", "954F72"),
)


def theme_part() -> str:
    """word/theme/theme1.xml: plain colours and lines, Western letters in Times New Roman, Chinese ones in 宋体."""
    return (
        f'{DECLARATION}<a:theme xmlns:a="{DRAWING}" name="{NAME}"><a:themeElements>'
        f"{_colours()}{_fonts()}{_formats()}</a:themeElements></a:theme>"
    )


def _colours() -> str:
    system = (
        f'<a:{name}><a:sysClr val="{value}" lastClr="{last}"/></a:{name}>'
        for name, value, last in SYSTEM_COLOURS
    )
    fixed = (f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS)
    return f'<a:clrScheme name="{NAME}">{"".join((*system, *fixed))}</a:clrScheme>'


def _fonts() -> str:
    faces = '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/><a:cs typeface=""/>'
    return (
        f'<a:fontScheme name="{NAME}"><a:majorFont>{faces}</a:majorFont>'
        f"<a:minorFont>{faces}</a:minorFont></a:fontScheme>"
    )


def _formats() -> str:
    """A scheme has at least three fills, lines, effects and backgrounds: subtle, moderate, intense."""
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:fmtScheme name="{NAME}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
    )
