"""The coordinator's own word on a report: accepted, or sent back with a remark that the agency finds in its
workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.coverage import recorded_holders
from reportfill.campaign.folder.naming import put_away_place, returned_place
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.folder.said_texts import require_sayable
from reportfill.campaign.operations.catching_up import changing, put_on_record
from reportfill.campaign.operations.lookups import known_of_last_year, places_in
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import AgencyChange, History, Review, Version
from reportfill.campaign.records.last_figures import as_data
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.received_copies import content_of_copy, unreadable_copy
from reportfill.campaign.records.unclaimed_place import unclaimed_place
from reportfill.campaign.storage.putting_away import keeping
from reportfill.campaign.storage.store import Store
from reportfill.errors import CampaignError, UsageError
from reportfill.finding import finding
from reportfill.intake.read import read_workbook
from reportfill.office.encryption import unlocked_with
from reportfill.pack.pack import load_pack
from reportfill.processing import Artefact, Job, process
from reportfill.report.render import render
from reportfill.text import Text


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was said of an agency's version; `former` is whose it was until now, where the agency was renamed and this
    says so."""

    agency: Agency
    review: Review
    former: Holder | None = None


class OvertakenError(CampaignError):
    """Something newer came in, or somebody else said something, since somebody looked."""


class SeenHistory(NamedTuple):
    """What somebody saw of an agency before deciding: how many versions, and how many words on them."""

    versions: int
    reviews: int

    @classmethod
    def of(cls, versions: Sequence[Version], reviews: Sequence[Review]) -> SeenHistory:
        """What is to be seen of these."""
        return cls(len(versions), len(reviews))


def review(
    folder: CampaignFolder,
    named: str,
    *,
    is_accepted: bool,
    remark: str,
    by: str,
    now: datetime,
    seen: SeenHistory | None = None,
) -> Reviewed:
    """Accept an agency's newest report, or send it back; the agency is named by its code or a name.

    Raises UsageError where the roster has no such agency, or it is sent back without a remark, OvertakenError where
    there is more on record than was `seen`, CampaignError where it has handed in nothing, or is to be accepted although
    its newest version has errors, and where another process works on the campaign.
    """
    if not is_accepted and not remark.strip():
        raise UsageError("say why it is sent back", "退回时请写明审核意见")
    for text in (remark, by):
        require_sayable(text)  # before it is written into the workbook
    roster = folder.roster()
    agency = agency_named(roster, named)
    with changing(folder) as ledger:
        history, former = ledger.history(agency.holder), None
        if not history.versions:
            history, former = _of_former_name(ledger, roster, agency)
        if seen is not None and seen != SeenHistory.of(history.versions, history.reviews):
            raise OvertakenError(
                f"{agency.name}: something newer came in, or somebody else decided meanwhile; look at it again",
                f"“{agency.name}”：其间有新的报送，或者已由他人审核，请查看后再处理",
            )
        newest = _newest(history, agency, is_accepted=is_accepted)
        writing = _Reviewing(folder, ledger, agency, newest)
        file = writing.report() if is_accepted else writing.workbook_with(remark, by)
        said = Review(*agency.holder, newest.number, is_accepted, remark, by, file, now, newest.digest)
        writing.record(said, former)
        return Reviewed(agency, said, former)


def _of_former_name(ledger: Ledger, roster: Roster, agency: Agency) -> tuple[History, Holder | None]:
    """What was handed in under an agency's code and another name, which it may have had before; who reviews it says
    that it is the same agency."""
    doubtful = recorded_holders(roster, ledger).doubtful
    histories = {holder: ledger.history(holder) for holder, now in doubtful.items() if now == agency}
    newest = max(histories, key=lambda holder: histories[holder].versions[-1].seen, default=None)
    return (histories[newest], newest) if newest else (History(), None)


def _newest(history: History, agency: Agency, *, is_accepted: bool) -> Version:
    if not history.versions:
        raise CampaignError(f"{agency.name} has handed in nothing yet", f"“{agency.name}”还没有报送填报表")
    newest = history.versions[-1]
    if is_accepted and not newest.is_sound:
        raise CampaignError(
            f"what {agency.name} handed in last (version {newest.number}) has errors and cannot be accepted",
            f"“{agency.name}”最近一次（第{newest.number}次）报送的有错误，不能审核通过；请退回修改",
        )
    return newest


class _Reviewing:
    """One review being written down: first what came of it, then the journal, then the ledger."""

    def __init__(self, folder: CampaignFolder, ledger: Ledger, agency: Agency, newest: Version) -> None:
        settings = folder.settings()
        self._folder = folder
        self._store: Store = folder.store
        self._ledger = ledger
        self._pack = load_pack(folder.pack)
        self._passwords = passwords_of(settings)
        self._agency = agency
        self._newest = newest
        self._places = places_in(folder)
        last = known_of_last_year(folder, ledger).figures_of(agency.holder)
        self._last = None if last is None else as_data(last)

    def report(self) -> str:
        """Where the report is; it is made once more if it is not at its place."""
        report = self._newest.report or self._own(self._places.report(self._newest.holder))
        if not self._store.exists(report):
            content = unlocked_with(self._passwords, self._handed_in())
            submission = read_workbook(content, self._pack)
            self._store.write(report, render(submission, self._last))
        return report

    def workbook_with(self, remark: str, by: str) -> str:
        """Where the workbook with the remark is, written just now."""
        said = finding("review.sent_back", value=remark, by=_sent_back_by(by))
        makes = frozenset((Artefact.MARKED,))
        job = Job(self._pack, self._last, passwords=self._passwords, said=(said,), makes=makes)
        marked = process(self._handed_in(), job).artefacts.get(Artefact.MARKED)
        if marked is None:
            raise unreadable_copy(self._store, self._newest.received)
        number = self._newest.number
        place = self._own(returned_place(self._places.workbook(self._agency.holder), number, "退回"))
        with keeping(self._store, place, put_away_place(place)):
            self._store.write(place, marked)
        return place

    def _own(self, place: str) -> str:
        """A place, or the one that stands in for it where another agency's file is."""
        return unclaimed_place(place, self._newest.holder, self._places, self._store, self._ledger)

    def _handed_in(self) -> bytes:
        return content_of_copy(self._store, self._newest.received, self._newest.digest, self._passwords)

    def record(self, said: Review, former: Holder | None) -> None:
        """Write down what was said, and that the agency is the one that had another name."""
        changes = [AgencyChange(*former, *said.holder, said.at)] if former else []
        put_on_record(self._folder, self._ledger, [*changes, said], said.by)


def _sent_back_by(by: str) -> Text:
    if not by:
        return Text("主管部门审核退回", "Sent back by the office in charge")
    return Text(f"审核退回（{by}）", f"Sent back by {by}")
