"""Tables of the journal that are lost: the last ones leave no gap, but the ledger knows what stood in them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.catching_up import known_decisions
from reportfill.campaign.records.conflict_copies import conflict_copies
from reportfill.campaign.records.history import AgencyChange, Decision, Review, decisions_in, without_holder
from reportfill.campaign.records.journal import Journal, next_number, read_journal, table_path
from reportfill.campaign.records.open_ledger import open_ledger
from reportfill.errors import CampaignError
from reportfill.finding import finding
from reportfill.text import Text


def checked_journal(folder: CampaignFolder) -> Journal:
    """All that the journal says; among its damage are copies that sync clients made of its tables, and that tables are
    lost, where the ledger has got more of them, or holds reviews or changes of agencies that it does not tell of. A
    ledger that is lost or damaged itself says nothing."""
    journal = _whole_or_lost(folder)
    return replace(journal, damage=(*journal.damage, *conflict_copies(folder.store)))


def _whole_or_lost(folder: CampaignFolder) -> Journal:
    try:
        known, number = _in_ledger(folder)
    except CampaignError:
        return read_journal(folder.store, known=next_number(folder.store) - 1)
    # After the ledger, which gets what the journal has got before.
    journal = read_journal(folder.store, known=number)
    missing = _missing(next_number(folder.store), number) or _untold(known, journal)
    if journal.damage or missing is None:
        return journal
    return replace(journal, damage=(finding("journal.lost", missing=missing),))


def _missing(first: int, last: int) -> Text | None:
    """Which tables the ledger has got that are not there any more, in words; None where there are all."""
    if last < first:
        return None
    if last == first:
        return Text(f"{table_path(last)}已丢失", f"{table_path(last)} is gone")
    return Text(
        f"{table_path(first)}及以后的表已丢失", f"{table_path(first)} and the tables behind it are gone"
    )


def _untold(known: set[Decision], journal: Journal) -> Text | None:
    """What the ledger holds that the journal does not tell of, in words; None where it tells of all."""
    untold = known.difference(map(without_holder, decisions_in(journal.entries)))
    kinds = [
        (Review, "审核意见", "reviews"),
        (AgencyChange, "单位变动", "changes of agencies"),
    ]
    found = [(zh, en) for kind, zh, en in kinds if any(isinstance(one, kind) for one in untold)]
    if not found:
        return None
    zh, en = "、".join(zh for zh, _ in found), " and ".join(en for _, en in found)
    return Text(f"台账中有的{zh}，log中已没有", f"the ledger holds {en} that log/ does not tell of")


def _in_ledger(folder: CampaignFolder) -> tuple[set[Decision], int]:
    with closing(open_ledger(folder.ledger_url, folder.title, is_new=False)) as ledger:
        return known_decisions(ledger), ledger.journal()
