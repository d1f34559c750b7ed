"""What people and programs do to sheets without moving anything: merging, hiding, notes, pictures, protection."""

from __future__ import annotations

import re

from tools.make_cases.recipes import recipe
from tools.make_cases.surgery import (
    MAIN,
    OFFICE,
    WORKBOOK,
    changed,
    in_sheet,
    parts_of,
    replaced,
    sheet_part,
    with_cells,
    with_content_type,
    with_parts,
    with_related_part,
    with_texts,
)

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63606060f80f0001040100"
    "5f0d0e0a0000000049454e44ae426082"
)


def _merged(workbook: bytes, sheet: str, area: str) -> bytes:
    def add(text: str) -> str:
        if "<mergeCells" not in text:
            return text.replace(
                "</sheetData>", f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
            )
        return text.replace("</mergeCells>", f'<mergeCell ref="{area}"/></mergeCells>')

    return changed(workbook, sheet_part(sheet), add)


@recipe("two-figures-merged")
def _figures_merged(workbook: bytes) -> bytes:
    """Excel keeps what stood at the top left and drops the rest."""
    workbook = with_cells(workbook, {"表二!B5": "<v>12</v>", "表二!C5": ""})
    return _merged(workbook, "表二", "B5:C5")


@recipe("figure-hidden-under-a-merge")
def _hidden_under_a_merge(workbook: bytes) -> bytes:
    """LibreOffice keeps what stood under a merge where one asks it to; so does a format painted over cells."""
    workbook = with_cells(workbook, {"表二!B5": "<v>12</v>", "表二!C5": "<v>7</v>"})
    return _merged(workbook, "表二", "B5:C5")


@recipe("narrative-rows-merged")
def _rows_merged(workbook: bytes) -> bytes:
    return _merged(workbook, "总体情况", "B8:B13")


@recipe("hidden-rows")
def _hidden_rows(workbook: bytes) -> bytes:
    return changed(
        workbook, sheet_part("表三"), lambda text: text.replace('<row r="1', '<row hidden="1" r="1')
    )


@recipe("hidden-columns")
def _hidden_columns(workbook: bytes) -> bytes:
    return changed(workbook, sheet_part("表三"), lambda text: text.replace("<col ", '<col hidden="1" '))


def _with_state(workbook: bytes, sheet: str, state: str) -> bytes:
    return changed(
        workbook,
        WORKBOOK,
        lambda text: re.sub(rf'(name="{sheet}" sheetId="\d+" state=)"visible"', rf'\1"{state}"', text),
    )


@recipe("hidden-sheet")
def _hidden_sheet(workbook: bytes) -> bytes:
    return _with_state(workbook, "表四", "hidden")


@recipe("very-hidden-sheet")
def _very_hidden_sheet(workbook: bytes) -> bytes:
    return _with_state(workbook, "表四", "veryHidden")


def _with_sheets(workbook: bytes, names: list[str], content: str) -> bytes:
    """A workbook with more sheets, each of that content."""
    parts = parts_of(workbook)
    book, relations = parts[WORKBOOK].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    kind = f'<Default Extension="s" ContentType="{_SPREADSHEET}.worksheet+xml"/><Default Extension="rels"'
    types = parts["[Content_Types].xml"].decode().replace('<Default Extension="rels"', kind)
    for number, name in enumerate(names, start=101):
        part = f"xl/{number}.s"
        parts[part] = content.encode()
        book = book.replace(
            "</sheets>",
            f'<sheet xmlns:r="{OFFICE}" name="{name}" sheetId="{number}" r:id="rId{number}"/></sheets>',
        )
        relations = relations.replace(
            "</Relationships>",
            f'<Relationship Type="{OFFICE}/worksheet" Target="/{part}" Id="rId{number}"/></Relationships>',
        )
    told = {WORKBOOK: book, "xl/_rels/workbook.xml.rels": relations, "[Content_Types].xml": types}
    return with_parts(workbook, parts | {name: text.encode() for name, text in told.items()})


_EMPTY_SHEET = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


