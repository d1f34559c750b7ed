"""Numbers that the narrative states, against the tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.checks.chinese.counting import STATING
from reportfill.checks.grammar import grammar_of
from reportfill.checks.narrative import Paragraph
from reportfill.checks.paragraph_statements import Omission, Statement
from reportfill.checks.statements import paragraph_statements
from reportfill.decimals import Number, plain
from reportfill.finding import Finding, finding, named_together
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack
from reportfill.pack.wordings import Mention, StatedSum
from reportfill.text import Text

_SPLIT = re.compile(r"\d\s+\d")
_LAST_DIGITS = re.compile(r"\d+(?=\D*\Z)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\s\d{3})+")


class ParagraphStatement(NamedTuple):
    """A statement with the paragraph that makes it."""

    paragraph: Paragraph
    statement: Statement

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions whose sum is stated."""
        return self.statement.mentions

    def allows(self, figure: Number) -> bool:
        """Whether the stated number may be this figure."""
        return self.statement.least <= figure <= self.statement.greatest


@dataclass(frozen=True, slots=True)
class Narration:
    """What the whole narrative states, and the words of measures that stand without their number."""

    said: tuple[ParagraphStatement, ...]
    omitted: tuple[tuple[Paragraph, str], ...]


def narration_of(pack: Pack, paragraphs: list[Paragraph], year: int | None) -> Narration:
    """What the narrative tells: one pass over it, for all that look at such numbers."""
    grammar = grammar_of(pack)
    told = [(p, paragraph_statements(grammar, p.plain, year, p.field.path)) for p in paragraphs]
    return Narration(
        tuple(ParagraphStatement(p, statement) for p, all_of in told for statement in all_of.statements),
        tuple(
            (p, p.plain[omission.start : omission.end])
            for p, all_of in told
            for omission in all_of.omissions
            if omission.is_sure or _stands_alone(p, omission)
        ),
    )


def _stands_alone(paragraph: Paragraph, omission: Omission) -> bool:
    """Whether a blank stands before a measure in the text as it was typed: 申请  件."""
    around = paragraph.plain[omission.unit - 2 : omission.unit], paragraph.plain[omission.unit : omission.end]
    before, unit = (r"\s*".join(map(re.escape, words)) for words in around)
    return re.search(rf"{before}\s+{unit}", paragraph.text) is not None


def mention_findings(
    submission: Submission, pack: Pack, paragraphs: list[Paragraph], told: Narration
) -> Iterator[Finding]:
    """Every number of the narrative that is not the tables' or was left out, and every statement that is missing."""
    written = {paragraph.field.path for paragraph in paragraphs}
    heard = {mention.id for one in told.said for mention in one.mentions}
    for mention in {m.id: m for m in reversed(pack.rules.mentions) if m.required}.values():
        if mention.id not in heard and not written.isdisjoint(mention.within):
            yield _missing(submission, mention)
    together: dict[tuple[str, ...], list[ParagraphStatement]] = defaultdict(list)
    for one in told.said:
        if one.mentions[0].equals:
            together[tuple(path for mention in one.mentions for path in mention.equals)].append(one)
    for same in together.values():
        yield from _differing(submission, same)
    for one in told.said:
        number = _split_number(one)
        if number:
            yield one.paragraph.finding("text.number_split", value=number, expected="".join(number.split()))
    for paragraph, wording in told.omitted:
        yield paragraph.finding("text.number_missing", wording=wording)


def _split_number(one: ParagraphStatement) -> str:
    """The number of a statement as it was typed with blanks among its digits, which may be two; empty where it was
    not, or where they divide thousands."""
    typed = one.paragraph.text
    if not _SPLIT.search(typed):
        return ""
    digits = _LAST_DIGITS.search(one.paragraph.plain, one.statement.start, one.statement.end)
    if digits is None:
        return ""
    spaced = r"\s*".join(digits[0])
    found = re.search(rf"(?<!\d){spaced}(?!\d)", typed)
    return found[0] if found and _SPLIT.search(found[0]) and not _THOUSANDS.fullmatch(found[0]) else ""


