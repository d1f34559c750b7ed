"""What a site has over all agencies of a year: their data, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from reportfill.campaign.aggregation.added_up import added_up, reports_kept
from reportfill.campaign.aggregation.coverage import adds_up
from reportfill.campaign.publication import sums_page
from reportfill.campaign.publication.data_files import (
    DataJob,
    data_kinds,
    joined_digests,
    write_data_files,
)
from reportfill.campaign.publication.former_release import FormerRelease, content_or_nothing
from reportfill.campaign.publication.release import digest_of
from reportfill.campaign.publication.site import PublishedYear, Site
from reportfill.campaign.publication.sums_picture import sums_picture
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.own_files import OwnFiles
from reportfill.decimals import Number
from reportfill.pack.known_packs import pack_digest
from reportfill.pack.pack import Pack
from reportfill.version import __version__
from reportfill.workers import Workers


class YearData(NamedTuple):
    """The open data of a year: what they were made of, as a digest, empty where not all could be written; and the
    SHA-256 of the files by place."""

    made_of: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class YearFiles:
    """Makes what a year has over all agencies. `earlier` are the years before it in the site, `versions` what is
    published by the codes of the agencies."""

    folder: CampaignFolder
    ledger: Ledger
    files: OwnFiles
    site: Site
    year: PublishedYear
    earlier: Sequence[PublishedYear]
    former: FormerRelease
    versions: Mapping[str, str]
    pack: Pack
    workers: Workers

    @contextmanager
    def data_under_way(self, versions: Sequence[str]) -> Iterator[Callable[[], YearData]]:
        """The open data over all agencies, by the SHA-256 of their versions, being written beside what else is done:
        what gives them in the end. They are left where they are the same still."""
        joined = joined_digests(versions)
        told = sha256(joined).hexdigest()
        made_of = digest_of(__version__, pack_digest(self.pack), told, data_kinds())
        folder = self.year.places.data_file("")
        former = {place: digest for place, digest in self.former.files.items() if place.startswith(folder)}
        if made_of == self.former.data_made_of and all(map(self.files.store.exists, former)):
            yield lambda: YearData(made_of, former)
            return
        job = DataJob(self.folder.store.url, joined, self.files.store, self.year)
        with self.workers.beside(write_data_files, job) as result:

            def written() -> YearData:
                files, held = result()
                self.files.held += held
                return YearData("", {**former, **files}) if held else YearData(made_of, files)

            yield written

    def sums(self, codes: Collection[str]) -> Mapping[str, bytes]:
        """The page of the sums over the agencies of these codes, and the files beside it, by place; none where none of
        them is added up: all count with their superiors."""
        sums = self._added_up(codes)
        if not sums.agencies:
            return {}
        place, last = self.year.places.sums_file, self._last_sums()
        picture, files = sums_picture(self.year, sums, last)
        return {
            place(sums_page.PAGE): sums_page.sums_page(self.site, self.year, sums, last, picture),
            place(sums_page.FIGURES): sums_page.figures_content(self.year, sums),
            **files,
        }

    def _added_up(self, codes: Collection[str]) -> sums_page.YearSums:
        through = self.folder.settings().through
        agencies = [
            one
            for one in self.folder.roster().agencies
            if one.code in codes and (through is None or one.level <= through)
        ]
        counted = [one for one in agencies if adds_up(one)]
        reports = reports_kept(self.ledger, self.pack, (self.versions[one.code] for one in counted))
        added = added_up(self.pack, [one.name for one in counted], reports)
        return sums_page.YearSums(self.pack, added, len(counted), len(agencies) - len(counted))

    def _last_sums(self) -> Mapping[str, Number] | None:
        """The sums of the year before; None where the site does not have it."""
        before = (one for one in self.earlier if one.places.year == self.year.places.year - 1)
        found = next(before, None)
        if found is None:
            return None
        content = content_or_nothing(self.files.store, found.places.sums_file(sums_page.FIGURES))
        return sums_page.last_figures_in(content, self.pack)
