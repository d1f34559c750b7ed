"""docs/performance.md is written by the benchmarks, and by nobody else."""

from __future__ import annotations

import re

from benchmarks.against import load as load_against
from benchmarks.document import document
from benchmarks.places import DOCUMENT, RESULTS
from benchmarks.results import load


def test_the_page_is_what_the_stored_results_make() -> None:
    written = document(load(RESULTS), load_against())
    assert DOCUMENT.read_text("utf-8") == written, (
        "run: python -m benchmarks report --from benchmarks/results.json"
    )


def test_every_picture_of_the_page_is_there() -> None:
    pictures = re.findall(r"\]\((pictures/.*?)\)", DOCUMENT.read_text("utf-8"))
    assert pictures
    assert all((DOCUMENT.parent / picture).is_file() for picture in pictures)
