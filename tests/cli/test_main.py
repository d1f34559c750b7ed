"""The program called by another one: what it sets for itself does not stay behind."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import Any

from places import SAMPLES


def test_a_process_that_calls_a_command_keeps_its_own_settings(reportfill: Callable[..., Any]) -> None:
    before = gc.get_threshold(), gc.isenabled(), sys.getswitchinterval()
    assert reportfill("check", SAMPLES / "weihui-xinfang-2023.xlsx").status == 0
    assert (gc.get_threshold(), gc.isenabled(), sys.getswitchinterval()) == before
