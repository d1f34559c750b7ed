"""A picture in a Word file whose place another one takes (ECMA-376-1, 20.2 and 20.4): it fits into the frame of the
first one, and stands upright."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportfill.office.pictures import Picture
from reportfill.office.xml import RELATIONSHIPS, Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WP14 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_EMBEDDED, _LINKED = f"{{{RELATIONSHIPS}}}embed", f"{{{RELATIONSHIPS}}}link"

_PIXEL = 9525
"""English Metric Units."""

_QUARTER = 5_400_000
"""A quarter of a turn, in sixtythousandths of a degree."""

_TURNS = {3: 2, 4: 2, 5: 3, 6: 1, 7: 1, 8: 3}
_MIRRORED = (2, 4, 5, 7)
"""How a picture is turned, in quarters to the right, and which are mirrored first, by the orientations of Exif."""


class Frame(NamedTuple):
    """The place of a picture: how wide and high it may be, in English Metric Units."""

    width: int
    height: int


def picture_in(properties: Element) -> Element | None:
    """The picture that a drawing shows, given the element with its alternative text; None where it shows another
    thing, or one of a file elsewhere."""
    drawing = properties.getparent()
    if drawing is None:
        return None
    picture = drawing.find(f"{_A}graphic/{_A}graphicData/{_PIC}pic")
    blip = None if picture is None else picture.find(f"{_PIC}blipFill/{_A}blip")
    return None if blip is None or not blip.get(_EMBEDDED) else picture


def made_a_frame(properties: Element, picture: Element, said: str, relationship: str) -> tuple[Frame, str]:
    """The frame of a picture, in whose place the attributes now are tags of `said`, such as {{ said.width }}; and the
    relationship that the picture had."""
    drawing = properties.getparent()
    assert drawing is not None
    extent, effect = drawing.find(f"{_WP}extent"), drawing.find(f"{_WP}effectExtent")
    assert extent is not None
    frame = Frame(int(extent.get("cx", "0")), int(extent.get("cy", "0")))
    if effect is None:
        effect = extent.makeelement(f"{_WP}effectExtent")
        extent.addnext(effect)
    for relative in [*drawing.iterchildren(f"{_WP14}sizeRelH", f"{_WP14}sizeRelV")]:
        drawing.remove(relative)
    fill = picture.find(f"{_PIC}blipFill")
    shape = picture.find(f"{_PIC}spPr")
    assert fill is not None
    assert shape is not None
    form = shape.find(f"{_A}xfrm")
    if form is None:
        form = shape.makeelement(f"{_A}xfrm")
        shape.insert(0, form)
    for part in list(form):
        form.remove(part)
    corner, size = form.makeelement(f"{_A}off", {"x": "0", "y": "0"}), form.makeelement(f"{_A}ext")
    form.extend((corner, size))
    for element in (extent, size):
        element.set("cx", f"{{{{ {said}.width }}}}")
        element.set("cy", f"{{{{ {said}.height }}}}")
    form.set("rot", f"{{{{ {said}.turned }}}}")
    form.set("flipH", f"{{{{ {said}.mirrored }}}}")
    for sides, name in (("lr", "beside"), ("tb", "above")):
        for side in sides:
            effect.set(side, f"{{{{ {said}.{name} }}}}")
    return frame, _with_other_content(fill, relationship)


def _with_other_content(fill: Element, relationship: str) -> str:
    """Let a picture show what another relationship leads to, whole; gives the one that it had."""
    blip = fill.find(f"{_A}blip")
    assert blip is not None
    former = blip.get(_EMBEDDED, "")
    blip.set(_EMBEDDED, relationship)
    blip.attrib.pop(_LINKED, "")
    for extension in [*blip.iterchildren(f"{_A}extLst")]:
        blip.remove(extension)  # the same in other formats
    for crop in [*fill.iterchildren(f"{_A}srcRect")]:
        fill.remove(crop)
    return former


def in_frame(picture: Picture, frame: Frame) -> Mapping[str, int]:
    """What the tags of a frame stand for: a picture as large as the frame lets it be, as it is before it is turned;
    where it is turned to its side, what it then takes more than its size."""
    shown = (picture.width, picture.height)
    wide, high = reversed(shown) if picture.is_on_its_side else shown
    scale = min(frame.width / wide, frame.height / high)
    width, height = (max(1, round(side * scale)) for side in shown)
    sides = max(0, height - width) // 2 if picture.is_on_its_side else 0
    ends = max(0, width - height) // 2 if picture.is_on_its_side else 0
    return {
        "width": width,
        "height": height,
        "turned": _TURNS.get(picture.orientation, 0) * _QUARTER,
        "mirrored": int(picture.orientation in _MIRRORED),
        "beside": sides,
        "above": ends,
    }


def size_of_drawing(properties: Element) -> tuple[int, int]:
    """How wide and high a drawing is in pixels, of which an inch has 96, given the element with its alternative
    text."""
    drawing = properties.getparent()
    extent = None if drawing is None else drawing.find(f"{_WP}extent")
    wide, high = ("0", "0") if extent is None else (extent.get("cx", "0"), extent.get("cy", "0"))
    return round(int(wide) / _PIXEL), round(int(high) / _PIXEL)
