"""What comes back is taken in once, kept, and becomes a report or a marked workbook; nothing is guessed or lost."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from campaign.office import AGENCIES, FAULTY, campaign_in, completed, drop
from excel import typed
from openpyxl import load_workbook

from reportfill import Pack
from reportfill.campaign.collect import Collected, collect
from reportfill.campaign.distribute import distribute
from reportfill.campaign.folder import CampaignFolder
from reportfill.campaign.ledger import open_ledger
from reportfill.campaign.look import standing_of
from reportfill.campaign.rebuild import rebuild
from reportfill.campaign.roster_sheet import blank_roster
from reportfill.campaign.standing import State
from reportfill.errors import CampaignError

NOW = datetime(2024, 1, 20, 9, 30)


@pytest.fixture
def campaign(tmp_path: Path) -> CampaignFolder:
    """A campaign of four agencies whose workbooks were handed out."""
    folder = campaign_in(tmp_path / "2023")
    list(distribute(folder))
    return folder


def taken(campaign: CampaignFolder) -> list[Collected]:
    """What a run takes in."""
    return list(collect(campaign, NOW))


def states(campaign: CampaignFolder) -> dict[str, State]:
    """The state of each agency."""
    return {one.agency.code: one.state for one in standing_of(campaign, date(2024, 1, 20)).agencies}


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
    assert (campaign.root / sound.version.received).read_bytes() == (campaign.inbox / "a.xlsx").read_bytes()
    assert "需要修改" in load_workbook(campaign.root / faulty.version.returned).sheetnames
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
    sent = next(campaign.outgoing.rglob("*档案馆*.xlsx"))
    drop(campaign, "x.xlsx", typed(sent.read_bytes(), {"填报说明!B4": "档案馆"}))
    (collected,) = taken(campaign)
    assert (collected.agency, collected.version is not None) == ("清河县档案馆", True)


def test_the_same_content_is_taken_in_once_under_whatever_name(campaign: CampaignFolder, pack: Pack) -> None:
    path = drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    assert len(taken(campaign)) == 1
    shutil.copy(path, campaign.inbox / "a - 副本.xlsx")
    assert taken(campaign) == []
    assert standing_of(campaign, date(2024, 1, 20)).agencies[1].versions == 1


def test_every_version_is_kept_and_the_newest_sound_one_counts(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1], FAULTY))
    taken(campaign)
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    assert states(campaign)["02"] is State.SOUND
    report = next(campaign.reports.glob("*档案馆*.docx"))
    before = report.read_bytes()
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[1], {"requests.carried_over.business": 3}))
    taken(campaign)
    archive = standing_of(campaign, date(2024, 1, 20)).agencies[1]
    assert (archive.state, archive.versions) == (State.FAULTY, 3)
    assert (campaign.root / archive.report).read_bytes() == before
    assert archive.remark == "第3次交来的有错误，报告仍是第2次的"
    assert sorted(path.name[:3] for path in (campaign.received / "02").iterdir()) == [
        "第1次",
        "第2次",
        "第3次",
    ]


def test_what_belongs_to_nobody_for_certain_is_asked_about(campaign: CampaignFolder, pack: Pack) -> None:
    from reportfill.campaign.agency import Agency

    drop(campaign, "1.xlsx", completed(pack, Agency("99", "清河县气象局")))
    drop(campaign, "2.xlsx", completed(pack, Agency("04", "清河县档案馆")))
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[1], year=2022))
    drop(campaign, "4.xlsx", b"PK\x03\x04 and nothing")
    drop(campaign, "~$5.xlsx", b"open in Excel")
    reasons = [one.reason for one in taken(campaign)]
    assert reasons == [
        "名册中没有“清河县气象局”",
        "单位名称“清河县档案馆”与单位编码“04”不一致",
        "是2022年度的填报表，这里收的是2023年度",
        "文件已损坏，无法读取。",
    ]
    assert taken(campaign) == []
    assert [stray.reason for stray in standing_of(campaign, date(2024, 1, 20)).strays] == reasons


def test_a_stray_finds_its_agency_once_the_roster_has_it(campaign: CampaignFolder, pack: Pack) -> None:
    from reportfill.campaign.agency import Agency

    late = Agency("99", "清河县气象局")
    drop(campaign, "1.xlsx", completed(pack, late))
    taken(campaign)
    campaign.roster_file.write_bytes(blank_roster((*AGENCIES, late)))
    (collected,) = taken(campaign)
    assert collected.agency == "清河县气象局"
    assert standing_of(campaign, date(2024, 1, 20)).strays == []


def test_renaming_and_closing_an_agency_keeps_what_it_handed_in(campaign: CampaignFolder, pack: Pack) -> None:
    from dataclasses import replace

    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    campaign.roster_file.write_bytes(blank_roster((AGENCIES[0], replace(AGENCIES[1], name="清河县档案局"))))
    assert states(campaign) == {"01": State.MISSING, "02": State.SOUND}
    campaign.roster_file.write_bytes(blank_roster(AGENCIES[:1]))
    standing = standing_of(campaign, date(2024, 1, 20))
    assert [stray.reason for stray in standing.strays] == ["单位编码02已不在名册中"]


def test_two_at_once_the_second_says_so_and_leaves(campaign: CampaignFolder) -> None:
    with campaign.locked(), pytest.raises(CampaignError, match="another process"):
        taken(campaign)


def test_an_inbox_that_cannot_be_written_to_is_no_hindrance(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    campaign.inbox.chmod(0o555)
    try:
        assert len(taken(campaign)) == 1
    finally:
        campaign.inbox.chmod(0o755)


COLLECT = """
import sys
from datetime import datetime
from pathlib import Path
from reportfill.campaign.collect import collect
from reportfill.campaign.folder import opened
print("begun", flush=True)
for one in collect(opened(Path(sys.argv[1])), datetime(2024, 1, 20), 1):
    print(one.file, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_moment_nothing_is_lost_doubled_or_half_written(
    campaign: CampaignFolder, pack: Pack
) -> None:
    for number in range(12):
        figures = {"proactive.licensing.decisions": number} | (FAULTY if number % 3 == 0 else {})
        drop(campaign, f"{number:02}.xlsx", completed(pack, AGENCIES[number % 4], figures))
    random = Random(7)
    for _ in range(15):
        process = subprocess.Popen(
            [sys.executable, "-c", COLLECT, str(campaign.root)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    taken(campaign)
    ledger = open_ledger(campaign.ledger)
    versions = ledger.versions()
    ledger.close()
    assert sorted(version.file for version in versions) == [f"inbox/{number:02}.xlsx" for number in range(12)]
    for code in ("01", "02", "03", "04"):
        own = [version for version in versions if version.code == code]
        assert [version.number for version in own] == [1, 2, 3]
        assert len(list((campaign.received / code).iterdir())) == 3
    for version in versions:
        assert (campaign.root / version.received).read_bytes() == (campaign.root / version.file).read_bytes()
        with zipfile.ZipFile(campaign.root / (version.report or version.returned)) as package:
            assert package.testzip() is None
    assert list(campaign.root.rglob("~reportfill-*")) == []


def test_the_ledger_can_be_made_anew_from_the_folder(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[1], FAULTY))
    taken(campaign)
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[3], FAULTY))
    taken(campaign)

    def recorded() -> list[tuple[object, ...]]:
        ledger = open_ledger(campaign.ledger)
        kept = [
            (v.code, v.number, v.digest, v.is_sound, v.mistakes, v.report, v.returned, v.received)
            for v in ledger.versions()
        ]
        sent = {(workbook.id, workbook.code, workbook.path) for workbook in ledger.workbooks().values()}
        ledger.close()
        return [*kept, *sorted(sent)]

    before = recorded()
    campaign.ledger.unlink()
    assert rebuild(campaign) == 3
    assert recorded() == before
    assert taken(campaign) == []
    assert not any(one.is_new for one in distribute(campaign))
