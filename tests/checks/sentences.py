"""Sentences as reports word them, each with what it states: read from tests/checks/wordings, tried against a pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from builders import figures_only

from reportfill.checks.mentions import mention_findings, narration_of
from reportfill.checks.narrative import paragraphs_of
from reportfill.checks.text import text_findings
from reportfill.finding import Finding
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack
from reportfill.pack.wordings import Mention

FOLDER = Path(__file__).parent / "wordings"
ALARMS = ("mention.differs", "text.year", "text.number_missing")


@dataclass(frozen=True)
class Sentence:
    """A sentence in a part of a report for a year, and what it states: sums of mentions with their numbers."""

    text: str
    part: str
    year: int
    states: tuple[tuple[tuple[str, ...], float, float], ...]

    def __str__(self) -> str:
        return self.text


def sentences(name: str) -> list[Sentence]:
    """The sentences of a file."""
    return list(_read((FOLDER / name).read_text("utf-8").splitlines()))


def _read(lines: list[str]) -> Iterator[Sentence]:
    part, year = "overview.disclosure_on_request", 2023
    for line in lines:
        if line.startswith("@part"):
            part = line.split()[1]
        elif line.startswith("@year"):
            year = int(line.split()[1])
        elif line and not line.startswith("#"):
            text, _, states = line.rpartition("|")
            yield Sentence(text.strip(), part, year, tuple(map(_state, states.split())))


def _state(word: str) -> tuple[tuple[str, ...], float, float]:
    names, _, number = word.partition("=")
    least, _, greatest = (number or "0").partition("..")
    return tuple(names.split("+")), float(least), float(greatest or least)


def paths_of(pack: Pack, name: str) -> tuple[str, ...]:
    """The figures whose sum a mention states."""
    return _named(pack, name).equals


def _named(pack: Pack, name: str) -> Mention:
    return next(mention for mention in pack.rules.mentions if mention.id == name)


def figures_for(pack: Pack, sentence: Sentence) -> dict[str, Any]:
    """Figures that make a sentence true: each stated sum in its first figure that nothing else states."""
    figures: dict[str, Any] = dict.fromkeys((p for p, f in pack.fields.items() if f.kind.is_number), 0)
    taken: dict[str, float] = {}
    for names, least, _ in sorted(sentence.states, key=lambda state: _freedom(pack, state[0])):
        paths = [path for name in names for path in paths_of(pack, name)]
        if paths:
            rest = least - sum(taken.get(path, 0) for path in paths)
            free = next((path for path in paths if path not in taken), None)
            if free is not None:
                taken[free] = rest
    return figures | {p: int(v) if v == int(v) else v for p, v in taken.items()}


def _freedom(pack: Pack, names: tuple[str, ...]) -> tuple[int, int]:
    """How many figures, and readings, a stated sum leaves open: the strict ones are given their figures first."""
    mentions = [_named(pack, name) for name in names]
    return sum(len(m.readings) for m in mentions), sum(len(m.equals) for m in mentions)


def alarms(pack: Pack, sentence: Sentence, figures: dict[str, Any]) -> list[Finding]:
    """The alarms that a report with this sentence and these figures, all of them, raises: of the checks, those of the
    narrative, for what throws the figures out of balance is sought at length."""
    told = {"year": sentence.year, sentence.part: [sentence.text]}
    sound = _sound(pack)
    submission = replace(sound, values={**sound.values, **figures, **told})
    paragraphs = paragraphs_of(submission)
    narration = narration_of(pack, paragraphs, submission.year)
    found = [
        *mention_findings(submission, pack, paragraphs, narration),
        *text_findings(submission, pack, paragraphs),
    ]
    return [f for f in found if f.code in ALARMS]


@cache
def _sound(pack: Pack) -> Submission:
    return Submission.from_data(pack, figures_only(pack, {}))


def unheard(pack: Pack, sentence: Sentence) -> list[str]:
    """The stated sums that nobody hears: another figure in the table raises no alarm that names the stated number."""
    sound = figures_for(pack, sentence)
    missed = []
    for names, least, _ in sentence.states:
        paths = [path for name in names for path in paths_of(pack, name)]
        if not paths:
            continue
        wrong = sound | {paths[0]: sound[paths[0]] + 5_000_017}
        heard = [
            f
            for f in alarms(pack, sentence, wrong)
            if f.code == "mention.differs" and set(paths) == set(_paths(f))
        ]
        if not any(float(f.value) == least for f in heard):
            missed.append("+".join(names))
    return missed


def _paths(found: Finding) -> tuple[str, ...]:
    return found.cells
