"""Waiting for something to change in a folder until the process is asked to stop."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path

from reportfill.cli.console import print_error
from reportfill.cli.language import say
from reportfill.text import Text

LOOK_AGAIN = 200
"""Milliseconds after which the folder is looked at again while a file is still being copied."""

LOOK_ANYWAY = 2000
"""Milliseconds after which it is looked at even without any event: network drives may send none."""


def stopped_by_signals() -> threading.Event:
    """An event that Ctrl-C and a request to end set, so that the file in hand is finished first."""
    stopped = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda *_: stopped.set())
    return stopped


class ToldOnce:
    """What there is to wait for, told when it begins and when it has ended, and not again at each look."""

    def __init__(self) -> None:
        self._told: Mapping[Path, Text] = {}

    def tell(self, awaited: Mapping[Path, Text | None]) -> None:
        """Say on stderr what is new among what is waited for, by path."""
        now = {path: why for path, why in awaited.items() if why is not None}
        for path, why in now.items():
            if self._told.get(path) != why:
                print_error(say(f"{path}：{why.zh}", f"{path}: {why.en}"))
        for path in self._told.keys() - now.keys():
            if os.path.isdir(path):  # what became of a file is told where it is done
                print_error(say(f"{path}：恢复正常", f"{path}: as usual again"))
        self._told = now


def wait_for_change(
    folder: Path, stopped: threading.Event, *, poll: bool, longest: int, recursive: bool = False
) -> None:
    """Wait until something changes in the folder, or for so many milliseconds."""
    from watchfiles import watch as changes

    if not poll and longest != LOOK_AGAIN:
        events = changes(
            folder,
            stop_event=stopped,
            rust_timeout=longest,
            yield_on_timeout=True,
            recursive=recursive,
            debounce=100,
        )
        try:
            next(iter(events), None)
            return
        except (
            OSError,
            RuntimeError,
        ):  # none comes of a folder that is not there for a while, or of names that
            # are no UTF-8: watchfiles raises an error of its own then
            pass
    stopped.wait(min(longest, 500) / 1000)
