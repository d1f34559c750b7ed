"""What is known of last year when workbooks are handed out is known when they come back."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from campaign.office import AGENCIES, NOW, campaign_in, completed, drop, standing, taken, use_roster, versions
from campaign.parcels import zipped
from openpyxl import load_workbook

from reportfill import Pack, check, read_workbook
from reportfill.campaign.inbox.source_reading import SourceReader
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.last_figures import PLACE, read_last_figures
from reportfill.campaign.status.agency_status import State
from reportfill.errors import CampaignError
from reportfill.limits import Limits
from reportfill.workers import ProcessWorkers

ARCHIVE, AFFAIRS = AGENCIES[1:3]
CARRIED = {"requests.received.natural_person": 3, "requests.carried_forward.natural_person": 3}
"""Three requests came in, and are carried forward into the next year."""


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> CampaignFolder:
    """A campaign that was handed out with last year's figures of one agency, and whose last year is gone since."""
    last = campaign_in(tmp_path / "2022", year=2022)
    drop(last, "a.xlsx", completed(pack, ARCHIVE, CARRIED, year=2022))
    taken(last)
    made = campaign_in(tmp_path / "2023")
    distribute(made, last)
    shutil.rmtree(tmp_path / "2022")
    return made


def test_what_check_calls_an_error_is_one_when_it_is_collected(campaign: CampaignFolder, pack: Pack) -> None:
    content = completed(pack, ARCHIVE)
    last = read_workbook(completed(pack, ARCHIVE, CARRIED, year=2022))
    expected = [
        one.message.zh for one in check(read_workbook(content), last) if one.code == "history.unequal"
    ]
    assert expected
    drop(campaign, "a.xlsx", content)
    drop(campaign, "b.xlsx", completed(pack, AFFAIRS))
    taken(campaign)
    told = standing(campaign, "02")
    assert (told.state, told.report) == (State.FAULTY, "")
    assert [one.message.zh for one in told.findings if one.code == "history.unequal"] == expected
    marked = read_workbook(campaign.store.read(told.returned))
    assert marked.agency == ARCHIVE.name
    assert standing(campaign, "03").state is State.SOUND
    before = versions(campaign)
    rebuild(campaign)
    assert versions(campaign) == before


def test_what_follows_from_last_year_is_sound(campaign: CampaignFolder, pack: Pack) -> None:
    sound = {"requests.carried_over.natural_person": 3, "requests.carried_forward.natural_person": 3}
    drop(campaign, "a.xlsx", completed(pack, ARCHIVE, sound))
    taken(campaign)
    assert standing(campaign, "02").state is State.SOUND


@pytest.mark.parametrize("merges_later", [False, True])
def test_who_took_over_another_agency_goes_on_from_more_than_it_reported(
    tmp_path: Path, pack: Pack, *, merges_later: bool
) -> None:
    last = campaign_in(tmp_path / "2022", year=2022)
    for agency in (ARCHIVE, AFFAIRS, AGENCIES[3]):
        drop(last, f"{agency.code}.xlsx", completed(pack, agency, CARRIED, year=2022))
    taken(last)
    made = campaign_in(tmp_path / "2023")
    merged = (*AGENCIES[:2], AFFAIRS._replace(is_closed=True, successor="02"), AGENCIES[3])
    for roster in (AGENCIES, merged) if merges_later else (merged,):
        use_roster(made, roster)
        distribute(made, last if roster is not merged or not merges_later else None)
    both = {"requests.carried_over.natural_person": 6, "requests.carried_forward.natural_person": 6}
    drop(made, "a.xlsx", completed(pack, ARCHIVE, both))
    drop(made, "b.xlsx", completed(pack, AGENCIES[3], both))
    taken(made)
    assert standing(made, "02").state is State.SOUND
    assert standing(made, "04").state is State.FAULTY


def test_last_years_figures_go_with_their_agency(campaign: CampaignFolder, pack: Pack) -> None:
    moved = ARCHIVE._replace(code="03")
    use_roster(campaign, (AGENCIES[0], moved, AFFAIRS._replace(code="02"), AGENCIES[3]))
    drop(campaign, "a.xlsx", completed(pack, moved))
    drop(campaign, "b.xlsx", completed(pack, AFFAIRS._replace(code="02")))
    taken(campaign)
    assert standing(campaign, "03").state is State.FAULTY
    assert standing(campaign, "02").state is State.SOUND


