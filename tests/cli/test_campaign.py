"""reportfill campaign: from an empty folder to who is missing."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from io import StringIO
from pathlib import Path

import pytest
from campaign.office import AGENCIES, FAULTY, ISSUER, campaign_in, completed, drop, taken, use_roster
from campaign.prepared import prepared, with_narrative
from openpyxl import load_workbook
from places import PACK_FOLDER
from printed import PRINTED
from word import lines_of

from reportfill import Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.records.campaign_folder import open_campaign_folder
from reportfill.campaign.records.journal import table_names, table_path
from reportfill.campaign.storage.store import FolderStore
from reportfill.cli.language import speak
from reportfill.cli.main import status_of
from reportfill.errors import OutputError
from reportfill.office.encryption import is_locked


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit status of a run in Chinese, and all that it printed."""
    speak("zh")
    status = status_of(["campaign", *arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return status, printed.out + printed.err


def test_a_campaign_from_its_folder_to_its_status(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "2023年报"
    status, printed = said(capsys, "new", str(folder), "--year", "2023", "--issuer", ISSUER)
    assert status == 0
    assert "roster.xlsx" in printed
    campaign = open_campaign_folder(folder)
    use_roster(campaign, AGENCIES)

    status, printed = said(capsys, "distribute", str(folder))
    assert (status, "新生成4份" in printed) == (0, True)
    status, printed = said(capsys, "distribute", str(folder))
    assert (status, "未变动4份" in printed) == (0, True)

    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "b.xlsx", completed(pack, AGENCIES[2], FAULTY))
    status, printed = said(capsys, "collect", str(folder), "--jobs", "1")
    assert status == 1
    assert "√ 清河县档案馆，第1次：reports/" in printed
    assert "× 清河县民政局，第1次：错误" in printed
    assert "新接收2个文件：生成报告1份，有错误1份，未识别0个。" in printed
    status, printed = said(capsys, "collect", str(folder))
    assert (status, "新接收0个文件" in printed) == (0, True)

    status, printed = said(capsys, "status", str(folder))
    assert status == 0
    assert "未报送：清河县人民政府办公室、清河县信访局" in printed
    assert "有错误：清河县民政局" in printed
    assert (folder / "status.html").read_text("utf-8").count("清河县信访局") >= 1
    assert (folder / "status.xlsx").is_file()


def test_the_roll_up_is_written_and_says_who_is_missing(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    said(capsys, "collect", str(campaign.root))
    status, printed = said(capsys, "rollup", str(campaign.root))
    assert status == 1
    assert "已汇总1个单位，缺3个，不汇总0个。" in printed
    assert [path.name for path in sorted((campaign.root / "rollup").iterdir())] == [
        f"{ISSUER}2023年汇总填报表（部分汇总）.xlsx",
        f"{ISSUER}2023年汇总明细（部分汇总）.xlsx",
    ]
    status, printed = said(capsys, "rollup", str(campaign.root), "--of", "02")
    assert (status, "已汇总1个单位，缺0个" in printed) == (0, True)
    status, printed = said(capsys, "rollup", str(campaign.root), "--of", "77")
    assert (status, "77" in printed) == (2, True)


def test_a_roll_up_is_handed_over_once_it_is_filled_in_and_the_campaign_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = campaign_in(tmp_path / "c", AGENCIES[:1])
    root, file = str(campaign.root), f"{ISSUER}2023年汇总（报送）.zip"
    drop(campaign, "1.xlsx", prepared(AGENCIES[0], 1))
    said(capsys, "collect", root)
    monkeypatch.chdir(tmp_path)
    status, printed = said(capsys, "handover", root)
    assert (status, "还没有封存" in printed, "campaign close" in printed) == (2, True, True)
    status, printed = said(capsys, "handover", root, "--unsealed")
    assert (status, "请运行：reportfill campaign rollup" in printed) == (2, True)
    said(capsys, "rollup", root)
    status, printed = said(capsys, "handover", root, "--unsealed")
    assert (status, "汇总填报表有错误，没有生成报送包。" in printed) == (1, True)
    assert "--last" not in printed, "it has no such option"
    assert not Path(file).exists()

    (form,) = (campaign.root / "rollup").glob("*填报表.xlsx")
    form.write_bytes(with_narrative(form.read_bytes()))
    status, printed = said(capsys, "handover", root, "--unsealed", "-o", "早.zip")
    assert (status, "还没有封存，报送包中没有封存清单的校验值。" in printed) == (0, True)
    _, printed = said(capsys, "close", root)
    (digest,) = re.findall("[0-9a-f]{64}", printed)
    status, printed = said(capsys, "handover", root)
    assert (status, f"已生成：{file}" in printed, digest in printed) == (0, True, True)
    status, printed = said(capsys, "handover", root, "-o", "早.zip")
    assert (status, "原来的保留为：早 (1).zip" in printed) == (0, True)
    status, printed = said(capsys, "handover", root, "-o", f"{root}/rollup")
    assert (status, "请指定其他位置" in printed) == (2, True)


def test_where_one_file_of_a_roll_up_cannot_be_written_both_are_as_they_were(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = campaign_in(tmp_path / "c", AGENCIES[:2])
    root, folder = str(campaign.root), campaign.root / "rollup"
    drop(campaign, "1.xlsx", completed(pack, AGENCIES[0]))
    said(capsys, "distribute", root)
    said(capsys, "collect", root)
    said(capsys, "rollup", root)
    before = {path.name: path.read_bytes() for path in folder.glob("*.xlsx")}
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], {"proactive.licensing.decisions": 5}))
    said(capsys, "collect", root)
    write = FolderStore.write

    def full(store: FolderStore, path: str, content: bytes) -> None:
        if path.endswith("填报表.xlsx"):
            raise OutputError("the disk is full", "磁盘已满")
        write(store, path, content)

    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "write", full)
        status, printed = said(capsys, "rollup", root)
    assert (status, "已生成" in printed) == (2, False)
    assert {path.name: path.read_bytes() for path in folder.glob("*.xlsx")} == before
    assert said(capsys, "rollup", root)[0] == 0
    assert not set(before) & {path.name for path in folder.glob("*.xlsx")}


