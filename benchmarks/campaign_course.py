"""The course of a made-up campaign over any number of agencies: the commands of a year and of the year after, in order,
and the folders, rosters and inboxes that they need."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.places import SAMPLE
from reportfill import load_pack, new_workbook, read_workbook
from reportfill.model.figures import with_values
from reportfill.office.package import extended, parts_of

YEAR, ISSUER = 2023, "清河省人民政府办公厅"
BELOW_ONE = 100
"""Agencies below one superior."""

ONE_FAULTY_IN = 20
_AGENCY, _CODE, _FIGURE = "单位名称的位置", "单位编码的位置", 87_654_321
_TYPED = "proactive.licensing.decisions"
LABELS = (
    "distribute",
    "distribute again",
    "collect",
    "collect again",
    "status",
    "rollup",
    "distribute --last",
    "collect, next year",
    "compare",
    "rebuild",
)
"""The commands of a course, in order; from the seventh on they are a second campaign's, a year later."""


Completed = Callable[[int, str, str, Mapping[str, Any]], bytes]
"""Makes a completed workbook of a year, an agency, a code and data."""


class Command(NamedTuple):
    """A command of a campaign under its label, with its arguments behind `reportfill campaign`."""

    label: str
    arguments: tuple[str, ...]


def own_workbook(year: int, agency: str, code: str, data: Mapping[str, Any]) -> bytes:
    """A completed workbook as this tree makes it."""
    return new_workbook(load_pack(year), year=year, agency=agency, code=code, data=data)


def course(
    place: Path,
    number: int,
    run: Callable[[Sequence[str]], object],
    completed: Completed = own_workbook,
) -> Iterator[Command]:
    """The commands of a campaign and of the one a year later, in folders of `place`, for so many agencies. Each must
    have been done before the next is asked for. `run` does what prepares them, given arguments of the same kind;
    `completed` makes the workbooks that come back."""
    this, following = place / "this", place / "next"
    campaign(this, YEAR, number, run)
    yield Command("distribute", ("distribute", str(this)))
    yield Command("distribute again", ("distribute", str(this)))
    fill_inbox(this / "inbox", number, YEAR, completed)
    yield Command("collect", ("collect", str(this)))
    yield Command("collect again", ("collect", str(this)))
    yield Command("status", ("status", str(this)))
    yield Command("rollup", ("rollup", str(this)))
    require_all_collected(this, number)
    campaign(following, YEAR + 1, number, run)
    yield Command("distribute --last", ("distribute", str(following), "--last", str(this)))
    fill_inbox(following / "inbox", number, YEAR + 1, completed)
    yield Command("collect, next year", ("collect", str(following)))
    yield Command("compare", ("compare", str(following), "--last", str(this)))
    require_all_collected(following, number)
    yield Command("rebuild", ("rebuild", str(following)))


def campaign(root: Path, year: int, number: int, run: Callable[[Sequence[str]], object]) -> None:
    """A new campaign in a folder, with a roster of so many agencies."""
    run(["new", str(root), "--year", str(year), "--issuer", ISSUER])
    (root / "roster.xlsx").unlink()
    with (root / "roster.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("单位编码", "单位名称", "上级单位编码"))
        table.writerows(roster_rows(number))


def roster_rows(number: int) -> Iterator[tuple[str, str, str]]:
    """Code, name and superior's code of so many agencies: one in a hundred is the superior of those behind it."""
    for one in range(number):
        superior = one - one % BELOW_ONE
        name = f"清河省第{superior // BELOW_ONE + 1}县人民政府"
        if one == superior:
            yield f"{one:06}", name, ""
        else:
            yield f"{one:06}", f"{name}第{one % BELOW_ONE}局", f"{superior:06}"


def fill_inbox(inbox: Path, number: int, year: int, completed: Completed) -> None:
    """Put a completed workbook of each agency into a folder, by superior; one in twenty has a mistake."""
    sound, faulty = (WorkbookPattern(year, completed, is_sound=is_sound) for is_sound in (True, False))
    for one, (code, name, superior) in enumerate(roster_rows(number)):
        folder = inbox / (superior or code)
        folder.mkdir(parents=True, exist_ok=True)
        pattern = faulty if one % ONE_FAULTY_IN == 7 else sound
        (folder / f"{name}.xlsx").write_bytes(pattern.workbook(name, code, one))


def require_all_collected(root: Path, number: int) -> None:
    """Refuse to tell of a run in which anything was left out."""
    reports = sum(1 for _ in (root / "reports").rglob("*.docx"))
    returned = sum(1 for _ in (root / "returned").rglob("*.xlsx"))
    if reports + returned != number:
        raise RuntimeError(f"{reports} reports and {returned} returned workbooks for {number} agencies")


class WorkbookPattern:
    """A completed workbook in which names, code and one figure are replaced for each agency."""

    def __init__(self, year: int, completed: Completed, *, is_sound: bool) -> None:
        sample = read_workbook(SAMPLE)
        data = _with_words(sample.exact_data | {"year": year}, {sample.agency: _AGENCY, str(YEAR): str(year)})
        wrong = {} if is_sound else {"requests.received.natural_person": 987}
        self._year, self._completed = year, completed
        self._data = with_values(data, {_TYPED: _FIGURE} | wrong)

    def workbook(self, name: str, code: str, figure: int) -> bytes:
        """The workbook of one agency."""
        base, changing = self._apart
        own = {_AGENCY: name, _CODE: code, str(_FIGURE): str(figure)}
        return extended(base, {part: _replaced(content, own) for part, content in changing.items()})

    @cached_property
    def _apart(self) -> tuple[bytes, dict[str, bytes]]:
        parts = parts_of(self._completed(self._year, _AGENCY, _CODE, self._data))
        marks = [mark.encode() for mark in (_AGENCY, _CODE, str(_FIGURE))]
        changing = {name: part for name, part in parts.items() if any(mark in part for mark in marks)}
        return extended(b"", {name: part for name, part in parts.items() if name not in changing}), changing


def _with_words(value: Any, words: Mapping[str, str]) -> Any:
    """The data of a report with other words in its texts, such as another agency's name."""
    if isinstance(value, dict):
        return {key: _with_words(one, words) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_with_words(one, words) for one in value]
    if isinstance(value, str):
        for word, other in words.items():
            value = value.replace(word, other)
    return value


def _replaced(part: bytes, own: dict[str, str]) -> bytes:
    for mark, text in own.items():
        part = part.replace(mark.encode(), text.encode())
    return part
