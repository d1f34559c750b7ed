"""One Chromium that opens page after page, told what to do over a pipe (the DevTools protocol: a JSON text and a zero
byte for each command and each answer)."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Chromium reads commands from its third file descriptor and writes to its fourth.
STARTER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""
SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
SHOWN = "new Promise(done => setTimeout(() => done(document.documentElement.outerHTML), 50))"
"""What stands in a page after its scripts, and what they set going, ran."""


class Browser:
    """A Chromium that runs."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = os.fdopen(answers, "rb")
        self._number = 0
        self._messages = self._read()

    def shown(self, address: str, deed: str = "", **window: object) -> str:
        """What stands in a page after its scripts ran, and what was done in it, in a window as it is told."""
        sizes = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False} | window
        with self._page(address, **(sizes if window else {})) as page:
            if deed:
                self._do("Runtime.evaluate", page, expression=deed)
            done = self._do("Runtime.evaluate", page, expression=SHOWN, awaitPromise=True, returnByValue=True)
            shown: str = done["result"]["value"]
            return shown

    def worked_out(self, address: str, *scripts: str) -> Any:
        """What the last of some scripts comes to in a page in which they ran one after the other."""
        with self._page(address) as page:
            done: dict[str, Any] = {}
            for script in scripts:
                done = self._do(
                    "Runtime.evaluate", page, expression=script, awaitPromise=True, returnByValue=True
                )
                assert "exceptionDetails" not in done, done
            return done["result"].get("value")

    def picture(self, address: str, width: int, height: int) -> bytes:
        """The page in a window of so many pixels, as PNG."""
        with self._page(address, width=width, height=height, deviceScaleFactor=1, mobile=False) as page:
            return b64decode(self._do("Page.captureScreenshot", page)["data"])

    def close(self) -> None:
        """End it."""
        self._do("Browser.close")
        os.close(self._commands)
        self._answers.close()

    @contextmanager
    def _page(self, address: str, **window: object) -> Iterator[str]:
        """A page that was loaded."""
        target = self._do("Target.createTarget", url="about:blank")["targetId"]
        page: str = self._do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        if window:
            self._do("Emulation.setDeviceMetricsOverride", page, **window)
        self._do("Page.enable", page)
        self._do("Page.navigate", page, url=address)
        self._until("method", "Page.loadEventFired")
        yield page
        self._do("Target.closeTarget", targetId=target)

    def _do(self, method: str, page: str | None = None, **parameters: object) -> dict[str, Any]:
        """What a command gives back."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        if page:
            command["sessionId"] = page
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        answer = self._until("id", self._number)
        assert "result" in answer, answer
        done: dict[str, Any] = answer["result"]
        return done

    def _until(self, key: str, value: object) -> dict[str, Any]:
        """The first message from here on that has that value."""
        return next(message for message in self._messages if message.get(key) == value)

    def _read(self) -> Iterator[dict[str, Any]]:
        rest = b""
        while block := self._answers.read1(1 << 20):
            *whole, rest = (rest + block).split(b"\0")
            yield from map(json.loads, whole)
        raise AssertionError("Chromium ended")


@contextmanager
def browser(program: str, profile: Path) -> Iterator[Browser]:
    """A Chromium for a while."""
    (for_it, commands), (answers, of_it) = os.pipe(), os.pipe()
    handed = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (for_it, of_it)]
    start = [sys.executable, "-c", STARTER, *map(str, handed), program, *SWITCHES]
    command = [*start, f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
    with subprocess.Popen(command, pass_fds=handed, stderr=subprocess.DEVNULL) as process:
        for end in (for_it, of_it, *handed):
            os.close(end)
        started = Browser(commands, answers)
        yield started
        started.close()
        process.wait(30)