def test_a_campaign_whose_pack_is_nowhere_is_refused_before_anything_is_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c", AGENCIES[:2])
    campaign.change_settings(replace(campaign.settings(), pack="nowhere"))
    before = sorted(path.name for path in campaign.root.rglob("*"))
    status, _ = said(capsys, "distribute", str(campaign.root))
    assert (status, sorted(path.name for path in campaign.root.rglob("*"))) == (2, before)


def test_beside_a_newer_roll_up_there_is_no_other_one(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c", AGENCIES[:2])
    root, folder = str(campaign.root), campaign.root / "rollup"
    for agency in AGENCIES[:2]:
        drop(campaign, f"{agency.code}.xlsx", completed(pack, agency))
    said(capsys, "distribute", root)
    said(capsys, "collect", root)
    assert said(capsys, "rollup", root)[0] == 0
    whole = folder / f"{ISSUER}2023年汇总填报表.xlsx"
    book = load_workbook(whole)
    book.worksheets[0]["H1"] = "领导改过"
    book.save(whole)
    worked_on = whole.read_bytes()

    use_roster(campaign, AGENCIES[:1])
    status, printed = said(capsys, "rollup", root)
    assert (status, "名册中已没有：清河县档案馆" in printed) == (1, True)
    assert "原来的保留为：rollup/旧版/" in printed
    assert {path.name for path in folder.glob("*.xlsx")} == {
        f"{ISSUER}2023年汇总{what}（部分汇总）.xlsx" for what in ("填报表", "明细")
    }
    assert (folder / "旧版" / whole.name).read_bytes() == worked_on

    use_roster(campaign, AGENCIES[:2])
    assert said(capsys, "rollup", root)[0] == 0
    assert {path.name for path in folder.glob("*.xlsx")} == {
        f"{ISSUER}2023年汇总{what}.xlsx" for what in ("填报表", "明细")
    }
    assert len(list((folder / "旧版").iterdir())) == 4
    assert "原来的" not in said(capsys, "rollup", root)[1]


@pytest.mark.parametrize("year", [2022, 2023])
def test_with_nothing_to_compare_there_is_no_comparison(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str], year: int
) -> None:
    years = {one: campaign_in(tmp_path / str(one), year=one) for one in (2022, 2023)}
    drop(years[year], "a.xlsx", completed(pack, AGENCIES[1], year=year))
    said(capsys, "collect", str(years[year].root))
    status, printed = said(capsys, "compare", str(years[2023].root), "--last", str(years[2022].root))
    empty = 2022 if year == 2023 else 2023
    assert (status, f"{empty}年度还没有单位完成报送" in printed) == (2, True)
    assert list((years[2023].root / "rollup").iterdir()) == []


def test_a_roster_with_mistakes_is_named_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "c"
    said(capsys, "new", str(folder), "--year", "2023", "--issuer", ISSUER)
    use_roster(open_campaign_folder(folder), (AGENCIES[0], AGENCIES[0]))
    status, printed = said(capsys, "distribute", str(folder))
    assert status == 2
    assert "名册" in printed
    assert list((folder / "outgoing").iterdir()) == []


