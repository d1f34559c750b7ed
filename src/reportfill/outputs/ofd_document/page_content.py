"""What is drawn on a page of a PDF, written as a page of OFD: texts, paths and pictures, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import c_double, c_float, c_int, c_uint, create_string_buffer
from itertools import groupby, pairwise
from math import hypot, sqrt
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfMatrix, PdfObject, PdfPage, PdfTextObj

from reportfill.office.xml import Element, xml_bytes
from reportfill.outputs.ofd_document.parts import Resources, element, numbers, part, readable
from reportfill.outputs.ofd_document.pictures import picture_file, png

POINT = 25.4 / 72
"""A point of a PDF, in millimetres."""

_HAIRLINE = 0.1
"""How wide a line is that has no width."""

_REACH = 1.1
"""How many times its size a character reaches from where it begins, whichever way it is turned."""

_SHARPNESS = 200 / 72
"""How many pixels a picture of the page has for each of its points."""

_LETTERS = {pdfium.FPDF_SEGMENT_MOVETO: "M", pdfium.FPDF_SEGMENT_LINETO: "L"}
_HYPHEN = "\x02"
"""What pdfium makes of a hyphen at the end of a line."""

_UPRIGHT = [1, 0, 0, 1]
_COLOURS = {"Stroke": pdfium.FPDFPageObj_GetStrokeColor, "Fill": pdfium.FPDFPageObj_GetFillColor}
_UPSIDE_DOWN = PdfMatrix(1, 0, 0, -1, 0, 1)
"""What turns a picture as PDF has it, whose lower edge is at 0, into one as OFD has it."""

_Point = tuple[float, float]


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> _Point:
        """Its width and its height."""
        return self.right - self.left, self.bottom - self.top

    def shared(self, other: _Box) -> _Box:
        """What lies in both; without width or height where that is nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return _Box(left, top, max(left, right), max(top, bottom))


