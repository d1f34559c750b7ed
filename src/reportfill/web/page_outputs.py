"""Outputs that are made of a report's pages, and the pages as pictures: by LibreOffices of this process, in a queue."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread

from reportfill.outputs.kind import KINDS, Output
from reportfill.workers import cores

if TYPE_CHECKING:
    from reportfill.office.libreoffice.office import Office


class PageOutputs:
    """So many LibreOffices, or one a core, that start with the first report."""

    def __init__(self, processes: int = 0) -> None:
        self._processes = processes or cores()
        self._room = CapacityLimiter(self._processes)
        self._lock = Lock()
        self._office: Office | None = None

    async def outputs(self, report: bytes, kind: str) -> Sequence[Output]:
        """The outputs of a report, a .docx, of one kind. Raises what `Office.pdf` raises, and UsageError where there is
        no LibreOffice."""
        return await to_thread.run_sync(self._outputs, report, kind, limiter=self._room)

    def _outputs(self, report: bytes, kind: str) -> Sequence[Output]:
        from reportfill.outputs.pages import Pages

        return KINDS[kind].outputs(Pages(report, self._opened_office()))

    def _opened_office(self) -> Office:
        from reportfill.office.libreoffice.office import Office

        with self._lock:
            if self._office is None:
                self._office = Office(self._processes).__enter__()
            return self._office

    def close(self) -> None:
        """Let the LibreOffices end."""
        with self._lock:
            if self._office is not None:
                self._office.__exit__(None, None, None)
                self._office = None
