"""Whatever people do in whatever order, a campaign stands as a few lists and dictionaries say it must."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
from campaign.crashes import killed_after
from campaign.office import AGENCIES, NOW, TODAY, campaign_in, drop, use_roster
from campaign.parcels import zipped
from campaign.prepared import FIGURE, digest, prepared, report_of
from hypothesis import settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.inbox.collect import collect
from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.records.history import History
from reportfill.campaign.records.rebuild import rebuild
from reportfill.campaign.records.received import mark_of, received_copies
from reportfill.campaign.records.review import review
from reportfill.campaign.records.seal import close, reopen, verified
from reportfill.campaign.sending.distribute import distribute
from reportfill.campaign.status.look import standing_of
from reportfill.campaign.status.standing import State
from reportfill.campaign.sums.rollup import rollup
from reportfill.errors import CampaignError
from reportfill.files import TEMPORARY

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are forked, which Windows does not"
)

CODES = ("02", "03", "04", "05")
NAMES = ("清河县档案馆", "清河县民政局", "清河县信访局", "清河县水利局", "清河县教育局", "清河县气象局")
PACKINGS = ("plain", "zip", "eml")


@dataclass(frozen=True)
class Workbook:
    """A completed workbook: whose it is, under which name of the agency, and what is in it."""

    code: str
    name: str
    figure: int
    is_sound: bool
    content: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """What the ledger knows it by."""
        return digest(self.content)


@dataclass
class Model:
    """The campaign as somebody with a good memory keeps it in mind."""

    roster: dict[str, Agency] = field(
        default_factory=lambda: {agency.code: agency for agency in AGENCIES[:3]}
    )
    handed_out: set[tuple[str, str]] = field(default_factory=set)
    inbox: dict[str, list[Workbook]] = field(default_factory=dict)
    versions: dict[str, list[Workbook]] = field(default_factory=dict)
    said: dict[tuple[str, int], bool] = field(default_factory=dict)
    strays: set[str] = field(default_factory=set)
    is_closed: bool = False

    @property
    def known(self) -> set[str]:
        """What was taken in."""
        return {workbook.digest for own in self.versions.values() for workbook in own}

    @property
    def due(self) -> list[Agency]:
        """The agencies that must report."""
        return [agency for agency in self.roster.values() if not agency.is_closed]

    def owner(self, workbook: Workbook) -> str:
        """Whose a workbook is; nobody's where that is not certain."""
        agency = self.roster.get(workbook.code)
        if agency is None or agency.is_closed:
            return ""
        was_handed_out = (workbook.code, workbook.name) in self.handed_out
        return workbook.code if was_handed_out or agency.name == workbook.name else ""

    def collect(self) -> list[tuple[str, int, bool]]:
        """Take in the inbox in the order of its paths; whose it was, which version, and whether sound."""
        taken, known, self.strays = [], self.known, set()
        for path, workbooks in sorted(self.inbox.items()):
            for place, workbook in enumerate(workbooks):
                if workbook.digest in known:
                    continue
                code = self.owner(workbook)
                if not code:
                    self.strays.add(f"{path} {place}")
                    continue
                self.versions.setdefault(code, []).append(workbook)
                known.add(workbook.digest)
                taken.append((code, len(self.versions[code]), workbook.is_sound))
        return taken

    def counted(self, code: str) -> Workbook | None:
        """The version that counts: the newest sound one, unless it was sent back."""
        own = self.versions.get(code, [])
        sound = [(number, workbook) for number, workbook in enumerate(own, 1) if workbook.is_sound]
        if not sound or self.said.get((code, sound[-1][0])) is False:
            return None
        return sound[-1][1]

    def state(self, code: str) -> State:
        """How an agency stands."""
        own = self.versions.get(code, [])
        if not own:
            return State.MISSING
        if (code, len(own)) in self.said:
            return State.ACCEPTED if self.said[code, len(own)] else State.SENT_BACK
        return State.SOUND if own[-1].is_sound else State.FAULTY


