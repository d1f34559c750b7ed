"""A campaign while other programs hold files of it: one held file stops nothing else, and is made up for later."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from campaign.office import AGENCIES, FAULTY, NOW, campaign_in, completed, drop, standing, use_roster
from held import Held

from reportfill import Pack
from reportfill.campaign.operations.bulk_review import accept_all_sound
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.dispatch import dispatch
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.remind import write_reminders
from reportfill.campaign.operations.review import review
from reportfill.campaign.operations.status_files import current_status
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.seal import reopen, verified
from reportfill.campaign.status.agency_status import State
from reportfill.errors import OneFileError, OutputError


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for takes no time."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> CampaignFolder:
    """A campaign to which one agency has handed in."""
    folder = campaign_in(tmp_path / "2023")
    drop(folder, "1.xlsx", completed(pack, AGENCIES[1]))
    collect(folder, NOW)
    return folder


def reports(campaign: CampaignFolder) -> list[str]:
    return sorted(
        path.name for path in (campaign.root / "reports").rglob("*.docx") if "旧版" not in path.parts
    )


def test_a_report_that_is_open_in_word_holds_up_its_own_agency_alone(
    campaign: CampaignFolder, pack: Pack, held: Held
) -> None:
    (former,) = reports(campaign)
    drop(campaign, "1-again.xlsx", completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 7}))
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[2]))
    held.hold(former)
    found = {one.file: one for one in collect(campaign, NOW)}
    assert found["inbox/1-again.xlsx"].is_held
    assert "文件正被别的程序打开" in str(found["inbox/1-again.xlsx"].reason)
    assert found["inbox/2.xlsx"].version is not None
    held.let_go()
    (again,) = collect(campaign, NOW)
    assert again.version is not None
    assert (again.version.code, again.version.number) == (AGENCIES[1].code, 2)
    assert len(reports(campaign)) == 2
    assert collect(campaign, NOW) == ()


def test_of_a_content_that_came_twice_neither_file_is_forgotten_while_its_report_is_held(
    campaign: CampaignFolder, pack: Pack, held: Held
) -> None:
    (former,) = reports(campaign)
    again = completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 7})
    for name in ("1-again.xlsx", "1-again (1).xlsx"):
        drop(campaign, name, again)
    held.hold(former)
    collect(campaign, NOW)
    held.let_go()
    campaign.store.remove("inbox/1-again (1).xlsx")
    (taken_in,) = collect(campaign, NOW)
    assert (taken_in.file, taken_in.is_held) == ("inbox/1-again.xlsx", False)


@pytest.mark.parametrize("ending", [".csv", ".docx", ".xlsx", ".tmp"])
def test_what_is_held_for_a_moment_is_not_even_told(
    campaign: CampaignFolder, pack: Pack, held: Held, ending: str
) -> None:
    drop(campaign, "1-again.xlsx", completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 7}))
    held.hold(ending, times=2)
    (again,) = collect(campaign, NOW)
    assert again.version is not None
    close(campaign, "", NOW)
    assert verified(campaign).is_intact


def test_what_a_killed_process_left_and_something_holds_is_left(campaign: CampaignFolder, held: Held) -> None:
    left = campaign.root / "reports" / "~reportfill-0123456789abcdef.tmp"
    left.write_bytes(b"1")
    held.hold(left.name)
    assert collect(campaign, NOW) == ()
    held.let_go()
    assert collect(campaign, NOW) == ()
    assert not left.exists()


def test_a_workbook_that_is_open_in_excel_holds_up_its_own_agency_alone(tmp_path: Path, held: Held) -> None:
    campaign = campaign_in(tmp_path / "2023")
    use_roster(campaign, AGENCIES)
    places = [one.path for one in distribute(campaign).workbooks]
    renamed = (AGENCIES[0]._replace(name="清河县人民政府新办公室"), *AGENCIES[1:3], *AGENCIES[3:])
    use_roster(campaign, renamed)
    held.hold(places[0].rpartition("/")[2])
    done = distribute(campaign)
    assert any("文件正被别的程序打开" in why.zh for why in done.held)
    assert len(done.workbooks) == len(AGENCIES) - 1
    held.let_go()
    again = distribute(campaign)
    assert again.held == ()
    assert [one.agency.name for one in again.workbooks if one.is_new] == ["清河县人民政府新办公室"]


def test_a_workbook_that_is_held_while_the_ledger_is_made_anew_is_told(tmp_path: Path, held: Held) -> None:
    campaign = campaign_in(tmp_path / "2023")
    use_roster(campaign, AGENCIES)
    name = distribute(campaign).workbooks[0].path.rpartition("/")[2]
    (campaign.root / "outgoing" / f"~${name}").write_bytes(b"1")  # of the program that has it open
    held.hold(name)
    rebuild(campaign)
    (told,) = campaign.recorded
    assert told.code == "campaign.file_held"
    assert name in told.message.zh
    assert "文件正被别的程序打开" in told.message.zh
    assert "。。" not in told.message.zh
    campaign.recorded.clear()
    held.let_go()
    rebuild(campaign)
    assert campaign.recorded == []
    with campaign.read_ledger() as ledger:
        assert len(ledger.workbooks()) == len(AGENCIES)


def test_archives_drafts_and_the_notice_that_are_open_are_named_and_the_others_are_made(
    tmp_path: Path, held: Held
) -> None:
    campaign = campaign_in(tmp_path / "2023")
    workbooks = distribute(campaign).workbooks
    first = dispatch(campaign, workbooks, NOW.date(), with_archives=True, with_mails=True)
    assert first.held == ()
    drafts = sorted((campaign.root / "outgoing").rglob("*.eml"))
    for path in [*drafts, *(campaign.root / "outgoing").glob("*.zip")]:
        path.write_bytes(b"former")
    held.hold("通知.docx")
    held.hold(drafts[0].name)
    done = dispatch(campaign, workbooks, NOW.date(), with_archives=True, with_mails=True)
    assert done.mails == first.mails - 1
    assert len(done.archives) == len(first.archives)

    assert any(drafts[0].name in why.zh for why in done.held)


def test_what_an_agency_handed_in_later_never_counts_before_what_is_held(
    campaign: CampaignFolder, pack: Pack, held: Held
) -> None:
    (former,) = reports(campaign)
    for number in (2, 3):
        drop(
            campaign,
            f"{number}.xlsx",
            completed(pack, AGENCIES[1], {"proactive.licensing.decisions": number}),
        )
    held.hold(former, times=11)  # it is let go while the second is still to come
    assert [one.is_held for one in collect(campaign, NOW)] == [True, True]
    held.let_go()
    again = [one.version for one in collect(campaign, NOW)]
    assert [(one.file, one.number) for one in again if one] == [("inbox/2.xlsx", 2), ("inbox/3.xlsx", 3)]


def test_a_report_that_is_open_in_word_is_sent_back_and_makes_room_for_the_next(
    campaign: CampaignFolder, pack: Pack, held: Held
) -> None:
    (former,) = reports(campaign)
    held.hold(former)
    review(campaign, AGENCIES[1].code, is_accepted=False, remark="请核对", by="", now=NOW)
    drop(campaign, "other.xlsx", completed(pack, AGENCIES[2]))
    assert len(collect(campaign, NOW)) == 1
    assert standing(campaign, AGENCIES[1].code).state is State.SENT_BACK
    held.let_go()
    written = next((campaign.root / "reports").rglob(former)).read_bytes()
    drop(campaign, "again.xlsx", completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 7}))
    collect(campaign, NOW)
    put_away = [path.read_bytes() for path in (campaign.root / "reports" / "旧版").rglob("*.docx")]
    assert put_away == [written]


def test_a_report_that_was_open_in_word_when_it_was_sent_back_is_put_away_by_the_next_collect(
    campaign: CampaignFolder, held: Held
) -> None:
    (report,) = reports(campaign)
    held.hold(report)
    review(campaign, AGENCIES[1].code, is_accepted=False, remark="请核对", by="", now=NOW)
    campaign.recorded.clear()
    collect(campaign, NOW)
    assert [told.code for told in campaign.recorded] == ["campaign.file_held"]
    held.let_go()
    collect(campaign, NOW)
    assert reports(campaign) == []
    review(campaign, AGENCIES[1].code, is_accepted=True, remark="", by="", now=NOW)
    collect(campaign, NOW)
    assert reports(campaign) == [report]


def test_a_campaign_whose_seal_is_held_stays_closed_as_it_was(campaign: CampaignFolder, held: Held) -> None:
    seal = close(campaign, "", NOW)
    held.hold(f"-{seal.digest[:12]}.json")  # where the list of the seal is to go
    with pytest.raises(OutputError):
        reopen(campaign, "补报", "", NOW)
    held.let_go()
    assert verified(campaign).is_intact
    reopen(campaign, "补报", "", NOW)
    assert not campaign.is_sealed


def test_the_file_that_is_named_is_the_one_that_is_open(
    campaign: CampaignFolder, pack: Pack, held: Held
) -> None:
    (former,) = reports(campaign)
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 7}))
    held.hold(former)
    (one,) = collect(campaign, NOW)
    assert one.reason is not None
    assert f"{former}：文件正被别的程序打开" in str(one.reason.message)
    assert "旧版" not in str(one.reason.message)


def test_a_workbook_or_template_that_cannot_be_read_now_holds_up_its_own_draft_alone(
    tmp_path: Path, held: Held
) -> None:
    campaign = campaign_in(tmp_path / "2023")
    workbooks = distribute(campaign).workbooks
    name = workbooks[1].path.rpartition("/")[2]
    held.hold(name)
    held.hold("通知模板.docx")
    done = dispatch(campaign, workbooks, NOW.date(), with_archives=True, with_mails=True)
    assert done.mails == len(workbooks) - 1
    assert sum(name in why.zh for why in done.held) == 2
    assert any("通知模板.docx" in why.zh for why in done.held)


LONG = AGENCIES[2]._replace(name="清河县" + "乡村振兴" * 12 + "局")
"""An agency whose files have the longest paths."""


def deep_campaign(folder: Path) -> CampaignFolder:
    """A campaign so deep that the files of one agency alone have paths of more than 200 characters; its names are not
    shortened yet."""
    root = folder / ("2023年度报告" * 20)[: 107 - len(str(folder))]
    campaign = campaign_in(root, (*AGENCIES[:2], LONG))
    pattern = "{单位名称}{年度}年政府信息公开工作年度报告（报告全文）"
    campaign.change_settings(replace(campaign.settings(), report_name=pattern))
    return campaign


def test_a_path_that_is_too_long_holds_up_its_own_agency_alone(
    tmp_path: Path, pack: Pack, held: Held
) -> None:
    campaign = deep_campaign(tmp_path)
    held.longest = 200
    done = distribute(campaign)
    assert [one.agency.code for one in done.workbooks] == ["01", "02"]
    (told,) = done.held
    assert LONG.name in told.zh
    assert "文件名或者路径过长" in told.zh
    sent = dispatch(campaign, done.workbooks, NOW.date(), with_archives=True, with_mails=True)
    assert (sent.mails, sent.held) == (2, ())
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "2.xlsx", completed(pack, LONG))
    drop(campaign, "3.xlsx", completed(pack, LONG, FAULTY))
    found = {one.file: one for one in collect(campaign, NOW)}
    assert found["inbox/1.xlsx"].version is not None
    for file in ("inbox/2.xlsx", "inbox/3.xlsx"):
        assert found[file].is_held
        assert "文件名或者路径过长" in str(found[file].reason)
    held.longest = float("inf")
    assert [one.version.file for one in collect(campaign, NOW) if one.version] == [
        "inbox/2.xlsx",
        "inbox/3.xlsx",
    ]


def test_where_the_workbook_that_goes_back_has_too_long_a_path_nothing_is_said_and_others_are_reviewed(
    tmp_path: Path, pack: Pack, held: Held
) -> None:
    campaign = deep_campaign(tmp_path)
    for agency in (AGENCIES[1], LONG):
        drop(campaign, f"{agency.code}.xlsx", completed(pack, agency))
    collect(campaign, NOW)
    held.longest = 200
    with pytest.raises(OneFileError, match="too long"):
        review(campaign, LONG.code, is_accepted=False, remark="请核对", by="", now=NOW)
    assert standing(campaign, LONG.code).state is State.SOUND
    review(campaign, AGENCIES[1].code, is_accepted=False, remark="请核对", by="", now=NOW)
    assert standing(campaign, AGENCIES[1].code).state is State.SENT_BACK


def test_a_reminder_with_too_long_a_path_is_named_and_the_others_are_written(
    tmp_path: Path, held: Held
) -> None:
    campaign = deep_campaign(tmp_path)
    distribute(campaign)
    held.longest = 200
    written = write_reminders(campaign, current_status(campaign, NOW.date()))
    assert written.mails == 2
    assert any(LONG.name in why.zh and "文件名或者路径过长" in why.zh for why in written.held)


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_of_many_reports_to_be_accepted_one_that_is_held_is_named_and_the_others_are_accepted(
    campaign: CampaignFolder, pack: Pack, held: Held, ending: str
) -> None:
    for agency in AGENCIES[2:]:
        drop(campaign, f"{agency.code}.xlsx", completed(pack, agency))
    collect(campaign, NOW)
    gone = AGENCIES[1:3]
    for report in (campaign.root / "reports").rglob("*.docx"):
        if any(one.name in report.name for one in gone):
            report.unlink()  # each is printed once more
    (copy,) = (campaign.root / "received" / gone[0].code).iterdir()
    held.hold(copy.name if ending == ".xlsx" else f"{gone[0].name}2023年政府信息公开工作年度报告.docx")
    done = accept_all_sound(campaign, "王芳", NOW)
    assert [one.code for one in done.accepted] == ["03", "04"]
    (told,) = done.held
    assert "文件正被别的程序打开" in told.zh
    held.let_go()
    assert [one.code for one in accept_all_sound(campaign, "王芳", NOW).accepted] == ["02"]
