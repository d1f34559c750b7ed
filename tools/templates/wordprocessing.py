"""WordprocessingML as text: runs, paragraphs, tables, measures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TWIPS_PER_MILLIMETRE = 1440 / 25.4
# In millimetres; low enough for a page to hold the 28 rows of the longest table.
LEAST_ROW_HEIGHT = 6.0


def part(name: str, *content: str) -> str:
    """A whole XML part whose root is the element `name` of WordprocessingML."""
    namespaces = f'xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONSHIPS}"'
    return f"{DECLARATION}<w:{name} {namespaces}>{''.join(content)}</w:{name}>"


def twips(millimetres: float) -> int:
    """A length in twentieths of a point, Word's own unit."""
    return round(millimetres * TWIPS_PER_MILLIMETRE)


def run(text: str, style: str = "") -> str:
    """A run of text, with the character style `style` if any; a line feed breaks the line."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = (f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs in the paragraph style `style`, or in the default one, with properties of its own."""
    own = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    properties = f"<w:pPr>{own}</w:pPr>" if own else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def section_properties(
    width: float,
    height: float,
    margins: Mapping[str, float],
    *,
    headers: tuple[str, ...] = (),
    footers: tuple[str, ...] = (),
) -> str:
    """A section's paper and margins in millimetres, with the headers and footers of odd and even pages, by their
    relationships."""
    references = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{key}"/>'
        for kind, keys in (("header", headers), ("footer", footers))
        for pages, key in zip(("default", "even"), keys, strict=False)
    )
    sides = " ".join(f'w:{side}="{twips(margin)}"' for side, margin in margins.items())
    turned = ' w:orient="landscape"' if width > height else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/><w:pgMar {sides}/>'
        '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


def section_end(section: str) -> str:
    """The paragraph with which a section that is not the last one ends, given its properties. It takes no room."""
    line = '<w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>'
    return paragraph(properties=f'{line}<w:rPr><w:sz w:val="2"/></w:rPr>{section}')


@dataclass(frozen=True)
class Cell:
    """A table cell: `columns` wide; `rows` is "restart" or "continue" where it merges downwards."""

    text: str
    style: str
    columns: int = 1
    rows: str = ""
    fill: str = ""
    vertical: bool = False


@dataclass(frozen=True)
class Row:
    """A table row; a head row stands again at the top of every page."""

    cells: Sequence[Cell]
    head: bool = False


def table(style: str, widths: Iterable[float], rows: Iterable[Row]) -> str:
    """A table of fixed layout with a grid of columns `widths` mm wide."""
    grid = _grid(widths)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    )
    body = "".join(_row(row, grid) for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def _grid(widths: Iterable[float]) -> list[int]:
    """Column widths in twips, rounded at the edges of columns so that the whole width is kept."""
    edges = [twips(edge) for edge in accumulate(widths, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]


def _row(row: Row, grid: Sequence[int]) -> str:
    head = "<w:tblHeader/>" if row.head else ""
    properties = f'<w:cantSplit/><w:trHeight w:val="{twips(LEAST_ROW_HEIGHT)}" w:hRule="atLeast"/>{head}'
    cells, column = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(grid[column : column + cell.columns])))
        column += cell.columns
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    properties = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if cell.columns > 1:
        properties.append(f'<w:gridSpan w:val="{cell.columns}"/>')
    if cell.rows:
        properties.append(f'<w:vMerge w:val="{cell.rows}"/>')
    if cell.fill:
        properties.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>')
    if cell.vertical:
        properties.append('<w:textDirection w:val="tbRlV"/>')
    content = paragraph(*([run(cell.text)] if cell.text else []), style=cell.style)
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{content}</w:tc>"
