"""What a paragraph states: its numbers, and what it says there was none of, by the mentions of the pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportfill.checks import words as kinds
from reportfill.checks.chinese import counting as chinese
from reportfill.checks.clauses import Clause, clauses_of
from reportfill.checks.counts import counted_statements
from reportfill.checks.denials import statements_of_none
from reportfill.checks.grammar import Grammar
from reportfill.checks.omissions import omissions_in
from reportfill.checks.paragraph_reading import ParagraphReading, Stretch
from reportfill.checks.paragraph_statements import Omission, ParagraphStatements, Statement
from reportfill.checks.words import passage

_NOTHING = ParagraphStatements()


def paragraph_statements(grammar: Grammar, text: str, year: int | None, part: str) -> ParagraphStatements:
    """What a paragraph (without white space) of the part with this path tells."""
    if not grammar.may_tell(text, 0, len(text)):
        return _NOTHING
    account = ParagraphReading(grammar, chinese.with_relative_years(text, year, grammar.begins), part)
    statements: list[Statement] = []
    omissions: list[Omission] = []
    for start, end in _telling(account):
        tokens = grammar.tokens(account.text, start, end)
        if any(token.word.speaks or token.word.subject is not None for token in tokens):
            for clause in clauses_of(account.text, tokens, start, end):
                account.begin_clause(clause)
                stated = (
                    counted_statements(account, clause)
                    if clause.figure
                    else statements_of_none(account, clause)
                )
                omissions += omissions_in(account, clause)
                account.add(clause, stated)
            statements += _stated(account)
            account.begin_sentence()
    return ParagraphStatements(tuple(statements), tuple(omissions))


def _telling(account: ParagraphReading) -> Iterator[Stretch]:
    """The sentences that may state something; the account learns what is passed over between them."""
    passed: Stretch | None = None
    read = 0
    for sentence in chinese.SENTENCE.finditer(account.text):
        start, end = sentence.span()
        if account.grammar.may_tell(account.text, start, end):
            if start != read:
                account.pass_over(passed)
            yield start, end
            passed, read = None, end
        else:
            passed = (start, end)


def _stated(account: ParagraphReading) -> list[Statement]:
    """What the sentence that was read states, and what must be said somewhere that it says."""
    grammar, sentence = account.grammar, account.sentence
    maxim = _is_maxim(account)
    found = _with_parts((clause, s) for clause, s in sentence if not (maxim and _is_one(clause)))
    if not any(clause.said.kinds & kinds.SAYING for clause, _ in sentence):
        return found
    words = passage([token for clause, _ in sentence for token in clause.all_words], 0)
    for index in grammar.said(words, account.part):
        mention = grammar.mentions[index]
        found.append(Statement((mention,), 0, 0, sentence[0][0].start, sentence[-1][0].end))
    return found


def _with_parts(sentence: Iterable[tuple[Clause, list[Statement]]]) -> list[Statement]:
    """The statements of a sentence; one of a whole with those parts that the form counts beside it."""
    found: list[Statement] = []
    whole: int | None = None
    for clause, stated in sentence:
        for statement in stated:
            if not clause.is_part:
                whole = len(found)
                statement = _with_inner_parts(found, statement) if found else statement
            elif whole is not None and _are_beside(found[whole], statement):
                found[whole] = found[whole]._replace(including=found[whole].including + statement.mentions)
            found.append(statement)
    return found


def _with_inner_parts(before: list[Statement], whole: Statement) -> Statement:
    """A statement with the parts that stand in brackets between its words: 予以公开（其中部分公开2件）9件."""
    inner = [part for part in before if part.start > whole.start and _are_beside(whole, part)]
    return whole._replace(including=tuple(m for part in inner for m in part.mentions)) if inner else whole


def _are_beside(one: Statement, other: Statement) -> bool:
    mention, part = one.mentions[0], other.mentions[0]
    return mention.id != part.id and bool(part.adds) and part.adds == mention.adds


def _is_maxim(account: ParagraphReading) -> bool:
    """Whether the ones of a sentence are no counts: 做到受理一件、答复一件, or 办结一件申请、解决一个问题."""
    ones = [stated for clause, stated in account.sentence if _is_one(clause)]
    if not ones or any(clause.said.kinds & kinds.WISHING for clause, _ in account.sentence):
        return bool(ones)
    nameless = all(clause.named is None for clause, _ in account.sentence)
    return len(ones) > 1 and (nameless or not all(ones))


def _is_one(clause: Clause) -> bool:
    number = clause.figure.token.match if clause.figure else None
    return number is not None and number["number"] == chinese.ONE
