"""The page status.html: how a campaign stands, in one file that any browser opens without a network."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from itertools import islice
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from reportfill.campaign.status.standing import AgencyStanding, Mistake, Standing, State

STATE_NAMES: Mapping[State, str] = {
    State.SOUND: "报告已生成",
    State.ACCEPTED: "已通过",
    State.FAULTY: "有错误",
    State.SENT_BACK: "已退回",
    State.MISSING: "未交",
}
"""What the states are called, in the order in which they are listed."""

_CHOICES: Mapping[str, Sequence[State]] = {
    "可用": (State.SOUND, State.ACCEPTED),
    "尚缺": (State.FAULTY, State.SENT_BACK, State.MISSING),
    **{name: (state,) for state, name in STATE_NAMES.items()},
}
"""What the page can be filtered for."""

SEVERITY_NAMES: Mapping[str, str] = {"error": "错误", "warning": "提醒"}
"""What the gravity of a mistake is called."""

NO_SUPERIOR = "（没有上级）"
"""What stands for the superior of those that have none."""

MANY_AGENCIES = 5_000
"""With more agencies than these the page holds the first mistakes of each only."""

MISTAKES_OF_ONE_AMONG_MANY = 3
"""How many mistakes of an agency the page of a large campaign holds."""

_CHARACTERS_OF_MISTAKES = 2_500_000
"""How much wording of mistakes the page holds at most, so that it stays below 25 MB."""

_AGENCIES_WITHOUT_SCRIPT = 500
_LISTED = 1_000
"""How many files that belong to nobody, and agencies that were closed, are listed."""

_SUPERIORS_IN_CHART = 30
_FINDINGS_IN_CHART = 12
_DAYS_NAMED_IN_CHART = 6

_SOUND_COLOUR, _FAULTY_COLOUR, _SENT_BACK_COLOUR, _MISSING_COLOUR = "#2f855a", "#c53030", "#d69e2e", "#cbd5e0"
_INK, _FAINT, _LINE, _BLUE = "#1a202c", "#4a5568", "#e2e8f0", "#1f4e79"
_WIDTH = 560
"""How wide a chart is; the browser scales it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many agencies are in which state; `sound` holds the accepted ones."""

    due: int
    sound: int
    accepted: int
    faulty: int
    sent_back: int
    missing: int

    @property
    def handed_in(self) -> int:
        """How many handed in anything."""
        return self.due - self.missing

    @property
    def outstanding(self) -> int:
        """How many still owe a report that can be used."""
        return self.due - self.sound


@dataclass(frozen=True, slots=True)
class Group:
    """The agencies below one superior."""

    code: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class FrequentFinding:
    """A finding by its code: an example, how often it occurs and in how many agencies."""

    code: str
    example: str
    count: int
    agencies: int


def status_page(standing: Standing) -> bytes:
    """The page as UTF-8. Links lead to files beside it, in the campaign's folder."""
    names = superior_names(standing)
    data, notes = _data(standing, names)
    few = len(standing.agencies) <= _AGENCIES_WITHOUT_SCRIPT
    page = (
        _environment()
        .from_string(_template())
        .render(
            standing=standing,
            figures=figures_of(standing.agencies),
            deadline=deadline_in_words(standing),
            today=in_words(standing.today),
            notes=notes,
            time_chart=_time_chart(standing),
            superior_chart=_superior_chart(groups_by_superior(standing, names)),
            finding_chart=_finding_chart(frequent_findings(standing.agencies)),
            plain_rows=list(_plain_rows(standing, names)) if few else None,
            closed=list(_closed_rows(standing)),
            closed_left_out=max(0, len(standing.closed) - _LISTED),
            strays=standing.strays[:_LISTED],
            strays_left_out=max(0, len(standing.strays) - _LISTED),
            data=Markup(_embedded(data)),
        )
    )
    return page.encode("utf-8", "replace")


def figures_of(agencies: Iterable[AgencyStanding]) -> Figures:
    """How many of the agencies are in which state."""
    count = Counter([one.state for one in agencies])
    return Figures(
        due=count.total(),
        sound=count[State.SOUND] + count[State.ACCEPTED],
        accepted=count[State.ACCEPTED],
        faulty=count[State.FAULTY],
        sent_back=count[State.SENT_BACK],
        missing=count[State.MISSING],
    )