@recipe("two-hundred-sheets")
def _many_sheets(workbook: bytes) -> bytes:
    return _with_sheets(workbook, [f"S{number}" for number in range(192)], _EMPTY_SHEET)


@recipe("sheets-with-quotes-and-spaces-in-their-names")
def _odd_names(workbook: bytes) -> bytes:
    names = ["我的 台账", "李&apos;s 表", "（草稿） 2", "&quot;备份&quot;", "甲&amp;乙", "表二 (2)"]
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>台账</t></is></c></row>'
    return _with_sheets(
        workbook, names, f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    )


@recipe("notes-beside-the-form")
def _notes(workbook: bytes) -> bytes:
    """What a clerk jots down for herself in a column beyond the form."""
    return in_sheet(
        workbook,
        "表二",
        '<c r="D9" s="33" t="n"></c>',
        '<c r="D9" s="33" t="n"></c><c r="F9" t="inlineStr"><is><t>已与法规股核对</t></is></c><c r="G9"><v>550</v></c>',
    )


@recipe("conditional-formats")
def _conditional_formats(workbook: bytes) -> bytes:
    formats = (
        '<conditionalFormatting sqref="B5:D16"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/>'
        '<cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>'
    )
    return in_sheet(workbook, "表二", "<printOptions ", f"{formats}<printOptions ")


@recipe("data-validation-removed")
def _validation_removed(workbook: bytes) -> bytes:
    """Every case lacks the prompts and limits of its cells; here a figure is typed that they would have refused."""
    return with_cells(workbook, {"表二!B9": "<v>-12.5</v>"})


@recipe("protection-removed")
def _protection_removed(workbook: bytes) -> bytes:
    for part in [
        name for name in parts_of(workbook) if name.startswith("xl/worksheets/") or name == WORKBOOK
    ]:
        workbook = changed(
            workbook, part, lambda text: re.sub(r"<(?:sheet|workbook)Protection [^>]*/>", "", text)
        )
    return workbook


@recipe("automatic-filter")
def _filter(workbook: bytes) -> bytes:
    criteria = (
        '<autoFilter ref="A4:D16"><filterColumn colId="1"><customFilters><customFilter operator="greaterThan" val="0"/>'
        "</customFilters></filterColumn></autoFilter>"
    )
    workbook = changed(
        workbook, sheet_part("表二"), lambda text: text.replace('<row r="5"', '<row hidden="1" r="5"')
    )
    return changed(
        workbook,
        sheet_part("表二"),
        lambda text: re.sub(r"(</sheetData>(?:<sheetProtection[^>]*/>)?)", rf"\1{criteria}", text),
    )


@recipe("frozen-panes")
def _panes(workbook: bytes) -> bytes:
    pane = '<pane xSplit="1" ySplit="4" topLeftCell="Z200" activePane="bottomRight" state="frozen"/>'
    return changed(workbook, sheet_part("表二"), lambda text: re.sub(r"<pane [^>]*/>", pane, text))


@recipe("defined-names-are-broken")
def _broken_names(workbook: bytes) -> bytes:
    """As they are left when a sheet was deleted and put back."""
    return changed(
        workbook,
        WORKBOOK,
        lambda text: re.sub(r"(<definedName [^>]*>)[^<]*(</definedName>)", r"\1#REF!\2", text),
    )


@recipe("defined-names-are-gone")
def _no_names(workbook: bytes) -> bytes:
    return changed(
        workbook,
        WORKBOOK,
        lambda text: re.sub(r"<definedNames>.*?</definedNames>", "", text, flags=re.DOTALL),
    )


@recipe("comments-on-cells")
def _comments(workbook: bytes) -> bytes:
    """Notes of the old kind, with the drawing that shows them."""
    return with_comment(workbook, "表二!B9")


