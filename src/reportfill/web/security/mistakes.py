"""Who was wrong too often waits: wrong passwords, codes and keys are counted, and each costs more time."""

from __future__ import annotations

from math import ceil

from anyio import to_thread
from fastapi import Request

from reportfill.text import Text
from reportfill.web.house import House
from reportfill.web.problems import ProblemError
from reportfill.web.security.signed_in import served

FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS = 4, 40
"""So often somebody may be wrong without waiting: with one account, and from one address, which a whole office has."""


def key_of_address(request: Request) -> str:
    """By what the mistakes are counted that come from an address."""
    return f"address {request.client.host if request.client else ''}"


async def require_waited(house: House, keys: dict[str, int]) -> None:
    """Raise ProblemError where somebody who was wrong too often has to wait."""
    database = served(house).database
    waits = [await to_thread.run_sync(database.seconds_to_wait, key, free) for key, free in keys.items()]
    seconds = ceil(max(waits))
    if seconds:
        why = Text(f"输错次数过多，请{seconds}秒后再试。", f"Wrong too often: please wait {seconds} s.")
        raise ProblemError(429, why, headers=(("Retry-After", str(seconds)),))


async def note_mistakes(house: House, keys: dict[str, int]) -> None:
    """Write down that somebody was wrong."""
    for key in keys:
        await to_thread.run_sync(served(house).database.note_mistake, key)
