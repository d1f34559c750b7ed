"""Roll-up, comparison, publication and links at a click."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from openpyxl import load_workbook
from web_campaign import COORDINATOR, READER, REVIEWER, ServedCampaign, sign_in
from web_operations import OPERATIONS, UNDER_WAY, awaited, begin, ended
from web_visitor import Visitor

from reportfill.campaign.folder.parts import LINKS, ROLLUP
from reportfill.web.operations.records import OperationRecords
from reportfill.web.security.server_database import ServerDatabase
from reportfill.workers import ProcessWorkers

FORM, TABLE = "填报表（部分汇总）.xlsx", "明细（部分汇总）.xlsx"


@pytest.fixture
def served(served: ServedCampaign, tmp_path: Path) -> ServedCampaign:
    """Here the server knows where to publish."""
    return replace(served, setup=replace(served.setup, site=str(tmp_path / "site")))


@pytest.fixture
def coordinator(visitor: Visitor) -> Visitor:
    sign_in(visitor, COORDINATOR)
    return visitor


def _links_in(page: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(rf'href="({OPERATIONS}/file\?[^"]+)"', page)]


def _cells(workbook: bytes) -> list[list[tuple[object, ...]]]:
    return [list(sheet.values) for sheet in load_workbook(BytesIO(workbook)).worksheets]


def _lasting(served: ServedCampaign) -> set[str]:
    """The files of a campaign, without what a ledger has beside it while it is written."""
    files = {file.path for file in served.campaign.folder.store.files()}
    return {path for path in files if not path.startswith("campaign.db-")}


def _path_of(served: ServedCampaign, ending: str) -> str:
    return next(file.path for file in served.campaign.office_files if file.path.endswith(ending))


def test_a_roll_up_is_what_the_command_line_makes(coordinator: Visitor, served: ServedCampaign) -> None:
    page = ended(coordinator, "rollup").text
    assert "已完成" in page
    assert "已汇总1个单位，缺3个，不汇总0个。" in page
    assert AGENCIES[2].name in page
    form, table = (coordinator.get(link) for link in _links_in(page))
    assert [
        quote(FORM) in form.headers["content-disposition"],
        quote(TABLE) in table.headers["content-disposition"],
    ]
    made = {ending: _cells(answer.content) for ending, answer in ((FORM, form), (TABLE, table))}
    done = replace(served.campaign, workers=ProcessWorkers(1)).rollup()
    assert [_cells(Path(file.place).read_bytes()) for file in done.files] == [made[FORM], made[TABLE]]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"of": AGENCIES[1].code}, "已汇总1个单位，缺0个"),
        ({"listed": f"{AGENCIES[1].name}\n\n{AGENCIES[2].code}\n"}, "已汇总1个单位，缺1个"),
        ({"through": "1"}, "未能办理"),
        ({"of": "没有的单位"}, "未能办理"),
        ({"listed": "没有的单位"}, "未能办理"),
    ],
)
def test_what_is_added_up_is_chosen(coordinator: Visitor, wish: dict[str, str], said: str) -> None:
    assert said in ended(coordinator, "rollup", **wish).text


def test_what_was_made_anew_since_is_not_taken_for_what_was_made_then(
    coordinator: Visitor, served: ServedCampaign
) -> None:
    first = _links_in(ended(coordinator, "rollup").text)
    served.campaign.hand_in(AGENCIES[3].code, prepared(AGENCIES[3], 7), file_name="b.xlsx")
    served.campaign.take_in()
    second = _links_in(ended(coordinator, "rollup").text)
    assert [coordinator.get(link).status_code for link in (*first, *second)] == [409, 409, 200, 200]


def test_accepted_reports_are_published(coordinator: Visitor, served: ServedCampaign, tmp_path: Path) -> None:
    refused = ended(coordinator, "publish").text
    assert "未能办理" in refused
    assert "reportfill" not in refused
    served.campaign.accept_all_sound()
    page = ended(coordinator, "publish", kinds=["html", "json"]).text
    assert "已发布1份，其中本次生成1份" in page
    assert "已发布1份，其中本次生成0份" in ended(coordinator, "publish").text
    assert (tmp_path / "site" / "index.html").is_file()
    assert not [*(tmp_path / "site").rglob("*.docx")]
    assert [*(tmp_path / "site" / "2023").rglob("*.json")] or [*(tmp_path / "site").rglob("*.json")]


def test_what_a_server_was_not_told_of_it_does_not_offer(coordinator: Visitor) -> None:
    page = coordinator.get(OPERATIONS).text
    assert "begin-publish" in page
    assert "begin-compare" not in page
    assert begin(coordinator, "compare").status_code == 404
    assert begin(coordinator, "none").status_code == 404


def test_links_are_given_and_their_files_go_when_they_were_sent(
    coordinator: Visitor, served: ServedCampaign
) -> None:
    assert "已有链接的4个单位没有改动" in ended(coordinator, "links").text
    served.campaign.withdraw_links(AGENCIES[1].code)
    tomorrow = date.today() + timedelta(days=1)
    page = ended(coordinator, "links", until=str(tomorrow))
    assert f"已开通链接1个，有效期至{tomorrow}" in page.text
    table, texts, cards = (coordinator.get(link) for link in sorted(_links_in(page.text)))
    assert [answer.status_code for answer in (table, texts, cards)] == [200] * 3
    assert "http://testserver/" in texts.content.decode("utf-8-sig")
    paths = [file.path for file in served.campaign.office_files if file.path.startswith(LINKS)]
    assert len(paths) == 3
    for path in paths:
        coordinator.post(f"{OPERATIONS}/file/remove", {"path": path}, page=OPERATIONS)
    assert [file for file in served.campaign.office_files if file.path.startswith(LINKS)] == []


def test_files_with_links_are_for_coordinators_alone(coordinator: Visitor, served: ServedCampaign) -> None:
    served.campaign.withdraw_links(AGENCIES[1].code)
    page = ended(coordinator, "links")
    sign_in(coordinator, REVIEWER)
    assert _links_in(coordinator.get(str(page.url)).text) == []
    assert LINKS + "/" not in coordinator.get(OPERATIONS).text
    assert [coordinator.get(link).status_code for link in _links_in(page.text)] == [403] * 3


@pytest.mark.parametrize(
    "path",
    [
        "campaign.toml",
        "campaign.db",
        "../secret",
        f"{ROLLUP}/../campaign.toml",
        "/etc/passwd",
        f"{ROLLUP}/无.xlsx",
    ],
)
def test_no_other_file_is_given_or_removed(coordinator: Visitor, served: ServedCampaign, path: str) -> None:
    assert coordinator.get(f"{OPERATIONS}/file?path={quote(path)}").status_code == 422
    before = _lasting(served)
    removed = coordinator.post(f"{OPERATIONS}/file/remove", {"path": path}, page=OPERATIONS)
    assert removed.status_code == 422
    assert _lasting(served) == before


def test_a_roll_up_is_never_removed_here(coordinator: Visitor, served: ServedCampaign) -> None:
    ended(coordinator, "rollup")
    path = _path_of(served, FORM)
    assert coordinator.post(f"{OPERATIONS}/file/remove", {"path": path}, page=OPERATIONS).status_code == 422
    assert _path_of(served, FORM) == path


@pytest.mark.parametrize("name", [READER, REVIEWER])
def test_only_coordinators_begin_and_stop(visitor: Visitor, name: str) -> None:
    sign_in(visitor, name)
    page = visitor.get(OPERATIONS)
    assert page.status_code == 200
    assert "/begin/" not in page.text
    for path in ("begin/rollup", "1/stop", "file/remove"):
        assert visitor.post(f"{OPERATIONS}/{path}", {}, page="/office/people").status_code == 403


def test_whoever_is_not_signed_in_sees_nothing(visitor: Visitor) -> None:
    for path in ("", "/1", "/file?path=rollup/a.xlsx", "/1/events"):
        assert visitor.get(f"{OPERATIONS}{path}").url.path == "/sign-in"


@pytest.fixture
def under_way(served: ServedCampaign) -> Iterator[OperationRecords]:
    """An operation of another process of the server is under way."""
    database = ServerDatabase(served.setup.own_database)
    records = OperationRecords(database)
    records.note_progress(records.begin("rollup", {}, "李主任"), 3, 10)
    yield records
    database.close()


def test_one_at_a_time_over_all_processes(coordinator: Visitor, under_way: OperationRecords) -> None:
    refused = begin(coordinator, "collect")
    assert refused.status_code == 409
    assert "一次只办理一项" in refused.text
    page = coordinator.get(f"{OPERATIONS}/1").text
    assert f">{UNDER_WAY}<" in page
    assert 'max="10" value="3"' in page
    assert "李主任" in page


def test_it_is_stopped_by_whoever_may_in_whichever_process_it_is(
    coordinator: Visitor, under_way: OperationRecords
) -> None:
    coordinator.post(f"{OPERATIONS}/1/stop", {}, page=f"{OPERATIONS}/1")
    assert under_way.note_progress(1, 4, 10) is True


def test_what_is_unknown_is_not_there(coordinator: Visitor) -> None:
    assert coordinator.get(f"{OPERATIONS}/7").status_code == 404
    assert coordinator.get(f"{OPERATIONS}/x").status_code in (404, 422)


def test_what_was_done_is_listed_with_who_did_it(coordinator: Visitor) -> None:
    ended(coordinator, "rollup")
    ended(coordinator, "collect")
    page = coordinator.get(OPERATIONS).text
    assert page.index("新接收0个文件") < page.index("已汇总1个单位")
    assert page.count(f"<td>{COORDINATOR}</td>") == 2
    assert coordinator.get("/office/audit").text.count("<td>办理</td>") == 2


def test_a_closed_campaign_says_so(coordinator: Visitor, served: ServedCampaign) -> None:
    served.campaign.close()
    assert "已经封存" in coordinator.get(OPERATIONS).text
    assert "封存" in ended(coordinator, "rollup").text


def test_progress_is_told_until_the_end(coordinator: Visitor) -> None:
    page = begin(coordinator, "rollup")
    told = coordinator.get(f"{page.url.path}/events").text
    assert '"isOver":true' in told.replace(" ", "").splitlines()[-2:][0] or '"isOver":true' in told.replace(
        " ", ""
    )
    assert (
        "已完成"
        in awaited(lambda: coordinator.get(str(page.url)), lambda seen: UNDER_WAY not in seen.text).text
    )


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 20, "9" * 300])
def test_an_operation_that_there_cannot_be_is_not_there(coordinator: Visitor, number: str) -> None:
    place = f"{OPERATIONS}/{number}"
    assert coordinator.get(place).status_code == 404
    assert coordinator.post(f"{place}/stop", page=OPERATIONS).status_code == 404
