"""The intake.xlsx of a draft: a guide, a sheet for each table drawn like it, sheets of texts, and the checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.new_pack.draft import Blank, Draft, FormPart
from reportfill.new_pack.drawn_sheet import DrawnSheet, Looks
from reportfill.new_pack.inputs import Inputs, hint_of, is_own
from reportfill.new_pack.table_sheet import table_sheet
from reportfill.new_pack.wording import plain_label
from reportfill.office.package import composed
from reportfill.office.properties import Properties, property_parts, with_places_for_properties
from reportfill.office.workbook.edited_workbook import EditedWorkbook

_GUIDE, _CHECKS, _TEXTS = "填报说明", "校验", "文字"
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
    sheets = [_guide(draft, looks), *_of_parts(draft, Inputs(looks, derived))]
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


def _of_parts(draft: Draft, inputs: Inputs) -> Iterator[DrawnSheet]:
    """A sheet for each table, with the texts that belong to it below; texts of several parts together."""
    names = _Names()
    texts: DrawnSheet | None = None
    for part in draft.sections:
        blanks = [blank for blank in part.blanks if is_own(blank)]
        if part.table is not None:
            texts = None
            yield table_sheet(names.free(part.title), part, part.table, inputs)
        elif blanks and texts is None:
            texts = _text_sheet(names.free(_TEXTS if len(draft.sections) > 1 else part.title), inputs)
            _put_texts(texts, part, blanks, inputs)
            yield texts
        elif blanks and texts is not None:
            _put_texts(texts, part, blanks, inputs)


def _text_sheet(name: str, inputs: Inputs) -> DrawnSheet:
    sheet = DrawnSheet(name, _TEXT_WIDTHS, frozen_rows=1)
    for column, words in enumerate(("栏目", "填写内容（文字一行填一段）", "填写要求")):
        sheet.put(0, column, words, inputs.looks.head)
    return sheet


def _put_texts(sheet: DrawnSheet, part: FormPart, blanks: Sequence[Blank], inputs: Inputs) -> None:
    row = sheet.height
    if part.title not in (blank.labels[-1] for blank in blanks):
        sheet.put(row, 0, part.title, inputs.looks.head, columns=3)
        row += 1
    for blank in blanks:
        below = inputs.put_line(sheet, row, blank, label=1, columns=1)
        sheet.put(row, 2, hint_of(blank), inputs.looks.note, rows=below - row)
        row = below


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
