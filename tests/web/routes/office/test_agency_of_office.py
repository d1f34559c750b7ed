"""An agency's page for the office: reviewed, extended, its link renewed, by whom that is allowed, and by one at a
time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from starlette.testclient import TestClient
from web_campaign import COORDINATOR, READER, REVIEWER, ServedCampaign, served_campaign, sign_in
from web_visitor import TOKEN, Visitor

from reportfill.campaign.records.journal import Event

ARCHIVE = AGENCIES[1]
HERE = f"/office/agencies/{ARCHIVE.code}"
WHY = "第三部分过于简单，请补充"


@pytest.fixture
def served(tmp_path: Path) -> ServedCampaign:
    served = served_campaign(tmp_path)
    hand_in(served, prepared(ARCHIVE, 3))
    return served


@pytest.fixture
def visitor(served: ServedCampaign) -> Iterator[Visitor]:
    with served.visited() as visitor:
        yield visitor


def hand_in(served: ServedCampaign, content: bytes) -> None:
    served.campaign.hand_in(ARCHIVE.code, content, file_name="填报表.xlsx")
    served.campaign.take_in()


def form_on(visitor: Visitor, path: str = HERE) -> dict[str, str]:
    """The hidden fields of the page as it is now, which a browser keeps while others go on."""
    text = visitor.get(path).text
    token = TOKEN.search(text)
    assert token
    number = {name: text.split(f'name="{name}" value="')[1].split('"')[0] for name in ("versions", "reviews")}
    return {"csrf": token[1], **number}


def test_a_reader_sees_the_agency_its_versions_and_files_and_can_decide_nothing(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    page = visitor.get(HERE)
    assert page.status_code == 200
    assert ARCHIVE.name in page.text
    assert "等待审核" in page.text
    assert "退回修改" not in page.text
    assert "更换链接" not in page.text
    assert visitor.get(f"{HERE}/versions/1/docx.docx").content.startswith(b"PK")
    assert visitor.get(f"{HERE}/versions/1/handed-in").content == prepared(ARCHIVE, 3)
    for path in ("review", "extension", "link"):
        assert visitor.post(f"{HERE}/{path}", {"decision": "accept"}, page=HERE).status_code == 403


def test_a_reviewer_decides_on_reports_and_neither_on_time_nor_on_links(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor, REVIEWER)
    assert visitor.post(f"{HERE}/extension", {"until": "2024-12-31"}, page=HERE).status_code == 403
    assert visitor.post(f"{HERE}/link", {"renew": ""}, page=HERE).status_code == 403
    accepted = visitor.post(f"{HERE}/review", {**form_on(visitor), "decision": "accept"}, page=HERE)
    assert "已审核通过（李审核）" in accepted.text
    entry = served.campaign.log(ARCHIVE.code).entries[-1]
    assert (entry.event, entry.by) == (Event.ACCEPTED, REVIEWER)


def test_sending_back_needs_a_remark_and_the_agency_reads_it(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor, REVIEWER)
    form = {**form_on(visitor), "decision": "send-back"}
    refused = visitor.post(f"{HERE}/review", form, page=HERE)
    assert refused.status_code == 422
    assert "退回时请写明审核意见" in refused.text
    assert served.campaign.history_of(ARCHIVE.code).reviews == ()
    assert WHY in visitor.post(f"{HERE}/review", {**form, "remark": WHY}, page=HERE).text
    (said,) = served.campaign.history_of(ARCHIVE.code).reviews
    assert (said.remark, said.by, said.is_accepted) == (WHY, REVIEWER, False)
    assert visitor.get(f"{HERE}/versions/1/remark").content.startswith(b"PK")


def test_what_a_second_reviewer_says_of_what_the_first_has_decided_is_refused_and_kept(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor, REVIEWER)
    form = form_on(visitor)
    served.campaign.send_back(ARCHIVE.code, WHY, by=COORDINATOR)
    late = visitor.client.post(f"{HERE}/review", data={**form, "decision": "send-back", "remark": "另有意见"})
    assert late.status_code == 409
    assert "已由他人审核" in late.text
    assert WHY in late.text
    assert "另有意见" in late.text
    assert [one.remark for one in served.campaign.history_of(ARCHIVE.code).reviews] == [WHY]


def test_a_decision_on_a_version_that_is_not_the_newest_any_more_is_refused(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor, REVIEWER)
    form = form_on(visitor)
    hand_in(served, prepared(ARCHIVE, 4))
    late = visitor.client.post(f"{HERE}/review", data={**form, "decision": "accept"})
    assert late.status_code == 409
    assert "其间有新的报送" in late.text
    assert served.campaign.history_of(ARCHIVE.code).reviews == ()


def test_more_time_is_given_with_a_reason_and_taken_back(visitor: Visitor, served: ServedCampaign) -> None:
    sign_in(visitor)
    assert "请选择延期到哪一天" in visitor.post(f"{HERE}/extension", page=HERE).text
    form = {"until": "2024-12-31", "why": "系统故障"}
    assert "已延期" in visitor.post(f"{HERE}/extension", form, page=HERE).text
    entry = served.campaign.log(ARCHIVE.code).entries[-1]
    assert (entry.event, entry.remark, entry.by) == (Event.EXTENDED, "系统故障", COORDINATOR)
    assert served.campaign.history_of(ARCHIVE.code).until == date(2024, 12, 31)
    assert "已延期" not in visitor.post(f"{HERE}/extension", {"withdraw": ""}, page=HERE).text
    early = visitor.post(f"{HERE}/extension", {"until": "2001-01-01"}, page=HERE)
    assert early.status_code == 422


def test_a_renewed_link_is_shown_once_and_opens_in_place_of_the_former_one(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor)
    shown = visitor.post(f"{HERE}/link", {"renew": ""}, page=HERE).text
    link = shown.split('readonly value="')[1].split('"')[0]
    assert link not in visitor.get(HERE).text
    with TestClient(visitor.client.app) as other:
        assert other.get(link).url.path == "/agency"
        assert other.get(f"/a/{served.codes[ARCHIVE.code]}").status_code == 403
    assert "没有" in visitor.post(f"{HERE}/link", {"withdraw": ""}, page=HERE).text
    assert served.campaign.link_given_to(ARCHIVE.code) is None


def test_two_versions_stand_beside_each_other(visitor: Visitor, served: ServedCampaign) -> None:
    hand_in(served, prepared(ARCHIVE, 4))
    sign_in(visitor, READER)
    page = visitor.get(f"{HERE}/changes?before=1&now=2").text
    assert "差异（1处）" in page
    assert "<td>3</td><td>4</td>" in page
    assert visitor.get(f"{HERE}/changes?before=1&now=9").status_code == 422


def test_the_report_is_shown_as_pictures(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    page = visitor.get(f"{HERE}/versions/1/pages").text
    picture = page.split('<img src="')[1].split('"')[0]
    assert visitor.get(picture).content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    "path", ["", "/changes?before=1&now=1", "/versions/1/pages", "/versions/1/handed-in"]
)
def test_an_agency_opens_no_page_of_the_office(visitor: Visitor, served: ServedCampaign, path: str) -> None:
    visitor.get(f"/a/{served.codes[ARCHIVE.code]}")
    assert visitor.get(f"{HERE}{path}").url.path == "/sign-in"


def test_an_agency_that_nobody_has_is_told_so(visitor: Visitor) -> None:
    sign_in(visitor)
    assert visitor.get("/office/agencies/none").status_code in (404, 422)
    assert visitor.get(f"{HERE}/versions/7/handed-in").status_code == 404


@pytest.mark.parametrize("until", ["2020-01-01", "明天", "2099-01-01", "2024-13-01"])
@pytest.mark.parametrize("what", ["extension", "link"])
def test_a_day_that_cannot_be_is_refused_in_words_that_name_no_option(
    visitor: Visitor, what: str, until: str
) -> None:
    sign_in(visitor, COORDINATOR)
    refused = visitor.post(f"{HERE}/{what}", {"until": until, "why": WHY}, page=HERE)
    assert refused.status_code == 422
    assert until in _said(refused.text)
    assert "--" not in _said(refused.text)


def test_a_closed_campaign_says_so_and_names_neither_a_command_nor_a_folder(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor, COORDINATOR)
    form = form_on(visitor)
    served.campaign.close()
    refused = visitor.client.post(f"{HERE}/review", data=form | {"decision": "accept"})
    assert refused.status_code == 409
    assert "已经封存" in _said(refused.text)
    assert "reportfill" not in _said(refused.text)
    assert str(served.campaign.url) not in refused.text


def _said(page: str) -> str:
    """What a page says to whoever is refused."""
    return page.split('<main id="main"')[1].split("</p>")[0]
