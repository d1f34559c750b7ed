"""A campaign that another process holds: how long whoever wants it waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from reportfill.errors import CampaignError

PATIENCE = 5.0
"""Seconds for which a campaign is waited for: what comes in is written down by batches, none of which takes as long."""

_SHORTEST, _LONGEST, _GROWTH = 0.005, 0.1, 1.5
"""Seconds between one try and the next, which grow."""

Held = TypeVar("Held")


class CampaignInUseError(CampaignError):
    """Another process, or another computer, works on the campaign."""


def held_by_another() -> CampaignInUseError:
    """That another process of this computer, or with the same server, has the campaign."""
    return CampaignInUseError(
        "the campaign is being worked on by another process; try again when it ends",
        "另一个程序正在处理这项年度报告工作，请等它结束后再试",
    )


def waited_for(take: Callable[[], Held], patience: float) -> Held:
    """What a call gives that takes hold of a campaign, as soon as nobody else has it. Raises CampaignInUseError where
    somebody still has it after so many seconds."""
    until, pause = time.monotonic() + patience, _SHORTEST
    while True:
        try:
            return take()
        except CampaignInUseError:
            left = until - time.monotonic()
            if left <= 0:
                raise
            time.sleep(min(pause, left))
            pause = min(pause * _GROWTH, _LONGEST)
