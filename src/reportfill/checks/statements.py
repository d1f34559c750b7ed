"""What a paragraph states: its numbers, and what it says there was none of, by the mentions of the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportfill.checks.chinese import counting as chinese
from reportfill.checks.clauses import LONGEST, Clause, clauses_of
from reportfill.checks.grammar import Grammar
from reportfill.checks.lexicon import Token
from reportfill.checks.look import Look
from reportfill.pack.figures import Number
from reportfill.pack.wordings import Mention

_JOINING, _EACH, _TOTAL = frozenset(chinese.JOINING), frozenset(chinese.EACH), frozenset(chinese.TOTAL)
_DENYING, _COMPARING, _WISHING = (
    frozenset(chinese.DENYING),
    frozenset(chinese.COMPARING),
    frozenset(chinese.WISHING),
)
_LAST_YEAR = frozenset(chinese.YEARS["last"])


@dataclass(frozen=True, slots=True)
class Statement:
    """One number that a text states: of the sum of `mentions`, between `least` and `greatest`; the words that say so.

    `has_level` says that a level (全区, 本级) is named with it.
    """

    mentions: tuple[Mention, ...]
    least: Number
    greatest: Number
    start: int
    end: int
    has_level: bool = False


@dataclass(frozen=True, slots=True)
class Omission:
    """A measure without its number: where its clause begins, where it stands, and whether that is beyond doubt."""

    start: int
    unit: int
    end: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a paragraph tells: its statements in their order, and where a measure stands without its number."""

    statements: tuple[Statement, ...]
    omissions: tuple[Omission, ...]


def told_by(grammar: Grammar, text: str, year: int | None, part: str) -> Told:
    """What a paragraph (without white space) of the part with this path tells."""
    account = _Account(grammar, chinese.with_relative_years(text, year), part)
    return Told(tuple(account.statements()), tuple(account.omissions))