def superior_names(standing: Standing) -> dict[str, str]:
    """The superiors' names by code, in the order of the roster. A superior outside the roster goes by its code."""
    codes = dict.fromkeys([one.agency.superior for one in standing.agencies])
    return names_of(codes, standing) | ({"": NO_SUPERIOR} if "" in codes else {})


def names_of(codes: Iterable[str], standing: Standing) -> dict[str, str]:
    """The names of agencies by their codes; one outside the roster goes by its code."""
    names = {code: code for code in codes}
    for one in (*standing.agencies, *standing.closed):
        if one.agency.code in names:
            names[one.agency.code] = one.agency.name
    return names


def groups_by_superior(standing: Standing, names: Mapping[str, str]) -> list[Group]:
    """The agencies by superior, in the order of the roster; `names` are the superiors' by code."""
    members: dict[str, list[AgencyStanding]] = {code: [] for code in names}
    for one in standing.agencies:
        members[one.agency.superior].append(one)
    return [Group(code, names[code], figures_of(found)) for code, found in members.items()]


def frequent_findings(agencies: Iterable[AgencyStanding]) -> list[FrequentFinding]:
    """All findings by code, the most frequent first."""
    counts: Counter[str] = Counter()
    concerned: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for one in agencies:
        for mistake in one.mistakes:
            counts[mistake.code] += 1
            examples.setdefault(mistake.code, mistake.message)
        concerned.update({mistake.code for mistake in one.mistakes} if one.mistakes else ())
    ordered = sorted(counts, key=lambda code: (-counts[code], code))
    return [FrequentFinding(code, examples[code], counts[code], concerned[code]) for code in ordered]


def handed_in_by_day(standing: Standing) -> list[tuple[date, int]]:
    """How many agencies had handed in something by the end of each day, from the first day to today."""
    firsts = Counter(one.first.date() for one in standing.agencies if one.first)
    if not firsts:
        return []
    day, last = min(firsts), max(standing.today, max(firsts))
    days, so_far = [], 0
    while day <= last:
        so_far += firsts[day]
        days.append((day, so_far))
        day += timedelta(days=1)
    return days


def in_words(day: date) -> str:
    """A date as an official text has it."""
    return f"{day.year}年{day.month}月{day.day}日"


def deadline_in_words(standing: Standing) -> str:
    """The deadline and how far away it is."""
    left = standing.days_left
    if standing.deadline is None or left is None:
        return "未设截止日期"
    if left < 0:
        distance = f"已过期{-left}天"
    elif left == 0:
        distance = "今天截止"
    else:
        distance = f"还剩{left}天"
    return f"截止日期：{in_words(standing.deadline)}（{distance}）"


def minute_in_words(moment: datetime | None) -> str:
    """A moment to the minute; empty where there is none."""
    return moment.isoformat(" ")[:16] if moment else ""


def changes_in_words(standing: Standing) -> list[str]:
    """What became of each agency that does not report any more."""
    successors = names_of((one.agency.successor for one in standing.closed), standing)
    return [
        f"并入{successors[one.agency.successor]}" if one.agency.successor else "已撤销"
        for one in standing.closed
    ]


def error_count(mistakes: Iterable[Mistake]) -> int:
    """How many of the mistakes are errors."""
    return sum(mistake.severity == "error" for mistake in mistakes)


def _template() -> str:
    return files("reportfill.campaign.status").joinpath("status_page.html.jinja").read_text("utf-8")


def _environment() -> Environment:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = _number
    return environment


def _number(value: int) -> str:
    return f"{value:,}"


# What the tables without JavaScript show.


@dataclass(frozen=True, slots=True)
class _PlainRow:
    name: str
    code: str
    superior: str
    state: str
    versions: int
    handed_in: str
    mistakes: int
    report: str
    returned: str
    received: str
    remark: str


def _plain_row(one: AgencyStanding, superior: str, state: str) -> _PlainRow:
    return _PlainRow(
        one.agency.name,
        one.agency.code,
        superior,
        state,
        one.versions,
        minute_in_words(one.handed_in),
        len(one.mistakes),
        _link(one.report),
        _link(one.returned),
        _link(one.received),
        one.remark,
    )


