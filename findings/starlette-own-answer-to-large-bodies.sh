#!/usr/bin/env bash
# Starlette 1.10.0 under FastAPI 0.165.0: a request whose Content-Length is more than max_body_size.
# One would guess that an application's own handler for 413 words the answer, as it does for every other status, and that
# middleware of the application adds its headers to it.
# Seen: where the length is declared, the middleware of the limit puts its own line of plain text in the place of any
# answer, the handler's too; set for the whole application it stands outside the application's middleware, whose headers
# are missing; set for a router the headers are there, and the words are Starlette's still. Only a body without a declared
# length, which is counted while it comes, is answered by the handler.
. "$(dirname "$0")/common.sh"
install fastapi==0.165.0 starlette==1.10.0 httpx2==2.16.2
expect "whole application, declared: 413 'Content Too Large' own header: no
whole application, counted: 413 'ours' own header: yes
router, declared: 413 'Content Too Large' own header: yes
router, counted: 413 'ours' own header: yes" <<'E2'
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import PlainTextResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient


class OwnHeader:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def with_header(message):
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-ours"] = "yes"
            await send(message)

        await self.app(scope, receive, with_header)


async def handler(request, error):
    return PlainTextResponse("ours", error.status_code)


def application(whole, of_router):
    app, router = FastAPI(max_body_size=whole), APIRouter()

    @router.post("/")
    async def read(request: Request):
        return len(await request.body())

    app.include_router(router, max_body_size=of_router)
    app.add_middleware(OwnHeader)
    app.add_exception_handler(HTTPException, handler)
    return app


for name, limits in (("whole application", (10, None)), ("router", (None, 10))):
    client = TestClient(application(*limits))
    for how, body in (("declared", b"x" * 20), ("counted", iter([b"x" * 20]))):
        answer = client.post("/", content=body)
        own = answer.headers.get("x-ours", "no")
        print(f"{name}, {how}: {answer.status_code} {answer.text!r} own header: {own}")
E2
