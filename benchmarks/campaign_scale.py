"""A whole campaign over many agencies, command by command: time and the memory of each process."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.machine import paced
from benchmarks.memory import run_watched
from benchmarks.places import SAMPLE
from reportfill import load_pack, new_workbook, read_workbook
from reportfill.ooxml.package import extended, parts_of
from reportfill.pack.figures import with_values

AGENCIES = (100, 1000, 10_000)
YEAR, ISSUER = 2023, "清河省人民政府办公厅"
BELOW_ONE = 100
"""Agencies below one superior."""

ONE_FAULTY_IN = 20
_AGENCY, _CODE, _FIGURE = "单位名称的位置", "单位编码的位置", 87_654_321
_TYPED = "proactive.licensing.decisions"


@dataclass(frozen=True, slots=True)
class CommandRun:
    """One command over a campaign of so many agencies. The peaks are in MiB: of the process that was started, and of
    the largest that it started itself. `pace` is what the machine was worth meanwhile (`machine.paced`)."""

    agencies: int
    command: str
    seconds: float
    main_mib: float
    worker_mib: float
    pace: float

    @property
    def per_second(self) -> float:
        """How many agencies were done in a second, the program's start included."""
        return self.agencies / self.seconds


@dataclass(frozen=True, slots=True)
class CampaignRun:
    """A whole campaign of so many agencies, and what its folder then takes, in MiB."""

    agencies: int
    commands: list[CommandRun]
    folder_mib: float


COMMANDS = (
    ("distribute", "distribute"),
    ("distribute again", "distribute"),
    ("collect", "collect"),
    ("collect again", "collect"),
    ("status", "status"),
    ("rollup", "rollup"),
    ("distribute --last", "distribute"),
)
"""What is measured, in order; the last is a second campaign's distribution with the figures of the first."""


def campaign_scale(
    agencies: Iterable[int] = AGENCIES,
    tell: Callable[[CommandRun], None] = lambda run: None,
    python: str = sys.executable,
) -> Iterator[CampaignRun]:
    """A campaign for each number of agencies; `tell` is called as each command ends. `python` is the interpreter whose
    reportfill is measured."""
    for number in agencies:
        with TemporaryDirectory() as name:
            place = Path(name)
            commands = []
            for run in _commands(place, number, [python, "-m", "reportfill", "campaign"]):
                tell(run)
                commands.append(run)
            yield CampaignRun(number, commands, round(_mib_below(place / "this"), 1))


def _commands(place: Path, number: int, program: Sequence[str]) -> Iterator[CommandRun]:
    root, following = place / "this", place / "next"
    _new(program, root, YEAR, number)
    for label, command in COMMANDS[:-1]:
        if label == "collect":
            fill_inbox(root / "inbox", number)
        yield _measured(label, number, [*program, command, str(root)])
    _require_all_collected(root, number)
    _new(program, following, YEAR + 1, number)
    label, command = COMMANDS[-1]
    yield _measured(label, number, [*program, command, str(following), "--last", str(root)])


def _mib_below(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / (1 << 20)


def _measured(label: str, number: int, command: Sequence[str]) -> CommandRun:
    with paced() as paces:
        begin = time.perf_counter()
        status, main, worker = run_watched(command)
        seconds = time.perf_counter() - begin
    if status not in (0, 1):
        raise RuntimeError(f"{label} over {number} agencies ended with {status}")
    return CommandRun(
        number, label, round(seconds, 2), round(main, 1), round(worker, 1), round(mean(paces), 1)
    )


def _new(program: Sequence[str], root: Path, year: int, number: int) -> None:
    run_watched([*program, "new", str(root), "--year", str(year), "--issuer", ISSUER])
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


def fill_inbox(inbox: Path, number: int) -> None:
    """Put a completed workbook of each agency into a folder, by superior; one in twenty has a mistake."""
    sound, faulty = _Pattern(is_sound=True), _Pattern(is_sound=False)
    for one, (code, name, superior) in enumerate(roster_rows(number)):
        folder = inbox / (superior or code)
        folder.mkdir(parents=True, exist_ok=True)
        pattern = faulty if one % ONE_FAULTY_IN == 7 else sound
        (folder / f"{name}.xlsx").write_bytes(pattern.workbook(name, code, one))


def _require_all_collected(root: Path, number: int) -> None:
    """Refuse to tell of a run in which anything was left out."""
    reports = sum(1 for _ in (root / "reports").rglob("*.docx"))
    returned = sum(1 for _ in (root / "returned").rglob("*.xlsx"))
    if reports + returned != number:
        raise RuntimeError(f"{reports} reports and {returned} returned workbooks for {number} agencies")


class _Pattern:
    """A completed workbook in which names, code and one figure are replaced for each agency."""

    def __init__(self, *, is_sound: bool) -> None:
        sample = read_workbook(SAMPLE)
        data = _with_name(sample.exact_data, sample.agency, _AGENCY)
        wrong = {} if is_sound else {"requests.received.natural_person": 987}
        self._data = with_values(data, {_TYPED: _FIGURE} | wrong)

    def workbook(self, name: str, code: str, figure: int) -> bytes:
        """The workbook of one agency."""
        base, changing = self._apart
        own = {_AGENCY: name, _CODE: code, str(_FIGURE): str(figure)}
        return extended(base, {part: _replaced(content, own) for part, content in changing.items()})

    @cached_property
    def _apart(self) -> tuple[bytes, dict[str, bytes]]:
        pack = load_pack(YEAR)
        parts = parts_of(new_workbook(pack, year=YEAR, agency=_AGENCY, code=_CODE, data=self._data))
        marks = [mark.encode() for mark in (_AGENCY, _CODE, str(_FIGURE))]
        changing = {name: part for name, part in parts.items() if any(mark in part for mark in marks)}
        return extended(b"", {name: part for name, part in parts.items() if name not in changing}), changing


def _with_name(value: Any, name: str, other: str) -> Any:
    """The data of a report with another agency's name in its texts."""
    if isinstance(value, dict):
        return {key: _with_name(one, name, other) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_with_name(one, name, other) for one in value]
    return value.replace(name, other) if isinstance(value, str) else value


def _replaced(part: bytes, own: dict[str, str]) -> bytes:
    for mark, text in own.items():
        part = part.replace(mark.encode(), text.encode())
    return part