WITHOUT_A_ROSTER = {
    "half saved": lambda whole: whole[: len(whole) // 2],
    "empty": lambda whole: b"",
    "garbage": lambda whole: b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 9,
    "no agency": lambda whole: blank_roster(),
    "no heading": lambda whole: "代码,部门\n01,甲\n".encode(),
    "a row without a code": lambda whole: blank_roster((*AGENCIES[:1], Agency("", "清河县气象局"))),
    "a row without a name": lambda whole: blank_roster((*AGENCIES[:1], Agency("09", ""))),
    "a code twice": lambda whole: blank_roster((*AGENCIES, Agency("02", "清河县气象局"))),
    "every agency closed": lambda whole: blank_roster(
        tuple(one._replace(is_closed=True) for one in AGENCIES)
    ),
    "an unknown superior": lambda whole: blank_roster((Agency("09", "清河县气象局", "", "77"),)),
}


@pytest.mark.parametrize("damage", WITHOUT_A_ROSTER.values(), ids=WITHOUT_A_ROSTER.keys())
def test_without_a_sound_roster_no_command_does_anything(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str], damage: Callable[[bytes], bytes]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    root, last = str(campaign.root), campaign_in(tmp_path / "last", year=2022)
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    said(capsys, "collect", root)
    whole = campaign.store.read("roster.xlsx")
    campaign.store.write("roster.xlsx", damage(whole))
    before = {file.path: campaign.store.read(file.path) for file in campaign.store.files()}
    for command in (
        ["status", root],
        ["status", root, "--remind"],
        ["collect", root],
        ["distribute", root],
        ["rollup", root],
        ["compare", root, "--last", str(last.root)],
        ["review", root, "02", "--accept"],
        ["log", root, "--of", "02"],
        ["close", root],
        ["rebuild", root],
    ):
        status, printed = said(capsys, *command)
        assert (status, "名册" in printed, "Traceback" in printed) == (2, True, False), command
    assert {file.path: campaign.store.read(file.path) for file in campaign.store.files()} == before
    campaign.store.write("roster.xlsx", whole)
    assert said(capsys, "status", root)[0] == 0


def test_a_folder_in_the_rosters_place_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = campaign_in(tmp_path / "c")
    campaign.store.remove("roster.xlsx")
    (campaign.root / "roster.xlsx").mkdir()
    campaign.store.write("roster.csv", "单位编码,单位名称\n01,甲局\n".encode())
    status, printed = said(capsys, "status", str(campaign.root))
    assert (status, "roster.xlsx" in printed) == (2, True)


def test_with_nothing_to_add_there_is_no_roll_up(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    counted_above = AGENCIES[2]._replace(is_counted_by_superior=True)
    campaign = campaign_in(tmp_path / "c", (*AGENCIES[:2], counted_above, AGENCIES[3]))
    root = str(campaign.root)
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "b.xlsx", completed(pack, counted_above))
    assert said(capsys, "rollup", root)[0] == 2
    said(capsys, "collect", root)
    for options in (["--of", "03"], ["--of", "99"], ["--of", "04"], ["--through", "1"]):
        status, printed = said(capsys, "rollup", root, *options)
        assert (status, "Traceback" in printed) == (2, False), options
    assert list((campaign.root / "rollup").iterdir()) == []
    assert said(capsys, "rollup", root, "--of", "02")[0] == 0


def test_a_campaign_finds_the_pack_again_that_it_was_made_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "packs" / "a-folder"
    shutil.copytree(PACK_FOLDER, own)
    told = (own / "pack.toml").read_text("utf-8").replace("annual-report-2021", "its-id")
    (own / "pack.toml").write_text(told, "utf-8")
    monkeypatch.chdir(tmp_path / "packs")
    folder = tmp_path / "offices" / "2023年报"
    assert (
        said(capsys, "new", str(folder), "--year", "2023", "--issuer", ISSUER, "--pack", "a-folder")[0] == 0
    )
    assert open_campaign_folder(folder).settings().pack == "../../packs/a-folder"
    use_roster(open_campaign_folder(folder), AGENCIES)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for command in (["distribute", str(folder)], ["collect", str(folder)], ["status", str(folder)]):
        assert said(capsys, *command)[0] == 0
    assert len(list((folder / "outgoing").rglob("*.xlsx"))) == 4
    said(capsys, "new", str(tmp_path / "usual"), "--year", "2023", "--issuer", ISSUER)
    assert open_campaign_folder(tmp_path / "usual").settings().pack == "annual-report-2021"


def test_archives_mails_and_the_notice_are_made_beside_the_workbooks(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    last = campaign_in(tmp_path / "2022", year=2022)
    drop(last, "a.xlsx", completed(pack, AGENCIES[1], year=2022))
    taken(last)
    campaign = campaign_in(tmp_path / "2023")
    use_roster(campaign, (*AGENCIES[:3], AGENCIES[3]._replace(email="xinfang@example.cn")))
    status, printed = said(
        capsys, "distribute", str(campaign.root), "--last", str(last.root), "--zip", "--mail"
    )
    assert status == 0
    assert "其中1份已带上年度数据，3份未找到上年度数据。" in printed
    assert "邮件草稿4封" in printed
    assert f"以下单位在名册中没有邮箱，草稿没有收件人：{ISSUER}、清河县档案馆、清河县民政局" in printed
    outgoing = campaign.root / "outgoing"
    with zipfile.ZipFile(outgoing / "县政府办.zip") as archive:
        names = archive.namelist()
        assert len(names) == 3
        for name in names:
            assert archive.read(name) == (outgoing / "县政府办" / name).read_bytes()
    draft = next((outgoing / "邮件").rglob("*信访局*.eml"))
    mail = message_from_bytes(draft.read_bytes(), policy=default)
    (attached,) = mail.iter_attachments()
    assert mail["To"] == "xinfang@example.cn"
    assert attached.get_content() == (outgoing / "县政府办" / attached.get_filename()).read_bytes()
    assert (outgoing / "通知.docx").is_file()


def test_drafts_and_archives_that_do_not_hold_any_more_are_put_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "2023")
    root, outgoing = str(campaign.root), campaign.root / "outgoing"
    said(capsys, "distribute", root, "--zip", "--mail")
    assert "旧版" not in said(capsys, "distribute", root)[1]
    before = {path.relative_to(outgoing) for path in outgoing.rglob("*") if path.suffix in (".eml", ".zip")}
    closed = AGENCIES[3]._replace(is_closed=True)
    use_roster(campaign, (AGENCIES[0], AGENCIES[1]._replace(name="清河县档案局"), AGENCIES[2], closed))
    status, printed = said(capsys, "distribute", root)
    assert status == 0
    assert (
        "有邮件草稿2封、压缩包1个中的填报表已更新，旧件移至outgoing/旧版；需要重新生成的，加上--mail、--zip。"
        in printed
    )
    current = {path.relative_to(outgoing) for path in outgoing.rglob("*") if path.suffix in (".eml", ".zip")}
    assert len(current) == len(before)
    left = sorted(path.name for path in (outgoing / "邮件").rglob("*.eml"))
    assert [ISSUER in left[0], "民政局" in left[1]] == [True, True]
    assert len(left) == 2


def test_a_campaign_says_until_when_and_whom_to_ask_in_all_that_goes_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "2025"
    asked = ["--contact", "王芳", "--telephone", "0319-1234567", "--email", "wf@example.org"]
    options = ["--year", "2025", "--issuer", ISSUER, "--deadline", "2026-01-20", *asked]
    assert said(capsys, "new", str(root), *options)[0] == 0
    use_roster(open_campaign_folder(root), AGENCIES[:2])
    said(capsys, "distribute", str(root), "--mail")
    workbook = next((root / "outgoing").rglob("*档案馆*.xlsx"))
    texts = {str(cell.value) for row in load_workbook(workbook)["填报说明"] for cell in row}
    assert any(text.startswith("请在2026年1月20日前报送") for text in texts)
    assert any(f"请与{ISSUER}（王芳，电话0319-1234567，邮箱wf@example.org）联系" in text for text in texts)
    mail = message_from_bytes(next((root / "outgoing").rglob("*档案馆*.eml")).read_bytes(), policy=default)
    assert "王芳（电话0319-1234567）" in mail.get_body().get_content()
    assert "联系人：王芳；联系电话：0319-1234567" in "\n".join(
        lines_of((root / "outgoing/通知.docx").read_bytes())
    )


def test_a_deadline_that_is_put_off_makes_the_workbooks_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path, AGENCIES[:2])
    said(capsys, "distribute", str(tmp_path), "--mail")
    campaign.change_settings(replace(campaign.settings(), agency_deadline=date(2024, 2, 20)))
    printed = said(capsys, "distribute", str(tmp_path))[1]
    assert "新生成2份" in printed
    assert "邮件草稿2封中的填报表已更新" in printed
    texts = {
        str(cell.value)
        for row in load_workbook(next(tmp_path.rglob("*档案馆*.xlsx")))["填报说明"]
        for cell in row
    }
    assert any("请在2024年2月20日前报送" in text for text in texts)


