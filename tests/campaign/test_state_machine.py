"""Whatever people do in whatever order, a campaign stands as a few lists and dictionaries say it must."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
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
from often import often

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.aggregation.rollup import rollup
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import History
from reportfill.campaign.records.received_copies import mark_of, received_copies
from reportfill.campaign.records.seal import reopen, verified
from reportfill.campaign.status.agency_status import State
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.errors import CampaignError, UsageError
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
    handed_out: dict[Holder, Holder] = field(default_factory=dict)
    """Whose the workbooks are by now that were made for an agency of that code and name."""
    inbox: dict[str, list[Workbook]] = field(default_factory=dict)
    versions: dict[Holder, list[Workbook]] = field(default_factory=dict)
    said: dict[tuple[Holder, int], bool] = field(default_factory=dict)
    was: dict[Holder, Holder] = field(default_factory=dict)
    """Whose by now is what bears a code and name that is on record as changed."""
    strays: set[str] = field(default_factory=set)
    is_closed: bool = False

    @property
    def taken_in(self) -> set[str]:
        """What was taken in."""
        return {workbook.digest for own in self.versions.values() for workbook in own}

    @property
    def due(self) -> list[Agency]:
        """The agencies that must report."""
        return [agency for agency in self.roster.values() if not agency.is_closed]

    @property
    def holders(self) -> dict[Holder, Agency]:
        """The agencies of the roster by code and name."""
        return {agency.holder: agency for agency in self.roster.values()}

    @property
    def known(self) -> set[Holder]:
        """Those for whom anything is recorded."""
        return {*self.versions, *self.handed_out.values()}

    def moved(self, holder: Holder) -> Holder:
        """Whose something is now: the agency's of that name, unless somebody new has the code."""
        named = next((agency for agency in self.roster.values() if agency.name == holder.name), None)
        now = self.roster.get(holder.code)
        is_new = now is not None and not any(
            one.name == now.name and one.code != holder.code for one in self.known
        )
        is_sure = named is not None and (named.is_closed or not is_new)
        return named.holder if named and is_sure and holder not in self.holders else holder

    def settle(self) -> None:
        """Put on record who has another code now."""
        moved = {holder: now for holder in self.known if (now := self.moved(holder)) != holder}
        self.change({holder: now for holder, now in moved.items() if now not in self.known})

    def change(self, now: dict[Holder, Holder]) -> None:
        """Let what is recorded of some agencies be recorded of others."""
        self.versions = {now.get(holder, holder): own for holder, own in self.versions.items()}
        self.said = {(now.get(holder, holder), number): said for (holder, number), said in self.said.items()}
        self.handed_out = {made: now.get(holder, holder) for made, holder in self.handed_out.items()}
        self.was = {former: now.get(holder, holder) for former, holder in self.was.items()} | now

    def asked_about(self, agency: Agency) -> Holder | None:
        """Whose versions may be an agency's that has none of its own: they bear its name, or else its code."""
        asked = {holder: self.perhaps(holder) for holder in self.versions}
        return next((holder for holder, now in asked.items() if now == agency), None)

    def perhaps(self, holder: Holder) -> Agency | None:
        """Who somebody may be now that is not in the roster as it was."""
        if self.moved(holder) in self.holders:
            return None
        named = next((agency for agency in self.roster.values() if agency.name == holder.name), None)
        perhaps = (named, self.roster.get(holder.code))
        others = {one.name for one in self.versions if one != holder}
        return next((one for one in perhaps if one is not None and one.name not in others), None)

    def is_moved_to(self, agency: Agency) -> Callable[[Holder], bool]:
        """Whether what is recorded of somebody is that agency's now."""
        return lambda holder: self.moved(holder) == agency.holder

    def owner(self, workbook: Workbook) -> Holder | None:
        """Whose a workbook is; nobody's where that is not certain."""
        written = Holder(workbook.code, workbook.name)
        named = next((one for one in self.roster.values() if one.name == workbook.name), None)
        holder = self.handed_out.get(written)
        if holder is None:
            found = self.holders.get(self.was.get(written, written))
        else:
            now = self.moved(holder)
            asked = self.asked_by_workbook(holder)
            is_confirmed = named is not None and named.holder in (written, self.was.get(written))
            if asked is not None and named in (None, asked) and not is_confirmed:
                return holder
            is_named_so = named is None or named.holder == now or is_confirmed
            found = (self.holders.get(now) or named) if is_named_so else None
        return found.holder if found is not None and not found.is_closed else None

    def asked_by_workbook(self, holder: Holder) -> Agency | None:
        """Who somebody may be now for whom a workbook was made."""
        made = {*self.handed_out.values()}
        if self.moved(holder) in self.holders:
            return None
        named = next((agency for agency in self.roster.values() if agency.name == holder.name), None)
        others = {one.name for one in made if one != holder}
        perhaps = (named, self.roster.get(holder.code))
        return next((one for one in perhaps if one is not None and one.name not in others), None)

    def collect(self) -> list[tuple[Holder, int, bool]]:
        """Take in the inbox in the order of its paths; whose it was, which version, and whether sound."""
        self.settle()
        taken, known, self.strays = [], self.taken_in, set()
        for path, workbooks in sorted(self.inbox.items()):
            for place, workbook in enumerate(workbooks):
                if workbook.digest in known:
                    continue
                holder = self.owner(workbook)
                if not holder:
                    self.strays.add(f"{path} {place}")
                    continue
                self.versions.setdefault(holder, []).append(workbook)
                known.add(workbook.digest)
                taken.append((holder, len(self.versions[holder]), workbook.is_sound))
        return taken

    def of(self, agency: Agency) -> tuple[Holder, list[Workbook]]:
        """What is an agency's, and under which code and name it is recorded."""
        found = next(filter(self.is_moved_to(agency), self.versions), agency.holder)
        return found, self.versions.get(found, [])

    def counted(self, agency: Agency) -> Workbook | None:
        """The version that counts: the newest sound one, unless it was sent back."""
        holder, own = self.of(agency)
        sound = [(number, workbook) for number, workbook in enumerate(own, 1) if workbook.is_sound]
        if not sound or self.said.get((holder, sound[-1][0])) is False:
            return None
        return sound[-1][1]

    def state(self, agency: Agency) -> State:
        """How an agency stands."""
        holder, own = self.of(agency)
        if not own:
            return State.MISSING
        if (holder, len(own)) in self.said:
            return State.ACCEPTED if self.said[holder, len(own)] else State.SENT_BACK
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
        taken = [(version.holder, version.number, version.is_sound) for version in found if version]
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
        waiting = sum(map(len, self.model.inbox.values())) - len(self.model.taken_in)
        if not self.model.is_closed and waiting > 0:
            killed_after(share * (0.03 + 0.015 * waiting), lambda: list(collect(self.campaign, self.now)))
            self.is_unfinished, self.is_settled = True, False

    @precondition(lambda self: not self.is_unfinished)
    @rule(code=strategies.sampled_from(CODES), name=strategies.sampled_from(NAMES))
    def add_or_rename(self, code: str, name: str) -> None:
        """An agency gets a name that no other has now: whether it is another agency then nobody can tell."""
        if name not in {agency.name for agency in self.model.roster.values()}:
            former = self.model.roster.get(code, Agency(code, name, "", "01", 2))
            self._use(former._replace(name=name))

    @precondition(lambda self: not self.is_unfinished)
    @rule(codes=strategies.permutations(CODES))
    def number_anew(self, codes: list[str]) -> None:
        """Agencies exchange their codes, two of them or all, or get codes that were nobody's."""
        there = {agency.code: agency for agency in self.model.roster.values() if agency.code in CODES}
        now = dict(zip(CODES, codes, strict=True))
        kept = [agency for agency in self.model.roster.values() if agency.code not in there]
        every = [*kept, *(agency._replace(code=now[code]) for code, agency in there.items())]
        self.model.roster = {agency.code: agency for agency in every}
        use_roster(self.campaign, tuple(self.model.roster.values()))
        self.is_settled = False

    @precondition(lambda self: not self.is_unfinished)
    @rule(code=strategies.sampled_from(CODES))
    def delete_an_agency(self, code: str) -> None:
        """Its row goes, with its code, which another may get."""
        if self.model.roster.pop(code, None) is not None:
            use_roster(self.campaign, tuple(self.model.roster.values()))
            self.is_settled = False

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
            self._assert_refused(lambda: distribute(self.campaign))
            return
        made = distribute(self.campaign).workbooks
        assert {one.agency.code for one in made} == {agency.code for agency in self.model.due}
        assert all(self.campaign.store.exists(one.path) for one in made)
        self.model.settle()
        self.model.handed_out |= {agency.holder: agency.holder for agency in self.model.due}
        self.is_settled = False

    @precondition(lambda self: not self.is_unfinished)
    @rule(code=strategies.sampled_from(CODES), is_accepted=strategies.booleans())
    def review(self, code: str, *, is_accepted: bool) -> None:
        """Say something about the newest version, where that can be."""

        def said() -> object:
            return review(
                self.campaign, code, is_accepted=is_accepted, remark="请补充", by="王芳", now=self.now
            )

        agency = self.model.roster.get(code)
        if agency is None or agency.is_closed or self.model.is_closed:
            self._assert_refused(said)
            return
        self.model.settle()
        former = self.model.asked_about(agency)
        own = self.model.versions.get(former or agency.holder, [])
        if not own or (is_accepted and not own[-1].is_sound):
            self._assert_refused(said)
            return
        said()
        self.model.change({former: agency.holder} if former else {})
        self.model.said[agency.holder, len(own)] = is_accepted

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
        assert rebuild(self.campaign) == len(self.model.taken_in)
        self._learn_what_was_handed_out()
        self.is_settled = False

    @precondition(lambda self: not self.is_unfinished)
    @rule()
    def close_or_open_the_campaign(self) -> None:
        """The campaign is closed, or opened again."""
        if self.model.is_closed:
            reopen(self.campaign, "补报", "王芳", self.now)
        else:
            close(self.campaign, "王芳", self.now)
            self.model.settle()
            assert verified(self.campaign).is_intact
        self.model.is_closed = not self.model.is_closed

    # What holds whenever nothing was broken off.

    @precondition(lambda self: not self.is_unfinished)
    @invariant()
    def every_agency_stands_as_it_must(self) -> None:
        """States, versions, the one that counts and its report, of agencies in the roster."""
        standing = campaign_status(self.campaign, TODAY)
        due = {agency.code: agency.name for agency in self.model.due}
        assert {one.agency.code: one.agency.name for one in standing.agencies} == due
        closed = {agency.code for agency in self.model.roster.values()} - set(due)
        assert {one.agency.code for one in standing.closed} == closed
        for one in (*standing.agencies, *standing.closed):
            assert (one.state, one.versions) == (
                self.model.state(one.agency),
                len(self.model.of(one.agency)[1]),
            )
            assert (self.model.asked_about(one.agency) is not None) is (
                not {"agency.renamed", "agency.code_doubtful"}.isdisjoint(
                    found.code for found in one.findings
                )
            )
            counted = self.model.counted(one.agency)
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
        assert histories.keys() == {holder for holder, own in self.model.versions.items() if own}
        for holder, history in histories.items():
            own = self.model.versions[holder]
            assert [version.digest for version in history.versions] == [workbook.digest for workbook in own]
            assert [version.number for version in history.versions] == list(range(1, len(own) + 1))
            for version in history.versions:
                assert digest(self.campaign.store.read(version.received)) == version.digest

    @precondition(lambda self: self.is_settled)
    @invariant()
    def sums_and_strays_are_right(self) -> None:
        """After everything was taken in, figures add up, and what is nobody's is named."""
        counted = {agency: self.model.counted(agency) for agency in self.model.due}
        figures = {agency.holder: found.figure for agency, found in counted.items() if found is not None}
        if figures:
            found = rollup(self.campaign)
            holders = [one.agency.holder for one in found.contributions]
            assert dict(zip(holders, found.figures[FIGURE], strict=True)) == figures
        else:
            self._assert_refused(lambda: rollup(self.campaign))
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
        with pytest.raises((CampaignError, UsageError)):
            change()

    def _learn_what_was_handed_out(self) -> None:
        """A ledger made anew knows the workbooks that are still there."""
        with self.campaign.read_ledger() as ledger:
            known = {workbook.holder for workbook in ledger.workbooks().values()}
        self.model.handed_out = {made: now for made, now in self.model.handed_out.items() if now in known}

    def _histories(self) -> dict[Holder, History]:
        with self.campaign.read_ledger() as ledger:
            return dict(ledger.histories())

    def _learn_order(self) -> None:
        """After a run was broken off, versions that arrived since may stand in another order; none may lack or be
        there twice, and what was recorded before stands where it stood."""
        by_digest = {one.digest: one for own in self.model.versions.values() for one in own}
        histories = self._histories()
        found = {holder: [by_digest[one.digest] for one in own.versions] for holder, own in histories.items()}
        for holder, own in self.model.versions.items():
            assert sorted(one.figure for one in found.get(holder, [])) == sorted(one.figure for one in own)
        self.model.versions = found
        for path in [path for path in self.model.inbox if not self.campaign.store.exists(path)]:
            del self.model.inbox[path]


def mailed(content: bytes) -> bytes:
    """A mail with a workbook."""
    mail = EmailMessage()
    mail.set_content("请查收")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename="年报.xlsx")
    return mail.as_bytes()


Campaign.TestCase.settings = settings(max_examples=often(25), stateful_step_count=20, deadline=None)


class TestACampaign(Campaign.TestCase):  # type: ignore[misc, name-defined]
    """Whatever people do in whatever order."""

    pytestmark = pytestmark
