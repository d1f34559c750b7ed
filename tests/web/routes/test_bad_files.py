"""Whatever is sent, by a browser or a program, is answered in Chinese, and the server goes on."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hostile import hostile_files
from often import IN_FULL
from places import ROOT, SAMPLES
from starlette.testclient import TestClient
from web_program import Program, problem_in
from web_visitor import Visitor

CASES = {path.name: next(path.glob("input.*")) for path in sorted((ROOT / "tests" / "cases").iterdir())}
SOME = list(CASES)[:: 1 if IN_FULL else 6]
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


def test_after_all_of_it_a_sound_workbook_still_becomes_its_report(client: TestClient) -> None:
    sound = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    assert Program(client).send("/reports", sound).content.startswith(b"PK")
