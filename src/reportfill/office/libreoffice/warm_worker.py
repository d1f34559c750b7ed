"""A LibreOffice that stays, asked for one file after another.

It is talked to over UNO, by a Python that has that (`uno_worker.py`), and has a profile and a folder of its own, which
go with it. Another takes its place after so many files, for its memory never falls, and where it hangs or has ended.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from reportfill.errors import UsageError
from reportfill.finding import Finding
from reportfill.office.libreoffice.pdf_form import Choices
from reportfill.office.libreoffice.process import (
    OfficeProcess,
    pipe_name,
    pipes_of,
    profile_in,
    require_space,
)
from reportfill.office.libreoffice.setup import OfficeSetup, ended_at, not_taken

_SCRIPT = Path(__file__).with_name("uno_worker.py")
_ATTEMPTS = 2
"""So often a file is tried, the second time by another LibreOffice: the fault may have been that one's."""


class _FailedError(Exception):
    """A LibreOffice made nothing of a file; why."""

    def __init__(self, why: Finding) -> None:
        super().__init__(why.message.en)
        self.why = why


class WarmWorker:
    """A LibreOffice that stays. It starts with the first file."""

    takes = 1
    """So many files it takes at a time."""

    def __init__(self, setup: OfficeSetup, python: str) -> None:
        self._setup = setup
        self._python = python
        self._held = ExitStack()
        self._running: _Running | None = None
        self._is_closed = False

    def pdfs(self, sources: Sequence[bytes], choices: Choices) -> list[bytes | Finding]:
        """The PDF of each Word file, or why there is none. Raises UsageError where LibreOffice does not start, and
        OSError where its disk is full."""
        try:
            return [self._pdf(source, choices) for source in sources]
        finally:
            if self._is_closed:
                self.rest()  # it may have begun anew while it was being closed

    def rest(self) -> None:
        """End it; it starts again with the next file."""
        self._running = None
        self._held.close()

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._is_closed = True
        self.rest()

    def _pdf(self, source: bytes, choices: Choices) -> bytes | Finding:
        why = ended_at()
        for _ in range(_ATTEMPTS):
            if self._is_closed:
                break
            running = self._running or self._begun()
            try:
                made = running.pdf(source, choices, self._setup.limits.seconds)
            except _FailedError as error:
                why = self._setup.too_slow() if running.process.is_late else error.why
                self.rest()
                continue
            if running.is_worn(self._setup):
                self.rest()
            return made
        return why

    def _begun(self) -> _Running:
        for _ in range(_ATTEMPTS):
            folder = self._held.enter_context(self._setup.folder())
            most, left = self._setup.limits.most_memory, (folder, *pipes_of(folder))
            where = (pipe_name(folder), profile_in(folder), most, *left)
            command = [self._python, str(_SCRIPT), self._setup.program, *map(str, where)]
            process = self._held.enter_context(OfficeProcess(command, folder))
            if process.next_line(self._setup.limits.seconds_to_start):
                self._running = _Running(process, folder)
                return self._running
            require_space(folder)
            self.rest()
            if self._is_closed:
                break
        raise UsageError("LibreOffice does not start", "LibreOffice无法启动")


class _Running:
    """A LibreOffice that is ready, and how many files it has done."""

    def __init__(self, process: OfficeProcess, folder: Path) -> None:
        self.process = process
        self._folder = folder
        self._files = 0
        self._memory = 0

    def pdf(self, source: bytes, choices: Choices, seconds: float) -> bytes:
        """The PDF of a Word file. Raises _FailedError where there is none."""
        self._files += 1
        given, wanted = self._folder / f"{self._files}.docx", self._folder / f"{self._files}.pdf"
        given.write_bytes(source)
        asked = {"source": given.as_uri(), "target": wanted.as_uri(), "choices": choices}
        self.process.tell(json.dumps(asked))
        said = self.process.next_line(seconds)
        if not said:
            raise _FailedError(ended_at())
        answer: dict[str, Any] = json.loads(said)
        self._memory = answer["memory"]
        if answer["problem"]:
            require_space(self._folder)
            raise _FailedError(not_taken())
        made = wanted.read_bytes()
        for file in (given, wanted):
            file.unlink(missing_ok=True)
        return made

    def is_worn(self, setup: OfficeSetup) -> bool:
        """Whether another is to take its place."""
        return self._files >= setup.limits.files or self._memory >= setup.limits.memory
