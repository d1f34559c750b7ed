"""What hangs or swells is given up, and the process goes on as it was before."""

from __future__ import annotations

import re
import resource
import signal
import sys
import threading
from mmap import mmap

import pytest

from reportfill.limits import Limits, Lost, within_limits

SHORT = Limits(seconds=0.3, memory=1 << 27)


def endless(_: int) -> int:
    """Python code without end."""
    while True:
        pass


def hopeless(length: int) -> bool:
    """A regular expression that tries for longer than anybody lives."""
    return re.fullmatch(r"(a|aa)+b", "a" * length) is not None


def swallowing(_: int) -> int:
    """What takes the first telling to end for a fault."""
    try:
        endless(0)
    except BaseException:
        return endless(0)


def reason(lost: object) -> str:
    """Why there is no result."""
    assert isinstance(lost, Lost)
    return lost.why.code


@pytest.mark.parametrize("function", [endless, hopeless, swallowing])
def test_what_has_no_end_is_given_up_in_time(function: object) -> None:
    assert callable(function)
    assert reason(within_limits(SHORT, function, 200)) == "file.too_slow"
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


@pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds memory")
def test_what_takes_too_much_memory_is_given_up_and_others_have_theirs() -> None:
    assert reason(within_limits(SHORT, bytearray, 1 << 28)) == "file.too_much_memory"
    assert within_limits(SHORT, bytearray, 100) == bytearray(100)
    with mmap(-1, 1 << 28) as others:  # addresses, which are what is bounded, without the memory
        assert len(others) == 1 << 28
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY


def test_what_a_function_gives_or_raises_is_left_as_it_is() -> None:
    assert within_limits(Limits(), abs, -3) == 3
    with pytest.raises(ZeroDivisionError):
        within_limits(Limits(), lambda number: 1 // number, 0)


def test_in_a_thread_where_no_signal_comes_the_work_is_done_without_a_clock() -> None:
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(within_limits(Limits(), abs, -3)))
    thread.start()
    thread.join()
    assert results == [3]
