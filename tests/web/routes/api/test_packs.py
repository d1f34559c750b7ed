"""A program asks which packs there are, and for workbooks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from places import DATA, PACK_FOLDER
from web_program import Program, problem_in

from reportfill.pack.pack import Pack

AGENCY = "卫辉市信访局"


def test_packs_are_listed_with_what_they_hold(program: Program, pack: Pack) -> None:
    packs = {one["id"]: one for one in program.get("/packs").json()["packs"]}
    assert packs[pack.id]["title"] == pack.manifest.title
    held = program.get(f"/packs/{pack.id}").json()
    assert [one["path"] for one in held["fields"]] == list(pack.fields)
    assert {one["id"] for one in held["balances"]} == {one.id for one in pack.rules.balances}


def test_a_schema_is_the_packs_own(program: Program, pack: Pack) -> None:
    answer = program.get(f"/packs/{pack.id}/schema")
    assert answer.content == (PACK_FOLDER / "schema.json").read_bytes()


@pytest.mark.parametrize("name", ["none", "2023", "..", "%2Fetc", str(PACK_FOLDER).replace("/", "%2F")])
def test_what_is_no_packs_id_is_not_there(program: Program, name: str) -> None:
    for path in (f"/packs/{name}", f"/packs/{name}/schema"):
        assert program.get(path).status_code == 404, path
    assert program.send_json("/workbooks", {"year": 2023, "pack": name}).status_code == 422


@pytest.mark.parametrize("data", [None, DATA / "weihui-2023.json"])
def test_a_workbook_is_byte_for_byte_that_of_the_command_line(
    program: Program, tmp_path: Path, data: Path | None
) -> None:
    given = ["--data", str(data)] if data else []
    named = ["--agency", AGENCY, "--year", "2023", "--code", "410781"]
    command = [sys.executable, "-m", "reportfill", "new", *named, *given, "-o", str(tmp_path / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True)
    wanted = {"agency": AGENCY, "year": 2023, "code": "410781"}
    known = {"data": json.loads(data.read_text("utf-8"))} if data else {}
    answer = program.send_json("/workbooks", wanted | known)
    assert answer.content == (tmp_path / "a.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("wanted", "status", "said"),
    [
        ({}, 422, "year"),
        ({"year": "二〇二三"}, 422, "year"),
        ({"year": 2023, "colour": "red"}, 422, "colour"),
        ({"year": 1950}, 422, "1950"),
        ({"year": 2023, "agency": "甲\u0001"}, 422, "控制字符"),
        ({"year": 2023, "agency": "甲" * 401}, 422, "agency"),
        (b"{", 400, "第1行"),
        (b"[]", 400, "对象"),
        (b"[" * (5 << 20), 413, "太大"),
        (b"[" * 60_000, 400, "嵌套"),
    ],
)
def test_a_workbook_that_cannot_be_is_a_problem(
    program: Program, wanted: object, status: int, said: str
) -> None:
    answer = program.send_json("/workbooks", wanted)
    assert answer.status_code == status
    assert said in problem_in(answer)["detail"]


def test_data_that_cannot_be_told_are_findings(program: Program) -> None:
    data = {"proactive": {"licensing": {"decisions": "很多"}}}
    answer = program.send_json("/workbooks", {"year": 2023, "data": data})
    assert answer.status_code == 422
    assert [one["code"] for one in problem_in(answer)["findings"]] == ["cell.not_a_number"]
