"""An agency comes by its link, hands in, corrects, and sees its own and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from web_campaign import ServedCampaign, served_campaign, sign_in
from web_visitor import Visitor

ARCHIVE, CIVIL_AFFAIRS = AGENCIES[1], AGENCIES[2]


@pytest.fixture
def served(tmp_path: Path) -> ServedCampaign:
    return served_campaign(tmp_path)


@pytest.fixture
def visitor(served: ServedCampaign) -> Iterator[Visitor]:
    with served.visited() as visitor:
        yield visitor


@pytest.fixture
def archive(served: ServedCampaign, visitor: Visitor) -> Visitor:
    """The archive, which has opened its link."""
    assert visitor.get(f"/a/{served.codes[ARCHIVE.code]}").url.path == "/agency"
    return visitor


def _hand_in(visitor: Visitor, content: bytes, name: str = "填报表.xlsx") -> str:
    answer = visitor.post("/agency/hand-in", files={"file": (name, content)}, page="/agency")
    assert answer.status_code == 200, answer.text
    assert answer.url.path.startswith("/agency/receipts/")
    return str(answer.text)


def test_opening_a_link_shows_the_agency_and_hands_in_nothing(
    archive: Visitor, served: ServedCampaign
) -> None:
    page = archive.get("/agency").text
    assert ARCHIVE.name in page
    assert "还没有报送" in page
    assert served.campaign.history_of(ARCHIVE.code).receipts == ()


def test_what_is_kept_for_an_hour_is_not_said_of_what_is_kept_for_good(archive: Visitor) -> None:
    for path in ("/agency", "/agency/form", "/nowhere", "/"):
        assert "最多1小时，之后自动删除" not in archive.get(path).text, path


def test_a_code_may_be_typed(visitor: Visitor, served: ServedCampaign) -> None:
    typed = served.codes[ARCHIVE.code].lower().replace("-", " ")
    assert visitor.post("/code", {"code": typed}).url.path == "/agency"


def test_what_is_handed_in_is_acknowledged_and_becomes_a_report(archive: Visitor) -> None:
    receipt = _hand_in(archive, prepared(ARCHIVE, 1))
    assert "第1次报送，校验通过" in receipt
    page = archive.get("/agency").text
    assert "等待审核" in page
    report = archive.get("/agency/versions/1/docx.docx")
    assert report.content.startswith(b"PK")
    assert archive.get("/agency/versions/1/handed-in").content == prepared(ARCHIVE, 1)


def test_a_correction_is_a_new_version_and_the_old_one_can_be_got_back(archive: Visitor) -> None:
    faulty = prepared(ARCHIVE, 1, is_sound=False)
    assert "有错误，需要修改" in _hand_in(archive, faulty)
    assert archive.get("/agency/versions/1/marked").content.startswith(b"PK")
    assert "第2次报送，校验通过" in _hand_in(archive, prepared(ARCHIVE, 2))
    assert archive.get("/agency/versions/1/handed-in").content == faulty


def test_the_same_file_again_has_the_same_receipt(archive: Visitor, served: ServedCampaign) -> None:
    for _ in range(2):
        _hand_in(archive, prepared(ARCHIVE, 1))
    history = served.campaign.history_of(ARCHIVE.code)
    assert len(history.receipts) == len(history.versions) == 1


def test_a_report_that_is_sent_back_comes_with_its_remark(archive: Visitor, served: ServedCampaign) -> None:
    _hand_in(archive, prepared(ARCHIVE, 1))
    served.campaign.send_back(ARCHIVE.code, "请补充说明", by="王芳")
    page = archive.get("/agency").text
    assert "已退回" in page
    assert "请补充说明" in page
    assert archive.get("/agency/versions/1/remark").content.startswith(b"PK")


def test_another_agencys_workbook_is_told_so_and_is_nobodys_version(
    archive: Visitor, served: ServedCampaign
) -> None:
    _hand_in(archive, prepared(CIVIL_AFFAIRS, 1))
    assert served.campaign.history_of(ARCHIVE.code).versions == ()
    assert served.campaign.history_of(CIVIL_AFFAIRS.code).versions == ()


def test_an_agency_sees_nothing_of_another(served: ServedCampaign, visitor: Visitor) -> None:
    visitor.get(f"/a/{served.codes[CIVIL_AFFAIRS.code]}")
    receipt = _hand_in(visitor, prepared(CIVIL_AFFAIRS, 1)).split("/agency/receipts/")[0]
    number = served.campaign.history_of(CIVIL_AFFAIRS.code).receipts[0].number
    assert receipt
    visitor.get(f"/a/{served.codes[ARCHIVE.code]}")
    assert CIVIL_AFFAIRS.name not in visitor.get("/agency").text
    assert visitor.get(f"/agency/receipts/{number}").status_code == 404
    assert visitor.get("/agency/versions/1/handed-in").status_code == 404


@pytest.mark.parametrize("code", ["AAAA-BBBB", "x" * 500, "%00", "一二三"])
def test_a_code_that_is_none_opens_nothing(visitor: Visitor, code: str) -> None:
    assert visitor.get(f"/a/{code}").status_code == 403
    assert visitor.get("/agency").status_code == 401


def test_a_link_that_was_withdrawn_ends_what_it_began(archive: Visitor, served: ServedCampaign) -> None:
    served.campaign.withdraw_links(ARCHIVE.code)
    assert archive.get("/agency").status_code == 401
    assert archive.get(f"/a/{served.codes[ARCHIVE.code]}").status_code == 403


def test_a_link_that_has_expired_opens_nothing(
    visitor: Visitor, served: ServedCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = date.today() + timedelta(days=1)
    (given,) = served.campaign.give_links(ARCHIVE.code, until=until, renew=True).links

    class Later(date):
        @classmethod
        def today(cls) -> date:
            return until + timedelta(days=1)

    assert visitor.get(f"/a/{given.code}").url.path == "/agency"
    monkeypatch.setattr("reportfill.campaign.campaign.date", Later)
    assert visitor.get("/agency").status_code == 401


def test_a_closed_campaign_takes_nothing_in_and_gives_everything_back(
    archive: Visitor, served: ServedCampaign
) -> None:
    _hand_in(archive, prepared(ARCHIVE, 1))
    page = archive.get("/agency").text
    served.campaign.close()
    token = page.split('name="csrf" value="')[1].split('"')[0]
    refused = archive.client.post(
        "/agency/hand-in", data={"csrf": token}, files={"file": ("b.xlsx", prepared(ARCHIVE, 2))}
    )
    assert refused.status_code == 409
    assert "本次工作已经结束" in archive.get("/agency").text
    assert archive.get("/agency/versions/1/docx.docx").status_code == 200


def test_an_empty_or_missing_file_is_asked_for_again(archive: Visitor) -> None:
    assert archive.post("/agency/hand-in", page="/agency").status_code == 422
    assert archive.post("/agency/hand-in", files={"file": ("a.xlsx", b"")}, page="/agency").status_code == 422


def test_what_is_no_workbook_is_told_so(archive: Visitor) -> None:
    receipt = _hand_in(archive, b"%PDF-1.7 not a workbook", "报告.pdf")
    assert "校验通过" not in receipt


@pytest.mark.parametrize("path", ["campaign.toml", "roster.xlsx", "campaign.db"])
def test_what_is_wrong_with_the_office_s_folder_is_told_to_the_office_and_not_to_agencies(
    archive: Visitor, served: ServedCampaign, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    place = Path(served.setup.campaign) / path
    place.write_bytes(b"= broken =" * 100)
    for answer in (archive.get("/agency"), archive.post("/agency/hand-in", files={"file": ("a", b"b")})):
        assert answer.status_code == 503
        assert "请稍后再试" in answer.text
        assert served.setup.campaign not in answer.text
        assert path not in answer.text
    assert "could not be served" in caplog.text


def test_the_office_is_told_what_is_wrong_with_its_folder(served: ServedCampaign) -> None:
    with served.visited() as office:
        sign_in(office)
        (Path(served.setup.campaign) / "roster.xlsx").write_bytes(b"broken")
        assert "roster.xlsx" in office.get("/office/operations").text


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 20, "9" * 300])
def test_a_version_that_there_cannot_be_is_not_there(archive: Visitor, number: str) -> None:
    assert archive.get(f"/agency/versions/{number}/handed-in").status_code == 404


def test_the_same_file_once_more_is_said_not_to_count_where_another_came_between(archive: Visitor) -> None:
    first = _hand_in(archive, prepared(ARCHIVE, 1))
    assert "为准" not in first
    assert "为准" not in _hand_in(archive, prepared(ARCHIVE, 2))
    assert "以第2次为准" in _hand_in(archive, prepared(ARCHIVE, 1))


@pytest.mark.parametrize(
    ("name", "given_back"), [("档案馆（终稿）.xlsx", "档案馆（终稿）.xlsx"), ("setup.exe", "setup.xlsx")]
)
def test_what_was_handed_in_is_given_back_by_the_name_it_had(
    archive: Visitor, name: str, given_back: str
) -> None:
    _hand_in(archive, prepared(ARCHIVE, 1), name)
    told = archive.get("/agency/versions/1/handed-in").headers["content-disposition"]
    assert unquote(told).endswith(f"UTF-8''{given_back}")
