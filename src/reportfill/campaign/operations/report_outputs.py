"""What else than Word is made of a campaign's reports, beside each of them: made anew where its report was, and gone
where that does not count any more."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.aggregation.counted_copies import CountedCopy, keep_readings
from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.operations.catching_up import Turns
from reportfill.campaign.publication.release import digest_of, digests_of, json_content
from reportfill.campaign.publication.report_making import ReportMaker, ReportSource, all_outputs
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import Version
from reportfill.campaign.records.last_figures import read_last_figures
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.own_files import OwnFiles
from reportfill.campaign.storage.putting_away import digest_of_file, put_away
from reportfill.errors import UsageError
from reportfill.files import noting
from reportfill.finding import finding
from reportfill.outputs.kind import PAGE, WORD, kinds_named
from reportfill.outputs.making import MadeOutputs
from reportfill.outputs.page_making import OF_THIS_COMPUTER, FontChoice, PageMaker, page_maker
from reportfill.outputs.publication import UNKNOWN, publication_or_of_user
from reportfill.pack.known_packs import pack_digest
from reportfill.pack.pack import load_pack
from reportfill.text import Text
from reportfill.version import __version__
from reportfill.workers import Workers

PLACE = "log/其他格式.json"
"""What was made of which report, in the campaign's folder."""

_FORMAT = 1
_AT_ONCE = 50
"""Reports whose outputs are written together."""


@dataclass(frozen=True, slots=True)
class _Made:
    """The outputs of a report: what they were made of, as a digest, and the SHA-256 of each by its place."""

    made_of: str
    files: Mapping[str, str]


def write_report_outputs(
    folder: CampaignFolder, turns: Turns, workers: Workers, fonts: FontChoice = OF_THIS_COMPUTER
) -> None:
    """Write the outputs that campaign.toml names beside the reports that count. They are made while anybody may work on
    the campaign, which is held while some of them are written. What cannot be made, as a program for
    it is not installed, or not be written for a reason of its own, is told with the record."""
    kinds = [name for name in folder.settings().outputs if name != WORD]
    former = _made_before(folder)
    if not (kinds or former):
        return
    try:
        with (
            folder.read_ledger() as ledger,
            page_maker(kinds_named(kinds) if kinds else (), workers.own_processes, *fonts) as pages,
        ):
            _ReportOutputs(folder, ledger, turns, kinds, former, pages).write(workers)
    except UsageError as error:
        folder.recorded.append(finding("campaign.file_held", reason=Text(error.chinese, error.english)))


