"""A campaign as a website: what was accepted and nothing else, whole after every run, in a folder of its own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from campaign.office import AGENCIES, FAULTY, NOW, campaign_in, completed, drop, taken
from held import Held
from lxml import html

from reportfill import Pack
from reportfill.campaign.folder.parts import SETTINGS
from reportfill.campaign.operations import publish as publishing
from reportfill.campaign.operations.publish import Published, publish
from reportfill.campaign.operations.review import review
from reportfill.campaign.publication.report_making import all_outputs
from reportfill.campaign.publication.site_places import SitePlaces
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.storage.own_files import OwnFiles
from reportfill.campaign.storage.store import store_at
from reportfill.errors import CampaignError, UsageError
from reportfill.outputs.making import MadeOutputs
from reportfill.outputs.page_making import FontChoice, PageMaker
from reportfill.text import Text

LICENSING = "proactive.licensing.decisions"
PLACES = SitePlaces("annual-report", 2023)
KINDS = ("html", "docx", "json")
LATER = NOW + timedelta(days=3)


class Stopped(Exception):  # noqa: N818 - no error, but somebody who pulls the plug
    """A run ends here."""


def accept(campaign: CampaignFolder, *codes: str) -> None:
    """Accept the newest reports of agencies."""
    for code in codes:
        review(campaign, code, is_accepted=True, remark="", by="王芳", now=NOW)


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> CampaignFolder:
    """A campaign in which three agencies handed in sound workbooks, of which two are accepted, and one a faulty one."""
    folder = campaign_in(tmp_path / "2023")
    for number, agency in enumerate(AGENCIES):
        figures = FAULTY if number == 3 else {LICENSING: number + 1}
        drop(folder, f"{number}.xlsx", completed(pack, agency, figures))
    taken(folder)
    accept(folder, "01", "02")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder of a website that is not there yet."""
    return tmp_path / "网站"


def published(campaign: CampaignFolder, site: Path, now: datetime = NOW, *kinds: str) -> Published:
    """What comes of publishing a campaign."""
    return publish(campaign, site, kinds or KINDS, now)


def files_of(site: Path) -> dict[str, str]:
    """The SHA-256 of every file of a site by its place."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def told_files(site: Path) -> dict[str, str]:
    """The SHA-256 of every file that the releases of a site tell of, from the first of them on."""
    first = json.loads((site / "release.json").read_bytes())
    told = {"release.json": hashlib.sha256((site / "release.json").read_bytes()).hexdigest()}
    told |= first["sha256"]
    for year in first["years"]:
        told[year["release"]] = year["sha256"]
        release = json.loads((site / year["release"]).read_bytes())
        told |= release["sha256"] | release["parts"]
        for part in release["parts"]:
            content = json.loads((site / part).read_bytes())
            told |= content["sha256"]
            for report in content["reports"]:
                told |= report["sha256"]
    return told


def pages_of(site: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    """The pages of a site."""
    for path in sorted(site.rglob("*.html")):
        yield path, html.document_fromstring(path.read_bytes().decode("utf-8"))


def page_of(site: Path, code: str) -> str:
    """The page of an agency's report."""
    return (site / PLACES.report_page(code)).read_text("utf-8")


def test_only_what_is_accepted_is_published(campaign: CampaignFolder, site: Path) -> None:
    done = published(campaign, site)
    assert (done.reports, done.made, done.removed, done.waiting) == (2, 2, 0, 1)
    names = {"清河县民政局", "清河县信访局"}
    assert all(
        name not in path.read_text("utf-8", "replace") for name in names for path in site.rglob("*.html")
    )
    assert "清河县档案馆" in page_of(site, "02")
    assert (site / PLACES.report_folder("02") / "report.docx").read_bytes().startswith(b"PK")


