"""Those who owe something are reminded: texts to copy, and drafts of mails to keep, for those that are filtered."""

from __future__ import annotations

import zipfile
from io import BytesIO

from campaign.office import AGENCIES
from web_campaign import READER, ServedCampaign, sign_in
from web_visitor import Visitor

OFFICE, ARCHIVE, CIVIL_AFFAIRS, LETTERS = AGENCIES


def _text(visitor: Visitor, query: str) -> str:
    page = visitor.get(f"/office/reminders?{query}").text
    return page.split("readonly>")[1].split("</textarea>")[0]


def test_the_text_names_those_who_owe_something_and_nobody_else(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    text = _text(visitor, "")
    assert LETTERS.name in text
    assert "民政局" in text
    assert "档案馆" not in text
    assert "民政局" not in _text(visitor, "state=missing")


def test_drafts_are_those_of_the_filtered_ones(visitor: Visitor, served: ServedCampaign) -> None:
    served.campaign.distribute()
    sign_in(visitor, READER)
    archive = zipfile.ZipFile(BytesIO(visitor.get("/office/reminders.zip?state=missing&text=信访").content))
    (name,) = archive.namelist()
    assert LETTERS.name in name
    assert b"X-Unsent: 1" in archive.read(name)


def test_nothing_is_written_into_the_campaign(visitor: Visitor, served: ServedCampaign) -> None:
    before = _lasting(served)
    sign_in(visitor, READER)
    visitor.get("/office/reminders")
    visitor.get("/office/reminders.zip")
    assert _lasting(served) == before


def _lasting(served: ServedCampaign) -> list[str]:
    """What is in a campaign's folder, without what a ledger has beside it while it is used."""
    names = served.campaign.folder.store.names("")
    return sorted(name for name in names if not name.startswith("campaign.db-"))


def test_a_closed_campaign_reminds_nobody(visitor: Visitor, served: ServedCampaign) -> None:
    served.campaign.close()
    sign_in(visitor, READER)
    assert visitor.get("/office/reminders").status_code == 409
