"""Every command that writes, while another program holds one of its files: of every file that it opens, renames,
replaces or removes, each such call is refused once, and always.

What is refused once changes nothing. What is refused always is named in words that say what to do; nothing is lost, the
rest is done, and the next run makes up for it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import fnmatch
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, Self, TypeAlias

import pytest
from campaign.office import AGENCIES, ISSUER, campaign_in, completed, drop, use_roster
from campaign.prepared import prepared, with_narrative
from held import CALLS, Asked, Held
from often import IN_FULL
from places import SAMPLES

from reportfill import Campaign, Pack, held_files
from reportfill.campaign import campaign as campaign_module
from reportfill.campaign.access import codes
from reportfill.campaign.records.campaign_folder import open_campaign_folder
from reportfill.cli import console
from reportfill.files import TEMPORARY

CLOSE_IT = "文件正被别的程序打开：请在Word、Excel或WPS中关闭后再运行"
LICENSING = "proactive.licensing.decisions"
OFFICE, ARCHIVE, AFFAIRS, LETTERS = (one._replace(email=f"{one.code}@example.cn") for one in AGENCIES)

Step: TypeAlias = str | Callable[[], object]
"""What leads to where a command is tried: another command, or something that people do."""


def handed_in(*files: tuple[int, int, bool]) -> Step:
    """Completed workbooks that come into the inbox: whose, with which figure, and whether they are sound."""

    def drop_all() -> None:
        for agency, figure, is_sound in files:
            name = f"{agency}-{figure}.xlsx"
            drop(open_campaign_folder("2023"), name, prepared(AGENCIES[agency], figure, is_sound=is_sound))

    return drop_all


def office_renamed() -> None:
    renamed = OFFICE._replace(name="清河县人民政府新办公室")
    use_roster(open_campaign_folder("2023"), (renamed, ARCHIVE, AFFAIRS, LETTERS))


def report_deleted() -> None:
    (report,) = (path for path in Path("2023/reports").rglob("*档案馆*.docx") if "旧版" not in path.parts)
    report.unlink()


def roll_up_filled_in() -> None:
    (form,) = Path("2023/rollup").glob("*填报表.xlsx")
    form.write_bytes(with_narrative(form.read_bytes()))
    Path("a.zip").write_bytes(b"of before")


def comparison_of_an_earlier_version() -> None:
    Path("2023/rollup/与上年对比.html").rename("2023/rollup/同上年对比.html")


def workbooks_to_fill() -> None:
    for name in ("in", "out"):
        Path(name).mkdir()
    shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", "in/a.xlsx")
    shutil.copy(SAMPLES / "hongze-2023.xlsx", "in/b.xlsx")


def report_of_before() -> None:
    Path("out/卫辉市信访局2023年政府信息公开工作年度报告.docx").write_bytes(b"of before")


def icon_of_before() -> None:
    Path("home/Desktop/reportfill.desktop").write_bytes(b"of before")


def trial_of_before() -> None:
    for path in Path("试用/annual-report-2021").iterdir():
        path.write_bytes(b"of before")


TRY = "pack try annual-report-2021 --no-pdf"
DISTRIBUTE = "campaign distribute 2023 --last 2022 --zip --mail --jobs 1"
COLLECT = "campaign collect 2023 --jobs 1"
STATUS = "campaign status 2023 --remind"
SEND_BACK = "campaign review 2023 02 --return 请核对 --by 王芳"
ROLL_UP = "campaign rollup 2023 --jobs 1"
FILL = "fill in -o out --jobs 1"
COMPARE = "campaign compare 2023 --last 2022 --jobs 1"
PUBLISH = "campaign publish 2023 -o site --jobs 1"
ACCEPT_ALL = "campaign review 2023 --accept --all-sound"
HAND_OVER = "campaign handover 2023 --unsealed --jobs 1 -o a.zip"
LINKS = "campaign links 2023 --url https://tb.example.cn --jobs 1"
USER = "campaign user"
CLOSE = "campaign close 2023"
BACK_UP = "campaign backup 2023 -o a.zip"
FORGET = "campaign forget-contacts 2023"
PASSWORD = "campaign password 2023"
FIRST: tuple[Step, ...] = (DISTRIBUTE, handed_in((1, 1, True), (2, 1, False)), COLLECT)
SECOND: tuple[Step, ...] = (handed_in((1, 2, True), (2, 2, True), (3, 2, True)), COLLECT)

COMMANDS: dict[str, tuple[str, tuple[Step, ...]]] = {
    "new campaign": (f"campaign new 2024 --year 2024 --issuer {ISSUER}", ()),
    "distribute": (DISTRIBUTE, ()),
    "distribute again": (DISTRIBUTE, (DISTRIBUTE, office_renamed)),
    "collect": (COLLECT, (*FIRST, SECOND[0])),
    "status and reminders": (STATUS, (*FIRST, "campaign status 2023")),
    "accept": ("campaign review 2023 02 --accept", (*FIRST, report_deleted)),
    "accept all": (ACCEPT_ALL, (*FIRST, *SECOND, report_deleted)),
    "send back": (SEND_BACK, (*FIRST, SEND_BACK)),
    "extend": ("campaign extend 2023 04 --until 2024-02-10", FIRST),
    "links": (LINKS, FIRST),
    "links renewed": (f"{LINKS} --renew", (LINKS,)),
    "links withdrawn": ("campaign links 2023 02 --withdraw", (LINKS,)),
    "user added": (f"{USER} add 2023 王芳 --role reader", FIRST),
    "user changed": (f"{USER} role 2023 王芳 --role reviewer", (f"{USER} add 2023 王芳 --role reader",)),
    "user removed": (f"{USER} remove 2023 王芳", (f"{USER} add 2023 王芳 --role reader",)),
    "key added": ("campaign key add 2023 数据平台 --role reader", FIRST),
    "roll up": (ROLL_UP, (*FIRST, ROLL_UP, *SECOND)),
    "roll up all": (ROLL_UP, (*FIRST, ROLL_UP, *SECOND, handed_in((0, 2, True)), COLLECT)),
    "hand over": (HAND_OVER, (*FIRST, *SECOND, handed_in((0, 2, True)), COLLECT, ROLL_UP, roll_up_filled_in)),
    "compare": (COMPARE, (*FIRST, COMPARE, comparison_of_an_earlier_version, *SECOND)),
    "publish": (PUBLISH, (*FIRST, ACCEPT_ALL, PUBLISH, *SECOND, ACCEPT_ALL)),
    "close": (CLOSE, (*FIRST, STATUS)),
    "reopen": (f"{CLOSE} --reopen 补报", (*FIRST, CLOSE)),
    "rebuild": ("campaign rebuild 2023 --jobs 1", (*FIRST, report_deleted)),
    "back up": (BACK_UP, FIRST),
    "restore": ("campaign restore a.zip 2024 --jobs 1", (*FIRST, BACK_UP)),
    "forget contacts": (FORGET, (*FIRST, STATUS)),
    "password": (PASSWORD, (PASSWORD,)),
    "password removed": (f"{PASSWORD} --remove", (PASSWORD,)),
    "new": ("new --agency 清河县 --year 2023 -o a.xlsx", (lambda: Path("a.xlsx").write_bytes(b"of before"),)),
    "fill": (FILL, (workbooks_to_fill, f"{FILL} --blank-as-zero", report_of_before)),
    "new pack": ("pack new own", ()),
    "blank pack": ("pack new own --blank --title 检查情况报告 --years 2025", ()),
    "try a pack": (TRY, (TRY, trial_of_before)),
    "export a pack": ("pack export annual-report-2021", ()),
    "icons": ("desktop", ("desktop", icon_of_before)),
    "icons removed": ("desktop --remove", ("desktop",)),
}
"""Every command that writes, and what leads to where it is tried."""

ALL_OR_NOTHING = {"roll up", "roll up all", "reopen", "rebuild", "password", "password removed"}
ALL_OR_NOTHING |= {
    "links",
    "links renewed",
    "links withdrawn",
    "user added",
    "user changed",
    "user removed",
    "key added",
    "back up",
    "restore",
    "hand over",
    "new",
    "new pack",
    "blank pack",
    "export a pack",
}
"""Those that change nothing where they do not change everything."""


class Moment(datetime):
    """A clock that stands still: what two runs write is the same."""

    @classmethod
    def now(cls, tz: Any = None) -> Self:
        return cls(2024, 1, 20, 9, 30)


class Day(date):
    @classmethod
    def today(cls) -> Self:
        return cls(2024, 1, 20)


class State(NamedTuple):
    """What is there: the files, and what the record of the campaign says."""

    files: dict[str, bytes]
    record: object


def state_of(folder: Path) -> State:
    """What is there, without what differs from run to run: what the journal's tables are called, the list of a seal,
    which holds them all, and the database."""
    files = {}
    for path in folder.rglob("*"):
        name = re.sub("reminders/[^/]+/", "reminders/…/", path.relative_to(folder).as_posix())
        is_record = fnmatch(name, "*/log/*.csv") or "campaign" in path.stem or "封存清单" in name
        if path.is_file() and not is_record and not fnmatch(path.name, TEMPORARY):
            files[name] = path.read_bytes()
    if not (folder / "2023" / "campaign.toml").is_file():
        return State(files, None)
    campaign = Campaign.open(folder / "2023")
    said = sorted(map(str, campaign.log().entries))
    states = [(one.agency.code, one.state) for one in campaign.status().agencies]
    return State(files, (campaign.settings, campaign.is_closed, said, states))


@dataclass
class Tried:
    """A command where it is tried: the folder before it, and what it says and leaves there where nothing is held."""

    folder: Path
    before: State
    said: tuple[int, str, str]
    after: State
    asked: set[Asked]


class Case(NamedTuple):
    """Files that are held, by what their paths end in, and the names of which one is to be told."""

    ending: str
    names: frozenset[str]


@dataclass
class Desk:
    """Where somebody works with the program: a folder with two years' campaigns, and whose home it is."""

    folder: Path
    held: Held
    reportfill: Callable[..., Any]
    pack: Pack
    monkeypatch: pytest.MonkeyPatch
    tried: dict[str, Tried] = field(default_factory=dict)

    def run(self, command: str) -> tuple[int, str, str]:
        """What a command says."""
        self.monkeypatch.setattr(sys, "stdin", StringIO("打开密码 第一二三四\n"))
        self.monkeypatch.setattr(codes, "choice", Random(command).choice)
        held_files._waited_in_vain.clear()  # each run is a process of its own
        status, out, err = self.reportfill(*command.split())
        return (
            status,
            re.sub("[0-9a-f]{64}", "…", out),
            err,
        )  # a seal is over the names of the journal's tables

    def set_up(self, name: str) -> Tried:
        """A command where it is tried, which is made once."""
        if name not in self.tried:
            command, steps = COMMANDS[name]
            self._begin()
            for step in steps:
                if callable(step):
                    step()
                else:
                    assert self.run(step)[0] < 2
            place = self.folder.with_name(f"before {name}")
            shutil.copytree(self.folder, place, dirs_exist_ok=True)
            before = state_of(self.folder)
            self.held.asked.clear()
            said = self.run(command)
            asked = set(self.held.asked)
            assert said[0] < 2, said
            self.tried[name] = Tried(place, before, said, state_of(self.folder), asked)
        return self.tried[name]

    def again(self, tried: Tried) -> None:
        """Have the folder as it was before a command."""
        self.held.let_go()
        shutil.rmtree(self.folder)
        shutil.copytree(tried.folder, self.folder)
        os.chdir(self.folder)

    def cases(self, name: str, call: str) -> Iterator[Case]:
        """What a command calls on so; where not everything is tried, one file of each kind, and of these a quarter
        or a half, for each command another one."""
        found: dict[str, set[str]] = {}
        for asked in self.set_up(name).asked:
            for path in asked.paths:
                whole = os.path.normpath(self.folder / path)
                if asked.call == call and whole.startswith(f"{self.folder}{os.sep}"):
                    ending = _ending(os.path.relpath(whole, self.folder))
                    found.setdefault(ending, set()).update(map(os.path.basename, asked.paths))
        endings = sorted(found)
        if not IN_FULL:
            kinds = {(os.path.dirname(one), os.path.splitext(one)[1]): one for one in endings}
            start, step = list(COMMANDS).index(name), 4 if call == "open" else 2
            endings = list(kinds.values())[start % step :: step]
        for ending in endings:
            yield Case(ending, frozenset(found[ending]))

    def _begin(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "home" / "Desktop").mkdir(parents=True)
        os.chdir(self.folder)
        last = campaign_in("2022", (OFFICE, ARCHIVE, AFFAIRS, LETTERS), 2022)
        for agency in (ARCHIVE, AFFAIRS):
            drop(last, f"{agency.code}.xlsx", completed(self.pack, agency, {LICENSING: 5}, 2022))
        self.run("campaign collect 2022 --jobs 1")
        campaign_in("2023", (OFFICE, ARCHIVE, AFFAIRS, LETTERS))


