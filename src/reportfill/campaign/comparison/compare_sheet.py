"""The workbook of a comparison: a year beside the one before, to filter, sort and pass on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from reportfill.campaign.comparison.comparison import AgencyComparison, Comparison, FigureChange, main_paths
from reportfill.campaign.comparison.figure_words import (
    IN_BOTH,
    change_of_entry,
    full_label,
    short_label,
    situation,
    taken_over,
)
from reportfill.campaign.status.status_sheet import MOST_ROWS
from reportfill.finding import SEVERITY_NAMES
from reportfill.office.workbook.sheet_layout import A3
from reportfill.office.workbook.sheet_rows import Row
from reportfill.office.workbook.tables import Tables, does_not_fit

SUMS, JUMPS, BREAKS, AGENCIES, ENTRIES = "汇总对比", "变动较大", "结转不一致", "各单位", "新增和撤并"
"""The sheets."""


def compare_sheet(comparison: Comparison) -> bytes:
    """The workbook: the same bytes for the same comparison."""
    tables = Tables(f"{comparison.year}年与{comparison.last_year}年对比")
    _add_sums(tables, comparison)
    _add_jumps(tables, comparison)
    _add_breaks(tables, comparison)
    _add_agencies(tables, comparison)
    _add_entries(tables, comparison)
    return tables.saved()


def _add_sums(tables: Tables, comparison: Comparison) -> None:
    groups = (f"两年都汇总的{comparison.added_in_both}个单位", "各年全部单位")
    columns = [f"{group}：{column}" for group in groups for column in _change_headings(comparison)]
    headings, widths = ["数据项", "计量单位", *columns], [60, 10, *[16] * len(columns)]
    tables.add(SUMS, headings, widths, _sums(comparison), frozen_columns=1, wrapped=(0,))


def _change_headings(comparison: Comparison) -> tuple[str, ...]:
    return f"{comparison.last_year}年", f"{comparison.year}年", "增减", "增减比例（%）"


def _sums(comparison: Comparison) -> Iterator[Row]:
    for both, over_all in zip(comparison.in_both, comparison.over_all, strict=True):
        field = comparison.pack.fields[both.path]
        yield [comparison.pack.label_in_tables(both.path), field.unit, *_told(both), *_told(over_all)]


def _told(change: FigureChange) -> Row:
    percent = None if change.percent is None else round(change.percent, 1)
    return [change.last, change.now, change.difference, percent]


def _add_jumps(tables: Tables, comparison: Comparison) -> None:
    headings = ["序号", "单位编码", "单位名称", "数据项", *_change_headings(comparison), "变动程度", "备注"]
    widths = [8, 18, 36, 60, 12, 12, 12, 14, 12, 40]
    tables.add(JUMPS, headings, widths, _jumps(comparison), wrapped=(2, 3, 9))


def _jumps(comparison: Comparison) -> Iterator[Row]:
    remarks = taken_over(comparison)
    for number, jump in enumerate(comparison.jumps, 1):
        label = full_label(comparison.pack, jump.change.path)
        yield [
            number,
            jump.agency.code,
            jump.agency.name,
            label,
            *_told(jump.change),
            round(jump.size, 1),
            remarks.get(jump.agency.code, ""),
        ]
    left_out = comparison.jump_count - len(comparison.jumps)
    if left_out:
        yield ["", "", "", f"只列出变动最大的{len(comparison.jumps)}处，其余{left_out}处没有列出。"]


def _add_breaks(tables: Tables, comparison: Comparison) -> None:
    last, now = f"{comparison.last_year}年报告", f"{comparison.year}年报告"
    headings = ["单位编码", "单位名称", "类别", "数据项", "核对规则", last, "应为", now]
    headings += ["相差", "问题", "核对办法", "备注"]
    widths = [18, 30, 8, 30, 30, 12, 12, 12, 12, 50, 40, 24]
    rows = _limited(_breaks(comparison))
    tables.add(BREAKS, headings, widths, rows, wrapped=(1, 3, 4, 9, 10, 11), paper=A3)


def _breaks(comparison: Comparison) -> Iterator[Row]:
    remarks = taken_over(comparison)
    for one in comparison.breaks:
        found = one.finding
        yield [
            one.agency.code,
            one.agency.name,
            SEVERITY_NAMES[found.severity].zh,
            comparison.pack.label(one.balance.place),
            one.balance.title,
            one.last,
            found.expected,
            found.value,
            found.value - found.expected,
            found.message.zh,
            found.hint.zh,
            remarks.get(one.agency.code, ""),
        ]
    if not comparison.is_checked:
        yield ["", "两年不是相邻的年度，没有核对。"]


def _limited(rows: Iterator[Row]) -> Iterator[Row]:
    """As many rows as a sheet holds, and a last one that says how many are left out."""
    yield from islice(rows, MOST_ROWS)
    left_out = sum(1 for _ in rows)
    if left_out:
        yield ["", f"其余{left_out}处没有列出。"]


def _add_agencies(tables: Tables, comparison: Comparison) -> None:
    labels = [short_label(comparison.pack, path) for path in main_paths(comparison.pack)]
    years = (comparison.last_year, comparison.year)
    columns = [f"{label}：{year}年" for label in labels for year in years]
    headings = ["单位编码", "单位名称", "情况", *columns]
    widths = [18, 36, 24, *[12] * len(columns)]
    agencies = comparison.agencies[:MOST_ROWS]
    # A hundred thousand rows of one height are written and opened faster.
    wrapped = (1,) if does_not_fit((one.match.agency.name for one in agencies), widths[1]) else ()
    tables.add(
        AGENCIES, headings, widths, map(_agency, agencies), frozen_columns=2, wrapped=wrapped, paper=A3
    )


def _agency(one: AgencyComparison) -> Row:
    most = len(one.last or one.now or ())
    none = (None,) * most
    figures = [figure for both in zip(one.last or none, one.now or none, strict=True) for figure in both]
    return [one.match.agency.code, one.match.agency.name, situation(one), *figures]


def _add_entries(tables: Tables, comparison: Comparison) -> None:
    year = comparison.last_year
    headings = ["情况", "单位编码", "单位名称", f"{year}年编码", f"{year}年名称"]
    tables.add(ENTRIES, headings, [34, 18, 36, 18, 36], _entries(comparison.agencies), wrapped=(0, 2, 4))


def _entries(agencies: Iterable[AgencyComparison]) -> Iterator[Row]:
    """The agencies that cannot be compared, and those whose entry in the roster changed."""
    for one in agencies:
        now, last = one.match.now, one.match.last
        what = [said for said in (situation(one), change_of_entry(one.match)) if said not in (IN_BOTH, "")]
        if what:
            yield [
                "；".join(what),
                now.code if now else "",
                now.name if now else "",
                last.code if last else "",
                last.name if last else "",
            ]
