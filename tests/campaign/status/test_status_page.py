"""status.html shows what the standing says, needs nothing from outside, and does what no name tells it to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from browser import Browser
from builders import a_finding
from campaign.office import AGENCIES, ISSUER
from lxml import html
from often import often
from PIL import Image

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.records.history import StrayFile
from reportfill.campaign.status.agency_status import AgencyStatus, CampaignStatus, State
from reportfill.campaign.status.status_page import status_page
from reportfill.finding import finding
from reportfill.place import Cell

MISTAKE = a_finding("cell.blank", "表三!D7", "没有填写。", "请填写；没有发生的填0。")
HOSTILE = Agency("9", "</script><script>alert(1)</script>“局”", superior="01")


def standing(*agencies: AgencyStatus) -> CampaignStatus:
    """A standing eleven days before the deadline."""
    return CampaignStatus(
        "政府信息公开工作年度报告",
        ISSUER,
        2023,
        date(2024, 1, 31),
        date(2024, 1, 20),
        agencies,
        [
            StrayFile(
                "inbox/x.xlsx", finding("stray.unknown_agency", value="清河县气象局"), datetime(2024, 1, 20)
            )
        ],
    )


STANDING = standing(
    AgencyStatus(AGENCIES[0], State.MISSING),
    AgencyStatus(
        AGENCIES[1],
        State.SOUND,
        1,
        datetime(2024, 1, 5),
        datetime(2024, 1, 5, 9, 30),
        report="reports/清河县档案馆（02）.docx",
    ),
    AgencyStatus(
        AGENCIES[2],
        State.FAULTY,
        2,
        datetime(2024, 1, 6),
        datetime(2024, 1, 8),
        [MISTAKE],
        returned="returned/b.xlsx",
    ),
    AgencyStatus(HOSTILE, State.MISSING),
)
PAGE = status_page(STANDING).decode()

REFORMED = replace(
    STANDING,
    agencies=[
        *STANDING.agencies,
        AgencyStatus(
            AGENCIES[3],
            State.SENT_BACK,
            1,
            datetime(2024, 1, 7),
            datetime(2024, 1, 7),
            returned="returned/d.xlsx",
            remark="第三部分与去年一字不差，请补充。",
            received="received/04",
        ),
    ],
    closed=[
        AgencyStatus(
            Agency("07", "清河县粮食局", superior="01", is_closed=True, successor="03"),
            State.SOUND,
            1,
            datetime(2024, 1, 5),
            datetime(2024, 1, 5, 10, 0),
            report="reports/粮食局.docx",
            received="received/07",
        ),
        AgencyStatus(Agency("08", "清河县盐务局", is_closed=True), State.MISSING),
    ],
)
"""A campaign in which two agencies were closed and the report of one was sent back."""

Opened = Callable[..., str]


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Opened:
    """A function that opens a page and gives back what stands in it after its scripts ran."""

    def after_scripts(page: bytes, wishes: str = "") -> str:
        return chromium.shown(address_of(page, tmp_path, wishes))

    return after_scripts


def address_of(page: bytes, folder: Path, wishes: str = "") -> str:
    """The address of a page that is kept in a folder, with wishes for what it shows."""
    path = folder / f"{len(list(folder.iterdir()))}.html"
    path.write_bytes(page)
    return f"{path.as_uri()}#{quote(wishes, safe='=&')}"


def shown(dom: str) -> list[list[str]]:
    """The rows of the list of agencies that can be seen, as the texts of their cells."""
    rows = html.fromstring(dom).xpath("//tbody[@id='rows']/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows]


def links_in(dom: str, place: str) -> dict[str, list[str]]:
    """Where the links of a table lead, by their words."""
    found: dict[str, list[str]] = {}
    for link in html.fromstring(dom).xpath(f"//*[@id='{place}']//a"):
        found.setdefault(link.text_content(), []).append(link.get("href"))
    return found


def test_it_says_how_many_days_are_left_and_who_the_office_is() -> None:
    text = html.fromstring(PAGE).text_content()
    assert ISSUER in text
    assert "11天" in re.sub(r"\s", "", text)
    assert "名册中没有“清河县气象局”" in text
    assert "漏列的，在名册中补上该单位" in text


def test_what_is_to_be_decided_is_shown_where_there_is_any() -> None:
    disputed = AgencyStatus(AGENCIES[3], State.DISPUTED, 1, datetime(2024, 1, 7), datetime(2024, 1, 7))
    page = html.fromstring(status_page(standing(*STANDING.agencies, disputed)))
    (tile,) = page.xpath("//b[@id='disputed']")
    assert tile.text == "1"
    words = page.xpath("//*[local-name()='text'][contains(text(), '待确认') or contains(text(), '已完成')]")
    assert len({word.get("x") for word in words}) == len(words) == 3
    assert html.fromstring(PAGE).xpath("//b[@id='disputed']") == []


def test_it_needs_nothing_from_outside() -> None:
    assert not re.search(r"""(?:src|href)=["']?https?://""", PAGE)
    assert "@import" not in PAGE
    assert 'lang="zh-CN"' in PAGE


