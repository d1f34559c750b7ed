"""What is printed: results to stdout, progress to stderr, findings as a table that a clerk understands."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from reportfill.cli.language import say, told
from reportfill.finding import SEVERITY_NAMES, Finding, Severity, counts
from reportfill.text import how_many

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDE = 1000
"""Wide enough that no row of a list is broken where a program reads it."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def print_line(text: str = "") -> None:
    """A line of result on stdout."""
    print(text, flush=True)


def print_json(value: object) -> None:
    """A value as one line of JSON on stdout, which programs read: in UTF-8 (RFC 8259, 8.1), whatever the encoding of
    texts is."""
    line = json.dumps(value, ensure_ascii=False) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
    sys.stdout.flush()


def print_said(chinese: str, english: str) -> None:
    """A line of result on stdout, in the language in force."""
    print_line(say(chinese, english))


def print_error(text: str) -> None:
    """A line on stderr, where that takes it."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(text, file=sys.stderr, flush=True)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout, as wide as the terminal, or wide enough for everything where there is none."""
    from reportfill.cli.wrapping import Wrapped

    table = _table(headings)
    for row in rows:
        table.add_row(*map(Wrapped, row))
    _console(sys.stdout, width=_WIDE).print(table)


def print_findings(findings: Iterable[Finding], *, notes: bool = True) -> None:
    """Findings as a table on stdout: how grave, which cell, what is wrong, what to do."""
    shown = [found for found in findings if notes or found.severity is not Severity.NOTE]
    if not shown:
        return
    from reportfill.cli.wrapping import Wrapped

    table = _table(
        (say("类别", "Level"), say("单元格", "Cell"), say("问题", "What"), say("处理办法", "What to do"))
    )
    for found in shown:
        cell = found.cell or found.field or "—"
        words = told(found.message), told(found.hint)
        said = (told(SEVERITY_NAMES[found.severity]), cell, *words)
        table.add_row(*map(Wrapped, said), style=_COLOURS[found.severity])
    _console(sys.stdout).print(table)


def summary(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity, in words."""
    found = counts(findings)
    english = ", ".join(how_many(n, name) for name, n in found.items())
    return say(f"错误{found['error']}处、提醒{found['warning']}处、说明{found['note']}处", english)


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr for work on several files, where stderr is a terminal. What is given is called when one
    file more is done."""
    if total < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_console(sys.stderr), transient=True) as bar:
        task = bar.add_task(what, total=total, rate="")

        def advance() -> None:
            bar.advance(task)
            speed = bar.tasks[0].speed
            if speed:
                bar.update(task, rate=say(f"每秒{speed:.0f}个", f"{speed:.0f}/s"))

        yield advance


def _table(headings: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _console(stream: TextIO, width: int = 160) -> Console:
    """A console as wide as the terminal, or of that width where there is none."""
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() else width, highlight=False)