def with_comment(workbook: bytes, place: str) -> bytes:
    """A workbook with a comment on one cell."""
    name, _, address = place.partition("!")
    sheet = sheet_part(name)
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>审核人</author></authors><commentList>'
        f'<comment ref="{address}" authorId="0"><text><r><t>请核对：550</t></r></text></comment>'
        "</commentList></comments>"
    )
    drawing = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape type="#_x0000_t202" style="visibility:hidden">'
        '<v:textbox><div>请核对：550</div></v:textbox><x:ClientData ObjectType="Note"><x:Row>8</x:Row>'
        "<x:Column>1</x:Column></x:ClientData></v:shape></xml>"
    )
    workbook = with_related_part(
        workbook,
        sheet,
        "xl/comments1.xml",
        comments,
        relation=f"{OFFICE}/comments",
        kind=f"{_SPREADSHEET}.comments+xml",
    )
    workbook = with_related_part(
        workbook, sheet, "xl/drawings/vmlDrawing1.vml", drawing, relation=f"{OFFICE}/vmlDrawing"
    )
    workbook = _with_vml(workbook)
    return in_sheet(
        workbook, name, "</worksheet>", f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId2"/></worksheet>'
    )


def _with_vml(workbook: bytes) -> bytes:
    kind = '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    return replaced(
        workbook, "[Content_Types].xml", '<Default Extension="rels"', f'{kind}<Default Extension="rels"'
    )


@recipe("threaded-comments")
def _threaded_comments(workbook: bytes) -> bytes:
    """Comments that people answer, with the list of those who do."""
    family = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    author = "{00000000-0000-0000-0000-000000000001}"
    comments = (
        f'<ThreadedComments xmlns="{family}"><threadedComment ref="B9" dT="2024-01-05T00:00:00.00" '
        f'personId="{author}" id="{{00000000-0000-0000-0000-000000000002}}"><text>550还是505？</text>'
        "</threadedComment></ThreadedComments>"
    )
    people = (
        f'<personList xmlns="{family}"><person displayName="审核人" id="{author}" userId="1" providerId="None"/>'
        "</personList>"
    )
    relation = "http://schemas.microsoft.com/office/2017/10/relationships"
    workbook = with_related_part(
        workbook,
        sheet_part("表二"),
        "xl/threadedComments/threadedComment1.xml",
        comments,
        relation=f"{relation}/threadedComment",
        kind="application/vnd.ms-excel.threadedcomments+xml",
    )
    return with_related_part(
        workbook,
        WORKBOOK,
        "xl/persons/person.xml",
        people,
        relation=f"{relation}/person",
        kind="application/vnd.ms-excel.person+xml",
    )


@recipe("pivot-table")
def _pivot_table(workbook: bytes) -> bytes:
    cache = (
        f'<pivotCacheDefinition xmlns="{MAIN}" recordCount="0"><cacheSource type="worksheet">'
        '<worksheetSource ref="A4:D6" sheet="表二"/></cacheSource><cacheFields count="1"><cacheField name="信息内容">'
        "<sharedItems/></cacheField></cacheFields></pivotCacheDefinition>"
    )
    table = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="透视表" cacheId="1" dataCaption="值">'
        '<location ref="F1:G3" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/></pivotTableDefinition>'
    )
    workbook = with_related_part(
        workbook,
        WORKBOOK,
        "xl/pivotCache/pivotCacheDefinition1.xml",
        cache,
        relation=f"{OFFICE}/pivotCacheDefinition",
        kind=f"{_SPREADSHEET}.pivotCacheDefinition+xml",
    )
    return with_related_part(
        workbook,
        sheet_part("校验"),
        "xl/pivotTables/pivotTable1.xml",
        table,
        relation=f"{OFFICE}/pivotTable",
        kind=f"{_SPREADSHEET}.pivotTable+xml",
    )


@recipe("macros", "xlsm")
def _macros(workbook: bytes) -> bytes:
    project = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    workbook = with_related_part(
        workbook,
        WORKBOOK,
        "xl/vbaProject.bin",
        project,
        relation="http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        kind="application/vnd.ms-office.vbaProject",
    )
    return replaced(
        workbook,
        "[Content_Types].xml",
        f'"{_SPREADSHEET}.sheet.main+xml"',
        '"application/vnd.ms-excel.sheet.macroEnabled.main+xml"',
    )


