"""The reports of a site, made by the workers and written, a part of the list after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from reportfill.campaign.aggregation.counted_copies import copies_of
from reportfill.campaign.publication.list_parts import ListPart
from reportfill.campaign.publication.release import PublishedReport, digests_of
from reportfill.campaign.publication.report_making import MadeReport, ReportMaker, ReportSource, all_outputs
from reportfill.campaign.publication.reports import PlannedReport, ReportPlans
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.own_files import OwnFiles
from reportfill.finding import Finding
from reportfill.outputs.kind import PAGE
from reportfill.outputs.page_making import PageMaker
from reportfill.outputs.publication import Publication
from reportfill.text import Text
from reportfill.workers import Workers


@dataclass
class SiteReports:
    """Makes and writes the reports that are not there yet as they should be. `now` is the moment of publication;
    `made` counts those that were made, `troubles` are the names of agencies of which not all could be made, and why."""

    ledger: Ledger
    plans: ReportPlans
    maker: ReportMaker
    workers: Workers
    pages: PageMaker
    files: OwnFiles
    now: str
    made: int = 0
    troubles: list[tuple[str, Text]] = field(default_factory=list)

    def written(
        self, parts: Sequence[ListPart], advance: Callable[[], None]
    ) -> Iterator[tuple[ListPart, Mapping[str, PublishedReport]]]:
        """Each part of the list with its reports by their agencies' codes, which are in the site now: that of before
        where the one of now cannot be made or written."""
        plans: deque[list[PlannedReport]] = deque()
        made = iter(self.workers.results(self.maker.made, self._sources(parts, plans), lambda _, why: why))
        for part in parts:
            fresh = list(takewhile(lambda one: one is not None, made))
            yield part, self._written_part(part, plans.popleft(), fresh)
            for _ in part.agencies:
                advance()

    def _sources(
        self, parts: Sequence[ListPart], plans: deque[list[PlannedReport]]
    ) -> Iterator[ReportSource | None]:
        """What the reports are made of that are to be made anew, with nothing behind each part of the list; the plan of
        a part is added to the `plans` before."""
        for part in parts:
            plans.append(self.plans.planned(part))
            anew = [one for one in plans[-1] if one.kept is None]
            versions = [one.version for one in anew]
            copies, readings = copies_of(self.ledger, versions), self.ledger.readings(versions)
            for one, copy, reading in zip(anew, copies, readings, strict=True):
                last = self.plans.last.figures_of(one.agency.holder)
                yield ReportSource(copy, reading, last, self._publication_of(one))
            yield None

    def _publication_of(self, one: PlannedReport) -> Publication:
        """What is known of the page of a report: its address, and unless campaign.toml says otherwise since when its
        version is published."""
        known = self.plans.site.publication.at(self.plans.year.places.report_page(one.agency.code))
        return known if known.pub_date else replace(known, pub_date=self._since(one))

    def _since(self, one: PlannedReport) -> str:
        former = self.plans.former.report(one.agency.code)
        return former.published if former and former.version == one.version else self.now

    def _written_part(
        self,
        part: ListPart,
        plan: Sequence[PlannedReport],
        fresh: Sequence[MadeReport | Finding | None],
    ) -> Mapping[str, PublishedReport]:
        reports = {one.agency.code: one.kept for one in plan if one.kept}
        contents: dict[str, Mapping[str, bytes]] = {}
        anew = [one for one in plan if one.kept is None]
        unfinished: set[str] = set()
        for one, (outputs, not_made) in zip(anew, all_outputs(self.pages, fresh), strict=True):
            self.troubles += [(one.agency.name, why) for why in not_made]
            if not_made:
                unfinished.add(one.agency.code)
            if any(output.kind == PAGE for output in outputs):
                contents[one.agency.code] = self.plans.files(part, one.agency, outputs)
        refused = self.files.write({place: file for own in contents.values() for place, file in own.items()})
        for one in anew:
            own = digests_of(contents.get(one.agency.code, {}))
            if own and refused.isdisjoint(own):
                made_of = "" if one.agency.code in unfinished else one.made_of
                reports[one.agency.code] = self._newly_published(one, made_of, own)
            elif former := self.plans.former.report(one.agency.code):
                written = {place: digest for place, digest in own.items() if place not in refused}
                reports[one.agency.code] = replace(former, made_of="", files={**former.files, **written})
        return {agency.code: reports[agency.code] for agency in part.agencies if agency.code in reports}

    def _newly_published(self, one: PlannedReport, made_of: str, files: Mapping[str, str]) -> PublishedReport:
        """A report that has been written, `made_of` that as a digest, empty where the next run is to make it again;
        files of before that it has not any more are removed."""
        self.made += 1
        agency = one.agency
        former = self.plans.former.report(agency.code)
        if former:
            self.files.remove({place: former.files[place] for place in former.files.keys() - files.keys()})
        return PublishedReport(agency.code, agency.name, one.version, made_of, self._since(one), files)
