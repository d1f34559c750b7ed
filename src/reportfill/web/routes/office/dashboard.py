"""How the whole year stands, on one page: what is wanted of it stands in the address, which can be passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from reportfill.campaign.status.agency_status import STATE_NAMES, State
from reportfill.campaign.status.overview import minute_in_words
from reportfill.campaign.status.timing import TIMING_NAMES, Timing
from reportfill.web.house import House, HouseHere
from reportfill.web.page import page
from reportfill.web.problems import ProblemError
from reportfill.web.security.signed_in import ReaderHere, served
from reportfill.web.status_index import AgencyFilter, Sorting, StatusIndex

router = APIRouter(include_in_schema=False)

A_PAGE = 100
"""So many agencies stand on a page."""

_MOST_SUPERIORS = 500
"""More superiors than these no list offers: they are typed."""

_LONGEST = 200

_LATENESS = [(timing, TIMING_NAMES[timing]) for timing in (Timing.OVERDUE, Timing.LATE)]


@dataclass(frozen=True, slots=True)
class DashboardWish:
    """Which agencies somebody wants to see, and in which order."""

    agencies: AgencyFilter
    sorting: Sorting = Sorting.ROSTER
    is_descending: bool = False

    @property
    def filter_pairs(self) -> tuple[tuple[str, str], ...]:
        """The filter as it stands in an address."""
        return tuple((name, str(value)) for name, value in self.agencies._asdict().items() if value)

    def query(self, **more: str) -> str:
        """The whole as it stands in an address, with what is said otherwise or besides."""
        said = dict(self.filter_pairs) | {"sort": self._sort} | more
        return urlencode({name: value for name, value in said.items() if value})

    def sorted_query(self, sorting: Sorting) -> str:
        """The same by a column; the other way round where it is by that column already."""
        turned = sorting is self.sorting and not self.is_descending
        return self.query(sort=f"-{sorting}" if turned else sorting)

    def aria_sort(self, sorting: Sorting) -> str:
        """What a reader of the screen is told of a column."""
        if sorting is not self.sorting:
            return "none"
        return "descending" if self.is_descending else "ascending"

    @property
    def _sort(self) -> str:
        if self.sorting is Sorting.ROSTER:
            return ""
        return f"-{self.sorting}" if self.is_descending else self.sorting


def _wish(
    state: State | Literal[""] = "",
    timing: Timing | Literal[""] = "",
    under: Annotated[str, Query(max_length=_LONGEST)] = "",
    text: Annotated[str, Query(max_length=_LONGEST)] = "",
    sort: Annotated[str, Query(pattern=f"^(-?({'|'.join(Sorting)}))?$")] = "",
) -> DashboardWish:
    wanted = AgencyFilter(state or None, timing or None, under.strip(), text.strip())
    return DashboardWish(
        wanted, Sorting(sort.removeprefix("-") or Sorting.ROSTER), is_descending=sort.startswith("-")
    )


WishHere = Annotated[DashboardWish, Depends(_wish)]


async def index_of(house: House) -> StatusIndex:
    """How the campaign stands. Raises ProblemError where the server has none."""
    if house.overview is None:
        raise ProblemError(404)
    return await house.overview.index()


@router.get("/office")
async def dashboard(
    request: Request,
    house: HouseHere,
    user: ReaderHere,
    wish: WishHere,
    number: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """Who has handed in, what is wrong, who is missing."""
    campaign, index = served(house).campaign, await index_of(house)
    found = index.found(wish.agencies, wish.sorting, is_descending=wish.is_descending)
    pages = max(1, -(-len(found) // A_PAGE))
    number = min(number, pages)
    places = found[(number - 1) * A_PAGE : number * A_PAGE]
    return page(
        request,
        "office/dashboard.html.jinja",
        wish=wish,
        found=len(found),
        rows=[_row(index, place) for place in places],
        number=number,
        pages=pages,
        is_closed=await to_thread.run_sync(lambda: campaign.is_closed),
        **shown_of(index, wish),
    )


def shown_of(index: StatusIndex, wish: DashboardWish) -> dict[str, Any]:
    """What pages show of a campaign and of the filter."""
    superiors = index.superiors
    under = wish.agencies.under
    return {
        "index": index,
        "state_names": STATE_NAMES,
        "timing_names": TIMING_NAMES,
        "superiors": superiors if len(superiors) <= _MOST_SUPERIORS else {},
        "is_unknown": bool(under) and index.code_of(under) is None,
        "sortings": Sorting,
    }


def _row(index: StatusIndex, place: int) -> dict[str, Any]:
    status = index.status
    one, columns = status.agencies[place], status.columns
    return {
        "agency": one.agency,
        "superior": index.superiors.get(one.agency.superior, ""),
        "state": one.state,
        "versions": one.versions,
        "handed_in": minute_in_words(one.handed_in),
        "errors": columns.errors[place],
        "warnings": columns.warnings[place],
        "last_day": index.last_day_in_words(one),
        "lateness": [name for timing, name in _LATENESS if index.timings[timing][place]],
        "is_extended": one.until is not None,
        "remark": one.remark,
    }
