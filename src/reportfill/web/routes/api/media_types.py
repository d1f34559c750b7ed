"""Which of the media types that there are a program wants (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.requests import Request

from reportfill.text import Text
from reportfill.web.problems import ProblemError

_ANY = "*/*"
_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?)\s*", re.IGNORECASE)


def chosen_media_type(request: Request, offered: Iterable[str]) -> str:
    """The media type that is wanted most; of those that are wanted alike the first. Raises ProblemError where none
    of them is wanted."""
    types = list(offered)
    wanted = _wanted(request.headers.getlist("accept"))
    best = max(types, key=lambda one: _quality(one, wanted))
    if not _quality(best, wanted):
        there = "、".join(types)
        raise ProblemError(
            406, Text(f"没有所要的格式，可用的有：{there}。", f"No such media type; there are: {there}.")
        )
    return best


def _wanted(accept: Iterable[str]) -> dict[str, float]:
    """How much each media range is wanted; one whose quality cannot be read is not."""
    found: dict[str, float] = {}
    for one in (",".join(accept) or _ANY).split(","):
        name, *parameters = one.split(";")
        qualities = [told for told in parameters if told.strip().lower().startswith("q")]
        match = _QUALITY.fullmatch(qualities[0]) if qualities else None
        if name.strip() and (match or not qualities):
            found[name.strip().lower()] = float(match[1]) if match else 1.0
    return found


def _quality(media_type: str, wanted: dict[str, float]) -> float:
    """How much a media type is wanted, by the most exact of the ranges that hold it."""
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", _ANY)
    return next((wanted[one] for one in ranges if one in wanted), 0.0)
