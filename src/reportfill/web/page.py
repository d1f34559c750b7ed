"""A page in the visitor's language, made on the server."""

from __future__ import annotations

from functools import cache, partial
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from reportfill.campaign.access.roles import ROLE_NAMES
from reportfill.catalogue import LANGUAGES
from reportfill.text import Text
from reportfill.version import __version__
from reportfill.web.security.cookies import cookie_of, set_cookie
from reportfill.web.security.csrf import FIELD, new_visitor, token_for

LANGUAGE = "language"
VISITOR = "visitor"
_API = "/api/"


def language_of(request: Request) -> str:
    """The language of a visitor: the one that was chosen, else Chinese; of a program what it asks for."""
    asked = request.headers.get("accept-language", "")[:2].lower()
    chosen = asked if is_of_program(request) else cookie_of(request, LANGUAGE)
    return chosen if chosen in LANGUAGES else "zh"


def is_of_program(request: Request) -> bool:
    """Whether a request is one to the API, which looks at no cookie."""
    return request.url.path.removeprefix(request.scope.get("root_path", "")).startswith(_API)


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of a template. The visitor gets a cookie, on which the tokens of forms depend, where there is none."""
    language = language_of(request)
    visitor = cookie_of(request, VISITOR)
    is_new = not visitor
    visitor = visitor or new_visitor()
    token = token_for(visitor, request.app.state.setup.secret)
    content = (
        _environment()
        .get_template(name)
        .render(
            {
                "language": language,
                "said": partial(_said, language),
                "told": partial(_told, language),
                "at": partial(address, request),
                "at_agency": partial(address_of_agency, request),
                "asset": partial(_asset, request),
                "csrf": Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token),
                "here": address_asked(request),
                "campaign": request.app.state.campaign_title,
                "role_names": ROLE_NAMES,
                "user": getattr(request.state, "user", None),
                **values,
            }
        )
    )
    response = HTMLResponse(content.encode("utf-8", "replace"), status)
    if is_new:
        set_cookie(request, response, VISITOR, visitor)
    return response


def address(request: Request, path: str) -> str:
    """A path of ours as the browser has to ask for it, behind a proxy in a folder too."""
    return f"{request.scope.get('root_path', '')}{path}"


def address_asked(request: Request) -> str:
    """The path that was asked for, as it was written, with what is asked there."""
    path, query = request.scope["raw_path"].decode("ascii"), request.url.query
    return f"{path}?{query}" if query else path


def address_of_agency(request: Request, code: str) -> str:
    """Where the office sees an agency, whatever characters its code has."""
    return address(request, f"/office/agencies/{quote(code, safe='')}")


def _asset(request: Request, name: str) -> str:
    return f"{address(request, '/static/')}{name}?v={__version__}"


def _said(language: str, chinese: str, english: str) -> str:
    return english if language == "en" else chinese


def _told(language: str, text: Text) -> str:
    return text.in_language(language)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reportfill.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
