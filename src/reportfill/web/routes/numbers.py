"""Numbers in addresses: those that databases can count to; others lead nowhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
