"""The report as a web page: the same words as in Word, in the same order, in one file that asks for nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import report_data
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from often import often
from places import PACK_FOLDER, ROOT, SAMPLES
from web_pages import NO_CHARACTERS, body_of, grids_of_page, grids_of_word, tags_of, words_of, words_of_word

from reportfill import Pack, Submission, SubmissionError, check, load_pack, read_workbook, render
from reportfill.finding import Severity
from reportfill.outputs.html import html_files
from reportfill.outputs.html_fragment import html_fragment_files
from reportfill.outputs.material import Material
from reportfill.outputs.publication import UNKNOWN, Publication
from reportfill.report.draft import REMARK
from reportfill.trials.sample_data import answers_of, sample_data

PACKS = sorted(path.parent for path in ROOT.glob("templates/*/schema.json"))
SOUND = [path for path in sorted(SAMPLES.glob("*.xlsx")) if not path.name.startswith("typical")]


def material_of(
    submission: Submission, *, draft: bool = False, publication: Publication = UNKNOWN
) -> Material:
    """What a page is made of."""
    return Material(submission, render(submission, draft=draft), is_draft=draft, publication=publication)


def page_of(submission: Submission, *, draft: bool = False, publication: Publication = UNKNOWN) -> bytes:
    """The page of a submission."""
    return html_files(material_of(submission, draft=draft, publication=publication))[".html"]


@pytest.mark.parametrize("workbook", SOUND, ids=lambda path: path.stem)
def test_a_sample_says_the_same_on_its_page_as_in_word(workbook: Path) -> None:
    material = material_of(read_workbook(workbook))
    wanted = words_of_word(material.report)
    assert words_of(html_files(material)[".html"]) == wanted
    assert grids_of_page(html_files(material)[".html"]) == grids_of_word(material.report)
    assert words_of(html_fragment_files(material)["（片段）.html"]) == wanted


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
@pytest.mark.parametrize("kind", ["full", "required", "long", "draft"])
def test_a_pack_says_the_same_on_its_page_as_in_word(folder: Path, kind: str) -> None:
    pack, draft = load_pack(folder), kind == "draft"
    data = {} if draft else sample_data(pack, only_required=kind == "required", long=kind == "long")
    material = material_of(Submission.from_data(pack, data), draft=draft)
    assert words_of(html_files(material)[".html"]) == words_of_word(material.report)


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_a_page_says_the_same_as_word_with_every_answer(folder: Path) -> None:
    pack = load_pack(folder)
    for answers in answers_of(pack):
        material = material_of(Submission.from_data(pack, sample_data(pack, answers=answers)))
        page = html_files(material)[".html"]
        assert words_of(page) == words_of_word(material.report), answers
        assert grids_of_page(page) == grids_of_word(material.report), answers


def test_equal_data_give_equal_bytes(pack: Pack, weihui: dict[str, Any]) -> None:
    first, second = (page_of(Submission.from_data(pack, weihui)) for _ in range(2))
    assert first == second


def test_a_draft_says_so_on_its_page_and_in_its_fragment(pack: Pack) -> None:
    material = material_of(Submission.from_data(pack, {}), draft=True)
    assert REMARK in html_files(material)[".html"].decode()
    assert REMARK in html_fragment_files(material)["（片段）.html"].decode()


def test_a_report_that_lacks_something_has_a_page_as_a_draft_only(pack: Pack) -> None:
    material = Material(Submission.from_data(pack, {}), b"")
    with pytest.raises(SubmissionError, match="only a draft can be printed without it"):
        html_files(material)


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_a_page_asks_for_nothing_and_runs_nothing(folder: Path) -> None:
    pack = load_pack(folder)
    root = html.document_fromstring(page_of(Submission.from_data(pack, sample_data(pack))).decode())
    assert not list(root.iter("script", "link", "iframe", "object", "embed", "base", "form"))
    assert not [
        name for element in root.iter("*") for name in dict(element.attrib) if str(name).startswith("on")
    ]
    addresses = [*root.xpath("//@src"), *root.xpath("//@href")]
    assert all(address.startswith(("data:image/", "#")) for address in addresses)
    assert not re.search(r"url\(|@import", "".join(root.xpath("//style/text() | //@style")))


def test_a_fragment_has_no_head_no_style_sheet_and_no_class(pack: Pack, weihui: dict[str, Any]) -> None:
    fragment = html_fragment_files(material_of(Submission.from_data(pack, weihui)))["（片段）.html"]
    body = body_of(fragment)
    assert not [*body.iter("head", "style", "script", "link", "meta")]
    assert not body.xpath("//*[@class]")
    tables = list(body.iter("table"))
    assert tables
    assert all(table.get("border") == "1" for table in tables)
    assert all("border: 1px solid" in cell.get("style", "") for cell in body.iter("td", "th"))


HOSTILE = st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "{{ 7 * 7 }} {% for x in y %} {# #}",
        "&amp; &lt; &#0; \u202e \ufdd0 \x85",
        "</main></body></html><!--",
        "]]> <![CDATA[",
    ]
)


def hostile(text: str, name: str) -> Submission:
    """A report in which somebody wrote that."""
    weihui = report_data("weihui-2023.json")
    agency = {**weihui["agency"], "name": f"局{name}"}
    words = {"problems_and_improvements": [f"甲{text}乙"], "agency": agency}
    return Submission.from_data(load_pack(PACK_FOLDER), weihui | words)


def elements_of(page: bytes) -> list[str]:
    """The elements of a page, but for the breaks in its title."""
    return [element.tag for element in body_of(page).iter() if element.tag != "br"]


@settings(max_examples=often(60))
@given(text=HOSTILE, name=HOSTILE)
def test_whatever_somebody_writes_is_shown_and_nothing_else(text: str, name: str) -> None:
    submission = hostile(text, name)
    if any(found.severity is Severity.ERROR for found in check(submission)):
        return
    material = material_of(submission)
    page = html_files(material)[".html"]
    assert words_of(page) == NO_CHARACTERS.sub("\ufffd", words_of_word(material.report))
    assert elements_of(page) == elements_of(page_of(hostile("", "")))


def test_the_tags_of_an_article_stand_in_their_prescribed_order(pack: Pack, weihui: dict[str, Any]) -> None:
    known = Publication(
        "卫辉市人民政府",
        "www.weihui.gov.cn",
        "4107810001",
        "政府信息公开年报",
        "本市各单位的政府信息公开工作年度报告",
        "信息公开,年报",
        "信息公开年报",
        "2024-01-20 09:30",
        url="https://www.weihui.gov.cn/nb/1.html",
    )
    tags = tags_of(page_of(Submission.from_data(pack, weihui), publication=known))
    assert list(tags)[1:] == [
        *("SiteName", "SiteDomain", "SiteIDCode"),
        *("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"),
        *("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description", "Url"),
    ]
    assert tags["ArticleTitle"] == "卫辉市信访局2023年政府信息公开工作年度报告"
    assert tags["ContentSource"] == "卫辉市信访局"
    assert tags["PubDate"] == "2024-01-20 09:30"


def test_what_is_not_known_of_the_website_is_left_out(pack: Pack, weihui: dict[str, Any]) -> None:
    tags = tags_of(page_of(Submission.from_data(pack, weihui)))
    assert list(tags)[1:] == ["ArticleTitle", "ContentSource", "Keywords", "Description"]
