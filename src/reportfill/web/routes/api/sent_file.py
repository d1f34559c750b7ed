"""The file that a program sends: the part `workbook` of a form, or a report's data as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from reportfill.plain_files import LARGEST
from reportfill.text import Text
from reportfill.web.dropped import DroppedFile, shown_name
from reportfill.web.problems import ProblemError

PART = "workbook"
"""The name of the part that holds the file."""

MOST_BYTES_SENT = LARGEST + (64 << 10)
"""So many bytes a file has with what stands around it."""

_MOST_PARTS = 20
_LARGEST_FIELD = 1 << 16

_SEND_ONE = Text(
    f"请用multipart/form-data上传一个文件：部件名为{PART}，并写明filename。",
    f"Send one file as multipart/form-data: a part {PART} with a filename.",
)
_SEND_FORM = Text(
    f"请用multipart/form-data上传填报表（部件名为{PART}），或者用application/json发送报告的数据。",
    f"Send a workbook as multipart/form-data (its part {PART}), or a report's data as application/json.",
)


@dataclass(frozen=True, slots=True)
class SentFile:
    """What a program sent: a file, and what else its form says."""

    file: DroppedFile
    fields: Mapping[str, str] = field(default_factory=dict)


async def sent_file(request: Request) -> DroppedFile:
    """The file in a form, or data as JSON. Raises ProblemError for anything else."""
    if is_json(request):
        return DroppedFile("", await request.body(), says_data=True)
    return (await sent_form(request)).file


async def sent_form(request: Request) -> SentFile:
    """The file in a form, with its fields. Raises ProblemError where there is no form, or none with one file."""
    if media_type_of(request) != "multipart/form-data":
        raise ProblemError(415, _SEND_FORM)
    try:
        form = await request.form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS, max_part_size=_LARGEST_FIELD)
    except HTTPException as error:
        if error.status_code != 400:
            raise
        raise ProblemError(400, _SEND_ONE) from error
    try:
        return await _one_file(form)
    finally:
        await form.close()


async def _one_file(form: FormData) -> SentFile:
    match form.getlist(PART):
        case [UploadFile() as sent]:
            file = DroppedFile(shown_name(sent.filename), await sent.read())
            return SentFile(file, {name: said for name, said in form.items() if isinstance(said, str)})
        case _:
            raise ProblemError(422, _SEND_ONE)


def is_json(request: Request) -> bool:
    """Whether a program says that it sends JSON."""
    media_type = media_type_of(request)
    return media_type == "application/json" or media_type.endswith("+json")


def media_type_of(request: Request) -> str:
    """What a program says that it sends; empty where it does not."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


FileSent = Annotated[DroppedFile, Depends(sent_file)]
FormSent = Annotated[SentFile, Depends(sent_form)]
