"""What operations look up again and again, of a hundred thousand agencies perhaps: made once a process, and anew where
what it is made of has changed."""

from __future__ import annotations

from reportfill.campaign.folder.long_paths import room_in
from reportfill.campaign.folder.naming import Places
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.last_figures import PLACE, LastFigures, read_last_figures
from reportfill.campaign.records.ledger import Ledger
from reportfill.pack.pack import load_pack


def places_in(folder: CampaignFolder) -> Places:
    """Where what agencies hand in goes."""
    made_of = folder.roster(), folder.settings(), load_pack(folder.pack), room_in(folder.store)
    return folder.kept("places", made_of, lambda: Places(*made_of))


def known_of_last_year(folder: CampaignFolder, ledger: Ledger) -> LastFigures:
    """What is known of last year, by the agencies as they are now."""
    kept, roster = folder.store.stored(PLACE), folder.roster()
    made_of = kept and kept.stamp, roster, tuple(ledger.changes())
    return folder.kept("last", made_of, lambda: read_last_figures(folder.store).now(roster, ledger))
