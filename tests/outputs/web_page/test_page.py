"""The page of a pack whose report.html a keeper has adapted, or broken."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from places import PACK_FOLDER
from web_pages import body_of

from reportfill import PackError, Submission, load_pack
from reportfill.errors import ReportfillError
from reportfill.outputs.html import html_files
from reportfill.outputs.material import Material
from reportfill.pack.pack import PAGE
from reportfill.trials.trial import all_problems

PAGE_TEXT = (PACK_FOLDER / PAGE).read_text("utf-8")
FIRST_TAG = "<p>{{ paragraph }}</p>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack, of which a keeper may change something."""
    return Path(shutil.copytree(PACK_FOLDER, tmp_path / "annual-report-2021"))


def page_of(folder: Path, data: dict[str, Any]) -> bytes:
    """The page of the pack in a folder."""
    return html_files(Material(Submission.from_data(load_pack(folder), data), b""))[".html"]


def test_what_a_keeper_adds_is_on_every_page(folder: Path, weihui: dict[str, Any]) -> None:
    (folder / PAGE).write_text(PAGE_TEXT.replace("</h1>", "</h1><p>{{ year }}年度</p>"), encoding="utf-8-sig")
    assert all_problems(folder) == []
    assert body_of(page_of(folder, weihui)).find("p").text == "2023年度"


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("{{ agency.name }}", "<i>&'\""),
        ("{{ '<b>' }}", "<b>"),
        ("{{ '<b>' ~ agency.name }}", "<b><i>&'\""),
        ("{{ agency.name | e | upper | trim }}", "<I>&'\""),
        ("{{ [agency.name, '<'] | join('&') }}", "<i>&'\"&<"),
        ("{{ agency.name.replace('i', '<script>') }}", "<<script>>&'\""),
        ("{% set text = agency.name %}{{ text if year else '' }}", "<i>&'\""),
    ],
)
def test_whatever_a_tag_gives_is_text_and_no_markup(
    folder: Path, weihui: dict[str, Any], tag: str, shown: str
) -> None:
    (folder / PAGE).write_text(PAGE_TEXT.replace("</h1>", f"</h1><p>{tag}</p>"), encoding="utf-8")
    body = body_of(page_of(folder, weihui | {"agency": {"name": "<i>&'\""}}))
    assert body.find("p").text == shown
    assert not len(body.find("p"))


def test_without_a_page_of_its_own_a_pack_has_the_drafted_one(folder: Path, weihui: dict[str, Any]) -> None:
    shipped = page_of(PACK_FOLDER, weihui)
    (folder / PAGE).unlink()
    assert page_of(folder, weihui) == shipped


@pytest.mark.parametrize(
    "content",
    [
        PAGE_TEXT.replace(FIRST_TAG, "<p>{{ nonsense }}</p>").encode(),
        PAGE_TEXT.replace(FIRST_TAG, "<p title={{ paragraph }}>{{ paragraph }}</p>").encode(),
        PAGE_TEXT.replace(FIRST_TAG, "<script>'{{ paragraph }}'</script>").encode(),
        PAGE_TEXT.replace(FIRST_TAG, "<p>{% if %}</p>").encode(),
        PAGE_TEXT.encode("gbk"),
        b"",
        b"\x00\xff",
        b"<html>",
        b"{{" * 5000,
        b"<p>" * 5000,
    ],
)
def test_a_page_that_is_broken_or_not_safe_is_refused_in_one_line(
    folder: Path, weihui: dict[str, Any], content: bytes
) -> None:
    (folder / PAGE).write_bytes(content)
    if not content:  # an empty file is none
        assert page_of(folder, weihui) == page_of(PACK_FOLDER, weihui)
        return
    with pytest.raises(PackError, match=r"report\.html") as caught:
        page_of(folder, weihui)
    assert len(caught.value.english.splitlines()) == 1


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("<p>{{ paragraph + 1 }}</p>", "it reckons with something that is no number"),
        ("<p>{{ 'a' * 2000000000 }}{{ paragraph }}</p>", "it reckons with something that is no number"),
        ("<p>{{ paragraph.__class__ }}</p>", "has no parts, and no __class__"),
        ("<p>{{ preamble }}</p>", "is a list of paragraphs"),
        ("<p>{{ 1 // 0 }}{{ paragraph }}</p>", "divides by 0"),
    ],
)
def test_a_tag_that_cannot_be_worked_out_is_named_with_its_line(
    folder: Path, weihui: dict[str, Any], instead: str, said: str
) -> None:
    (folder / PAGE).write_text(PAGE_TEXT.replace(FIRST_TAG, instead, 1), encoding="utf-8")
    line = PAGE_TEXT[: PAGE_TEXT.index(FIRST_TAG)].count("\n") + 1
    with pytest.raises(ReportfillError, match=f"report.html line {line}: .*({said})"):
        page_of(folder, weihui | {"preamble": ["根据规定，编制本报告。"]})
    assert any(f"report.html line {line}: " in str(one) for one in all_problems(folder))
