"""Returned workbooks: the clerk's own file with its mistakes marked, beside the input or in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from reportfill.checks.findings import Finding, has_errors
from reportfill.checks.submission import Submission
from reportfill.cli.inputs import DATA
from reportfill.cli.language import say
from reportfill.files import Written, write_file

Returned = Annotated[
    Path | None,
    typer.Option(
        "--returned",
        metavar="DIR",
        help=say(
            "有错误的填报表标出错误后写到这个文件夹。",
            "Write workbooks with errors into this folder, with their mistakes marked.",
        ),
        show_default=False,
    ),
]


def write_returned(
    source: Path, submission: Submission, findings: Iterable[Finding], folder: Path
) -> Written | None:
    """Write the marked workbook of an input that has errors; None where there is nothing to mark: data from another
    system, a file that could not be read, or one without errors. Raises OutputError."""
    found = list(findings)
    if source.suffix.lower() == DATA or submission.pack is None or not has_errors(found):
        return None
    from reportfill.intake.returned import returned_name, returned_workbook

    content = returned_workbook(source.read_bytes(), submission, found)
    return write_file(folder / f"{returned_name(source.stem)}.xlsx", content)
