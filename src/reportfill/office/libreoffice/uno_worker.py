"""Asks a LibreOffice of its own for PDFs: a JSON object a line comes in and one goes out.

usage: PYTHON uno_worker.py SOFFICE PIPE PROFILE MOST LEFT...     (by a Python with `uno`; 3.8 will do)

    {"memory": 90000000}                                    it is ready
    {"source": "file:///…/1.docx", "target": "file:///…/1.pdf", "choices": {"SelectPdfVersion": 2}}
    {"problem": null, "memory": 230000000}                  or why not; memory in bytes, 0 where it cannot be told

MOST are the bytes of memory at which LibreOffice is ended in the middle of a file: where the system refuses it memory,
it goes on, and the PDF has no letters.

When nothing more can come, LibreOffice is ended, and the files and folders that it leaves are removed, whatever is
being done: whoever asked may have been killed. Where LibreOffice has ended, standard output does.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.uno import RuntimeException

LOAD = {
    "FilterName": "MS Word 2007 XML",
    "Hidden": True,
    "ReadOnly": True,
    "MacroExecutionMode": 0,
    "UpdateDocMode": 0,
}
"""Take nothing for a document but what is named, run no macros, update no links."""

LOOKS = 0.2
"""Seconds between two looks at the memory of LibreOffice."""


def properties(values: dict[str, Any]) -> Any:
    """Values as LibreOffice wants them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def listening_office(soffice: str, pipe: str, profile: str) -> subprocess.Popen[bytes]:
    """A LibreOffice that is about to listen."""
    command = [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
    command += [f"--accept=pipe,name={pipe};urp"]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)


def desktop_at(pipe: str, started: subprocess.Popen[bytes]) -> Any:
    """The desktop of a LibreOffice that is starting."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if started.poll() is not None:
                raise
            time.sleep(0.02)


def others_of_group() -> list[int]:
    """The processes that LibreOffice consists of, where the system lists them: those of our own group."""
    found: list[int] = []
    if sys.platform != "linux":
        return found
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == os.getpgrp() and int(status.parent.name) != os.getpid():
            found.append(int(status.parent.name))
    return found


def memory_of(process: int) -> int:
    """The bytes of memory that a process has; 0 where that cannot be told."""
    try:
        pages = Path("/proc", str(process), "statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def save(desktop: Any, source: str, target: str, choices: dict[str, Any]) -> None:
    """Save a Word file as PDF. One that is in no Chinese, though its Chinese characters are, is Chinese."""
    document = desktop.loadComponentFromURL(source, "_blank", 0, properties(LOAD))
    if document is None:
        raise ValueError("not opened")
    try:
        defaults = document.createInstance("com.sun.star.text.Defaults")
        if defaults.CharLocaleAsian.Language == "zh":
            defaults.CharLocale = defaults.CharLocaleAsian
        data = uno.Any("[]com.sun.star.beans.PropertyValue", properties(choices))
        document.storeToURL(target, properties({"FilterName": "writer_pdf_Export", "FilterData": data}))
    finally:
        document.close(True)


def answer(desktop: Any, asked: dict[str, Any]) -> Any:
    """Do what is asked; what was in the way. Raises RuntimeException where LibreOffice does not answer."""
    try:
        save(desktop, **asked)
    except RuntimeException:
        raise
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def end(started: subprocess.Popen[bytes]) -> None:
    """End LibreOffice, whatever it is doing."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(started.pid)], check=False)
    else:
        for process in others_of_group():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        started.kill()
    started.wait()


def end_where_it_swells(process: int, most: int) -> None:
    """End LibreOffice as soon as it has more memory than it may."""
    while memory_of(process) <= most:
        time.sleep(LOOKS)
    os.kill(process, signal.SIGKILL)


class Questions:
    """What comes in, line by line; when nothing more can come, everything ends."""

    def __init__(self, left: Iterable[str], started: subprocess.Popen[bytes]) -> None:
        self._left = left
        self._started = started
        self._lines: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while True:
            yield json.loads(self._lines.get())

    def _read(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)
        end(self._started)
        for path in self._left:
            shutil.rmtree(path, ignore_errors=True)
            with suppress(OSError):
                os.unlink(path)
        os._exit(0)


def serve(soffice: str, pipe: str, profile: str, most: str, *left: str) -> None:
    """Answer line by line. Where LibreOffice has ended, say nothing more and let whoever asked end this: if nobody is
    there, what it leaves is still being removed."""
    started = listening_office(soffice, pipe, profile)
    questions = Questions(left, started)
    with suppress(BrokenPipeError, NoConnectException, RuntimeException):
        answer_all(questions, pipe, started, int(most))
    os.close(sys.stdout.fileno())
    threading.Event().wait()


def answer_all(questions: Questions, pipe: str, started: subprocess.Popen[bytes], most: int) -> None:
    """Answer whatever comes. Raises NoConnectException or RuntimeException where LibreOffice has ended."""
    desktop = desktop_at(pipe, started)
    largest = max(others_of_group(), key=memory_of, default=started.pid)
    threading.Thread(target=end_where_it_swells, args=(largest, most), daemon=True).start()
    print(json.dumps({"memory": memory_of(largest)}), flush=True)
    for asked in questions:
        problem = answer(desktop, asked)
        print(json.dumps({"problem": problem, "memory": memory_of(largest)}), flush=True)


if __name__ == "__main__":
    serve(*sys.argv[1:])
