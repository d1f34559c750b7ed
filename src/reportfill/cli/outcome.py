"""What is said of files and of what became of them, and what the process says of it all in its exit status."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportfill.cli.console import print_error
from reportfill.cli.language import say, told
from reportfill.finding import has_errors
from reportfill.system_words import LONGEST_PATH, path_length
from reportfill.text import how_many

if TYPE_CHECKING:
    from reportfill.batch.delivery import Outcome
    from reportfill.batch.marked_copies import Chosen
    from reportfill.files import Written
    from reportfill.outputs.page_making import PageMaker

DONE, FINDINGS, UNUSABLE = 0, 1, 2
"""Exit status: all went well; there are findings with errors; a call or a file cannot be used."""

_NAMED = 3
"""So many files are named one by one."""


def status_of_file(outcome: Outcome) -> int:
    """A file's part in the exit status, which the worst file decides."""
    if outcome.not_written or outcome.prepared.pack is None:
        return UNUSABLE
    return FINDINGS if has_errors(outcome.prepared.findings) else DONE


def summed_up(statuses: Sequence[int], written: int) -> str:
    """What is said of several files at the end: what became of how many, of which so many reports were written."""
    unusable = statuses.count(UNUSABLE)
    faulty = len(statuses) - written - unusable
    return say(
        f"共{len(statuses)}个文件：生成报告{written}份，有错误{faulty}份，无法使用{unusable}个。",
        f"{how_many(len(statuses), 'file')}: {how_many(written, 'report')} written, "
        f"{faulty} to be corrected, {unusable} unusable.",
    )


def remarks_on(written: Written) -> str:
    """What else is said of a file that was written: that one had to make room for it, that its path is longer than
    Office opens; mostly nothing."""
    remarks, length = "", path_length(written.path)
    if written.kept_aside is not None:
        aside = written.kept_aside.name
        remarks += say(f"；原有的文件改名为：{aside}", f"; the one that stood there is now: {aside}")
    if length > LONGEST_PATH:
        remarks += say(
            f"；路径有{length}个字符，Excel和Word可能打不开，请移到层次较少的文件夹",
            f"; its path has {length} characters, and Excel and Word may not open it: move it to a folder less deep",
        )
    return remarks


def told_of_outputs(outcome: Outcome) -> list[str]:
    """What is said of the outputs that were written, a line each."""
    return [
        say(f"{kind.title.zh}：{written.path}", f"{kind.title.en}: {written.path}") + remarks_on(written)
        for kind, written in outcome.outputs
    ]


def print_stand_ins(pages: PageMaker) -> None:
    """Say on stderr what stood in for which prescribed typeface in the PDFs of this run."""
    for found in pages.findings:
        print_error(f"{told(found.message)}{say('', ' ')}{told(found.hint)}")


def told_of_copy(outcome: Outcome) -> str:
    """What is said of the marked workbook that was written, in one line."""
    assert outcome.returned is not None
    path, corrected = outcome.returned.path, outcome.corrected
    line = say(f"退回的填报表，请在该文件中改正后重新报送：{path}", f"marked, to be corrected: {path}")
    line += remarks_on(outcome.returned)
    if corrected is not None:
        line += say(
            f"；{corrected.name}已有改动，照原样保留，需要报送的请运行 reportfill fill {corrected}",
            f"; {corrected.name} was worked in and stays as it is: to hand that in, reportfill fill {corrected}",
        )
    return line


def print_not_written(outcome: Outcome) -> None:
    """Say on stderr what could not be written for a file, and why."""
    for why in outcome.not_written:
        print_error(told(why))


def print_worked_in(files: Sequence[Path]) -> None:
    """Say on stderr which files somebody has open in Excel or WPS."""
    if files:
        print_error(
            say(
                f"{_named(files)}正在Excel或WPS中打开，读取的是已保存的内容",
                f"open in Excel or WPS, and read as saved last: {_named(files)}",
            )
        )


def passed_over(unchanged: Sequence[Path]) -> str:
    """What is said of marked workbooks that nobody has changed."""
    return say(
        f"退回后没有改动的{len(unchanged)}个文件不再读取：{_named(unchanged)}",
        f"passed over, for nothing was changed since they were marked: {len(unchanged)} ({_named(unchanged)})",
    )


def _named(files: Sequence[Path]) -> str:
    """The names of the first of some files."""
    return say("、", ", ").join(file.name for file in files[:_NAMED]) + ("…" if len(files) > _NAMED else "")


def not_read(found: Chosen) -> list[str]:
    """What is said of files that were named and are not read, and why."""
    instead = [
        say(
            f"取改正后的{newest.name}，不再读取{path}",
            f"{newest.name} is the corrected copy and is read instead of {path}",
        )
        for path, newest in found.superseded.items()
    ]
    return [passed_over(found.unchanged), *instead] if found.unchanged else instead
