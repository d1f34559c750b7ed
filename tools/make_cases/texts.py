"""What stands in a cell for text: the ways in which programs write it, and what people paste."""

from __future__ import annotations

import re
from functools import partial

from tools.make_cases.recipes import Recipe, add, recipe
from tools.make_cases.surgery import (
    MAIN,
    OFFICE,
    WORKBOOK,
    in_sheet,
    parts_of,
    with_cells,
    with_content_type,
    with_parts,
    with_related_part,
    with_texts,
    without_part,
)

PLACE = "总体情况!B31"
SHARED_STRINGS = "xl/sharedStrings.xml"
_SHARED_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def _inline(children: str) -> str:
    return f'<c r="B31"{{style}} t="inlineStr"><is>{children}</is></c>'


_ELEMENTS = {
    "rich-text": ("<r><rPr><b/></rPr><t>全年共组织培训</t></r><r><t>两次，参加培训的人员有八十人。</t></r>"),
    "phonetic-text": (
        "<t>全年共组织培训两次，参加培训的人员有八十人。</t>"
        '<rPh sb="0" eb="2"><t>quánnián</t></rPh><phoneticPr fontId="1"/>'
    ),
    "space-that-is-kept": '<t xml:space="preserve">　　全年共组织培训两次，参加培训的人员有八十人。 </t>',
    "escaped-carriage-return": "<t>全年共组织培训两次，_x000D_\n参加培训的人员有八十人。</t>",
    "escaped-underscore": "<t>全年共组织培训两次，资料编号为_x005F_x000D_，已经存档。</t>",
    "escaped-lone-surrogate": "<t>全年共组织培训两次_xD800_，参加培训的人员有八十人。</t>",
    "escaped-surrogate-pair": "<t>全年共组织培训两次_xD83D__xDC4D_，参加培训的人员有八十人。</t>",
    "escaped-control-character": "<t>全年共组织培训两次_x0002_，参加培训的人员有八十人。</t>",
    "text-that-looks-escaped": "<t>全年共组织培训两次，资料编号为_x12_和_xGHIJ_，已经存档。</t>",
    "text-in-a-cdata-section": "<t><![CDATA[全年共组织培训两次，参加培训的人员<有八十人>。]]></t>",
}

_TYPED = {
    "line-breaks-in-a-cell": "全年共组织培训两次。\n参加培训的人员有八十人。",
    "tabs-in-a-cell": "全年共组织培训两次，\t参加培训的人员有八十人。",
    "emoji-and-rare-characters": "全年共组织培训两次👍🏽，参加的有𠮷某村👨‍👩‍👧和𪚥某镇的八十人。",
    "zero-width-marks-in-a-text": "\ufeff全年共组织\u200b培训两次，\u200e参加培训的人员有八十人。",
    "non-breaking-spaces-in-a-text": "\xa0全年共组织培训\xa0两次，参加培训的人员有八十人。\xa0",
    "template-syntax-in-a-text": "全年共组织培训两次，参加培训的人员有{{ 7*7 }}人{% if %}。",
    "formula-typed-as-text": "=全年共组织培训两次，参加培训的人员有八十人。",
    "markup-in-a-text": "全年共组织培训两次，<w:p/>参加培训的人员&有八十人。",
    "longest-text-that-a-cell-can-hold": "资料已归档了。" * 4681,
}

for _name, _children in _ELEMENTS.items():
    add(_name, Recipe(partial(with_cells, cells={PLACE: _inline(_children)})))
for _name, _text in _TYPED.items():
    add(_name, Recipe(partial(with_texts, texts={PLACE: _text})))


@recipe("windows-line-breaks-in-a-cell")
def _windows_line_breaks(workbook: bytes) -> bytes:
    """Only a character reference keeps a carriage return: XML reads a plain one as a line feed."""
    return with_cells(
        workbook, {PLACE: _inline("<t>全年共组织培训两次。&#13;&#10;参加培训的人员有八十人。</t>")}
    )


@recipe("number-in-the-narrative")
def _number(workbook: bytes) -> bytes:
    return with_cells(workbook, {PLACE: "<v>2023</v>"})


