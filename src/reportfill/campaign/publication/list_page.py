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


def list_page(
    site: Site,
    year: PublishedYear,
    part: ListPart,
    rows: Sequence[ListRow],
    own_report: str,
) -> bytes:
    """The page as UTF-8. `own_report` is the page of the superior's own report, empty where there is none."""
    name = part.superior.name if part.superior else "单位目录"
    base = part.name.rpartition("_")[0] if part.number > 1 else part.name
    return site.page(
        __name__,
        year.places.list_file(part.name, ".html"),
        f"{name}：{year.title}" if part.superior else year.title,
        [("首页", HOME), year.crumb],
        name,
        part=part,
        rows=rows,
        own_report=own_report,
        before=_page_of(year, base, part.number - 1) if part.number > 1 else "",
        after=_page_of(year, base, part.number + 1) if part.number < part.count else "",
    )


def _page_of(year: PublishedYear, base: str, number: int) -> str:
    return year.places.list_file(f"{base}_{number}" if number > 1 else base, ".html")


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