def _plain_rows(standing: Standing, names: Mapping[str, str]) -> Iterator[_PlainRow]:
    for one in standing.agencies:
        yield _plain_row(one, names[one.agency.superior], STATE_NAMES[one.state])


def _closed_rows(standing: Standing) -> Iterator[_PlainRow]:
    """The agencies that do not report any more; what became of them is their state."""
    for one, change in islice(zip(standing.closed, changes_in_words(standing), strict=True), _LISTED):
        yield _plain_row(one, "", change)


def _link(path: str) -> str:
    """A path as a link that stays in the campaign's folder; empty where there is none."""
    return "./" + quote(path, errors="replace") if path else ""


# What the script gets: rows as short arrays, repeated words once.

_CODE_MARK, _NAME_MARK = "\x01", "\x02"
"""What stands for an agency's code and name in the pattern of a path: so most agencies share one pattern."""


class _Words:
    """Words by number, each held once; number 0 is the empty word. `characters` is how much there is of them."""

    def __init__(self) -> None:
        self.numbers = {"": 0}
        self.characters = 0

    def number(self, word: str) -> int:
        """The number of a word."""
        found = self.numbers.get(word)
        if found is None:
            found = self.numbers[word] = len(self.numbers)
            self.characters += len(word)
        return found


def _data(standing: Standing, names: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
    """What the script gets, and what the page says about what was left out."""
    words, paths = _Words(), _Words()
    superiors = {code: number for number, code in enumerate(names)}
    states = {state: number for number, state in enumerate(STATE_NAMES)}
    at_most = MISTAKES_OF_ONE_AMONG_MANY if len(standing.agencies) > MANY_AGENCIES else None
    rows, is_full = [], False
    for one in standing.agencies:
        mistakes = one.mistakes[:at_most]
        if words.characters > _CHARACTERS_OF_MISTAKES and mistakes:
            mistakes, is_full = (), True
        parts = [part for mistake in mistakes for part in _mistake(mistake, words)]
        rows.append(_row(one, superiors[one.agency.superior], states[one.state], paths, parts))
    data = {
        "states": list(STATE_NAMES.values()),
        "choices": [[name, [states[state] for state in chosen]] for name, chosen in _CHOICES.items()],
        "superiors": list(names.values()),
        "words": list(words.numbers),
        "paths": list(paths.numbers),
        "agencies": rows,
    }
    return data, list(_notes(at_most, is_full))


def _notes(at_most: int | None, is_full: bool) -> Iterator[str]:
    rest = "全部问题见status.xlsx和退回各单位的填报表。"
    if at_most is not None:
        yield f"单位超过{MANY_AGENCIES:,}个，本页对每个单位只列出前{at_most}个问题；{rest}"
    if is_full:
        yield f"问题过多，本页对一部分单位只列出问题的数目；{rest}"


def _row(
    one: AgencyStanding, superior: int, state: int, paths: _Words, mistakes: Sequence[int]
) -> list[object]:
    """One agency for the script, which knows the order; what is empty at the end is left out."""
    agency, errors = one.agency, error_count(one.mistakes) if one.mistakes else 0
    row: list[object] = [
        agency.code,
        agency.name,
        superior,
        state,
        agency.short_name if agency.short_name != agency.name else "",
        " ".join(filter(None, (agency.contact, agency.telephone, agency.email))),
        one.versions,
        minute_in_words(one.handed_in),
        paths.number(_pattern(one.received, one)),
        paths.number(_pattern(one.report, one)),
        errors,
        len(one.mistakes) - errors,
        paths.number(_pattern(one.returned, one)),
        int(agency.is_counted_by_superior),
        one.remark,
        mistakes,
    ]
    while not row[-1]:
        row.pop()
    return row


def _mistake(mistake: Mistake, words: _Words) -> tuple[int, ...]:
    severity = SEVERITY_NAMES.get(mistake.severity, mistake.severity)
    return tuple(map(words.number, (severity, mistake.cell, mistake.message, mistake.hint)))


def _pattern(path: str, one: AgencyStanding) -> str:
    if _CODE_MARK in path or _NAME_MARK in path:
        return ""
    return path.replace(one.agency.name, _NAME_MARK).replace(one.agency.code, _CODE_MARK)


def _embedded(data: object) -> str:
    """JSON that may stand in a script element: nothing in it ends the element or a line of JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


# Charts.


def _time_chart(standing: Standing) -> Markup:
    """The share of the agencies that had handed in something, as a step line by day."""
    days = handed_in_by_day(standing)
    if not days:
        return Markup("")
    left, right, top, bottom = 46, _WIDTH - 22, 40, 224
    first, last = days[0][0], days[-1][0]
    end = max(last, standing.deadline or last)
    step = (right - left) / ((end - first).days + 1)
    due = len(standing.agencies)

    def across(day: date) -> float:
        return left + (day - first).days * step

    def height(count: int) -> float:
        return bottom - (bottom - top) * count / due

    line = f"M{left} {bottom}"
    for day, count in days:
        line += f"V{height(count):.1f}H{across(day) + step:.1f}"
    parts = [*_share_grid(left, right, top, bottom), *_day_names(first, end, across, step, bottom + 20)]
    parts.append(
        Markup('<path d="{}V{}H{}Z" fill="{}" fill-opacity="0.12"/>').format(line, bottom, left, _BLUE)
    )
    parts.append(Markup('<path d="{}" fill="none" stroke="{}" stroke-width="2"/>').format(line, _BLUE))
    parts.extend(_deadline_mark(standing, first, across, step, top, bottom))
    handed_in = days[-1][1]
    share = f"{100 * handed_in / due:.1f}%"
    parts.append(_end_mark(across(last) + step, height(handed_in), share))
    return _chart(bottom + 34, f"截至{in_words(last)}，{due}个单位中有{handed_in}个已交，占{share}。", parts)


def _share_grid(left: float, right: float, top: float, bottom: float) -> Iterator[Markup]:
    for percent in (0, 25, 50, 75, 100):
        y = bottom - (bottom - top) * percent / 100
        yield _straight(left, y, right, y, _LINE)
        yield _text(left - 8, y + 4, f"{percent}%", anchor="end", size=12, colour=_FAINT)


def _day_names(
    first: date, end: date, across: Callable[[date], float], step: float, y: float
) -> Iterator[Markup]:
    every = -(-((end - first).days + 1) // _DAYS_NAMED_IN_CHART)
    day = first
    while day <= end:
        yield _text(
            across(day) + step / 2, y, f"{day.month}月{day.day}日", anchor="middle", size=12, colour=_FAINT
        )
        day += timedelta(days=every)


def _deadline_mark(
    standing: Standing, first: date, across: Callable[[date], float], step: float, top: float, bottom: float
) -> Iterator[Markup]:
    if standing.deadline and standing.deadline >= first:
        x = across(standing.deadline) + step
        yield _straight(x, top - 20, x, bottom, _FAULTY_COLOUR, dashes="4 3")
        yield _text(
            x, top - 26, "截止", anchor="middle" if x < _WIDTH - 40 else "end", size=12, colour=_FAULTY_COLOUR
        )


def _end_mark(x: float, y: float, share: str) -> Markup:
    """A dot where the line ends, and above it the share there: the line, which never falls, comes from below."""
    dot = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="4" fill="{}"/>').format(x, y, _BLUE)
    return dot + _text(max(x, 92) - 6, y - 9, share, anchor="end", size=14, colour=_BLUE, bold=True)


_PARTS_OF_A_BAR = (
    ("可用", "sound", _SOUND_COLOUR),
    ("有错误", "faulty", _FAULTY_COLOUR),
    ("已退回", "sent_back", _SENT_BACK_COLOUR),
    ("未交", "missing", _MISSING_COLOUR),
)


def _superior_chart(groups: Sequence[Group]) -> Markup:
    """Stacked bars of shares by superior: those that owe the most first, the rest summed."""
    if not groups:
        return Markup("")
    ordered = sorted(groups, key=lambda group: -group.figures.outstanding)
    shown, rest = ordered[:_SUPERIORS_IN_CHART], ordered[_SUPERIORS_IN_CHART:]
    if rest:
        shown.append(Group("", f"其他{len(rest)}个", _sum(group.figures for group in rest)))
    parts = [*_legend()]
    for number, group in enumerate(shown):
        parts.extend(_superior_bar(group, 34 + 24 * number))
    worst = ordered[0]
    label = f"共{len(groups)}个上级单位；{worst.name}尚缺{worst.figures.outstanding}个，为最多。"
    return _chart(34 + 24 * len(shown) + 4, label, parts)


def _sum(figures: Iterable[Figures]) -> Figures:
    found = list(figures)
    return Figures(
        due=sum(one.due for one in found),
        sound=sum(one.sound for one in found),
        accepted=sum(one.accepted for one in found),
        faulty=sum(one.faulty for one in found),
        sent_back=sum(one.sent_back for one in found),
        missing=sum(one.missing for one in found),
    )


def _legend() -> Iterator[Markup]:
    x = 176
    for name, _, colour in _PARTS_OF_A_BAR:
        yield _bar(x, 6, 12, 12, colour)
        yield _text(x + 17, 17, name, size=12, colour=_FAINT)
        x += 72
    yield _text(_WIDTH - 4, 17, "可用/应交", anchor="end", size=12, colour=_FAINT)


def _superior_bar(group: Group, y: float) -> Iterator[Markup]:
    left, width = 176, 280
    figures = group.figures
    yield _text(left - 10, y + 13, _shortened(group.name, 12.5), anchor="end", whole=group.name)
    x: float = left
    for name, field, colour in _PARTS_OF_A_BAR:
        count: int = getattr(figures, field)
        if count:
            part = width * count / figures.due
            yield _bar(x, y, part, 17, colour, f"{group.name}：{name}{count}个")
            x += part
    yield _text(_WIDTH - 4, y + 13, f"{figures.sound:,}/{figures.due:,}", anchor="end")


def _finding_chart(findings: Sequence[FrequentFinding]) -> Markup:
    """Bars of how often a finding occurs, below an example of it."""
    if not findings:
        return Markup("")
    shown, row, most = findings[:_FINDINGS_IN_CHART], 48, findings[0].count
    parts = []
    for number, finding in enumerate(shown):
        y = row * number
        width = max(2.0, 230 * finding.count / most)
        words = f"{finding.count:,}处，{finding.agencies:,}个单位"
        parts += [
            _text(2, y + 16, _shortened(finding.example, 42), whole=finding.example),
            _bar(2, y + 24, width, 12, _BLUE, words),
            _text(width + 10, y + 34, words, size=12, colour=_FAINT),
            _text(_WIDTH - 4, y + 34, _shortened(finding.code, 16), anchor="end", size=11, colour=_FAINT),
        ]
    label = f"最多的是“{shown[0].example}”一类，共{shown[0].count}处。"
    return _chart(row * len(shown), label, parts)


def _shortened(words: str, at_most: float) -> str:
    """Words that are no wider than so many Chinese characters, with an ellipsis where something is left out."""
    width = 0.0
    for number, character in enumerate(words):
        width += 1 if ord(character) >= 0x2000 else 0.58
        if width > at_most:
            return words[: max(0, number - 1)] + "…"
    return words


def _chart(height: float, label: str, parts: Iterable[Markup]) -> Markup:
    return Markup('<svg role="img" aria-label="{}" viewBox="0 0 {} {:.0f}" width="100%">{}</svg>').format(
        label, _WIDTH, height, Markup("").join(parts)
    )


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    size: int = 13,
    colour: str = _INK,
    bold: bool = False,
    whole: str = "",
) -> Markup:
    """Words in a chart; `whole` appears when the mouse rests on them."""
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}" font-weight="{}" fill="{}">{}{}</text>'
    ).format(x, y, anchor, size, "bold" if bold else "normal", colour, _tooltip(whole), words)


def _bar(x: float, y: float, width: float, height: float, colour: str, whole: str = "") -> Markup:
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}">{}</rect>').format(
        x, y, width, height, colour, _tooltip(whole)
    )


def _straight(x: float, y: float, to_x: float, to_y: float, colour: str, dashes: str = "none") -> Markup:
    return Markup(
        '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-dasharray="{}"/>'
    ).format(x, y, to_x, to_y, colour, dashes)


def _tooltip(words: str) -> Markup:
    return Markup("<title>{}</title>").format(words) if words else Markup("")
