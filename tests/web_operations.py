"""Operations of an office, begun and followed as by a browser without JavaScript."""

from __future__ import annotations

import time
from collections.abc import Callable

from httpx2 import Response
from web_visitor import Visitor

OPERATIONS = "/office/operations"
UNDER_WAY = "正在办理"
_LONGEST = 60.0


def begin(visitor: Visitor, kind: str, **wish: object) -> Response:
    """Where the form of an operation leads."""
    return visitor.post(f"{OPERATIONS}/begin/{kind}", dict(wish), page=OPERATIONS)


def ended(visitor: Visitor, kind: str, **wish: object) -> Response:
    """The page of an operation that was begun and has ended."""
    begun = begin(visitor, kind, **wish)
    assert begun.status_code == 200, begun.text
    return awaited(lambda: visitor.get(str(begun.url)), lambda page: f">{UNDER_WAY}<" not in page.text)


def awaited(look: Callable[[], Response], is_there: Callable[[Response], bool]) -> Response:
    """What is seen as soon as it is as wanted."""
    until = time.monotonic() + _LONGEST
    while not is_there(seen := look()):
        assert time.monotonic() < until, seen.text
        time.sleep(0.05)
    return seen
