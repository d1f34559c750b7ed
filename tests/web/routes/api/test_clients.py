"""Files that programs of several kinds send by names in Chinese: shown as they are called, never used as a path."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import requests
from places import SAMPLES
from web_server import running_server

SOUND = SAMPLES / "weihui-xinfang-2023.xlsx"
NAME = "“清河县”信访局 填报表（终稿）.xlsx"


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server without a campaign checks files."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield f"{server.address}api/v1/checks"


def by_curl(address: str, folder: Path, name: str) -> Any:
    """What curl is told."""
    if shutil.which("curl") is None and not os.environ.get("CI"):
        pytest.skip("curl is not installed")
    shutil.copy(SOUND, folder / name)
    command = ["curl", "-sS", "-F", f"workbook=@{name}", address]
    return json.loads(subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout)


def by_requests(address: str, folder: Path, name: str) -> Any:
    """What the library requests is told."""
    return requests.post(address, files={"workbook": (name, SOUND.read_bytes())}, timeout=60).json()


def by_aiohttp(address: str, folder: Path, name: str) -> Any:
    """What aiohttp is told, which sends names percent-encoded."""

    async def told() -> Any:
        form = aiohttp.FormData()
        form.add_field("workbook", SOUND.read_bytes(), filename=name)
        async with aiohttp.ClientSession() as session, session.post(address, data=form) as answer:
            return await answer.json(content_type=None)

    return asyncio.run(told())


def by_http_client(address: str, folder: Path, name: str) -> Any:
    """What Python's own client is told, which sends what it is given."""
    told = f'--x\r\nContent-Disposition: form-data; name="workbook"; filename="{name}"\r\n\r\n'.encode()
    host, path = address.removeprefix("http://").split("/", 1)
    with closing(HTTPConnection(host, timeout=60)) as connection:
        body = told + SOUND.read_bytes() + b"\r\n--x--\r\n"
        connection.request("POST", f"/{path}", body, {"Content-Type": "multipart/form-data; boundary=x"})
        return json.loads(connection.getresponse().read())


CLIENTS = (by_curl, by_requests, by_aiohttp, by_http_client)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", [NAME, "50%.xlsx", "𠮷田𧒽.xlsx"])
def test_a_name_in_chinese_is_shown_as_it_is(
    checks: str, tmp_path: Path, client: Callable[[str, Path, str], Any], name: str
) -> None:
    assert client(checks, tmp_path, name)["file"] == name


@pytest.mark.parametrize("client", CLIENTS[1:])
@pytest.mark.parametrize("name", ["../../etc/填报表.xlsx", "C:\\公文\\填报表.xlsx", "/etc/填报表.xlsx"])
def test_a_path_is_only_its_last_part(
    checks: str, tmp_path: Path, client: Callable[[str, Path, str], Any], name: str
) -> None:
    assert client(checks, tmp_path, name)["file"] == "填报表.xlsx"
