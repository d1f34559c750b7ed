"""What came of dropped files: told, and to download in every kind of output, with the pages as pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from reportfill.finding import Finding, Severity
from reportfill.outputs.kind import KINDS, WORD, Output, OutputKind
from reportfill.outputs.page_pictures import page_pictures
from reportfill.web.downloads import download, shown
from reportfill.web.dropped import (
    GIVEN,
    LAST,
    MARKED,
    REPORT,
    TOLD,
    DroppedFile,
    DroppedResult,
    OutputsAsked,
    named_in_addresses,
    outputs_asked,
)
from reportfill.web.house import House, HouseHere
from reportfill.web.page import page
from reportfill.web.problems import ProblemError, not_lost
from reportfill.web.routes.numbers import Number
from reportfill.web.routes.start import COUNT

router = APIRouter(include_in_schema=False)

_PDF, _PAGES = "pdf.pdf", "pages"
_GRAVEST_FIRST = list(Severity)


@router.get("/results/{token}")
async def all_results(request: Request, house: HouseHere, token: str) -> Response:
    """What came of several files."""
    count = int(await _read(house, token, COUNT))
    results = [await _result(house, token, number) for number in range(1, count + 1)]
    return page(request, "results.html.jinja", token=token, results=results)


@router.get("/results/{token}/{number}")
async def one_result(request: Request, house: HouseHere, token: str, number: Number) -> Response:
    """What came of one file."""
    result = await _result(house, token, number)
    count = int(await _read(house, token, COUNT))
    return page(
        request,
        "result.html.jinja",
        token=token,
        number=number,
        count=count,
        result=result,
        sheets=findings_by_sheet(result.findings),
        kinds=offered_kinds(),
        named=named_in_addresses,
    )


@router.get("/results/{token}/{number}/marked.xlsx")
async def marked_workbook(house: HouseHere, token: str, number: Number) -> Response:
    """The workbook with its mistakes marked."""
    content = await _read(house, token, f"{number}/{MARKED}")
    name = (await _result(house, token, number)).shown_name.rpartition(".")[0]
    return download(content, f"{name}-需修改.xlsx")


@router.get("/results/{token}/{number}/pages")
async def pages_as_pictures(request: Request, house: HouseHere, token: str, number: Number) -> Response:
    """The pages of a report, to look at."""
    result = await _result(house, token, number)
    count = await _page_count(house, token, number)
    return page(
        request, "report_pages.html.jinja", token=token, number=number, result=result, page_count=count
    )


@router.get("/results/{token}/{number}/pages/{page_number}.jpg")
async def page_picture(house: HouseHere, token: str, number: Number, page_number: Number) -> Response:
    """One page as a picture."""
    return shown(await _read(house, token, f"{number}/{_PAGES}/{page_number}.jpg"), ".jpg")


@router.get("/results/{token}/{number}/{name}")
async def output_of_result(house: HouseHere, token: str, number: Number, name: str) -> Response:
    """A report in some kind of output, called by that and a suffix: pdf.pdf, picture.svg."""
    kind, ending = kind_asked(name)
    content = await _output(house, token, number, kind, name)
    result = await _result(house, token, number)
    return download(content, f"{result.report_name}{ending}")


def kind_asked(name: str) -> tuple[OutputKind, str]:
    """The kind of output that an address names, as in pdf.pdf, and how its file's name ends. Raises ProblemError where
    there is none."""
    kind = KINDS.get(name.partition(".")[0])
    for ending in kind.endings if kind else ():
        if kind is not None and name == named_in_addresses(kind.name, ending):
            return kind, ending
    raise ProblemError(404)


def findings_by_sheet(findings: Sequence[Finding]) -> Mapping[str, Sequence[Finding]]:
    """Findings by the sheet on which they are, in the order of the sheets' first ones; the gravest first on each."""
    order = dict.fromkeys(found.place.sheet if found.place else "" for found in findings)

    def rank(found: Finding) -> tuple[int, int]:
        sheet = found.place.sheet if found.place else ""
        return list(order).index(sheet), _GRAVEST_FIRST.index(found.severity)

    ordered = sorted(findings, key=rank)
    groups = groupby(ordered, lambda found: found.place.sheet if found.place else "")
    return {sheet: list(group) for sheet, group in groups}


def offered_kinds() -> Sequence[OutputKind]:
    """The kinds of output for which nothing lacks here."""
    return [kind for kind in KINDS.values() if kind.is_installed]


def kinds_of_reports() -> Sequence[OutputKind]:
    """Those of them that are made of a Word report alone."""
    return [kind for kind in offered_kinds() if kind.is_of_pages or kind.name == WORD]


async def _output(house: House, token: str, number: int, kind: OutputKind, name: str) -> bytes:
    """A file of a kind of output, made where it is not there yet."""
    if kind.name == WORD:
        return await _read(house, token, f"{number}/{REPORT}")
    try:
        return await _read(house, token, f"{number}/{name}")
    except FileNotFoundError:
        made = await _made_outputs(house, token, number, kind)
    for output in made:
        await to_thread.run_sync(
            house.kept.add, token, f"{number}/{named_in_addresses(kind.name, output.ending)}", output.content
        )
    found = next((one.content for one in made if named_in_addresses(kind.name, one.ending) == name), None)
    if found is None:
        raise ProblemError(404)
    return found


async def _made_outputs(house: House, token: str, number: int, kind: OutputKind) -> Sequence[Output]:
    report = await _read(house, token, f"{number}/{REPORT}")
    if kind.is_of_pages:
        return await house.pages.outputs(report, kind.name)
    try:
        last = await _read(house, token, f"{number}/{LAST}")
    except FileNotFoundError:
        last = b""
    file = DroppedFile("", await _read(house, token, f"{number}/{GIVEN}"), last)
    return not_lost(await house.crew.result(outputs_asked, OutputsAsked(file, kind.name)))


async def _page_count(house: House, token: str, number: int) -> int:
    """How many pages a report has, which are kept as pictures from now on."""
    try:
        return int(await _read(house, token, f"{number}/{_PAGES}/{COUNT}"))
    except FileNotFoundError:
        pdf = await _output(house, token, number, KINDS["pdf"], _PDF)
    pictures = not_lost(await house.crew.result(page_pictures, pdf))
    named = {f"{page_number}.jpg": picture for page_number, picture in enumerate(pictures, 1)}
    for name, content in {**named, COUNT: str(len(pictures)).encode()}.items():
        await to_thread.run_sync(house.kept.add, token, f"{number}/{_PAGES}/{name}", content)
    return len(pictures)


async def _result(house: House, token: str, number: int) -> DroppedResult:
    return DroppedResult.from_json(await _read(house, token, f"{number}/{TOLD}"))


async def _read(house: House, token: str, name: str) -> bytes:
    return await to_thread.run_sync(house.kept.read, token, name)
