"""PDFs by LibreOffices that stay, beside a LibreOffice that is started for each file; and their memory over many files.

usage: python -m benchmarks.pdfs [--files 50] [--rounds 3]
       python -m benchmarks.pdfs --flat 2000

Whole runs, their start included, one right after the other: each file by a call of its own, all files by one call, by
one LibreOffice that stays and by two; as PDF and as tagged PDF/A-2b. Every way lays out the same report with the same
stand-ins, and the words of its last PDF are compared before anything counts. The time on the clock and that of the
processor are both told: others on the machine slow the one down, and hardly the other, in which two LibreOffices are no
faster than one.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pdfplumber

from benchmarks.places import SAMPLE
from reportfill import read_workbook, render
from reportfill.office.libreoffice.cold_calls import ColdCalls, export_filter
from reportfill.office.libreoffice.office import Office
from reportfill.office.libreoffice.pdf_form import PdfForm
from reportfill.office.libreoffice.process import profile_in
from reportfill.office.libreoffice.program import require_office
from reportfill.office.libreoffice.setup import OfficeSetup
from reportfill.office.typefaces import installed_typefaces

FILES, ROUNDS = 50, 3
TARGETS = {
    (PdfForm.PLAIN, "one that stays"): 5.0,
    (PdfForm.PLAIN, "two that stay"): 8.0,
    (PdfForm.ARCHIVE, "one that stays"): 4.0,
}
"""How many times as fast on the clock as a call a file it is meant to be, on a machine that has nothing else to do."""

_BECOMES_PARENT = 36
"""PR_SET_CHILD_SUBREAPER of Linux: processes whose parent has ended become children of this one."""

Way = Callable[[bytes, int, PdfForm], bytes]
"""Makes PDFs of so many files and gives the last."""


class Taken(NamedTuple):
    """Seconds on the clock, and of processors: this process's and those of all that it started."""

    clock: float
    processor: float


def call_a_file(report: bytes, files: int, form: PdfForm) -> bytes:
    """Start LibreOffice for each file, with a profile that stays, as a script would."""
    setup = OfficeSetup(require_office(), installed_typefaces().replacements)
    with setup.folder() as folder:
        source = folder / "report.docx"
        source.write_bytes(report)
        command = [setup.program, f"-env:UserInstallation={profile_in(folder).as_uri()}", "--headless"]
        command += ["--convert-to", export_filter(form.value), "--outdir", str(folder), str(source)]
        for _ in range(files):
            subprocess.run(command, capture_output=True, check=True)
        return (folder / "report.pdf").read_bytes()


def one_call(report: bytes, files: int, form: PdfForm) -> bytes:
    """Start it for two dozen files at a time, which is done where nothing can talk to one that stays."""
    calls = ColdCalls(OfficeSetup(require_office(), installed_typefaces().replacements))
    made: list[object] = []
    for start in range(0, files, calls.takes):
        made += calls.pdfs([report] * min(calls.takes, files - start), form.value)
    assert isinstance(made[-1], bytes)
    return made[-1]


def staying(processes: int) -> Way:
    """So many LibreOffices that stay."""

    def made(report: bytes, files: int, form: PdfForm) -> bytes:
        with Office(processes) as office:
            return list(office.in_order(lambda _: office.pdf(report, form), range(files)))[-1]

    return made


WAYS: dict[str, Way] = {
    "a call a file": call_a_file,
    "one call": one_call,
    "one that stays": staying(1),
    "two that stay": staying(2),
}


def taken(way: Way, report: bytes, files: int, form: PdfForm) -> Taken:
    """What a way takes."""
    ctypes.CDLL(None).prctl(_BECOMES_PARENT, 1)
    others = set(_children())
    clock, before = time.perf_counter(), os.times()
    way(report, files, form)
    seconds = time.perf_counter() - clock
    while left := set(_children()) - others:
        for process in left:  # killed with what had started it, it counts when it is waited for
            os.waitpid(int(process), 0)
    after = os.times()
    ctypes.CDLL(None).prctl(_BECOMES_PARENT, 0)
    return Taken(seconds, sum(after[:4]) - sum(before[:4]))


def words(pdf: bytes) -> str:
    """The words of a PDF, without blanks."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return re.sub(r"\s", "", "".join(page.extract_text() for page in opened.pages))


def side_by_side(files: int, rounds: int) -> None:
    """Print what each way takes."""
    report = render(read_workbook(SAMPLE))
    for form in PdfForm:
        assert len({words(way(report, 1, form)) for way in WAYS.values()}) == 1
        rows = [{name: taken(way, report, files, form) for name, way in WAYS.items()} for _ in range(rounds)]
        for name in WAYS:
            clock, processor = (statistics.median(row[name][of] for row in rows) for of in (0, 1))
            times, by_processor = (
                statistics.median(row["a call a file"][of] / row[name][of] for row in rows) for of in (0, 1)
            )
            target = TARGETS.get((form, name))
            wanted = f", meant to be {target:g}" if target else ""
            print(
                f"{form.name}, {files} files, {name}: {clock:.1f} s, {times:.1f} times as fast{wanted}; "
                f"{processor:.1f} s of processors, {by_processor:.1f} times",
                flush=True,
            )


def flat(files: int) -> None:
    """Print the memory of one LibreOffice, and of those that take its place, over many files."""
    report = render(read_workbook(SAMPLE))
    largest: list[int] = []
    with Office(processes=1) as office:
        for number in range(1, files + 1):
            office.pdf(report)
            largest.append(max(map(_mebibytes, _descendants()), default=0))
            if number % (files // 10) == 0:
                print(
                    f"{number} files: LibreOffice had at most {max(largest)} MiB, this process {_mebibytes('self')}",
                    flush=True,
                )
                largest = []


def _children() -> list[str]:
    """The numbers of the processes whose parent is this one."""
    return [process for process, parent in _parents().items() if parent == str(os.getpid())]


def _descendants() -> list[str]:
    """The numbers of the processes that this one has started, and those have."""
    parents, found = _parents(), [str(os.getpid())]
    for one in found:
        found += [process for process, parent in parents.items() if parent == one]
    return found[1:]


def _parents() -> dict[str, str]:
    """The numbers of all processes, each with its parent's."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[path.parent.name] = path.read_text("utf-8").rpartition(") ")[2].split()[1]
    return parents


def _mebibytes(process: str) -> int:
    """The memory that a process has; 0 where it has just ended."""
    try:
        pages = int(Path("/proc", process, "statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pdfs", description=__doc__)
    parser.add_argument("--files", type=int, default=FILES, help=f"files of a run ({FILES})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each way ({ROUNDS})")
    parser.add_argument("--flat", type=int, metavar="FILES", help="the memory over so many files instead")
    asked = parser.parse_args(arguments)
    if asked.flat:
        flat(asked.flat)
    else:
        side_by_side(asked.files, asked.rounds)


if __name__ == "__main__":
    main()