def test_a_campaign_of_a_pack_that_prescribes_no_day_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path(shutil.copytree(PACK_FOLDER, tmp_path / "templates" / "assets"))
    toml = (folder / "pack.toml").read_text("utf-8")
    toml = toml.replace("annual-report-2021", "assets").replace(
        "政府信息公开工作年度报告", "固定资产统计年报"
    )
    (folder / "pack.toml").write_text(
        re.sub(r"\[deadlines\].*?\n\n|legal_basis = .*?\n\]\n", "", toml, flags=re.DOTALL), "utf-8"
    )
    for name in ("notice.docx", "mail.txt"):
        (folder / name).unlink()
    status, printed = said(capsys, "new", "2025", "--year", "2025", "--issuer", ISSUER, "--pack", "assets")
    assert (status, "没有设报送截止日期" in printed) == (0, True)
    campaign = open_campaign_folder(tmp_path / "2025")
    assert (campaign.settings().agency_deadline, campaign.settings().government_deadline) == (None, None)
    use_roster(campaign, AGENCIES[:2])
    assert said(capsys, "distribute", "2025", "--mail")[0] == 0
    assert said(capsys, "status", "2025", "--remind")[0] == 0
    words = ["\n".join(lines_of((tmp_path / "2025/outgoing/通知.docx").read_bytes()))]
    for path in (tmp_path / "2025").rglob("*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=default)
        words += [str(mail["Subject"]), mail.get_body().get_content()]
    words.append(next((tmp_path / "2025/reminders").rglob("*.txt")).read_text("utf-8"))
    assert len(words) == 10
    for text in words:
        assert "固定资产统计年报" in text
        assert not re.search("政府信息公开|条例|1月31日|3月31日|第四十九条|截止日期：", text)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--mail", "--zip"], "邮件草稿1封中的填报表已更新，旧件移至outgoing/旧版；新件已生成。"),
        (
            ["--mail"],
            "邮件草稿1封、压缩包1个中的填报表已更新，旧件移至outgoing/旧版；需要重新生成的，加上--zip。",
        ),
        (["--zip"], "邮件草稿1封中的填报表已更新，旧件移至outgoing/旧版；需要重新生成的，加上--mail。"),
    ],
)
def test_what_was_made_anew_just_now_is_not_asked_for_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    campaign = campaign_in(tmp_path, AGENCIES[:2])
    said(capsys, "distribute", str(tmp_path), "--mail", "--zip")
    use_roster(campaign, (AGENCIES[0], AGENCIES[1]._replace(name="清河县档案局")))
    assert said(capsys, "distribute", str(tmp_path), *options)[1].splitlines()[-1] == f"有{words}"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--year", "2025", "--deadline", "明天"], "请写成2026-01-20这样"),
        (["--year", "2025", "--deadline", "2026-02-30"], "不是日期"),
        (["--year", "2025", "--deadline", "2020-01-01"], "早于报告年度"),
        (["--year", "2025", "--deadline", "2062-01-20"], "请核对年份"),
        (["--year", "1999"], "没有适用于1999年度的模板包"),
        (["--year", "2100"], "适用于2021–2099年度，不适用于2100年度"),
        (["--year", "2025", "--issuer", " "], "--issuer的值不对：是空的"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    status, printed = said(capsys, "new", str(tmp_path / "c"), "--issuer", ISSUER, *options)
    assert (status, words in printed, len(printed.splitlines())) == (2, True, 1)
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("deadline", ["2026-1-20", "2026年1月20日", "2026/01/20"])
def test_a_deadline_is_read_as_people_write_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], deadline: str
) -> None:
    root = str(tmp_path / "c")
    assert said(capsys, "new", root, "--issuer", ISSUER, "--year", "2025", "--deadline", deadline)[0] == 0
    assert open_campaign_folder(root).settings().agency_deadline == date(2026, 1, 20)