class Campaign(RuleBasedStateMachine):
    """A campaign in a folder beside one in mind."""

    def __init__(self) -> None:
        super().__init__()
        self._place = Path(tempfile.mkdtemp(prefix="campaign-"))
        self.campaign: CampaignFolder = campaign_in(self._place / "2023", AGENCIES[:3])
        self.model = Model()
        self.figures: Iterator[int] = count(1)
        self.names: Iterator[int] = count(1)
        self.now: datetime = NOW
        self.is_unfinished = False
        self.is_settled = False

    def teardown(self) -> None:
        shutil.rmtree(self._place)

    # What agencies do.

    @rule(
        code=strategies.sampled_from(("01", *CODES)),
        is_sound=strategies.sampled_from((True, True, True, False)),
        packing=strategies.sampled_from(PACKINGS),
        first=strategies.booleans(),
    )
    def hand_in(self, code: str, packing: str, *, is_sound: bool, first: bool) -> None:
        """Something arrives, under a name that is read before or behind the others."""
        if code in self.model.roster:
            self._arrive(packing, [self._workbook(self.model.roster[code].name, code, is_sound)], first=first)

    @rule(code=strategies.sampled_from(CODES), name=strategies.sampled_from(NAMES))
    def hand_in_under_some_name(self, code: str, name: str) -> None:
        """A workbook arrives that has another name than the roster, perhaps a former one."""
        self._arrive("plain", [self._workbook(name, code, True)], first=False)

    @rule(codes=strategies.lists(strategies.sampled_from(CODES), min_size=2, max_size=3))
    def hand_in_several(self, codes: list[str]) -> None:
        """A superior sends what it gathered."""
        roster = self.model.roster
        parcel = [self._workbook(roster[code].name, code, True) for code in codes if code in roster]
        if parcel:
            self._arrive("zip", parcel, first=False)

    @rule(data=strategies.data(), packing=strategies.sampled_from(PACKINGS))
    def hand_in_the_same_again(self, data: strategies.DataObject, packing: str) -> None:
        """What was there already comes once more under another name."""
        there = [workbook for path in sorted(self.model.inbox) for workbook in self.model.inbox[path]]
        there += [workbook for own in self.model.versions.values() for workbook in own]
        if there:
            self._arrive(packing, [data.draw(strategies.sampled_from(there))], first=True)

    @rule(data=strategies.data())
    def correct(self, data: strategies.DataObject) -> None:
        """A file is replaced by a sound one under the same name."""
        plain = sorted(path for path in self.model.inbox if path.endswith(".xlsx"))
        if plain and not self.is_unfinished:
            path = data.draw(strategies.sampled_from(plain))
            (former,) = self.model.inbox[path]
            workbook = self._workbook(former.name, former.code, True)
            self.model.inbox[path] = [workbook]
            self.campaign.store.write(path, workbook.content)
            self.is_settled = False

    # What the coordinator does.

    @rule()
    def collect(self) -> None:
        """Take in what there is."""
        if self.model.is_closed:
            self._assert_refused(lambda: list(collect(self.campaign, self.now)))
            return
        self.now += timedelta(minutes=1)
        found = [one.version for one in collect(self.campaign, self.now)]
        taken = [(version.code, version.number, version.is_sound) for version in found if version]
        expected = self.model.collect()
        if self.is_unfinished:
            self._learn_order()
        else:
            assert taken == expected
        self.is_unfinished = False
        self.is_settled = True

    @rule(share=strategies.floats(0, 1))
    def collect_and_be_killed(self, share: float) -> None:
        """Begin to take in what there is."""
        waiting = sum(map(len, self.model.inbox.values())) - len(self.model.known)
        if not self.model.is_closed and waiting > 0:
            killed_after(share * (0.03 + 0.015 * waiting), lambda: list(collect(self.campaign, self.now)))
            self.is_unfinished, self.is_settled = True, False

    @precondition(lambda self: not self.is_unfinished)
    @rule(code=strategies.sampled_from(CODES), name=strategies.sampled_from(NAMES))
    def add_or_rename(self, code: str, name: str) -> None:
        """An agency gets a name that no other has now."""
        if name not in {agency.name for agency in self.model.roster.values()}:
            former = self.model.roster.get(code, Agency(code, name, "", "01", 2))
            self._use(former._replace(name=name))

    @precondition(lambda self: not self.is_unfinished)
    @rule(code=strategies.sampled_from(CODES), successor=strategies.sampled_from(("", "01")))
    def close_or_reopen_an_agency(self, code: str, successor: str) -> None:
        """An agency is closed or merged, or that is taken back."""
        former = self.model.roster.get(code)
        if former is not None:
            is_closed = not former.is_closed
            self._use(former._replace(is_closed=is_closed, successor=successor if is_closed else ""))

    @rule()
    def distribute(self) -> None:
        """Hand out the workbooks that lack."""
        if self.model.is_closed:
            self._assert_refused(lambda: list(distribute(self.campaign)))
            return
        made = list(distribute(self.campaign))
        assert {one.agency.code for one in made} == {agency.code for agency in self.model.due}
        assert all(self.campaign.store.exists(one.path) for one in made)
        self.model.handed_out |= {(agency.code, agency.name) for agency in self.model.due}
        self.is_settled = False

    @precondition(lambda self: not self.is_unfinished)
    @rule(code=strategies.sampled_from(CODES), is_accepted=strategies.booleans())
    def review(self, code: str, *, is_accepted: bool) -> None:
        """Say something about the newest version, where that can be."""

        def said() -> object:
            return review(
                self.campaign, code, is_accepted=is_accepted, remark="请补充", by="王芳", now=self.now
            )

        agency, own = self.model.roster.get(code), self.model.versions.get(code, [])
        is_due = agency is not None and not agency.is_closed
        if self.model.is_closed or not is_due or not own or (is_accepted and not own[-1].is_sound):
            self._assert_refused(said)
            return
        said()
        self.model.said[code, len(own)] = is_accepted

    @rule()
    def empty_inbox(self) -> None:
        """Remove the files of which everything was kept."""
        kept = {copy.mark for copy in received_copies(self.campaign.store)}
        for path, workbooks in list(self.model.inbox.items()):
            if all(mark_of(workbook.digest) in kept for workbook in workbooks):
                self.campaign.store.remove(path)
                if not self.is_unfinished:
                    del self.model.inbox[path]
                else:
                    self.model.inbox[path] = workbooks  # it was kept, and so it is taken in all the same
        self.is_settled = False

    @precondition(lambda self: not self.is_unfinished)
    @rule()
    def lose_the_ledger(self) -> None:
        """The ledger is deleted and made anew."""
        for path in self.campaign.root.glob("campaign.db*"):
            path.unlink()
        assert rebuild(self.campaign) == len(self.model.known)
        self.is_settled = False

    @precondition(lambda self: not self.is_unfinished)
    @rule()
    def close_or_open_the_campaign(self) -> None:
        """The campaign is closed, or opened again."""
        if self.model.is_closed:
            reopen(self.campaign, "补报", "王芳", self.now)
        else:
            close(self.campaign, "王芳", self.now)
            assert verified(self.campaign).is_intact
        self.model.is_closed = not self.model.is_closed

    # What holds whenever nothing was broken off.

    @precondition(lambda self: not self.is_unfinished)
    @invariant()
    def every_agency_stands_as_it_must(self) -> None:
        """States, versions, the one that counts and its report, of agencies in the roster."""
        standing = standing_of(self.campaign, TODAY)
        due = {agency.code: agency.name for agency in self.model.due}
        assert {one.agency.code: one.agency.name for one in standing.agencies} == due
        closed = {agency.code for agency in self.model.roster.values()} - set(due)
        assert {one.agency.code for one in standing.closed} == closed
        for one in (*standing.agencies, *standing.closed):
            code = one.agency.code
            assert (one.state, one.versions) == (
                self.model.state(code),
                len(self.model.versions.get(code, [])),
            )
            counted = self.model.counted(code)
            assert bool(one.report) is (counted is not None)
            if counted is not None:
                found = digest(self.campaign.store.read(one.report))
                assert found == digest(report_of(counted.content)), f"{one.report} is that of another version"
            if one.returned:
                assert self.campaign.store.exists(one.returned)

    @precondition(lambda self: not self.is_unfinished)
    @invariant()
    def versions_are_numbered_and_kept(self) -> None:
        """The ledger has every version, in order, and its copy."""
        histories = self._histories()
        assert histories.keys() == {code for code, own in self.model.versions.items() if own}
        for code, history in histories.items():
            own = self.model.versions[code]
            assert [version.digest for version in history.versions] == [workbook.digest for workbook in own]
            assert [version.number for version in history.versions] == list(range(1, len(own) + 1))
            for version in history.versions:
                assert digest(self.campaign.store.read(version.received)) == version.digest

    @precondition(lambda self: self.is_settled)
    @invariant()
    def sums_and_strays_are_right(self) -> None:
        """After everything was taken in, figures add up, and what is nobody's is named."""
        counted = [self.model.counted(agency.code) for agency in self.model.due]
        assert rollup(self.campaign).sums[FIGURE] == sum(workbook.figure for workbook in counted if workbook)
        with self.campaign.read_ledger() as ledger:
            assert len(ledger.strays()) == len(self.model.strays)
        assert list(self.campaign.root.rglob(TEMPORARY)) == []

    # How it is done.

    def _workbook(self, name: str, code: str, is_sound: bool) -> Workbook:
        figure = next(self.figures)
        return Workbook(code, name, figure, is_sound, prepared(Agency(code, name), figure, is_sound=is_sound))

    def _arrive(self, packing: str, workbooks: list[Workbook], *, first: bool) -> None:
        number = next(self.names)
        stem = f"{'a' if first else 'b'}{1000 - number if first else number:04}"
        if packing == "plain":
            path = drop(self.campaign, f"{stem}.xlsx", workbooks[0].content)
        elif packing == "zip":
            files = [(f"{place}.xlsx", workbook.content) for place, workbook in enumerate(workbooks)]
            path = drop(self.campaign, f"{stem}.zip", zipped(*files))
        else:
            path = drop(self.campaign, f"{stem}.eml", mailed(workbooks[0].content))
        self.model.inbox[path] = workbooks
        self.is_settled = False

    def _use(self, agency: Agency) -> None:
        self.model.roster[agency.code] = agency
        use_roster(self.campaign, tuple(self.model.roster.values()))
        self.is_settled = False

    def _assert_refused(self, change: object) -> None:
        assert callable(change)
        with pytest.raises(CampaignError):
            change()

    def _histories(self) -> dict[str, History]:
        with self.campaign.read_ledger() as ledger:
            return dict(ledger.histories())

    def _learn_order(self) -> None:
        """After a run was broken off, versions that arrived since may stand in another order; none may lack or be
        there twice, and what was recorded before stands where it stood."""
        by_digest = {one.digest: one for own in self.model.versions.values() for one in own}
        histories = self._histories()
        found = {code: [by_digest[one.digest] for one in own.versions] for code, own in histories.items()}
        for code, own in self.model.versions.items():
            assert sorted(one.figure for one in found.get(code, [])) == sorted(one.figure for one in own)
        self.model.versions = found
        for path in [path for path in self.model.inbox if not self.campaign.store.exists(path)]:
            del self.model.inbox[path]


def mailed(content: bytes) -> bytes:
    """A mail with a workbook."""
    mail = EmailMessage()
    mail.set_content("请查收")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename="年报.xlsx")
    return mail.as_bytes()


Campaign.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


class TestACampaign(Campaign.TestCase):  # type: ignore[misc, name-defined]
    """Whatever people do in whatever order."""

    pytestmark = pytestmark
