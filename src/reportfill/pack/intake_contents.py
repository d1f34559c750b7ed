"""What an intake.xlsx holds that the workbooks made of it would not: each with its sheet and cell.

Of a form cells, styles, comments, drawings, charts, tables and the rules that every Excel knows are kept
(`office/workbook/bare_workbook.py`), and nothing else that a package holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportfill.office.edited_package import EditedPackage, UnusualPackageError
from reportfill.office.package import CONTENT_TYPES, ROOT_RELATIONSHIPS
from reportfill.office.word_package import STRICT
from reportfill.office.workbook.bare_workbook import bare
from reportfill.office.xml import ELEMENT, RELATIONSHIP_ID, Element, S, local_name
from reportfill.pack.braces import braced_texts, loose_brace
from reportfill.pack.keeper_traces import keeper_traces
from reportfill.pack.problems import PackProblem
from reportfill.pack.tags import is_note, tag_paths
from reportfill.place import Cell

INTAKE = "intake.xlsx"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_IN_FORMULAS = "{http://schemas.microsoft.com/office/excel/2006/main}"

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"

_INK, _DIAGRAM = ("ink", "墨迹"), ("a diagram or newer chart", "智能图形或新型图表")
_NEWER = {
    "dataValidations": (
        "a drop-down list or rule as newer Excel saves it",
        "新版Excel的数据有效性（下拉列表）",
    ),
    "conditionalFormattings": ("a conditional format as newer Excel saves it", "新版Excel的条件格式"),
    "sparklineGroups": ("a sparkline", "迷你图"),
    "slicerList": ("a slicer", "切片器"),
    "timelineRefs": ("a timeline", "日程表"),
}
_IN_SHEETS = {
    "controls": ("a form control", "窗体控件"),
    "oleObjects": ("an embedded object", "嵌入的对象"),
    "legacyDrawingHF": ("a picture in the printed header or footer", "页眉页脚中的图片"),
    "picture": ("a background picture", "背景图片"),
}
_IN_PACKAGE = {
    "xl/vbaproject.bin": ("macros", "宏"),
    "xl/threadedcomments/": ("a conversation of comments", "会话式批注"),
    "xl/cellimages.xml": ("a picture within a cell", "嵌入单元格的图片"),
    "xl/richdata/": ("a picture or data type within a cell", "单元格内的图片或数据类型"),
    "xl/slicers/": ("a slicer", "切片器"),
    "xl/timelines/": ("a timeline", "日程表"),
    "xl/model/": ("a data model", "数据模型"),
    "xl/querytables/": ("a query of outside data", "外部数据查询"),
}
_KINDS = {
    "template": ("a template (.xltx)", "Excel模板（.xltx）"),
    "macroenabled": ("a workbook or template with macros (.xlsm, .xltm)", "启用宏的工作簿（.xlsm、.xltm）"),
}
_EMPHASIS, _OFF, _BLACK = (
    frozenset(("b", "i", "u", "strike", "vertAlign")),
    ("0", "false", "none"),
    "FF000000",
)
_NOTE = re.compile(rb'ObjectType="(?!Note)(\w+)"')


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: its name, the name of its part, and what that holds."""

    name: str
    part: str
    root: Element


def intake_contents_problems(parts: Mapping[str, bytes]) -> list[PackProblem]:
    """Whatever of the parts of an intake.xlsx would be dropped, and tags where none are filled in."""
    wrong_kind = intake_kind_problems(parts)
    if wrong_kind:
        return wrong_kind
    try:
        package = EditedPackage(parts)
        sheets = worksheets_of(package)
        sent = bare(parts)
        return [
            *_dropped_with_the_package(parts),
            *_of_sheets(package, parts, sheets),
            *_formats_within_tags(sent),
            *keeper_traces(INTAKE, sent),
        ]
    except UnusualPackageError as error:
        return [
            PackProblem(INTAKE, f"its part {error} is missing or damaged", f"其中的部件{error}缺失或损坏")
        ]


