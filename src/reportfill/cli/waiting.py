"""Waiting for something to change in a folder until the process is asked to stop."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

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


def wait_for_change(
    folder: Path, stopped: threading.Event, *, poll: bool, longest: int, recursive: bool = False
) -> None:
    """Wait until something changes in the folder, or for so many milliseconds."""
    from watchfiles import watch as changes

    if poll or longest == LOOK_AGAIN:
        stopped.wait(min(longest, 500) / 1000)
        return
    events = changes(
        folder,
        stop_event=stopped,
        rust_timeout=longest,
        yield_on_timeout=True,
        recursive=recursive,
        debounce=100,
    )
    next(iter(events), None)
