"""How a comparison of two years says figures, changes and situations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from reportfill.campaign.comparison.agency_matching import AgencyMatch
from reportfill.campaign.comparison.comparison import AgencyComparison, Comparison
from reportfill.decimals import Number, plain
from reportfill.model.fields import Field
from reportfill.pack.pack import Pack

_NAMED = 3
"""So many of the agencies that another took over are named."""

UNKNOWN = "—"
"""What stands where there is nothing to say."""

IN_BOTH = "两年都有报告"
NEW, GONE, CLOSED = "本年度新增", "本年度名册中没有", "已撤销或并入其他单位"
NOT_YET, NOT_LAST, NEITHER = "本年度没有完成的报告", "上年度没有完成的报告", "两年都没有完成的报告"
OTHER_CODE, OTHER_NAME = "编码变更，按名称对应", "名称变更，按名册中的原名对应"

_BY_REPORTS: Mapping[tuple[bool, bool], str] = {
    (True, True): IN_BOTH,
    (True, False): NOT_YET,
    (False, True): NOT_LAST,
    (False, False): NEITHER,
}
"""The situation by whether there is a report of last year, and of this one."""


def in_digits(figure: Number | None) -> str:
    """A figure with its thousands apart; a dash where it is not known."""
    return UNKNOWN if figure is None else format(Decimal(plain(figure)), ",")


def with_sign(difference: Number | None) -> str:
    """A difference with its sign: +700, −12, 0."""
    digits = in_digits(difference)
    if difference is None or not difference:
        return digits
    return digits.replace("-", "−") if difference < 0 else f"+{digits}"


def percent_in_words(percent: float | None) -> str:
    """A change in percent: +350.0%, −12.5%; a dash where last year's figure was zero or is not known."""
    if percent is None:
        return UNKNOWN
    if not round(percent, 1):
        return "0.0%"
    rounded = f"{percent:+,.1f}%" if abs(percent) < 1_000 else f"{percent:+,.0f}%"
    return rounded.replace("-", "−")


def full_label(pack: Pack, path: str) -> str:
    """What a figure is called, of an amount with its unit."""
    return pack.label_in_tables(path) + _unit(pack.fields[path])


def short_label(pack: Pack, path: str) -> str:
    """What a main figure is called: of a total what it is the total of, of an amount its unit too."""
    field = pack.fields[path]
    of_what = field.titles[1:-1] if path in pack.rules.derived else ()
    return (" · ".join(of_what) or field.label) + _unit(field)


def _unit(field: Field) -> str:
    return f"（{field.unit}）" if field.kind.is_labelled_with_unit and field.unit else ""


def situation(one: AgencyComparison) -> str:
    """Whether an agency is new, gone, or in both years, and with which reports."""
    if one.match.now is None:
        return GONE
    if one.match.now.is_closed and one.now is None:
        return CLOSED
    if one.match.last is None:
        return NEW
    return _BY_REPORTS[one.last is not None, one.now is not None]


def taken_over(comparison: Comparison) -> dict[str, str]:
    """By the code of each agency that took over others: which ones, whose figures of last year are not in its own."""
    names: dict[str, list[str]] = defaultdict(list)
    for one in comparison.agencies:
        if one.match.now is not None and one.match.now.successor:
            names[one.match.now.successor].append(one.match.now.name)
    return {code: f"并入了{_some(others)}，上年度数据不含" for code, others in names.items()}


def _some(names: Sequence[str]) -> str:
    more = f"等{len(names)}个单位" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def change_of_entry(match: AgencyMatch) -> str:
    """What changed in an agency's entry of the roster; empty where nothing did."""
    if match.now is None or match.last is None:
        return ""
    if match.now.code != match.last.code:
        return OTHER_CODE
    return OTHER_NAME if match.now.name != match.last.name else ""
