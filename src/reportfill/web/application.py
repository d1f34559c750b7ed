"""The application: its routes, and what stands around each of them."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files as package_files
from multiprocessing import parent_process
from threading import Thread

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from reportfill.campaign.campaign import Campaign
from reportfill.errors import ReportfillError
from reportfill.text import Text
from reportfill.version import __version__
from reportfill.web.crew import BusyError
from reportfill.web.house import opened_house
from reportfill.web.page import is_of_program
from reportfill.web.problems import (
    Problem,
    ProblemError,
    problem_for,
    said_of,
    tells_of_a_full_disk,
    told_problem,
)
from reportfill.web.routes import agency, agency_form, for_proxies, form, languages, results, sign_in, start
from reportfill.web.routes.api.description import ABOUT, DescribedApplication
from reportfill.web.routes.api.routers import PREFIX, api_router
from reportfill.web.routes.office import (
    accepting,
    audit,
    dashboard,
    events,
    exports,
    log,
    operations,
    people,
    reminders,
)
from reportfill.web.routes.office import agency as office_agency
from reportfill.web.security.headers import SecurityHeaders
from reportfill.web.security.origin import KnownNames, SameOrigin
from reportfill.web.security.own_answers import OwnAnswers
from reportfill.web.security.patience import Patience
from reportfill.web.security.signed_in import SignInNeededError
from reportfill.web.security.upload_rate import UploadRate
from reportfill.web.setup import ServerSetup

SETUP = "REPORTFILL_SERVER"
"""The environment variable by which a server hands its setup to its processes."""

_ROOMS = (
    *(languages, for_proxies, start, form, results, sign_in, agency, agency_form),
    *(dashboard, accepting, exports, reminders, log, events),
    *(office_agency, operations, people, audit),
)

_LARGEST_BODY = 64 << 10
"""So many bytes a request may have where its route does not say otherwise. It is said of each router, not of the whole
application, whose own answer would stand outside all of ours."""


class _Static(StaticFiles):
    """Our own styles and scripts, whose addresses change with the version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=86400"
        return response


def application(setup: ServerSetup) -> FastAPI:
    """The application of a server."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened_house(setup) as house:
            app.state.house = house
            yield

    app = DescribedApplication(
        title="reportfill",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        description=ABOUT,
        openapi_url=f"{PREFIX}/openapi.json",
        lifespan=lifespan,
    )
    app.state.setup = setup
    app.state.campaign_title = _title_of(setup)
    for router in (*(room.router for room in _ROOMS), api_router(serves_campaign=bool(setup.campaign))):
        app.include_router(router, max_body_size=_LARGEST_BODY)
    static = package_files("reportfill.web").joinpath("static")
    app.mount("/static", _Static(directory=str(static)), name="static")
    app.add_middleware(SameOrigin, answer=_own_answer)
    if setup.names:
        app.add_middleware(KnownNames, names=setup.names, answer=_own_answer)
    app.add_middleware(UploadRate, processes=setup.processes)
    app.add_middleware(Patience)
    app.add_middleware(OwnAnswers, answer=_own_answer)
    app.add_middleware(SecurityHeaders, is_https=setup.is_https)
    _handle_errors(app)
    return app


def application_of_environment() -> FastAPI:
    """The same in a process of a server, which ends with the one that started it, even where that was killed."""
    Thread(target=_end_with_parent, daemon=True).start()
    return application(ServerSetup.from_text(os.environ[SETUP]))


def _end_with_parent() -> None:
    """End this process as by a signal when the one has ended that started it; uvicorn's would go on alone."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        signal.raise_signal(signal.SIGTERM)


def _title_of(setup: ServerSetup) -> str:
    """What the campaign of a server is called; empty where it has none."""
    return Campaign.open(setup.campaign).name if setup.campaign else ""


async def _own_answer(request: Request, status: int) -> Response:
    return told_problem(request, Problem(status, said_of(status)))


def _handle_errors(app: FastAPI) -> None:
    """Let every error be a page, or of the API a problem document."""

    @app.exception_handler(HTTPException)
    async def of_framework(request: Request, error: HTTPException) -> Response:
        headers = tuple((error.headers or {}).items())
        return told_problem(request, Problem(error.status_code, said_of(error.status_code), headers=headers))

    @app.exception_handler(RequestValidationError)
    async def of_values(request: Request, error: RequestValidationError) -> Response:
        is_nowhere = all(one["loc"][0] == "path" for one in error.errors())
        if is_nowhere and not is_of_program(request):
            return told_problem(request, Problem(404, said_of(404)))
        places = "、".join(dict.fromkeys(str(one["loc"][:2][-1]) for one in error.errors()))
        return told_problem(
            request, Problem(422, Text(f"参数有误：{places}。", f"These are not right: {places}."))
        )

    @app.exception_handler(ProblemError)
    async def of_ours(request: Request, error: ProblemError) -> Response:
        return told_problem(request, error.problem)

    @app.exception_handler(SignInNeededError)
    async def of_strangers(request: Request, error: SignInNeededError) -> Response:
        return RedirectResponse(sign_in.sign_in_address(request), 303)

    @app.exception_handler(ReportfillError)
    async def of_program(request: Request, error: ReportfillError) -> Response:
        return told_problem(request, problem_for(request, error))

    @app.exception_handler(FileNotFoundError)
    async def of_missing(request: Request, error: FileNotFoundError) -> Response:
        return told_problem(request, Problem(404, said_of(404)))

    @app.exception_handler(OSError)
    async def of_system(request: Request, error: OSError) -> Response:
        status = 507 if tells_of_a_full_disk(error) else 500
        return told_problem(request, Problem(status, said_of(status)))

    @app.exception_handler(BusyError)
    async def of_busy(request: Request, error: BusyError) -> Response:
        return told_problem(request, Problem(503, said_of(503), headers=(("Retry-After", "5"),)))
