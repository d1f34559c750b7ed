"""How much one render may work: each text that is made, each round of a loop and each call takes off a budget.

One tag alone is kept small by what it may make at once; a filter that is mapped over a list, and a loop within a loop,
multiply small things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from reportfill.errors import PackError

_Made = TypeVar("_Made", bound=str | list[Any])

LONGEST = 1_000_000
"""Characters of a text, and entries of a list, that a tag may make."""

_MOST = 100_000_000
"""What a render may take in all, in characters: some hundred times what the largest input prints."""

_STEP = 50
"""What a call or a round costs beside the characters that it handles: it takes about as long as so many."""


class _Budget:
    """What is left to a render."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = _MOST


_current: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def fresh_budget() -> Iterator[None]:
    """A budget of its own for what is done within."""
    token = _current.set(_Budget())
    try:
        yield
    finally:
        _current.reset(token)


def spend(amount: int) -> None:
    """Take so many characters off the budget, where there is one. Raises PackError when it is used up."""
    budget = _current.get()
    if budget is not None:
        budget.left -= amount
        if budget.left < 0:
            raise output_too_large()


def output_too_large() -> PackError:
    """That a tag makes too much."""
    return PackError("what it works out is too large", "标签算出来的结果过大")


def bounded(made: _Made) -> _Made:
    """A text or list that a tag made. Raises PackError where it is too long, or the render made too much already."""
    if len(made) > LONGEST:
        raise output_too_large()
    spend(len(made))
    return made


def charged(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, for which every call, what it is given and what it makes are taken off the budget. What
    Jinja notes on a function (whether it takes the context) stays on it."""

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        spend(_STEP + sum(map(_size, arguments)) + sum(map(_size, named.values())))
        made = function(*arguments, **named)
        return bounded(made) if isinstance(made, str | list) else made

    return call


def loop_rounds(values: Iterable[Any], characters: int = 0) -> list[Any]:
    """What a loop goes through, each round of which prints so many characters of its own. Raises PackError where that
    is more than is left."""
    found = list(values)
    spend(len(found) * (_STEP + characters))
    return found


def _size(value: Any) -> int:
    return len(value) if isinstance(value, _SIZED) else 0


_SIZED = (str, list, tuple)
