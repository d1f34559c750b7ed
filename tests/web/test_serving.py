"""Servers as people start and end them: what they say, what they refuse, and that they leave nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from campaign.office import AGENCIES, campaign_in
from campaign.prepared import prepared
from office_processes import comes_true
from places import SAMPLES
from web_campaign import PASSWORD, served_campaign, sign_in
from web_operations import UNDER_WAY, begin, ended
from web_server import RunningServer, certificate_in, running_server, trusting_anybody

from reportfill.campaign.records.database import locked

SOUND = SAMPLES / "weihui-xinfang-2023.xlsx"
HOW_MANY = pytest.mark.parametrize("processes", ["1", "2"])
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and /proc")

pytestmark = POSIX


def _report_made(server: RunningServer) -> str:
    """The address of a report that a visitor has had made."""
    with server.visited() as visitor:
        answer = visitor.drop(SOUND)
        assert answer.status_code == 200, answer.text
        return str(answer.url.path)


@HOW_MANY
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_ended_leaves_no_file_and_no_process(
    tmp_path: Path, processes: str, how: signal.Signals
) -> None:
    with running_server(tmp_path, "--processes", processes) as server:
        _report_made(server)
        assert server.temporary
        assert server.end(how) == 0
        assert server.temporary == []
        assert server.log == ""


@HOW_MANY
def test_ctrl_c_in_a_terminal_which_reaches_every_process_ends_it_as_quietly(
    tmp_path: Path, processes: str
) -> None:
    with running_server(tmp_path, "--processes", processes) as server:
        _report_made(server)
        os.killpg(server.process.pid, signal.SIGINT)
        assert server.process.wait(30) == 0
        assert comes_true(lambda: not server.processes())
        assert (server.temporary, server.log) == ([], "")


@HOW_MANY
def test_a_server_that_is_killed_leaves_no_process(tmp_path: Path, processes: str) -> None:
    with running_server(tmp_path, "--processes", processes) as server:
        _report_made(server)
        assert len(server.processes()) > int(processes)
        assert server.end(signal.SIGKILL) == -signal.SIGKILL


@HOW_MANY
def test_what_a_killed_server_left_goes_when_the_next_begins_and_nothing_of_one_that_runs(
    tmp_path: Path, processes: str
) -> None:
    with running_server(tmp_path, "--processes", processes) as running:
        made = _report_made(running)
        with running_server(tmp_path, "--processes", processes) as killed:
            _report_made(killed)
            both = killed.temporary
            killed.end(signal.SIGKILL)
        for name in both:
            os.utime(tmp_path / "tmp" / name, (0, 0))
        with running_server(tmp_path) as third:
            assert comes_true(lambda: len(set(both) & set(third.temporary)) == 1)
            with running.visited() as visitor:
                assert visitor.get(f"{made}/docx.docx").status_code == 200
            assert third.end(signal.SIGTERM) == 0
        assert running.end(signal.SIGTERM) == 0
    assert running.temporary == []


def test_every_process_finds_what_another_has_made(tmp_path: Path) -> None:
    with running_server(tmp_path, "--processes", "2") as server:
        made = _report_made(server)
        for _ in range(20):  # each on a connection of its own, which either process takes
            with server.visited() as visitor:
                assert visitor.get(f"{made}/docx.docx").status_code == 200
                assert visitor.get(made).status_code == 200


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        refused = _refused("--port", str(server.port))
        assert f"端口{server.port}" in refused
        assert "--port" in refused


def _refused(*arguments: str) -> str:
    """What a server says that does not start."""
    done = subprocess.run(
        [sys.executable, "-m", "reportfill", "serve", *arguments, "--lang", "zh"],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    return done.stderr


def test_what_others_reach_needs_a_campaign_with_accounts_and_https(tmp_path: Path) -> None:
    assert "只供本机使用" in _refused("--host", "0.0.0.0")
    campaign_in(tmp_path / "without")
    assert "还没有账号" in _refused(str(tmp_path / "without"), "--host", "0.0.0.0")
    served = served_campaign(tmp_path)
    assert "明文传送" in _refused(served.setup.campaign, "--host", "0.0.0.0")


def test_by_a_certificate_it_is_reached_over_https_by_others(tmp_path: Path) -> None:
    served = served_campaign(tmp_path)
    certificate, key = certificate_in(tmp_path)
    arguments = (served.setup.campaign, "--host", "0.0.0.0", "--certfile", certificate, "--keyfile", key)
    with running_server(tmp_path / "own", *arguments) as server:
        assert server.address.startswith("https://")
        with server.visited(verify=trusting_anybody()) as visitor:
            answer = sign_in(visitor, password=PASSWORD)
            assert answer.url.path == "/office"
            assert all(name.startswith("__Host-") for name in visitor.client.cookies)
            assert "strict-transport-security" in answer.headers
        assert _plain_answer(server.port) == b""
        with (
            socket.create_connection(("127.0.0.1", server.port), 10) as connection,
            trusting_anybody().wrap_socket(connection) as wrapped,
        ):
            assert wrapped.version() == "TLSv1.3"


def _plain_answer(port: int) -> bytes:
    """What comes of a request without TLS."""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try:
            return connection.recv(100)
        except ConnectionResetError:
            return b""


@HOW_MANY
def test_a_server_of_a_campaign_knows_who_is_signed_in_when_it_is_started_anew(
    tmp_path: Path, processes: str
) -> None:
    served = served_campaign(tmp_path)
    arguments = (served.setup.campaign, "--processes", processes)
    with running_server(tmp_path / "own", *arguments) as server, server.visited() as visitor:
        assert sign_in(visitor).url.path == "/office"
        cookies = dict(visitor.client.cookies)
        assert server.end(signal.SIGKILL) == -signal.SIGKILL
    with running_server(tmp_path / "own", *arguments) as server, server.visited(cookies=cookies) as visitor:
        assert visitor.get("/office").url.path == "/office"
        assert server.end(signal.SIGTERM) == 0
        assert server.temporary == []


def test_two_processes_take_in_what_is_handed_in(tmp_path: Path) -> None:
    served = served_campaign(tmp_path)
    with running_server(tmp_path / "own", served.setup.campaign, "--processes", "2") as server:
        for agency in AGENCIES:
            with server.visited() as visitor:
                visitor.get(f"/a/{served.codes[agency.code]}")
                answer = visitor.post(
                    "/agency/hand-in", files={"file": ("a.xlsx", prepared(agency, 1))}, page="/agency"
                )
                assert answer.url.path.startswith("/agency/receipts/"), answer.text
        history = {agency.code: served.campaign.history_of(agency.code) for agency in AGENCIES}
        assert {code: len(one.receipts) for code, one in history.items()} == dict.fromkeys(history, 1)
        assert comes_true(
            lambda: all(len(served.campaign.history_of(agency.code).versions) == 1 for agency in AGENCIES)
        )


@HOW_MANY
def test_what_one_process_does_for_the_office_all_see_and_it_ends_with_them(
    tmp_path: Path, processes: str
) -> None:
    served = served_campaign(tmp_path)
    arguments = (served.setup.campaign, "--processes", processes)
    with running_server(tmp_path / "own", *arguments) as server, server.visited() as visitor:
        sign_in(visitor)
        done = ended(visitor, "rollup", of=AGENCIES[1].code)
        assert UNDER_WAY not in done.text
        with locked(served.campaign.folder.ledger_url):  # so that the next one waits
            page = begin(visitor, "collect")
            cookies = dict(visitor.client.cookies)
            for _ in range(10):  # each on a connection of its own, which either process takes
                with server.visited(cookies=cookies) as another:
                    assert UNDER_WAY in another.get(page.url.path).text
                    assert begin(another, "collect").status_code == 409
            os.killpg(server.process.pid, signal.SIGINT)
            assert server.process.wait(30) == 0
            assert comes_true(lambda: not server.processes())
        assert (server.temporary, server.log) == ([], "")
    with running_server(tmp_path / "own", *arguments) as server, server.visited(cookies=cookies) as visitor:
        assert "已停止" in visitor.get(page.url.path).text
