"""What a clause says that there was none of."""

from __future__ import annotations

from collections.abc import Iterator

from reportfill.checks import words as kinds
from reportfill.checks.account import Account
from reportfill.checks.chinese.counting import NOT_DOING
from reportfill.checks.clauses import Clause
from reportfill.checks.told import Statement
from reportfill.checks.words import Passage, Token, passage


def none_stated(account: Account, clause: Clause) -> list[Statement]:
    """The statements of a clause without a number: that there was none of something."""
    if not clause.said.kinds & kinds.DENYING or clause.said.kinds & kinds.COMPARING:
        return []
    words = clause.words
    denials = [index for index, token in enumerate(words) if token.word.kinds & kinds.DENYING]
    found: list[int] = []
    for index, following in zip(denials, [*denials[1:], len(words)], strict=True):
        behind, end = words[index + 1 : following], words[index].end
        if _denies_a_manner(account, behind, end):
            break
        none = denied(account, clause, behind, end)
        if not none and account.look.is_end(clause, words[index + 1 :], words[index].end):
            before = passage(words[:index], clause.start)
            if not before.speaks:
                before = account.with_before(clause, before)
            none = denied(account, clause, before.words, before.words[0].start) if before.words else []
        if not none:  # what is denied of it is no count: 没有应答复而未答复的申请
            break
        found += none
    return [account.statement(clause, [index], clause.start) for index in dict.fromkeys(found)]


def denied(account: Account, clause: Clause, words: list[Token], start: int) -> list[int]:
    """The mentions that a denial of these words states to be none, one for each thing that is joined by 和."""
    found: list[int] = []
    spoken = forbidden = 0
    chunks = list(_chunks(words, start))
    for chunk in chunks:
        spoken |= chunk.speaks
        if chunk.speaks:
            forbidden |= chunk.forbids
        fitting = _denied_by(account, clause, words, chunk, spoken, forbidden)
        if (
            not fitting and chunk is not chunks[-1]
        ):  # 没有制发、废止规范性文件: the thing stands behind the last act
            fitting = _denied_by(account, clause, words, chunk, spoken | chunks[-1].speaks, forbidden)
        if len(fitting) > 1:
            own = set(account.grammar.met(chunk.speaks))
            fitting.sort(key=lambda index: (_is_of_another(account, index), index not in own))
        found += fitting[:1]
    return found


def _denies_a_manner(account: Account, words: list[Token], start: int) -> bool:
    """Whether a denial of these words denies how something is done: 未出现不受理、不答复申请的情况."""
    before: list[Token] = []
    for token in words:
        if token.word.speaks:
            return bool(account.look.gaps(before, start, token.start))
        if token.word.kinds & kinds.JOINING:
            before, start = [], token.end
        else:
            before.append(token)
    return False


def _chunks(words: list[Token], start: int) -> Iterator[Passage]:
    """What is joined by 和 in some words."""
    chunk: list[Token] = []
    for token in words:
        if not token.word.kinds & kinds.JOINING:
            chunk.append(token)
            continue
        if chunk:
            yield passage(chunk, start)
        chunk, start = [], token.end
    if chunk:
        yield passage(chunk, start)


def _denied_by(
    account: Account, clause: Clause, words: list[Token], chunk: Passage, spoken: int, forbidden: int
) -> list[int]:
    """The mentions that one thing may be of which it is said that there was none."""
    met = account.grammar.met(spoken, chunk.speaks)
    if not met:
        return []
    end = _end(clause, words, chunk.words[-1].start)
    return [
        index
        for index in met
        if account.allows(index, chunk.named, forbidden) and _is_none(account, index, clause, chunk, end)
    ]


def _end(clause: Clause, words: list[Token], last: int) -> int:
    """Where what a chunk says is over: at the word behind its last, or at the end of its clause."""
    for behind in (words, clause.words):
        for token in behind:
            if token.start > last:
                return token.start
    return clause.end


def _is_none(account: Account, index: int, clause: Clause, chunk: Passage, end: int) -> bool:
    mention, look, words = account.grammar.mentions[index], account.look, chunk.words
    if not mention.equals:
        return False
    own = [place for place, token in enumerate(words) if account.grammar.speaks_for(token, index)]
    before = look.gaps(words[: own[0]], chunk.start, words[own[0]].start)
    if before and before[0] in NOT_DOING:
        return False
    if mention.alone and not look.is_alone(index, chunk, clause):
        return False
    return look.is_end(clause, words[own[-1] + 1 :], words[own[-1]].end, end)


def _is_of_another(account: Account, index: int) -> bool:
    mention = account.grammar.mentions[index]
    return bool(mention.of or mention.not_of)
