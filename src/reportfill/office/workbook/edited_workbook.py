"""A workbook that is changed where it must be and left alone elsewhere: its sheets (ECMA-376-1, 18.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from reportfill.office.edited_package import ROOT, EditedPackage, UnusualPackageError, own_element
from reportfill.office.workbook.edited_sheet import EditedSheet
from reportfill.office.workbook.formulas import sheet_name
from reportfill.office.workbook.new_parts import NO_SHEETS, say_made_as_by_excel
from reportfill.office.workbook.styles import Styles
from reportfill.office.xml import RELATIONSHIP_ID, Element, S, child, in_order
from reportfill.place import column_letters
from reportfill.text import word_list

_IN_WORKBOOK = word_list(
    """
    fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences
    definedNames calcPr oleSize customWorkbookViews pivotCaches
    """
)
"""The elements of a workbook in their order, those behind left out."""

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


class EditedWorkbook:
    """The workbook of a package's parts, as .xlsx: macros go.

    Raises UnusualPackageError where something is not as every program writes it, and ValueError where a number is none.
    """

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._package = EditedPackage(parts)
        self._name = next(iter(self._package.related(ROOT, "officeDocument")), "")
        self._root = self._package.edit(self._name)
        if self._root.tag != f"{S}workbook":
            raise UnusualPackageError(self._name)
        self._sheets = own_element(self._root, "sheets")
        self._worksheets: dict[str, EditedSheet] = {}
        self._remove_macros()
        for properties in self._root.iterfind(f"{S}workbookPr"):
            properties.attrib.pop("dateCompatibility", "")  # LibreOffice writes it, Excel's schema lacks it

    @classmethod
    def without_sheets(cls) -> EditedWorkbook:
        """A new workbook, to which sheets are to be added."""
        book = cls(NO_SHEETS)
        say_made_as_by_excel(book._package)
        return book

    def parts(self) -> dict[str, bytes]:
        """The package's parts as they are now."""
        return self._package.parts()

    @property
    def names(self) -> list[str]:
        """The names of the sheets, in their order."""
        return [sheet.get("name", "") for sheet in self._sheets]

    @cached_property
    def styles(self) -> Styles:
        """The formats of its cells, which may become more."""
        part = next(iter(self._package.related(self._name, "styles")), "")
        return Styles(self._package.edit(part))

    @property
    def worksheets(self) -> dict[str, EditedSheet]:
        """The sheets of cells by name; those of charts are not among them."""
        parts = self._parts_of_sheets.items()
        return {
            name: self._worksheet(name, part)
            for name, part in parts
            if self._package.read(part).tag == f"{S}worksheet"
        }

    def remove(self, name: str) -> None:
        """Remove a sheet, if there is one of that name."""
        if name not in self.names:
            return
        before, part = self.names, self._parts_of_sheets[name]
        self._sheets.remove(self._sheets[before.index(name)])
        self._package.unrelate(self._name, part)
        self._settle(before)

    def put_first(self, name: str, content: bytes) -> None:
        """Put a worksheet before all others and let the workbook open on it. `content` is its part."""
        before = self.names
        self._sheets.insert(0, self._new_sheet(name, content))
        self._settle(before)
        self._open_on_the_first()

    def add(self, name: str, content: bytes, *, state: str = "visible") -> str:
        """Put a worksheet behind all others; gives the name of its part."""
        sheet = self._new_sheet(name, content)
        sheet.set("state", state)
        self._sheets.append(sheet)
        return self.part_of(name)

    def part_of(self, name: str) -> str:
        """The name of a sheet's part."""
        return self._parts_of_sheets[name]

    def _new_sheet(self, name: str, content: bytes) -> Element:
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.add(part, f"{_TYPE}worksheet+xml", content)
        number = max((int(sheet.get("sheetId", "0")) for sheet in self._sheets), default=0) + 1
        sheet = self._sheets.makeelement(f"{S}sheet", {"name": name, "sheetId": str(number)})
        sheet.set(RELATIONSHIP_ID, self._package.relate(self._name, "worksheet", part))
        return sheet

    def define(self, name: str, reference: str, sheet: str = "", *, is_hidden: bool = False) -> None:
        """Give cells a name, in the whole workbook or on one sheet only; another one of that name goes."""
        names = self.element("definedNames")
        said = {"name": name} | ({"localSheetId": str(self.names.index(sheet))} if sheet else {})
        for other in list(names):
            is_so_named = other.get("name", "").lower() == name.lower()
            if is_so_named and other.get("localSheetId") == said.get("localSheetId"):
                names.remove(other)
        child(names, f"{S}definedName", said | ({"hidden": "1"} if is_hidden else {}), reference)

    def name_areas(
        self, sheet: str, *, filtered: str, repeated: tuple[int, int] = (0, 0), printed: str = ""
    ) -> None:
        """Name the areas of a sheet that have a meaning of their own: the one that is filtered, as programs do; how
        many rows and columns are repeated on every page; and what is printed, all where nothing is said."""
        where = sheet_name(sheet)
        self.define("_xlnm._FilterDatabase", f"{where}!{_fixed(filtered)}", sheet, is_hidden=True)
        rows, columns = repeated
        titles = [f"{where}!$A:${column_letters(columns - 1)}"] if columns else []
        titles += [f"{where}!$1:${rows}"] if rows else []
        if titles:
            self.define("_xlnm.Print_Titles", ",".join(titles), sheet)
        if printed:
            self.define("_xlnm.Print_Area", f"{where}!{_fixed(printed)}", sheet)

    def element(self, name: str) -> Element:
        """One of the workbook's own elements, to be changed: the one that is there, or a new one in its place."""
        return in_order(self._root, f"{S}{name}", _IN_WORKBOOK)

    @property
    def _parts_of_sheets(self) -> dict[str, str]:
        return {
            sheet.get("name", ""): self._package.target(self._name, sheet.get(RELATIONSHIP_ID))
            for sheet in self._sheets
        }

    def _worksheet(self, name: str, part: str) -> EditedSheet:
        if part not in self._worksheets:
            self._worksheets[part] = EditedSheet(self._package, part, name)
        return self._worksheets[part]

    def _remove_macros(self) -> None:
        self._package.set_type(self._name, f"{_TYPE}sheet.main+xml")
        for macros in self._package.related(self._name, "vbaProject"):
            self._package.unrelate(self._name, macros)

    def _settle(self, before: list[str]) -> None:
        """Let names that hold on one sheet only follow it to where it is now, and have Excel find out anew in which
        order it calculates: it takes what it does not find for damage."""
        now = {name: number for number, name in enumerate(self.names)}
        for defined in list(self._root.iter(f"{S}definedName")):
            number = int(defined.get("localSheetId", "-1"))
            place = now.get(before[number]) if 0 <= number < len(before) else None
            if place is not None:
                defined.set("localSheetId", str(place))
            elif number >= 0:
                own_element(self._root, "definedNames").remove(defined)
        for chain in self._package.related(self._name, "calcChain"):
            self._package.unrelate(self._name, chain)

    def _open_on_the_first(self) -> None:
        for view in self._root.iter(f"{S}workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                view.attrib.pop(attribute, "")
        for part in list(self._parts_of_sheets.values())[1:]:
            for view in self._package.read(part).iterfind(f"{S}sheetViews/{S}sheetView"):
                if view.get("tabSelected"):
                    self._package.edit(part)
                    view.attrib.pop("tabSelected")


def _fixed(area: str) -> str:
    """An area as names have it: $A$1:$I$20."""
    return re.sub("([A-Z]+)([0-9]+)", r"$\1$\2", area)