@recipe("custom-xml")
def _custom_xml(workbook: bytes) -> bytes:
    """What document management systems put into the files that they hand out."""
    return with_related_part(
        workbook,
        WORKBOOK,
        "customXml/item1.xml",
        '<?xml version="1.0" encoding="utf-8"?><p:properties xmlns:p="urn:example"><单位>信访局</单位>'
        "</p:properties>",
        relation=f"{OFFICE}/customXml",
    )


@recipe("picture-on-a-sheet")
def _picture(workbook: bytes) -> bytes:
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"><xdr:oneCellAnchor>'
        "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row><xdr:rowOff>0</xdr:rowOff>"
        '</xdr:from><xdr:ext cx="9525" cy="9525"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="公章"/><xdr:cNvPicPr/>'
        f'</xdr:nvPicPr><xdr:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="rId1"/></xdr:blipFill><xdr:spPr/></xdr:pic>'
        "<xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
    )
    part = "xl/drawings/drawing1.xml"
    workbook = with_related_part(
        workbook,
        sheet_part("表二"),
        part,
        drawing,
        relation=f"{OFFICE}/drawing",
        kind="application/vnd.openxmlformats-officedocument.drawing+xml",
    )
    workbook = with_related_part(workbook, part, "xl/media/image1.png", _PNG, relation=f"{OFFICE}/image")
    workbook = with_content_type(workbook, "xl/media/image1.png", "image/png")
    return in_sheet(
        workbook, "表二", "</worksheet>", f'<drawing xmlns:r="{OFFICE}" r:id="rId1"/></worksheet>'
    )


@recipe("chart-sheet")
def _chart_sheet(workbook: bytes) -> bytes:
    chart = (
        f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'
    )
    workbook = with_related_part(
        workbook,
        WORKBOOK,
        "xl/chartsheets/sheet1.xml",
        chart,
        relation=f"{OFFICE}/chartsheet",
        kind=f"{_SPREADSHEET}.chartsheet+xml",
    )
    told = f'<sheet xmlns:r="{OFFICE}" name="图表1" sheetId="99" r:id="rId11"/></sheets>'
    return replaced(workbook, WORKBOOK, "</sheets>", told)


@recipe("text-box-on-a-sheet")
def _text_box(workbook: bytes) -> bytes:
    """A text typed into a shape that lies over the cells: no cell holds it."""
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"><xdr:oneCellAnchor>'
        "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row><xdr:rowOff>0</xdr:rowOff>"
        '</xdr:from><xdr:ext cx="95250" cy="95250"/><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" '
        'name="文本框"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>以此为准'
        "：505</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
    )
    workbook = with_related_part(
        workbook,
        sheet_part("表二"),
        "xl/drawings/drawing1.xml",
        drawing,
        relation=f"{OFFICE}/drawing",
        kind="application/vnd.openxmlformats-officedocument.drawing+xml",
    )
    return in_sheet(
        workbook, "表二", "</worksheet>", f'<drawing xmlns:r="{OFFICE}" r:id="rId1"/></worksheet>'
    )


@recipe("lying-dimension")
def _lying_dimension(workbook: bytes) -> bytes:
    return in_sheet(workbook, "表二", '<dimension ref="A1:D16"/>', '<dimension ref="A1"/>')


@recipe("dimension-of-a-whole-sheet")
def _whole_dimension(workbook: bytes) -> bytes:
    return in_sheet(workbook, "表二", '<dimension ref="A1:D16"/>', '<dimension ref="A1:XFD1048576"/>')


@recipe("formats-down-to-the-last-row")
def _formatted_rows(workbook: bytes) -> bytes:
    """Colour was given to whole columns: cells far down that hold nothing."""
    return in_sheet(
        workbook, "表二", "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="31"/></row></sheetData>'
    )


@recipe("note-in-the-table")
def _note_in_the_table(workbook: bytes) -> bytes:
    """A remark in a cell of the form that is no input."""
    return with_texts(workbook, {"表二!C9": "含变更许可20件"})
