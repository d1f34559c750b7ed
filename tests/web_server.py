"""`reportfill serve` as a process of its own, seen from outside."""

from __future__ import annotations

import os
import re
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from office_processes import comes_true
from web_visitor import Visitor

_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class RunningServer:
    """A server that takes connections: its address, its process, and the folder of all that it writes."""

    address: str
    process: subprocess.Popen[str]
    folder: Path

    @property
    def port(self) -> int:
        """The port on which it listens."""
        return int(self.address.rstrip("/").rpartition(":")[2])

    @property
    def temporary(self) -> list[str]:
        """What lies in its folder for temporary files."""
        return sorted(path.name for path in (self.folder / "tmp").iterdir())

    @property
    def log(self) -> str:
        """What it has said of trouble."""
        return (self.folder / "log").read_text("utf-8")

    def processes(self) -> list[int]:
        """All processes that run for it, itself too: those of its session."""
        return processes_of_session(self.process.pid)

    @contextmanager
    def visited(self, **more: Any) -> Iterator[Visitor]:
        """Somebody who comes with a browser."""
        with httpx2.Client(base_url=self.address, follow_redirects=True, timeout=60, **more) as client:
            yield Visitor(client)

    def end(self, how: signal.Signals) -> int:
        """The exit code after a signal, when no process of it runs any more."""
        self.process.send_signal(how)
        code = self.process.wait(30)
        assert comes_true(lambda: not self.processes()), f"still there: {self.processes()}"
        return code


@contextmanager
def running_server(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> Iterator[RunningServer]:
    """A server on a free port, which has what it writes in a folder."""
    for name in ("tmp", "data", "state"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    places = {
        "TMPDIR": str(folder / "tmp"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "reportfill", "serve", *arguments, "--port", "0"]
    with (
        (folder / "log").open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
            env=os.environ | places | (environment or {}),
            start_new_session=True,
        ) as process,
    ):
        try:
            assert process.stdout
            told = _ADDRESS.search(process.stdout.readline())
            assert told, (folder / "log").read_text("utf-8")
            yield RunningServer(told[0], process, folder)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(30)
            for number in processes_of_session(process.pid):
                os.kill(number, signal.SIGKILL)


def processes_of_session(session: int) -> list[int]:
    """The numbers of the processes of a session that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] not in "ZX":
            found.append(int(path.parent.name))
    return sorted(found)


def trusting_anybody() -> ssl.SSLContext:
    """TLS with whoever answers: a certificate that a test has made is signed by nobody."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def certificate_in(folder: Path) -> tuple[str, str]:
    """A certificate for this computer that is signed by nobody else, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    places = folder / "cert.pem", folder / "key.pem"
    places[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    places[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(places[0]), str(places[1])
