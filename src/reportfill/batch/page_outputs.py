"""Outputs that are made of the pages of reports, beside those made of their data: many at a time, by LibreOffices that
this process has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportfill.errors import ReportfillError
from reportfill.outputs.kind import Output, OutputKind
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.batch.preparing import Prepared
    from reportfill.office.libreoffice.office import Office

# What asks LibreOffice is imported where there is something to ask: most runs make Word reports alone.


@contextmanager
def page_maker(
    kinds: Iterable[OutputKind], processes: int = 0, fonts: Path | None = None, only_prescribed: bool = False
) -> Iterator[PageMaker]:
    """What makes the outputs of some kinds that are made of pages, with LibreOffices as `Office` has them. Raises
    UsageError where they cannot be had."""
    of_pages = [kind for kind in kinds if kind.is_of_pages]
    if not of_pages:
        yield PageMaker((), None)
        return
    from reportfill.office.libreoffice.office import Office

    with Office(processes, fonts, only_prescribed) as office:
        yield PageMaker(of_pages, office)


@dataclass(frozen=True, slots=True)
class PageMaker:
    """Makes outputs of pages, of some kinds. Without any it has no LibreOffice and changes nothing."""

    kinds: Sequence[OutputKind]
    office: Office | None

    @property
    def stand_ins(self) -> Mapping[str, str]:
        """What has stood in so far for which of the prescribed typefaces."""
        return {} if self.office is None else self.office.stand_ins

    def outputs(self, report: bytes) -> tuple[Output, ...]:
        """The outputs of a report. Raises what `Office.pdf` raises."""
        if self.office is None:
            return ()
        from reportfill.outputs.pages import Pages

        pages = Pages(report, self.office)
        return tuple(output for kind in self.kinds for output in kind.outputs(pages))

    def with_pages(self, every: Iterable[Prepared]) -> Iterator[Prepared]:
        """What was prepared for files, in order, with the outputs of their reports' pages."""
        return iter(every) if self.office is None else self.office.in_order(self._with_pages, every)

    def rest(self) -> None:
        """Keep no LibreOffice running while there is nothing to do."""
        if self.office is not None:
            self.office.rest()

    def _with_pages(self, prepared: Prepared) -> Prepared:
        if not prepared.report:
            return prepared
        try:
            return replace(prepared, outputs=(*prepared.outputs, *self.outputs(prepared.report)))
        except ReportfillError as error:
            return replace(prepared, not_made=(*prepared.not_made, Text(error.chinese, error.english)))