class _ReportOutputs:
    """The outputs of the reports of one campaign."""

    def __init__(
        self,
        folder: CampaignFolder,
        ledger: Ledger,
        turns: Turns,
        kinds: Sequence[str],
        former: Mapping[str, _Made],
        pages: PageMaker,
    ) -> None:
        self._pages, self._turns = pages, turns
        self._folder, self._ledger, self._kinds = folder, ledger, kinds
        self._former = former
        self._files = OwnFiles(folder.store)
        known = folder.settings().publication
        self._publication = publication_or_of_user(known) if PAGE in kinds else UNKNOWN
        self._last = read_last_figures(folder.store).now(folder.roster(), ledger)
        pack = pack_digest(load_pack(folder.pack))
        self._how = __version__, tuple(kinds), pack, dict(self._publication.said), *pages.set_in

    def write(self, workers: Workers) -> None:
        """Make what lacks or is of another report, and remove what is of none that counts."""
        counted = {
            version.report: (holder, version)
            for holder, history in self._ledger.histories()
            if self._kinds and (version := history.counted) is not None and version.report
        }
        wanted = {report: self._made_of(holder, version) for report, (holder, version) in counted.items()}
        made = {
            report: one for report, one in self._former.items() if self._is_as_wanted(one, wanted.get(report))
        }
        lacking = [report for report in counted if report not in made]
        obsolete = self._former.keys() - made.keys() - counted.keys()
        if obsolete:
            with self._turns.taken():
                for report in obsolete:
                    self._files.remove(self._former[report].files)
        for report, files in self._written([counted[report] for report in lacking], workers):
            former = self._former.get(report)
            if former:
                self._files.remove(
                    {place: former.files[place] for place in former.files.keys() - files.keys()}
                )
            made[report] = _Made(wanted[report], files)
        for report in self._former.keys() & set(lacking) - made.keys():  # the next run makes them
            made[report] = _Made("", self._former[report].files)
        if made != self._former:
            with self._turns.taken():
                self._keep(self._with_others(made, {*lacking, *obsolete}))
        self._folder.recorded.extend(finding("campaign.file_held", reason=why) for why in self._files.held)
        self._folder.recorded.extend(self._pages.findings)

    def _made_of(self, holder: Holder, version: Version) -> str:
        last = self._last.reports.get(holder)
        return digest_of(self._how, version.digest, last and list(last))

    def _is_as_wanted(self, made: _Made, wanted: str | None) -> bool:
        return made.made_of == wanted and all(map(self._folder.store.exists, made.files))

    def _written(
        self, versions: Sequence[tuple[Holder, Version]], workers: Workers
    ) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The reports of versions with the SHA-256 of their outputs by place, which have been written."""
        copies = [CountedCopy(one.number, one.received, one.digest) for _, one in versions]
        digests = [copy.digest for copy in copies]
        keep_readings(self._folder, self._ledger, digests, workers, with_texts=True)
        maker = ReportMaker(
            self._folder.store, self._folder.pack, passwords_of(self._folder.settings()), tuple(self._kinds)
        )
        results = workers.results(maker.made, self._sources(versions, copies), lambda _, why: why)
        every = zip(versions, results, strict=True)
        while some := list(islice(every, _AT_ONCE)):
            outputs = all_outputs(self._pages, (made for _, made in some))
            contents = {
                one.report: self._contents(one, made)
                for ((_, one), _), made in zip(some, outputs, strict=True)
            }
            with self._turns.taken() as turn:
                yield from self._put(self._still_counted(turn.ledger, some, contents))

    def _still_counted(
        self,
        ledger: Ledger,
        made: Sequence[tuple[tuple[Holder, Version], object]],
        contents: Mapping[str, Mapping[str, bytes]],
    ) -> Mapping[str, Mapping[str, bytes]]:
        """The outputs of those of the versions, by their reports, that nothing came behind meanwhile."""
        counted = ((one, ledger.history(holder).counted) for (holder, one), _ in made)
        return {
            one.report: contents[one.report]
            for one, now in counted
            if now is not None and (now.digest, now.report) == (one.digest, one.report)
        }

    def _put(self, contents: Mapping[str, Mapping[str, bytes]]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Write outputs; the reports of which all were written, with the SHA-256 of each by its place."""
        together = {place: file for own in contents.values() for place, file in own.items()}
        refused = self._refused_room(together)
        refused |= self._files.write(
            {place: file for place, file in together.items() if place not in refused}
        )
        yield from (
            (report, digests_of(own)) for report, own in contents.items() if own and refused.isdisjoint(own)
        )

    def _sources(
        self, versions: Sequence[tuple[Holder, Version]], copies: Sequence[CountedCopy]
    ) -> Iterator[ReportSource]:
        readings = self._ledger.readings([copy.digest for copy in copies])
        for (holder, _), copy, reading in zip(versions, copies, readings, strict=True):
            yield ReportSource(copy, reading, self._last.figures_of(holder), self._publication)

    def _contents(self, version: Version, made: MadeOutputs) -> dict[str, bytes]:
        """The outputs of a version by their places; none where not all could be made, which is told."""
        if made.not_made:
            self._files.held += [
                Text(f"{version.name}：{why.zh}", f"{version.name}: {why.en}") for why in made.not_made
            ]
            return {}
        stem = version.report.removesuffix(".docx")
        return {f"{stem}{output.ending}": output.content for output in made.outputs}

    def _refused_room(self, contents: Mapping[str, bytes]) -> frozenset[str]:
        """Put away what stands where an output goes and was not written here, for somebody has put it there; the places
        where that cannot be done."""
        own = {place: digest for one in self._former.values() for place, digest in one.files.items()}
        refused = set(contents)
        for place, digest in digests_of(contents).items():
            with noting(self._files.held):
                self._put_away_others(place, (digest, own.get(place)))
                refused.remove(place)
        return frozenset(refused)

    def _put_away_others(self, place: str, own: tuple[str | None, ...]) -> None:
        store = self._folder.store
        if store.exists(place) and digest_of_file(store, place) not in own:
            put_away(store, place, put_away_place(place))

    def _with_others(self, made: Mapping[str, _Made], own: Collection[str]) -> Mapping[str, _Made]:
        """What was made of which report, with what others made meanwhile of reports that are not this run's own."""
        now = _made_before(self._folder)
        every = now.keys() | self._former.keys()
        others = {report for report in every if now.get(report) != self._former.get(report)}.difference(own)
        mine = {report: one for report, one in made.items() if report not in others}
        return mine | {report: now[report] for report in others if report in now}

    def _keep(self, made: Mapping[str, _Made]) -> None:
        """Keep what was made of which report."""
        told = {
            report: {"made_of": one.made_of, "sha256": dict(one.files)}
            for report, one in sorted(made.items())
        }
        content = json_content({"format": _FORMAT, "reports": told})
        if told or self._folder.store.exists(PLACE):
            with noting(self._files.held):
                self._folder.store.write(PLACE, content)


def _made_before(folder: CampaignFolder) -> Mapping[str, _Made]:
    """What was made of which report; nothing where that is not known: it is made again then."""
    try:
        told = json.loads(folder.store.read(PLACE))
        if told["format"] != _FORMAT:
            return {}
        return {
            report: _Made(str(one["made_of"]), dict(one["sha256"])) for report, one in told["reports"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