def test_reminders_go_to_those_who_owe_something(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    said(capsys, "distribute", str(campaign.root))
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "b.xlsx", completed(pack, AGENCIES[2], FAULTY))
    said(capsys, "collect", str(campaign.root))
    status, printed = said(capsys, "status", str(campaign.root), "--remind")
    assert (status, "催报邮件草稿3封" in printed) == (0, True)
    (folder,) = (campaign.root / "reminders").iterdir()
    drafts = {
        path.stem: message_from_bytes(path.read_bytes(), policy=default) for path in folder.rglob("*.eml")
    }
    assert not any("档案馆" in name for name in drafts)
    (attached,) = next(mail for name, mail in drafts.items() if "民政局" in name).iter_attachments()
    assert attached.get_filename().endswith("-第1次-需修改.xlsx")
    text = (folder / "群通知.txt").read_text("utf-8-sig")
    assert "清河县信访局" in text
    assert "清河县档案馆" not in text


@pytest.mark.parametrize("name", ["status.html", "status.xlsx"])
def test_a_file_of_the_status_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    campaign = campaign_in(tmp_path / "c")
    (campaign.root / name).mkdir()
    status, printed = said(capsys, "status", str(campaign.root))
    assert (status, f"{name}是文件夹" in printed) == (2, True)
    (campaign.root / name).rmdir()
    assert said(capsys, "status", str(campaign.root))[0] == 0


