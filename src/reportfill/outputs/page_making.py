"""Outputs that are made of the pages of reports: many at a time, by LibreOffices that this process has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportfill.errors import ReportfillError
from reportfill.finding import Finding, finding
from reportfill.outputs.kind import Output, OutputKind
from reportfill.outputs.making import MadeOutputs, why_not_made
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.office.libreoffice.office import Office
    from reportfill.outputs.pages import Pages


class FontChoice(NamedTuple):
    """Which typefaces pages may be set in: those in a folder of font files beside the computer's, and whether others
    may stand in for those that are prescribed."""

    folder: Path | None = None
    only_prescribed: bool = False


OF_THIS_COMPUTER = FontChoice()
"""Those of the computer, and others where these lack."""

Item = TypeVar("Item")
Result = TypeVar("Result")

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
    def set_in(self) -> tuple[object, ...]:
        """The same of the typefaces as `Office.set_in` tells; nothing where there are no pages."""
        return () if self.office is None else self.office.set_in

    @property
    def stand_ins(self) -> Mapping[str, str]:
        """What has stood in so far for which of the prescribed typefaces."""
        return {} if self.office is None else self.office.stand_ins

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to say of the typefaces so far."""
        return (stood_in(self.stand_ins),) if self.stand_ins else ()

    def outputs(self, report: bytes) -> tuple[Output, ...]:
        """The outputs of a report. Raises what `Office.pdf` raises."""
        pages = self._pages(report)
        return tuple(output for kind in self.kinds for output in kind.outputs(pages)) if pages else ()

    def made_of(self, report: bytes) -> MadeOutputs:
        """The outputs of a report, and why others could not be made: one that cannot holds up no other."""
        outputs: list[Output] = []
        not_made: list[Text] = []
        pages = self._pages(report)
        for kind in self.kinds if pages else ():
            try:
                outputs += kind.outputs(pages)
            except (ReportfillError, OSError) as error:
                not_made.append(why_not_made(kind, error))
        return MadeOutputs(tuple(outputs), tuple(not_made))

    def _pages(self, report: bytes) -> Pages | None:
        if self.office is None:
            return None
        from reportfill.outputs.pages import Pages

        return Pages(report, self.office)

    def in_order(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """What a function that asks for outputs gives for each item, in order, as many side by side as LibreOffice
        takes."""
        return map(function, items) if self.office is None else self.office.in_order(function, items)

    def rest(self) -> None:
        """Keep no LibreOffice running while there is nothing to do."""
        if self.office is not None:
            self.office.rest()


def stood_in(stand_ins: Mapping[str, str]) -> Finding:
    """What is said where other typefaces stand in for some that are prescribed."""
    chinese = "，".join(f"{face}用{other or '其他字体'}代替" for face, other in stand_ins.items())
    english = ", ".join(f"{other or 'another'} for {face}" for face, other in stand_ins.items())
    return finding("document.stood_in", faces=Text(chinese, english))
