"""The first page of a published year: a search, the list of superiors, the sums and the data of all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reportfill.campaign.publication.data_files import DataFile
from reportfill.campaign.publication.list_parts import ListPart
from reportfill.campaign.publication.site import PublishedYear, Site
from reportfill.campaign.publication.site_places import HOME

_OF_NOBODY = "本级单位"
_FIRST_LEVEL = 1
_DEEPEST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A superior in the list of a year: whose agencies are how many, and which parts of the list have them."""

    name: str
    level: int
    place: str
    count: int
    parts: Sequence[str]


def year_page(
    site: Site,
    year: PublishedYear,
    entries: Sequence[ListEntry],
    *,
    newest: str,
    sums: str,
    data: Sequence[DataFile],
    others: Sequence[PublishedYear],
) -> bytes:
    """The page as UTF-8. `newest` is when a report was published last, `sums` the place of the page of the sums, empty
    where there is none; `data` are files of open data over all agencies, `others` the other years of the report."""
    return site.page(
        __name__,
        year.home,
        year.title,
        [("首页", HOME)],
        count=sum(entry.count for entry in entries),
        newest=newest,
        sums=sums,
        data=data,
        lists=entries,
        search=_for_search(entries),
        others=others,
    )


def list_entries(year: PublishedYear, parts: Sequence[ListPart]) -> list[ListEntry]:
    """The superiors of the parts of a list, in their order."""
    entries = []
    for superior, own in groupby(parts, key=lambda part: part.superior):
        of_one = list(own)
        first = of_one[0]
        name = superior.name if superior else (_OF_NOBODY if len(parts) > len(of_one) else year.issuer)
        level = min(superior.level, _DEEPEST_SHOWN) if superior else _FIRST_LEVEL
        place = year.places.list_file(first.name, ".html")
        count = sum(len(part.agencies) for part in of_one)
        entries.append(ListEntry(name, level, place, count, [part.name for part in of_one]))
    return entries


def _for_search(entries: Sequence[ListEntry]) -> str:
    told = {"superiors": [{"name": entry.name, "parts": list(entry.parts)} for entry in entries]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
