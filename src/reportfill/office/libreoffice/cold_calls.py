"""LibreOffice started for several files at a time, where nothing can talk to one that runs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportfill.finding import Finding
from reportfill.office.libreoffice.pdf_form import Choices
from reportfill.office.libreoffice.process import OfficeProcess, profile_in, require_space
from reportfill.office.libreoffice.setup import OfficeSetup, ended_at, not_taken

_ATTEMPTS = 2
_END = b"%%EOF"
"""How a PDF ends that is whole."""


class ColdCalls:
    """A LibreOffice that is started for so many files as there are."""

    takes = 24
    """So many files it takes at a time."""

    def __init__(self, setup: OfficeSetup) -> None:
        self._setup = setup
        self._process: OfficeProcess | None = None
        self._is_closed = False

    def pdfs(self, sources: Sequence[bytes], choices: Choices) -> list[bytes | Finding]:
        """The PDF of each Word file, or why there is none. The file at which LibreOffice hangs or ends is the first
        that it has not done; that one is tried once more, and the others behind it."""
        done: dict[int, bytes | Finding] = {}
        attempts: Counter[int] = Counter()
        while waiting := {number: source for number, source in enumerate(sources) if number not in done}:
            made, why = self._called(waiting, choices)
            done |= made
            left = [number for number in waiting if number not in made]
            if why is None:
                done |= dict.fromkeys(left, not_taken())
            elif left:
                attempts[left[0]] += 1
                if self._is_closed or attempts[left[0]] == _ATTEMPTS:
                    done[left[0]] = why
        return [done[number] for number in range(len(sources))]

    def rest(self) -> None:
        """There is nothing to end between two calls."""

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._is_closed = True
        if self._process is not None:
            self._process.kill()

    def _called(
        self, sources: Mapping[int, bytes], choices: Choices
    ) -> tuple[dict[int, bytes | Finding], Finding | None]:
        """What LibreOffice makes of some files when it is called once, and why it did not come to their end."""
        with self._setup.folder() as folder:
            for number, source in sources.items():
                (folder / f"{number}.docx").write_bytes(source)
            command = [
                self._setup.program,
                f"-env:UserInstallation={profile_in(folder).as_uri()}",
                "--headless",
            ]
            command += ["--norestore", "--infilter=MS Word 2007 XML", "--convert-to", export_filter(choices)]
            command += ["--outdir", str(folder), *(str(folder / f"{number}.docx") for number in sources)]
            seconds = self._setup.limits.seconds
            with OfficeProcess(command, folder) as process:
                self._process = process
                while process.next_line(seconds):  # it says so of each file when it begins with it
                    pass
                is_done = process.status() == 0
            made = {number: _whole(folder / f"{number}.pdf") for number in sources}
            if not all(made.values()):
                require_space(folder)
        why = None if is_done else self._setup.too_slow() if process.is_late else ended_at()
        return {number: pdf for number, pdf in made.items() if pdf}, why


def _whole(pdf: Path) -> bytes:
    """A PDF; nothing where there is none, or a part of one."""
    try:
        content = pdf.read_bytes()
    except FileNotFoundError:
        return b""
    return content if content.rstrip().endswith(_END) else b""


def export_filter(choices: Choices) -> str:
    """What LibreOffice is told of a PDF, as its command line wants it."""
    data = {
        name: {"type": "boolean" if isinstance(value, bool) else "long", "value": json.dumps(value)}
        for name, value in choices.items()
    }
    return f"pdf:writer_pdf_Export:{json.dumps(data)}"
