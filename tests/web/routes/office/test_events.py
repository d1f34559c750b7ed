"""Open pages are told how it stands, by a real server, which ends although they listen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx2
import pytest
from web_campaign import COORDINATOR, PASSWORD, READER, ServedCampaign
from web_events import told_counts
from web_visitor import TOKEN, Visitor

_WAITING = 60.0
_AT_ONCE = 5.0
"""Less than the ten seconds after which a server ends whoever still listens."""


@pytest.fixture
def server(served: ServedCampaign) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that serves the campaign, and where."""
    command = [sys.executable, "-m", "reportfill", "serve", str(served.setup.campaign), "--port", "0"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "XDG_DATA_HOME": str(served.setup.data)}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    said = process.stdout.readline()
    found = re.search(r"http://\S+:\d+", said)
    assert found, said
    yield process, found[0]
    process.kill()
    process.wait()
    process.stdout.close()


@contextmanager
def _signed_in(url: str, name: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=url, timeout=_WAITING, follow_redirects=True) as client:
        token = TOKEN.search(client.get("/sign-in").text)
        assert token
        form = {"csrf": token[1], "name": name, "password": PASSWORD}
        assert urlsplit(str(client.post("/sign-in", data=form).url)).path == "/office"
        yield client


@pytest.mark.skipif(os.name != "posix", reason="a process elsewhere is ended otherwise")
def test_what_another_process_records_is_told_and_the_server_ends_at_once(
    served: ServedCampaign, server: tuple[subprocess.Popen[str], str]
) -> None:
    process, url = server
    with (
        _signed_in(url, READER) as client,
        client.stream("GET", "/office/events", headers={"accept": "text/event-stream"}) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert told_counts(lines)["accepted"] == 0
        served.campaign.accept("02", by=COORDINATOR)
        assert told_counts(lines)["accepted"] == 1
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert [line for line in lines if line.startswith("data:")] == []
        process.wait(_WAITING)
        assert time.monotonic() - begin < _AT_ONCE


@pytest.mark.parametrize("how", ["signed out", "password changed"])
def test_who_was_signed_out_is_told_nothing_more(
    served: ServedCampaign, server: tuple[subprocess.Popen[str], str], how: str
) -> None:
    _, url = server
    with _signed_in(url, READER) as client, client.stream("GET", "/office/events") as answer:
        lines = answer.iter_lines()
        assert told_counts(lines)["accepted"] == 0
        if how == "signed out":
            token = TOKEN.search(client.get("/office").text)
            assert token
            assert client.post("/sign-out", data={"csrf": token[1]}).status_code == 200
        else:
            served.campaign.change_password(READER, "another horse, another staple")
        served.campaign.accept("02", by=COORDINATOR)
        assert [line for line in lines if line.startswith("data:")] == []  # and it ends


def test_nobody_without_an_account_is_told_anything(visitor: Visitor, served: ServedCampaign) -> None:
    assert visitor.get("/office/events").url.path == "/sign-in"
    visitor.get(f"/a/{served.codes['02']}")
    assert visitor.get("/office/events").url.path == "/sign-in"
