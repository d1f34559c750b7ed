"""The page of a comparison: a year beside the one before, in one file that any browser opens without a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from reportfill.campaign.comparison.compare_charts import scatter_charts, sums_chart
from reportfill.campaign.comparison.comparison import Comparison, main_paths
from reportfill.campaign.comparison.figure_words import (
    CLOSED,
    GONE,
    IN_BOTH,
    NEITHER,
    NEW,
    NOT_LAST,
    NOT_YET,
    change_of_entry,
    full_label,
    in_digits,
    percent_in_words,
    short_label,
    situation,
    taken_over,
    with_sign,
)
from reportfill.campaign.page import page_of
from reportfill.finding import SEVERITY_NAMES

SHOWN_JUMPS, SHOWN_BREAKS, SHOWN_AGENCIES = 100, 200, 200
"""How many rows the page shows at most; the workbook beside it has the rest."""


_Row = Mapping[str, Any]
"""What the page says in a row, by name."""


def compare_page(comparison: Comparison, issuer: str) -> bytes:
    """The page as UTF-8: the same for the same comparison. `issuer` is the office whose campaign it is."""
    entries, count = _entries(comparison), Counter(map(situation, comparison.agencies))
    return page_of(
        __name__,
        {
            "number": in_digits,
            "signed": with_sign,
            "percent": percent_in_words,
        },
        comparison=comparison,
        issuer=issuer,
        title=comparison.pack.manifest.title,
        numbers=_numbers(comparison, count),
        about=_about(comparison, count),
        sums_chart=sums_chart(comparison),
        scatters=scatter_charts(comparison),
        sums=_sum_rows(comparison),
        jumps=comparison.jumps[:SHOWN_JUMPS],
        breaks=comparison.breaks[:SHOWN_BREAKS],
        entries=entries[:SHOWN_AGENCIES],
        entries_in_all=len(entries),
        no_breaks=_why_no_breaks(comparison),
        taken_over=taken_over(comparison),
        severities=SEVERITY_NAMES,
        label=partial(full_label, comparison.pack),
    )


def _numbers(comparison: Comparison, count: Counter[str]) -> Mapping[str, int]:
    """How many agencies are compared, new, gone or lack a report, and how many have jumps or breaks."""
    return {
        "compared": count[IN_BOTH],
        "new": count[NEW],
        "gone": count[GONE] + count[CLOSED],
        "lacking": count[NOT_YET] + count[NOT_LAST] + count[NEITHER],
        "breaks": len(comparison.breaks),
        "agencies_with_breaks": len({found.agency.code for found in comparison.breaks}),
        "jumps": comparison.jump_count,
        "agencies_with_jumps": comparison.jump_agencies,
    }


def _about(comparison: Comparison, count: Counter[str]) -> str:
    """How many agencies are compared, and how many are not and why."""
    compared = count[IN_BOTH]
    reasons = (NEW, GONE, CLOSED, NOT_YET, NOT_LAST, NEITHER)
    left_out = [f"{count[reason]:,}个{reason}" for reason in reasons if count[reason]]
    rest = f"其余{'，'.join(left_out)}，不能逐项对比。" if left_out else ""
    counted = compared - comparison.added_in_both
    own = f"可以对比的单位中有{counted:,}个的数据已计入上级单位，汇总时不重复计算。" if counted else ""
    return f"两年名册合计{len(comparison.agencies):,}个单位，两年都有报告、可以逐项对比的{compared:,}个。{rest}{own}"


def _sum_rows(comparison: Comparison) -> list[_Row]:
    pack, main = comparison.pack, set(main_paths(comparison.pack))
    return [
        {
            "label": short_label(pack, both.path),
            "unit": pack.fields[both.path].unit,
            "changes": (both, over_all),
        }
        for both, over_all in zip(comparison.in_both, comparison.over_all, strict=True)
        if both.path in main
    ]


def _entries(comparison: Comparison) -> Sequence[_Row]:
    """The agencies that are new, gone, or entered otherwise than last year, in this order."""
    found: dict[str, list[_Row]] = {NEW: [], GONE: [], CLOSED: [], IN_BOTH: []}
    for one in comparison.agencies:
        what, changed = situation(one), change_of_entry(one.match)
        if what in (NEW, GONE, CLOSED):
            found[what].append({"what": what, "match": one.match})
        elif changed:
            found[IN_BOTH].append({"what": changed, "match": one.match})
    return [entry for entries in found.values() for entry in entries]


def _why_no_breaks(comparison: Comparison) -> str:
    """What the page says where it lists no break."""
    if not comparison.is_checked:
        return (
            f"{comparison.last_year}年与{comparison.year}年不是相邻的年度，没有核对结转等跨年度的衔接关系。"
        )
    if not any(one.last and one.now for one in comparison.agencies):
        return "没有两年都有报告的单位，无法核对。"
    return "两年都有报告的单位，结转等跨年度的数据全部衔接一致。"