class PageContent:
    """A page of a PDF as a part of the document."""

    def __init__(self, page: PdfPage, resources: Resources) -> None:
        self._page, self._resources = page, resources
        self._root = part("Page")
        element(element(self._root, "Area"), "PhysicalBox", paper(page))
        self._layer = element(element(self._root, "Content"), "Layer", ID=resources.new_id(), Type="Body")
        self._width, self._height = (length * POINT for length in page.get_size())
        self._place = PdfMatrix(POINT, 0, 0, -POINT, 0, self._height)
        self._text = page.get_textpage()
        self._characters, self._name = self._by_object(self._text.raw), create_string_buffer(256)

    def xml(self) -> bytes:
        """The part, with all that is drawn on the page."""
        self._write(None, self._place, _Box(0, 0, self._width, self._height), 255)
        return xml_bytes(self._root)

    def _by_object(self, text: Any) -> dict[bytes, list[tuple[int, int, _Point]]]:
        """The characters that each object writes, by the bytes of its address: the number of each on the page, its
        code, and where it begins."""
        found = defaultdict(list)
        x, y = c_double(), c_double()
        for number in range(pdfium.FPDFText_CountChars(text)):
            if not pdfium.FPDFText_IsGenerated(text, number):
                pdfium.FPDFText_GetCharOrigin(text, number, x, y)
                code, point = pdfium.FPDFText_GetUnicode(text, number), self._place.on_point(x.value, y.value)
                found[bytes(pdfium.FPDFText_GetTextObject(text, number))].append((number, code, point))
        return found

    def _write(self, form: PdfObject | None, place: PdfMatrix, outer: _Box, alpha: int) -> None:
        """Write the objects of the page or of a form in it: what brings them to the page in millimetres, the box that
        they cannot leave, and how opaque they are, is given."""
        for drawn in self._page.get_objects(max_depth=1, form=form):
            clip = _clip(drawn, place, outer)
            if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT:
                self._write_text(drawn, clip, alpha)
            elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPath_CountSegments(drawn):
                self._write_path(drawn, drawn.get_matrix().multiply(place), clip, alpha)
            elif drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._write_picture(picture_file(drawn), drawn.get_matrix().multiply(place), clip, alpha)
            elif drawn.type == pdfium.FPDF_PAGEOBJ_SHADING:
                self._write_shown(clip, alpha)
            elif drawn.type == pdfium.FPDF_PAGEOBJ_FORM:
                opaque = _colour("Fill", drawn)[3] * alpha // 255
                self._write(drawn, drawn.get_matrix().multiply(place), clip, opaque)

    def _write_text(self, drawn: PdfTextObj, clip: _Box, alpha: int) -> None:
        """Write characters, each with the place where it begins on the baseline; a matrix turns and stretches them, and
        the places with them."""
        found, matrix = self._characters.get(bytes(drawn.raw), []), pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, found[0][0] if found else 0, matrix)
        if not found or matrix.a * matrix.d == matrix.b * matrix.c:
            return
        pdfium.FPDFText_GetFontInfo(self._text, found[0][0], self._name, len(self._name), None)
        high, font = hypot(matrix.c, matrix.d), self._name.value.decode().rpartition("+")[2]
        a, b, c, d = matrix.a / high, -matrix.b / high, -matrix.c / high, matrix.d / high
        size = pdfium.FPDFText_GetFontSize(self._text, found[0][0]) * high * POINT
        points = [point for _, code, point in found if not 0xDC00 <= code < 0xE000]
        box = _box_around(points, _REACH * size).shared(clip)
        written = _characters(code for _, code, _ in found)
        number = self._resources.font(font, size / POINT, written)
        text = self._element("TextObject", box, alpha, Font=number, Size=numbers(size))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        if "Bold" in font or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
            text.set("Weight", "700")
        if "Italic" in font:
            text.set("Italic", "true")
        if [round(factor, 3) for factor in (a, b, c, d)] != _UPRIGHT:
            text.set("CTM", numbers(a, b, c, d, 0, 0))
        _write_colour(text, "Fill", drawn)
        area = a * d - b * c
        places = [((x - box.left) * d - (y - box.top) * c) / area for x, y in points]
        low = ((points[0][1] - box.top) * a - (points[0][0] - box.left) * b) / area
        code = element(text, "TextCode", written, X=numbers(places[0]), Y=numbers(low))
        if len(places) > 1:
            code.set("DeltaX", numbers(*(after - here for here, after in pairwise(_spread(places, size)))))

    def _write_path(self, drawn: PdfObject, place: PdfMatrix, clip: _Box, alpha: int) -> None:
        filling, stroking = _told(pdfium.FPDFPath_GetDrawMode, drawn, c_int, c_int)
        scale = sqrt(abs(place.a * place.d - place.b * place.c))
        line = _told(pdfium.FPDFPageObj_GetStrokeWidth, drawn, c_float)[0] * scale or _HAIRLINE
        count = pdfium.FPDFPath_CountSegments(drawn)
        segments = [pdfium.FPDFPath_GetPathSegment(drawn, number) for number in range(count)]
        points = _points(segments, place)
        box = _box_around(points, line if stroking else 0).shared(clip)
        path = self._element("PathObject", box, alpha, LineWidth=numbers(line))
        if (count := pdfium.FPDFPageObj_GetDashCount(drawn)) > 0:
            dashes = (c_float * count)()
            pdfium.FPDFPageObj_GetDashArray(drawn, dashes, count)
            path.set("DashPattern", numbers(*(dash * scale for dash in dashes)))
        if filling == pdfium.FPDF_FILLMODE_ALTERNATE:
            path.set("Rule", "Even-Odd")
        for name, mode in ("Stroke", stroking), ("Fill", filling):
            path.set(name, str(bool(mode)).lower())
            if mode:
                _write_colour(path, name, drawn)
        element(path, "AbbreviatedData", " ".join(_steps(segments, points, box)))

    def _write_picture(self, file: tuple[str, bytes], place: PdfMatrix, clip: _Box, alpha: int) -> None:
        """Write a picture: the square of one, its lower edge at 0, under its matrix."""
        box = _box_around(place.on_point(x, y) for x in (0, 1) for y in (0, 1)).shared(clip)
        matrix = numbers(*_UPSIDE_DOWN.multiply(place).translate(-box.left, -box.top).get())
        self._element("ImageObject", box, alpha, CTM=matrix, ResourceID=self._resources.picture(*file))

    def _write_shown(self, box: _Box, alpha: int) -> None:
        """Write a picture of what shows in a box of the page: of what goes over from one colour into another pdfium
        does not tell how."""
        edges = (box.left, self._height - box.bottom, self._width - box.right, box.top)
        shown = png(self._page.render(scale=_SHARPNESS, crop=tuple(edge / POINT for edge in edges)))
        self._write_picture(shown, _UPSIDE_DOWN.scale(*box.size).translate(box.left, box.top), box, alpha)

    def _element(self, name: str, box: _Box, alpha: int, **attributes: str) -> Element:
        known = {"ID": self._resources.new_id(), "Boundary": numbers(box.left, box.top, *box.size)}
        return element(self._layer, name, **known, Alpha=str(alpha), **attributes)


