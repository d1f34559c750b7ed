"""Accepting many reports at once: those without a mistake that nobody has said anything of yet."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.operations.catching_up import changing, put_on_record
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import Review
from reportfill.campaign.records.ledger import Ledger
from reportfill.files import noting
from reportfill.text import Text


@dataclass(frozen=True, slots=True)
class BulkReviewed:
    """What came of accepting many: those whose newest version was accepted, those left out, by the reason, and why
    others could not be: the report of one is made once more, and a file that this takes is open elsewhere."""

    accepted: tuple[Agency, ...]
    left_out: Mapping[Text, tuple[Agency, ...]]
    held: tuple[Text, ...] = ()


_NOTHING = Text("未报送", "nothing came in")
_FAULTY = Text("有错误", "with mistakes")
_ACCEPTED = Text("已审核通过", "accepted before")
_SENT_BACK = Text("已审核退回", "sent back")
_DISPUTED = Text("待确认", "to be decided")


def accept_all_sound(
    folder: CampaignFolder,
    by: str,
    now: datetime,
    under: str | None = None,
    among: Container[str] | None = None,
) -> BulkReviewed:
    """Accept the newest version of every agency, or of one and all below it, or of those among some codes, that is
    sound and of which nothing was said.

    Each has its own line in the journal. Raises UsageError where the roster has no such agency, and CampaignError where
    another process works on the campaign.
    """
    roster = folder.roster()
    top = agency_named(roster, under, also_closed=True).code if under is not None else ""
    agencies = [one for one in roster.agencies if not top or roster.is_below(one, top)]
    if among is not None:
        agencies = [one for one in agencies if one.code in among]
    left_out: dict[Text, list[Agency]] = {}
    said: list[tuple[Agency, Review]] = []
    without_report: list[Agency] = []
    with changing(folder) as ledger:
        for agency, found in _judged(ledger, agencies, by, now):
            if isinstance(found, Text):
                left_out.setdefault(found, []).append(agency)
            elif folder.store.exists(found.file):
                said.append((agency, found))
            else:
                without_report.append(agency)
        if said:
            put_on_record(folder, ledger, [found for _, found in said])
    accepted = {agency.code for agency, _ in said}
    held: list[Text] = []
    for agency in without_report:  # it is made once more
        with noting(held):
            review(folder, agency.code, is_accepted=True, remark="", by=by, now=now)
            accepted.add(agency.code)
    return BulkReviewed(
        tuple(agency for agency in agencies if agency.code in accepted),
        {why: tuple(those) for why, those in left_out.items()},
        tuple(held),
    )


def _judged(
    ledger: Ledger, agencies: Iterable[Agency], by: str, now: datetime
) -> Iterator[tuple[Agency, Review | Text]]:
    """Each agency with the review that accepts it, or with why it is left out."""
    histories = dict(ledger.histories())
    for agency in agencies:
        history = histories.get(agency.holder)
        if history is None:
            yield agency, _NOTHING
            continue
        newest, verdict = history.versions[-1], history.verdict
        if verdict is not None and verdict.is_disputed:
            yield agency, _DISPUTED
        elif verdict is not None:
            yield agency, _ACCEPTED if verdict.is_accepted else _SENT_BACK
        elif not newest.is_sound:
            yield agency, _FAULTY
        else:
            yield (
                agency,
                Review(*agency.holder, newest.number, True, "", by, newest.report, now, newest.digest),
            )
