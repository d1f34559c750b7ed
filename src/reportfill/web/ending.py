"""What is done as soon as the server is told to end, while it still waits for its last answers."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]


@contextmanager
def doing_when_told_to_end(what: Callable[[], Coroutine[Any, Any, None]]) -> Iterator[None]:
    """Do that when a signal ends the process, beside what the signal does otherwise. Only the main thread is told of
    signals: elsewhere nothing is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop, begun = asyncio.get_running_loop(), set[asyncio.Task[None]]()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def told(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(lambda: begun.add(loop.create_task(what())))
        others = before[signal.Signals(number)]
        if callable(others):
            others(number, frame)

    for number in _SIGNALS:
        signal.signal(number, told)
    try:
        yield
    finally:
        for number, others in before.items():
            signal.signal(number, others)
