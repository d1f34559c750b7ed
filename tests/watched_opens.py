"""The program as a process of its own whose openings of files are watched: counted, or one of them taken for the moment
at which somebody presses Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from printed import PRINTED

_HOOK = """
import os, signal, sys

def watch(event, arguments):
    if event != "open" or not isinstance(arguments[0], str):
        return
    path, mode, _ = arguments
    if "OPENED" in os.environ and path.endswith(".xlsx"):
        with_opener = "opener" if mode is None else "plain"
        descriptor = os.open(os.environ["OPENED"], os.O_WRONLY | os.O_APPEND)
        os.write(descriptor, f"{with_opener} {path}\\n".encode())
        os.close(descriptor)
    at = os.environ.get("INTERRUPTED_AT", "")
    if at and path.endswith(at) and not os.path.exists(os.environ["PRESSED"]):
        os.mkdir(os.environ["PRESSED"])
        os.killpg(0, signal.SIGINT)

sys.addaudithook(watch)
"""


def _run(
    hook: Path, told: dict[str, str], arguments: tuple[str | Path, ...]
) -> subprocess.CompletedProcess[str]:
    (hook / "sitecustomize.py").write_text(_HOOK, "utf-8")
    path = os.pathsep.join(filter(None, (str(hook), *sys.path)))
    return subprocess.run(
        [sys.executable, "-m", "reportfill", *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": path, "REPORTFILL_LANG": "zh"} | told,
        capture_output=True,
        encoding=PRINTED,
        timeout=120,
        check=False,
        start_new_session=True,
        preexec_fn=_listening_to_ctrl_c,
    )


def _listening_to_ctrl_c() -> None:
    """Whoever runs the tests in the background has them started deaf to it, with all their children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted_at(name: str, hook: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What the program does where Ctrl-C reaches all its processes when one of them opens the file of that name."""
    hook.mkdir()
    return _run(hook, {"INTERRUPTED_AT": name, "PRESSED": str(hook / "pressed")}, arguments)


def opens_of(folder: Path, hook: Path, *arguments: str | Path, until: str = "") -> Counter[str]:
    """How often a run opens each workbook of a folder, in whichever of its processes. One that would not end by itself
    is stopped by Ctrl-C when it opens the file named last."""
    hook.mkdir(exist_ok=True)
    log = hook / "opened"
    log.write_bytes(b"")
    stop = {"INTERRUPTED_AT": until, "PRESSED": str(hook / "pressed")}
    run = _run(hook, {"OPENED": str(log)} | stop, arguments)
    assert run.returncode in (0, 1), run.stderr
    # What is opened by way of os.open is told twice: by open() and by os.open().
    told = Counter(line for line in log.read_text("utf-8").splitlines() if f" {folder}{os.sep}" in line)
    counts: Counter[str] = Counter()
    for line, times in told.items():
        name = Path(line.partition(" ")[2]).name
        counts[name] = max(counts[name], times)
    return counts
