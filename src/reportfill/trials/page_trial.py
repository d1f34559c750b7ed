"""A pack's page, printed with what its report is tried out with."""

from __future__ import annotations

from functools import partial

from reportfill.errors import ReportfillError
from reportfill.model.submission import Submission
from reportfill.outputs.material import Material
from reportfill.outputs.web_page.page import page_of_report
from reportfill.pack.pack import PAGE, Pack
from reportfill.pack.page_check import page_tags
from reportfill.pack.problems import BrokenPackError, PackProblem
from reportfill.report.tag_faults import faults_of_tags
from reportfill.trials.report_trial import prints_of, tags_that_fail, words_missing


def page_faults(pack: Pack) -> list[PackProblem]:
    """What is wrong with the pages that come of a pack whose reports are sound, each fault once. That a field is
    nowhere on them is one only where the pack has a page of its own: what Word has in headers is on no drafted one."""
    prints = prints_of(pack)
    tags = [(tag.text, tag.place) for tag in page_tags(pack.page)] if pack.page else []
    unworkable = tags_that_fail(pack, prints, partial(faults_of_tags, tags))
    if unworkable:
        return unworkable
    problems: dict[PackProblem, PackProblem] = {}
    printed: list[str] = []
    for english, chinese, data, draft in prints:
        submission = Submission.from_data(pack, data)
        try:
            page = page_of_report(Material(submission, b"", None if draft else data, draft))
        except ReportfillError as error:
            whole = PackProblem(PAGE, str(error), error.chinese)
            for one in error.problems if isinstance(error, BrokenPackError) else [whole]:
                told = PackProblem(one.place, f"{english}: {one.message}", f"{chinese}：{one.chinese}")
                problems.setdefault(one, told)
            continue
        printed.append(page)
    if problems or not pack.page:
        return list(problems.values())
    return list(words_missing(pack, printed, PAGE, "网页"))
