"""The figures of the year before, as a report's template sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reportfill.decimals import Number
from reportfill.model.figures import figures_of, with_values
from reportfill.model.kinds.blank_figure import BLANK_FIGURE
from reportfill.model.submission import Submission


class YearBefore(dict[str, Any]):
    """Last year's figures at some paths, nested; those that are not known are blank. It is false in a condition where
    last year is not known at all."""

    def __init__(self, paths: Iterable[str], known: Mapping[str, Number] | None) -> None:
        super().__init__(with_values({}, {path: (known or {}).get(path, BLANK_FIGURE) for path in paths}))
        self._is_known = known is not None

    def __bool__(self) -> bool:
        return self._is_known


def figures_known(last: Submission | Mapping[str, Any] | None) -> Mapping[str, Number] | None:
    """The figures of last year's report, given as a submission or as data; None where it is not known."""
    if last is None:
        return None
    return last.figures if isinstance(last, Submission) else figures_of(last)
