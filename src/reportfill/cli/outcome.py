"""What became of one input file, and what the process says of it all in its exit status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportfill.checks.findings import Finding, has_errors
from reportfill.checks.submission import Submission
from reportfill.files import Written

DONE, FINDINGS, UNUSABLE = 0, 1, 2
"""Exit status: all went well; there are findings with errors; a call or a file cannot be used."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: what was read and found, the report and the marked workbook that were written, or
    why it could not be used."""

    source: Path
    submission: Submission | None = None
    findings: tuple[Finding, ...] = ()
    written: Written | None = None
    returned: Written | None = None
    trouble: str = ""

    @property
    def status(self) -> int:
        """This file's part in the exit status."""
        unreadable = self.submission is None or self.submission.pack is None
        if self.trouble or unreadable:
            return UNUSABLE
        return FINDINGS if has_errors(self.findings) else DONE


def exit_status(outcomes: Iterable[Outcome]) -> int:
    """The exit status of a run: the worst file decides."""
    return max((outcome.status for outcome in outcomes), default=DONE)
