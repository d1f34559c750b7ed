"""The page status.html: how a campaign stands, in one file that any browser opens without a network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from urllib.parse import quote

from markupsafe import Markup

from reportfill.campaign.page import page_of
from reportfill.campaign.status.agency_status import (
    OUTSTANDING,
    STATE_NAMES,
    CampaignStatus,
    State,
    StatusColumns,
)
from reportfill.campaign.status.charts import finding_chart, superior_chart, time_chart
from reportfill.campaign.status.overview import (
    changes_in_words,
    date_in_words,
    deadline_in_words,
    extensions_in_words,
    frequent_findings,
    groups_by_superior,
    minute_in_words,
    state_counts,
    superior_names,
)
from reportfill.finding import SEVERITY_NAMES, Finding

_CHOICES: Mapping[str, Sequence[State]] = {
    "已完成": (State.SOUND, State.ACCEPTED),
    "未完成": OUTSTANDING,
    **{name.zh: (state,) for state, name in STATE_NAMES.items()},
}
"""What the page can be filtered for."""

MANY_AGENCIES = 5_000
"""With more agencies than these the page holds the first mistakes of each only."""

MISTAKES_OF_ONE_AMONG_MANY = 3
"""How many mistakes of an agency the page of a large campaign holds."""

_CHARACTERS_OF_MISTAKES = 2_500_000
"""How much wording of mistakes the page holds at most, so that it stays below 25 MB."""

_AGENCIES_WITHOUT_SCRIPT = 500
_LISTED = 1_000
"""How many files that belong to nobody, and agencies that were closed, are listed."""


def status_page(status: CampaignStatus) -> bytes:
    """The page as UTF-8. Links lead to files beside it, in the campaign's folder."""
    names = superior_names(status)
    extensions = extensions_in_words(status)
    data, notes = _data(status, names, extensions)
    few = len(status.agencies) <= _AGENCIES_WITHOUT_SCRIPT
    return page_of(
        __name__,
        {"number": "{:,}".format, "minute": minute_in_words, "link": _link},
        status=status,
        figures=state_counts(status.columns.state),
        deadline=deadline_in_words(status),
        today=date_in_words(status.today),
        notes=notes,
        time_chart=time_chart(status),
        superior_chart=superior_chart(groups_by_superior(status, names)),
        finding_chart=finding_chart(frequent_findings(status.columns.findings)),
        lost=status.lost[:_LISTED],
        lost_left_out=max(0, len(status.lost) - _LISTED),
        are_few=few,
        superiors=names,
        extensions=extensions if any(extensions) else [],
        states=STATE_NAMES,
        closed=list(islice(zip(status.closed, changes_in_words(status), strict=True), _LISTED)),
        closed_left_out=max(0, len(status.closed) - _LISTED),
        strays=status.strays[:_LISTED],
        strays_left_out=max(0, len(status.strays) - _LISTED),
        data=Markup(_embedded(data)),
    )


def _link(path: str) -> str:
    """A path as a link that stays in the campaign's folder; empty where there is none."""
    return "./" + quote(path, errors="replace") if path else ""


# What the script gets: a column for each field, repeated words once.

_CODE_MARK, _NAME_MARK = "\x01", "\x02"
"""What stands for an agency's code and name in the pattern of a path: so most agencies share one pattern."""


