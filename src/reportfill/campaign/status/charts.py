"""The charts of the status page: handed in by day, states by superior, frequent findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from reportfill.campaign.status.agency_status import CampaignStatus
from reportfill.campaign.status.overview import (
    FrequentFinding,
    StateCounts,
    SuperiorGroup,
    date_in_words,
    handed_in_by_day,
)
from reportfill.campaign.svg import BLUE, FAINT, LINE, bar, line, picture, words, words_within
from reportfill.catalogue import titles

_SUPERIORS_IN_CHART = 30
_FINDINGS_IN_CHART = 12
_DAYS_NAMED_IN_CHART = 6

_SOUND_COLOUR, _FAULTY_COLOUR, _SENT_BACK_COLOUR, _MISSING_COLOUR = "#2f855a", "#c53030", "#d69e2e", "#cbd5e0"
_DISPUTED_COLOUR = "#805ad5"
_WIDTH = 560
"""How wide a chart is; the browser scales it."""


def time_chart(status: CampaignStatus) -> Markup:
    """The share of the agencies that had handed in something, as a step line by day."""
    days = handed_in_by_day(status)
    if not days:
        return Markup("")
    left, right, top, bottom = 46, _WIDTH - 22, 40, 224
    first, last = days[0][0], days[-1][0]
    end = max(last, status.deadline or last)
    step = (right - left) / ((end - first).days + 1)
    due = len(status.agencies)

    def across(day: date) -> float:
        return left + (day - first).days * step

    def height(count: int) -> float:
        return bottom - (bottom - top) * count / due

    steps = f"M{left} {bottom}"
    for day, count in days:
        steps += f"V{height(count):.1f}H{across(day) + step:.1f}"
    parts = [*_share_grid(left, right, top, bottom), *_day_names(first, end, across, step, bottom + 20)]
    parts.append(
        Markup('<path d="{}V{}H{}Z" fill="{}" fill-opacity="0.12"/>').format(steps, bottom, left, BLUE)
    )
    parts.append(Markup('<path d="{}" fill="none" stroke="{}" stroke-width="2"/>').format(steps, BLUE))
    parts.extend(_deadline_mark(status, first, across, step, top, bottom))
    handed_in = days[-1][1]
    share = f"{100 * handed_in / due:.1f}%"
    parts.append(_end_mark(across(last) + step, height(handed_in), share))
    return picture(
        _WIDTH,
        bottom + 34,
        f"截至{date_in_words(last)}，{due}个单位中有{handed_in}个已报送，占{share}。",
        parts,
    )


def _share_grid(left: float, right: float, top: float, bottom: float) -> Iterator[Markup]:
    for percent in (0, 25, 50, 75, 100):
        y = bottom - (bottom - top) * percent / 100
        yield line(left, y, right, y, LINE)
        yield words(left - 8, y + 4, f"{percent}%", anchor="end", colour=FAINT)


def _day_names(
    first: date, end: date, across: Callable[[date], float], step: float, y: float
) -> Iterator[Markup]:
    every = -(-((end - first).days + 1) // _DAYS_NAMED_IN_CHART)
    day = first
    while day <= end:
        yield words(across(day) + step / 2, y, f"{day.month}月{day.day}日", anchor="middle", colour=FAINT)
        day += timedelta(days=every)


def _deadline_mark(
    status: CampaignStatus,
    first: date,
    across: Callable[[date], float],
    step: float,
    top: float,
    bottom: float,
) -> Iterator[Markup]:
    if status.deadline and status.deadline >= first:
        x = across(status.deadline) + step
        yield line(x, top - 20, x, bottom, _FAULTY_COLOUR, dashes="4 3")
        yield words(
            x, top - 26, "截止日期", anchor="middle" if x < _WIDTH - 40 else "end", colour=_FAULTY_COLOUR
        )


def _end_mark(x: float, y: float, share: str) -> Markup:
    """A dot where the line ends, and above it the share there: the line, which never falls, comes from below."""
    dot = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="4" fill="{}"/>').format(x, y, BLUE)
    return dot + words(max(x, 92) - 6, y - 9, share, anchor="end", size=14, colour=BLUE, bold=True)


_PARTS_OF_A_BAR = (
    ("已完成", "sound", _SOUND_COLOUR),
    ("有错误", "faulty", _FAULTY_COLOUR),
    ("审核退回", "sent_back", _SENT_BACK_COLOUR),
    ("未报送", "missing", _MISSING_COLOUR),
    ("待确认", "disputed", _DISPUTED_COLOUR),
)


def superior_chart(groups: Sequence[SuperiorGroup]) -> Markup:
    """Stacked bars of shares by superior: those that owe the most first, the rest summed."""
    if not groups:
        return Markup("")
    ordered = sorted(groups, key=lambda group: -group.figures.outstanding)
    shown, rest = ordered[:_SUPERIORS_IN_CHART], ordered[_SUPERIORS_IN_CHART:]
    if rest:
        together = StateCounts(*map(sum, zip(*(group.figures for group in rest), strict=True)))
        shown.append(SuperiorGroup("", f"其他{len(rest)}个", together))
    parts = [*_legend(groups)]
    for number, group in enumerate(shown):
        parts.extend(_superior_bar(group, 34 + 24 * number))
    worst = ordered[0]
    label = f"共{len(groups)}个上级单位；{worst.name}未完成的最多，有{worst.figures.outstanding}个。"
    return picture(_WIDTH, 34 + 24 * len(shown) + 4, label, parts)


def _legend(groups: Sequence[SuperiorGroup]) -> Iterator[Markup]:
    is_disputed = any(group.figures.disputed for group in groups)
    parts = _PARTS_OF_A_BAR if is_disputed else _PARTS_OF_A_BAR[:-1]  # which is rare
    for number, (name, _, colour) in enumerate(reversed(parts)):
        x = 398 - 74 * number
        yield bar(x, 6, 12, 12, colour)
        yield words(x + 17, 17, name, colour=FAINT)
    yield words(_WIDTH - 4, 17, "已完成/应报送", anchor="end", colour=FAINT)


def _superior_bar(group: SuperiorGroup, y: float) -> Iterator[Markup]:
    left, width = 176, 280
    figures = group.figures
    yield words(left - 10, y + 13, words_within(group.name, 12.5), anchor="end", size=13, whole=group.name)
    x: float = left
    for name, field, colour in _PARTS_OF_A_BAR:
        count: int = getattr(figures, field)
        if count:
            part = width * count / figures.due
            yield bar(x, y, part, 17, colour, f"{group.name}：{name}{count}个")
            x += part
    yield words(_WIDTH - 4, y + 13, f"{figures.sound:,}/{figures.due:,}", anchor="end", size=13)


def finding_chart(findings: Sequence[FrequentFinding]) -> Markup:
    """Bars of how often a finding occurs, below an example of it."""
    if not findings:
        return Markup("")
    shown, row, most = findings[:_FINDINGS_IN_CHART], 48, findings[0].count
    parts = []
    for number, finding in enumerate(shown):
        y = row * number
        width = max(2.0, 230 * finding.count / most)
        told = f"{finding.count:,}处，{finding.agencies:,}个单位"
        parts += [
            words(2, y + 16, words_within(_called(finding), 40), size=13, whole=_called(finding)),
            bar(2, y + 24, width, 12, BLUE, told),
            words(width + 10, y + 34, told, colour=FAINT),
            words(_WIDTH - 4, y + 34, words_within(finding.code, 16), anchor="end", size=11, colour=FAINT),
        ]
    label = f"最多的是“{_called(shown[0])}”一类，共{shown[0].count}处。"
    return picture(_WIDTH, row * len(shown), label, parts)


def _called(finding: FrequentFinding) -> str:
    """A kind of finding in words, with the example; one that has no words goes by the example."""
    title = titles().get(finding.code, "")
    return f"{title}，例如：{finding.example}" if title else finding.example
