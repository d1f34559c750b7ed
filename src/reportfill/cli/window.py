"""The program of the icon: what is dropped onto it is filled, and a window shows what came of each file.

Here is what it does and says; `window_view` draws it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from reportfill.batch.delivery import Outcome, delivered
from reportfill.batch.inputs import input_files
from reportfill.batch.marked_copies import chosen
from reportfill.batch.preparing import all_prepared
from reportfill.cli.console import print_error, summary
from reportfill.cli.language import say, told
from reportfill.cli.outcome import (
    DONE,
    FINDINGS,
    UNUSABLE,
    not_read,
    status_of_file,
    summed_up,
    told_of_copy,
    told_of_outputs,
)
from reportfill.cli.streams import with_chinese_names, with_standard_streams
from reportfill.errors import ReportfillError, UsageError
from reportfill.finding import SEVERITY_NAMES, Finding, Severity, counts
from reportfill.system_words import in_one_line
from reportfill.text import how_many

if TYPE_CHECKING:
    from reportfill.batch.marked_copies import Chosen


class Line(NamedTuple):
    """A line of what is told of a file: how it is printed, and its words."""

    style: str
    words: str


class Row(NamedTuple):
    """What is shown of a file, in short and in full, and what of it can be opened. `style` is that of the list."""

    name: str
    result: str
    lines: Sequence[Line]
    style: str
    report: Path | None = None
    returned: Path | None = None
    folder: Path | None = None


class Begun(NamedTuple):
    """So many files are to be done; what is said of others that were named."""

    files: int
    remarks: Sequence[Line]


class Ended(NamedTuple):
    """There is nothing more to do, and what is said at the end."""

    words: str


News = Row | Begun | Ended


class Work:
    """Files that are filled beside the window, in a thread of their own; what becomes of them is told as news."""

    def __init__(self, names: Sequence[str]) -> None:
        self._told: SimpleQueue[News] = SimpleQueue()
        self._stopped = threading.Event()
        threading.Thread(target=self._do, args=(names,), daemon=True).start()

    def news(self) -> Iterator[News]:
        """What has been told since the last time."""
        with suppress(Empty):
            while True:
                yield self._told.get_nowait()

    def stop(self) -> None:
        """Ask that nothing more be begun; the file in hand is finished."""
        self._stopped.set()

    def _do(self, names: Sequence[str]) -> None:
        try:
            self._told.put(Ended(self._filled(chosen(input_files(names)))))
        except ReportfillError as error:
            self._told.put(Ended(say(error.chinese, error.english)))
        except (OSError, MemoryError, RecursionError) as error:
            self._told.put(Ended(told(in_one_line(error))))
        except Exception as error:  # a fault of ours: the window must not wait for ever
            what = f"{type(error).__name__}: {error}"
            self._told.put(Ended(say(f"程序出错：{what}", f"the program failed: {what}")))

    def _filled(self, found: Chosen) -> str:
        """Fill what was chosen; what is said at the end."""
        from reportfill.processing import Job  # slow to import; the window is there meanwhile

        self._told.put(Begun(len(found.inputs), [Line("text", remark) for remark in not_read(found)]))
        statuses: list[int] = []
        written = 0
        with closing(all_prepared(found.inputs, Job())) as every:
            for prepared in every:
                outcome = delivered(prepared)
                statuses.append(status_of_file(outcome))
                written += bool(outcome.outputs)
                self._told.put(row_of(outcome))
                if self._stopped.is_set():
                    break
        left = len(found.inputs) - len(statuses)
        stopped = say(f"已停止，还有{left}个文件没有处理。", f"Stopped; not done: {how_many(left, 'file')}. ")
        return (stopped if left else "") + summed_up(statuses, written)


_STYLES = {DONE: "done", FINDINGS: "error", UNUSABLE: "error"}


def row_of(outcome: Outcome) -> Row:
    """What is shown of what became of a file."""
    source = outcome.prepared.source
    return Row(
        source.name,
        _in_short(outcome),
        list(_in_full(outcome)),
        _STYLES[status_of_file(outcome)],
        outcome.outputs[0].written.path if outcome.outputs else None,
        outcome.returned.path if outcome.returned else None,
        next((path.parent for path in outcome.written), source.parent),
    )


def _in_short(outcome: Outcome) -> str:
    findings = outcome.prepared.findings
    found = counts(findings)
    if outcome.prepared.pack is None:
        return say("无法使用", "unusable")
    if outcome.not_written:
        return say("未能生成文件", "could not be written")
    done = say("已生成报告", "report written") if outcome.outputs else say("需要修改", "to be corrected")
    counted = say(f"（{summary(findings)}）", f" ({summary(findings)})")
    return done + (counted if found["error"] or found["warning"] else "")


def _in_full(outcome: Outcome) -> Iterator[Line]:
    yield Line("text", say(f"文件：{outcome.prepared.source}", f"file: {outcome.prepared.source}"))
    for told_of_output in told_of_outputs(outcome):
        yield Line("text", told_of_output)
    if outcome.returned is not None:
        yield Line("text", told_of_copy(outcome))
    for why in filter(None, (outcome.prepared.trouble, *outcome.not_written)):
        yield Line("error", told(why))
    for found in outcome.prepared.findings:
        if found.severity is not Severity.NOTE:
            yield from _lines_of(found)


def _lines_of(found: Finding) -> Iterator[Line]:
    where = found.cell or found.field
    yield Line(found.severity.value, told(SEVERITY_NAMES[found.severity]) + (f"　{where}" if where else ""))
    yield Line("finding", say("问题：", "What: ") + told(found.message))
    yield Line("finding", say("处理办法：", "What to do: ") + told(found.hint))


def require_windows() -> None:
    """Raise UsageError where Python has nothing to draw windows with, as on Debian and its kin."""
    try:
        import_module("tkinter")
    except ImportError as error:
        raise UsageError(
            "this Python has no tkinter to draw windows with; on Debian and its kin, run: sudo apt install python3-tk",
            "缺少显示窗口的组件tkinter；麒麟、统信、Debian请先运行：sudo apt install python3-tk",
        ) from error


def run_window() -> None:
    """Show the window, and fill what the arguments name; end the process with its exit status."""
    with_chinese_names()
    with_standard_streams()
    try:
        require_windows()
        from reportfill.cli.window_view import show_window

        show_window(sys.argv[1:])
    except ReportfillError as error:
        print_error(f"reportfill: {say(error.chinese, error.english)}")
        sys.exit(UNUSABLE)


if __name__ == "__main__":
    run_window()