def stated_figures(told: Narration) -> dict[str, Number]:
    """The numbers that the narrative gives for single figures, where it gives one and not several."""
    found: dict[str, set[Number]] = {}
    for one in told.said:
        paths = [path for mention in one.mentions for path in mention.equals]
        is_plain = one.statement.least == one.statement.greatest and not one.mentions[0].readings
        if len(paths) == 1 and is_plain and not one.statement.has_level:
            found.setdefault(paths[0], set()).add(one.statement.least)
    return {path: numbers.pop() for path, numbers in found.items() if len(numbers) == 1}


def _differing(submission: Submission, same: list[ParagraphStatement]) -> Iterator[Finding]:
    """The findings of all statements of one thing; where levels are told apart, one that agrees is enough."""
    agreed = [
        one
        for one in same
        if any(total is not None and one.allows(total) for total in _totals(submission, one))
    ]
    levelled = [one for one in same if one.statement.has_level]
    for one in same:
        if one in agreed or one.statement.is_of_others or None in _totals(submission, one):
            continue
        if one.statement.has_level and (agreed or _add_up(submission, levelled)):
            continue
        yield _differs(submission, one)


def _readings(one: ParagraphStatement) -> Iterator[StatedSum]:
    """What the statement may mean: what its mentions equal, then their other readings; none is none of anything."""
    yield StatedSum("", tuple(dict.fromkeys(path for mention in one.mentions for path in mention.equals)))
    if len(one.mentions) == 1 and one.statement.greatest:
        yield from one.mentions[0].readings
    if one.statement.including:
        counted = (*one.mentions, *one.statement.including)
        title = "、".join(mention.title for mention in counted)
        yield StatedSum(title, tuple(dict.fromkeys(path for mention in counted for path in mention.equals)))


def _totals(submission: Submission, one: ParagraphStatement) -> Iterator[Number | None]:
    """What the tables have for each reading of a statement."""
    return (_sum(submission, reading.equals) for reading in _readings(one))


def _add_up(submission: Submission, levelled: Sequence[ParagraphStatement]) -> bool:
    """Whether the numbers of several levels are together the table's: 部门 78 and 本级 17 of 95."""
    total = _sum(submission, next(_readings(levelled[0])).equals)
    return total is not None and sum(one.statement.least for one in levelled) == total


def _sum(submission: Submission, paths: Sequence[str]) -> Number | None:
    figures = [submission.figures.get(path) for path in paths]
    return None if None in figures else sum(figure for figure in figures if figure is not None)


def _differs(submission: Submission, one: ParagraphStatement) -> Finding:
    first, *others = _readings(one)
    cells = tuple(submission.places.get(path, path) for path in first.equals)
    statement, paragraph = one.statement, one.paragraph
    expected = _sum(submission, first.equals)
    return paragraph.finding(
        "mention.differs",
        value=statement.least,
        expected=expected,
        wording=paragraph.plain[statement.start : statement.end],
        figures=_figures(submission, expected, others),
        title="、".join(mention.title for mention in one.mentions),
        cells=cells,
        places=named_together(cells),
    )


def _figures(submission: Submission, expected: Number | None, others: Sequence[StatedSum]) -> Text:
    """The table's figure, with what the number may be besides: 713（新收加上年结转为749）."""
    assert expected is not None
    sums = {other.title: _sum(submission, other.equals) for other in others}
    told = [
        Text(f"{title}为{plain(total)}", f"{title}: {plain(total)}")
        for title, total in sums.items()
        if total is not None and total != expected
    ]
    if not told:
        return Text(plain(expected), plain(expected))
    chinese, english = "；".join(one.zh for one in told), "; ".join(one.en for one in told)
    return Text(f"{plain(expected)}（{chinese}）", f"{plain(expected)} ({english})")


def _missing(submission: Submission, mention: Mention) -> Finding:
    path, title = mention.within[0], mention.title.removeprefix(STATING)
    return finding(
        "mention.missing",
        field=path,
        cell=submission.places.get(path),
        expected=mention.title,
        label=submission.label(path),
        title=title,
    )
