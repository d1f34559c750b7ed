"""A pack's report, printed with everything filled in, with only what is required, with long texts and with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from reportfill.errors import ReportfillError, SubmissionError
from reportfill.model.conditions import FieldCondition
from reportfill.model.not_there import conditions_in_words
from reportfill.model.report_model import CODE
from reportfill.model.submission import Submission
from reportfill.office.guard import unpacked
from reportfill.office.word_charts import CHARTED_TEXT
from reportfill.office.word_package import CHART, word_package
from reportfill.office.word_revisions import W
from reportfill.office.word_structure import structure_faults
from reportfill.office.xml import parsed
from reportfill.pack.check import refuse
from reportfill.pack.known_packs import is_known
from reportfill.pack.pack import REPORT, Pack
from reportfill.pack.problems import BrokenPackError, PackProblem, Place
from reportfill.report.context import context_of
from reportfill.report.render import render
from reportfill.report.tag_faults import TagFault, tag_faults
from reportfill.trials.sample_data import Answers, answers_of, sample_data

Prints = tuple[tuple[str, str, dict[str, Any], bool], ...]
"""What is printed, in words of both languages, with its data, and whether it is a draft."""


def report_faults(pack: Pack) -> list[PackProblem]:
    """What is wrong with the reports that come of a pack."""
    prints = prints_of(pack)
    unworkable = tags_that_fail(pack, prints, partial(tag_faults, pack.report))
    if unworkable:
        return unworkable
    problems: list[PackProblem] = []
    said: list[PackProblem] = []
    printed: list[str] = []
    for english, chinese, data, draft in prints:
        try:
            report = render(Submission.from_data(pack, data), None if draft else data, draft=draft)
        except ReportfillError as error:
            whole = PackProblem(REPORT, str(error), error.chinese)
            for one in error.problems if isinstance(error, BrokenPackError) else [whole]:
                if one not in said:
                    problems.append(
                        PackProblem(one.place, f"{english}: {one.message}", f"{chinese}：{one.chinese}")
                    )
                said.append(one)
            continue
        problems += [
            PackProblem(
                REPORT, f"{english}, Word would refuse it: {fault}", f"{chinese}，Word打不开：{fault}"
            )
            for fault in structure_faults(report)
        ]
        printed.append(_words(report))
    return problems or list(words_missing(pack, printed, REPORT, "报告"))


def refuse_unworkable(pack: Pack) -> None:
    """Raise PackError, in one line, where a tag of the report cannot be worked out."""
    refuse(pack, _unworkable_tags(pack))


@lru_cache(maxsize=16)
def _unworkable_tags(pack: Pack) -> tuple[PackProblem, ...]:
    if is_known(pack):
        return ()
    return tuple(tags_that_fail(pack, prints_of(pack), partial(tag_faults, pack.report)))


def prints_of(pack: Pack) -> Prints:
    """What a pack is tried out with."""
    return (
        ("with every field filled in", "全部填写时", sample_data(pack), False),
        ("with only the required fields", "只填必填项时", sample_data(pack, only_required=True), False),
        ("with long texts", "文字很长时", sample_data(pack, long=True), False),
        ("as a draft without anything", "没有填写任何内容的草稿", {}, True),
        *(_print_with(pack, answers) for answers in islice(answers_of(pack), 1, None)),
    )


def _print_with(pack: Pack, answers: Answers) -> tuple[str, str, dict[str, Any], bool]:
    """What is printed with another answer than the first, on which parts of the report depend."""
    [(path, value)] = answers.items()
    said = conditions_in_words(pack, [FieldCondition(path, (value,))])
    return f"where {said.en}", f"{said.zh}时", sample_data(pack, answers=answers), False


def tags_that_fail(
    pack: Pack, prints: Prints, faults: Callable[[Mapping[str, Any]], Iterable[TagFault]]
) -> list[PackProblem]:
    """Each tag that cannot be worked out, once, with the first print in which it cannot where that is not every one.
    `faults` gives those that cannot with the values of a context."""
    found: dict[tuple[str, Place], PackProblem] = {}
    for number, (english, chinese, data, draft) in enumerate(prints):
        when = ("", "") if number == 0 else (english, chinese)
        try:
            context = context_of(Submission.from_data(pack, data), pack, None if draft else data, draft=draft)
        except SubmissionError:  # the print itself says so
            continue
        for fault in faults(context):
            found.setdefault((fault.tag, fault.place), fault.problem(*when))
    return list(found.values())


def words_missing(pack: Pack, printed: list[str], file: str, what: str) -> Iterator[PackProblem]:
    """Texts that no print of a template shows, although it has a tag for them. What is listed elsewhere has no marker
    of its own."""
    for path, field in pack.fields.items():
        marker = "" if field.listed_in else field.kind.marker(field)
        if marker and path != CODE and not any(marker in words for words in printed):
            yield PackProblem(
                file,
                f"what is filled in for {path} ({field.label}) is printed nowhere",
                f"{path}（{field.label}）填写的内容没有出现在{what}中",
            )


def _words(report: bytes) -> str:
    """All that a report says, part after part, and what its charts say."""
    package = word_package(unpacked(report))
    charts = [name for name, kind in package.types.items() if kind == CHART]
    roots = (parsed(package.parts[name]) for name in (*package.filled, *charts))
    return "\n".join(
        "".join(text.text or "" for text in root.iter(f"{W}t", f"{W}instrText", CHARTED_TEXT))
        for root in roots
    )
