"""A program sends a file and gets what the command line gives."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from httpx2 import Response
from places import DATA, SAMPLES
from web_program import PROBLEM, Program, problem_in

from reportfill.web.routes.api.reports import offered_outputs

SOUND, FAULTY = "weihui-xinfang-2023.xlsx", "typical-mistakes-2023.xlsx"
OF_DATA = {name: one for name, one in offered_outputs().items() if not one.kind.is_of_pages}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def by_command(*arguments: str) -> bytes:
    """What the command line prints, asked in the folder of the samples."""
    command = [sys.executable, "-m", "reportfill", *arguments]
    return subprocess.run(command, cwd=SAMPLES, capture_output=True).stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the command line makes of the sound workbook, by name."""
    folder = tmp_path_factory.mktemp("by-command")
    kinds = ",".join({one.kind.name for one in OF_DATA.values()})
    by_command("fill", SOUND, "--to", kinds, "-o", str(folder))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("media_type", OF_DATA)
def test_an_output_of_data_is_byte_for_byte_that_of_the_command_line(
    program: Program, made: dict[str, bytes], media_type: str
) -> None:
    answer = program.send("/reports", _sample(SOUND), accept=media_type)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.content == made[_name_of(answer)]


@pytest.mark.parametrize(("media_type", "begins"), [("application/pdf", b"%PDF"), ("application/ofd", b"PK")])
def test_an_output_of_pages_is_made_by_libreoffice(program: Program, media_type: str, begins: bytes) -> None:
    answer = program.send("/reports", _sample(SOUND), accept=media_type)
    assert answer.headers["content-type"] == media_type
    assert answer.content.startswith(begins)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", WORD),
        ("application/*", WORD),
        ("text/*", "text/html"),
        ("text/html, application/json;q=0.9", "text/html"),
        ("text/html;q=0.5, application/json; q=0.9", "application/json"),
        ("text/html;level=1;q=0.8", "text/html"),
        (f"{WORD};q=0, */*;q=0.1, text/html", "text/html"),
        ("image/webp, */*;q=0.8", WORD),
    ],
)
def test_the_output_is_the_one_that_is_wanted_most(program: Program, accept: str, media_type: str) -> None:
    answer = program.send("/reports", _sample(SOUND), accept=accept)
    assert answer.headers["content-type"].startswith(media_type)


@pytest.mark.parametrize("accept", ["image/webp", "text/plain, image/*;q=0", "*/*;q=0", "text/html;q=much"])
def test_an_output_that_there_is_not_is_refused_with_those_that_there_are(
    program: Program, accept: str
) -> None:
    answer = program.send("/reports", _sample(SOUND), accept=accept)
    assert answer.status_code == 406
    assert "text/html" in problem_in(answer)["detail"]


def test_data_make_the_same_report_as_on_the_command_line(program: Program, tmp_path: Path) -> None:
    by_command("fill", str(DATA / "weihui-2023.json"), "-o", str(tmp_path))
    (report,) = tmp_path.iterdir()
    content = (DATA / "weihui-2023.json").read_bytes()
    assert program.send_json("/reports", content).content == report.read_bytes()
    assert program.send("/reports", content, "数据.json").content == report.read_bytes()


def test_a_faulty_workbook_makes_no_report_and_its_findings_are_told(program: Program) -> None:
    answer = program.send("/reports", _sample(FAULTY))
    assert answer.status_code == 422
    checked = program.send("/checks", _sample(FAULTY)).json()
    assert problem_in(answer)["findings"] == checked["findings"]
    assert checked["counts"]["error"] > 0


@pytest.mark.parametrize("name", [SOUND, FAULTY])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_found_is_byte_for_byte_what_the_command_line_prints(
    program: Program, name: str, language: str
) -> None:
    answer = program.send("/checks", _sample(name), name, accept_language=f"{language}-X, zh;q=0.1")
    assert answer.content == by_command("check", name, "--format", "json", "--lang", language)


def test_cookies_change_nothing(program: Program) -> None:
    english = program.client.get("/language/en").status_code
    assert english in (200, 303)
    cookie = "; ".join(f"{one.name}={one.value}" for one in program.client.cookies.jar)
    answer = program.send("/checks", _sample(FAULTY), cookie=cookie)
    assert re.search("[一-鿿]", answer.json()["findings"][0]["message"])


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"PK", "application/octet-stream", 415),
        (b"PK", "", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"", "multipart/form-data", 400),
        (b"--a\r\nnonsense", "multipart/form-data; boundary=a", 422),
        (b"--b\r\n", "multipart/form-data; boundary=a", 400),
        (b"--a--\r\n", "multipart/form-data; boundary=a", 422),
        (b"", "application/json", 422),
        (b"[1]", "application/json", 422),
        (b"{", "application/json", 422),
        (b"[" * 100_000, "application/json", 422),
        ('{"year": 2023}'.encode("utf-16"), "application/json", 422),
    ],
)
@pytest.mark.parametrize("path", ["/checks", "/reports"])
def test_what_is_no_file_is_answered_by_what_to_send(
    program: Program, path: str, body: bytes, content_type: str, status: int
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    answer = program.client.post(f"/api/v1{path}", content=body, headers=headers)
    assert answer.status_code == status
    told = problem_in(answer)
    assert re.search("[一-鿿]", told["detail"])
    if content_type.startswith("multipart"):
        assert "workbook" in told["detail"]


def test_a_part_with_an_encoded_name_alone_is_answered_by_what_to_send(program: Program) -> None:
    named = b"Content-Disposition: form-data; name=\"workbook\"; filename*=UTF-8''%E5%A1%AB.xlsx"
    body = b"--a\r\n" + named + b"\r\n\r\nPK\r\n--a--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=a"}
    answer = program.client.post("/api/v1/checks", content=body, headers=headers)
    assert answer.status_code == 422
    assert "filename" in problem_in(answer)["detail"]


def test_two_files_are_not_one(program: Program) -> None:
    files = [("workbook", ("a.xlsx", b"PK")), ("workbook", ("b.xlsx", b"PK"))]
    assert program.client.post("/api/v1/checks", files=files).status_code == 422


@pytest.mark.parametrize(
    ("told", "shown"),
    [("../../etc/填报表.xlsx", "填报表.xlsx"), ("%E5%A1%AB.xlsx", "填.xlsx"), ("C:\\a\\b.exe", "b.exe")],
)
def test_a_files_name_is_only_shown(program: Program, told: str, shown: str) -> None:
    assert program.send("/checks", _sample(SOUND), told).json()["file"] == shown


def test_what_is_too_large_is_refused_as_a_problem(program: Program) -> None:
    answer = program.send("/checks", b"P" * (21 << 20))
    assert answer.status_code == 413
    assert problem_in(answer)["detail"] == "上传的内容太大。"
    assert [
        one["code"] for one in problem_in(program.send_json("/checks", b"{" * (5 << 20)))["findings"]
    ] == ["file.too_large"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/checks", 405),
        ("DELETE", "/packs", 405),
        ("GET", "/packs/none", 404),
    ],
)
def test_the_frameworks_own_errors_are_problems_too(
    program: Program, method: str, path: str, status: int
) -> None:
    answer = program.client.request(method, f"/api/v1{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    assert ("allow" in answer.headers) is (status == 405)


def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _name_of(answer: Response) -> str:
    return unquote(answer.headers["content-disposition"].rpartition("UTF-8''")[2])