def test_nothing_accepted_is_refused_and_no_site_begun(tmp_path: Path, pack: Pack, site: Path) -> None:
    folder = campaign_in(tmp_path / "2023")
    drop(folder, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(folder)
    with pytest.raises(CampaignError, match="no report is accepted yet"):
        published(folder, site)
    assert not site.exists()


def test_every_link_leads_to_a_file_of_the_site_from_disk_and_in_a_subfolder(
    campaign: CampaignFolder, site: Path
) -> None:
    published(campaign, site)
    seen = 0
    for path, page in pages_of(site):
        for _, name, link, _ in page.iterlinks():
            if name in ("href", "src") and not link.startswith("data:"):
                target, mark = urldefrag(unquote(link))
                assert not re.match(r"[a-z]+:|/", target), f"{path}: {link}"
                there = (path.parent / target) if target else path
                assert there.is_file(), f"{path}: {link}"
                assert not mark or mark in html.fromstring(there.read_bytes()).xpath("//@id")
                seen += 1
    assert seen > 20


def test_every_file_is_told_of_with_its_digest_and_every_one_told_of_is_there(
    campaign: CampaignFolder, site: Path
) -> None:
    published(campaign, site)
    assert told_files(site) == files_of(site)
    published(campaign, site, LATER, "html")
    assert told_files(site) == files_of(site)


def test_addresses_are_plain_whatever_agencies_are_called(tmp_path: Path, pack: Pack, site: Path) -> None:
    codes = ("con", "CON", "a/b:*?", "甲-01", "x" * 40, "..", "01")
    agencies = tuple(
        AGENCIES[0]._replace(code=code, name=f"单位{number}") for number, code in enumerate(codes)
    )
    folder = campaign_in(tmp_path / "2023", agencies)
    for number, agency in enumerate(agencies):
        drop(folder, f"{number}.xlsx", completed(pack, agency, {LICENSING: number}))
    taken(folder)
    accept(folder, *codes)
    assert published(folder, site).reports == len(codes)
    places = files_of(site)
    assert all(re.fullmatch(r"[0-9A-Za-z_./-]+", place) for place in places)
    assert len({place.lower() for place in places}) == len(places)
    assert all("单位" in page_of(site, code) for code in codes)


def test_a_run_without_news_writes_nothing(campaign: CampaignFolder, site: Path) -> None:
    published(campaign, site)
    stamps = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    done = published(campaign, site, LATER)
    assert (done.reports, done.made) == (2, 0)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == stamps


def test_equal_reports_give_equal_bytes(campaign: CampaignFolder, tmp_path: Path) -> None:
    for name in ("a", "b"):
        published(campaign, tmp_path / name)
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


def test_what_is_sent_back_is_taken_down(campaign: CampaignFolder, site: Path) -> None:
    published(campaign, site)
    review(campaign, "02", is_accepted=False, remark="请补充", by="王芳", now=NOW)
    done = published(campaign, site, LATER)
    assert (done.reports, done.removed) == (1, 1)
    assert not (site / PLACES.report_folder("02")).exists()
    assert all("清河县档案馆" not in path.read_text("utf-8", "replace") for path in site.rglob("*.*"))
    assert told_files(site) == files_of(site)


def test_when_nothing_is_accepted_any_more_the_site_is_empty_of_reports(
    campaign: CampaignFolder, site: Path
) -> None:
    published(campaign, site)
    for code in ("01", "02"):
        review(campaign, code, is_accepted=False, remark="请补充", by="王芳", now=NOW)
    done = published(campaign, site, LATER)
    assert (done.reports, done.removed) == (0, 2)
    assert "还没有公布的报告" in (site / PLACES.home).read_text("utf-8")
    assert told_files(site) == files_of(site)


def test_a_correction_that_is_accepted_takes_the_place_of_what_was_published(
    campaign: CampaignFolder, site: Path, pack: Pack
) -> None:
    published(campaign, site)
    other = page_of(site, "01")
    drop(campaign, "again.xlsx", completed(pack, AGENCIES[1], {LICENSING: 777}))
    taken(campaign)
    assert published(campaign, site, LATER).reports == 1  # the newest version is not accepted yet
    accept(campaign, "02")
    done = published(campaign, site, LATER)
    assert (done.reports, done.made) == (2, 1)
    assert "777" in page_of(site, "02")
    assert f'content="{LATER:%Y-%m-%d %H:%M}"' in page_of(site, "02")
    assert page_of(site, "01") == other


def test_other_kinds_keep_the_moment_of_publication(campaign: CampaignFolder, site: Path) -> None:
    published(campaign, site, NOW, "docx")
    folder = site / PLACES.report_folder("02")
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "report.docx"]
    published(campaign, site, LATER, "html", "csv")
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "report.csv"]
    assert f'content="{NOW:%Y-%m-%d %H:%M}"' in page_of(site, "02")


def test_a_lost_file_is_made_again(campaign: CampaignFolder, site: Path) -> None:
    published(campaign, site)
    whole = files_of(site)
    for place in (PLACES.report_page("02"), PLACES.data_file("data.csv"), "assets/site.css", PLACES.home):
        (site / place).unlink()
    published(campaign, site, LATER)
    assert files_of(site) == whole


