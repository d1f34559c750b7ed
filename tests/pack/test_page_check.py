"""pack check of report.html: every field on it, every tag in its place, and nothing that runs or asks for anything."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import PACK_FOLDER, ROOT

from reportfill.pack.check import pack_problems
from reportfill.pack.pack import PAGE, Pack, load_pack
from reportfill.pack.page_check import page_problems

PAGE_TEXT = (PACK_FOLDER / PAGE).read_text("utf-8")
FIRST_TAG = "<p>{{ paragraph }}</p>"
LINE = PAGE_TEXT[: PAGE_TEXT.index(FIRST_TAG)].count("\n") + 1


def problems(pack: Pack, old: str, new: str) -> list[str]:
    """What is said of the page in which something stands instead."""
    assert old in PAGE_TEXT
    return [str(one) for one in page_problems(PAGE_TEXT.replace(old, new, 1).encode(), pack.fields)]


@pytest.mark.parametrize(
    "folder", sorted(ROOT.glob("templates/*/report.html")), ids=lambda path: path.parent.name
)
def test_the_pages_of_the_packs_are_sound(folder: Path) -> None:
    assert list(page_problems(folder.read_bytes(), load_pack(folder.parent).fields)) == []


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("<p>{{ paragraf }}</p>", "the schema has no field paragraf"),
        ("<p>{{ paragraph }</p>", "does not belong where it stands"),
        ("<p>{{ paragraph | shout }}</p>", "there is no filter shout"),
        ("<p>{{ overview.summary }}</p>", "is a list of paragraphs and needs a loop around it"),
        ("<p>{{p paragraph }}</p>", "that is for Word"),
        ("{%p if paragraph %}{{ paragraph }}{% endif %}", "that is for Word"),
        ("<p>{% if paragraph %}{{ paragraph }}</p>", "goes on or ends within another|is never closed"),
        ("<p>{% if paragraph %}</p>{{ paragraph }}{% endif %}", "goes on or ends within another"),
        ("<p>{% include 'x' %}{{ paragraph }}</p>", "there is no statement include"),
        ("<p>{{ paragraph }}", "<p> has no counterpart"),
        ("<p>{{ paragraph }}</b></p>", "</b> has no counterpart"),
        ("<p class={{ paragraph }}></p>", "quotation marks"),
        ("<p {{ paragraph }}></p>", "quotation marks"),
        ('<p style="color: {{ paragraph }}"></p>', "no tag may stand in style=…"),
        ('<p onclick="{{ paragraph }}"></p>', "no tag may stand in onclick=…"),
        ('<a href="{{ paragraph }}">x</a>', "a link needs a field of addresses"),
        ('<a href="x{{ paragraph }}">x</a>', "no tag may stand in href=…"),
        ("<!-- {{ paragraph }} -->", "a style or a comment"),
        ("<script>{{ paragraph }}</script>", "runs nothing and asks for nothing"),
        ('<img src="https://x.gov.cn/a.png" alt="">{{ paragraph }}', "runs nothing and asks for nothing"),
        ('<p onload="x()">{{ paragraph }}</p>', "runs nothing and asks for nothing"),
        ('<a href=" JavaScript:x()">{{ paragraph }}</a>', "runs nothing and asks for nothing"),
        ('<p style="background: url(x.png)">{{ paragraph }}</p>', "runs nothing and asks for nothing"),
        ("<p>{{ picture: seal }}</p>{{ paragraph }}", "in the alternative text of an image"),
        ('<img alt="{{ picture: seal }}">{{ paragraph }}', "cannot be repeated"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(pack: Pack, instead: str, said: str) -> None:
    found = problems(pack, FIRST_TAG, instead)
    assert any(re.search(said, one) for one in found), found
    assert any(one.startswith(f"report.html line {LINE}: ") for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ proactive.fees.amount }}", "0", "report.html: {{ proactive.fees.amount }} is printed nowhere"),
        ("<title>", "<title-x>", "it needs a title"),
        ("body { margin", "@import 'x.css'; body { margin", "url() or @import in a style"),
        ("body { margin", "body { color: {{ year }}; margin", "no tag may stand in a style or a comment"),
        ("{% for paragraph in preamble %}", "{% for loop in preamble %}", "loop has a meaning of its own"),
        ("{% for paragraph in preamble %}", "{% for paragraph in year %}", "cannot be looped over"),
        ("{% for paragraph in preamble %}", "{% if year %}{% for paragraph in preamble %}", "is never closed"),
        ("<h1>", "<h1>{ agency.name }", "agency.name stands between single braces"),
    ],
)  # fmt: skip
def test_so_is_what_is_wrong_elsewhere(pack: Pack, old: str, new: str, said: str) -> None:
    assert any(said in one for one in problems(pack, old, new)), problems(pack, old, new)


@pytest.mark.parametrize(
    "instead",
    [
        '<p title="{{ paragraph }}">{{ paragraph }}</p>',
        "{% set words = paragraph %}<p>{{ words }}</p>",
        "{# a remark for keepers #}<p>{{ paragraph }}</p>",
        '<p>{% if paragraph < "x" %}{{ paragraph }}{% endif %}</p>',
        '<p>{{ paragraph }}<br><img src="data:image/png;base64,AA==" alt=""></p>',
        '<p {% if paragraph %}class="x"{% endif %}>{{ paragraph }}</p>',
        "<p>{{ paragraph }}</p><style>@media print{a{color:#000}}</style>",
        '<a href="https://www.gov.cn/">{{ paragraph }}</a>',
    ],
)
def test_what_is_right_is_taken(pack: Pack, instead: str) -> None:
    assert problems(pack, FIRST_TAG, instead) == []


def test_a_link_may_lead_to_a_field_of_addresses() -> None:
    folder = ROOT / "templates" / "university-disclosure"
    page = (folder / PAGE).read_text("utf-8")
    linked = page.replace("{{ link.url }}", '<a href="{{ link.url }}">{{ link.url }}</a>')
    assert linked != page
    assert list(page_problems(linked.encode(), load_pack(folder).fields)) == []


def test_a_page_in_another_encoding_is_refused(pack: Pack) -> None:
    (found,) = page_problems(PAGE_TEXT.encode("gbk"), pack.fields)
    assert found.in_chinese == "report.html：不是UTF-8编码；请另存为UTF-8编码"


def test_the_line_is_said_in_chinese_too(pack: Pack) -> None:
    (found,) = page_problems(PAGE_TEXT.replace(FIRST_TAG, "<p>{{ x }}</p>", 1).encode(), pack.fields)
    assert found.in_chinese.startswith(f"report.html第{LINE}行：schema.json里没有x")


def test_pack_check_looks_at_the_page_that_is_there(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACK_FOLDER, tmp_path / "annual-report-2021"))
    (folder / PAGE).write_text(PAGE_TEXT.replace("{{ year", "{{ yeer", 1), encoding="utf-8")
    assert any("yeer" in str(one) for one in pack_problems(folder))
    (folder / PAGE).unlink()
    assert pack_problems(folder) == []


TAGS = ["{{ year }}", "{% if year %}", "{% endif %}", "{{", "}}", "{#", "x"]
MARKUP = st.sampled_from(
    ["<p>", "</p>", "<td a='", '">', "<!--", "-->", "<", "&lt;", "<![CDATA[", "\n", *TAGS]
)


@given(pieces=st.lists(MARKUP, max_size=12))
def test_whatever_stands_there_is_judged(pack: Pack, pieces: list[str]) -> None:
    for one in page_problems(PAGE_TEXT.replace(FIRST_TAG, "".join(pieces), 1).encode(), pack.fields):
        assert str(one).startswith("report.html")
        assert one.chinese
