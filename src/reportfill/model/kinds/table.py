"""The table of all kinds, by their types in JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.model.kinds.amount import Amount
from reportfill.model.kinds.count import Count
from reportfill.model.kinds.kind import Kind
from reportfill.model.kinds.paragraphs import Paragraphs
from reportfill.model.kinds.text import PlainText

KINDS: Mapping[str, Kind] = {kind.type: kind for kind in (Count(), Amount(), PlainText(), Paragraphs())}
