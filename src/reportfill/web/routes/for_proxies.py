"""What a proxy in front shows where it refuses something itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportfill.web.problems import Problem, said_of, told_problem

router = APIRouter(include_in_schema=False)

_TOO_LARGE = 413


@router.get("/too-large")
async def too_large(request: Request) -> Response:
    """What is said of an upload that is larger than the proxy passes on."""
    return told_problem(request, Problem(_TOO_LARGE, said_of(_TOO_LARGE)))
