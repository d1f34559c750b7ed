"""Several processes that write at the same moment: what a race needs in order to show."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO

_PROGRAM = """
import json, os, sys
from reportfill.cli.main import status_of

def no_link(*args, **kwargs):
    raise PermissionError(1, "Operation not permitted")

link = os.link
out = os.fdopen(os.dup(1), "w")
for stream in ("stdout", "stderr"):
    setattr(sys, stream, open(os.devnull, "w"))
print("ready", file=out, flush=True)
for line in sys.stdin:
    has_links, *arguments = json.loads(line)
    os.link = link if has_links else no_link
    print(status_of(arguments), file=out, flush=True)
"""


class Processes:
    """Processes of the program, each waiting for its next command."""

    def __init__(self, running: Sequence[subprocess.Popen[str]]) -> None:
        self._running = running
        for process in running:
            assert _pipe(process.stdout).readline() == "ready\n"

    def run(self, commands: Sequence[Sequence[str]], *, links: bool = True) -> list[int]:
        """Give each process its arguments at once, on a disk with hard links or as if without; their exit status."""
        for process, arguments in zip(self._running, commands, strict=True):
            _pipe(process.stdin).write(json.dumps([links, *arguments]) + "\n")
        for process in self._running:
            _pipe(process.stdin).flush()
        return [int(_pipe(process.stdout).readline()) for process in self._running]


@contextmanager
def processes(count: int) -> Iterator[Processes]:
    """So many processes of the program."""
    with ExitStack() as stack:
        command = [sys.executable, "-c", _PROGRAM]
        running = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
            )
            for _ in range(count)
        ]
        yield Processes(running)
        for process in running:
            _pipe(process.stdin).close()


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