def test_a_name_cannot_leave_its_place() -> None:
    assert "<script>alert(1)" not in PAGE
    assert PAGE.count("</script>") == PAGE.count("<script")


def test_the_same_standing_is_the_same_page_and_nobody_at_all_is_one_too() -> None:
    empty = standing()
    assert status_page(empty) == status_page(empty)
    assert ISSUER in status_page(empty).decode()


def test_the_browser_shows_every_agency_with_its_state_and_its_files(opened: Opened) -> None:
    dom = opened(status_page(REFORMED))
    rows = shown(dom)
    assert [row[0].removesuffix(" 详情") for row in rows] == [one.agency.name for one in REFORMED.agencies]
    assert [row[3] for row in rows[:4]] == ["未报送", "校验通过", "有错误", "未报送"]
    assert rows[1][4:7] == ["1", "2024-01-05 09:30", ""]
    assert links_in(dom, "rows") == {
        "报告": [f"./reports/{quote('清河县档案馆（02）')}.docx"],
        "退回的填报表": ["./returned/b.xlsx", "./returned/d.xlsx"],
        "收到的文件": ["./received/04"],
    }


def test_more_time_has_a_column_where_any_agency_has_some(opened: Opened) -> None:
    agencies = [STANDING.agencies[0]._replace(until=date(2024, 2, 10)), *STANDING.agencies[1:]]
    page = status_page(replace(STANDING, agencies=agencies))
    rows = shown(opened(page))
    assert [row[4] for row in rows] == ["2024-02-10（还剩21天）", "", "", ""]
    assert {len(row) for row in rows} == {9}
    assert "延期至" in html.fromstring(opened(page)).xpath("//*[@id='headings']")[0].text_content()
    plain = html.fromstring(page.decode()).xpath("//table[@id='plain']/tbody/tr[1]/td")
    assert plain[4].text_content() == "2024-02-10（还剩21天）"
    assert {len(row) for row in shown(opened(PAGE.encode()))} == {8}


def test_what_the_coordinator_remarked_stands_beside_the_state(opened: Opened) -> None:
    (row,) = [row for row in shown(opened(status_page(REFORMED))) if row[1] == "04"]
    assert row[3].replace(" ", "") == "审核退回第三部分与去年一字不差，请补充。"


@pytest.mark.parametrize(
    ("wishes", "codes"),
    [
        ("state=未报送", ["01", "9"]),
        ("state=未交", ["01", "9"]),
        ("state=已完成", ["02"]),
        ("state=可用", ["02"]),
        ("state=未完成", ["01", "03", "9", "04"]),
        (f"superior={ISSUER}", ["02", "03", "9", "04"]),
        ("search=档案", ["02"]),
        (f"state=未完成&superior={ISSUER}&search=清河县", ["03", "04"]),
        ("state=没有的状态", ["01", "02", "03", "9", "04"]),
        ("search=%", []),
    ],
)
def test_the_address_says_which_agencies_are_shown(opened: Opened, wishes: str, codes: list[str]) -> None:
    dom = opened(status_page(REFORMED), wishes)
    assert [row[1] for row in shown(dom)] == codes
    caption = html.fromstring(dom).xpath("//caption[@id='found']")[0].text_content()
    assert caption.startswith(f"共5个单位，符合条件的有{len(codes)}个")


def test_the_figures_on_top_lead_to_the_agencies_behind_them(opened: Opened) -> None:
    click = b"<script>document.querySelector('.faulty a').click();</script></body>"
    dom = opened(status_page(REFORMED).replace(b"</body>", click))
    assert [row[1] for row in shown(dom)] == ["03"]


def test_frequent_findings_are_named_in_words_and_codes_no_catalogue_has_by_their_example() -> None:
    text = html.fromstring(PAGE).text_content()
    assert "没有填写，例如：没有填写。" in text
    unknown = AgencyStatus(AGENCIES[2], State.FAULTY, 1, findings=[replace(MISTAKE, code="of.before")])
    assert "例如" not in html.fromstring(status_page(standing(unknown)).decode()).text_content()


