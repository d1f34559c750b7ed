"""Campaigns of the form of 2019: two years of it, and the year in which another form took its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from campaign.office import AGENCIES, completed, drop, standing, states, taken, use_roster, versions

from reportfill import Campaign, Pack, Submission, check, load_pack, read_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.campaign.status.agency_status import State
from reportfill.cli.language import speak
from reportfill.cli.main import status_of

ARCHIVE = AGENCIES[1]
CARRIED = {"requests.received.natural_person": 3, "requests.carried_forward.natural_person": 3}
OF_2019 = {
    "proactive.licensing": {"last_year": 71, "change": -11, "decisions": 5},
    "proactive.procurement": {"projects": 2, "amount": 17.27},
}
OF_2020 = {"proactive.licensing": {"last_year": 60, "change": 2, "decisions": 6}}


@pytest.fixture
def former() -> Pack:
    """The pack of the form of 2019."""
    return load_pack(2020)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit status of a command in Chinese, and all that it printed, on one line."""
    speak("zh")
    status = status_of([*arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return status, re.sub(r"\s+", "", printed.out + printed.err)


def begun(capsys: pytest.CaptureFixture[str], folder: Path, year: int, *more: str) -> CampaignFolder:
    """A campaign for a year, handed out."""
    assert (
        said(capsys, "campaign", "new", str(folder), "--year", str(year), "--issuer", AGENCIES[0].name)[0]
        == 0
    )
    campaign = open_campaign_folder(folder)
    use_roster(campaign, AGENCIES)
    assert said(capsys, "campaign", "distribute", str(folder), *more)[0] == 0
    return campaign


def handed_out(campaign: CampaignFolder, agency: Agency) -> Submission:
    """What the workbook says that was handed out to an agency."""
    [place] = [file.path for file in campaign.store.files("outgoing") if agency.name in file.path]
    return read_workbook(campaign.store.read(place))


def test_two_years_of_the_form_from_the_folder_to_the_seal(
    tmp_path: Path, former: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    first = begun(capsys, tmp_path / "2019", 2019)
    for agency in AGENCIES:
        drop(first, f"{agency.code}.xlsx", completed(former, agency, OF_2019 | CARRIED, year=2019))
    taken(first)
    assert set(states(first).values()) == {State.SOUND}

    last = str(tmp_path / "2019")
    second = begun(capsys, tmp_path / "2020", 2020, "--last", last)
    blank = handed_out(second, ARCHIVE)
    assert blank.figures["proactive.licensing.last_year"] == 60
    assert blank.figures["requests.carried_over.natural_person"] == 3
    forward = {"requests.carried_over.natural_person": 3, "requests.outcomes.other.natural_person": 3}
    for agency in AGENCIES[:3]:
        drop(second, f"{agency.code}.xlsx", completed(former, agency, OF_2020 | forward, year=2020))
    drop(second, "04.xlsx", completed(former, AGENCIES[3], OF_2019 | forward, year=2020))
    folder = str(tmp_path / "2020")
    assert said(capsys, "campaign", "collect", folder)[0] == 0
    found = {
        one.agency.code: [f.code for f in one.findings] for one in Campaign.open(folder).status().agencies
    }
    assert found == {"01": [], "02": [], "03": [], "04": ["history.unequal"]}
    status, printed = said(capsys, "campaign", "rollup", folder)
    assert status == 0
    [rolled] = [f for f in second.store.files("rollup") if "填报表" in f.path]
    sums = read_workbook(second.store.read(rolled.path))
    assert sums.figures["proactive.licensing.last_year"] == 60 * 3 + 71
    assert sums.figures["proactive.licensing.change"] == 2 * 3 - 11
    status, printed = said(capsys, "campaign", "compare", folder, "--last", last)
    assert (status, "结转不一致1处" in printed) == (0, True)
    assert said(capsys, "campaign", "review", folder, "--accept", "--all-sound", "--by", "王芳")[0] == 0
    assert said(capsys, "campaign", "close", folder, "--by", "王芳")[0] == 0
    assert said(capsys, "campaign", "verify", folder)[0] == 0


def test_the_year_of_the_new_form_goes_on_from_the_old_one(
    tmp_path: Path, pack: Pack, former: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    old = begun(capsys, tmp_path / "2020", 2020)
    for agency in AGENCIES:
        drop(old, f"{agency.code}.xlsx", completed(former, agency, OF_2020 | CARRIED, year=2020))
    taken(old)
    last = str(tmp_path / "2020")
    new = begun(capsys, tmp_path / "2021", 2021)
    status, printed = said(capsys, "campaign", "distribute", str(tmp_path / "2021"), "--last", last)
    assert status == 0
    assert "其中4份已带上年度数据" in printed
    assert "上年度报告没有28项有关数据" in printed
    blank = handed_out(new, ARCHIVE)
    assert blank.pack is not None
    assert (blank.pack.id, blank.figures["requests.carried_over.natural_person"]) == (pack.id, 3)
    assert "proactive.rules.in_force" not in blank.figures

    sound = {"requests.carried_over.natural_person": 3, "requests.outcomes.granted.natural_person": 3}
    drop(new, "02.xlsx", completed(pack, ARCHIVE, sound, year=2021))
    drop(new, "03.xlsx", completed(pack, AGENCIES[2], year=2021))
    taken(new)
    assert states(new) == {"01": State.MISSING, "02": State.SOUND, "03": State.FAULTY, "04": State.MISSING}
    broken = [f for f in standing(new, "03").findings if f.code == "history.unequal"]
    assert {f.field: f.expected for f in broken} == dict.fromkeys(
        ["requests.carried_over.natural_person", "requests.carried_over.total"], 3
    )
    before = versions(new)
    rebuild(new)
    assert versions(new) == before
    in_both = Campaign.open(tmp_path / "2021").compare(Campaign.open(last)).comparison.in_both
    outcomes = {one.path.removeprefix("requests.outcomes."): one for one in in_both}
    assert (outcomes["total.total"].last, outcomes["total.total"].now) == (0, 3)
    assert outcomes["other.fee_overdue.total"].last is None
    status, printed = said(capsys, "campaign", "compare", str(tmp_path / "2021"), "--last", last)
    assert (status, "上年度报告没有28项有关数据" in printed) == (0, True)


def test_commands_take_a_report_of_the_other_form(
    tmp_path: Path, pack: Pack, former: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    last, now = tmp_path / "2020.xlsx", tmp_path / "2021.xlsx"
    last.write_bytes(completed(former, ARCHIVE, OF_2020 | CARRIED, year=2020))
    now.write_bytes(completed(pack, ARCHIVE, year=2021))
    status, printed = said(capsys, "check", str(now), "--last", str(last))
    assert (status, "上年度报告没有28项有关数据" in printed, "与上年度报告衔接应为3" in printed) == (
        1,
        True,
        True,
    )
    given = (
        "--agency",
        ARCHIVE.name,
        "--year",
        "2021",
        "--last",
        str(last),
        "-o",
        str(tmp_path / "new.xlsx"),
    )
    assert said(capsys, "new", *given)[0] == 0
    blank = read_workbook((tmp_path / "new.xlsx").read_bytes())
    assert blank.figures["requests.carried_over.natural_person"] == 3
    forward = dict.fromkeys([f"requests.carried_{way}.natural_person" for way in ("over", "forward")], 3)
    typed = completed(pack, ARCHIVE, forward, year=2021)
    now.write_bytes(typed)
    assert said(capsys, "fill", str(now), "--last", str(last), "-o", str(tmp_path))[0] == 0
    found = check(read_workbook(typed), read_workbook(last.read_bytes()))
    assert [f.code for f in found] == ["history.lacking"]
