"""The README.md of a new pack: what was decided, blank by blank, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator

from reportfill.new_pack.draft import Blank, Draft
from reportfill.text import word_list

_KINDS = {
    "integer": "整数",
    "number": "数字",
    "boolean": "是、否",
    "array": "分段文字",
    "string": "文字",
    "date": "日期",
    "year-month": "年月",
    "choice": "单选",
    "choices": "多选",
}
_NAMED_PARTS = 3
_HEADS = word_list("位置 栏目 标签 类型 必填 依据")


def readme(draft: Draft, form: str) -> bytes:
    """The bytes of README.md; `form` is the name of the form."""
    return ("\n".join(_lines(draft, form)) + "\n").encode()


def _lines(draft: Draft, form: str) -> Iterator[str]:
    yield f"# {draft.title}"
    yield ""
    yield f"由空白表“{form}”建立。栏目、类型、勾稽关系都是按表上的文字推定的，请逐项核对。"
    yield "要改的，改`schema.json`（类型、必填、勾稽关系）、`intake.xlsx`（填报表）和`report.docx`（报告），"
    yield "三处的标签要相同；改完运行 `reportfill pack check`。"
    yield ""
    yield "## 请先核对"
    yield ""
    yield from _doubts(draft)
    yield ""
    yield "## 勾稽关系"
    yield ""
    rules = list(_rules(draft))
    yield from rules or ["没有推定勾稽关系。"]
    yield ""
    yield "## 栏目"
    for section in draft.sections:
        yield ""
        yield f"### {' · '.join(section.titles)}"
        yield ""
        yield f"| {' | '.join(_HEADS)} |"
        yield f"|{'---|' * len(_HEADS)}"
        yield from map(_row, section.blanks)


def _doubts(draft: Draft) -> Iterator[str]:
    if not draft.names_office or not draft.names_year:
        missing = [] if draft.names_office else ["单位名称"]
        missing += [] if draft.names_year else ["年度"]
        yield f"- 表上没有写{'和'.join(missing)}的位置：在标题上面加了一行，请移到合适的位置。"
    for notice in draft.notices:
        yield f"- {notice.place.in_chinese}：{notice.words.zh}。"
    for blank in draft.blanks:
        if blank.asked.schema.get("type") in ("integer", "number") and not blank.asked.unit:
            continue
        if blank.asked.reason == "没有写明数量单位" and len(blank.labels[-1]) < 2:
            yield f"- {blank.place.in_chinese}：“{blank.label}”是什么，看不出来。"
    yield "- 必填、选填：写着“备注”“选填”“如有”的作为选填，其余作为必填。"
    yield "- 没有写单位的数字，单位没有推定；需要的，在`schema.json`里加上`unit`。"


def _rules(draft: Draft) -> Iterator[str]:
    for section in draft.sections:
        for rule in section.sums:
            named = "”“".join(part.label for part in rule.parts[:_NAMED_PARTS])
            more = f"等{len(rule.parts)}项" if len(rule.parts) > _NAMED_PARTS else ""
            relation = "不小于" if rule.is_part else "等于"
            end = "" if rule.is_part else "之和"
            where = rule.whole.place.in_chinese.removeprefix(rule.whole.place.file)
            yield f"- {where}：“{rule.whole.label}”{relation}“{named}”{more}{end}"


def _row(blank: Blank) -> str:
    schema = blank.asked.schema
    kind = str(schema["type"])
    if "enum" in schema or "oneOf" in schema:
        kind = "choice"
    elif kind == "array" and "uniqueItems" in schema:
        kind = "choices"
    elif "format" in schema:
        kind = str(schema["format"])
    unit = f"（{blank.asked.unit}）" if blank.asked.unit else ""
    cells = (
        blank.place.in_chinese.removeprefix(blank.place.file),
        blank.label,
        f"`{blank.path}`",
        f"{_KINDS[kind]}{unit}",
        "是" if blank.asked.is_required else "否",
        blank.asked.reason,
    )
    return f"| {' | '.join(cell.replace('|', '｜') for cell in cells)} |"
