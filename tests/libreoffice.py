"""One LibreOffice for all processes of a run, kept warm: a conversion costs a fraction of a start."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

CLIENT = Path(__file__).with_name("libreoffice_client.py")
INTERPRETERS = (sys.executable, "/usr/bin/python3")
"""Those that may have `uno`; Debian's own has it in python3-uno."""

# LibreOffice trusts the results that a file brings along unless its settings say "always recalculate" (0).
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


class OneShot:
    """Starts LibreOffice for each conversion, where no interpreter can talk to one that runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, source: Path, target: Path, *, recalculate: bool) -> None:
        """Save a file as another, its formulas worked out anew if wished."""
        profile = self._folder / f"profile-{recalculate}"
        if recalculate and not profile.exists():
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
        is_table = (source.suffix, target.suffix) == (".xlsx", ".html")
        kind = "html:HTML (StarCalc)" if is_table else target.suffix[1:]
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(target.parent), str(source)]
        with locked(self._folder):
            subprocess.run(command, check=True, capture_output=True, timeout=180)

    def close(self) -> None:
        """There is nothing to end."""


class Warm:
    """Asks the LibreOffice of the run; the first of its processes that does so starts it, and ends it with its own end.
    Another process that still needs one then starts its own."""

    def __init__(self, folder: Path, interpreter: str) -> None:
        self._folder = folder
        pipe = f"reportfill-{crc32(bytes(folder)):08x}"
        self._command = [interpreter, str(CLIENT), pipe, str(folder / "profile")]
        self._client = self._started()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def save(self, source: Path, target: Path, *, recalculate: bool) -> None:
        """Save a file as another, its formulas worked out anew if wished."""
        asked = {"source": str(source), "target": str(target), "recalculate": recalculate}
        if self._client.poll() is not None:
            self._client = self._started()
        assert self._client.stdin
        assert self._client.stdout
        with locked(self._folder):
            self._client.stdin.write(json.dumps(asked) + "\n")
            self._client.stdin.flush()
            answer = self._client.stdout.readline()
        assert answer, "LibreOffice hangs"
        problem = json.loads(answer)["problem"]
        assert not problem, problem

    def close(self) -> None:
        """Ask nothing more."""
        with locked(self._folder):
            self._client.communicate()


def libreoffice(folder: Path) -> Warm | OneShot:
    """What saves files through LibreOffice; a folder that all processes of the run share keeps its profile."""
    folder.mkdir(exist_ok=True)
    talking = [interpreter for interpreter in INTERPRETERS if has_uno(interpreter)]
    return Warm(folder, talking[0]) if talking else OneShot(folder)


def has_uno(interpreter: str) -> bool:
    """Whether an interpreter can talk to LibreOffice."""
    command = [interpreter, "-c", "import uno"]
    return Path(interpreter).exists() and subprocess.run(command, capture_output=True).returncode == 0


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep the other processes of the run waiting."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