@pytest.mark.parametrize("writes", range(8))
def test_a_run_that_was_broken_off_goes_on(
    campaign: CampaignFolder, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    published(campaign, tmp_path / "whole")
    left = [writes]

    def stopped(own: OwnFiles, contents: dict[str, bytes]) -> frozenset[str]:
        if not left[0]:
            raise Stopped
        left[0] -= 1
        return write(own, contents)

    write = OwnFiles.write
    with monkeypatch.context() as patched:
        patched.setattr(OwnFiles, "write", stopped)
        with suppress(Stopped):
            published(campaign, site)
    done = published(campaign, site)
    assert done.reports == 2
    assert files_of(site) == files_of(tmp_path / "whole")


def test_a_folder_that_holds_anything_else_is_refused_and_untouched(
    campaign: CampaignFolder, site: Path
) -> None:
    for name, content in (("index.html", b"another site"), ("release.json", b'{"version": 1}')):
        site.mkdir(exist_ok=True)
        (site / name).write_bytes(content)
        with pytest.raises(CampaignError, match="empty folder"):
            published(campaign, site)
        assert [path.read_bytes() for path in site.iterdir()] == [content]
        (site / name).unlink()


def test_the_year_of_another_campaign_is_refused(
    campaign: CampaignFolder, site: Path, tmp_path: Path, pack: Pack
) -> None:
    published(campaign, site)
    whole = files_of(site)
    other = campaign_in(tmp_path / "other")
    drop(other, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(other)
    accept(other, "02")
    with pytest.raises(CampaignError, match="of another campaign"):
        published(other, site)
    assert files_of(site) == whole


def test_a_later_year_stands_beside_and_leads_back(
    campaign: CampaignFolder, site: Path, tmp_path: Path, pack: Pack
) -> None:
    published(campaign, site)
    next_year = campaign_in(tmp_path / "2024", year=2024)
    drop(next_year, "1.xlsx", completed(pack, AGENCIES[1], {LICENSING: 5}, year=2024))
    taken(next_year)
    accept(next_year, "02")
    publish(next_year, site, KINDS, LATER)
    later = SitePlaces("annual-report", 2024)
    page = html.fromstring((site / later.report_page("02")).read_bytes())
    links = [link for _, _, link, _ in page.iterlinks()]
    back = [
        link
        for link in links
        if ((site / later.report_folder("02")) / link).resolve() == site / PLACES.report_page("02")
    ]
    assert len(back) == 1
    assert ">+2<" in (site / later.sums_file("index.html")).read_text("utf-8")  # 5 beside 1 and 2
    home = (site / "index.html").read_text("utf-8")
    assert home.index("2024年") < home.index("2023年")
    assert told_files(site) == files_of(site)


def test_two_at_once_do_not_mix(campaign: CampaignFolder, site: Path) -> None:
    with publishing._site_held(str(site)), pytest.raises(CampaignError, match="another process"):
        published(campaign, site)


def test_a_page_that_cannot_be_written_is_told_and_made_by_the_next_run(
    campaign: CampaignFolder, site: Path, held: Held
) -> None:
    held.hold(PLACES.report_page("02"))
    done = published(campaign, site)
    held.let_go()
    assert (done.reports, len(done.held)) == (1, 1)
    assert "正被别的程序打开" in done.held[0].zh
    assert told_files(site).keys() <= files_of(site).keys() | {"x"}
    done = published(campaign, site)
    assert (done.reports, done.made, done.held) == (2, 1, ())
    assert told_files(site) == files_of(site)


def test_what_is_known_of_the_website_is_in_every_page_and_there_is_a_sitemap(
    campaign: CampaignFolder, site: Path
) -> None:
    said = '[publish]\nSiteName = "清河县人民政府"\nUrl = "https://www.example.gov.cn/nb/"\n'
    text = campaign.store.read(SETTINGS).decode().partition("[publish]")[0]
    campaign.store.write(SETTINGS, (text + said).encode())
    done = published(campaign, site)
    assert done.has_address
    assert "SiteName" not in done.unknown_tags
    for path, page in pages_of(site):
        assert page.xpath('//meta[@name="SiteName"]/@content') == ["清河县人民政府"], path
    addresses = [
        address
        for place in site.rglob("*.xml")
        for address in html.fromstring(place.read_bytes()).xpath("//loc/text()")
    ]
    assert f"https://www.example.gov.cn/nb/{PLACES.report_folder('02')}/" in addresses
    for address in addresses:
        there = site / address.removeprefix("https://www.example.gov.cn/nb/")
        assert (there / "index.html" if address.endswith("/") else there).is_file()


def test_a_site_that_has_no_address_any_more_has_no_sitemap(campaign: CampaignFolder, site: Path) -> None:
    text = campaign.store.read(SETTINGS).decode().partition("[publish]")[0]
    campaign.store.write(SETTINGS, (text + '[publish]\nUrl = "https://www.example.gov.cn/nb/"\n').encode())
    published(campaign, site)
    campaign.store.write(SETTINGS, text.encode())
    published(campaign, site, LATER)
    assert list(site.rglob("*.xml")) == []
    assert told_files(site) == files_of(site)


def test_without_an_address_there_is_no_sitemap_and_no_tag_is_made_up(
    campaign: CampaignFolder, site: Path
) -> None:
    done = published(campaign, site)
    assert not done.has_address
    assert list(site.rglob("*.xml")) == []
    assert "SiteName" in done.unknown_tags
    assert 'name="SiteName"' not in page_of(site, "02")


def test_what_publish_says_wrongly_is_refused_in_one_line_before_anything_is_written(
    campaign: CampaignFolder, site: Path
) -> None:
    text = campaign.store.read(SETTINGS).decode().partition("[publish]")[0]
    campaign.store.write(SETTINGS, (text + '[publish]\nSiteDomian = "x"\n').encode())
    with pytest.raises(UsageError, match="SiteDomain"):
        published(campaign, site)
    assert not site.exists()


def test_a_kind_that_is_none_is_refused(campaign: CampaignFolder, site: Path) -> None:
    with pytest.raises(UsageError, match="no kind of output"):
        published(campaign, site, NOW, "docs")
    assert not site.exists()


def test_many_agencies_are_listed_in_parts_that_lead_on(
    tmp_path: Path, pack: Pack, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportfill.campaign.publication.list_parts.MOST_IN_PART", 2)
    folder = campaign_in(tmp_path / "2023")
    for number, agency in enumerate(AGENCIES):
        drop(folder, f"{number}.xlsx", completed(pack, agency, {LICENSING: number}))
    taken(folder)
    accept(folder, "01", "02", "03", "04")
    assert published(folder, site).reports == 4
    lists = sorted(path.name for path in (site / PLACES.folder / "lists").glob("*.html"))
    assert lists == ["01.html", "01_2.html", "top.html"]
    first = (site / PLACES.list_file("01", ".html")).read_text("utf-8")
    assert 'href="01_2.html">下一页' in first
    assert "第1页，共2页，本页2个单位" in first
    assert "共1个单位" in (site / PLACES.list_file("top", ".html")).read_text("utf-8")
    monkeypatch.undo()
    published(folder, site, LATER)
    assert sorted(path.name for path in (site / PLACES.folder / "lists").glob("*.html")) == [
        "01.html",
        "top.html",
    ]
    assert told_files(site) == files_of(site)


def test_pages_of_a_list_lead_past_a_part_of_which_no_report_could_be_written(
    tmp_path: Path, pack: Pack, site: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportfill.campaign.publication.list_parts.MOST_IN_PART", 1)
    folder = campaign_in(tmp_path / "2023")
    for number, agency in enumerate(AGENCIES):
        drop(folder, f"{number}.xlsx", completed(pack, agency, {LICENSING: number}))
    taken(folder)
    accept(folder, "01", "02", "03", "04")

    def neighbours(name: str) -> dict[str, str]:
        page = html.fromstring((site / PLACES.list_file(name, ".html")).read_bytes())
        return {link.text: link.get("href") for link in page.xpath('//*[@class="pages"]/a')}

    held.hold(PLACES.report_page("03"))
    published(folder, site)
    held.let_go()
    assert neighbours("01") == {"下一页": "01_3.html"}
    assert neighbours("01_3") == {"上一页": "01.html"}
    assert not (site / PLACES.list_file("01_2", ".html")).exists()
    published(folder, site)
    assert neighbours("01_2") == {"上一页": "01.html", "下一页": "01_3.html"}
    assert neighbours("01_3") == {"上一页": "01_2.html"}
    assert told_files(site) == files_of(site)


def test_open_data_of_all_are_valid_and_lead_to_each(campaign: CampaignFolder, site: Path) -> None:
    published(campaign, site)
    data = json.loads((site / PLACES.data_file("data.json")).read_bytes())
    assert [one["agency"]["name"] for one in data] == [AGENCIES[0].name, AGENCIES[1].name]
    assert f"单位编码：{AGENCIES[1].code}" in page_of(site, "02")


def test_sums_are_those_of_what_is_published(campaign: CampaignFolder, site: Path) -> None:
    published(campaign, site)
    figures = json.loads((site / PLACES.sums_file("figures.json")).read_bytes())
    assert (figures["agencies"], figures["figures"][LICENSING]) == (2, "3")


def test_sums_that_cannot_be_made_are_told_of_and_do_not_vanish(
    campaign: CampaignFolder, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(campaign, site)

    def ended(*_: object) -> None:
        raise CampaignError("the process ended", "进程异常退出")

    monkeypatch.setattr("reportfill.campaign.publication.year_files.added_up", ended)
    with pytest.raises(CampaignError, match="the process ended"):
        published(campaign, site, LATER)
    assert (site / PLACES.sums_file("index.html")).is_file()


def test_pages_of_reports_are_made_where_they_are_asked_for_and_once(
    campaign: CampaignFolder, site: Path
) -> None:
    assert published(campaign, site, NOW, "pdf").made == 2
    content = (site / PLACES.report_folder("02") / "report.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert published(campaign, site, LATER, "pdf").made == 0
    assert (site / PLACES.report_folder("02") / "report.pdf").read_bytes() == content
    assert told_files(site) == files_of(site)


def test_a_report_of_which_one_kind_could_not_be_made_is_made_again(
    campaign: CampaignFolder, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(campaign, tmp := site.with_name("whole"))

    def without_word(pages: PageMaker, made: Iterable[Any]) -> Iterator[MadeOutputs]:
        for one in all_outputs(pages, made):
            yield MadeOutputs(tuple(out for out in one.outputs if out.kind != "docx"), (Text("缺", "lacks"),))

    with monkeypatch.context() as patched:
        patched.setattr("reportfill.campaign.publication.site_reports.all_outputs", without_word)
        assert [name for name, _ in published(campaign, site).troubles] == [one.name for one in AGENCIES[:2]]
    assert "report.docx" not in "".join(files_of(site))
    assert published(campaign, site).made == 2
    assert files_of(site) == files_of(tmp)


def test_a_pdf_in_which_typefaces_stand_in_goes_where_none_may(
    campaign: CampaignFolder, site: Path, stand_ins: Path
) -> None:
    pdf = site / PLACES.report_folder("02") / "report.pdf"
    assert published(campaign, site, NOW, "pdf").made == 2
    done = publish(campaign, site, ["pdf"], LATER, fonts=FontChoice(only_prescribed=True))
    assert [name for name, _ in done.troubles] == [one.name for one in AGENCIES[:2]]
    assert "方正小标宋简体" in done.troubles[0][1].zh
    assert not pdf.exists()
    assert told_files(site) == files_of(site)
    assert published(campaign, site, LATER, "pdf").made == 2
    assert pdf.exists()


def test_the_sums_have_a_picture_with_what_it_shows_in_words(campaign: CampaignFolder, site: Path) -> None:
    published(campaign, site)
    page = html.fromstring((site / PLACES.sums_file("index.html")).read_bytes())
    (picture,) = page.xpath("//img")
    assert picture.get("src") == "picture.svg"
    assert "行政许可决定3件" in picture.get("alt")
    assert "（2个单位汇总）" in (site / PLACES.sums_file("picture.svg")).read_text("utf-8")
    assert (site / PLACES.sums_file("picture.png")).read_bytes().startswith(b"\x89PNG")


def test_a_bucket_is_published_into_as_a_folder_is(campaign: CampaignFolder, bucket: str, site: Path) -> None:
    published(campaign, site)
    for now in (NOW, LATER):
        done = publish(campaign, f"{bucket}/site", KINDS, now)
        assert done.reports == 2
    store = store_at(f"{bucket}/site")
    there = {file.path: hashlib.sha256(store.read(file.path)).hexdigest() for file in store.files()}
    assert there == files_of(site)


def test_where_no_kinds_are_named_they_are_those_of_the_time_before(
    campaign: CampaignFolder, site: Path
) -> None:
    folder = site / PLACES.report_folder("02")
    publish(campaign, site, None, NOW)
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "report.docx"]
    published(campaign, site, NOW, "csv", "json")
    whole = files_of(site)
    assert publish(campaign, site, None, LATER).made == 0
    assert files_of(site) == whole


def test_the_list_of_a_superior_leads_to_its_report_only_where_that_could_be_written(
    campaign: CampaignFolder, site: Path, held: Held
) -> None:
    held.hold(PLACES.report_page("01"))
    published(campaign, site)
    held.let_go()
    listed = PLACES.list_file("01", ".html")
    assert f"{AGENCIES[0].name}的报告" not in (site / listed).read_text("utf-8")
    published(campaign, site)
    assert f"{AGENCIES[0].name}的报告" in (site / listed).read_text("utf-8")
    assert (site / PLACES.report_page("01")).is_file()