def _ending(path: str) -> str:
    """What the path of a file ends in whose name differs from run to run; else all of it."""
    if fnmatch(os.path.basename(path), TEMPORARY):
        return ".tmp"
    if fnmatch(path, "2023/log/*.csv"):
        return ".csv"
    return re.sub(r".* \(\d{12}\)", "", path)  # moved aside, under a number that is drawn


_TRIED: dict[str, Tried] = {}


@pytest.fixture
def desk(
    tmp_path_factory: pytest.TempPathFactory,
    reportfill: Callable[..., Any],
    pack: Pack,
    held: Held,
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    """Where somebody works; nothing is waited for, and it is always the same moment."""
    folder = tmp_path_factory.getbasetemp() / "desk"
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setattr(campaign_module, "datetime", Moment)
    monkeypatch.setattr(campaign_module, "date", Day)
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(console._console, "__defaults__", (1000,))  # a width at which no table cuts anything
    monkeypatch.setenv("HOME", str(folder / "work" / "home"))
    return Desk(folder / "work", held, reportfill, pack, monkeypatch, _TRIED)


@pytest.mark.parametrize("is_let_go", [True, False], ids=["once", "always"])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "name", COMMANDS
)  # tests of one command follow each other: where it is tried is made once
def test_what_is_held_once_changes_nothing_and_what_is_held_on_is_named_and_all_else_is_done(
    desk: Desk, name: str, call: str, is_let_go: bool
) -> None:
    tried = desk.set_up(name)
    for case in desk.cases(name, call):
        desk.again(tried)
        desk.held.hold(case.ending, 1 if is_let_go else float("inf"), [call])
        said = desk.run(COMMANDS[name][0])
        desk.held.let_go()
        now = state_of(desk.folder)
        is_left = any(desk.folder.rglob(TEMPORARY))
        assert (case, is_left) == (case, is_left and call == "unlink" and not is_let_go)
        if is_let_go:
            assert (case, said, now) == (case, tried.said, tried.after)
        else:
            _require_all_else(desk, name, call, case, said)


