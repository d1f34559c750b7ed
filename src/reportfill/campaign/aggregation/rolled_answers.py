"""What is neither a figure nor a text, of many reports as of one: a choice, a day, yes or no, where all say the same;
and where parts depend on it, the answer with which everything is there that was reported."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reportfill.model.fields import Field
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.pack.pack import Pack


class AnswersRolledUp(NamedTuple):
    """The answers by path, and the fields of which they differ too much for one."""

    values: dict[str, Any]
    differing: list[Field]


def answered(pack: Pack) -> list[Field]:
    """The fields whose values are answers; those on which others depend are, whatever they hold."""
    asked = {condition.path for conditions in pack.conditional.values() for condition in conditions}
    return [
        field
        for path, field in pack.fields.items()
        if path not in (AGENCY, CODE, YEAR) and not field.rows and not field.kind.is_number
        if path in asked or not (field.kind.is_text or field.kind.is_laid)
    ]


def answers_rolled_up(
    pack: Pack, given: Mapping[str, Sequence[Any]], reported: Container[str]
) -> AnswersRolledUp:
    """One answer of those that are given, by path; `reported` are the fields of which anything was."""
    values: dict[str, Any] = {}
    differing: list[Field] = []
    for path, answers in given.items():
        several = list(_each_once(answers))
        fitting = (
            several if len(several) == 1 else [one for one in several if _fits(pack, path, one, reported)]
        )
        if len(fitting) == 1:
            values[path] = fitting[0]
        elif several:
            differing.append(pack.fields[path])
    return AnswersRolledUp(values, differing)


def _each_once(answers: Sequence[Any]) -> Iterator[Any]:
    seen: list[Any] = []
    for answer in answers:
        if answer not in seen:
            seen.append(answer)
            yield answer


def _fits(pack: Pack, path: str, answer: Any, reported: Container[str]) -> bool:
    """Whether everything that was reported is there with this answer."""
    asking = (
        condition
        for other, conditions in pack.conditional.items()
        if other in reported
        for condition in conditions
        if condition.path == path
    )
    return all(condition.holds(answer) for condition in asking)
