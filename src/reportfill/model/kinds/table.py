"""The table of all kinds, and which of them a field is of that a schema describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportfill.model.kinds.amount import Amount
from reportfill.model.kinds.choice import OneChoice
from reportfill.model.kinds.choices import SeveralChoices
from reportfill.model.kinds.count import Count
from reportfill.model.kinds.day import Day
from reportfill.model.kinds.kind import Kind
from reportfill.model.kinds.month import Month
from reportfill.model.kinds.paragraphs import Paragraphs
from reportfill.model.kinds.picture import PictureKind
from reportfill.model.kinds.text import PlainText
from reportfill.model.kinds.web_address import WebAddress
from reportfill.model.kinds.yes_no import YesNo

KINDS: tuple[Kind, ...] = (
    *(OneChoice(), SeveralChoices(), Day(), Month(), PictureKind(), WebAddress(), YesNo()),
    *(Count(), Amount(), PlainText(), Paragraphs()),
)
"""The kinds of values that a field may hold, those of which more is said before those of which less is."""


def kind_of_field(node: Mapping[str, Any]) -> Kind | None:
    """The kind of the field that a schema describes; None where it is none."""
    return next((kind for kind in KINDS if kind.serves(node)), None)
