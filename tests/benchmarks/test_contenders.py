"""Whatever is compared does the same work: everybody prints the same text."""

from __future__ import annotations

from pathlib import Path

import pytest
from often import IN_FULL
from places import ROOT

from benchmarks.growth import over_paragraphs, over_tags
from benchmarks.inbox import fill_inbox
from benchmarks.places import PACK, SCHEMA, TEMPLATE
from benchmarks.python_contenders import baseline_of, context_of, docxtpl_merge, reportfill_whole
from benchmarks.report_text import difference, paragraphs_of
from reportfill import check, load_pack, read_workbook, render

SAMPLES = ("hongze-2023-corrected.xlsx", "weihui-xinfang-2023.xlsx")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_libraries_as_documented_print_what_reportfill_prints(name: str) -> None:
    pack = load_pack(PACK)
    workbook = (ROOT / "sample_inputs" / name).read_bytes()
    ours = reportfill_whole(pack, workbook)
    baseline = baseline_of(pack, TEMPLATE, SCHEMA)
    assert paragraphs_of(baseline.whole(workbook)) == paragraphs_of(ours)
    context = context_of(pack, read_workbook(workbook, pack).exact_data)
    assert paragraphs_of(docxtpl_merge(TEMPLATE, context)) == paragraphs_of(ours)


def test_a_report_that_reads_otherwise_is_told_by_its_first_paragraph() -> None:
    pack = load_pack(PACK)
    one, other = (reportfill_whole(pack, (ROOT / "sample_inputs" / name).read_bytes()) for name in SAMPLES)
    assert difference(one, one) == ""
    assert difference(one, other).startswith("paragraph 1 is ")


def test_reports_of_other_sizes_are_the_same_too() -> None:
    # Both compare every report with the baseline's before they take any time.
    sizes = (5, 40) if IN_FULL else (5,)
    assert [point.size for point in over_tags(1, sizes)] == list(sizes)
    assert over_paragraphs(1, (1,))[0].size > 6


def test_every_workbook_of_a_folder_is_another_agency_and_gives_its_report(tmp_path: Path) -> None:
    fill_inbox(tmp_path, 3)
    submissions = [read_workbook(path) for path in sorted(tmp_path.iterdir())]
    assert [found.code for submission in submissions for found in check(submission)] == [
        "history.unknown"
    ] * 3
    assert [submission.figures["proactive.licensing.decisions"] for submission in submissions] == [1, 2, 3]
    assert len({paragraphs_of(render(submission))[0] for submission in submissions}) == 3