class _Words(dict[str, int]):
    """The number of each word, which a word gets when it is first asked for; number 0 is the empty word. `characters`
    is how much there is of them."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.characters = 0

    def __missing__(self, word: str) -> int:
        self.characters += len(word)
        return self.setdefault(word, len(self))


def _data(
    status: CampaignStatus, names: Mapping[str, str], extensions: Sequence[str]
) -> tuple[dict[str, object], list[str]]:
    """What the script gets, and what the page says about what was left out."""
    words, paths = _Words(), _Words()
    states = {state: number for number, state in enumerate(STATE_NAMES)}
    superiors = {code: number for number, code in enumerate(names)}
    at_most = MISTAKES_OF_ONE_AMONG_MANY if len(status.agencies) > MANY_AGENCIES else None
    findings, is_full = _numbers_of_mistakes(status.columns.findings, words, at_most)
    known = [*_columns(status.columns, superiors, states, paths), extensions] if status.agencies else []
    data = {
        "states": [name.zh for name in STATE_NAMES.values()],
        "choices": [[name, [states[state] for state in chosen]] for name, chosen in _CHOICES.items()],
        "superiors": list(names.values()),
        "words": list(words),
        "paths": list(paths),
        "count": len(status.agencies),
        "agencies": [*map(_shortened, known), findings if any(findings) else 0],
    }
    return data, list(_notes(at_most, is_full))


def _numbers_of_mistakes(
    of_agencies: Iterable[Sequence[Finding]], words: _Words, at_most: int | None
) -> tuple[list[Sequence[int]], bool]:
    """Each agency's mistakes as the numbers of their words, and whether some were left out for want of room."""

    @cache  # many agencies make the same mistakes
    def numbers(findings: tuple[Finding, ...]) -> list[int]:
        return [words[part] for found in findings for part in _parts(found)]

    found: list[Sequence[int]] = []
    is_full = False
    for findings in of_agencies:
        if not findings:
            found.append(())
        elif words.characters > _CHARACTERS_OF_MISTAKES:
            found.append(())
            is_full = True
        else:
            found.append(numbers(tuple(findings[:at_most])))
    return found, is_full


def _notes(at_most: int | None, is_full: bool) -> Iterator[str]:
    rest = "全部问题见status.xlsx和退回的填报表。"
    if at_most is not None:
        yield f"单位超过{MANY_AGENCIES:,}个，本页对每个单位只列出前{at_most}个问题；{rest}"
    if is_full:
        yield f"问题过多，本页对一部分单位只列出问题的数目；{rest}"


def _columns(
    known: StatusColumns,
    superiors: Mapping[str, int],
    states: Mapping[State, int],
    paths: _Words,
) -> Iterator[Sequence[str | int]]:
    """What the script gets of every agency but its extension and its mistakes, in the order that it knows."""
    people = zip(known.contact, known.telephone, known.email, strict=True)
    yield known.code
    yield known.name
    yield [superiors[one] for one in known.superior]
    yield [states[one] for one in known.state]
    yield ["" if short == long else short for short, long in zip(known.short_name, known.name, strict=True)]
    yield [" ".join(filter(None, parts)) for parts in people]
    yield known.versions
    yield list(map(minute_in_words, known.handed_in))
    yield _patterns(known.received, known.code, known.name, paths)
    yield _patterns(known.report, known.code, known.name, paths)
    yield known.errors
    yield known.warnings
    yield _patterns(known.returned, known.code, known.name, paths)
    yield list(map(int, known.is_counted_by_superior))
    yield known.remark


def _shortened(column: Sequence[str | int]) -> Sequence[str | int] | Mapping[str, str] | str | int:
    """A column; its texts as lines, which is written in a third of the time; or the value that all of it has."""
    if len(set(column)) == 1:
        return column[0]
    if isinstance(column[0], int):
        return column
    lines = "\n".join(map(str, column))
    return {"lines": lines} if lines.count("\n") == len(column) - 1 else column


def _parts(found: Finding) -> tuple[str, str, str, str]:
    return SEVERITY_NAMES[found.severity].zh, found.cell, found.message.zh, found.hint.zh


def _patterns(paths: Sequence[str], codes: Sequence[str], names: Sequence[str], words: _Words) -> list[int]:
    """The numbers of the patterns of paths, of which the marks are no part."""
    together = "".join(paths)
    if _CODE_MARK in together or _NAME_MARK in together:
        paths = ["" if _CODE_MARK in path or _NAME_MARK in path else path for path in paths]
    return [
        words[path.replace(name, _NAME_MARK).replace(code, _CODE_MARK)] if path else 0
        for path, code, name in zip(paths, codes, names, strict=True)
    ]


def _embedded(data: object) -> str:
    """JSON that may stand in a script element: nothing in it ends the element or a line of JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
