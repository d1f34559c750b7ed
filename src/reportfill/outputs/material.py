"""What outputs are made of that need the data of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportfill.model.submission import Submission
from reportfill.outputs.publication import UNKNOWN, Publication


@dataclass(frozen=True, slots=True)
class Material:
    """A report as data and as it was printed: a .docx. `last` is the same agency's report of the year before, where
    that is known; a draft may have errors; `publication` says of the website what is known."""

    submission: Submission
    report: bytes
    last: Submission | Mapping[str, Any] | None = None
    is_draft: bool = False
    publication: Publication = UNKNOWN