def _require_all_else(desk: Desk, name: str, call: str, case: Case, said: tuple[int, str, str]) -> None:
    """What is held is named, nothing is lost, the rest is done, and the next run makes up for it."""
    tried, now = desk.set_up(name), state_of(desk.folder)
    if said[0] != tried.said[0] or _lacking(tried, now):  # else the command could do without
        _require_told(case, name, call, said[0], "".join((said[1] + said[2]).split()))
    _require_nothing_lost(case, tried, now)
    if name in ALL_OR_NOTHING:
        assert (case, now == tried.before or not _lacking(tried, now)) == (case, True)
    else:
        _require_rest_done(case, tried, now)
    if _lacking(tried, now):
        again = desk.run(COMMANDS[name][0])
        assert (case, again[0] < 2) == (case, True), again
        assert (case, _lacking(tried, state_of(desk.folder))) == (case, [])


def _require_told(case: Case, name: str, call: str, status: int, said: str) -> None:
    is_finding = name in ("collect", "rebuild") or (call, case.ending) == ("open", ".csv")
    assert (case, status) == (case, 1 if is_finding and status == 1 else 2)
    assert (case, "Traceback" in said) == (case, False)
    assert CLOSE_IT in said, (case, said)
    assert any(one in said for one in case.names) or case.ending in (".csv", ".tmp"), (case, said)


