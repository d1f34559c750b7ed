"""Measures whose number was left out: 共主动公开条."""

from __future__ import annotations

from collections.abc import Iterator

from reportfill.checks import words as kinds
from reportfill.checks.chinese import counting as chinese
from reportfill.checks.clauses import Clause
from reportfill.checks.paragraph_reading import ParagraphReading
from reportfill.checks.paragraph_statements import Omission
from reportfill.checks.words import WordToken, passage


def omissions_in(account: ParagraphReading, clause: Clause) -> Iterator[Omission]:
    """Where a measure ends what is said of something that is counted."""
    words, told = clause.words, clause.said.kinds
    if not told & kinds.MEASURE:
        return
    for place, token in enumerate(words):
        if not token.word.kinds & kinds.MEASURE or not place:
            continue
        before, after = words[place - 1], words[place + 1] if place + 1 < len(words) else None
        ends = (
            after.word.kinds & kinds.JOINING if after else clause.figure is None and token.end == clause.end
        )
        line = account.text[before.end : token.start]
        if ends and not line.strip(chinese.BLANKS) and _is_counted(before):
            total = told & kinds.TOTAL > 0 or token.text not in chinese.MEASURES_OF_ITEMS
            is_sure = bool(line) or total or _is_counting(account, clause, token)
            yield Omission(clause.start, token.start, token.end, is_sure)


def _is_counted(token: WordToken) -> bool:
    return token.word.subject is not None or token.word.speaks > 0


def _is_counting(account: ParagraphReading, clause: Clause, unit: WordToken) -> bool:
    """Whether a clause is an account of a year's number of things: 全年收到政府信息公开申请件."""
    grammar = account.grammar
    said = passage([token for token in clause.words if token.start < unit.start], clause.start)
    return (
        (account.with_before(clause, said).kinds & kinds.PERIOD > 0 or _is_told_done(account, unit))
        and not said.kinds & kinds.DENYING
        and any(len(grammar.mentions[index].groups) > 1 for index in grammar.met(said.speaks))
        and not set(account.text[clause.start : unit.start]) & set(chinese.ABOUT_SOMETHING)
    )


def _is_told_done(account: ParagraphReading, unit: WordToken) -> bool:
    """Whether what has this measure is said to be finished: 收到申请件，均已办结."""
    following = account.text[unit.end : unit.end + 5]
    return following[:1] in chinese.PAUSES and chinese.DONE in following