def test_the_coordinators_word_and_the_record_of_it(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    root = str(campaign.root)
    assert said(capsys, "log", root) == (0, "还没有工作记录。\n")
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    said(capsys, "collect", root)
    for wrong in ([], ["--accept", "--return", "x"], ["--return", " "]):
        assert said(capsys, "review", root, "02", *wrong)[0] == 2
    assert said(capsys, "review", root, "气象局", "--accept")[0] == 2
    status, printed = said(capsys, "review", root, "档案馆", "--return", "请补充", "--by", "王芳")
    assert (status, "审核退回：清河县档案馆，第1次" in printed) == (0, True)
    status, printed = said(capsys, "review", root, "清河县档案馆", "--accept", "--by", "王芳")
    assert (status, "审核通过：清河县档案馆，第1次" in printed) == (0, True)
    status, printed = said(capsys, "log", root, "--of", "02")
    assert status == 0
    assert [line.split()[2] for line in printed.splitlines() if "清河县档案馆" in line] == [
        "报送",
        "审核退回",
        "审核通过",
    ]
    handed_in = next(line for line in printed.splitlines() if "报送 " in line)
    assert "inbox/a.xlsx" in handed_in
    assert "reports/县政府办/清河县档案馆" in handed_in
    assert said(capsys, "log", root, "--of", "03")[1] == "还没有工作记录。\n"
    drop(campaign, "b.xlsx", completed(pack, AGENCIES[2], FAULTY))
    said(capsys, "collect", root)
    for language, words in (("zh", "有错误"), ("en", "with errors")):
        assert words in said(capsys, "log", root, "--of", "03", "--lang", language)[1]


EXCHANGED = (AGENCIES[0], AGENCIES[1]._replace(code="03"), AGENCIES[2]._replace(code="02"), AGENCIES[3])


@pytest.mark.parametrize(
    "command",
    [["collect"], ["distribute"], ["review", "03", "--accept"], ["close"]],
    ids=lambda said: said[0],
)
def test_codes_that_changed_are_said_by_the_command_that_records_them(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    root = str(campaign.root)
    for agency in AGENCIES[1:3]:
        drop(campaign, f"{agency.code}.xlsx", completed(pack, agency))
    said(capsys, "collect", root)
    use_roster(campaign, EXCHANGED)
    status, printed = said(capsys, command[0], root, *command[1:])
    assert status == 0
    for name, former, now in (("清河县档案馆", "02", "03"), ("清河县民政局", "03", "02")):
        assert printed.count(f"“{name}”的编码原为{former}，名册中现为{now}") == 1
    assert "的编码原为" not in said(capsys, "status", root)[1]
    printed = said(capsys, "log", root)[1]
    assert "原为清河县档案馆（02），现为清河县档案馆（03）" in printed
    if command == ["close"]:
        assert printed.index("编码变更") < printed.index("封存")
        assert said(capsys, "verify", root)[0] == 0


def test_whatever_prints_an_error_ends_with_one(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    root = str(campaign.root)
    for agency in AGENCIES:
        drop(campaign, f"{agency.code}.xlsx", completed(pack, agency))
    assert said(capsys, "collect", root)[0] == 0
    use_roster(campaign, AGENCIES[:3])
    for command in (["status"], ["collect"], ["distribute"], ["review", "02", "--accept"], ["rollup"]):
        status, printed = said(capsys, command[0], root, *command[1:])
        assert (status, "名册中没有“清河县信访局”" in printed) == (1, True)
    use_roster(campaign, AGENCIES)
    for command in (["status"], ["collect"], ["review", "03", "--accept"], ["log"]):
        assert said(capsys, command[0], root, *command[1:])[0] == 0
    first = table_path(table_names(campaign.store)[0])
    campaign.store.write(first, b"")
    for command in (["status"], ["collect"], ["review", "02", "--accept"], ["log"]):
        status, printed = said(capsys, command[0], root, *command[1:])
        assert (status, f"{first}已损坏" in printed) == (1, True)
    assert said(capsys, "rebuild", root)[0] == 2
    assert said(capsys, "rebuild", root, "--without-damaged")[0] == 1
    assert said(capsys, "close", root)[0] == 1


def test_a_campaign_is_closed_verified_and_opened_again(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    root = str(campaign.root)
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    said(capsys, "collect", root)
    assert said(capsys, "verify", root)[0] == 2
    status, printed = said(capsys, "close", root, "--by", "王芳")
    assert (status, "已封存" in printed) == (0, True)
    assert f"以下单位在封存时没有完成报送：{ISSUER}、清河县民政局、清河县信访局" in printed
    for refused in (["collect"], ["distribute"], ["rollup"], ["review", "02", "--accept"], ["close"]):
        status, printed = said(capsys, refused[0], root, *refused[1:])
        assert (status, "已经封存" in printed, len(printed.splitlines())) == (2, True, 1)
    assert "不再生成文件" in said(capsys, "status", root)[1]
    status, printed = said(capsys, "verify", root)
    assert (status, "与封存时" in printed) == (0, True)
    (campaign.root / "roster.xlsx").write_bytes(b"changed")
    status, printed = said(capsys, "verify", root)
    assert (status, "有改动：roster.xlsx" in printed) == (1, True)
    assert said(capsys, "close", root, "--reopen", "")[0] == 2
    assert said(capsys, "close", root, "--reopen", "名册有误")[0] == 0
    assert "启封" in said(capsys, "log", root)[1]


def test_this_year_is_compared_with_last_year(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    last, campaign = campaign_in(tmp_path / "2022", year=2022), campaign_in(tmp_path / "2023")
    issued, in_force = "proactive.normative_documents.issued", "proactive.normative_documents.in_force"
    for folder, year, figures in (
        (last, 2022, {in_force: 10, "proactive.licensing.decisions": 20}),
        (campaign, 2023, {issued: 2, in_force: 11, "proactive.licensing.decisions": 900}),
    ):
        drop(folder, "a.xlsx", completed(pack, AGENCIES[1], figures, year=year))
        taken(folder)
    status, printed = said(capsys, "compare", str(campaign.root), "--last", str(last.root))
    assert status == 0
    assert "本年度填报11，与上年度报告衔接应为12，相差1" in printed
    assert (
        "This year says 11, last year's report gives 12"
        in said(capsys, "compare", str(campaign.root), "--last", str(last.root), "--lang", "en")[1]
    )
    assert [path.name for path in sorted((campaign.root / "rollup").iterdir())] == [
        "与上年对比.html",
        "与上年对比.xlsx",
    ]
    jump = next(line.split() for line in printed.splitlines() if "本年处理决定数量" in line)
    assert jump[-2:] == ["20", "900"]


def test_a_list_says_who_is_added_up(tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]) -> None:
    campaign = campaign_in(tmp_path / "c")
    for agency in AGENCIES[:3]:
        drop(campaign, f"{agency.code}.xlsx", completed(pack, agency))
    taken(campaign)
    names = tmp_path / "名单.txt"
    names.write_bytes("02\r\n清河县民政局\r\n\r\n".encode("gb18030"))
    status, printed = said(capsys, "rollup", str(campaign.root), "--list", str(names))
    assert (status, "已汇总2个单位，缺0个" in printed) == (1, True)
    assert any("（指定名单）" in path.name for path in (campaign.root / "rollup").iterdir())
    names.write_text("清河县气象局", "utf-8")
    status, printed = said(capsys, "rollup", str(campaign.root), "--list", str(names))
    assert (status, "名册中没有“清河县气象局”" in printed) == (2, True)
    use_roster(campaign, (*AGENCIES[:3], AGENCIES[3]._replace(is_closed=True)))
    names.write_text(AGENCIES[3].code, "utf-8")
    status, printed = said(capsys, "rollup", str(campaign.root), "--list", str(names))
    assert (status, "已撤销，不再填报" in printed) == (2, True)


def test_an_agency_is_named_with_what_became_of_it_or_what_is_like_it(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[3]))
    taken(campaign)
    use_roster(campaign, (*AGENCIES[:3], AGENCIES[3]._replace(is_closed=True, successor="03")))
    root = str(campaign.root)
    status, printed = said(capsys, "review", root, "清河县信访局", "--accept")
    assert (status, "“清河县信访局”已并入“清河县民政局”，不再填报" in printed) == (2, True)
    assert said(capsys, "log", root, "--of", "清河县信访局")[1].count("报送 ") == 1
    status, printed = said(capsys, "review", root, "清河县民正局", "--accept")
    assert (status, "名册中没有“清河县民正局”，是不是“清河县民政局”" in printed) == (2, True)


def test_a_roll_up_that_somebody_worked_on_is_kept(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c", AGENCIES[:1])
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[0]))
    taken(campaign)
    said(capsys, "rollup", str(campaign.root))
    workbook = campaign.root / "rollup" / f"{ISSUER}2023年汇总填报表.xlsx"
    workbook.write_bytes(b"narrative written")
    status, printed = said(capsys, "rollup", str(campaign.root))
    assert (status, "原来的保留为" in printed) == (0, True)
    assert (workbook.parent / "旧版" / workbook.name).read_bytes() == b"narrative written"


def test_a_password_is_typed_once_and_never_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    campaign = campaign_in(tmp_path / "c")
    root = str(campaign.root)
    monkeypatch.setattr(sys, "stdin", StringIO("\n"))
    assert said(capsys, "password", root)[0] == 2
    monkeypatch.setattr(sys, "stdin", StringIO("密码123\n"))
    status, printed = said(capsys, "password", root)
    assert (status, "密码123" in printed) == (0, False)
    said(capsys, "distribute", root)
    workbook = next((campaign.root / "outgoing").rglob("*.xlsx"))
    assert is_locked(workbook.read_bytes())
    assert said(capsys, "password", root, "--remove")[0] == 0
    said(capsys, "distribute", root)
    assert not is_locked(workbook.read_bytes())


def test_what_comes_into_the_inbox_is_taken_in_as_it_comes(tmp_path: Path, pack: Pack) -> None:
    campaign = campaign_in(tmp_path / "c")
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    command = [
        sys.executable,
        "-m",
        "reportfill",
        "campaign",
        "collect",
        str(campaign.root),
        "--watch",
        "--jobs",
        "1",
    ]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "REPORTFILL_LANG": "zh"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding=PRINTED, env=environment
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert "正在监视" in next(lines)
        assert next(lines).startswith("√ 清河县档案馆，第1次")
        drop(campaign, "县直/b.xlsx", completed(pack, AGENCIES[2], FAULTY))
        assert next(lines).startswith("× 清河县民政局，第1次")
        process.send_signal(signal.SIGINT)
        *reasons, last = lines
        assert any("表三!D7" in reason for reason in reasons)
        assert "共接收2个文件" in last
        assert process.wait(20) == 0
    assert (campaign.root / "status.html").is_file()


def test_a_folder_that_is_no_campaign_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("distribute", "collect", "status"):
        status, printed = said(capsys, command, str(tmp_path))
        assert status == 2
        assert len(printed.splitlines()) == 1
    status, printed = said(capsys, "new", str(tmp_path / "c"), "--year", "1850", "--issuer", ISSUER)
    assert status == 2


def test_collect_says_why_a_workbook_was_refused(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path, AGENCIES[:2])
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1], FAULTY))
    status, printed = said(capsys, "collect", str(tmp_path))
    assert status == 1
    lines = printed.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("× 清河县档案馆，第1次：错误"))
    assert "returned/" in lines[at]
    assert lines[at + 1].startswith("    表三!")


