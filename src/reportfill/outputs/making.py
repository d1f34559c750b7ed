"""Outputs made of the data of a report."""

from __future__ import annotations

from collections.abc import Iterable

from reportfill.outputs.kind import KINDS, Output
from reportfill.outputs.material import Material


def outputs_of_data(material: Material, names: Iterable[str]) -> tuple[Output, ...]:
    """The outputs of some kinds, without those that are made of a report's pages."""
    kinds = (KINDS[name] for name in names)
    return tuple(output for kind in kinds if not kind.is_of_pages for output in kind.outputs(material))
