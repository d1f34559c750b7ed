"""The intake.xlsx of a draft: a guide, a sheet for each table drawn like it, sheets of texts, and the checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.new_pack.draft import Blank, Draft, FormPart
from reportfill.new_pack.drawn_sheet import DrawnSheet, Looks
from reportfill.new_pack.wording import TAGS, plain_label
from reportfill.office.package import composed
from reportfill.office.properties import Properties, property_parts, with_places_for_properties
from reportfill.office.word_table import WordCell, WordTable
from reportfill.office.workbook.edited_workbook import EditedWorkbook

_GUIDE, _CHECKS, _TEXTS = "填报说明", "校验", "文字"
_ROWS_OF_PARAGRAPHS, _ROWS_IN_TABLE = 8, 4
_WIDTH, _WIDEST, _NARROWEST = 100.0, 260.0, 7.0
_TEXT_WIDTHS = (30.0, 78.0, 30.0)
_STEPS = (
    "核对本页的单位名称和年度；有误的，请与{{ form.contact }}联系。",
    "按顺序填写后面各页，只填浅黄色的单元格；浅蓝色的自动计算，不用填写。",
    "没有发生的，数字填0，不要留空，也不要填“无”“—”“/”；文字一行填一段。",
    "打开“校验”页：未填的单元格应当为0个，勾稽关系不应有“不平”。",
    "保存后，在{{ form.deadline }}前将原文件报送主管部门。不要插入、删除行列，不要删除、改名工作表。",
)


def intake_xlsx(draft: Draft) -> bytes:
    """The bytes of intake.xlsx."""
    book = EditedWorkbook.without_sheets()
    looks = Looks.of(book)
    derived = {rule.whole.path for section in draft.sections for rule in section.sums if not rule.is_part}
    sheets = [_guide(draft, looks), *_of_sections(draft, looks, derived)]
    sheets.append(_checks(looks, len(sheets)))
    for sheet in sheets:
        book.add(sheet.name, sheet.part())
    parts = with_places_for_properties(book.parts())
    return composed(parts | property_parts(Properties(f"{draft.title}填报表", "reportfill", {})))


def _guide(draft: Draft, looks: Looks) -> DrawnSheet:
    sheet = DrawnSheet(_GUIDE, (14, 56, 36))
    sheet.put(0, 0, f"{{{{ {AGENCY} }}}}{{{{ {YEAR} }}}}年{draft.title}", looks.title, columns=3)
    sheet.heights[0] = 48
    for row, (path, label, hint) in enumerate(
        (
            (AGENCY, "单位名称", "填写单位全称（与公章一致）。"),
            (CODE, "单位编码", "选填；主管部门编排的单位编码。"),
            (YEAR, "年度", "报告所反映的年度。"),
        ),
        2,
    ):
        sheet.put(row, 0, label, looks.head)
        sheet.put(row, 1, f"{{{{ {path} }}}}", looks.text)
        sheet.put(row, 2, hint, looks.note)
    sheet.put(6, 0, "填报步骤", looks.head)
    for number, step in enumerate(_STEPS, 1):
        sheet.put(6 + number, 0, str(number), looks.note)
        sheet.put(6 + number, 1, step, looks.note, columns=2)
    return sheet


def _of_sections(draft: Draft, looks: Looks, derived: set[str]) -> Iterator[DrawnSheet]:
    """A sheet for each table, with the texts that belong to it below; texts of several sections together."""
    names = _Names()
    texts: DrawnSheet | None = None
    for section in draft.sections:
        if section.table is not None:
            texts = None
            yield _table_sheet(names.free(section.title), section, section.table, looks, derived)
            continue
        shown = [blank for blank in section.blanks if _is_shown(blank)]
        if shown and texts is None:
            texts = DrawnSheet(names.free(_TEXTS if len(draft.sections) > 1 else section.title), _TEXT_WIDTHS)
            _text_heads(texts, looks)
            _texts(texts, section, shown, looks)
            yield texts
        elif texts is not None:
            _texts(texts, section, shown, looks)


def _is_shown(blank: Blank) -> bool:
    return blank.path not in (AGENCY, YEAR)


def _text_heads(sheet: DrawnSheet, looks: Looks) -> None:
    for column, words in enumerate(("栏目", "填写内容（文字一行填一段）", "填写要求")):
        sheet.put(0, column, words, looks.head)
    sheet.frozen_rows = 1


def _texts(sheet: DrawnSheet, section: FormPart, blanks: Sequence[Blank], looks: Looks) -> None:
    row = sheet.height
    if section.title not in (blank.labels[-1] for blank in blanks):
        sheet.put(row, 0, section.title, looks.head, columns=3)
        row += 1
    for blank in blanks:
        row = _line(sheet, row, blank, looks, (0, 1, 1), (2, 1))


def _line(
    sheet: DrawnSheet,
    row: int,
    blank: Blank,
    looks: Looks,
    label_and_input: tuple[int, int, int],
    hint: tuple[int, int],
) -> int:
    """A label, its blank beside it and what is asked; the row below. `label_and_input` are the columns of the label,
    and the first one and the number of those of the blank; `hint` the same of the hint."""
    rows = _ROWS_OF_PARAGRAPHS if _is_block(blank) else 1
    label_columns, first, columns = label_and_input
    sheet.put(row, 0, _said(blank), looks.label, rows=rows, columns=max(label_columns, 1))
    for down in range(rows):
        sheet.put(row + down, first, f"{{{{ {blank.path} }}}}", _look(blank, looks, set()), columns=columns)
    if hint[1]:
        sheet.put(row, hint[0], _hint(blank), looks.note, rows=rows, columns=hint[1])
    return row + rows


def _said(blank: Blank) -> str:
    unit = f"（{blank.asked.unit}）" if blank.asked.unit and blank.asked.unit not in blank.labels[-1] else ""
    return f"{blank.label}{unit}" + ("" if blank.asked.is_required else "（选填）")


def _is_block(blank: Blank) -> bool:
    return bool(blank.asked.schema["type"] == "array")


def _hint(blank: Blank) -> str:
    if blank.asked.description:
        return blank.asked.description
    if _is_block(blank):
        return "一行填一项。" if "uniqueItems" in blank.asked.schema else "一行填一段。"
    return "选填。" if not blank.asked.is_required else ""


def _look(blank: Blank, looks: Looks, derived: set[str]) -> int:
    if blank.path in derived:
        return looks.computed
    if blank.asked.is_figure:
        return looks.number
    return looks.paragraph if _is_block(blank) else looks.text


def _table_sheet(
    name: str, section: FormPart, table: WordTable, looks: Looks, derived: set[str]
) -> DrawnSheet:
    sheet = DrawnSheet(name, _column_widths(table, section))
    sheet.put(0, 0, section.title, looks.title, columns=table.width)
    sheet.put(1, 0, "没有发生的填0，不要留空；浅蓝色的自动计算，不用填写。", looks.note, columns=table.width)
    tops = _tops(table, section, 2)
    for cell in table.cells:
        _draw(sheet, cell, section.in_cells.get(cell), tops, looks, derived)
    row = tops[-1]
    beside = [
        blank for blank in section.blanks if blank not in section.in_cells.values() and _is_shown(blank)
    ]
    label_columns = max(1, table.width // 3)
    for blank in beside:
        if table.width == 1:
            sheet.put(row, 0, _said(blank), looks.label)
            sheet.put(row + 1, 0, f"{{{{ {blank.path} }}}}", _look(blank, looks, derived))
            row += 2
        else:
            columns = table.width - label_columns
            row = _line(sheet, row, blank, looks, (label_columns, label_columns, columns), (0, 0))
    return sheet


def _tops(table: WordTable, section: FormPart, first: int) -> list[int]:
    """The row of the sheet in which each row of a table begins, and the one below the last: a blank for paragraphs
    takes several."""
    heights = [1] * table.height
    for cell, blank in section.in_cells.items():
        if _is_block(blank):
            heights[cell.row] = max(heights[cell.row], _ROWS_IN_TABLE)
    tops = [first]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _draw(
    sheet: DrawnSheet,
    cell: WordCell,
    blank: Blank | None,
    tops: Sequence[int],
    looks: Looks,
    derived: set[str],
) -> None:
    row, rows = tops[cell.row], tops[cell.bottom] - tops[cell.row]
    if blank is None:
        text = "\n".join(filter(None, map(_printed, cell.text.split("\n"))))
        look = looks.head if _is_short(text) else looks.label
        sheet.put(row, cell.column, text, look, rows=rows, columns=cell.columns)
    elif not _is_shown(blank):
        shown = f"单位：{{{{ {AGENCY} }}}}" if blank.path == AGENCY else f"{{{{ {YEAR} }}}}年"
        sheet.put(row, cell.column, shown, looks.plain, rows=rows, columns=cell.columns)
    elif _is_block(blank):
        for down in range(rows):
            sheet.put(
                row + down, cell.column, f"{{{{ {blank.path} }}}}", looks.paragraph, columns=cell.columns
            )
    else:
        tag, look = f"{{{{ {blank.path} }}}}", _look(blank, looks, derived)
        sheet.put(row, cell.column, tag, look, rows=rows, columns=cell.columns)


def _printed(line: str) -> str:
    """A line of the form without tags and low lines: what is filled in there stands below the table."""
    return TAGS.sub("", line).strip(" \t　_＿")


def _is_short(text: str) -> bool:
    return len(text) <= 12


def _column_widths(table: WordTable, section: FormPart) -> list[float]:
    """The widths of the columns, in proportion as in the form, but wide enough to type into."""
    total = sum(table.widths)
    widest = min(_WIDEST, max(_WIDTH, _NARROWEST * table.width))
    return [max(_NARROWEST, round(widest * width / total, 1)) for width in table.widths]


def _checks(looks: Looks, sheets: int) -> DrawnSheet:
    """Where the tool shows what is open and every balance."""
    sheet = DrawnSheet(_CHECKS, (54, 52, 11, 11, 11, 11))
    sheet.put(0, 0, "校　　验", looks.title, columns=6)
    sheet.put(
        1,
        0,
        "本页自动计算，不用填写。下面两项均为0后再报送；点“位置”可以转到有关单元格。",
        looks.note,
        columns=6,
    )
    for row, (words, tag) in enumerate(
        (("未填的单元格（个）", "open.total"), ("不平的勾稽关系（条）", "balance.failures")), 2
    ):
        sheet.put(row, 0, words, looks.head)
        sheet.put(row, 1, f"{{{{ form.{tag} }}}}", looks.result)
    for column, (words, tag) in enumerate(
        (("工作表", "sheet"), ("第一处未填", "first"), ("未填（个）", "count"))
    ):
        sheet.put(5, column, words, looks.head)
        sheet.put(6, column, f"{{{{ form.open.{tag} }}}}", looks.result)
        for row in range(7, 6 + sheets):
            sheet.put(row, column, "", looks.result)
    heads = (("勾稽关系", "title"), ("位置", "place"), ("前者合计", "left"), ("后者合计", "right"))
    for column, (words, tag) in enumerate((*heads, ("差额", "difference"), ("结果", "verdict"))):
        sheet.put(8 + sheets, column, words, looks.head)
        sheet.put(9 + sheets, column, f"{{{{ form.balance.{tag} }}}}", looks.result)
    return sheet


class _Names:
    """Names of sheets, each of which is free."""

    def __init__(self) -> None:
        self._taken = {_GUIDE, _CHECKS}

    def free(self, wanted: str) -> str:
        """A name that a sheet can have: of at most 31 characters, none of them forbidden, and not taken."""
        name = re.sub(r"[\\/*?:\[\]：'’]", "", plain_label(wanted)).strip()[:24] or _TEXTS
        number = 1
        free = name
        while free in self._taken:
            number += 1
            free = f"{name}（{number}）"
        self._taken.add(free)
        return free
