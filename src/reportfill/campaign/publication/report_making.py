"""A report made once more for a site, of what the ledger keeps of the version that was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.campaign.aggregation.counted_copies import CountedCopy
from reportfill.campaign.records.last_figures import as_data
from reportfill.campaign.records.readings import Reading, values_in
from reportfill.campaign.records.received_copies import content_of_copy
from reportfill.campaign.storage.store import Store
from reportfill.decimals import Number
from reportfill.finding import Finding
from reportfill.model.submission import Submission
from reportfill.office.encryption import unlocked_with
from reportfill.outputs.kind import KINDS, WORD
from reportfill.outputs.making import MadeOutputs, outputs_of_data
from reportfill.outputs.material import Material
from reportfill.outputs.page_making import PageMaker
from reportfill.outputs.publication import Publication
from reportfill.pack.pack import Pack, load_pack

# What prints and reads is slow to import, and few runs make anything.


class ReportSource(NamedTuple):
    """What a report is made of: the copy of the accepted version, what the ledger keeps of it, last year's figures
    where they are known, and what is said of the page."""

    copy: CountedCopy
    reading: Reading
    last: Mapping[str, Number] | None
    publication: Publication


class MadeReport(NamedTuple):
    """A report: the Word file, empty where nothing needs it, and what was made of its data."""

    report: bytes
    of_data: MadeOutputs


@dataclass(frozen=True, slots=True)
class ReportMaker:
    """Makes the reports of one campaign in some kinds of output. It can be sent to other processes."""

    store: Store
    pack: str
    passwords: tuple[str, ...]
    kinds: tuple[str, ...]

    def made(self, source: ReportSource | None) -> MadeReport | None:
        """The report; nothing of nothing, which stands between the parts of the list. Raises CampaignError where
        pictures are to be taken from a copy that is not what was handed in."""
        from reportfill.report.render import render

        if source is None:
            return None
        pack = load_pack(self.pack)
        submission = self._submission(pack, source)
        last = as_data(source.last) if source.last else None
        report = render(submission, last) if self._needs_word else b""
        return MadeReport(
            report,
            outputs_of_data(Material(submission, report, last, publication=source.publication), self.kinds),
        )

    @property
    def _needs_word(self) -> bool:
        return any(name == WORD or KINDS[name].is_of_pages for name in self.kinds)

    def _submission(self, pack: Pack, source: ReportSource) -> Submission:
        if not has_pictures(pack):
            return submission_of(pack, source.reading, source.copy.digest)
        from reportfill.intake.read import read_workbook

        content = content_of_copy(self.store, source.copy.path, source.copy.digest, self.passwords)
        return read_workbook(unlocked_with(self.passwords, content), pack)


def has_pictures(pack: Pack) -> bool:
    """Whether reports have pictures, of which the ledger keeps the names alone."""
    return any(field.kind.is_laid for field in pack.fields.values())


def submission_of(pack: Pack, reading: Reading, digest: str) -> Submission:
    """What was handed in, without pictures, as the ledger keeps it."""
    return Submission(pack, values_in(reading), digest=digest)


def all_outputs(pages: PageMaker, made: Iterable[MadeReport | Finding | None]) -> Iterator[MadeOutputs]:
    """The outputs of reports, those of their pages among them, and why others could not be made."""

    def outputs_of(one: MadeReport | Finding | None) -> MadeOutputs:
        if not isinstance(one, MadeReport):
            return MadeOutputs((), (one.message,) if one else ())
        of_pages = pages.made_of(one.report)
        return MadeOutputs(
            (*one.of_data.outputs, *of_pages.outputs), (*one.of_data.not_made, *of_pages.not_made)
        )

    return pages.in_order(outputs_of, made)
