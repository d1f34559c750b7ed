"""What the blanks of the forms are in a finished pack: kind and whether they have to be filled in, in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from new_pack import word_forms

Truth = tuple[str, bool]

COUNT, AMOUNT, TEXT, PARAGRAPHS = ("count", True), ("amount", True), ("text", True), ("paragraphs", True)
CHOICE, CHOICES, DAY, MONTH, YES_NO = (
    ("choice", True),
    ("choices", True),
    ("date", True),
    ("year-month", True),
    ("yes_no", True),
)


def optional(*truths: Truth) -> list[Truth]:
    """The same, that may be left blank."""
    return [(kind, False) for kind, _ in truths]


class Known(NamedTuple):
    """A form, what its blanks are, and how many sums it proposes."""

    make: Callable[[], bytes]
    blanks: Sequence[Truth]
    sums: int


BODY = [TEXT, CHOICE, COUNT, COUNT]
PERMITS = [*[COUNT] * 7]
PENALTIES = [*[COUNT] * 14, AMOUNT, *[COUNT] * 6]

KNOWN: Mapping[str, Known] = {
    "annual report of 2019": Known(
        word_forms.annual_report_2019,
        [
            PARAGRAPHS,
            *[COUNT] * 21,
            AMOUNT,
            *[COUNT] * 7 * 23,
            *[COUNT] * 15,
            *[PARAGRAPHS] * 2,
        ],
        sums=23 + 6 + 1 + 3,
    ),
    "universities' report": Known(
        word_forms.university,
        [TEXT, TEXT, PARAGRAPHS, PARAGRAPHS, COUNT, COUNT, AMOUNT, AMOUNT, *[PARAGRAPHS] * 4, *[TEXT] * 50],
        sums=0,
    ),
    "law enforcement": Known(
        word_forms.law_enforcement,
        [
            *(TEXT, DAY, COUNT),
            *BODY,
            *optional(PARAGRAPHS),
            *(TEXT, *PERMITS, ("text", False)),
            *PERMITS,
            *(TEXT, *PENALTIES),
            *PENALTIES,
            YES_NO,
            PARAGRAPHS,
            *(TEXT, TEXT, TEXT),
        ],
        sums=1 + 1 + 7 + 21,
    ),
    "summary": Known(
        word_forms.summary,
        [
            *[TEXT] * 1,
            *[COUNT, COUNT, COUNT, AMOUNT, AMOUNT, COUNT, ("text", False)] * 4,
            *[COUNT, COUNT, COUNT, AMOUNT, AMOUNT, COUNT],
            *(TEXT, TEXT, DAY),
        ],
        sums=5 + 5 + 5,
    ),
    "registration": Known(
        word_forms.registration,
        [
            *(TEXT, CHOICE, MONTH, TEXT, TEXT, TEXT, TEXT, DAY, TEXT, TEXT, TEXT, TEXT),
            *(TEXT, TEXT, COUNT, TEXT, TEXT),
            *(PARAGRAPHS, YES_NO, CHOICE, TEXT, DAY),
        ],
        sums=0,
    ),
    "questionnaire": Known(
        word_forms.questionnaire,
        [CHOICE, ("text", False), COUNT, YES_NO, CHOICE, CHOICES, PARAGRAPHS, DAY],
        sums=0,
    ),
    "outline": Known(word_forms.outline, [PARAGRAPHS] * 5, sums=0),
    "assets": Known(word_forms.assets, [*[AMOUNT] * 8, *[COUNT] * 8, *[AMOUNT] * 7], sums=0),
    "application": Known(
        word_forms.application,
        [
            *(TEXT, TEXT, DAY, TEXT, CHOICE, MONTH, MONTH, AMOUNT, TEXT, TEXT, TEXT, PARAGRAPHS),
            *[AMOUNT] * 8,
            *(TEXT, ("text", False), DAY, TEXT, DAY),
        ],
        sums=2,
    ),
    "statistics": Known(
        word_forms.statistics,
        [
            *(TEXT, TEXT, COUNT, AMOUNT, COUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT),
            *(TEXT, TEXT, TEXT, DAY),
        ],
        sums=1,
    ),
    "petitions": Known(word_forms.petitions, [COUNT] * 24, sums=4 + 6),
    "checklist": Known(
        word_forms.checklist,
        [
            *(TEXT, DAY, TEXT, YES_NO, ("text", False), CHOICE, ("text", False), COUNT, ("text", False)),
            *(TEXT, ("text", False)),
        ],
        sums=0,
    ),
    "costs": Known(
        word_forms.costs,
        [TEXT, DAY, TEXT, COUNT, AMOUNT, TEXT, COUNT, AMOUNT],
        sums=2,
    ),
    "one column": Known(
        word_forms.one_column,
        [TEXT, CHOICE, COUNT, TEXT, DAY, DAY, COUNT, TEXT, CHOICE, DAY],
        sums=0,
    ),
    "letter": Known(
        word_forms.letter,
        [*[COUNT] * 6, AMOUNT, COUNT, COUNT, AMOUNT, DAY],
        sums=0,
    ),
    "roster": Known(
        word_forms.roster,
        [
            *(TEXT, DAY, COUNT, TEXT, TEXT, YES_NO, DAY),
            *(TEXT, TEXT, MONTH, DAY, TEXT),
        ],
        sums=0,
    ),
    "quarterly": Known(
        word_forms.quarterly,
        [TEXT, TEXT, DAY, *[COUNT] * 8, *[AMOUNT] * 4, *[AMOUNT] * 3],
        sums=0,
    ),
    "evaluation": Known(
        word_forms.evaluation,
        [
            *(TEXT, TEXT, TEXT, *[AMOUNT] * 7, TEXT, TEXT),
            *(TEXT, TEXT, AMOUNT, TEXT, TEXT, AMOUNT, AMOUNT),
        ],
        sums=3,
    ),
    "tagged": Known(word_forms.tagged, [PARAGRAPHS, COUNT, COUNT, TEXT], sums=0),
}


def kind_in(schema: Mapping[str, Any]) -> str:
    """The kind of a field that a schema describes."""
    if "enum" in schema or "oneOf" in schema:
        return "choice"
    kind: str = schema["type"]
    if kind == "array":
        return "choices" if "uniqueItems" in schema else "paragraphs"
    return schema.get("format") or {
        "integer": "count",
        "number": "amount",
        "boolean": "yes_no",
        "string": "text",
    }.get(kind, kind)
