"""The first page: a blank workbook to take, completed workbooks to drop."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from reportfill.errors import PackError
from reportfill.handing_out import WorkbookOrder, workbook_for
from reportfill.pack.discovery import choice_for_year, find_pack_of_id, find_packs
from reportfill.pack.pack import Pack, load_pack
from reportfill.text import Text
from reportfill.web.downloads import download
from reportfill.web.dropped import DroppedFile, files_to_keep, result_of, shown_name
from reportfill.web.house import House, HouseHere
from reportfill.web.page import address, page
from reportfill.web.posted import MOST_BYTES_OF_FILES, MOST_FILES, PostedForm, text_in
from reportfill.web.problems import ProblemError

router = APIRouter(include_in_schema=False)

FILES = "files"
"""The name of the field that files are dropped into."""

LAST_YEAR = "last"
"""The name of the field for last year's report."""

COUNT = "count"
"""What tells how many files a result has."""


@router.get("/")
async def first_page(request: Request, house: HouseHere) -> Response:
    """Where everybody begins: with a campaign its visitors come in, without one the tools are here."""
    if house.campaign is not None:
        return page(request, "campaign_home.html.jinja")
    return await tools(request)


@router.get("/tools")
async def tools(request: Request) -> Response:
    """A blank workbook to take, completed workbooks to drop."""
    last_year = date.today().year - 1
    packs, chosen = await to_thread.run_sync(lambda: (find_packs(), _id_of_pack_for(last_year)))
    return page(
        request,
        "start.html.jinja",
        packs=[found.manifest for found in packs],
        chosen=chosen,
        last_year=last_year,
        most_files=MOST_FILES,
    )


def _id_of_pack_for(year: int) -> str:
    """The id of the pack that is taken for a year where nobody chooses; empty where there is none."""
    try:
        return choice_for_year(year).pack.manifest.id
    except PackError:
        return ""


def _pack_asked(id: str, year: int) -> Pack:
    """The pack of an id, or that for a year: never one at a path, which is nobody's who asks from elsewhere."""
    return load_pack(find_pack_of_id(id) if id else year)


@router.post("/workbook")
async def blank_workbook(request: Request, house: HouseHere, form: PostedForm) -> Response:
    """A blank workbook for an agency, or the form to fill in here."""
    year = text_in(form, "year")
    if not (year.isdecimal() and len(year) == 4):
        raise ProblemError(
            422, Text("年度应当是4位数字，如2025。", "The year has to be four digits, like 2025.")
        )
    if "fill-in" in form:
        asked = urlencode({"agency": text_in(form, "agency"), "year": year})
        pack_id = text_in(form, "pack") or await to_thread.run_sync(_id_of_pack_for, int(year))
        return RedirectResponse(address(request, f"/form/{quote(pack_id, safe='')}?{asked}"), 303)
    pack = await to_thread.run_sync(_pack_asked, text_in(form, "pack"), int(year))
    order = WorkbookOrder(text_in(form, "agency"), int(year), text_in(form, "code"))
    made = await to_thread.run_sync(workbook_for, pack, order)
    return download(made.content, f"{made.name}.xlsx")


@router.post("/reports", max_body_size=MOST_BYTES_OF_FILES)
async def dropped_files(request: Request, house: HouseHere, form: PostedForm) -> Response:
    """What comes of completed workbooks, or of JSON."""
    files = [one for one in form.getlist(FILES) if isinstance(one, UploadFile) and (one.size or one.filename)]
    if not files:
        raise ProblemError(422, Text("请先选择填报表。", "Choose completed workbooks first."))
    last = form.get(LAST_YEAR)
    before = await last.read() if isinstance(last, UploadFile) else b""
    if before and len(files) > 1:
        raise ProblemError(
            422,
            Text(
                "上年度的报告只能与一份填报表一起上传。",
                "Last year's report goes with one completed workbook only.",
            ),
        )
    token = await _kept(house, files, before)
    first = f"/results/{token}" if len(files) > 1 else f"/results/{token}/1"
    return RedirectResponse(address(request, first), 303)


async def _kept(house: House, files: list[UploadFile], last: bytes) -> str:
    """Work on files one after the other, so that others get their turn, and keep what came of them; the token."""
    token = await place_for_results(house, len(files))
    for number, sent in enumerate(files, 1):
        await keep_result(
            house, token, number, DroppedFile(shown_name(sent.filename), await sent.read(), last)
        )
    return token


async def place_for_results(house: House, count: int) -> str:
    """Where the results of so many files are to be kept: a token."""
    return await to_thread.run_sync(house.kept.put, {COUNT: str(count).encode()})


async def keep_result(house: House, token: str, number: int, file: DroppedFile) -> None:
    """Work on a file, and keep what comes of it."""
    made = await house.crew.result(result_of, file)
    for name, content in files_to_keep(file, made).items():
        await to_thread.run_sync(house.kept.add, token, f"{number}/{name}", content)