@recipe("truth-value-in-the-narrative")
def _truth(workbook: bytes) -> bytes:
    return with_cells(workbook, {PLACE: '<c r="B31"{style} t="b"><v>1</v></c>'})


@recipe("shared-strings")
def with_shared_strings(workbook: bytes) -> bytes:
    """Every text in the table that all sheets share, as Excel and WPS save them."""
    texts: dict[str, int] = {}
    parts = parts_of(workbook)

    def shared(found: re.Match[str]) -> str:
        number = texts.setdefault(found[2], len(texts))
        return f'{found[1]} t="s"><v>{number}</v></c>'

    for name in [name for name in parts if name.startswith("xl/worksheets/")]:
        sheet = parts[name].decode()
        pattern = r'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="inlineStr"><is>(.*?)</is></c>'
        parts[name] = re.sub(pattern, shared, sheet, flags=re.DOTALL).encode()
    items = "".join(f"<si>{text}</si>" for text in texts)
    table = f'<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'
    workbook = with_parts(workbook, parts)
    return with_related_part(
        workbook, WORKBOOK, SHARED_STRINGS, table, relation=f"{OFFICE}/sharedStrings", kind=_SHARED_KIND
    )


@recipe("phonetic-text-in-shared-strings")
def _shared_phonetic(workbook: bytes) -> bytes:
    """As Japanese input methods leave it behind: how the text is read, which is no part of it."""
    phonetic = '</t><rPh sb="0" eb="2"><t>quánnián</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>'
    workbook = with_shared_strings(workbook)
    table = parts_of(workbook)[SHARED_STRINGS].decode()
    return with_parts(workbook, {SHARED_STRINGS: table.replace("</t></si>", phonetic)})


@recipe("rich-text-in-shared-strings")
def _shared_rich(workbook: bytes) -> bytes:
    """Every text in two runs, as a font for Latin letters within Chinese text makes them."""
    workbook = with_shared_strings(workbook)
    table = parts_of(workbook)[SHARED_STRINGS].decode()
    table = re.sub(
        r"<si><t[^>]*>([^<]{2})([^<]*)</t></si>",
        r'<si><r><t>\1</t></r><r><rPr><sz val="11"/></rPr><t xml:space="preserve">\2</t></r></si>',
        table,
    )
    return with_parts(workbook, {SHARED_STRINGS: table})


@recipe("shared-strings-are-missing")
def _missing_shared_strings(workbook: bytes) -> bytes:
    return without_part(with_shared_strings(workbook), SHARED_STRINGS)


@recipe("shared-string-that-does-not-exist")
def _beyond_the_table(workbook: bytes) -> bytes:
    return with_cells(with_shared_strings(workbook), {PLACE: '<c r="B31"{style} t="s"><v>99999</v></c>'})


@recipe("empty-shared-strings")
def _empty_shared_strings(workbook: bytes) -> bytes:
    """A table that a program writes although no cell uses it."""
    return with_content_type(
        with_parts(workbook, {SHARED_STRINGS: f'<sst xmlns="{MAIN}" count="0" uniqueCount="0"/>'}),
        SHARED_STRINGS,
        _SHARED_KIND,
    )


def _paragraphs(number: int) -> list[str]:
    return [
        f"第{count}项工作已经按照年度计划全部完成，资料已归档。" for count in "一二三四五六七八九十"[:number]
    ]


@recipe("text-spilled-into-the-next-part")
def _spilled(workbook: bytes) -> bytes:
    """Eight paragraphs pasted into a block of six rows: two of them stand over the next part's text."""
    texts = {f"总体情况!B{8 + row}": text for row, text in enumerate(_paragraphs(8))}
    return with_texts(workbook, texts)


@recipe("text-spilled-below-the-last-part")
def _spilled_below(workbook: bytes) -> bytes:
    """Ten paragraphs pasted into the last block of the sheet, which has eight rows."""
    texts = {f"总体情况!B{46 + row}": text for row, text in enumerate(_paragraphs(8))}
    rows = "".join(
        f'<row r="{54 + row}"><c r="B{54 + row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for row, text in enumerate(_paragraphs(10)[8:])
    )
    return in_sheet(with_texts(workbook, texts), "总体情况", "</sheetData>", f"{rows}</sheetData>")
