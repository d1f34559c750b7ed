"""Pages as others judge them: valid HTML, no fault that axe finds, and a page that shows what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Browser
from new_pack import word_forms
from page_judges import accessibility_problems, page_problems
from places import ROOT, SAMPLES

from reportfill import Submission, load_pack, read_workbook, render
from reportfill.new_pack.making import PackIdentity, pack_of_form
from reportfill.outputs.html import html_files
from reportfill.outputs.material import Material
from reportfill.outputs.publication import Publication
from reportfill.pack.pack import pack_from
from reportfill.trials.sample_data import answers_of, sample_data

PACKS = sorted(path.parent for path in ROOT.glob("templates/*/schema.json"))
SOUND = [path for path in sorted(SAMPLES.glob("*.xlsx")) if not path.name.startswith("typical")]
SITE, COLUMN = ("某市", "www.x.gov.cn", "4107810001"), ("年报", "年度报告", "年报", "信息公开年报")
KNOWN = Publication(*SITE, *COLUMN, "2024-01-20 09:30")
OF_DRAFTS = "empty-table-header"
"""Where nothing is filled in, rows have no names."""


def prints(folder: Path) -> Iterator[tuple[str, Material]]:
    """What can come of a pack: everything filled in, with every answer, the least, long texts, a draft of nothing."""
    pack = load_pack(folder)
    datas = {
        f"answer-{number}": sample_data(pack, answers=one) for number, one in enumerate(answers_of(pack))
    }
    datas |= {"least": sample_data(pack, only_required=True), "long": sample_data(pack, long=True)}
    for name, data in datas.items():
        yield name, Material(Submission.from_data(pack, data), b"", publication=KNOWN)
    yield "draft", Material(Submission.from_data(pack, {}), b"", is_draft=True)


def written(folder: Path, name: str, material: Material) -> Path:
    """A page as a file."""
    place = folder / f"{name}.html"
    place.write_bytes(html_files(material)[".html"])
    return place


def test_every_page_of_the_packs_and_samples_is_valid(tmp_path: Path) -> None:
    pages = [written(tmp_path, f"{pack.name}-{name}", made) for pack in PACKS for name, made in prints(pack)]
    for sample in SOUND:
        submission = read_workbook(sample)
        pages.append(written(tmp_path, sample.stem, Material(submission, render(submission))))
    assert page_problems(*pages) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<!DOCTYPE html><html lang=zh><title>x</title><p><table></p>", "utf-8")
    assert page_problems(tmp_path / "x.html") != []


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_axe_finds_nothing_against_any_page(chromium: Browser, folder: Path, tmp_path: Path) -> None:
    for name, material in prints(folder):
        found = accessibility_problems(chromium, written(tmp_path, name, material))
        assert [one for one in found if one[0] != OF_DRAFTS or not material.is_draft] == [], name


def test_axe_finds_what_is_wrong(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<!DOCTYPE html><title>x</title><img src=data:,x>", "utf-8")
    found = {rule for rule, _ in accessibility_problems(chromium, tmp_path / "x.html")}
    assert {"html-has-lang", "image-alt"} <= found


FORMS = (word_forms.evaluation, word_forms.questionnaire, word_forms.law_enforcement, word_forms.quarterly)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_the_page_of_a_form_that_became_a_pack_is_valid_and_accessible(
    chromium: Browser, form: Callable[[], bytes], tmp_path: Path
) -> None:
    made = pack_of_form(form(), PackIdentity("form", "", "2021"), "表.docx")
    pack = pack_from(made.files)
    material = Material(Submission.from_data(pack, sample_data(pack)), b"")
    page = written(tmp_path, "form", material)
    assert page_problems(page) == []
    assert accessibility_problems(chromium, page) == []