def test_several_processes_know_it_too(campaign: CampaignFolder, pack: Pack) -> None:
    for number in range(6):
        drop(campaign, f"{number}.xlsx", completed(pack, ARCHIVE, {"proactive.licensing.decisions": number}))
    found = [one.version for one in collect(campaign, NOW, ProcessWorkers(2))]
    assert [one.is_sound for one in found if one] == [False] * 6


def test_a_workbook_that_is_sent_back_says_it_as_well(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "a.xlsx", completed(pack, ARCHIVE))
    taken(campaign)
    said = review(campaign, "02", is_accepted=False, remark="请补充", by="王芳", now=NOW)
    book = load_workbook(campaign.root / said.review.file)
    words = "".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "与上年度报告衔接应为" in words


def test_handing_out_without_last_year_keeps_what_is_known(campaign: CampaignFolder) -> None:
    known = read_last_figures(campaign.store)
    assert list(known.reports) == [ARCHIVE.holder]
    distribute(campaign)
    assert read_last_figures(campaign.store) == known


def test_what_version_0_2_0_kept_is_known(campaign: CampaignFolder, pack: Pack) -> None:
    known = read_last_figures(campaign.store)
    figures = {path: str(figure) for path, figure in (known.figures_of(ARCHIVE.holder) or {}).items()}
    told = [*ARCHIVE.holder, known.reports[ARCHIVE.holder].digest, figures]
    campaign.store.write(PLACE, json.dumps({"version": 1, "agencies": [told]}, indent=0).encode())
    again = read_last_figures(campaign.store)
    assert again.figures_of(ARCHIVE.holder) == known.figures_of(ARCHIVE.holder)
    drop(campaign, "a.xlsx", completed(pack, ARCHIVE))
    taken(campaign)
    assert standing(campaign, "02").state is State.FAULTY


@pytest.mark.parametrize("name", ["{agency}", "某单位", "{other}"])
def test_what_a_file_is_called_changes_nothing(campaign: CampaignFolder, pack: Pack, name: str) -> None:
    called = name.format(agency=ARCHIVE.name, other=AFFAIRS.name)
    drop(campaign, f"{called}.xlsx", completed(pack, ARCHIVE))
    drop(campaign, "b.zip", zipped((f"{ARCHIVE.name}.xlsx", completed(pack, AFFAIRS))))
    taken(campaign)
    assert standing(campaign, "02").state is State.FAULTY
    assert standing(campaign, AFFAIRS.code).state is State.SOUND


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"version":2,"agencies":1,"paths":[]}\n',
        b'{"version":1,"agencies":[["02"]]}',
        b"\xff\xfe",
    ],
)
def test_what_is_known_of_last_year_is_never_passed_over_because_it_is_damaged(
    campaign: CampaignFolder, pack: Pack, damage: bytes
) -> None:
    campaign.store.write(PLACE, damage)
    drop(campaign, "a.xlsx", completed(pack, ARCHIVE))
    with pytest.raises(CampaignError, match="damaged"):
        taken(campaign)
    assert versions(campaign) == []


def test_a_workbook_keeps_last_years_figures_after_the_ledger_was_made_anew(campaign: CampaignFolder) -> None:
    before = {file.path: campaign.store.read(file.path) for file in campaign.store.files("outgoing")}
    rebuild(campaign)
    for _ in range(2):
        assert not any(one.is_new for one in distribute(campaign).workbooks)
        assert {
            file.path: campaign.store.read(file.path) for file in campaign.store.files("outgoing")
        } == before


def test_the_second_look_has_limits_as_the_first(
    campaign: CampaignFolder, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(campaign, "a.xlsx", completed(pack, ARCHIVE))
    hurried = partial(SourceReader, limits=Limits(seconds=0.001))
    with monkeypatch.context() as patch:
        patch.setattr("reportfill.campaign.operations.intake.SourceReader", hurried)
        [one] = taken(campaign)
    assert one.version is None
    assert one.reason is not None
    assert one.reason.code == "file.too_slow"
    taken(campaign)
    [version] = versions(campaign)
    assert not version.is_sound
    monkeypatch.setattr("reportfill.campaign.operations.filling.SourceReader", hurried)
    for table in campaign.root.glob("log/*.csv"):  # which say whose each file is
        table.unlink()
    with pytest.raises(CampaignError, match="seconds"):
        rebuild(campaign, without_damaged=True)
    assert versions(campaign) == [version]
