"""What a clause says that there was none of."""

from __future__ import annotations

from collections.abc import Iterator

from reportfill.checks import words as kinds
from reportfill.checks.chinese.counting import CAUSE, LEADING_TO, NOT_DOING, RESTRICTING
from reportfill.checks.clauses import Clause
from reportfill.checks.paragraph_reading import ParagraphReading
from reportfill.checks.paragraph_statements import Statement
from reportfill.checks.words import Passage, WordToken, passage


def statements_of_none(account: ParagraphReading, clause: Clause) -> list[Statement]:
    """The statements of a clause without a number: that there was none of something."""
    if account.at_other_time or not clause.said.kinds & kinds.DENYING or clause.said.kinds & kinds.COMPARING:
        return []
    words = clause.words
    denials = [index for index, token in enumerate(words) if token.word.kinds & kinds.DENYING]
    found: list[int] = []
    for index, following in zip(denials, [*denials[1:], len(words)], strict=True):
        behind, end = words[index + 1 : following], words[index].end
        until = words[following].start if following < len(words) else clause.end
        if account.look.has_fault(behind, end, until) or _denies_a_manner(account, behind, end):
            break
        none = denied_mentions(account, clause, behind, end)
        if not none and account.look.is_end(clause, words[index + 1 :], words[index].end):
            before = passage(words[:index], clause.start)
            if account.look.has_fault(before.words, clause.start, words[index].start):
                break
            if not before.speaks:
                before = account.with_before(clause, before)
            none = (
                denied_mentions(account, clause, before.words, before.words[0].start) if before.words else []
            )
        if not none:  # what is denied of it is no count: 没有应答复而未答复的申请
            break
        found += none
    return [account.statement(clause, [index], clause.start) for index in dict.fromkeys(found)]


def denied_mentions(
    account: ParagraphReading, clause: Clause, words: list[WordToken], start: int
) -> list[int]:
    """The mentions that a denial of these words states to be none, one for each thing that is joined by 和."""
    found: list[int] = []
    spoken = forbidden = 0
    chunks = list(_chunks(words, start))
    cause, restricted = _cause(words), _restricted(account, words)
    result = _result(account, clause, words, chunks[-1]) if len(chunks) > 1 else None
    for chunk in chunks:
        if result and chunk is not chunks[-1] and chunk.named and chunk.named == chunks[-1].named:
            both = _denied_by(account, clause, words, chunk, chunk.speaks | result.speaks, chunk.forbids)
            found += [i for i in both if any(account.grammar.speaks_for(t, i) for t in result.words)][:1]
            continue
        spoken |= chunk.speaks
        if chunk.speaks:
            forbidden |= chunk.forbids
        if chunk.words[-1].end <= restricted:
            continue
        told = _outside(chunk, cause)
        fitting = _denied_by(account, clause, words, told, spoken, forbidden)
        if (
            not fitting and chunk is not chunks[-1]
        ):  # 没有制发、废止规范性文件: the thing stands behind the last act
            fitting = _denied_by(account, clause, words, told, spoken | chunks[-1].speaks, forbidden)
        if len(fitting) > 1:
            own = set(account.grammar.met(told.speaks))
            fitting.sort(key=lambda index: (_is_of_another(account, index), index not in own))
        found += fitting[:1]
    return found


def _result(
    account: ParagraphReading, clause: Clause, words: list[WordToken], last: Passage
) -> Passage | None:
    """What is denied to have become of all things that are joined: 无行政复议和行政诉讼案件被纠错; None where it is
    denied that there were any."""
    place = max((place for place, token in enumerate(last.words) if token.word.subject), default=None)
    if place is None:
        return None
    behind, start = last.words[place + 1 :], last.words[place].end
    if account.look.is_end(clause, behind, start, _end(clause, words, last.words[-1].start)):
        return None
    return passage(behind, start)


def _denies_a_manner(account: ParagraphReading, words: list[WordToken], start: int) -> bool:
    """Whether a denial of these words denies how something is done: 未出现不受理、不答复申请的情况."""
    before: list[WordToken] = []
    for token in words:
        word = token.word
        if word.speaks:
            return bool(account.look.gaps(before, start, token.start))
        if word.forbids and not word.kinds and word.subject is None:  # 协助办理、答复申请
            return True
        if word.kinds & kinds.JOINING:
            before, start = [], token.end
        else:
            before.append(token)
    return False


def _cause(words: list[WordToken]) -> range:
    """Where some words tell the cause of what they deny, which is not denied itself: 因受理、答复申请引发的纠纷."""
    begin = next((token.start for token in words if token.text == CAUSE), None)
    if begin is None:
        return range(0)
    led_to = (token.start for token in words if token.start > begin and token.text.startswith(LEADING_TO))
    return range(begin, next(led_to, begin))


def _outside(chunk: Passage, cause: range) -> Passage:
    """A chunk that speaks for what it says outside the cause of it."""
    return chunk._replace(
        speaks=passage([t for t in chunk.words if t.start not in cause], chunk.start).speaks
    )


def _restricted(account: ParagraphReading, words: list[WordToken]) -> int:
    """Up to where only some of the things are meant that these words name; 0 where all are."""
    spoken = 0
    for place, token in enumerate(words):
        if spoken and token.text.startswith(RESTRICTING):
            behind = passage(words[place:], token.start)
            things = (account.grammar.mentions[index] for index in account.grammar.met(behind.speaks))
            if all(mention.of or mention.alone for mention in things):
                return token.start
        spoken |= token.word.speaks
    return 0


def _chunks(words: list[WordToken], start: int) -> Iterator[Passage]:
    """What is joined by 和 in some words."""
    chunk: list[WordToken] = []
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
    account: ParagraphReading,
    clause: Clause,
    words: list[WordToken],
    chunk: Passage,
    spoken: int,
    forbidden: int,
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


def _end(clause: Clause, words: list[WordToken], last: int) -> int:
    """Where what a chunk says is over: at the word behind its last, or at the end of its clause."""
    for behind in (words, clause.words):
        for token in behind:
            if token.start > last:
                return token.start
    return clause.end


def _is_none(account: ParagraphReading, index: int, clause: Clause, chunk: Passage, end: int) -> bool:
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


def _is_of_another(account: ParagraphReading, index: int) -> bool:
    mention = account.grammar.mentions[index]
    return bool(mention.of or mention.not_of)
