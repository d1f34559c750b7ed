"""What the number of a clause counts."""

from __future__ import annotations

from reportfill.checks import words as kinds
from reportfill.checks.chinese.counting import OPENING
from reportfill.checks.clauses import LONGEST, Clause
from reportfill.checks.denials import denied_mentions
from reportfill.checks.paragraph_reading import ParagraphReading
from reportfill.checks.paragraph_statements import Statement
from reportfill.checks.words import Passage, WordToken, passage


def counted_statements(account: ParagraphReading, clause: Clause) -> list[Statement]:
    """The statements that a clause with a number makes."""
    said = clause.said
    if account.at_other_time or said.kinds & kinds.COMPARING or (clause.is_part and account.of_other):
        return []
    if not said.speaks:
        if account.waiting:
            return [account.statement(clause, [account.waiting.pop(0)], clause.start)]
        said = account.with_before(clause, said)
    if said.kinds & kinds.EACH and not said.kinds & kinds.RESPECTIVELY:
        each = denied_mentions(account, clause, said.words, said.start)
        if len(each) > 1:
            return [account.statement(clause, [index], said.start) for index in each]
    chosen = _chosen(account, clause, said, said.speaks)
    if not chosen:
        chosen, said = _further(account, clause, said)
    if not chosen:
        return _of_total(account, clause)
    if len(chosen) > 1 and said.kinds & kinds.RESPECTIVELY:
        account.waiting = chosen[1:]
        return [account.statement(clause, chosen[:1], said.start)]
    if len(chosen) > 1 and said.kinds & kinds.EACH:
        return [account.statement(clause, [index], said.start) for index in chosen]
    return [account.statement(clause, [*chosen, *_included(account, clause, chosen)], said.start)]


def _included(account: ParagraphReading, clause: Clause, chosen: list[int]) -> list[int]:
    """The mentions that are counted with what was chosen, by what is said in brackets: 予以公开（含部分公开）9件."""
    words = clause.included
    if not words and clause.aside and account.text[clause.aside[0].start - 1] in OPENING:
        words = clause.aside
    if not words:
        return []
    inside = passage(words, clause.start)
    if not inside.kinds & kinds.INCLUDING or not inside.speaks:
        return []
    mentions = account.grammar.mentions
    family, ids = mentions[chosen[0]].adds, {mentions[index].id for index in chosen}
    met = account.grammar.met(inside.speaks) if family else ()
    beside = [i for i in met if mentions[i].adds == family and mentions[i].id not in ids]
    return [index for index in beside if account.allows(index, inside.named, inside.forbids)][:1]


def _further(account: ParagraphReading, clause: Clause, said: Passage) -> tuple[list[int], Passage]:
    """What a number may be by the words behind it, beside it, or in the heading before; with all its words."""
    chosen: list[int] = []
    if clause.behind:
        chosen = _with(account, clause, said, clause.behind)
    if not chosen and clause.aside and said.kinds & kinds.REMAINDER:
        aside = passage(clause.aside, said.start)
        chosen = [] if aside.kinds & kinds.DENYING else _with(account, clause, said, aside.words)
    if not chosen and _is_headed(account, clause):
        said = account.with_before(clause, said)
        chosen = _chosen(account, clause, said, said.speaks)
    return chosen, said


def _with(account: ParagraphReading, clause: Clause, said: Passage, others: list[WordToken]) -> list[int]:
    """What a number may be by what is said before it and other words, rather by these."""
    return _chosen(
        account, clause, passage([*said.words, *others], said.start), passage(others, said.start).speaks
    )


def _is_headed(account: ParagraphReading, clause: Clause) -> bool:
    """Whether the clause before ends with a colon: 行政诉讼案件：结果维持1件."""
    return clause.follows and account.before is not None and account.text[account.before.end] in ":："


def _chosen(account: ParagraphReading, clause: Clause, said: Passage, rather: int) -> list[int]:
    """The mentions whose sum the number is: the first that fits, and what is joined to it by 和."""
    grammar = account.grammar
    fitting = _fitting(account, clause, said, rather)
    if len(fitting) < 2:
        return fitting
    family = grammar.mentions[fitting[0]].adds
    joined = [i for i in fitting if i == fitting[0] or (family and grammar.mentions[i].adds == family)]
    return _joined(account, said.words, joined) if len(joined) > 1 else joined


def _fitting(account: ParagraphReading, clause: Clause, said: Passage, rather: int) -> list[int]:
    """The mentions that the number of a clause may be by what is said, rather by what speaks for these groups."""
    met = account.grammar.met(said.speaks, rather)
    if not met or account.look.has_channel(said):
        return []
    named = said.named
    if named is None and clause.behind:
        named = passage(clause.behind, clause.end).named
    if not account.look.counts(clause, named):
        return []
    forbidden = said.forbids
    for token in clause.aside:
        if token.word.subject:
            forbidden |= token.word.forbids
    return [
        index
        for index in met
        if account.allows(index, named, forbidden) and _fits(account, index, clause, said)
    ]


def _fits(account: ParagraphReading, index: int, clause: Clause, said: Passage) -> bool:
    mention, figure, whole = account.grammar.mentions[index], clause.figure, account.whole
    assert figure is not None
    if figure.unit and figure.unit not in mention.units:
        return False
    if clause.is_part and (mention.id in account.heard or (whole is not None and whole.id in mention.not_of)):
        return False
    return not mention.alone or account.look.is_alone(index, said, clause)


def _joined(account: ParagraphReading, words: list[WordToken], indices: list[int]) -> list[int]:
    """Those of some mentions whose words are joined, up to the last."""
    keys: dict[int, int] = {}
    for index in indices:
        key = account.grammar.key(words, index)
        if key is not None:
            keys.setdefault(key.start, index)
    chain: list[int] = []
    joined = False
    for token in words:
        if token.start in keys:
            chain = [*chain, keys[token.start]] if joined else [keys[token.start]]
            joined = False
        else:
            joined = joined or token.word.kinds & (kinds.JOINING | kinds.INCLUDING) > 0
    return chain


def _of_total(account: ParagraphReading, clause: Clause) -> list[Statement]:
    """A number that sums up what the sentence has stated: 新收3件，上年结转2件，合计5件."""
    if not clause.said.kinds & kinds.TOTAL or account.look.unknown(clause):
        return []
    stated = [s for _, found in account.sentence[-LONGEST:] for s in found if len(s.mentions) == 1]
    families = {s.mentions[0].adds for s in stated}
    if len(stated) < 2 or len(families) > 1 or "" in families:
        return []
    mentions = tuple(dict.fromkeys(s.mentions[0] for s in stated))
    return [account.statement(clause, [], clause.start)._replace(mentions=mentions, is_of_others=False)]