def test_on_paper_stand_all_agencies_that_were_found_and_heads_that_a_page_repeats(opened: Opened) -> None:
    many = standing(*(AgencyStatus(Agency(f"{n:03}", f"第{n}局"), State.MISSING) for n in range(250)))
    print_it = b"<script>window.onbeforeprint();</script></body>"
    dom = opened(status_page(many).replace(b"</body>", print_it), "search=局")
    assert len(shown(dom)) == 250
    assert html.fromstring(dom).xpath("//tr[@id='headings']//button") == []
    back = b"<script>window.onbeforeprint(); window.onafterprint();</script></body>"
    dom = opened(status_page(many).replace(b"</body>", back))
    assert len(shown(dom)) == 100
    assert html.fromstring(dom).xpath("//tr[@id='headings']//button")


def test_agencies_that_do_not_report_any_more_stand_apart_with_what_they_handed_in(opened: Opened) -> None:
    dom = opened(status_page(REFORMED))
    rows = html.fromstring(dom).xpath("//table[@id='closed']/tbody/tr")
    assert [[cell.text_content().strip() for cell in row.xpath("td")][:5] for row in rows] == [
        ["清河县粮食局", "07", "并入清河县民政局", "1", "2024-01-05 10:00"],
        ["清河县盐务局", "08", "已撤销", "0", ""],
    ]
    assert links_in(dom, "closed") == {
        "报告": [f"./reports/{quote('粮食局')}.docx"],
        "收到的文件": ["./received/07"],
    }
    assert html.fromstring(dom).xpath("//*[@id='due']")[0].text_content() == "5"
    assert "closed-heading" not in PAGE


def test_a_hostile_name_is_text_in_the_browser(opened: Opened) -> None:
    dom = opened(PAGE.encode(), "search=alert")
    assert shown(dom)[0][0].startswith(HOSTILE.name)


ODD = "100%#局'&乙 +年报%20a;=@!"
"""What a name or a folder may have in it on every system, and means something in the address of a page."""


def test_links_lead_to_files_whose_names_mean_something_in_an_address(
    chromium: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / ODD
    agency = Agency("01", ODD)
    stands = AgencyStatus(
        agency, State.SOUND, 1, report=f"reports/{ODD}/{ODD}（01）.html", received="received/01"
    )
    for name in (stands.report, "received/01/1.html"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(f"<p id=name>{name}", "utf-8")
    (folder / "status.html").write_bytes(status_page(standing(stands)))
    page = (folder / "status.html").as_uri()
    ((report,), (received,)) = links_in(chromium.shown(page), "rows").values()
    there = html.fromstring(chromium.shown(urljoin(page, report)))
    assert there.xpath("string(//*[@id='name'])") == stands.report
    assert "1.html" in chromium.shown(urljoin(page, received) + "/")


def test_what_is_seen_on_the_screen_is_in_the_colours_of_the_states(
    chromium: Browser, tmp_path: Path
) -> None:
    picture = chromium.picture(address_of(status_page(REFORMED), tmp_path), 1200, 1800)
    with Image.open(BytesIO(picture)) as image:
        seen = {colour for _, colour in image.convert("RGB").getcolors(1 << 24) or []}
        assert image.size == (1200, 1800)
        assert image.convert("RGB").getpixel((600, 5)) == (0x1F, 0x4E, 0x79), "the head of the page"
    assert {(0x2F, 0x85, 0x5A), (0xC5, 0x30, 0x30), (0xD6, 0x9E, 0x2E), (0xCB, 0xD5, 0xE0)} <= seen


def test_a_hundred_thousand_agencies_are_a_page_that_opens_and_filters(opened: Opened) -> None:
    number_of_agencies = often(100_000)
    findings = [replace(MISTAKE, place=Cell("表三", row, 3)) for row in range(6, 26)]
    many = [
        AgencyStatus(
            Agency(f"{number:06}", f"第{number // 300}县第{number}局", "", f"{number // 300 * 300:06}", 2),
            State.FAULTY if number % 4 == 0 else State.SOUND,
            1,
            datetime(2024, 1, 5),
            datetime(2024, 1, 5, 9, 30),
            findings if number % 4 == 0 else (),
            report=f"reports/第{number // 300}县第{number}局（{number:06}）.docx",
            received=f"received/{number:06}",
        )
        for number in range(number_of_agencies)
    ]
    page = status_page(standing(*many))
    assert len(page) < 250 * number_of_agencies
    dom = opened(page, "state=有错误&search=第7")
    caption = html.fromstring(dom).xpath("//caption[@id='found']")[0].text_content()
    wanted = sum("第7" in one.agency.name for one in many[::4])
    assert caption.startswith(f"共{number_of_agencies:,}个单位，符合条件的有{wanted:,}个")
    assert len(shown(dom)) == 100
