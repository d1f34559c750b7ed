"""The reports of a part of the list: which are to be made anew, and what is written of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.publication.former_release import FormerRelease
from reportfill.campaign.publication.list_page import Download
from reportfill.campaign.publication.list_parts import ListPart
from reportfill.campaign.publication.release import PublishedReport, digest_of
from reportfill.campaign.publication.report_page import Surroundings, report_page
from reportfill.campaign.publication.site import Crumb, PublishedYear, Site
from reportfill.campaign.publication.site_places import HOME, download_name
from reportfill.campaign.records.last_figures import LastFigures
from reportfill.campaign.storage.store import Store
from reportfill.model.figures import with_values
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.outputs.kind import KINDS, PAGE, WORD, Output, OutputKind, suffix_of_ending
from reportfill.pack.pack import Pack
from reportfill.version import __version__


class PlannedReport(NamedTuple):
    """A report of the site: whose, the SHA-256 of the version it is made of, all that goes into it as a digest, and
    what was published of it before, where that is the same still."""

    agency: Agency
    version: str
    made_of: str
    kept: PublishedReport | None


@dataclass(frozen=True)
class ReportPlans:
    """Tells which reports are to be made anew, in a site in which a year was published before or not. `versions` are
    those that were accepted, by the codes of their agencies."""

    store: Store
    site: Site
    year: PublishedYear
    earlier: Sequence[PublishedYear]
    former: FormerRelease
    versions: Mapping[str, str]
    last: LastFigures
    pack: Pack
    settings: tuple[object, ...]
    """What goes into every report beside its own: the kinds of output, the pack."""

    def planned(self, part: ListPart) -> list[PlannedReport]:
        """The reports of a part of the list."""
        return [self._planned(part, agency) for agency in part.agencies]

    def _planned(self, part: ListPart, agency: Agency) -> PlannedReport:
        version, last = self.versions[agency.code], self.last.reports.get(agency.holder)
        made_of = digest_of(
            __version__,
            self.settings,
            self.site.issuer,
            repr(self.site.publication),
            version,
            last and [last.digest, last.figures],
            agency.name,
            part.name,
            part.superior and part.superior.name,
            [other.home for other, _ in self.other_reports(agency)],
        )
        former = self.former.report(agency.code)
        is_same = former is not None and former.made_of == made_of
        return PlannedReport(agency, version, made_of, former if is_same and self._is_there(former) else None)

    def _is_there(self, report: PublishedReport | None) -> bool:
        return report is not None and all(map(self.store.exists, report.files))

    def other_reports(self, agency: Agency) -> list[tuple[PublishedYear, str]]:
        """The earlier years that have a report of an agency, each with its page."""
        found = ((year, year.places.report_page(agency.code)) for year in self.earlier)
        return [(year, page) for year, page in found if self.store.exists(page)]

    def files(self, part: ListPart, agency: Agency, outputs: Sequence[Output]) -> dict[str, bytes]:
        """The files of a report by their places, its page among them."""
        folder, name = self.year.places.report_folder(agency.code), self.report_name(agency)
        page = self.year.places.report_page(agency.code)
        contents = {f"{folder}/{download_name(one)}": one.content for one in outputs if one.kind != PAGE}
        article = next(one.content for one in outputs if one.kind == PAGE)
        downloads = self.downloads(agency, contents)
        crumbs = [("首页", HOME), self.year.crumb, *self._list_crumb(part)]
        data = self.year.places.data_page
        around = Surroundings(crumbs, downloads, self.other_reports(agency), data, agency.code)
        return {page: report_page(self.site, page, name, article, around), **contents}

    def _list_crumb(self, part: ListPart) -> list[Crumb]:
        place = self.year.places.list_file(part.name, ".html")
        return [(part.superior.name if part.superior else "单位目录", place)]

    def report_name(self, agency: Agency) -> str:
        """What the report of an agency is called."""
        return self.pack.report_name(
            with_values({}, {AGENCY: agency.name, CODE: agency.code, YEAR: self.year.places.year})
        )

    def downloads(self, agency: Agency, places: Iterable[str]) -> list[Download]:
        """The files of a report that may be downloaded, in the order of the kinds of output."""
        page = self.year.places.report_page(agency.code)
        titles = {name: (title, ending) for name, title, ending in _DOWNLOADS}
        found = {place.rpartition("/")[2]: place for place in places if place != page}
        name = self.report_name(agency)
        return [
            Download(title, found[file], name + ending)
            for file, (title, ending) in titles.items()
            if file in found
        ]


def _title(kind: OutputKind, ending: str) -> str:
    """What a file is called for people: of several of one kind, each by its suffix too."""
    title = "Word报告" if kind.name == WORD else kind.title.zh
    suffix = suffix_of_ending(ending).removeprefix(".").upper()
    return f"{title}（{suffix}）" if len(kind.endings) > 1 else title


_DOWNLOADS = [
    (download_name(Output(kind.name, ending, b"")), _title(kind, ending), ending)
    for kind in KINDS.values()
    for ending in kind.endings
]
"""The names of files of reports in a site, what they are called for people, and how their names end elsewhere."""
