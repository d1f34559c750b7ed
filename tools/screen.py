"""A screen that nobody sees (Xvfb), for windows that are tried."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def screen() -> Iterator[str]:
    """The name of a screen that is there for a while; what is drawn on it ends with it."""
    told, telling = os.pipe()
    command = ["Xvfb", "-displayfd", str(telling), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[telling], stderr=subprocess.DEVNULL) as process:
        os.close(telling)
        with os.fdopen(told) as stream:
            number = stream.readline().strip()
        assert number, "Xvfb ended"
        yield f":{number}"
        process.terminate()


def wait_until(is_so: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so; fail where that takes too long."""
    give_up = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < give_up, "it did not come about"
        time.sleep(0.05)