def accepted_of(root: Path) -> list[tuple[str, str]]:
    """Who was accepted by whom, as the journal has it."""
    tables = (path.read_text("utf-8-sig") for path in sorted((root / "log").glob("*.csv")))
    rows = [row for table in tables for row in csv.reader(StringIO(table))]
    return [(row[3], row[8]) for row in rows if row[1] == "审核通过"]


def test_all_sound_reports_are_accepted_at_once(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path)
    for number, figures in ((0, None), (1, None), (2, FAULTY)):
        drop(campaign, f"{number}.xlsx", completed(pack, AGENCIES[number], figures))
    said(capsys, "collect", str(tmp_path))
    status, printed = said(
        capsys, "review", str(tmp_path), "--accept", "--under", "01", "--all-sound", "--by", "王芳"
    )
    assert status == 0
    assert "审核通过2个单位，未变动2个。" in printed
    assert "有错误：清河县民政局" in printed
    assert "未报送：清河县信访局" in printed
    assert accepted_of(tmp_path) == [(ISSUER, "王芳"), ("清河县档案馆", "王芳")]
    again = said(capsys, "review", str(tmp_path), "--accept", "--all-sound")[1]
    assert "审核通过0个单位，未变动4个。" in again
    assert f"已审核通过：{ISSUER}、清河县档案馆" in again
    assert len(accepted_of(tmp_path)) == 2
    with campaign.read_ledger() as ledger:
        assert {one.code for one in ledger.reviews()} == {"01", "02"}


