"""A proxy in front of a server, as docs/serve.md tells how to set it up, and visitors who come through it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

import httpx2
from office_processes import comes_true
from places import ROOT
from web_server import certificate_in, trusting_anybody
from web_visitor import Visitor

NAME = "reports.example.gov.cn"
"""What the guide calls the server."""

_NOBODY = {"user": "nobody", "group": "nogroup"}
_AROUND_NGINX = """\
pid nginx.pid;
daemon off;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
{server}
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A proxy that takes connections."""

    port: int

    @contextmanager
    def visited(self, from_address: str = "127.0.0.2", **headers: str) -> Iterator[Visitor]:
        """Somebody who comes with a browser, from an address of this computer."""
        transport = httpx2.HTTPTransport(verify=trusting_anybody(), local_address=from_address)
        address = f"https://127.0.0.1:{self.port}"
        told: dict[str, Any] = {"headers": {"host": NAME} | headers, "timeout": 60}
        with httpx2.Client(base_url=address, transport=transport, follow_redirects=True, **told) as client:
            yield Visitor(client)


def guide(program: str) -> str:
    """What docs/serve.md says of a proxy's configuration: the block that begins with its first words."""
    text = (ROOT / "docs" / "serve.md").read_text("utf-8")
    first = {"nginx": r"server \{", "caddy": re.escape(NAME) + r" \{"}[program]
    found = re.search(rf"^    {first}\n(?:    .*\n|\n)*?    \}}$", text, re.MULTILINE)
    assert found, f"docs/serve.md tells nothing of {program}"
    return dedent(found[0])


@contextmanager
def running_nginx(server_port: int) -> Iterator[Proxy]:
    """nginx in front of a server, by the configuration of the guide."""
    port = _free_port()
    changed = {"listen 443": f"listen {port}", "127.0.0.1:8000": f"127.0.0.1:{server_port}"}
    configuration = _AROUND_NGINX.format(server=_with(guide("nginx"), changed))
    command = ["nginx", "-e", "stderr", "-p", ".", "-c", "nginx.conf"]
    with _running(command, "nginx.conf", configuration, port):
        yield Proxy(port)


@contextmanager
def running_caddy(server_port: int) -> Iterator[Proxy]:
    """Caddy in front of a server, by the configuration of the guide, with a certificate that a test has made."""
    port = _free_port()
    changed = {
        f"{NAME} {{\n": f"{NAME}:{port} {{\n    tls cert.pem key.pem\n",
        "127.0.0.1:8000": f"127.0.0.1:{server_port}",
    }
    configuration = "{\n    admin off\n    auto_https off\n}\n" + _with(guide("caddy"), changed)
    command = ["caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile"]
    with _running(command, "Caddyfile", configuration, port):
        yield Proxy(port)


def _with(configuration: str, changed: dict[str, str]) -> str:
    for old, new in changed.items():
        assert configuration.count(old) == 1, old
        configuration = configuration.replace(old, new)
    return configuration


@contextmanager
def _running(command: Sequence[str], name: str, configuration: str, port: int) -> Iterator[None]:
    """A proxy as a user of no rights, in a folder of its own with a certificate."""
    program = shutil.which(command[0], path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, f"{command[0]} is not installed"
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder_name:
        folder = Path(folder_name)
        certificate_in(folder)
        (folder / name).write_text(configuration, "utf-8")
        user: dict[str, Any] = _NOBODY if os.geteuid() == 0 else {}
        for place in (folder, *folder.iterdir()):
            if user:
                shutil.chown(place, *user.values())
        with (
            (folder / "log").open("w", encoding="utf-8") as log,
            subprocess.Popen(
                [program, *command[1:]],
                cwd=folder,
                stdout=log,
                stderr=log,
                env=os.environ | {"HOME": folder_name, "XDG_DATA_HOME": folder_name},
                **user,
            ) as process,
        ):
            try:
                assert comes_true(lambda: _takes_connections(port) or process.poll() is not None)
                assert process.poll() is None, (folder / "log").read_text("utf-8")
                yield
            finally:
                process.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _takes_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 5).close()
    except OSError:
        return False
    return True
