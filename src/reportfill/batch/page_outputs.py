"""What was prepared for files, with the outputs that are made of their reports' pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from reportfill.batch.preparing import Prepared
from reportfill.outputs.page_making import PageMaker


def with_pages(pages: PageMaker, every: Iterable[Prepared]) -> Iterator[Prepared]:
    """What was prepared for files, in order, with the outputs of their reports' pages, or why there are none."""
    return pages.in_order(partial(_with_pages, pages), every)


def _with_pages(pages: PageMaker, prepared: Prepared) -> Prepared:
    if not prepared.report:
        return prepared
    outputs, not_made = pages.made_of(prepared.report)
    return replace(prepared, outputs=(*prepared.outputs, *outputs), not_made=(*prepared.not_made, *not_made))