def _require_nothing_lost(case: Case, tried: Tried, after: State) -> None:
    """Whatever is kept where nothing is held is kept, and what is held is as it was."""
    kept = set(tried.after.files.values())
    there = set(after.files.values())
    for path, content in tried.before.files.items():
        if content in kept or path == case.ending:
            assert content in there, (case, path)


def _require_rest_done(case: Case, tried: Tried, after: State) -> None:
    """What is another agency's is as where nothing is held; what all need may have been held."""
    if not re.search("outgoing|received|reports|returned", case.ending):
        return
    for agency in AGENCIES:
        marks = agency.name[:6], f"/{agency.code}/"
        if not any(mark in case.ending for mark in marks):
            own = [path for path in tried.after.files if any(mark in path for mark in marks)]
            assert own
            for path in own:
                assert after.files.get(path) == tried.after.files[path], (case, path)


def _lacking(tried: Tried, now: State) -> list[str]:
    """In what the folder differs from how it is where nothing was held; what is kept once more is no harm."""
    lacking = [path for path, content in tried.after.files.items() if now.files.get(path) != content]
    more = now.files.keys() - tried.after.files.keys()
    lacking += [path for path in more if not re.search(r"/旧版/| \(\d{12}\)\.", path)]
    return lacking + ([] if now.record == tried.after.record else ["the record"])