def test_only_those_below_an_agency_are_accepted_where_one_is_named(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path)
    for number in range(3):
        drop(campaign, f"{number}.xlsx", completed(pack, AGENCIES[number]))
    said(capsys, "collect", str(tmp_path))
    report = next((tmp_path / "reports").rglob("*档案馆*.docx"))
    report.unlink()
    assert (
        "审核通过1个单位，未变动0个。"
        in said(capsys, "review", str(tmp_path), "--accept", "--under", "02")[1]
    )
    assert report.is_file(), "a report that is gone is made once more"
    assert "审核通过2个单位" in said(capsys, "review", str(tmp_path), "--accept", "--all-sound")[1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--all-sound", "--return", "不行"], "只能与--accept一起用"),
        (["02", "--accept", "--all-sound"], "就不要再写--all-sound"),
        (["02", "--accept", "--under", "01"], "就不要再写--all-sound"),
        (["--accept"], "请写明单位，或者写--all-sound"),
        (["--all-sound"], "二者选一"),
        (["--accept", "--under", "不在"], "名册中没有“不在”"),
    ],
)
def test_what_cannot_be_meant_by_a_review_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    campaign_in(tmp_path)
    status, printed = said(capsys, "review", str(tmp_path), *options)
    assert (status, words in printed) == (2, True), printed


def test_more_time_is_given_shown_on_record_and_taken_back(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign_in(tmp_path)
    given = ["--until", "2024-02-10", "--why", "机构改革", "--by", "王芳"]
    status, printed = said(capsys, "extend", str(tmp_path), "02", "民政局", *given)
    assert (status, printed) == (0, "延期至2024-02-10（2个）：清河县档案馆、清河县民政局\n")
    shown = said(capsys, "status", str(tmp_path), "--remind")[1]
    assert "延期：清河县档案馆（2024-02-10）、清河县民政局（2024-02-10）" in shown
    log = said(capsys, "log", str(tmp_path), "--of", "02")[1]
    assert all(word in log for word in ("延期", "2024-02-10", "机构改革", "王芳"))
    taken_back = said(capsys, "extend", str(tmp_path), "--under", "01", "--until", "2024-01-31")[1]
    assert taken_back == "已取消延期（2个）：清河县档案馆、清河县民政局\n"
    assert "延期" not in said(capsys, "status", str(tmp_path))[1]
    assert "没有改动" in said(capsys, "extend", str(tmp_path), "02", "--until", "2024-01-31")[1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["02"], "缺少选项--until"),
        (["--until", "2024-02-10"], "请写明单位；或者写--under 单位编码"),
        (["不在", "--until", "2024-02-10"], "名册中没有“不在”"),
        (["02", "--until", "2月10日"], "请写成2024-01-20这样"),
        (["02", "--until", "2020-02-10"], "早于报告年度2023年"),
        (["02", "--until", "2042-02-10"], "晚于报告年度2023年10年以上，请核对年份"),
        (["02", "--until", "2024-01-20"], "早于报送截止日期2024-01-31，请写以后的日期"),
    ],
)
def test_what_cannot_be_meant_by_an_extension_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    campaign_in(tmp_path)
    status, printed = said(capsys, "extend", str(tmp_path), *options)
    assert (status, words in printed) == (2, True), printed


@pytest.mark.parametrize(
    ("address", "has_map"),
    [("https://www.example.gov.cn/nb/", True), ("https://www.example.gov.cn/nb", False)],
)
def test_without_the_address_of_its_folder_a_site_has_no_map_and_why_is_said(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str], address: str, has_map: bool
) -> None:
    folder, site = tmp_path / "2023", tmp_path / "site"
    campaign = campaign_in(folder, AGENCIES[:1])
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[0]))
    taken(campaign)
    assert said(capsys, "review", str(folder), "--accept", "--all-sound", "--by", "王芳")[0] == 0
    settings = folder / "campaign.toml"
    said_before = settings.read_text(encoding="utf-8")
    settings.write_text(said_before.replace("[publish]", f'[publish]\nUrl = "{address}"'), encoding="utf-8")
    status, printed = said(capsys, "publish", str(folder), "-o", str(site), "--jobs", "1")
    assert status == 0
    assert (site / "sitemap.xml").exists() == has_map
    assert ("以/结尾；没有生成sitemap.xml" in printed) != has_map
    assert "没有写明SiteName" in printed
