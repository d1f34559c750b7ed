"""Work for other processes, which import this and little else: squares of numbers, with whatever may happen at one."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from multiprocessing import current_process


def squared(number: int) -> int:
    """A number's square, in whichever process."""
    return number * number


def squared_or_ended(number: int) -> int:
    """A number's square; at 33 the process is killed as the system does it where memory runs out."""
    if number == 33:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def ended_once(place: str) -> str:
    """A place; the first time the process is killed, whatever it works on."""
    if not os.path.exists(place):
        with open(place, "xb"):
            os.kill(os.getpid(), signal.SIGKILL)
    return place


def squared_or_endless(number: int) -> int:
    """A number's square; at 33 there is no end of it."""
    while number == 33:
        time.sleep(0.01)
    return number * number


def squared_or_stuck(number: int) -> int:
    """A number's square; at 33 a library works on and on, and listens to nobody."""
    if number == 33:
        hashlib.pbkdf2_hmac("sha256", b"", b"", (1 << 31) - 1)
    return number * number


def squared_or_swollen(number: int) -> int:
    """A number's square; at 33 all the memory there is would be taken."""
    taken = []
    while number == 33:
        taken.append(bytearray(1 << 26))
    return number * number


def own_kind() -> str:
    """In what way this process was started."""
    return type(current_process()).__name__
