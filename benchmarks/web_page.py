"""A report as a web page beside mammoth, which converts the finished Word report into HTML.

usage: python -m benchmarks.web_page [--rounds 60]

A test holds mammoth's HTML to say the words of our page. What counts is the processor time, warm; the time in which we
print the Word report that mammoth reads is told beside it.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from io import BytesIO

import mammoth
from lxml import html

from benchmarks.places import LONG_LIST, SAMPLE
from benchmarks.rows import measured
from reportfill import read_workbook, render
from reportfill.outputs.html import html_files
from reportfill.outputs.html_fragment import html_fragment_files
from reportfill.outputs.material import Material

ROUNDS = 60
OURS, THEIRS = "reportfill, of the data", "mammoth, of the Word report"


def tasks() -> dict[str, Callable[[], object]]:
    """What is measured, each on the same report, but for a page of rows within rows."""
    submission, long_list = read_workbook(SAMPLE), read_workbook(LONG_LIST)
    report = render(submission)
    material, of_list = Material(submission, report), Material(long_list, b"")
    return {
        OURS: lambda: html_files(material)[".html"].decode(),
        "reportfill, the fragment": lambda: html_fragment_files(material),
        "reportfill, a page with 56 rows within rows": lambda: html_files(of_list),
        THEIRS: lambda: mammoth.convert_to_html(BytesIO(report)).value,
        "reportfill, the Word report itself": lambda: render(submission),
    }


def words(page: str) -> str:
    """All that a page says in its body, without blanks."""
    root = html.document_fromstring(page)
    main = root.find(".//main")
    return "".join("".join(map(str, (root if main is None else main).itertext())).split())


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each takes, and how many times ours."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web_page", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each measurement ({ROUNDS})")
    rounds = parser.parse_args(arguments).rounds
    all_tasks = tasks()
    for task in all_tasks.values():
        task()
    taken: dict[str, list[float]] = {name: [] for name in all_tasks}
    for _ in range(rounds):
        for name, task in all_tasks.items():
            taken[name].append(measured(task))
    own = statistics.median(taken[OURS])
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name}: {median:.2f} ms, {median / own:.1f} times")


if __name__ == "__main__":
    main()
