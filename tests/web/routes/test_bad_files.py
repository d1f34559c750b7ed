"""Whatever is sent, by a browser or a program, is answered in Chinese, and the server goes on."""

from __future__ import annotations

import re
from functools import cache

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from hostile import hostile_files
from often import IN_FULL
from places import ROOT, SAMPLES
from starlette.testclient import TestClient
from web_campaign import ServedCampaign, served_campaign
from web_program import Program, problem_in
from web_visitor import Visitor

CASES = {path.name: next(path.glob("input.*")) for path in sorted((ROOT / "tests" / "cases").iterdir())}
SOME = list(CASES)[:: 1 if IN_FULL else 6]
ARCHIVE, LETTERS = AGENCIES[1], AGENCIES[3]
CHINESE = re.compile("[一-鿿]")


@cache
def files() -> dict[str, bytes]:
    """Odd files and hostile ones, by what they are."""
    return {name: CASES[name].read_bytes() for name in SOME} | dict(hostile_files())


@pytest.mark.parametrize("path", ["/checks", "/reports"])
def test_every_odd_file_is_answered_to_a_program(client: TestClient, path: str) -> None:
    program = Program(client)
    for name, content in files().items():
        answer = program.send(path, content)
        assert answer.status_code in (200, 422), (name, answer.text)
        if answer.status_code == 422:
            told = problem_in(answer)
            assert CHINESE.search(told["detail"]), name
            assert told["findings"], name
            assert all(CHINESE.search(one["message"]) for one in told["findings"]), name


def test_every_odd_file_is_answered_to_a_program_that_sends_it_as_data(client: TestClient) -> None:
    program = Program(client)
    for name, content in hostile_files().items():
        for path in ("/checks", "/reports"):
            answer = program.send_json(path, content)
            assert answer.status_code in (200, 422), (name, answer.text)


def test_every_odd_file_is_answered_to_a_browser(visitor: Visitor) -> None:
    every = list(files().items())
    for some in (every[start : start + 100] for start in range(0, len(every), 100)):
        sent = [("files", (f"{name}.xlsx", content)) for name, content in some]
        page = visitor.post("/reports", files=sent)
        assert page.status_code == 200, page.text
        addresses = re.findall(r'href="(/results/[^"]+/\d+)"', page.text)
        assert len(addresses) == len(some)
        for (name, _), address in zip(some, addresses, strict=True):
            result = visitor.get(address)
            assert result.status_code == 200, (name, result.text)
            assert "校验通过" in result.text or "需要修改" in result.text or "无法" in result.text, name


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> ServedCampaign:
    """A campaign for which anything is handed in."""
    return served_campaign(tmp_path_factory.mktemp("served"))


def test_every_hostile_file_that_a_program_hands_in_is_answered(served: ServedCampaign) -> None:
    key = served.campaign.add_key("系统", "coordinator").text
    with served.visited() as visitor:
        program = Program(visitor.client, key)
        for name, content in hostile_files().items():
            answer = program.send("/submissions", content, fields={"agency": ARCHIVE.code})
            assert answer.status_code in (201, 422), (name, answer.text)
            told = answer.json()
            if answer.status_code == 201 and told["version"] is not None:
                assert not told["is_sound"], name
            assert all(CHINESE.search(one["message"]) for one in told["findings"]), name
        sound = program.send("/submissions", prepared(ARCHIVE, 1), fields={"agency": ARCHIVE.code})
        assert sound.json()["is_sound"], sound.text


def test_every_hostile_file_that_an_agency_hands_in_is_answered(served: ServedCampaign) -> None:
    with served.visited() as visitor:
        visitor.get(f"/a/{served.codes[LETTERS.code]}")
        for name, content in hostile_files().items():
            answer = visitor.post("/agency/hand-in", files={"file": ("a.xlsx", content)}, page="/agency")
            assert answer.status_code in (200, 422), (name, answer.text)
            assert CHINESE.search(answer.text), name
            assert visitor.get("/agency").status_code == 200, name
        sent = {"file": ("填报表.xlsx", prepared(LETTERS, 1))}
        assert "校验通过" in visitor.post("/agency/hand-in", files=sent, page="/agency").text
        assert ARCHIVE.name not in visitor.get("/agency").text


def test_after_all_of_it_a_sound_workbook_still_becomes_its_report(client: TestClient) -> None:
    sound = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    assert Program(client).send("/reports", sound).content.startswith(b"PK")
