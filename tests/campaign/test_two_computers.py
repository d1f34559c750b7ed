"""Two computers and one campaign: in a folder that a client keeps the same on both, each with a copy of its own, and in
one folder of a share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from campaign.office import AGENCIES, FAULTY, NOW, TODAY, campaign_in, completed, drop, use_roster

from reportfill import Campaign, Pack
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.findings import record_findings
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records import campaign_folder, journal
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import History
from reportfill.campaign.records.journal import read_journal, table_names, table_path
from reportfill.campaign.records.share_lock import LOCK
from reportfill.campaign.status.agency_status import AgencyStatus, State
from reportfill.campaign.storage.store import FolderStore
from reportfill.errors import CampaignError
from reportfill.finding import has_errors
from reportfill.folder_kind import FolderKind, kind_of_folder

ONE, OTHER = AGENCIES[1], AGENCIES[2]


@dataclass(frozen=True)
class Computer:
    """A computer with its user's own data, and a campaign's folder as it is there."""

    home: Path
    folder: CampaignFolder
    patch: pytest.MonkeyPatch

    @contextmanager
    def at_work(self) -> Iterator[CampaignFolder]:
        """Work on this computer."""
        with self.patch.context() as here:
            here.setenv("XDG_DATA_HOME", str(self.home))
            yield self.folder

    def hands_in(self, name: str, content: bytes, ahead: timedelta = timedelta()) -> None:
        """Take in a file; `ahead` is how much this computer's clock is before the other's."""
        with self.at_work() as folder:
            drop(folder, name, content)
            (taken,) = collect(folder, NOW + ahead)
            assert taken.version is not None

    def reviews(self, code: str, *, is_accepted: bool, ahead: timedelta = timedelta()) -> None:
        """Accept an agency's report here, or send it back."""
        with self.at_work() as folder:
            remark = "" if is_accepted else "请补充说明"
            review(folder, code, is_accepted=is_accepted, remark=remark, by="王芳", now=NOW + ahead)

    def extends(self, code: str, until: date) -> None:
        """Give an agency time until a day here."""
        with self.at_work() as folder:
            Campaign(folder).extend(code, until=until)

    def gives_link(self, code: str, *, renew: bool = False) -> str:
        """Give an agency a link here; its code."""
        with self.at_work() as folder:
            (given,) = Campaign(folder).give_links(code, renew=renew).links
            return given.code

    def opens(self, code: str) -> bool:
        """Whether a code opens a page here."""
        with self.at_work() as folder:
            link = Campaign(folder).link_of(code)
            return link is not None and link.is_open

    @contextmanager
    def campaign(self) -> Iterator[Campaign]:
        """The campaign as it is here."""
        with self.at_work() as folder:
            yield Campaign(folder)

    def roles(self) -> dict[str, str]:
        """What those may do who have accounts here."""
        with self.campaign() as campaign:
            return {one.name: one.role.value for one in campaign.users}

    def shows(self, code: str) -> AgencyStatus:
        """How an agency stands, as this computer shows it."""
        with self.at_work() as folder:
            status = Campaign(folder).status(TODAY)
            return next(one for one in status.agencies if one.agency.code == code)

    def history(self, code: str) -> History:
        """What this computer's ledger holds of an agency."""
        agency = next(one for one in AGENCIES if one.code == code)
        with self.at_work() as folder, folder.read_ledger() as ledger:
            return ledger.history(agency.holder)


@pytest.fixture
def computers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Computer, Computer]:
    """Two computers with a copy each of a campaign, in folders that a client keeps the same."""
    made = []
    for name in ("PC-01", "PC-07"):
        place = tmp_path / name / "synced" / "2023"
        if made:
            shutil.copytree(made[0].folder.root.parent, place.parent)
            folder = CampaignFolder(FolderStore(place))
        else:
            (place.parent / ".stfolder").mkdir(parents=True)
            folder = campaign_in(place)
        made.append(Computer(tmp_path / name / "data", folder, monkeypatch))
    return made[0], made[1]


def sync(one: Computer, other: Computer) -> None:
    """Let both folders have every file that either has; of one that both wrote the client keeps the first's."""
    for here, there in ((one, other), (other, one)):
        for path in here.folder.root.rglob("*"):
            target = there.folder.root / path.relative_to(here.folder.root)
            if path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target)


