"""A program with a key hands in for agencies and asks how they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from often import often
from web_campaign import ServedCampaign, served_campaign
from web_contract import broken_promises
from web_operations import awaited
from web_program import Program, problem_in

from reportfill.campaign.agencies.agency import Agency
from reportfill.web.application import application
from reportfill.web.routes.api import rollups

ARCHIVE = AGENCIES[1]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> ServedCampaign:
    return served_campaign(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def keys(served: ServedCampaign) -> dict[str, str]:
    return {role: served.campaign.add_key(role, role).text for role in ("reader", "coordinator")}


@pytest.fixture
def stranger(served: ServedCampaign, keys: dict[str, str]) -> Iterator[Program]:
    with served.visited() as visitor:
        yield Program(visitor.client)


def test_nobody_is_told_anything_without_a_key(stranger: Program) -> None:
    for key in ("", "wrong", "一"):
        headers = {"authorization": f"Bearer {key}".encode()} if key else {}
        answer = stranger.client.get("/api/v1/agencies", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert problem_in(answer)["findings"] == []


def test_wrong_keys_are_answered_ever_more_slowly(stranger: Program, tmp_path: Path) -> None:
    with served_campaign(tmp_path).visited() as visitor:
        wrong = Program(visitor.client, "wrong")
        answers = [wrong.get("/agencies") for _ in range(200)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_page_of_agencies_says_where_the_next_is(tmp_path: Path) -> None:
    every = (AGENCIES[0], *(Agency(f"1{number:03}", f"清河县第{number}中学") for number in range(1, 151)))
    served = served_campaign(tmp_path, every)
    with served.visited() as visitor:
        reader = Program(visitor.client, served.campaign.add_key("系统", "reader").text)
        first = reader.get("/agencies?name=清河县")
        following = re.fullmatch(r'<http://[^/]+/api/v1([^>]+)>; rel="next"', first.headers["link"])
        assert following
        second = reader.get(following[1])
        assert "link" not in second.headers
        told = [one["code"] for answer in (first, second) for one in answer.json()["agencies"]]
        assert told == [one.code for one in every]


def test_agencies_are_found_by_what_they_are(stranger: Program, keys: dict[str, str]) -> None:
    reader = Program(stranger.client, keys["reader"])
    every = reader.get("/agencies").json()
    assert {one["code"] for one in every["agencies"]} == {one.code for one in AGENCIES}
    assert [one["code"] for one in reader.get(f"/agencies?name={ARCHIVE.name}").json()["agencies"]] == [
        ARCHIVE.code
    ]
    assert reader.get(f"/agencies/{ARCHIVE.code}").json()["name"] == ARCHIVE.name
    assert reader.get("/agencies/none").status_code == 404


def test_what_is_handed_in_has_a_receipt_and_is_taken_in(
    stranger: Program, served: ServedCampaign, keys: dict[str, str]
) -> None:
    reader, coordinator = (Program(stranger.client, keys[role]) for role in ("reader", "coordinator"))
    content, fields = prepared(ARCHIVE, 1), {"agency": ARCHIVE.code}
    assert reader.send("/submissions", content, fields=fields).status_code == 403
    answer = coordinator.send("/submissions", content, fields=fields)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["version"], told["is_sound"]) == (1, True)
    assert coordinator.send("/submissions", content, fields=fields).json() == told
    assert reader.get(f"/submissions/{ARCHIVE.code}/{told['receipt']}").json() == told
    assert reader.get(f"/submissions/{AGENCIES[2].code}/{told['receipt']}").status_code == 404
    assert [one.number for one in served.campaign.history_of(ARCHIVE.code).receipts] == [told["receipt"]]
    assert coordinator.send("/submissions", content, fields={"agency": "none"}).status_code == 404


def test_sums_are_worked_out_and_their_files_given(
    stranger: Program, served: ServedCampaign, keys: dict[str, str]
) -> None:
    reader, coordinator = (Program(stranger.client, keys[role]) for role in ("reader", "coordinator"))
    served.campaign.hand_in(ARCHIVE.code, prepared(ARCHIVE, 1), file_name="a.xlsx")
    served.campaign.take_in()
    assert reader.send_json("/rollups", {}).status_code == 403
    begun = coordinator.send_json("/rollups", {"listed": [ARCHIVE.code]})
    assert begun.status_code in (201, 202), begun.text
    where = begun.headers["location"].removeprefix("/api/v1")
    told = awaited(lambda: reader.get(where), lambda answer: answer.json()["state"] != "running").json()
    assert (told["state"], told["by"], told["names"]) == ("done", "coordinator", [])
    assert told["said"] == ["已汇总1个单位，缺0个，不汇总0个。"]
    assert told["figures"]
    for file in told["files"]:
        content = reader.get(file["url"].removeprefix("/api/v1")).content
        assert sha256(content).hexdigest() == file["sha256"]
    again = coordinator.send_json("/rollups", {})
    assert again.status_code in (201, 202)
    now = awaited(
        lambda: reader.get(f"/rollups/{again.json()['number']}"), lambda one: one.json()["state"] == "done"
    )
    assert now.json()["names"][0]["count"] == len(AGENCIES) - 1
    assert reader.get(f"{where}/files/none.xlsx").status_code == 404
    assert [reader.get(path).status_code for path in ("/rollups/999", "/rollups/0")] == [404, 422]
    refused = coordinator.send_json("/rollups", {"of": "没有的"})
    where = refused.headers["location"].removeprefix("/api/v1")
    ended = awaited(lambda: reader.get(where), lambda one: one.json()["state"] != "running").json()
    assert (ended["state"], ended["figures"], ended["files"]) == ("refused", {}, [])
    for wrong_type in ({"through": "x"}, {"other": 1}):
        assert coordinator.send_json("/rollups", wrong_type).status_code == 422


def test_with_a_campaign_every_answer_is_one_that_is_described(
    served: ServedCampaign, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollups, "_PATIENCE", 0.0)  # nobody waits for sums
    assert broken_promises(application(served.setup), examples=often(30), key=keys["coordinator"]) == []
