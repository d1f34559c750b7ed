"""The coordinator reads who came in, by what, and what they did."""

from __future__ import annotations

import csv
import html
import re
from io import StringIO

import pytest
from campaign.office import AGENCIES
from web_campaign import COORDINATOR, PASSWORD, READER, ServedCampaign, sign_in
from web_visitor import Visitor

ARCHIVE, AFFAIRS = (f"{one.name}（{one.code}）" for one in AGENCIES[1:3])
HERE = "/office/audit"
ROW = re.compile(
    r'</th><td>([^<]*)</td><td class="words">([^<]*)</td><td class="words">([^<]*)</td><td>(\d*)</td><td>([^<]*)'
)


def entries(visitor: Visitor, query: str = "") -> list[tuple[str, str, str, str]]:
    """What somebody did, to what, of how many, the newest first."""
    page = visitor.get(f"{HERE}?{query}")
    assert page.status_code == 200
    rows = ROW.findall(html.unescape(page.text))
    assert {row[4] for row in rows} <= {"testclient"}
    return [row[:4] for row in rows]


def test_who_comes_in_and_goes_is_remembered(visitor: Visitor, served: ServedCampaign) -> None:
    sign_in(visitor, READER)
    visitor.post("/sign-out", page="/office")
    visitor.get(f"/a/{served.codes[AGENCIES[1].code]}")
    visitor.post("/sign-out", page="/agency")
    sign_in(visitor)
    assert entries(visitor) == [
        ("登录", COORDINATOR, "", ""),
        ("退出", ARCHIVE, "", ""),
        ("打开填报链接", ARCHIVE, "", ""),
        ("退出", READER, "", ""),
        ("登录", READER, "", ""),
    ]


def test_who_is_refused_is_remembered_without_what_was_typed(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor, READER, "wrong")
    sign_in(visitor, PASSWORD, READER)
    visitor.get("/a/abcd-efgh-ijkl")
    visitor.get("/api/v1/agencies", headers={"authorization": "Bearer of-nobody"})
    served.campaign.withdraw_links(AGENCIES[2].code)
    visitor.get(f"/a/{served.codes[AGENCIES[2].code]}")
    sign_in(visitor)
    assert [(event, who) for event, who, _, _ in entries(visitor)][1:] == [
        ("填报链接或者填报码无效", AFFAIRS),
        ("接口密钥无效", ""),
        ("填报链接或者填报码无效", ""),
        ("登录未成功", ""),
        ("登录未成功", READER),
    ]
    page = visitor.get(HERE).text
    assert not any(typed in page for typed in (PASSWORD, "wrong", "abcd", "of-nobody"))


def test_what_is_taken_away_is_remembered_with_how_many(visitor: Visitor) -> None:
    sign_in(visitor)
    code = AGENCIES[1].code
    for path in (
        "/office/export.xlsx?state=missing",
        "/office/reminders.zip",
        f"/office/agencies/{code}/versions/1/handed-in",
    ):
        assert visitor.get(path).status_code == 200
    assert entries(visitor)[:3] == [
        ("下载", COORDINATOR, f"{ARCHIVE}，第1次，handed-in", ""),
        ("导出", COORDINATOR, "催报邮件.zip", "3"),
        ("导出", COORDINATOR, "填报进度.xlsx", "2"),
    ]


def test_what_is_decided_is_remembered(visitor: Visitor) -> None:
    sign_in(visitor)
    people, agency = "/office/people", f"/office/agencies/{AGENCIES[1].code}"
    account = {"name": "孙新来", "role": "reader", "password": "another four words here"}
    for path, form in (
        (f"{people}/accounts", account),
        (f"{people}/accounts/change", {"name": "孙新来", "role": "reviewer"}),
        (f"{people}/accounts/change", {"name": "孙新来", "remove": ""}),
        (f"{people}/keys", {"name": "财政系统", "role": "reader"}),
        (f"{people}/keys/withdraw", {"name": "财政系统"}),
        (f"{agency}/link", {"until": ""}),
        (f"{agency}/link", {"withdraw": ""}),
        (f"{agency}/review", {"decision": "accept", "versions": "1", "reviews": "0"}),
        (f"{agency}/extension", {"until": "2024-12-31", "why": ""}),
    ):
        assert visitor.post(path, form, page=people).status_code == 200, path
    assert [(event, about) for event, _, about, _ in entries(visitor)[::-1]][1:] == [
        ("添加账号", "孙新来"),
        ("变更角色", "孙新来"),
        ("删除账号", "孙新来"),
        ("添加接口密钥", "财政系统"),
        ("停用接口密钥", "财政系统"),
        ("开通链接", ARCHIVE),
        ("停用链接", ARCHIVE),
        ("审核", ARCHIVE),
        ("延期", ARCHIVE),
    ]


def test_what_was_refused_is_not_remembered_as_done(visitor: Visitor) -> None:
    sign_in(visitor)
    before = entries(visitor)
    visitor.post("/office/people/accounts/change", {"name": "无此人", "remove": ""}, page="/office")
    visitor.post("/office/people/keys/withdraw", {"name": "无此密钥"}, page="/office")
    assert entries(visitor) == before


def test_a_key_that_is_used_again_and_again_is_remembered_once(
    visitor: Visitor, served: ServedCampaign
) -> None:
    key = served.campaign.add_key("财政系统", "reader").text
    for _ in range(3):
        answer = visitor.get("/api/v1/agencies", headers={"authorization": f"Bearer {key}"})
        assert answer.status_code == 200
    sign_in(visitor)
    assert entries(visitor, "event=key-used") == [("使用接口密钥", "财政系统", "", "")]


def test_it_is_filtered_and_taken_away_as_a_table(visitor: Visitor, served: ServedCampaign) -> None:
    visitor.get(f"/a/{served.codes[AGENCIES[1].code]}")
    sign_in(visitor)
    assert entries(visitor, f"text={AGENCIES[1].name}") == [("打开填报链接", ARCHIVE, "", "")]
    assert entries(visitor, "text=100%25") == []
    table = visitor.get(f"{HERE}.csv?event=link-opened").content.decode("utf-8-sig")
    (_, row) = csv.reader(StringIO(table))
    assert row[1:] == ["打开填报链接", ARCHIVE, "", "", "testclient"]
    assert entries(visitor, "event=exported") == [("导出", COORDINATOR, "访问记录.csv", "1")]


@pytest.mark.parametrize("path", [HERE, f"{HERE}.csv"])
def test_only_a_coordinator_reads_it_and_that_others_tried_is_remembered(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).url.path == "/sign-in"
    sign_in(visitor, READER)
    assert HERE not in visitor.get("/office").text
    assert visitor.get(path).status_code == 403
    sign_in(visitor)
    assert entries(visitor)[1] == ("没有权限", READER, path, "")