def test_what_one_computer_did_the_other_shows(computers: tuple[Computer, Computer], pack: Pack) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    assert there.shows("02").state is State.MISSING
    here.reviews("02", is_accepted=True)
    sync(here, there)
    assert there.shows("02").state is State.ACCEPTED
    assert there.shows("02").report == here.shows("02").report != ""
    assert there.history("02") == here.history("02")
    assert not (here.folder.root / "campaign.db").exists()
    assert [*there.folder.root.glob("campaign.db*")] == []


def test_workbooks_that_the_other_made_are_known(computers: tuple[Computer, Computer]) -> None:
    here, there = computers
    with there.at_work() as folder:
        assert Campaign(folder).status(TODAY).agencies
    with here.at_work() as folder:
        distribute(folder)
    sync(here, there)
    for computer in (here, there):
        with computer.at_work() as folder:
            assert Campaign(folder).status(TODAY).agencies
            with folder.read_ledger() as ledger:
                known = {one.path for one in ledger.workbooks().values()}
        assert len(known) == len(AGENCIES)
    with here.at_work() as folder:
        assert not any(one.is_new for one in distribute(folder).workbooks)


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(hours=2), timedelta(hours=-2)])
def test_opposite_decisions_stand_until_a_person_decides(
    computers: tuple[Computer, Computer], pack: Pack, ahead: timedelta
) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    sync(here, there)
    here.reviews("02", is_accepted=True)
    there.reviews("02", is_accepted=False, ahead=ahead)
    sync(here, there)
    for computer in computers:
        shown = computer.shows("02")
        assert (shown.state, shown.report) == (State.DISPUTED, "")
        assert "有人审核通过，有人退回" in shown.remark
    there.reviews("02", is_accepted=True, ahead=ahead)
    sync(here, there)
    for computer in computers:
        assert computer.shows("02").state is State.ACCEPTED
        assert computer.shows("02").report != ""


def test_who_knew_of_a_decision_changes_it(computers: tuple[Computer, Computer], pack: Pack) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    here.reviews("02", is_accepted=True)
    sync(here, there)
    there.reviews("02", is_accepted=False, ahead=timedelta(hours=-2))
    sync(here, there)
    assert [computer.shows("02").state for computer in computers] == [State.SENT_BACK] * 2


def test_the_same_decision_twice_is_no_dispute(computers: tuple[Computer, Computer], pack: Pack) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    sync(here, there)
    for computer in computers:
        computer.reviews("02", is_accepted=True)
    sync(here, there)
    assert [computer.shows("02").state for computer in computers] == [State.ACCEPTED] * 2


@pytest.mark.parametrize("letters", ["ab", "ba"])
@pytest.mark.parametrize("change", ["code", "name", "word"])
def test_work_of_one_who_did_not_know_that_an_agency_changed_is_that_of_the_agency(
    computers: tuple[Computer, Computer],
    pack: Pack,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
    letters: str,
) -> None:
    """Whichever of the tables that were written at once comes first among them."""
    here, there = computers
    changed = {
        "code": ONE._replace(code="0102"),
        "name": ONE._replace(name="清河县档案局", former_name=ONE.name),
        "word": ONE._replace(name="清河县档案局"),
    }[change]
    here.hands_in("1.xlsx", completed(pack, ONE))
    sync(here, there)
    monkeypatch.setattr(journal, "choice", lambda some: letters[0])
    with here.at_work() as folder:
        use_roster(folder, (AGENCIES[0], changed, *AGENCIES[2:]))
        collect(folder, NOW)
    if change == "word":
        here.reviews("02", is_accepted=True)
    monkeypatch.setattr(journal, "choice", lambda some: letters[1])
    newer = completed(pack, ONE, {"proactive.licensing.decisions": 2})
    there.hands_in("2.xlsx", newer, ahead=timedelta(minutes=5))
    there.reviews("02", is_accepted=False, ahead=timedelta(minutes=6))
    there.extends("02", date(2024, 2, 10))
    monkeypatch.undo()
    sync(here, there)
    for computer in (*computers, here):
        shown = computer.shows(changed.code)
        assert (shown.state, shown.versions, shown.until) == (State.SENT_BACK, 2, date(2024, 2, 10))
        with computer.at_work() as folder:
            assert not any(has_errors(found) for found in record_findings(folder))
            rebuild(folder)
        assert computer.shows(changed.code) == shown
    assert here.shows(changed.code) == there.shows(changed.code)


