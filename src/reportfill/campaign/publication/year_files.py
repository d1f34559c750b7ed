"""What a site has over all agencies of a year: their data, and what they come to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.campaign.aggregation.rollup import Subset, rollup
from reportfill.campaign.publication import sums_page
from reportfill.campaign.publication.data_files import write_data_files
from reportfill.campaign.publication.former_release import FormerRelease, content_or_nothing
from reportfill.campaign.publication.list_parts import ListPart
from reportfill.campaign.publication.release import digest_of
from reportfill.campaign.publication.report_making import submission_of
from reportfill.campaign.publication.site import PublishedYear, Site
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.own_files import OwnFiles
from reportfill.decimals import Number
from reportfill.errors import CampaignError
from reportfill.model.submission import Submission
from reportfill.outputs.open_data.data_package import AboutData
from reportfill.pack.pack import Pack
from reportfill.workers import Workers


class WrittenData(NamedTuple):
    """The open data of a year: what they were made of, as a digest, empty where not all could be written; and the
    SHA-256 of the files by place."""

    made_of: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class YearFiles:
    """Makes what a year has over all agencies. `earlier` are the years before it in the site."""

    folder: CampaignFolder
    ledger: Ledger
    files: OwnFiles
    site: Site
    year: PublishedYear
    earlier: Sequence[PublishedYear]
    former: FormerRelease
    pack: Pack
    workers: Workers

    def data_written(self, lists: Sequence[ListPart], parts: Mapping[str, str]) -> WrittenData:
        """Write the open data over all agencies, where a report has changed since they were written or one is lost."""
        made_of = digest_of(parts)
        folder = self.year.places.data_file("")
        former = {place: digest for place, digest in self.former.files.items() if place.startswith(folder)}
        if made_of == self.former.data_made_of and all(map(self.files.store.exists, former)):
            return WrittenData(made_of, former)
        name = f"{self.year.places.series}-{self.year.places.year}"
        about = AboutData(name, self.year.title, publisher=self.site.issuer)
        refused = len(self.files.held)
        written = write_data_files(self.files, self.year, self.pack, self._submissions(lists), about)
        is_whole = len(self.files.held) == refused
        return WrittenData(made_of if is_whole else "", written if is_whole else former | written)

    def _submissions(self, lists: Sequence[ListPart]) -> Iterator[Submission]:
        for part in lists:
            digests = [copy.digest for _, copy in part.agencies]
            for digest, reading in zip(digests, self.ledger.readings(digests), strict=True):
                yield submission_of(self.pack, reading, digest)

    def sums(self, codes: Collection[str]) -> Mapping[str, bytes]:
        """The page of the sums over agencies, and the files beside it, by place; none where none of them is added up:
        all count with their superiors."""
        through = self.folder.settings().through
        counted = Subset(lambda one: one.code in codes and (through is None or one.level <= through))
        try:
            sums = rollup(self.folder, counted, self.workers)
        except CampaignError:
            return {}
        place, last = self.year.places.sums_file, self._last_sums()
        return {
            place(sums_page.PAGE): sums_page.sums_page(self.site, self.year, sums, last, None),
            place(sums_page.FIGURES): sums_page.figures_content(sums),
        }

    def _last_sums(self) -> Mapping[str, Number] | None:
        """The sums of the year before; None where the site does not have it."""
        before = (one for one in self.earlier if one.places.year == self.year.places.year - 1)
        found = next(before, None)
        if found is None:
            return None
        content = content_or_nothing(self.files.store, found.places.sums_file(sums_page.FIGURES))
        return sums_page.last_figures_in(content, self.pack)
