"""What a form of ours sent: read once, with few fields and files, and only with the visitor's own token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from reportfill.text import Text
from reportfill.web.page import VISITOR
from reportfill.web.problems import ProblemError
from reportfill.web.security.cookies import cookie_of
from reportfill.web.security.csrf import FIELD, is_token_of

MOST_FILES = 200
"""So many files one form takes."""

MOST_BYTES_OF_FILES = 200 << 20
"""So many bytes a form takes that files are dropped into."""

_MOST_FIELDS = 2000
_LARGEST_FIELD = 1 << 20
_MOST_ENTRIES = 20_000
_LARGEST_ENTRY = 14 << 20
"""Those of a form to fill in: many rows, and a picture of 10 MiB as base64."""

_UNREADABLE = 400
_WHAT_IS_TAKEN = Text(
    f"没有收到完整的内容：一次最多上传{MOST_FILES}个文件，请分几次上传。",
    f"What was sent is not whole: at most {MOST_FILES} files at a time, please send them in several goes.",
)


async def posted_form(request: Request) -> AsyncIterator[FormData]:
    """What was posted. Raises ProblemError where the token is not the visitor's own."""
    async for form in _read(request, _MOST_FIELDS, _LARGEST_FIELD):
        yield form


async def posted_entries(request: Request) -> AsyncIterator[FormData]:
    """The same of a form with many fields, pictures among them as text."""
    async for form in _read(request, _MOST_ENTRIES, _LARGEST_ENTRY):
        yield form


async def _read(request: Request, most_fields: int, largest: int) -> AsyncIterator[FormData]:
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=most_fields, max_part_size=largest)
    except HTTPException as error:
        if error.status_code == _UNREADABLE:
            raise ProblemError(_UNREADABLE, _WHAT_IS_TAKEN) from error
        raise
    try:
        token = form.get(FIELD)
        visitor = cookie_of(request, VISITOR)
        if not isinstance(token, str) or not is_token_of(visitor, token, request.app.state.setup.secret):
            raise ProblemError(403)
        yield form
    finally:
        await form.close()


PostedForm = Annotated[FormData, Depends(posted_form)]
PostedEntries = Annotated[FormData, Depends(posted_entries)]


def text_in(form: FormData, name: str) -> str:
    """The text of a field, without blanks around it; empty where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