def test_a_table_that_comes_late_settles_what_others_said_in_knowledge_of_it(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    here.reviews("02", is_accepted=False)
    sync(here, there)
    assert there.shows("02").state is State.SENT_BACK
    here.hands_in("2.xlsx", completed(pack, OTHER))
    here.reviews("02", is_accepted=True)
    late = here.folder.root / table_path(table_names(here.folder.store)[-2])
    content = late.read_bytes()
    late.unlink()
    sync(here, there)
    assert there.shows("02").state is State.ACCEPTED
    late.write_bytes(content)
    sync(here, there)
    assert (there.shows("02"), there.shows("03")) == (here.shows("02"), here.shows("03"))
    assert there.shows("02").state is State.ACCEPTED


def test_a_table_that_is_damaged_makes_no_dispute_of_what_was_said_before_and_behind(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, _ = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    here.reviews("02", is_accepted=False)
    here.hands_in("2.xlsx", completed(pack, OTHER))
    here.reviews("02", is_accepted=True)
    (here.folder.root / table_path(table_names(here.folder.store)[2])).write_bytes(b"damaged")
    with here.at_work() as folder:
        rebuild(folder, without_damaged=True)
    assert here.shows("02").state is State.ACCEPTED


def test_a_word_whose_table_is_damaged_stays_the_last_one_when_more_comes(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    here.reviews("02", is_accepted=True)
    sync(here, there)
    here.reviews("02", is_accepted=False)
    damaged = here.folder.root / table_path(table_names(here.folder.store)[-1])
    damaged.write_bytes(b"damaged")
    there.hands_in("2.xlsx", completed(pack, ONE, FAULTY), ahead=timedelta(minutes=5))
    sync(there, here)
    shown = here.shows("02")
    assert (shown.state, shown.versions, shown.report) == (State.FAULTY, 2, "")
    assert [one.is_accepted for one in here.history("02").reviews] == [True, False]


def test_a_copy_that_was_known_before_its_table_gets_the_time_and_the_file_of_the_table(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, there = computers
    here.hands_in("2.xlsx", completed(pack, OTHER))
    sync(here, there)
    here.hands_in("1.xlsx", completed(pack, ONE))
    shutil.copytree(here.folder.root / "received", there.folder.root / "received", dirs_exist_ok=True)
    with there.at_work() as folder:
        rebuild(folder)
    assert there.shows("02").state is State.SOUND
    sync(here, there)
    assert there.shows("02") == here.shows("02")
    assert there.history("02") == here.history("02")


def test_two_computers_give_a_campaign_of_an_earlier_version_one_id(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    for computer in computers:
        settings = computer.folder.root / "campaign.toml"
        lines = settings.read_text("utf-8").splitlines(keepends=True)
        settings.write_text("".join(line for line in lines if not line.startswith("id =")), "utf-8")
    for computer, agency in zip(computers, (ONE, OTHER), strict=True):
        computer.hands_in("1.xlsx", completed(pack, agency))
    settings_now = {(computer.folder.root / "campaign.toml").read_bytes() for computer in computers}
    assert len(settings_now) == 1
    assert b"id =" in settings_now.pop()
    assert [len(list(computer.home.glob("reportfill/ledgers/*"))) for computer in computers] == [1, 1]


def test_of_two_extensions_at_once_the_later_day_counts_and_who_knew_of_it_changes_it(
    computers: tuple[Computer, Computer],
) -> None:
    here, there = computers
    here.extends("02", date(2024, 2, 10))
    sync(here, there)
    assert there.shows("02").until == date(2024, 2, 10)
    here.extends("02", date(2024, 1, 31))  # the deadline: it is taken back
    there.extends("02", date(2024, 2, 20))
    sync(here, there)
    assert [computer.shows("02").until for computer in computers] == [date(2024, 2, 20)] * 2
    there.extends("02", date(2024, 2, 15))
    sync(here, there)
    assert [computer.shows("02").until for computer in computers] == [date(2024, 2, 15)] * 2


def test_an_agency_renamed_here_has_the_time_that_it_was_given_there(
    computers: tuple[Computer, Computer],
) -> None:
    here, there = computers
    renamed = ONE._replace(name="清河县档案局", former_name=ONE.name)
    there.extends("02", date(2024, 2, 10))
    with here.at_work() as folder:
        use_roster(folder, (AGENCIES[0], renamed, *AGENCIES[2:]))
    sync(here, there)
    for computer in computers:
        assert computer.shows("02").until == date(2024, 2, 10)
        with computer.at_work() as folder:
            collect(folder, NOW)  # which puts the other name on record, on both
    sync(here, there)
    assert [computer.shows("02").until for computer in computers] == [date(2024, 2, 10)] * 2


def test_two_versions_of_one_number_are_both_kept(computers: tuple[Computer, Computer], pack: Pack) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    there.hands_in("2.xlsx", completed(pack, ONE, FAULTY), ahead=timedelta(minutes=5))
    there.reviews("02", is_accepted=False, ahead=timedelta(minutes=6))
    names = [{*map(str, one.folder.root.glob("received/02/*"))} for one in computers]
    sync(here, there)
    for computer in computers:
        history = computer.history("02") if computer.shows("02") else None
        assert history is not None
        assert [one.number for one in history.versions] == [1, 2]
        assert [one.is_sound for one in history.versions] == [True, False]
        assert [(one.number, one.is_accepted) for one in history.reviews] == [(2, False)]
        assert len(list(computer.folder.root.glob("received/02/*"))) == 2
    assert all(Path(name).exists() for some in names for name in some)
    assert here.history("02") == there.history("02")


def test_the_report_is_that_of_the_version_that_counts(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    later = completed(pack, ONE, {"proactive.licensing.decisions": 5})
    there.hands_in("2.xlsx", later, ahead=timedelta(minutes=5))
    report = there.shows("02").report
    wanted = (there.folder.root / report).read_bytes()
    sync(here, there)
    assert (there.folder.root / report).read_bytes() != wanted
    for computer in computers:
        assert computer.shows("02").versions == 2
        with computer.at_work() as folder:
            collect(folder, NOW)
        assert [one.number for one in computer.history("02").versions] == [1, 2]
        assert computer.shows("02").report == report
        assert (computer.folder.root / report).read_bytes() == wanted
        assert len(list((computer.folder.root / "reports").rglob("*.docx"))) == 2


def test_the_same_file_taken_in_twice_is_one_version(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, there = computers
    content = completed(pack, ONE)
    for computer in computers:
        computer.hands_in("1.xlsx", content)
    sync(here, there)
    assert [computer.shows("02").versions for computer in computers] == [1, 1]


def test_a_table_that_comes_before_its_copies_waits_for_them(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    here.hands_in("2.xlsx", completed(pack, OTHER))
    here.reviews("03", is_accepted=True)
    sync(here, there)
    late = next(there.folder.root.glob("received/02/*"))
    content = late.read_bytes()
    late.unlink()
    assert there.shows("03").state is State.ACCEPTED
    late.write_bytes(content)
    assert there.shows("02").state is State.SOUND
    assert there.history("02").versions == here.history("02").versions


def test_reports_and_marked_workbooks_that_come_after_their_table_are_found(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    here.hands_in("2.xlsx", completed(pack, OTHER, FAULTY))
    for part in ("log", "received"):
        shutil.copytree(here.folder.root / part, there.folder.root / part, dirs_exist_ok=True)
    assert (there.shows("02").report, there.shows("03").returned) == ("", "")
    there.hands_in("4.xlsx", completed(pack, AGENCIES[3]))  # in knowledge of these tables all the same
    assert len(read_journal(there.folder.store).tables[-1].previous) == 1
    sync(here, there)
    for code in ("02", "03"):
        assert there.shows(code) == here.shows(code)
    assert (there.shows("02").report, there.shows("03").returned) != ("", "")


def test_tables_that_have_not_come_yet_are_named(computers: tuple[Computer, Computer], pack: Pack) -> None:
    here, there = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    here.reviews("02", is_accepted=True)
    sync(here, there)
    first = there.folder.root / table_path(table_names(there.folder.store)[0])
    content = first.read_bytes()
    first.unlink()
    with there.at_work() as folder, pytest.raises(CampaignError, match=first.name):
        Campaign(folder).status(TODAY)
    first.write_bytes(content)
    assert there.shows("02").state is State.ACCEPTED


def test_an_office_on_a_share_has_one_folder_and_a_ledger_for_each_computer(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, other = computers
    there = Computer(other.home, here.folder, other.patch)
    here.hands_in("1.xlsx", completed(pack, ONE))
    there.hands_in("2.xlsx", completed(pack, OTHER))
    here.reviews("03", is_accepted=True)
    assert [there.shows(code).state for code in ("02", "03")] == [State.SOUND, State.ACCEPTED]
    tables = read_journal(here.folder.store).tables
    assert [table.previous for table in tables] == [(), (tables[0].name,), (tables[1].name,)]


def test_a_ledger_that_is_gone_is_filled_again(computers: tuple[Computer, Computer], pack: Pack) -> None:
    here, _ = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    here.reviews("02", is_accepted=True)
    before = here.history("02")
    shutil.rmtree(here.home)
    told: list[tuple[int, int]] = []
    with here.at_work() as folder:
        Campaign(folder, progress=lambda done, total: told.append((done, total))).status(TODAY)
    assert told == [(0, 1), (1, 1)]
    assert here.history("02") == before


def test_without_the_journal_nothing_is_filled_unasked(
    computers: tuple[Computer, Computer], pack: Pack
) -> None:
    here, _ = computers
    here.hands_in("1.xlsx", completed(pack, ONE))
    shutil.rmtree(here.home)
    shutil.rmtree(here.folder.root / "log")
    with here.at_work() as folder:
        with pytest.raises(CampaignError, match="the ledger is lost"):
            Campaign(folder).status(TODAY)
        assert Campaign(folder).rebuild() == 1
        assert Campaign(folder).status(TODAY).agencies[1].state is State.SOUND


def test_copies_that_are_merged_on_a_disk_of_this_computer(tmp_path: Path, pack: Pack) -> None:
    here = campaign_in(tmp_path / "here")
    drop(here, "1.xlsx", completed(pack, ONE))
    collect(here, NOW)
    there = CampaignFolder(FolderStore(shutil.copytree(here.root, tmp_path / "there")))
    review(here, "02", is_accepted=True, remark="", by="王芳", now=NOW)
    review(there, "02", is_accepted=False, remark="请补充说明", by="李强", now=NOW)
    for path in there.root.glob("log/*.csv"):
        shutil.copy2(path, here.root / "log")
    status = Campaign(here).status(TODAY)
    assert [one.state for one in status.agencies if one.agency.code == "02"] == [State.DISPUTED]


@pytest.mark.usefixtures("impatient")
def test_what_a_killed_process_left_on_a_share_holds_up_others_and_not_this_computer(
    computers: tuple[Computer, Computer], pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, other = computers
    there = Computer(other.home, here.folder, other.patch)
    monkeypatch.setattr(campaign_folder, "kind_of_folder", lambda path: FolderKind.SHARE)
    here.hands_in("1.xlsx", completed(pack, ONE))
    with here.at_work() as folder, folder.held():
        left = (folder.root / LOCK).read_bytes()
    (here.folder.root / LOCK).write_bytes(left)
    with pytest.raises(CampaignError, match="working on the campaign"):
        there.reviews("02", is_accepted=True)
    here.reviews("02", is_accepted=True)
    there.reviews("02", is_accepted=False)
    assert here.shows("02").state is State.SENT_BACK


def network_mounts() -> list[Path]:
    """The folders of this machine that are on another one, and can be written to."""
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    places = {Path(line.split(" ")[4]) for line in lines}
    return [
        one for one in sorted(places) if os.access(one, os.W_OK) and kind_of_folder(one) is FolderKind.SHARE
    ]


@pytest.mark.skipif(not network_mounts(), reason="no share of another computer is mounted here")
@pytest.mark.usefixtures("impatient")
def test_a_campaign_on_a_real_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    with TemporaryDirectory(dir=network_mounts()[0]) as place:
        folder = campaign_in(Path(place) / "2023")
        here, there = (Computer(tmp_path / name, folder, monkeypatch) for name in ("PC-01", "PC-07"))
        here.hands_in("1.xlsx", completed(pack, ONE))
        there.reviews("02", is_accepted=True)
        assert here.shows("02").state is State.ACCEPTED
        with here.at_work(), folder.held(), pytest.raises(CampaignError, match="working on the campaign"):
            there.reviews("02", is_accepted=False)


def test_a_link_that_one_computer_gave_opens_on_the_other_until_it_is_renewed(
    computers: tuple[Computer, Computer],
) -> None:
    here, there = computers
    first = here.gives_link("02")
    sync(here, there)
    assert there.opens(first)
    second = there.gives_link("02", renew=True)
    sync(here, there)
    for computer in computers:
        assert (computer.opens(first), computer.opens(second)) == (False, True)


def test_links_that_both_renewed_at_once_open_and_the_former_does_not(
    computers: tuple[Computer, Computer],
) -> None:
    here, there = computers
    first = here.gives_link("02")
    sync(here, there)
    renewed = [computer.gives_link("02", renew=True) for computer in computers]
    sync(here, there)
    for computer in computers:
        assert [computer.opens(code) for code in (first, *renewed)] == [False, True, True]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_link_that_one_withdrew_while_the_other_renewed_it_opens_nothing(
    computers: tuple[Computer, Computer], is_first: bool
) -> None:
    here, there = computers if is_first else computers[::-1]
    first = here.gives_link("02")
    sync(here, there)
    with here.at_work() as folder:
        Campaign(folder).withdraw_links("02")
    second = there.gives_link("02", renew=True)
    sync(here, there)
    for computer in computers:
        assert not computer.opens(first)
        assert not computer.opens(second)
    third = there.gives_link("02")
    sync(here, there)
    assert [computer.opens(third) for computer in computers] == [True, True]


PASSWORD, ANOTHER = "雨伞 火车 土豆 月亮", "橘子 台灯 山羊 河流"


def with_account(computers: tuple[Computer, Computer]) -> tuple[Computer, Computer]:
    """Two computers that know of an account and a key."""
    with computers[0].campaign() as campaign:
        campaign.add_user("王芳", PASSWORD, "coordinator")
        campaign.add_key("数据平台", "reader")
    sync(*computers)
    return computers


def test_accounts_and_keys_of_one_computer_are_known_on_the_other(
    computers: tuple[Computer, Computer],
) -> None:
    here, there = with_account(computers)
    with there.campaign() as campaign:
        assert campaign.user_with("王芳", PASSWORD) is not None
        assert [one.name for one in campaign.keys] == ["数据平台"]
        campaign.change_password("王芳", ANOTHER)
        campaign.withdraw_key("数据平台")
    sync(here, there)
    with here.campaign() as campaign:
        assert campaign.user_with("王芳", PASSWORD) is None
        assert campaign.user_with("王芳", ANOTHER) is not None
        assert campaign.keys == ()


@pytest.mark.parametrize("is_first", [True, False])
def test_an_account_that_one_removed_while_the_other_changed_it_is_gone(
    computers: tuple[Computer, Computer], is_first: bool
) -> None:
    here, there = with_account(computers) if is_first else with_account(computers)[::-1]
    with here.campaign() as campaign:
        campaign.remove_user("王芳")
    with there.campaign() as campaign:
        campaign.change_role("王芳", "reviewer")
        campaign.change_password("王芳", ANOTHER)
    sync(here, there)
    assert [computer.roles() for computer in computers] == [{}, {}]
    with there.campaign() as campaign:
        campaign.add_user("王芳", PASSWORD, "reader")
    sync(here, there)
    assert [computer.roles() for computer in computers] == [{"王芳": "reader"}] * 2


def test_of_two_roles_that_were_given_at_once_the_lesser_counts(
    computers: tuple[Computer, Computer],
) -> None:
    here, there = with_account(computers)
    for computer, role in ((here, "reader"), (there, "reviewer")):
        with computer.campaign() as campaign:
            campaign.change_role("王芳", role)
    sync(here, there)
    assert [computer.roles() for computer in computers] == [{"王芳": "reader"}] * 2


def test_of_two_passwords_that_were_set_at_once_both_computers_take_the_same(
    computers: tuple[Computer, Computer],
) -> None:
    here, there = with_account(computers)
    for computer, password in ((here, "葡萄 窗帘 刺猬 山谷"), (there, ANOTHER)):
        with computer.campaign() as campaign:
            campaign.change_password("王芳", password)
    sync(here, there)
    stamps = set()
    for computer in computers:
        with computer.campaign() as campaign:
            assert campaign.user_with("王芳", PASSWORD) is None
            stamps.add(campaign.users[0].stamp)
    assert len(stamps) == 1