def intake_kind_problems(parts: Mapping[str, bytes]) -> list[PackProblem]:
    """Why a package is not a plain .xlsx; empty where it is one."""
    types = parts.get(CONTENT_TYPES, b"").lower()
    main = re.search(rb'contenttype="[^"]*(template|macroenabled)[^"]*\.main\+xml"', types)
    if main:
        return [_no_workbook(*_KINDS[main.group(1).decode()])]
    if STRICT.encode() in parts.get(ROOT_RELATIONSHIPS, b""):
        return [_no_workbook("a Strict Open XML workbook", "“Strict Open XML 电子表格”")]
    return []


def _no_workbook(english: str, chinese: str) -> PackProblem:
    return PackProblem(
        INTAKE,
        f"it is {english}; open it in Excel or WPS and save it as .xlsx (Excel workbook)",
        f"它是{chinese}；请用Excel或WPS打开，另存为“Excel工作簿（*.xlsx）”",
    )


def worksheets_of(package: EditedPackage) -> list[Sheet]:
    """The worksheets of a workbook. Raises UnusualPackageError where it has not the usual parts."""
    workbook = package.related("", "officeDocument")
    if not workbook:
        raise UnusualPackageError("xl/workbook.xml")
    listed = package.read(workbook[0]).iter(f"{S}sheet")
    found = [(s.get("name", ""), package.target(workbook[0], s.get(RELATIONSHIP_ID))) for s in listed]
    return [Sheet(name, part, package.read(part)) for name, part in found]


def _dropped_with_the_package(parts: Mapping[str, bytes]) -> Iterator[PackProblem]:
    for beginning, words in _IN_PACKAGE.items():
        if any(name.lower().startswith(beginning) for name in parts):
            yield _dropped(INTAKE, words)


def _dropped(place: str, words: tuple[str, str]) -> PackProblem:
    return PackProblem(
        place,
        f"{words[0]} would be missing from the workbooks that agencies get; take it out",
        f"{words[1]}不会出现在下发的填报表中；请删去",
    )


def _of_sheets(
    package: EditedPackage, parts: Mapping[str, bytes], sheets: list[Sheet]
) -> Iterator[PackProblem]:
    for sheet in sheets:
        yield from _drawn(package, sheet)
        yield from _controls(package, parts, sheet)
        yield from _newer(sheet)
        yield from _in_sheet(sheet)
        yield from _tags_outside_of_cells(package, sheet)
        yield from _comments(package, sheet)


def _at(sheet: Sheet, row: int, column: int) -> str:
    return f"{INTAKE} {Cell(sheet.name, row, column)}"


def _on(sheet: Sheet, reference: str) -> str:
    first = reference.split()[0].partition(":")[0] if reference.split() else ""
    return f"{INTAKE} {sheet.name}!{first}" if first else f"{INTAKE} {sheet.name}"


def _drawn(package: EditedPackage, sheet: Sheet) -> Iterator[PackProblem]:
    """What is drawn by parts of its own that are no charts."""
    for name in package.related(sheet.part, "drawing"):
        for element in package.read(name).iter(f"{_DRAWING}graphicFrame", f"{_DRAWING}contentPart"):
            if {data.get("uri") for data in element.iter("{*}graphicData")} != {_CHART}:
                anchor = next(
                    (a for a in element.iterancestors() if a.find(f"{_DRAWING}from") is not None), None
                )
                words = _DIAGRAM if local_name(element) == "graphicFrame" else _INK
                yield _dropped(_at(sheet, *_corner(anchor)), words)


def _corner(anchor: Element | None) -> tuple[int, int]:
    """The row and the column, counted from 0, at which something drawn begins; the first cell where that is unsaid."""
    if anchor is None:
        return 0, 0
    row, column = (anchor.findtext(f"{_DRAWING}from/{_DRAWING}{name}") or "0" for name in ("row", "col"))
    return int(row), int(column)


def _controls(package: EditedPackage, parts: Mapping[str, bytes], sheet: Sheet) -> Iterator[PackProblem]:
    """Form controls that stand in the drawing of old, in which comments stand as well."""
    for name in package.related(sheet.part, "vmlDrawing"):
        if _NOTE.search(parts.get(name, b"")) and sheet.root.find(f".//{S}controls") is None:
            yield _dropped(_on(sheet, ""), _IN_SHEETS["controls"])


