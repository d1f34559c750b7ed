"""The comments of a sheet: their texts (ECMA-376-1, 18.7), and the shapes that show them (VML, ECMA-376-4, 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from reportfill.office.edited_package import EditedPackage, UnusualPackageError, own_element
from reportfill.office.workbook.cell_xml import stored_text
from reportfill.office.workbook.sheet_layout import IN_SHEET
from reportfill.office.xml import RELATIONSHIP_ID, Element, S, child, in_order, parsed
from reportfill.place import Cell, parse_address

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_VML, _EXCEL = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_THREADED = "tc="
"""How the author begins of a comment that stands in for a conversation (MS-XLSX, 2.6.205)."""

_NO_COMMENTS = b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList/></comments>'
_NO_SHAPES = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" id="{id}" type="#_x0000_t202"'
    ' style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{width}px;height:{height}px;'
    'z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_WIDTH, _HEIGHT, _HEIGHT_OF_LINE, _CHARACTERS_OF_LINE = 320, 40, 22, 22
"""How large a comment is shown, in pixels, and how much of a text one line takes."""

_FIRST_SHAPE = 1026
"""The first number that Excel's own shapes do not have on a sheet's first drawing."""


_EARLIER = re.compile(r"\n原有批注（(?P<author>[^\n]*)）：\n(?P<text>.*)", re.DOTALL)
"""What somebody else had said on the cell, behind what we say."""


class SheetComments:
    """The comments of a sheet, by their cells."""

    def __init__(self, package: EditedPackage, sheet: str) -> None:
        self._package = package
        self._sheet = sheet
        self._texts = next(iter(package.related(sheet, "comments")), "")

    def take_away(self, author: str) -> None:
        """Take the comments of an author away. One that he had put before another's gives way to that one."""
        if not self._texts or author not in self._authors():
            return
        for comment in list(self._comments()):
            if self._author_of(comment) == author:
                self._remove(comment)
                earlier = _EARLIER.search(_text(comment))
                if earlier:
                    self._add(_cell_of(comment), earlier["text"], earlier["author"])
        self._drop_if_empty()

    def take_names_away(self, author: str) -> None:
        """Leave of all comments what they say, by one author, without the name, which Excel puts above the words, too.
        What stands in for a conversation of newer Excel goes whole."""
        for comment in list(self._comments()):
            own, words = self._author_of(comment), _text(comment)
            self._remove(comment)
            if not own.startswith(_THREADED):
                named = rf"^{re.escape(stored_text(own))}\s*[:：]\s*" if own else "^"
                self._add(_cell_of(comment), re.sub(named, "", words), author)
        if self._texts:
            authors = own_element(self._package.edit(self._texts), "authors")
            for other in [entry for entry in authors if entry.text != author]:
                authors.remove(other)
            for comment in self._comments():
                comment.set("authorId", "0")
        self._drop_if_empty()

    def _drop_if_empty(self) -> None:
        if self._texts and next(self._comments(), None) is None:
            self._package.unrelate(self._sheet, self._texts)
            self._texts = ""

    def put(self, cell: Cell, words: str, author: str) -> None:
        """Put a comment on a cell, before the one that somebody had put there. A conversation on the cell is left as it
        is: it would not be shown."""
        earlier = ""
        for comment in list(self._comments()):
            if comment.get("ref") == cell.address:
                if self._author_of(comment).startswith(_THREADED):
                    return
                earlier = f"\n原有批注（{self._author_of(comment)}）：\n{_text(comment)}"
                self._remove(comment)
        self._add(cell, stored_text(words) + earlier, author)

    def _comments(self) -> Iterator[Element]:
        return self._package.read(self._texts).iter(f"{S}comment") if self._texts else iter(())

    def _authors(self) -> list[str]:
        authors = self._package.read(self._texts).iterfind(f"{S}authors/{S}author")
        return [author.text or "" for author in authors]

    def _author_of(self, comment: Element) -> str:
        return dict(enumerate(self._authors())).get(int(comment.get("authorId", "0")), "")

    def _add(self, cell: Cell, text: str, author: str) -> None:
        """Add a comment whose text is given as it is stored."""
        if not self._texts:
            self._texts = self._package.free_name("xl/comments/comment{}.xml")
            self._package.add(self._texts, _COMMENTS_TYPE, _NO_COMMENTS)
            self._package.relate(self._sheet, "comments", self._texts)
        root = self._package.edit(self._texts)
        if author not in self._authors():
            child(own_element(root, "authors"), f"{S}author", text=author)
        number = str(self._authors().index(author))
        comment = child(
            own_element(root, "commentList"),
            f"{S}comment",
            {"ref": cell.address, "authorId": number, "shapeId": "0"},
        )
        child(child(comment, f"{S}text"), f"{S}t", {_SPACE: "preserve"}, text)
        self._add_shape(cell, text)

    def _remove(self, comment: Element) -> None:
        self._package.edit(self._texts)
        _parent(comment).remove(comment)
        self._remove_shape(_cell_of(comment))

    def _add_shape(self, cell: Cell, text: str) -> None:
        shapes = self._package.edit(self._drawing() or self._new_drawing())
        taken = {shape.get("id") for shape in shapes.iter(f"{_VML}shape")}
        name = next(name for number in count(_FIRST_SHAPE) if (name := f"_x0000_s{number}") not in taken)
        lines = len(text) // _CHARACTERS_OF_LINE + text.count("\n") + 1
        height = _HEIGHT + _HEIGHT_OF_LINE * lines
        made = _SHAPE.format(id=name, width=_WIDTH, height=height, row=cell.row, column=cell.column)
        shapes.append(parsed(made))

    def _remove_shape(self, cell: Cell) -> None:
        drawing = self._drawing()
        if not drawing:
            return
        place = str(cell.row), str(cell.column)
        root = self._package.edit(drawing)
        for note in list(root.iter(f"{_EXCEL}ClientData")):
            stands = note.findtext(f"{_EXCEL}Row"), note.findtext(f"{_EXCEL}Column")
            if note.get("ObjectType") == "Note" and stands == place:
                shape = _parent(note)
                _parent(shape).remove(shape)
        if root.find(f".//{_EXCEL}ClientData") is None:
            sheet = self._package.edit(self._sheet)
            for element in sheet.findall(f"{S}legacyDrawing"):
                sheet.remove(element)
            self._package.unrelate(self._sheet, drawing)

    def _drawing(self) -> str:
        """The part with the shapes; the empty string where there is none."""
        element = self._package.read(self._sheet).find(f"{S}legacyDrawing")
        return "" if element is None else self._package.target(self._sheet, element.get(RELATIONSHIP_ID))

    def _new_drawing(self) -> str:
        name = self._package.free_name("xl/drawings/commentsDrawing{}.vml")
        self._package.add(name, _DRAWING_TYPE, _NO_SHAPES)
        sheet = self._package.edit(self._sheet)
        element = in_order(sheet, f"{S}legacyDrawing", IN_SHEET)
        element.set(RELATIONSHIP_ID, self._package.relate(self._sheet, "vmlDrawing", name))
        return name


def _cell_of(comment: Element) -> Cell:
    """The cell of a comment, on whichever sheet."""
    return Cell("", *parse_address(comment.get("ref", "")))


def _text(comment: Element) -> str:
    """What a comment says, as it is stored: in one piece or in several of different fonts."""
    pieces = comment.iterfind(f"{S}text/{S}t"), comment.iterfind(f"{S}text/{S}r/{S}t")
    return "".join(piece.text or "" for kind in pieces for piece in kind)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise UnusualPackageError(element.tag)
    return parent
