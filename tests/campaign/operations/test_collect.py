"""What comes back is taken in once, kept, and becomes a report or a marked workbook; nothing is guessed or lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sqlite3
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from campaign.office import (
    AGENCIES,
    FAULTY,
    ISSUER,
    NOW,
    TODAY,
    campaign_in,
    completed,
    drop,
    standing,
    states,
    taken,
    use_roster,
    versions,
)
from campaign.prepared import prepared
from excel import typed
from killed_at import reportfill_killed_at
from office_locks import locked_as_2007
from openpyxl import load_workbook
from places import PACK_FOLDER

from reportfill import Campaign, Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.folder.settings import Settings
from reportfill.campaign.operations.catching_up import changing
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder, create_campaign_folder
from reportfill.campaign.records.journal import read_journal
from reportfill.campaign.records.seal import verified
from reportfill.campaign.sending.templates import letter_template
from reportfill.campaign.status.agency_status import State
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.campaign.storage.store import FolderStore
from reportfill.errors import CampaignError, OutputError
from reportfill.office.encryption import OWN_PASSWORD, locked_with


@pytest.fixture
def campaign(tmp_path: Path) -> CampaignFolder:
    """A campaign of four agencies whose workbooks were handed out."""
    folder = campaign_in(tmp_path / "2023")
    distribute(folder)
    return folder


@pytest.mark.parametrize("lock", [locked_with, locked_as_2007])
def test_a_workbook_under_excels_own_password_is_collected_and_another_is_named(
    campaign: CampaignFolder, pack: Pack, lock: Callable[[str, bytes], bytes]
) -> None:
    drop(campaign, "a.xlsx", lock(OWN_PASSWORD, completed(pack, AGENCIES[1])))
    drop(campaign, "b.xlsx", lock("another", completed(pack, AGENCIES[2])))
    own, other = taken(campaign)
    assert states(campaign)["02"] is State.SOUND
    assert (own.agency, own.reason, other.version) == (AGENCIES[1].name, None, None)
    assert other.reason is not None
    assert other.reason.code == "file.encrypted"


def test_a_sound_workbook_becomes_a_report_and_a_faulty_one_is_returned(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "信访/b.xlsx", completed(pack, AGENCIES[3], FAULTY))
    sound, faulty = taken(campaign)
    assert (sound.agency, sound.file) == ("清河县档案馆", "inbox/a.xlsx")
    assert sound.version is not None
    assert faulty.version is not None
    assert (campaign.root / sound.version.report).suffix == ".docx"
    assert campaign.store.read(sound.version.received) == campaign.store.read("inbox/a.xlsx")
    assert "问题清单" in load_workbook(campaign.root / faulty.version.returned).sheetnames
    assert faulty.version.report == ""
    assert states(campaign) == {
        "01": State.MISSING,
        "02": State.SOUND,
        "03": State.MISSING,
        "04": State.FAULTY,
    }


def test_the_workbook_that_was_handed_out_is_known_by_its_id_whatever_it_says(
    campaign: CampaignFolder,
) -> None:
    sent = next((campaign.root / "outgoing").rglob("*档案馆*.xlsx"))
    drop(campaign, "x.xlsx", typed(sent.read_bytes(), {"填报说明!B4": "档案馆"}))
    (collected,) = taken(campaign)
    assert (collected.agency, collected.version is not None) == ("清河县档案馆", True)


def test_the_same_content_is_taken_in_once_under_whatever_name(campaign: CampaignFolder, pack: Pack) -> None:
    path = drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    assert len(taken(campaign)) == 1
    shutil.copy(campaign.root / path, campaign.root / "inbox" / "a - 副本.xlsx")
    assert taken(campaign) == []
    assert standing(campaign, "02").versions == 1


def test_every_version_is_kept_and_the_newest_sound_one_counts(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1], FAULTY))
    taken(campaign)
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    assert states(campaign)["02"] is State.SOUND
    report = next((campaign.root / "reports").rglob("*档案馆*.docx"))
    before = report.read_bytes()
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[1], {"requests.carried_over.business": 3}))
    taken(campaign)
    archive = standing(campaign, "02")
    assert (archive.state, archive.versions) == (State.FAULTY, 3)
    assert (campaign.root / archive.report).read_bytes() == before
    assert archive.remark == "第3次报送的有错误，报告仍是第2次的"
    assert sorted(path.name[:3] for path in (campaign.root / "received" / "02").iterdir()) == [
        "第1次",
        "第2次",
        "第3次",
    ]


@pytest.mark.parametrize("folder", [".stversions", "@eaDir", "__MACOSX", "县直/.sync"])
def test_what_sync_clients_and_network_drives_keep_in_folders_of_their_own_is_not_taken_in(
    campaign: CampaignFolder, pack: Pack, folder: str
) -> None:
    (campaign.root / "inbox" / folder).mkdir(parents=True)
    drop(campaign, f"{folder}/1.xlsx", completed(pack, AGENCIES[1]))
    assert taken(campaign) == []


def test_what_belongs_to_nobody_for_certain_is_asked_about(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", completed(pack, Agency("99", "清河县气象局")))
    drop(campaign, "2.xlsx", completed(pack, Agency("04", "清河县档案馆")))
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[1], year=2022))
    drop(campaign, "4.xlsx", b"PK\x03\x04 and nothing")
    drop(campaign, "~$5.xlsx", b"open in Excel")
    reasons = [one.reason.phrase() for one in taken(campaign) if one.reason]
    assert reasons == [
        "名册中没有“清河县气象局”",
        "单位名称“清河县档案馆”与单位编码“04”不一致，名册中该单位的编码为02",
        "是2022年度的填报表，本次填报为2023年度",
        "文件已损坏，无法读取",
    ]
    assert taken(campaign) == []
    assert [stray.reason.phrase() for stray in campaign_status(campaign, TODAY).strays] == reasons


def test_a_stray_finds_its_agency_once_the_roster_has_it(campaign: CampaignFolder, pack: Pack) -> None:
    late = Agency("99", "清河县气象局")
    drop(campaign, "1.xlsx", completed(pack, late))
    taken(campaign)
    use_roster(campaign, (*AGENCIES, late))
    (collected,) = taken(campaign)
    assert collected.agency == "清河县气象局"
    assert campaign_status(campaign, TODAY).strays == []


def test_renaming_and_closing_an_agency_keeps_what_it_handed_in(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    renamed = AGENCIES[1]._replace(name="清河县档案局", former_name=AGENCIES[1].name)
    use_roster(campaign, (AGENCIES[0], renamed))
    assert states(campaign) == {"01": State.MISSING, "02": State.SOUND}
    use_roster(campaign, AGENCIES[:1])
    standing = campaign_status(campaign, TODAY)
    assert [stray.reason.phrase() for stray in standing.strays] == [
        "“清河县档案馆”（单位编码02）已不在名册中"
    ]


def test_a_workbook_of_before_an_agency_was_renamed_is_taken_in_with_a_warning(
    campaign: CampaignFolder, pack: Pack
) -> None:
    renamed = AGENCIES[1]._replace(name="清河县档案局", former_name=AGENCIES[1].name)
    use_roster(campaign, (AGENCIES[0], renamed, *AGENCIES[2:]))
    sent = next((campaign.root / "outgoing").rglob("*档案馆*.xlsx")).read_bytes()
    drop(campaign, "1.xlsx", sent)
    taken(campaign)
    said = [found for found in standing(campaign, "02").findings if found.code == "campaign.other_name"]
    assert [found.message.zh for found in said] == [
        "填报表中的单位名称为“清河县档案馆”，名册中为“清河县档案局”。"
    ]
    before = versions(campaign)
    rebuild(campaign)
    assert versions(campaign) == before


@pytest.mark.usefixtures("impatient")
def test_two_at_once_the_second_says_so_and_leaves(campaign: CampaignFolder) -> None:
    with campaign.locked(), pytest.raises(CampaignError, match="another process"):
        taken(campaign)


def test_an_inbox_that_cannot_be_written_to_is_no_hindrance(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    (campaign.root / "inbox").chmod(0o555)
    try:
        assert len(taken(campaign)) == 1
    finally:
        (campaign.root / "inbox").chmod(0o755)


def test_the_ledger_can_be_made_anew_from_the_folder(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1], FAULTY))
    taken(campaign)
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[3], FAULTY))
    taken(campaign)

    def recorded() -> list[object]:
        with campaign.read_ledger() as ledger:
            sent = {(workbook.id, workbook.code, workbook.path) for workbook in ledger.workbooks().values()}
            return [*ledger.versions(), *sorted(sent)]

    before = recorded()
    (campaign.root / "campaign.db").unlink()
    assert rebuild(campaign) == 3
    assert recorded() == before
    assert taken(campaign) == []
    assert not any(one.is_new for one in distribute(campaign).workbooks)


def test_the_ledger_is_not_made_anew_from_what_was_changed(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    (copy,) = (campaign.root / "received").rglob("*.xlsx")
    original = copy.read_bytes()
    copy.write_bytes(completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 999}))
    with pytest.raises(CampaignError, match="was changed after it was handed in"):
        rebuild(campaign)
    assert states(campaign)["02"] is State.SOUND
    copy.write_bytes(original)
    assert rebuild(campaign) == 1


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_workbooks_in_archives_and_mails_are_taken_in(campaign: CampaignFolder, pack: Pack) -> None:
    mail = EmailMessage()
    mail["Subject"] = "年报"
    mail.set_content("请查收")
    attached = zipped({"民政局.xlsx": completed(pack, AGENCIES[2], FAULTY)})
    mail.add_attachment(attached, maintype="application", subtype="zip", filename="年报.zip")
    drop(campaign, "转来.eml", mail.as_bytes())
    drop(
        campaign,
        "县直.zip",
        zipped({"a/档案馆.xlsx": completed(pack, AGENCIES[1]), "说明.txt": b"", "b/气象局.xlsx": b"PK"}),
    )
    found = {one.file: one.agency for one in taken(campaign)}
    assert found == {
        "inbox/县直.zip→a/档案馆.xlsx": "清河县档案馆",
        "inbox/县直.zip→b/气象局.xlsx": "",
        "inbox/转来.eml→年报.zip→民政局.xlsx": "清河县民政局",
    }
    assert states(campaign)["03"] is State.FAULTY
    assert taken(campaign) == []


def test_an_archive_is_opened_once_for_its_list_and_for_all_that_is_in_it(
    campaign: CampaignFolder, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    opens = FolderStore.open

    def noted(store: FolderStore, path: str) -> BinaryIO:
        opened.append(path)
        return opens(store, path)

    monkeypatch.setattr(FolderStore, "open", noted)
    both = {f"{agency.name}.xlsx": completed(pack, agency) for agency in AGENCIES[1:3]}
    drop(campaign, "年报.zip", zipped(both))
    assert [one.agency for one in taken(campaign)] == [agency.name for agency in AGENCIES[1:3]]
    assert opened.count("inbox/年报.zip") == 1


def test_what_is_no_workbook_is_named_and_junk_is_not(campaign: CampaignFolder) -> None:
    drop(campaign, "年报.pdf", b"%PDF-1.7")
    drop(campaign, "年报.rar", b"Rar!\x1a\x07")
    drop(campaign, "Thumbs.db", b"x")
    reasons = {one.file: one.reason.phrase() for one in taken(campaign) if one.reason}
    assert set(reasons) == {"inbox/年报.pdf", "inbox/年报.rar"}
    assert "PDF" in reasons["inbox/年报.pdf"]
    assert "无法直接读取" in reasons["inbox/年报.rar"]


def test_a_report_that_is_replaced_is_put_away_with_what_somebody_wrote_in_it(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    report = campaign.root / standing(campaign, "02").report
    report.write_bytes(b"corrected by hand")
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 4}))
    taken(campaign)
    assert report.read_bytes() != b"corrected by hand"
    kept = campaign.root / "reports" / "旧版" / "县政府办" / f"{report.stem}-第1次.docx"
    assert kept.read_bytes() == b"corrected by hand"


def marked(campaign: CampaignFolder) -> list[str]:
    """The marked workbooks that there are, below returned/."""
    folder = campaign.root / "returned"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx"))


def test_a_marked_workbook_is_put_away_when_a_sound_version_came_also_one_that_somebody_worked_on(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1], FAULTY))
    taken(campaign)
    copy = campaign.root / standing(campaign, "02").returned
    copy.write_bytes(b"corrected by hand")
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    kept = campaign.root / "returned" / "旧版" / copy.relative_to(campaign.root / "returned")
    assert kept.read_bytes() == b"corrected by hand"
    assert marked(campaign) == [kept.relative_to(campaign.root / "returned").as_posix()]
    assert versions(campaign)[0].returned == kept.relative_to(campaign.root).as_posix()
    before = versions(campaign)
    rebuild(campaign)
    assert versions(campaign) == before


def test_of_several_faulty_versions_only_the_newest_ones_marked_workbook_stays(
    campaign: CampaignFolder, pack: Pack
) -> None:
    other_mistake = {"requests.carried_over.business": 3}
    for number, figures in enumerate((FAULTY, other_mistake, FAULTY | other_mistake), 1):
        drop(campaign, f"{number}.xlsx", completed(pack, AGENCIES[1], figures))
        taken(campaign)
    assert [Path(path).parts[0] == "旧版" for path in marked(campaign)].count(False) == 1
    assert len(marked(campaign)) == 3
    assert standing(campaign, "02").returned.endswith("-第3次-需修改.xlsx")
    assert all(campaign.store.exists(version.returned) for version in versions(campaign))


def test_a_workbook_with_a_remark_is_put_away_too_and_never_over_another(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    said = review(campaign, "02", is_accepted=False, remark="请补充", by="王芳", now=NOW).review
    there = f"returned/旧版/{said.file.partition('/')[2]}"
    campaign.store.write(there, b"of before")
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 4}))
    taken(campaign)
    assert not campaign.store.exists(said.file)
    assert campaign.store.read(there) == b"of before"
    assert len(marked(campaign)) == 2


def test_a_marked_workbook_that_cannot_be_moved_stays_and_hinders_nothing(
    campaign: CampaignFolder, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1], FAULTY))
    taken(campaign)
    returned = standing(campaign, "02").returned
    with monkeypatch.context() as opened:
        opened.setattr(FolderStore, "move", is_open_in_excel)
        drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], {"requests.carried_over.business": 3}))
        taken(campaign)
    assert versions(campaign)[0].returned == returned
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    assert marked(campaign) == [path for path in marked(campaign) if path.startswith("旧版/")]
    assert len(marked(campaign)) == 2


def is_open_in_excel(store: FolderStore, path: str, target: str) -> None:
    """What moving a file does on Windows while Excel has it open."""
    raise OutputError(f"{path}: permission denied", f"{path}：没有权限")


def test_a_closed_agency_is_not_due_and_what_it_sends_is_asked_about(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[3]))
    taken(campaign)
    merged = AGENCIES[3]._replace(is_closed=True, successor="03")
    use_roster(campaign, (*AGENCIES[:3], merged))
    assert set(states(campaign)) == {"01", "02", "03"}
    assert [one.agency.code for one in campaign_status(campaign, TODAY).closed] == ["04"]
    sent = next((campaign.root / "outgoing").rglob("*信访局*.xlsx"))
    shutil.copy(sent, campaign.root / "inbox" / "2.xlsx")
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[3], {"proactive.licensing.decisions": 1}))
    reasons = [collected.reason.phrase() for collected in taken(campaign) if collected.reason]
    assert reasons == ["“清河县信访局”已并入“清河县民政局”"] * 2


def test_files_that_were_taken_in_are_not_read_again(campaign: CampaignFolder, pack: Pack) -> None:
    from reportfill.campaign.operations.collect import unread_sources

    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "2.pdf", b"%PDF-1.7")
    taken(campaign)
    with changing(campaign) as ledger:
        assert [source.path for source in unread_sources(campaign.store, ledger)] == ["inbox/2.pdf"]
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1], FAULTY))
    assert [one.agency for one in taken(campaign)] == ["清河县档案馆"]


def forget(campaign: CampaignFolder) -> None:
    """Let the ledger be as a process leaves it that is killed before it records anything."""
    with sqlite3.connect(campaign.root / "campaign.db") as connection:
        for table in ("versions", "seen"):
            connection.execute(f"DELETE FROM {table}")
    connection.close()


def test_a_copy_that_was_kept_but_not_recorded_is_taken_in_although_the_file_is_gone(
    campaign: CampaignFolder, pack: Pack
) -> None:
    path = drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    forget(campaign)
    campaign.store.remove(path)
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], FAULTY))
    taken(campaign)
    assert [(one.number, one.is_sound) for one in versions(campaign)] == [(1, True), (2, False)]


def test_a_version_that_the_ledger_lost_comes_back_with_its_findings(
    campaign: CampaignFolder, pack: Pack
) -> None:
    for number, figures in enumerate(({"requests.carried_over.business": 3}, FAULTY, {}), 1):
        drop(campaign, f"{number}.xlsx", completed(pack, AGENCIES[1], figures))
        taken(campaign)
    before = [one._replace(returned="") for one in versions(campaign)]
    told = read_journal(campaign.store)
    assert [one.is_sound for one in before] == [False, False, True]
    for lost in before:
        with sqlite3.connect(campaign.root / "campaign.db") as connection:
            connection.execute("DELETE FROM versions WHERE digest = ?", [lost.digest])
        connection.close()
        taken(campaign)
        assert [one._replace(returned="") for one in versions(campaign)] == before
    assert read_journal(campaign.store) == told


def test_a_ledger_that_is_lost_is_filled_again_and_not_begun_anew(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    ledger = campaign.root / "campaign.db"
    ledger.unlink()
    assert taken(campaign) == []
    assert states(campaign)["02"] is State.SOUND
    ledger.unlink()
    with pytest.raises(CampaignError, match="rebuild"):
        states(campaign)
    assert Campaign(campaign).status(TODAY).agencies[1].state is State.SOUND


def test_a_ledger_that_is_lost_with_the_journal_is_named(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    (campaign.root / "campaign.db").unlink()
    for path in (campaign.root / "log").glob("*.csv"):
        path.unlink()
    for look in (lambda: taken(campaign), lambda: Campaign(campaign).status(TODAY)):
        with pytest.raises(CampaignError, match="rebuild"):
            look()
    assert not (campaign.root / "campaign.db").exists()
    assert rebuild(campaign) == 1
    assert states(campaign)["02"] is State.SOUND


def test_a_workbook_sent_to_one_agency_that_names_another_is_asked_about(campaign: CampaignFolder) -> None:
    sent = next((campaign.root / "outgoing").rglob("*档案馆*.xlsx"))
    drop(campaign, "x.xlsx", typed(sent.read_bytes(), {"填报说明!B4": "清河县民政局"}))
    (collected,) = taken(campaign)
    assert collected.reason is not None
    assert (
        collected.reason.phrase()
        == "是下发给“清河县档案馆”（编码02）的填报表，其中填写的却是“清河县民政局”（编码03）"
    )


def test_the_ledger_is_made_anew_also_where_a_workbook_was_put_away(
    campaign: CampaignFolder, pack: Pack
) -> None:
    folder = campaign.root / "outgoing"
    (folder / "旧版").mkdir()
    sent = next(folder.rglob("*档案馆*.xlsx"))
    shutil.copy(sent, folder / "旧版" / sent.name)
    rebuild(campaign)
    with campaign.read_ledger() as ledger:
        assert sent.relative_to(campaign.root).as_posix() in {one.path for one in ledger.workbooks().values()}


def test_a_sealed_campaign_is_not_touched_by_making_its_ledger_anew(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    report = campaign.root / standing(campaign, "02").report
    report.unlink()
    close(campaign, "", NOW)
    (campaign.root / "campaign.db").unlink()
    rebuild(campaign)
    assert not report.exists()
    assert verified(campaign).is_intact


def test_a_label_that_the_pack_has_otherwise_by_now_is_nobodys_mistake(tmp_path: Path) -> None:
    own = tmp_path / "pack"
    shutil.copytree(PACK_FOLDER, own)
    campaign = create_campaign_folder(
        tmp_path / "2023",
        Settings("../pack", 2023, ISSUER, None, None),
        blank_roster(AGENCIES),
        letter_template(PACK_FOLDER, "notice.docx"),
    )
    distribute(campaign)
    form = load_workbook(own / "intake.xlsx")
    for row in form["表二"].iter_rows():
        for cell in row:
            if cell.value == "行政处罚":
                cell.value = "行政处罚类"
    form.save(own / "intake.xlsx")
    for name in ("档案馆", "民政局"):
        sent = next((campaign.root / "outgoing").rglob(f"*{name}*.xlsx"))
        book = load_workbook(sent)
        if name == "民政局":
            book["表二"]["A9"].value = "别的什么"
        book.save(campaign.root / "inbox" / f"{name}.xlsx")
    taken(campaign)
    codes = {code: [found.code for found in standing(campaign, code).findings] for code in ("02", "03")}
    assert "workbook.other_form" in codes["02"]
    assert "workbook.moved" not in codes["02"]
    assert {"workbook.other_form", "workbook.moved"} <= set(codes["03"])


def test_a_file_at_which_a_process_is_killed_is_a_stray_and_the_others_are_taken_in(
    campaign: CampaignFolder, tmp_path: Path
) -> None:
    for number in range(18):
        drop(campaign, f"{number:02}.xlsx", prepared(AGENCIES[1], number))
    collecting = ["--lang", "zh", "campaign", "collect", str(campaign.root), "--jobs", "2"]
    run = reportfill_killed_at(prepared(AGENCIES[1], 7), tmp_path / "hook", *collecting)
    assert (run.returncode, "Traceback" in run.stderr) == (1, False), run.stderr
    assert "？ inbox/07.xlsx：处理这个文件的进程异常退出" in run.stdout
    assert len(versions(campaign)) == 17


def test_whatever_is_no_file_is_one_stray_each_and_the_others_are_taken_in(
    campaign: CampaignFolder, tmp_path: Path
) -> None:
    inbox = campaign.root / "inbox"
    drop(campaign, "sound.xlsx", prepared(AGENCIES[1], 1))
    os.mkfifo(inbox / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as listening, contextlib.chdir(inbox):
        listening.bind("socket.xlsx")
    (inbox / "device.xlsx").symlink_to("/dev/zero")
    (inbox / "link-to-pipe.xlsx").symlink_to(inbox / "pipe.xlsx")
    (inbox / "gone.xlsx").symlink_to(tmp_path / "no-such.xlsx")
    (inbox / "ring.xlsx").symlink_to("ring.xlsx")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.xlsx").write_bytes(prepared(AGENCIES[2], 1))
    (inbox / "folder").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (inbox / "empty.xlsx").mkdir()
    reasons = {one.file.removeprefix("inbox/"): one.reason.phrase() for one in taken(campaign) if one.reason}
    assert {name for name, reason in reasons.items() if "不是普通文件" in reason} == {
        "pipe.xlsx",
        "socket.xlsx",
        "device.xlsx",
        "link-to-pipe.xlsx",
    }
    assert "没有这个文件" in reasons["gone.xlsx"]
    assert "链接太多或者互相指向" in reasons["ring.xlsx"]
    assert "指向文件夹的链接" in reasons["folder"]
    assert "空的文件夹" in reasons["empty.xlsx"]
    assert len(reasons) == 8
    assert states(campaign)["02"] is State.SOUND
    assert taken(campaign) == []
    (inbox / "gone.xlsx").unlink()
    taken(campaign)
    assert len(campaign_status(campaign, TODAY).strays) == 7
