"""A part of the list of agencies: its page, and its index for the search."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from reportfill.campaign.publication.list_parts import ListPart
from reportfill.campaign.publication.release import PublishedReport
from reportfill.campaign.publication.site import PublishedYear, Site
from reportfill.campaign.publication.site_places import HOME


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a report: what it is called for people, where it lies, and the name under which it is kept."""

    title: str
    place: str
    name: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of the list: an agency, its page, its files, and since when they are there."""

    name: str
    page: str
    downloads: Sequence[Download]
    published: str


@dataclass(frozen=True, slots=True)
class ListLinks:
    """The pages to which that of a part leads, each empty where there is none: the report of the superior itself, and
    the parts before and behind it."""

    own_report: str
    before: str
    after: str


def list_page(
    site: Site,
    year: PublishedYear,
    part: ListPart,
    rows: Sequence[ListRow],
    links: ListLinks,
) -> bytes:
    """The page as UTF-8."""
    name = part.superior.name if part.superior else "单位目录"
    return site.page(
        __name__,
        year.places.list_file(part.name, ".html"),
        f"{name}：{year.title}" if part.superior else year.title,
        [("首页", HOME), year.crumb],
        name,
        part=part,
        rows=rows,
        links=links,
    )


def list_script(year: PublishedYear, part: ListPart, reports: Sequence[PublishedReport]) -> bytes:
    """The index of a part, as a script: a page that was opened from disk may load nothing else."""
    rows = [
        [
            agency.code,
            report.name,
            posixpath.relpath(year.places.report_page(report.code), year.places.folder),
            agency.short_name,
        ]
        for agency, report in zip(part.agencies, reports, strict=True)
    ]
    told = ",".join(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in (part.name, rows)
    )
    return f"publishedReports({told});\n".encode("utf-8", "replace")
