"""A paragraph as far as it is read: what is spoken of, and what has been stated, which the next clause may build on."""

from __future__ import annotations

from reportfill.checks import words as kinds
from reportfill.checks.chinese.counting import OWN
from reportfill.checks.clause_view import ClauseView
from reportfill.checks.clauses import Clause
from reportfill.checks.grammar import Grammar
from reportfill.checks.paragraph_statements import Statement
from reportfill.checks.words import Passage, passage
from reportfill.pack.wordings import Mention

Stretch = tuple[int, int]


class ParagraphReading:
    """One paragraph being read.

    `whole` is the mention that was stated last of all things, not of a part of them; `before` the clause before;
    `sentence` the clauses of the sentence that is read, each with what it states, and `heard` the ids of that.
    """

    def __init__(self, grammar: Grammar, text: str, part: str) -> None:
        self.grammar, self.text, self.part = grammar, text, part
        self.look = ClauseView(grammar, text)
        self.whole: Mention | None = None
        self.before: Clause | None = None
        self.of_other = False
        self._subject = grammar.parts.get(part)
        self._ahead: Stretch | None = None
        self.begin_sentence()

    def begin_sentence(self) -> None:
        """A sentence begins: nothing is stated in it."""
        self.sentence: list[tuple[Clause, list[Statement]]] = []
        self.heard: set[str] = set()
        self.waiting: list[int] = []
        self.of_other_bodies = self.at_other_time = False
        self._times = 0

    def begin_clause(self, clause: Clause) -> None:
        """A clause is read: it may go on counting for a part of the year, for several years, or for other bodies."""
        told = clause.said.kinds
        if not (told & kinds.PLACING or self.of_other_bodies):
            return
        is_placed = clause.figure is not None or clause.words[0].start == clause.start
        if told & kinds.OTHER_TIME:
            self.at_other_time = is_placed
            self._times += clause.figure is not None
        elif told & kinds.PERIOD or (told & kinds.TOTAL and self._times > 1):
            self.at_other_time = False
        if (told & kinds.OTHER_BODY and is_placed) or self.of_other_bodies:
            self.of_other_bodies = not any(token.text[0] in OWN for token in clause.words)

    def pass_over(self, before: Stretch | None) -> None:
        """Something was passed over that states nothing, the last sentence of it at this stretch of the text."""
        self._subject, self.whole, self._ahead = self.grammar.parts.get(self.part), None, before

    def subject(self) -> str | None:
        """The subject that is carried on from before; what the sentence before names is looked at when it matters."""
        if self._ahead is not None:
            named = passage(self.grammar.tokens(self.text, *self._ahead), 0).named
            self._subject = self._subject if named is None else named
            self._ahead = None
        return self._subject

    def add(self, clause: Clause, stated: list[Statement]) -> None:
        """A clause was read that makes these statements."""
        for statement in stated:
            self.heard.update(mention.id for mention in statement.mentions)
            if statement.is_of_others:
                self.whole = None
            elif not clause.is_part and not statement.mentions[0].of:
                self.whole = statement.mentions[0]
        self.sentence.append((clause, stated))
        self._pass_on(clause, bool(stated))
        self.before = clause

    def _pass_on(self, clause: Clause, heard: bool) -> None:
        """What the next clause is about, where it does not say so itself."""
        named = clause.named
        if clause.opens or not clause.is_part:
            self.of_other = bool(clause.figure and named is not None and not heard)
        if named is not None:
            self._subject, self._ahead = named, None
        elif clause.figure and not heard and not clause.is_part and self._is_other(clause):
            self._subject, self._ahead = "", None

    def _is_other(self, clause: Clause) -> bool:
        """Whether a clause counts something that no word is known for."""
        if self.look.has_channel(clause.said):
            return clause.words[-1].word.kinds & kinds.CHANNEL > 0 and clause.said.speaks > 0
        return bool(self.look.unknown(clause))

    def with_before(self, clause: Clause, said: Passage) -> Passage:
        """What a clause says behind the words of the clause before, where that has no number."""
        if not clause.follows or self.before is None:
            return said
        return passage([*self.before.words, *said.words], self.before.start)

    def statement(self, clause: Clause, indices: list[int], start: int) -> Statement:
        """What a clause states of the sum of some mentions, by words that begin at a place of the text."""
        figure = clause.figure
        mentions = tuple([self.grammar.mentions[index] for index in indices])
        least, greatest = (figure.least, figure.greatest) if figure else (0, 0)
        end = clause.behind[-1].end if clause.behind else figure.token.end if figure else clause.end
        others = self.of_other_bodies
        levels = others or clause.said.kinds & kinds.LEVEL > 0
        return Statement(mentions, least, greatest, start, end, levels, others)

    def allows(self, index: int, named: str | None, forbidden: int) -> bool:
        """Whether a mention may be stated here, by what words name and make something else."""
        mention = self.grammar.mentions[index]
        if forbidden >> index & 1 or self.part not in mention.within:
            return False
        if mention.of and (self.whole is None or self.whole.id not in mention.of):
            return False
        return not mention.about or (self.subject() if named is None else named) == mention.about