class _Account:
    """One paragraph being read: what is spoken of, and what has been stated so far."""

    def __init__(self, grammar: Grammar, text: str, part: str) -> None:
        self._grammar, self._text, self._part = grammar, text, part
        self._look = Look(grammar, text)
        self._subject = grammar.parts.get(part)
        self._whole: Mention | None = None
        self._in_sentence: list[tuple[Clause, list[Statement]]] = []
        self._heard: set[str] = set()
        self._waiting: list[int] = []
        self._maxim = False
        self._before: Clause | None = None
        self._of_other = False
        self._read = 0
        self._ahead: tuple[int, int] | None = None
        self.omissions: list[Omission] = []

    def statements(self) -> Iterator[Statement]:
        """All statements; those of a sentence are given when it is over."""
        for start, end, before in self._telling():
            if start != self._read:
                self._subject, self._whole = self._grammar.parts.get(self._part), None
                self._ahead = before
            self._read = end
            tokens = self._grammar.tokens(self._text, start, end)
            if self._grammar.speak(tokens):
                yield from self._sentence(list(clauses_of(self._text, tokens, start, end)))

    def _telling(self) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
        """The sentences that may state something, each with the place of the one before it, if that does not."""
        before: tuple[int, int] | None = None
        grammar, may_say = self._grammar, self._grammar.may_say(self._text)
        if not may_say and not grammar.may_tell(self._text, 0, len(self._text)):
            return
        for sentence in chinese.SENTENCE.finditer(self._text):
            start, end = sentence.span()
            if grammar.may_tell(self._text, start, end) or (may_say and grammar.may_say(sentence[0])):
                yield start, end, before
                before = None
            else:
                before = (start, end)

    def _carried(self) -> str | None:
        """The subject that is carried on from before; what the sentence before names is looked at when it matters."""
        if self._ahead is not None:
            named = self._look.named(self._grammar.tokens(self._text, *self._ahead))
            self._subject = self._subject if named is None else named
            self._ahead = None
        return self._subject

    def _sentence(self, clauses: list[Clause]) -> Iterator[Statement]:
        for clause in clauses:
            self._maxim = self._maxim or any(token.text in _WISHING for token in clause.words)
            found = self._of_figure(clause) if clause.figure else self._of_none(clause)
            self.omissions += self._omitted(clause)
            for statement in found:
                self._heard.update(mention.id for mention in statement.mentions)
                if not clause.is_part and not statement.mentions[0].of:
                    self._whole = statement.mentions[0]
            self._in_sentence.append((clause, found))
            self._pass_on(clause, bool(found))
            self._before = clause
        yield from self._finished()

    def _finished(self) -> list[Statement]:
        """The statements of the sentence that is over, and what must be said somewhere that it says."""
        sentence, self._in_sentence = self._in_sentence, []
        maxim = self._is_maxim(sentence)
        found = [s for clause, stated in sentence if not (maxim and _is_one(clause)) for s in stated]
        words = [token for clause, _ in sentence for token in clause.all_words]
        for index in self._grammar.said(words, self._part):
            mention = self._grammar.mentions[index]
            found.append(Statement((mention,), 0, 0, sentence[0][0].start, sentence[-1][0].end))
        self._heard, self._waiting, self._maxim = set(), [], False
        return found

    def _is_maxim(self, sentence: list[tuple[Clause, list[Statement]]]) -> bool:
        """Whether its ones are no counts: 做到受理一件、答复一件, or 办结一件申请、解决一个问题."""
        ones = [(clause, stated) for clause, stated in sentence if _is_one(clause)]
        if not ones or self._maxim:
            return bool(ones)
        unheard = any(not stated for _, stated in ones)
        nameless = all(self._look.named(clause.all_words) is None for clause, _ in sentence)
        return len(ones) > 1 and (unheard or nameless)

    def _pass_on(self, clause: Clause, heard: bool) -> None:
        """What the next clause is about, where it does not say so itself."""
        named = self._look.named(clause.all_words)
        if clause.opens or not clause.is_part:
            self._of_other = bool(clause.figure and named is not None and not heard)
        if named is not None:
            self._subject, self._ahead = named, None
        elif clause.figure and not heard and not clause.is_part and self._is_other(clause):
            self._subject, self._ahead = "", None

    def _is_other(self, clause: Clause) -> bool:
        """Whether a clause counts something that no word is known for."""
        words = clause.words
        if self._look.has_channel(words):
            return words[-1].text in self._grammar.channels and any(map(self._grammar.is_told, words))
        return bool(self._look.unknown(clause))

    # A clause with a number.

    def _of_figure(self, clause: Clause) -> list[Statement]:
        figure = clause.figure
        assert figure is not None
        words, start = clause.words, clause.start
        if any(t.text in _COMPARING or t.text in _LAST_YEAR for t in words):
            return []
        if clause.is_part and self._of_other:
            return []
        if self._waiting and not any(map(self._grammar.is_told, words)):
            return [self._statement(clause, [self._waiting.pop(0)], start)]
        if not any(map(self._grammar.is_told, words)) and clause.follows and self._before:
            words, start = [*self._before.words, *words], self._before.start
        each = self._denied(clause, words, start) if any(t.text in _EACH for t in words) else []
        if len(each) > 1 and not any(token.text in chinese.RESPECTIVELY for token in words):
            return [self._statement(clause, [index], start) for index in each]
        chosen = self._chosen(clause, words, words, start)
        if not chosen:
            chosen, words, start = self._further(clause, words, start)
        if not chosen:
            return self._of_total(clause)
        texts = {token.text for token in words}
        if len(chosen) > 1 and texts & chinese.RESPECTIVELY:
            self._waiting = chosen[1:]
            return [self._statement(clause, chosen[:1], start)]
        if len(chosen) > 1 and texts & _EACH:
            return [self._statement(clause, [index], start) for index in chosen]
        return [self._statement(clause, chosen, start)]

    def _further(self, clause: Clause, words: list[Token], start: int) -> tuple[list[int], list[Token], int]:
        """What a number may be by the words behind it, beside it, or in the heading before; with all its words."""
        chosen: list[int] = []
        if clause.behind:
            chosen = self._chosen(clause, [*words, *clause.behind], clause.behind, start)
        if not chosen and clause.aside and any(token.text in chinese.REMAINDER for token in words):
            chosen = self._chosen(clause, [*words, *clause.aside], clause.aside, start)
        if not chosen and self._is_headed(clause):
            assert self._before is not None
            words, start = [*self._before.words, *words], self._before.start
            chosen = self._chosen(clause, words, words, start)
        return chosen, words, start

    def _chosen(self, clause: Clause, words: list[Token], rather: list[Token], start: int) -> list[int]:
        """The mentions whose sum the number is: the first that fits, and what is joined to it by 和."""
        fitting = [i for i in self._grammar.met(words, rather) if self._fits(i, clause, words, start)]
        if not fitting:
            return []
        first = fitting[0]
        family = self._grammar.mentions[first].adds
        joined = [i for i in fitting if i == first or (family and self._grammar.mentions[i].adds == family)]
        return self._joined(words, joined) if len(joined) > 1 else joined

    def _is_headed(self, clause: Clause) -> bool:
        """Whether the clause before ends with a colon: 行政诉讼案件：结果维持1件."""
        return clause.follows and self._before is not None and self._text[self._before.end] in ":："

    def _joined(self, words: list[Token], indices: list[int]) -> list[int]:
        """Those of some mentions whose words are joined, up to the last."""
        keys: dict[int, int] = {}
        for index in indices:
            key = self._grammar.key(words, index)
            if key is not None:
                keys.setdefault(key.start, index)
        chain: list[int] = []
        joined = False
        for token in words:
            if token.start in keys:
                chain = [*chain, keys[token.start]] if joined else [keys[token.start]]
                joined = False
            else:
                joined = joined or token.text in _JOINING
        return chain

    def _fits(self, index: int, clause: Clause, words: list[Token], start: int) -> bool:
        mention, figure = self._grammar.mentions[index], clause.figure
        assert figure is not None
        if self._part not in mention.within or (figure.unit and figure.unit not in mention.units):
            return False
        if any(token.text in self._grammar.without[index] for token in words):
            return False
        if any(t.text in self._grammar.without[index] and self._look.named([t]) for t in clause.aside):
            return False
        if mention.of and (self._whole is None or self._whole.id not in mention.of):
            return False
        if clause.is_part and (
            mention.id in self._heard or (self._whole is not None and self._whole.id in mention.not_of)
        ):
            return False
        named = self._look.named(words)
        if named is None and clause.behind:
            named = self._look.named(clause.behind)
        if mention.about and (self._carried() if named is None else named) != mention.about:
            return False
        if self._look.has_channel(words):
            return False
        if not self._look.counts(clause, named):
            return False
        return not mention.alone or self._look.is_alone(index, words, start, clause)

    def _of_total(self, clause: Clause) -> list[Statement]:
        """A number that sums up what the sentence has stated: 新收3件，上年结转2件，合计5件."""
        if not any(token.text in _TOTAL for token in clause.words) or self._look.unknown(clause):
            return []
        stated = [s for _, found in self._in_sentence[-LONGEST:] for s in found if len(s.mentions) == 1]
        families = {s.mentions[0].adds for s in stated}
        if len(stated) < 2 or len(families) > 1 or "" in families:
            return []
        assert clause.figure is not None
        mentions = tuple(dict.fromkeys(s.mentions[0] for s in stated))
        return [replace(self._statement(clause, [], clause.start), mentions=mentions)]

    def _statement(self, clause: Clause, indices: list[int], start: int) -> Statement:
        figure = clause.figure
        mentions = tuple(self._grammar.mentions[index] for index in indices)
        least, greatest = (figure.least, figure.greatest) if figure else (0, 0)
        end = clause.behind[-1].end if clause.behind else figure.token.end if figure else clause.end
        levels = any(t.text in self._grammar.levels for t in clause.words)
        return Statement(mentions, least, greatest, start, end, levels)

    def _omitted(self, clause: Clause) -> Iterator[Omission]:
        """Where a measure ends what is said of something that is counted: 共主动公开条，."""
        words, units = clause.words, self._grammar.units
        for place, token in enumerate(words):
            if token.text not in units or not place:
                continue
            before, after = words[place - 1], words[place + 1] if place + 1 < len(words) else None
            ends = after.text in _JOINING if after else clause.figure is None and token.end == clause.end
            line = self._text[before.end : token.start]
            if ends and not line.strip(chinese.BLANKS) and self._is_counted(before):
                total = any(t.text in _TOTAL for t in words) or token.text not in chinese.MEASURES_OF_ITEMS
                is_sure = bool(line) or total or self._is_counting(clause, token)
                yield Omission(clause.start, token.start, token.end, is_sure)

    def _is_counting(self, clause: Clause, unit: Token) -> bool:
        """Whether a clause is an account of a year's number of things: 全年收到政府信息公开申请件."""
        words = [token for token in clause.words if token.start < unit.start]
        around = [*self._before.words, *words] if clause.follows and self._before else words
        over_a_year = any(token.text in chinese.PERIOD for token in around)
        told = self._grammar.met(words)
        return (
            over_a_year
            and not any(token.text in _DENYING for token in words)
            and any(len(self._grammar.mentions[index].groups) > 1 for index in told)
            and not set(self._text[clause.start : unit.start]) & set(chinese.ABOUT_SOMETHING)
        )

    def _is_counted(self, token: Token) -> bool:
        return token.text in self._grammar.subject_of or self._grammar.is_told(token)

    # A clause that says that there was none.

    def _of_none(self, clause: Clause) -> list[Statement]:
        words = clause.words
        denials = [index for index, token in enumerate(words) if token.text in _DENYING]
        if not denials or any(token.text in _COMPARING or token.text in _LAST_YEAR for token in words):
            return []
        found: list[int] = []
        for index, following in zip(denials, [*denials[1:], len(words)], strict=True):
            denied = self._denied(clause, words[index + 1 : following], words[index].end)
            if not denied and self._look.is_end(clause, words[index + 1 :], words[index].end):
                before = words[:index]
                if clause.follows and self._before and not any(map(self._grammar.is_told, before)):
                    before = [*self._before.words, *before]
                denied = self._denied(clause, before, before[0].start if before else 0)
            found += denied
        return [self._statement(clause, [index], clause.start) for index in dict.fromkeys(found)]

    def _denied(self, clause: Clause, words: list[Token], start: int) -> list[int]:
        """The mentions that a denial of these words states to be none, one for each thing that is joined by 和."""
        found: list[int] = []
        before: list[Token] = []
        for begin, chunk in _chunks(words, start):
            end = self._end(clause, words, chunk)
            fitting = [
                index
                for index in self._grammar.met([*before, *chunk], chunk)
                if self._is_none(index, clause, chunk, begin, end)
            ]
            if len(fitting) > 1:
                own = set(self._grammar.met(chunk))
                fitting.sort(key=lambda index: (self._is_of_another(index), index not in own))
            found += fitting[:1]
            before += chunk
        return found

    def _is_of_another(self, index: int) -> bool:
        mention = self._grammar.mentions[index]
        return bool(mention.of or mention.not_of)

    def _end(self, clause: Clause, words: list[Token], chunk: list[Token]) -> int:
        """Where what a chunk says is over: at the word behind it, or at the end of its clause."""
        following = [token.start for token in words if token.start > chunk[-1].start]
        if following:
            return following[0]
        behind = [token.start for token in clause.words if token.start > chunk[-1].start]
        return behind[0] if behind else clause.end

    def _is_none(self, index: int, clause: Clause, chunk: list[Token], start: int, end: int) -> bool:
        mention = self._grammar.mentions[index]
        if any(token.text in self._grammar.without[index] for token in chunk) or not mention.equals:
            return False
        if self._part not in mention.within:
            return False
        if mention.of and (self._whole is None or self._whole.id not in mention.of):
            return False
        named = self._look.named(chunk)
        if mention.about and (self._carried() if named is None else named) != mention.about:
            return False
        own = [place for place, token in enumerate(chunk) if self._grammar.speaks_for(token, index)]
        before = "".join(self._look.gaps(chunk[: own[0]], start, chunk[own[0]].start))
        if before and before[0] in chinese.NOT_DOING:
            return False
        if mention.alone and not self._look.is_alone(index, chunk, start, clause):
            return False
        return self._look.is_end(clause, chunk[own[-1] + 1 :], chunk[own[-1]].end, end)


def _is_one(clause: Clause) -> bool:
    number = clause.figure.token.match if clause.figure else None
    return number is not None and number["number"] == "一"


def _chunks(words: list[Token], start: int) -> Iterator[tuple[int, list[Token]]]:
    """What is joined by 和 in some words, each with where it begins."""
    chunk: list[Token] = []
    for token in words:
        if token.text not in _JOINING:
            chunk.append(token)
            continue
        if chunk:
            yield start, chunk
        chunk, start = [], token.end
    if chunk:
        yield start, chunk
