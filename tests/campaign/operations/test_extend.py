"""More time for some agencies is on the record, shows everywhere, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from campaign.office import AGENCIES, NOW, campaign_in, completed, drop, taken, use_roster

from reportfill import Campaign, Pack, read_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.findings import identity_findings
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.journal import Event, read_journal
from reportfill.campaign.records.seal import reopen
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.errors import CampaignError, UsageError

DEADLINE, LATER, LATEST = date(2024, 1, 31), date(2024, 2, 10), date(2024, 2, 20)
ARCHIVE = AGENCIES[1]


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """A campaign in which nothing came in."""
    return Campaign(campaign_in(tmp_path / "2023"))


def days(folder: CampaignFolder) -> dict[str, date]:
    """Until when those agencies may hand in that were given more time."""
    return {one.agency.code: one.until for one in campaign_status(folder, DEADLINE).agencies if one.until}


def renamed(**changes: str) -> tuple[Agency, ...]:
    """The agencies, of which the archive is another now."""
    return (AGENCIES[0], ARCHIVE._replace(**changes), *AGENCIES[2:])


def test_who_was_given_more_time_has_it_and_the_journal_says_why(campaign: Campaign) -> None:
    done = campaign.extend("02", "民政局", until="2024年2月10日", why="机构改革", by="王芳")
    assert ([one.code for one in done.agencies], done.until) == (["02", "03"], LATER)
    assert days(campaign.folder) == {"02": LATER, "03": LATER}
    told = [one for one in read_journal(campaign.folder.store).entries if one.code == "02"]
    assert [(one.event, one.name, one.result, one.remark, one.by) for one in told] == [
        (Event.EXTENDED, ARCHIVE.name, "2024-02-10", "机构改革", "王芳")
    ]
    assert [one.result for one in campaign.log("02").entries] == ["2024-02-10"]


def test_an_agency_and_all_below_it_can_be_given_more_time(campaign: Campaign) -> None:
    assert len(campaign.extend("02", until=LATER, under="01").agencies) == len(AGENCIES)
    assert days(campaign.folder) == {agency.code: LATER for agency in AGENCIES}


def test_what_was_said_last_counts_and_the_deadline_takes_it_back(campaign: Campaign) -> None:
    campaign.extend("02", "03", until=LATEST)
    campaign.extend("02", until=LATER)
    assert days(campaign.folder) == {"02": LATER, "03": LATEST}
    done = campaign.extend(until=DEADLINE, under="01")
    assert ([one.code for one in done.agencies], done.until) == (["02", "03"], None)
    assert days(campaign.folder) == {}
    entries = read_journal(campaign.folder.store).entries
    assert [one.event for one in entries[-2:]] == [Event.NOT_EXTENDED] * 2
    assert campaign.extend("02", until=DEADLINE).agencies == ()
    assert read_journal(campaign.folder.store).entries == entries


def test_made_anew_the_ledger_knows_of_it(campaign: Campaign) -> None:
    campaign.extend("02", "03", "04", until=LATEST)
    campaign.extend("02", until=LATER)
    campaign.extend("03", until=DEADLINE)
    with campaign.folder.read_ledger() as ledger:
        before = ledger.extensions()
    (campaign.folder.root / "campaign.db").unlink()
    rebuild(campaign.folder)
    with campaign.folder.read_ledger() as ledger:
        assert ledger.extensions() == before
    assert days(campaign.folder) == {"02": LATER, "04": LATEST}


def test_an_extension_goes_with_the_name_under_another_code(campaign: Campaign) -> None:
    campaign.extend("02", until=LATER)
    use_roster(campaign.folder, renamed(code="0102"))
    assert days(campaign.folder) == {"0102": LATER}
    taken(campaign.folder)  # which puts the other code on record
    assert days(campaign.folder) == {"0102": LATER}
    rebuild(campaign.folder)
    assert days(campaign.folder) == {"0102": LATER}


def test_a_renamed_agency_keeps_its_time_where_the_roster_says_what_it_was_called(campaign: Campaign) -> None:
    campaign.extend("02", until=LATER)
    use_roster(campaign.folder, renamed(name="清河县档案局", former_name=ARCHIVE.name))
    assert days(campaign.folder) == {"02": LATER}
    taken(campaign.folder)
    rebuild(campaign.folder)
    assert days(campaign.folder) == {"02": LATER}
    campaign.extend("02", until=DEADLINE)
    assert days(campaign.folder) == {}


def test_under_another_name_alone_it_counts_for_nobody_and_is_asked_about(campaign: Campaign) -> None:
    campaign.extend("02", until=LATER)
    use_roster(campaign.folder, renamed(name="清河县档案局"))
    assert days(campaign.folder) == {}
    assert [one.code for one in identity_findings(campaign.folder)] == ["agency.extension_doubtful"]
    campaign.extend("02", until=LATEST)
    assert days(campaign.folder) == {"02": LATEST}
    assert identity_findings(campaign.folder) == []


def test_who_accepts_what_came_in_under_the_former_name_lets_the_time_go_along(
    campaign: Campaign, pack: Pack
) -> None:
    campaign.extend("02", until=LATER)
    drop(campaign.folder, "1.xlsx", completed(pack, ARCHIVE))
    taken(campaign.folder)
    use_roster(campaign.folder, renamed(name="清河县档案局"))
    campaign.accept("02")
    assert days(campaign.folder) == {"02": LATER}


def test_a_row_that_is_gone_is_missed_where_its_agency_has_more_time(campaign: Campaign) -> None:
    campaign.extend("02", until=LATER)
    use_roster(campaign.folder, (AGENCIES[0], *AGENCIES[2:]))
    assert [one.code for one in identity_findings(campaign.folder)] == ["agency.unlisted"]
    assert days(campaign.folder) == {}


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("morgen", "no day"),
        ("2024-02-31", "no day"),
        ("2022-12-31", "before the reporting year"),
        ("2024-01-30", "before the deadline, 2024-01-31"),
    ],
)
def test_a_day_that_cannot_be_is_refused(campaign: Campaign, until: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        campaign.extend("02", until=until)
    assert read_journal(campaign.folder.store).entries == ()


def test_nobody_and_an_agency_that_is_not_there_are_refused(campaign: Campaign) -> None:
    with pytest.raises(UsageError, match="say which agencies"):
        campaign.extend(until=LATER)
    with pytest.raises(UsageError, match="no agency 99"):
        campaign.extend("02", "99", until=LATER)
    assert days(campaign.folder) == {}


def test_a_campaign_without_a_deadline_has_none_to_extend(campaign: Campaign) -> None:
    text = (campaign.folder.root / "campaign.toml").read_text("utf-8")
    settings = campaign.folder.settings()
    campaign.extend("02", until=LATER)
    campaign.folder.change_settings(replace(settings, pack="gazette", agency_deadline=None))
    with pytest.raises(UsageError, match="no deadline"):
        campaign.extend("02", until=LATER)
    (campaign.folder.root / "campaign.toml").write_text(text, "utf-8")
    campaign.folder.change_settings(replace(settings, agency_deadline=LATEST))
    assert days(campaign.folder) == {}  # for all there is more time now


def test_a_closed_campaign_refuses(campaign: Campaign) -> None:
    close(campaign.folder, "王芳", NOW)
    with pytest.raises(CampaignError, match="is closed"):
        campaign.extend("02", until=LATER)
    reopen(campaign.folder, "补报", "王芳", NOW)
    campaign.extend("02", until=LATER)
    assert days(campaign.folder) == {"02": LATER}


def test_a_reason_that_a_table_cannot_hold_is_refused(campaign: Campaign) -> None:
    with pytest.raises(CampaignError, match="there may be"):
        campaign.extend("02", until=LATER, why="因" * 200_000)
    with pytest.raises(CampaignError, match="not UTF-8"):
        campaign.extend("02", until=LATER, by="\udcc4\udcfa")
    assert read_journal(campaign.folder.store).tables == ()
    campaign.extend("02", until=LATER, why='他说"等等"，\n再等等')
    assert read_journal(campaign.folder.store).damage == ()
    assert campaign.log().entries[-1].remark == '他说"等等"，\n再等等'


def test_a_table_in_which_the_day_was_changed_is_named(campaign: Campaign) -> None:
    campaign.extend("02", until=LATER)
    (path,) = campaign.folder.root.glob("log/*.csv")
    path.write_bytes(path.read_bytes().replace(b"2024-02-10", b"2024/2/10"))
    assert [one.code for one in campaign.log().damage] == ["journal.damaged"]
    assert days(campaign.folder) == {"02": LATER}


def test_the_workbook_names_the_day(campaign: Campaign) -> None:
    distribute(campaign.folder)
    campaign.extend("02", until=LATER)
    made = [one for one in distribute(campaign.folder).workbooks if one.is_new]
    assert [(one.agency.code, one.until) for one in made] == [("02", LATER)]
    assert read_workbook(campaign.folder.root / made[0].path).code == "02"
    assert not any(one.is_new for one in distribute(campaign.folder).workbooks)
