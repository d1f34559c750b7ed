"""The coordinator's own word: accepted, or sent back with a remark that the agency finds in its workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import (
    AGENCIES,
    FAULTY,
    NOW,
    campaign_in,
    completed,
    drop,
    standing,
    states,
    taken,
)
from openpyxl import load_workbook

from reportfill import Pack
from reportfill.campaign.aggregation.rollup import rollup
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import Reviewed, review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.status.agency_status import State
from reportfill.errors import CampaignError, UsageError

WHY = "第三部分过于简单，请补充"


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> CampaignFolder:
    """A campaign in which one agency handed in a sound workbook and one a faulty one."""
    folder = campaign_in(tmp_path / "2023")
    drop(folder, "1.xlsx", completed(pack, AGENCIES[1]))
    drop(folder, "2.xlsx", completed(pack, AGENCIES[2], FAULTY))
    taken(folder)
    return folder


def accepted(campaign: CampaignFolder, code: str) -> Reviewed:
    """What comes of accepting a report."""
    return review(campaign, code, is_accepted=True, remark="", by="王芳", now=NOW)


def sent_back(campaign: CampaignFolder, code: str) -> Reviewed:
    """What comes of sending a report back."""
    return review(campaign, code, is_accepted=False, remark=WHY, by="王芳", now=NOW)


def test_an_accepted_report_stays_where_it_is(campaign: CampaignFolder) -> None:
    done = accepted(campaign, "02")
    assert done.review.file == standing(campaign, "02").report
    assert campaign.store.exists(done.review.file)
    assert states(campaign)["02"] is State.ACCEPTED


def test_a_report_that_is_sent_back_comes_as_a_workbook_with_the_remark(campaign: CampaignFolder) -> None:
    report = standing(campaign, "02").report
    done = sent_back(campaign, "02")
    sheet = load_workbook(campaign.root / done.review.file)["问题清单"]
    assert sheet["A2"].value.startswith("审核意见1条。")
    assert [sheet["B4"].value, sheet["D4"].value] == ["审核意见", f"审核退回（王芳）：{WHY}"]
    assert not campaign.store.exists(report)
    assert (campaign.root / "reports" / "旧版").is_dir()
    one = standing(campaign, "02")
    assert (one.state, one.remark, one.report, one.returned) == (State.SENT_BACK, WHY, "", done.review.file)


def test_what_was_sent_back_is_not_added_up(campaign: CampaignFolder) -> None:
    assert [one.agency.code for one in rollup(campaign).contributions] == ["02"]
    sent_back(campaign, "02")
    with pytest.raises(CampaignError, match="nothing to add"):
        rollup(campaign)


def test_handed_in_again_it_counts_again(campaign: CampaignFolder, pack: Pack) -> None:
    sent_back(campaign, "02")
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 2}))
    taken(campaign)
    assert states(campaign)["02"] is State.SOUND
    assert [one.version for one in rollup(campaign).contributions] == [2]


def test_the_coordinator_may_think_better_of_it(campaign: CampaignFolder) -> None:
    sent_back(campaign, "02")
    done = accepted(campaign, "02")
    assert campaign.store.exists(done.review.file)
    assert states(campaign)["02"] is State.ACCEPTED
    assert standing(campaign, "02").report == done.review.file


def test_what_has_errors_or_was_not_handed_in_cannot_be_accepted(campaign: CampaignFolder) -> None:
    with pytest.raises(CampaignError, match="cannot be accepted"):
        accepted(campaign, "03")
    with pytest.raises(CampaignError, match="nothing yet"):
        accepted(campaign, "04")
    with pytest.raises(UsageError, match="no agency"):
        accepted(campaign, "99")
    assert states(campaign)["03"] is State.FAULTY


def test_a_faulty_one_can_be_sent_back_with_a_remark_beside_its_errors(campaign: CampaignFolder) -> None:
    done = sent_back(campaign, "03")
    sheet = load_workbook(campaign.root / done.review.file)["问题清单"]
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert f"审核退回（王芳）：{WHY}" in told
    assert any(text.startswith("审核意见1条；错误") for text in told)


@pytest.mark.parametrize("said", [{"remark": "请\udcc4补充"}, {"by": "\udcc4\udcfa"}, {"by": "王" * 6_000}])
def test_what_no_table_can_hold_is_refused_before_anything_is_written(
    campaign: CampaignFolder, said: dict[str, str]
) -> None:
    before = campaign.store.files()
    with pytest.raises(CampaignError):
        review(campaign, "02", is_accepted=False, now=NOW, **({"remark": WHY, "by": ""} | said))
    assert campaign.store.files() == before


def test_the_word_is_kept_when_the_ledger_is_made_anew(campaign: CampaignFolder) -> None:
    accepted(campaign, "02")
    sent_back(campaign, "03")
    before = (standing(campaign, "02"), standing(campaign, "03"))
    (campaign.root / "campaign.db").unlink()
    rebuild(campaign)
    assert (standing(campaign, "02"), standing(campaign, "03")) == before
