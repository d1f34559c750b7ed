"""A campaign of each pack: workbooks go out and come back, are added up, compared with last year's, and closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaign.office import ISSUER
from campaign.row_campaigns import REPORTING, begun
from made_up import made_up
from ooxml_judges import ooxml_problems
from places import ROOT

from reportfill import Campaign, Pack, Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.rollup import Rollup
from reportfill.campaign.status.agency_status import State
from reportfill.finding import errors_in
from reportfill.model.figures import with_values
from reportfill.office.encryption import locked_with, unlocked_with

FOLDERS = sorted(path.parent for path in (ROOT / "templates").glob("*/pack.toml"))
PASSWORD = "春江潮水"


def reports_of(pack: Pack, year: int) -> dict[Agency, dict[str, Any]]:
    """Sound reports of the agencies for a year."""
    return {agency: made_up(pack, year, agency.name, times) for times, agency in enumerate(REPORTING, 1)}


def hand_in(campaign: Campaign, agency: Agency, data: dict[str, Any], password: str = "") -> None:
    """Put an agency's workbook into the inbox."""
    pack, year = load_pack(campaign.folder.pack), campaign.settings.year
    content = new_workbook(pack, year=year, agency=agency.name, code=agency.code, data=data)
    content = locked_with(password, content) if password else content
    campaign.folder.store.write(f"inbox/{agency.code}.xlsx", content)


def states(campaign: Campaign) -> dict[str, State]:
    """How each agency stands."""
    return {one.agency.code: one.state for one in campaign.status().agencies}


@pytest.fixture(params=FOLDERS, ids=lambda folder: str(folder.name))
def folder(request: pytest.FixtureRequest) -> Path:
    """The folder of a pack."""
    return Path(request.param)


@pytest.fixture
def last(folder: Path, tmp_path: Path) -> Campaign:
    """The campaign of the pack's first year, in which everybody reported."""
    campaign = begun(tmp_path / "last", folder, load_pack(folder).manifest.first_year)
    campaign.distribute()
    for agency, data in reports_of(load_pack(folder), campaign.settings.year).items():
        hand_in(campaign, agency, data)
    campaign.collect()
    assert set(states(campaign).values()) == {State.SOUND}
    return campaign


def test_a_campaign_goes_from_the_workbooks_to_the_seal(folder: Path, tmp_path: Path, last: Campaign) -> None:
    pack, year = load_pack(folder), last.settings.year + 1
    reports = reports_of(pack, year)
    campaign = begun(tmp_path / "now", folder, year)
    campaign.protect(PASSWORD)
    made = campaign.distribute(last).workbooks
    assert [one.has_last for one in made] == [True] * len(REPORTING)
    for one in made:
        blank = unlocked_with((PASSWORD,), campaign.folder.store.read(one.path))
        assert errors_in(f for f in read_workbook(blank, pack).findings if f.code.startswith("work")) == []
    *most, late = REPORTING
    for agency in most:
        hand_in(campaign, agency, reports[agency], PASSWORD if agency is most[0] else "")
    campaign.collect()
    assert states(campaign) == {**{one.code: State.SOUND for one in most}, late.code: State.MISSING}
    assert campaign.rollup().rollup.is_partial

    hand_in(campaign, late, reports[late])
    campaign.collect()
    assert set(states(campaign).values()) == {State.SOUND}
    assert len(campaign.write_status(campaign.status()).places) == 2
    assert campaign.compare(last).comparison.added_in_both == len(REPORTING)
    done = campaign.rollup()
    assert not done.rollup.is_partial
    is_the_roll_up(
        done.rollup, campaign.folder.store.read(f"rollup/{Path(done.files[0].place).name}"), tmp_path
    )

    campaign.rebuild()
    again = campaign.rollup().rollup
    assert (again.sums, again.others) == (done.rollup.sums, done.rollup.others)
    campaign.accept_all_sound(by="王芳")
    campaign.close(by="王芳")
    assert campaign.verify().is_intact


def is_the_roll_up(rollup: Rollup, workbook: bytes, tmp_path: Path) -> None:
    """The workbook of a roll-up holds what was added up and balances; completed, it becomes a report."""
    pack = rollup.pack
    book = read_workbook(workbook, pack)
    assert {path: book.figures[path] for path in rollup.sums} == rollup.sums
    assert {one.code for one in errors_in(check(book))} <= {
        "text.empty",
        "cell.empty",
        "cell.not_chosen",
        "cell.no_day",
    }
    sums = {path: one for path, one in rollup.sums.items() if not pack.is_derived(path)}
    rolled = Submission.from_data(pack, with_values({}, {**sums, **rollup.others}))
    for path in pack.rows:
        if path in rollup.others:
            assert _rows(book, path) == _rows(rolled, path)
    completed = with_values(made_up(pack, rollup.year, ISSUER), {**sums, **rollup.others})
    content = new_workbook(pack, year=rollup.year, agency=ISSUER, data=completed, rolled_up=len(REPORTING))
    submission = read_workbook(content, pack)
    assert errors_in(check(submission)) == []
    for name, made in {"sums.xlsx": workbook, "report.docx": render(submission)}.items():
        (tmp_path / name).write_bytes(made)
        assert ooxml_problems(tmp_path / name) == []


def _rows(submission: Submission, path: str) -> dict[str, Any]:
    return {at: value for at, value in submission.values.items() if at.startswith(f"{path}[")}
