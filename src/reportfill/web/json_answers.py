"""Answers in JSON, written as `--format json` prints it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import Response

JSON = "application/json"


def json_answer(
    value: object, status: int = 200, headers: Mapping[str, str] | None = None, media_type: str = JSON
) -> Response:
    """A value as an answer; in UTF-8, also where it holds halves of characters, as JSON from elsewhere may."""
    content = (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    return Response(content, status, headers, media_type)
