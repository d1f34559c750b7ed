"""reportfill pack: list, show, check, new, export."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from new_pack.word_forms import assets
from pack.small_pack import small_pack
from places import PACK_FOLDER

from reportfill import load_pack


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder holds no pack."""
    monkeypatch.chdir(tmp_path)


def test_list_names_every_pack_and_where_it_was_looked_for(reportfill: Callable[..., Any]) -> None:
    run = reportfill("pack", "list")
    assert run.status == 0
    assert "annual-report-2021" in run.out
    assert "templates" in run.out


def test_show_lists_every_field_rule_and_wording(reportfill: Callable[..., Any]) -> None:
    run = reportfill("pack", "show", "2023")
    pack = load_pack("annual-report-2021")
    assert run.status == 0
    for name in [*pack.fields, *(b.id for b in pack.rules.balances), *(m.id for m in pack.rules.mentions)]:
        assert name in run.out


def test_check_says_that_the_shipped_pack_is_sound(reportfill: Callable[..., Any]) -> None:
    assert reportfill("pack", "check", "annual-report-2021").status == 0


def test_check_names_problems_on_stderr_and_ends_with_status_1(reportfill: Callable[..., Any]) -> None:
    reportfill("pack", "new", "other")
    Path("templates/other/intake.xlsx").write_bytes(b"")
    run = reportfill("pack", "check", "other")
    assert run.status == 1
    assert "intake.xlsx" in run.err


def test_new_makes_a_pack_of_its_own_that_is_found_by_its_id(reportfill: Callable[..., Any]) -> None:
    assert reportfill("pack", "new", "other").status == 0
    assert load_pack("other").id == "other"
    assert reportfill("pack", "new", "other").status == 2


def test_export_copies_a_pack_as_it_is(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    assert reportfill("pack", "export", "2023", "-o", tmp_path / "out").status == 0
    for original in PACK_FOLDER.glob("[!.]*"):  # LibreOffice may have one of them open for another test
        assert (tmp_path / "out" / "annual-report-2021" / original.name).read_bytes() == original.read_bytes()


def test_new_from_a_form_says_what_was_found_and_where_to_look(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    form = tmp_path / "资产.docx"
    form.write_bytes(assets())
    run = reportfill("pack", "new", "assets", "--from", form, "--title", "资产表", "--years", "2019-2020")
    assert run.status == 0
    assert "栏目23个" in run.out
    assert "README.md" in run.out
    manifest = load_pack("assets").manifest
    assert (manifest.title, manifest.years) == ("资产表", "2019–2020")


def test_new_takes_a_folder_of_any_name_with_an_id(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "检查情况"
    assert reportfill("pack", "new", folder, "--blank").status == 2
    assert reportfill("pack", "new", folder, "--blank", "--id", "checks").status == 0
    assert load_pack(folder).id == "checks"


def test_new_copies_a_pack_with_another_title_and_other_years(reportfill: Callable[..., Any]) -> None:
    assert reportfill("pack", "new", "other", "--title", "工作情况报告", "--years", "2030").status == 0
    manifest = load_pack("other").manifest
    assert (manifest.title, manifest.years) == ("工作情况报告", "2030–")
    assert manifest.report_name.endswith("年工作情况报告")


@pytest.mark.parametrize("years", ["2025至2026", "2026-2025", "明年"])
def test_years_that_are_none_are_refused(reportfill: Callable[..., Any], years: str) -> None:
    for source in ((), ("--blank",)):
        run = reportfill("pack", "new", "other", "--years", years, *source)
        assert run.status == 2
        assert years in run.err
    assert not Path("templates").exists()


def test_new_asks_at_a_terminal_for_title_and_years(
    reportfill: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("工作情况报告\n2019-2020\n"))
    assert reportfill("pack", "new", "other").status == 0
    manifest = load_pack("other").manifest
    assert (manifest.title, manifest.years) == ("工作情况报告", "2019–2020")


def test_a_page_template_is_made_of_the_word_report_and_the_former_one_kept(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(PACK_FOLDER, tmp_path / "annual-report-2021"))
    shipped = (folder / "report.html").read_bytes()
    assert reportfill("pack", "html", folder).status == 0
    assert [path.name for path in folder.glob("report*.html")] == ["report.html"]
    (folder / "report.html").write_text("<p>mine</p>", encoding="utf-8")
    done = reportfill("pack", "html", folder)
    assert (folder / "report.html").read_bytes() == shipped
    (kept,) = [path for path in folder.glob("report*.html") if path.name != "report.html"]
    assert kept.read_text("utf-8") == "<p>mine</p>"
    assert kept.name in done.out


def test_a_copy_under_another_id_has_the_page_that_a_keeper_adapted_and_no_drafted_one(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    assert reportfill("pack", "new", "one", "--from", PACK_FOLDER).status == 0
    assert not (tmp_path / "templates" / "one" / "report.html").exists()
    adapted = Path(shutil.copytree(PACK_FOLDER, tmp_path / "annual-report-2021")) / "report.html"
    adapted.write_bytes(adapted.read_bytes() + b"<!-- mine -->\n")
    assert reportfill("pack", "new", "two", "--from", adapted.parent).status == 0
    assert (tmp_path / "templates" / "two" / "report.html").read_bytes() == adapted.read_bytes()
    assert reportfill("pack", "export", PACK_FOLDER, "-o", "out").status == 0
    assert (tmp_path / "out" / "annual-report-2021" / "report.html").is_file()


def test_numbers_that_word_makes_by_itself_are_named(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    def numbered(document: Any) -> None:
        document.add_paragraph("总体情况", style="List Number")

    folder = small_pack(tmp_path / "small", report=numbered)
    done = reportfill("pack", "html", folder)
    assert "有1段使用自动编号" in done.err
    assert "总体情况" in done.err
    assert "自动编号" not in reportfill("pack", "html", PACK_FOLDER, "-o", tmp_path / "x.html").err


def test_a_page_template_may_go_elsewhere(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    assert reportfill("pack", "html", PACK_FOLDER, "-o", tmp_path / "x.html").status == 0
    assert (tmp_path / "x.html").read_bytes() == (PACK_FOLDER / "report.html").read_bytes()
