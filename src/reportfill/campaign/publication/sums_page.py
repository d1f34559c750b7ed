"""The page of what the reports of a site come to, added up, beside the year before where the site has it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from reportfill.campaign.aggregation.added_up import AddedUp, summed_paths
from reportfill.campaign.comparison.figure_words import full_label, in_digits, with_sign
from reportfill.campaign.publication.release import json_content
from reportfill.campaign.publication.site import PublishedYear, Site
from reportfill.campaign.publication.site_places import HOME
from reportfill.decimals import Number, exact, plain
from reportfill.pack.last_report import figures_as_in
from reportfill.pack.pack import Pack

_TITLE = "各单位汇总数据"
PAGE, FIGURES = HOME, "figures.json"
"""The page of the sums, and the file with them for programs."""


@dataclass(frozen=True, slots=True)
class SumRow:
    """A line of the page: a figure, its sum, that of the year before, and the difference."""

    label: str
    now: str
    last: str
    change: str


@dataclass(frozen=True, slots=True)
class SumGroup:
    """The figures of a part of the report."""

    title: str
    rows: Sequence[SumRow]


@dataclass(frozen=True, slots=True)
class SumPicture:
    """A picture of the sums: where it lies, and what it says in words."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class YearSums:
    """What the reports of a year come to, of so many agencies; `left_out` counts those whose superiors count them."""

    pack: Pack
    added: AddedUp
    agencies: int
    left_out: int


def sums_page(
    site: Site,
    year: PublishedYear,
    sums: YearSums,
    last: Mapping[str, Number] | None,
    picture: SumPicture | None,
) -> bytes:
    """The page as UTF-8. `last` are the sums of the year before by path, None where the site does not have them."""
    return site.page(
        __name__,
        year.places.sums_file(PAGE),
        f"{_TITLE}：{year.title}",
        [("首页", HOME), year.crumb],
        _TITLE,
        note=_note(sums),
        groups=list(_groups(sums, last or {})),
        has_last=last is not None,
        picture=picture,
    )


def _note(sums: YearSums) -> str:
    others = f"；另有{sums.left_out}个单位的数据计入上级单位，不重复汇总" if sums.left_out else ""
    return f"本页汇总已公布的{sums.agencies}个单位的数据{others}。"


def _groups(sums: YearSums, last: Mapping[str, Number]) -> Iterator[SumGroup]:
    pack, figures = sums.pack, sums.added.sums
    paths = [path for path in summed_paths(pack) if path in figures]
    for section, own in groupby(paths, key=lambda path: pack.fields[path].section):
        yield SumGroup(section, [_row(pack, path, figures[path], last.get(path)) for path in own])


def _row(pack: Pack, path: str, now: Number, last: Number | None) -> SumRow:
    change = None if last is None else exact(now) - exact(last)
    return SumRow(full_label(pack, path), in_digits(now), in_digits(last), with_sign(change))


def figures_content(year: PublishedYear, sums: YearSums) -> bytes:
    """The sums for programs, and for the page of the year after."""
    added = sums.added.sums
    figures = {path: plain(added[path]) for path in summed_paths(sums.pack) if path in added}
    told = {"pack": sums.pack.id, "year": year.places.year, "agencies": sums.agencies, "figures": figures}
    return json_content(told)


def last_figures_in(content: bytes, pack: Pack) -> Mapping[str, Number] | None:
    """The sums of a year before as those of a pack; None where there are none."""
    try:
        told = json.loads(content)
        figures = {str(path): Decimal(figure) for path, figure in told["figures"].items()}
        return figures_as_in(pack, str(told["pack"]), figures)
    except (ValueError, ArithmeticError, KeyError, TypeError, AttributeError, RecursionError):
        return None
