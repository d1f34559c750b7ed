"""Servers that the tests of a campaign start: an S3-compatible store, and PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from reportfill.campaign.records import in_use


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for who holds a campaign."""
    monkeypatch.setattr(in_use, "PATIENCE", 0.0)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The URL of a server that speaks S3."""
    from moto.server import ThreadedMotoServer  # takes long, and few tests need it

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a folder in a bucket of its own; what fsspec must know for it is in the environment, so that other
    processes know it too."""
    import s3fs

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server)
    name = f"campaign-{uuid4()}"
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir(name)
    return f"s3://{name}/2023"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server of its own, without the database's name. On a developer's machine without the
    program such tests are left out; in CI never."""
    programs = _postgresql_programs()
    if programs is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed")
    assert programs, "CI needs PostgreSQL"
    with TemporaryDirectory() as folder:
        yield from _served(Path(folder), programs)


def _served(folder: Path, programs: Path) -> Iterator[str]:
    """A server whose data are in a folder, as long as it is needed."""
    port = _free_port()
    user = _user_for_server(folder)
    _run(user, programs / "initdb", "-D", folder / "data", "-U", "ledger", "--auth=trust", "-E", "UTF8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    _run(user, programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start")
    yield f"postgresql+psycopg://ledger@127.0.0.1:{port}"
    _run(user, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")


@pytest.fixture
def database(postgresql: str) -> str:
    """The URL of an empty database."""
    import psycopg

    name = f"ledger_{uuid4().hex}"
    with psycopg.connect(f"{postgresql.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{postgresql}/{name}"


def _postgresql_programs() -> Path | None:
    """The folder of the server's programs, which Debian keeps off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


def _user_for_server(folder: Path) -> str:
    """Who the server runs as: it refuses to be started by root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ""
    shutil.chown(folder, "postgres")
    for parent in (folder, *folder.parents):
        if parent.stat().st_mode & 0o001 == 0 and parent != folder:
            parent.chmod(parent.stat().st_mode | 0o001)
    return "postgres"


def _run(user: str, *command: object) -> None:
    as_user = ["runuser", "-u", user, "--"] if user else []
    subprocess.run(
        [*as_user, *map(str, command)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        cwd="/",
    )


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
