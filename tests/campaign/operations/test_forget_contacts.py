"""Whom to ask in the agencies is gone from all that the campaign made of its roster; figures and reports stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import AGENCIES, campaign_in, use_roster
from campaign.prepared import prepared

from reportfill import Campaign
from reportfill.campaign.records import campaign_folder
from reportfill.campaign.records.journal import Event
from reportfill.errors import CampaignError
from reportfill.office.package import parts_of

NAME, TELEPHONE, MAIL = "欧阳联系", "0391-7654321", "ouyang@example.cn"
ASKED = tuple(one._replace(contact=NAME, telephone=TELEPHONE, email=MAIL) for one in AGENCIES)


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """A campaign in which all is made that names contacts, the roster kept in the ledger too."""
    monkeypatch.setattr(campaign_folder, "LONG", 0)
    campaign = Campaign(campaign_in(tmp_path / "2023", ASKED))
    campaign.dispatch(campaign.distribute().workbooks, mails=True, archives=True)
    campaign.give_links(url="https://tb.example.cn")
    campaign.hand_in("02", prepared(AGENCIES[1], 1), file_name="a.xlsx")
    campaign.take_in()
    status = campaign.status()
    campaign.write_status(status)
    campaign.remind(status)
    campaign.rebuild()
    return campaign


def naming(root: Path) -> list[str]:
    """The files in which a contact, a telephone or an address stands, packed or not."""
    marks = [text.encode() for text in (NAME, TELEPHONE, MAIL)]
    found = []
    for path in root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            parts = parts_of(content).values() if content.startswith(b"PK") else ()
            if any(mark in one for one in (content, *parts) for mark in marks):
                found.append(path.relative_to(root).as_posix())
    return sorted(found)


def test_nothing_names_them_any_more(campaign: Campaign, tmp_path: Path) -> None:
    root = tmp_path / "2023"
    before = {path.partition("/")[0] for path in naming(root)}
    assert {"roster.xlsx", "outgoing", "links", "status.html", "status.xlsx", "reminders"} <= before
    assert any(name.startswith("campaign.db") for name in before)
    done = campaign.forget_contacts(by="王芳")
    assert done.agencies == 4
    assert done.held == ()
    assert naming(root) == []
    entry = campaign.log().entries[-1]
    assert (entry.event, entry.by) == (Event.CONTACTS_FORGOTTEN, "王芳")


def test_figures_reports_and_who_takes_part_stay(campaign: Campaign) -> None:
    agencies, history = campaign.roster.agencies, campaign.history_of("02")
    report = campaign.content_of(history.versions[0].report)
    campaign.forget_contacts()
    bare = tuple(one._replace(contact="", telephone="", email="") for one in agencies)
    assert campaign.roster.agencies == bare
    assert campaign.history_of("02").versions == history.versions
    assert campaign.content_of(history.versions[0].report) == report
    assert campaign.rebuild() == 1
    assert campaign.status().agencies[1].versions == 1


def test_a_roster_in_another_format_becomes_a_workbook(campaign: Campaign, tmp_path: Path) -> None:
    (tmp_path / "2023" / "roster.xlsx").unlink()
    rows = [f"{one.code},{one.name},{NAME},{TELEPHONE}" for one in AGENCIES]
    table = "\n".join(["单位编码,单位名称,联系人,电话", *rows])
    (tmp_path / "2023" / "roster.csv").write_text(table, "utf-8-sig")
    campaign.forget_contacts()
    assert not (tmp_path / "2023" / "roster.csv").exists()
    assert [one.name for one in campaign.roster.agencies] == [one.name for one in AGENCIES]
    assert naming(tmp_path / "2023") == []


def test_done_again_it_has_nothing_to_do(campaign: Campaign) -> None:
    campaign.forget_contacts()
    again = campaign.forget_contacts()
    assert (again.agencies, again.removed) == (0, ())


def test_a_closed_campaign_is_opened_first(campaign: Campaign, tmp_path: Path) -> None:
    campaign.close()
    before = naming(tmp_path / "2023")
    with pytest.raises(CampaignError, match="--reopen"):
        campaign.forget_contacts()
    assert naming(tmp_path / "2023") == before
    assert campaign.verify().is_intact
    campaign.reopen("清除联系方式")
    campaign.forget_contacts()
    campaign.close()
    assert campaign.verify().is_intact


def test_agencies_that_are_closed_or_renamed_stay_what_they_are(campaign: Campaign) -> None:
    changed = (
        *ASKED[:2],
        ASKED[2]._replace(is_closed=True, successor="02"),
        ASKED[3]._replace(former_name="清河县信访办", is_counted_by_superior=True),
    )
    use_roster(campaign.folder, changed)
    before = campaign.roster.all_by_code
    campaign.forget_contacts()
    assert campaign.roster.all_by_code == {
        code: one._replace(contact="", telephone="", email="") for code, one in before.items()
    }
