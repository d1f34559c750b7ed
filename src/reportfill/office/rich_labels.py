"""Cells of a workbook in which single words look otherwise than the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportfill.office.edited_package import EditedPackage
from reportfill.office.xml import ELEMENT, Element, local_name

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SEEN = ("b", "i", "strike", "u", "vertAlign", "color", "sz")
"""What people see of a font, apart from its name: Excel gives each script its own within one text."""

Look = frozenset[tuple[str, ...]]


def rich_cells(package: EditedPackage, sheets: Iterable[tuple[str, Element]]) -> dict[str, list[str]]:
    """The addresses of such cells by the name of their sheet."""
    workbook = package.related("", "officeDocument")[0]
    shared = [
        item
        for name in package.related(workbook, "sharedStrings")
        for item in package.read(name).iter(f"{_MAIN}si")
    ]
    fonts = _fonts_of_formats(package, workbook)
    found: dict[str, list[str]] = {}
    for sheet, root in sheets:
        for cell in root.iter(f"{_MAIN}c"):
            item = _text_of(cell, shared)
            runs = item.findall(f"{_MAIN}r") if item is not None else []
            if runs and _differs(runs, _font_of(cell, fonts)):
                found.setdefault(sheet, []).append(cell.get("r", ""))
    return found


def _text_of(cell: Element, shared: list[Element]) -> Element | None:
    if cell.get("t") == "inlineStr":
        return cell.find(f"{_MAIN}is")
    index = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s" and index.isdigit() and int(index) < len(shared):
        return shared[int(index)]
    return None


def _differs(runs: list[Element], of_cell: Look) -> bool:
    """Whether any words look otherwise than the cell's own font says."""
    words = [run for run in runs if (run.findtext(f"{_MAIN}t") or "").strip()]
    properties = [run.find(f"{_MAIN}rPr") for run in words]
    return any(p is not None and _look(p) != of_cell for p in properties)


def _look(font: Element) -> Look:
    return frozenset(_aspects(font))


def _aspects(font: Element) -> Iterator[tuple[str, ...]]:
    for element in font.iterchildren(ELEMENT):
        name = local_name(element)
        values = {str(key): str(value) for key, value in element.attrib.items()}
        if name not in _SEEN or values.get("val") in ("0", "false", "none", "baseline"):
            continue
        if name == "color" and (values.get("theme") == "1" or values.get("rgb") == "FF000000"):
            continue  # black, which a font without a colour has too
        yield (name, *(f"{key}={value}" for key, value in sorted(values.items()) if key != "indexed"))


def _fonts_of_formats(package: EditedPackage, workbook: str) -> list[Look]:
    """What the font of each cell format looks like, by the format's number."""
    for name in package.related(workbook, "styles"):
        root = package.read(name)
        fonts = [_look(font) for font in root.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
        formats = root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
        return [fonts[int(f.get("fontId", "0"))] for f in formats]
    return []


def _font_of(cell: Element, fonts: list[Look]) -> Look:
    number = int(cell.get("s", "0"))
    return fonts[number] if number < len(fonts) else frozenset()