def paper(page: PdfPage) -> str:
    """A page from its upper left corner, to a tenth of a millimetre: a PDF's paper is not quite that of ISO 216."""
    return " ".join(f"{length * POINT:.1f}" for length in (0, 0, *page.get_size()))


def _clip(drawn: PdfObject, place: PdfMatrix, clip: _Box) -> _Box:
    """The box that an object cannot leave, within another one."""
    path = pdfium.FPDFPageObj_GetClipPath(drawn)
    for number in range(pdfium.FPDFClipPath_CountPaths(path)):
        steps = range(pdfium.FPDFClipPath_CountPathSegments(path, number))
        segments = [pdfium.FPDFClipPath_GetPathSegment(path, number, step) for step in steps]
        if segments:
            clip = clip.shared(_box_around(_points(segments, place)))
    return clip


def _characters(codes: Iterable[int]) -> str:
    """What some codes of UTF-16 mean."""
    text = "".join(map(chr, codes)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return readable(text.replace(_HYPHEN, "-"))


def _box_around(points: Iterable[_Point], margin: float = 0) -> _Box:
    xs, ys = zip(*points, strict=True)
    return _Box(min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)


def _spread(places: Iterable[float], size: float) -> Iterator[float]:
    """Places along a line; letters that the PDF draws as one (ffi) share its width."""
    drawn = [(place, len(list(same))) for place, same in groupby(places)]
    ends = [*(place for place, _ in drawn[1:]), drawn[-1][0] + size / 2]
    for (place, count), end in zip(drawn, ends, strict=True):
        yield from (place + (end - place) * number / count for number in range(count))


def _told(function: Callable[..., Any], drawn: Any, *kinds: type[Any]) -> list[Any]:
    """What a function of pdfium tells of an object, in places of these kinds."""
    places = [kind() for kind in kinds]
    function(drawn, *places)
    return [place.value for place in places]


def _points(segments: Iterable[Any], place: PdfMatrix) -> list[_Point]:
    """Where the segments of a path end."""
    ends = (_told(pdfium.FPDFPathSegment_GetPoint, segment, c_float, c_float) for segment in segments)
    return [place.on_point(x, y) for x, y in ends]


def _steps(segments: Sequence[Any], points: Sequence[_Point], box: _Box) -> Iterator[str]:
    """The steps of a path; a curve is three segments of pdfium's."""
    curve = 0
    for segment, (x, y) in zip(segments, points, strict=True):
        letter = _LETTERS.get(pdfium.FPDFPathSegment_GetType(segment), "B")
        curve = (curve + 1) % 3 if letter == "B" else 0
        if letter != "B" or curve == 1:
            yield letter
        yield numbers(x - box.left, y - box.top)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield "C"


def _colour(name: str, drawn: PdfObject) -> list[int]:
    """The red, green and blue of what fills an object or is stroked around it, and how opaque that is."""
    return _told(_COLOURS[name], drawn, c_uint, c_uint, c_uint, c_uint)


def _write_colour(drawing: Element, name: str, drawn: PdfObject) -> None:
    *colour, alpha = _colour(name, drawn)
    element(drawing, f"{name}Color", Value=" ".join(map(str, colour)), Alpha=str(alpha))
