"""A campaign published as a website: the accepted reports, each with its page, lists of them, their data and sums.

What was published before stays where it is the same; what is no longer accepted goes. Each part of the list is written
with what says what it consists of, so that a run that was broken off goes on where it was.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files as package_files
from pathlib import Path

from reportfill.campaign.aggregation.counted_copies import keep_readings
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.publication.accepted import accepted_reports
from reportfill.campaign.publication.data_files import named_data_files
from reportfill.campaign.publication.former_release import FormerRelease, content_or_nothing
from reportfill.campaign.publication.home_page import home_page
from reportfill.campaign.publication.list_page import ListLinks, ListRow, list_page, list_script
from reportfill.campaign.publication.list_parts import ListPart, list_parts, with_neighbours
from reportfill.campaign.publication.release import (
    PublishedReport,
    ReleasePart,
    digests_of,
    kinds_of_release,
    part_content,
    parts_of_release,
    release_content,
)
from reportfill.campaign.publication.report_making import ReportMaker
from reportfill.campaign.publication.reports import ReportPlans
from reportfill.campaign.publication.site import PublishedYear, Site
from reportfill.campaign.publication.site_places import ASSETS, HOME, RELEASE, SITEMAP, SitePlaces
from reportfill.campaign.publication.site_reports import SiteReports
from reportfill.campaign.publication.sitemap import list_of_lists, page_list
from reportfill.campaign.publication.year_files import YearData, YearFiles
from reportfill.campaign.publication.year_page import list_entries, year_page
from reportfill.campaign.publication.years import (
    ReleasedYear,
    released_years,
    with_year,
    years_content,
)
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.database import locked, url_of_file
from reportfill.campaign.records.last_figures import read_last_figures
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.own_files import OwnFiles
from reportfill.campaign.storage.putting_away import digest_of_file
from reportfill.campaign.storage.store import Store, store_at
from reportfill.errors import CampaignError
from reportfill.finding import Finding
from reportfill.outputs.kind import PAGE, WORD, OutputKind, kinds_named
from reportfill.outputs.page_making import OF_THIS_COMPUTER, FontChoice, PageMaker, page_maker
from reportfill.outputs.publication import publication_or_of_user
from reportfill.pack.known_packs import pack_digest
from reportfill.pack.pack import load_pack
from reportfill.text import Text, how_many
from reportfill.workers import ProcessWorkers, Workers


@dataclass(frozen=True, slots=True)
class Published:
    """A campaign published: where its first page is, how many reports there are, how many of them are new or were made
    anew, how many of before went, how many sound ones wait to be accepted, of which agencies not all could be made and
    why, and what could not be written for a reason of its own. `unknown_tags` are the prescribed tags of which nobody
    has said what is in them; without `has_address` there is no sitemap."""

    home: str
    reports: int
    made: int
    removed: int
    waiting: int
    unknown_tags: tuple[str, ...] = ()
    has_address: bool = False
    troubles: tuple[tuple[str, Text], ...] = ()
    held: tuple[Text, ...] = ()
    remarks: tuple[Finding, ...] = ()
    """What else there is to say: of the typefaces of its PDFs."""

    @property
    def in_words(self) -> Text:
        """How many reports are in it, and how many are not."""
        return Text(
            f"已发布{self.reports}份，其中本次生成{self.made}份；撤下{self.removed}份；"
            f"未审核的{self.waiting}份没有发布。",
            f"{how_many(self.reports, 'report')} published, {self.made} of them made now; {self.removed} taken down; "
            f"{self.waiting} not reviewed yet and left out.",
        )

    @property
    def lacks(self) -> tuple[Text, ...]:
        """What campaign.toml would have to say, so that nothing is missing in the site."""
        lacks = []
        if self.unknown_tags:
            lacks.append(
                Text(
                    f"campaign.toml的[publish]没有写明{'、'.join(self.unknown_tags)}，网页中没有这些标签",
                    f"[publish] in campaign.toml does not say {', '.join(self.unknown_tags)}: the pages lack "
                    "these tags",
                )
            )
        if not self.has_address:
            lacks.append(
                Text(
                    "campaign.toml的[publish]没有写明Url，即网站文件夹的网址，以/结尾；没有生成sitemap.xml",
                    "[publish] in campaign.toml has no Url of the site's folder, which ends in /: there is no "
                    "sitemap.xml",
                )
            )
        return tuple(lacks)


def publish(
    folder: CampaignFolder,
    place: str | Path,
    kinds: Sequence[str] | None,
    now: datetime,
    workers: Workers | None = None,
    progress: Progress = unseen,
    fonts: FontChoice = OF_THIS_COMPUTER,
) -> Published:
    """Publish a campaign into a folder, which is empty or one that was published into before, beside other years.

    `kinds` are those of output, of which the web page is always one; None for those of before, at first the Word
    report; their pages are set in `fonts`. Raises UsageError where there is none of such a name, and CampaignError
    where the folder holds anything else, or the same year of another campaign; where nothing is accepted; and where
    another process publishes into it.
    """
    store, moment, crew = store_at(place), f"{now:%Y-%m-%d %H:%M}", workers or ProcessWorkers(1)
    wanted = kinds_named([PAGE, *(_kinds_of_before(folder, store) if kinds is None else kinds)])
    with (
        _site_held(store.url),
        folder.read_ledger() as ledger,
        page_maker(wanted, crew.own_processes, *fonts) as pages,
    ):
        publishing = _Publishing(folder, ledger, OwnFiles(store), wanted, moment, crew, pages)
        return publishing.published(progress)


def _kinds_of_before(folder: CampaignFolder, store: Store) -> Sequence[str]:
    """The kinds of output in which a campaign is in a site; Word where it is in none."""
    places = SitePlaces(load_pack(folder.pack).manifest.series, folder.settings().year)
    return kinds_of_release(content_or_nothing(store, places.release)) or (WORD,)


@contextmanager
def _site_held(url: str) -> Iterator[None]:
    """Hold a site for this process alone, by a lock that lies elsewhere: a website holds nothing but what it shows."""
    mark = hashlib.sha256(str(url if "://" in url else Path(url).resolve()).encode()).hexdigest()[:16]
    with locked(url_of_file(Path(tempfile.gettempdir(), f"reportfill-site-{mark}")), patience=0):
        yield


class _Publishing:
    """One publication under way."""

    def __init__(
        self,
        folder: CampaignFolder,
        ledger: Ledger,
        files: OwnFiles,
        wanted: Sequence[OutputKind],
        now: str,
        workers: Workers,
        pages: PageMaker,
    ) -> None:
        settings, roster, store = folder.settings(), folder.roster(), files.store
        self._folder, self._ledger, self._files, self._workers = folder, ledger, files, workers
        pack = load_pack(folder.pack)
        self._site = Site(settings.issuer, publication_or_of_user(settings.publication))
        self._places = SitePlaces(pack.manifest.series, settings.year)
        self._year = PublishedYear(self._places, f"{settings.year}年{pack.manifest.title}", settings.issuer)
        self._campaign = settings.id or folder.title
        self._years = self._other_years()
        self._accepted = accepted_reports(roster, ledger)
        versions = self._accepted.versions
        self._parts = list(list_parts(roster, versions))
        self._former = FormerRelease(store, self._places, [part.name for part in self._parts])
        of_series = [one.year for one in self._years if one.year.places.series == self._places.series]
        self._others = [one for one in of_series if one.places.year != settings.year]
        earlier = [one for one in self._others if one.places.year < settings.year]
        last = read_last_figures(folder.store).now(roster, ledger)
        kinds = self._kinds = tuple(kind.name for kind in wanted)
        how = (kinds, pack_digest(pack), *pages.set_in)
        plans = ReportPlans(store, self._site, self._year, earlier, self._former, versions, last, pack, how)
        maker = ReportMaker(folder.store, folder.pack, passwords_of(settings), kinds)
        self._reports = SiteReports(ledger, plans, maker, workers, pages, files, now)
        self._over_all = YearFiles(
            folder, ledger, files, self._site, self._year, earlier, self._former, versions, pack, workers
        )

    def _other_years(self) -> list[ReleasedYear]:
        """The years that the site has. Raises CampaignError where this one is there from another campaign."""
        years = released_years(self._files.store)
        for one in years:
            if one.year.places == self._places and one.campaign != self._campaign:
                url, title, issuer = self._files.store.url, one.year.title, one.year.issuer
                raise CampaignError(
                    f"{url} has {title} of another campaign ({issuer}): choose another folder",
                    f"{url}中已有另一项工作（{issuer}）发布的{title}：请换一个文件夹",
                )
        return years

    def published(self, progress: Progress) -> Published:
        """Publish everything; what came of it."""
        if not self._parts and not self._former.parts:
            raise CampaignError(
                "no report is accepted yet, and only accepted ones are published: review some first",
                "还没有审核通过的报告，只发布审核通过的：请先审核",
            )
        if not self._files.store.exists(RELEASE):
            # A new site says whose it is before anything else is in it: so a run that is broken off can go on.
            self._files.store.write(RELEASE, years_content([], {}))
        accepted = self._accepted.versions
        versions = [accepted[agency.code] for part in self._parts for agency in part.agencies]
        keep_readings(self._folder, self._ledger, versions, self._workers, with_texts=True)
        with self._over_all.data_under_way(versions) as data:
            lists, parts, newest = self._lists_written(steps(progress, len(versions)))
            codes = {agency.code for part in lists for agency in part.agencies}
            self._write_year(lists, parts, newest, self._over_all.sums(codes), data())
        return Published(
            self._files.store.place(self._year.home),
            len(codes),
            self._reports.made,
            self._removed(codes, parts),
            self._accepted.waiting,
            self._site.unknown_tags,
            bool(self._site.address),
            tuple(self._reports.troubles),
            tuple(self._files.held),
            self._reports.pages.findings,
        )

    def _lists_written(
        self, advance: Callable[[], None]
    ) -> tuple[Sequence[ListPart], Mapping[str, str], str]:
        """Write the reports and the list of them; its parts with what is in the site, the SHA-256 of what tells of each
        by place, and when a report was published last."""
        lists: list[ListPart] = []
        parts: dict[str, str] = {}
        newest = ""
        for before, (part, reports), after in with_neighbours(self._parts_there(advance)):
            beside = (self._page_beside(part, other[0]) if other else "" for other in (before, after))
            links = ListLinks(self._own_page(part), *beside)
            lists.append(part)
            parts |= self._list_written(part, reports, links)
            newest = max(newest, *(report.published for report in reports))
        return lists, parts, newest

    def _parts_there(
        self, advance: Callable[[], None]
    ) -> Iterator[tuple[ListPart, Sequence[PublishedReport]]]:
        """Write the reports; each part of the list of which any is in the site, with those that are."""
        for part, reports in self._reports.written(self._parts, advance):
            if reports:
                there = [agency for agency in part.agencies if agency.code in reports]
                yield replace(part, agencies=there), list(reports.values())

    def _list_written(
        self, part: ListPart, reports: Sequence[PublishedReport], links: ListLinks
    ) -> Mapping[str, str]:
        """Write the page of a part of the list, its index for the search, its pages for search engines, and what it
        consists of; the place of that with its SHA-256."""
        pages = [self._places.report_page(report.code) for report in reports]
        rows = [
            ListRow(report.name, page, self._reports.plans.downloads(agency, report.files), report.published)
            for agency, report, page in zip(part.agencies, reports, pages, strict=True)
        ]
        page = self._places.list_file(part.name, ".html")
        contents = {
            page: list_page(self._site, self._year, part, rows, links),
            self._places.list_file(part.name, ".js"): list_script(self._year, part, reports),
        }
        if self._site.address:
            changed = {row.page: row.published for row in rows}
            pages_here = {page: max(changed.values()), **changed}
            contents[self._places.list_file(part.name, ".xml")] = page_list(self._site.address, pages_here)
        told = part_content(ReleasePart(reports, digests_of(contents)))
        place = self._places.list_file(part.name, ".json")
        release, former = {place: told}, self._former.list_files(place)
        self._files.write(contents | release)
        self._files.remove({gone: former[gone] for gone in former.keys() - contents.keys()})
        return digests_of(release)

    def _page_beside(self, part: ListPart, other: ListPart) -> str:
        """The page of the part before or behind one; empty where that is the list of another superior."""
        is_same = part.superior is other.superior
        return self._places.list_file(other.name, ".html") if is_same else ""

    def _own_page(self, part: ListPart) -> str:
        """The page of the report of the superior whose agencies a part lists; empty where there is none."""
        superior = part.superior
        if superior is None or superior.code not in self._accepted.versions:
            return ""
        page = self._places.report_page(superior.code)
        return page if self._files.store.exists(page) else ""  # superiors are written before those below

    def _write_year(
        self,
        lists: Sequence[ListPart],
        parts: Mapping[str, str],
        newest: str,
        sums: Mapping[str, bytes],
        data: YearData,
    ) -> None:
        """Write the first page of the year and of the site, what all agencies come to, and what they consist of."""
        page = year_page(
            self._site,
            self._year,
            list_entries(self._year, lists),
            newest=newest,
            sums=next(iter(sums), ""),
            data=named_data_files(data.files),
            others=self._others,
        )
        files = {self._year.home: page, **sums}
        if self._site.address:
            pages = dict.fromkeys((self._year.home, *list(sums)[:1]), newest)
            files[self._places.sitemap] = page_list(self._site.address, pages)
        digests = {**digests_of(files), **data.files}
        release = {
            self._places.release: release_content(self._year.title, self._kinds, parts, digests, data.made_of)
        }
        self._files.write(files | release)
        former = self._former.files
        self._files.remove({gone: former[gone] for gone in former.keys() - digests.keys()})
        (digest,) = digests_of(release).values()
        years = with_year(self._years, ReleasedYear(self._year, self._campaign, digest))
        shared = {HOME: home_page(self._site, [one.year for one in years]), **_assets()}
        if self._site.address:
            shared[SITEMAP] = list_of_lists(self._site.address, self._lists_of_pages(years))
        elif self._files.store.exists(SITEMAP):
            self._files.remove({SITEMAP: digest_of_file(self._files.store, SITEMAP)})
        self._files.write({**shared, RELEASE: years_content(years, shared)})

    def _lists_of_pages(self, years: Sequence[ReleasedYear]) -> Iterator[str]:
        """The places of the lists of pages for search engines, of all years that have any."""
        store = self._files.store
        for places in (one.year.places for one in years):
            if store.exists(places.sitemap):
                yield places.sitemap
                parts = parts_of_release(content_or_nothing(store, places.release))
                yield from (place.removesuffix(".json") + ".xml" for place in parts)

    def _removed(self, codes: Collection[str], parts: Collection[str]) -> int:
        """Remove what was published before and is not any more; how many reports that are."""
        for files in self._former.list_files_without(parts):
            self._files.remove(files)
        gone = 0
        for report in self._former.reports_without(codes):
            self._files.remove(report.files)
            gone += 1
        return gone


def _assets() -> Mapping[str, bytes]:
    """What all pages share, by place."""
    package = package_files("reportfill.campaign.publication")
    return {f"{ASSETS}/{name}": package.joinpath(name).read_bytes() for name in ("site.css", "search.js")}