def _newer(sheet: Sheet) -> Iterator[PackProblem]:
    """What newer versions of Excel put into the extensions of a sheet."""
    for extension in sheet.root.iterfind(f"{S}extLst/{S}ext"):
        for content in extension.iterchildren(ELEMENT):
            words = _NEWER.get(local_name(content))
            if words:
                reference = next((e.text or "" for e in content.iter(f"{_IN_FORMULAS}sqref")), "")
                yield _dropped(_on(sheet, reference), words)


def _in_sheet(sheet: Sheet) -> Iterator[PackProblem]:
    for name, words in _IN_SHEETS.items():
        element = next(sheet.root.iter(f"{S}{name}"), None)
        if element is not None:
            anchor = next((a for a in element.iter() if a.find(f"{_DRAWING}from") is not None), None)
            place = _at(sheet, *_corner(anchor)) if anchor is not None else _on(sheet, "")
            yield _dropped(place, words)


def _comments(package: EditedPackage, sheet: Sheet) -> Iterator[PackProblem]:
    """Every comment on a cell but those that stand in for a conversation, which is said to be missing."""
    for name in package.related(sheet.part, "comments"):
        root = package.read(name)
        authors = [author.text or "" for author in root.iter(f"{S}author")]
        for comment in root.iter(f"{S}comment"):
            number = comment.get("authorId", "0")
            author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
            if not author.startswith("tc="):
                yield PackProblem(
                    _on(sheet, comment.get("ref", "")),
                    "the comment goes to every agency, without the author's name; delete it, and write what clerks"
                    " must know into a cell",
                    "批注会随填报表下发每个单位（作者姓名已去掉）；请删去，需要告知填报人的写在单元格里",
                    is_usable=True,
                )


def _tags_outside_of_cells(package: EditedPackage, sheet: Sheet) -> Iterator[PackProblem]:
    """Tags in the sheet's name, its printed headers and footers, its messages, its comments and its charts."""
    if loose_brace(sheet.name):
        yield _unfilled(f"{INTAKE} {sheet.name}", sheet.name)
    for element in sheet.root.iterchildren(ELEMENT):
        if element.tag == f"{S}sheetData":
            continue
        for text in braced_texts(element):
            yield _unfilled(f"{INTAKE} {sheet.name} ({local_name(element)})", text)
    for kind in ("comments", "drawing", "chart"):
        for name in package.related(sheet.part, kind):
            words = next(braced_texts(package.read(name)), "")
            if words:
                yield _unfilled(f"{INTAKE} {sheet.name} ({kind})", words)


def _formats_within_tags(sent: Mapping[str, bytes]) -> Iterator[PackProblem]:
    """Cells whose words have formats of their own, which give way where the tool writes what a tag stands for."""
    for sheet in worksheets_of(EditedPackage(sent)):
        for cell in sheet.root.iter(f"{S}c"):
            runs = cell.findall(f"{S}is/{S}r")
            text = "".join(run.findtext(f"{S}t") or "" for run in runs)
            if len(set(map(_format, runs))) > 1 and tag_paths(text) and not is_note(text):
                yield PackProblem(
                    _on(sheet, cell.get("r", "")),
                    "the formats of single words are lost where a tag is filled in; format the whole cell, or put the"
                    " words into a cell of their own",
                    "填写标签时，单元格中个别文字的格式会丢失；请给整个单元格设置格式，或者把这些文字单独放一个单元格",
                    is_usable=True,
                )


def _format(run: Element) -> frozenset[tuple[str, str]]:
    """How a piece of a text differs from plain ones, but for fonts: programs change these with every script."""
    return frozenset(
        (local_name(element), colour)
        for element in run.iterfind(f"{S}rPr/*")
        for colour in [element.get("rgb", _BLACK)]
        if colour != _BLACK or (local_name(element) in _EMPHASIS and element.get("val") not in _OFF)
    )


def _unfilled(place: str, shown: str) -> PackProblem:
    words = " ".join(shown.split())[:60]
    return PackProblem(
        place,
        f"{words}: a tag is filled in in cells only, and would be shown here as it stands",
        f"“{words}”：只有单元格里的标签才会填写，写在这里会原样显示",
    )
