"""reportfill fill: a completed workbook goes in, the official Word report comes out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from killed_at import reportfill_killed_at
from places import ROOT, SAMPLES, deep

REPORT = "卫辉市信访局2023年政府信息公开工作年度报告.docx"


@pytest.fixture
def weihui_workbook(tmp_path: Path) -> Path:
    """The Weihui sample in a folder of its own."""
    return Path(shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", tmp_path / "填报表.xlsx"))


def test_a_sound_workbook_gives_its_report_beside_it(
    reportfill: Callable[..., Any], weihui_workbook: Path
) -> None:
    run = reportfill("fill", weihui_workbook)
    report = weihui_workbook.with_name(REPORT)
    assert (run.status, run.err) == (0, "")
    assert str(report) in run.out
    assert docx.Document(str(report)).core_properties.title == REPORT.removesuffix(".docx")


def test_the_report_goes_into_the_folder_or_file_that_is_named(
    reportfill: Callable[..., Any], weihui_workbook: Path, tmp_path: Path
) -> None:
    assert reportfill("fill", weihui_workbook, "-o", tmp_path / "报告").status == 0
    assert (tmp_path / "报告" / REPORT).is_file()
    assert reportfill("fill", weihui_workbook, "-o", tmp_path / "a.docx").status == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "报告" / REPORT).read_bytes()


def test_a_workbook_with_errors_gives_no_report_but_the_cells_to_correct(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    workbook = Path(shutil.copy(SAMPLES / "hongze-2023.xlsx", tmp_path))
    run = reportfill("fill", workbook)
    assert run.status == 1
    assert {path.name for path in tmp_path.iterdir()} == {"hongze-2023.xlsx", "hongze-2023-需修改.xlsx"}
    assert "hongze-2023-需修改.xlsx" in run.out
    assert "表四!E6" in run.out
    assert "表四!O6" in run.out


def test_a_draft_is_printed_in_spite_of_errors_and_says_so(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    sample = SAMPLES / "typical-mistakes-2023.xlsx"
    run = reportfill("fill", sample, "--draft", "-o", tmp_path, "--returned", tmp_path / "returned")
    drafts = list(tmp_path.glob("*.docx"))
    assert [path.name for path in (tmp_path / "returned").iterdir()] == ["typical-mistakes-2023-需修改.xlsx"]
    assert run.status == 1
    assert [path.name for path in drafts] == ["洪泽区人民政府2023年政府信息公开工作年度报告（草稿）.docx"]
    assert "草稿" in docx.Document(str(drafts[0])).sections[0].header.paragraphs[0].text


def test_data_from_another_system_give_the_same_report_as_the_workbook(
    reportfill: Callable[..., Any], weihui_workbook: Path, tmp_path: Path
) -> None:
    reportfill("fill", weihui_workbook, "-o", tmp_path / "one.docx")
    assert reportfill("fill", ROOT / "tests/data/weihui-2023.json", "-o", tmp_path / "two.docx").status == 0
    texts = [
        [p.text for p in docx.Document(str(tmp_path / name)).paragraphs] for name in ("one.docx", "two.docx")
    ]
    assert texts[0] == texts[1]


def test_one_bad_file_never_stops_the_others(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    shutil.copytree(SAMPLES, inbox)
    (inbox / "a-broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (inbox / "~$weihui-xinfang-2023.xlsx").write_bytes(b"a lock file of Excel's")
    run = reportfill("fill", inbox, "-o", tmp_path / "reports")
    assert run.status == 2
    assert sorted(path.name[:3] for path in (tmp_path / "reports").iterdir()) == [
        "卫辉市",
        "某大学",
        "洪泽区",
        "清河县",
        "重庆市",
        "重庆市",
    ]
    assert run.out.count("没有生成报告") == 6
    assert "共12个文件：生成报告6份，有错误5份，无法使用1个。" in run.out
    english = reportfill("fill", inbox, "-o", tmp_path / "again", "--lang", "en").out
    assert "hongze-2023.xlsx  (2 errors, 0 warnings, 1 note)" in english
    marked = sorted(inbox.glob("*-需修改.xlsx"))
    names = ", ".join(path.name for path in marked[:3])
    assert len(marked) == 5
    assert f"{len(marked)} ({names}…)" in reportfill("fill", *marked, "--lang", "en").err


def test_a_file_that_cannot_be_used_is_named_once(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    folder, gone = tmp_path / "folder.xlsx", tmp_path / "gone.xlsx"
    folder.mkdir()
    gone.symlink_to(tmp_path / "nowhere")
    told = reportfill("fill", tmp_path).err.splitlines()
    assert told == [f"这是文件夹，不是文件：{folder}", f"没有这个文件：{gone}"]


def test_an_existing_report_that_differs_is_kept_aside(
    reportfill: Callable[..., Any], weihui_workbook: Path
) -> None:
    report = weihui_workbook.with_name(REPORT)
    report.write_bytes(b"signed by the director")
    run = reportfill("fill", weihui_workbook)
    aside = report.with_name(REPORT.replace(".docx", " (1).docx"))
    assert aside.read_bytes() == b"signed by the director"
    assert aside.name in run.out
    assert report.read_bytes() != b"signed by the director"


def test_the_same_report_again_changes_nothing(reportfill: Callable[..., Any], weihui_workbook: Path) -> None:
    before = weihui_workbook.read_bytes()
    reportfill("fill", weihui_workbook)
    written = weihui_workbook.with_name(REPORT).stat()
    reportfill("fill", weihui_workbook)
    assert weihui_workbook.with_name(REPORT).stat().st_mtime_ns == written.st_mtime_ns
    assert sorted(path.name for path in weihui_workbook.parent.iterdir()) == sorted(
        [weihui_workbook.name, REPORT]
    )
    assert weihui_workbook.read_bytes() == before


def test_last_years_report_is_compared_when_it_is_named(
    reportfill: Callable[..., Any], weihui_workbook: Path, weihui: dict[str, Any], tmp_path: Path
) -> None:
    weihui["year"] = 2022
    weihui["requests"]["carried_forward"] |= {"natural_person": 2, "total": 2}
    (tmp_path / "2022.json").write_text(json.dumps(weihui, ensure_ascii=False), encoding="utf-8")
    run = reportfill("fill", weihui_workbook, "--last", tmp_path / "2022.json", "-o", tmp_path)
    assert run.status == 1
    assert "表三!D8" in run.out


@pytest.mark.parametrize("figure", [[5], {"a": 5}, True])
def test_last_years_data_with_another_thing_for_a_figure_are_refused(
    reportfill: Callable[..., Any],
    weihui_workbook: Path,
    weihui: dict[str, Any],
    tmp_path: Path,
    figure: object,
) -> None:
    weihui["year"] = 2022
    weihui["proactive"]["penalties"]["decisions"] = figure
    (tmp_path / "2022.json").write_text(json.dumps(weihui, ensure_ascii=False), encoding="utf-8")
    run = reportfill("fill", weihui_workbook, "--last", tmp_path / "2022.json", "-o", tmp_path / "报告")
    assert (run.status, (tmp_path / "报告").exists()) == (2, False)
    assert "行政处罚" in run.err


def test_blanks_count_as_zero_only_when_that_is_asked_for(
    reportfill: Callable[..., Any], tmp_path: Path, pack: Any, weihui: dict[str, Any]
) -> None:
    from reportfill import new_workbook

    del weihui["proactive"]["penalties"]
    workbook = tmp_path / "填报表.xlsx"
    workbook.write_bytes(new_workbook(pack, agency="卫辉市信访局", year=2023, data=weihui))
    assert reportfill("fill", workbook).status == 1
    assert reportfill("fill", workbook, "--blank-as-zero").status == 0


def test_ctrl_c_leaves_no_half_written_file(
    reportfill: Callable[..., Any], weihui_workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt))
    run = reportfill("fill", weihui_workbook)
    assert run.status == 130
    assert [path.name for path in weihui_workbook.parent.iterdir()] == [weihui_workbook.name]


def test_many_files_side_by_side_give_the_same_in_the_same_order(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(24):
        name = "hongze-2023.xlsx" if number % 5 == 3 else "weihui-xinfang-2023.xlsx"
        shutil.copy(SAMPLES / name, inbox / f"{number:02}.xlsx")
    (inbox / "11.xlsx").write_bytes(b"damaged")
    runs = {}
    for jobs in ("1", "2"):
        out = tmp_path / jobs
        runs[jobs] = reportfill("fill", inbox, "-o", out, "--returned", out, "--jobs", jobs)
    assert runs["1"].status == runs["2"].status == 2
    assert runs["1"].out.replace(str(tmp_path / "1"), "") == runs["2"].out.replace(str(tmp_path / "2"), "")
    contents = [{p.name: p.read_bytes() for p in (tmp_path / jobs).iterdir()} for jobs in ("1", "2")]
    assert contents[0] == contents[1]


def test_a_file_at_which_the_process_is_killed_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(20):
        shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", inbox / f"{number:02}.xlsx")
    fatal = Path(shutil.copy(SAMPLES / "hongze-2023-corrected.xlsx", inbox / "13.xlsx"))
    options = ["-o", str(tmp_path / "out"), "--jobs", "2"]
    run = reportfill_killed_at(
        fatal.read_bytes(), tmp_path / "hook", "--lang", "zh", "fill", str(inbox), *options
    )
    assert (run.returncode, "Traceback" in run.stderr) == (2, False), run.stderr
    assert f"没有生成报告：{fatal}" in run.stdout
    assert "处理这个文件的进程异常退出" in run.stdout
    assert "共20个文件：生成报告19份，有错误0份，无法使用1个。" in run.stdout


def test_in_a_deep_folder_a_marked_copy_keeps_its_name_and_what_excel_will_not_open_is_said(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    folder = deep(tmp_path, 200)
    folder.mkdir(parents=True)
    shutil.copy(SAMPLES / "hongze-2023.xlsx", folder)
    run = reportfill("--lang", "zh", "fill", folder)
    copy = folder / "hongze-2023-需修改.xlsx"
    assert copy.is_file()
    assert f"{copy}；路径有221个字符，Excel和Word可能打不开，请移到层次较少的文件夹" in run.out


def test_data_and_pictures_are_made_beside_the_report_and_the_data_give_it_again(
    reportfill: Callable[..., Any], weihui_workbook: Path, tmp_path: Path
) -> None:
    name, made = REPORT.removesuffix(".docx"), tmp_path / "made"
    assert (
        reportfill("fill", weihui_workbook, "--to", "docx,json,csv,xlsx,parquet,picture", "-o", made).status
        == 0
    )
    endings = (".docx", "（数据）.json", ".csv", "（数据）.xlsx", ".parquet", "（图解）.png", "（图解）.svg")
    assert {path.name for path in made.iterdir()} == {f"{name}{ending}" for ending in endings}
    assert reportfill("fill", made / f"{name}（数据）.json", "-o", tmp_path / "again").status == 0
    one, other = (docx.Document(str(folder / REPORT)) for folder in (made, tmp_path / "again"))
    assert one.element.xml == other.element.xml


def test_a_draft_with_errors_has_its_data_and_its_picture_too(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    for sample in sorted(SAMPLES.glob("typical-mistakes-*.xlsx")):
        workbook = Path(shutil.copy(sample, tmp_path))
        made = tmp_path / "made" / sample.stem
        run = reportfill(
            "fill", workbook, "--draft", "--to", "json,csv,xlsx,parquet,picture", "-o", f"{made}/"
        )
        assert (run.status, run.err) == (1, "")
        assert len(list(made.iterdir())) == 6


def test_kinds_that_powershell_made_arguments_of_are_not_taken_for_files(
    reportfill: Callable[..., Any], weihui_workbook: Path
) -> None:
    run = reportfill("fill", weihui_workbook, "--to", "docx", "html", "json")
    assert run.status == 2
    assert '--to "docx,html,json"' in run.err
    assert list(weihui_workbook.parent.iterdir()) == [weihui_workbook]
