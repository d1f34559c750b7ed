"""What a submission knows of its pack: which one it is, its fields, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from reportfill.decimals import Number
from reportfill.model.conditions import FieldCondition
from reportfill.model.fields import Field, Group, RowGroup
from reportfill.model.row_paths import Rows

AGENCY, CODE, YEAR = "agency.name", "agency.code", "year"
"""The fields by which every pack says whose report it is; the code is optional."""

LAST_YEAR = "last"
"""What tags call the report of the year before: {{ last.visits.total }}. No field of a report is called so."""


@dataclass(frozen=True, slots=True)
class PrintedHeadings:
    """`own` are the headings right before each part by its path, from the outermost to that of the part itself; `all`
    are those that the report prints anywhere. `before` are groups of words that people put before one or leave out of
    it: one of each group, in their order, or none."""

    own: Mapping[str, tuple[str, ...]]
    all: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()


class ReportModel(Protocol):
    """One prescribed report, whatever files prescribe it; a pack is one."""

    @property
    def id(self) -> str:
        """Its id, such as annual-report-2021."""

    @property
    def version(self) -> str:
        """Its version, such as 1.0.0."""

    @property
    def fields(self) -> Mapping[str, Field]:
        """Its fields by path, in reading order."""

    @property
    def printed_headings(self) -> PrintedHeadings:
        """The headings that the report prints by itself."""

    def __hash__(self) -> int:
        """That of the one value that it is."""

    @property
    def parts(self) -> Mapping[str, Field | Group]:
        """Its fields and the groups of them by path."""

    @property
    def conditional(self) -> Mapping[str, tuple[FieldCondition, ...]]:
        """The fields that are there under conditions only, by path."""

    @property
    def rows(self) -> Mapping[str, RowGroup]:
        """Its rows by path, outer ones before those within them."""

    @property
    def narrative(self) -> tuple[Field, ...]:
        """The fields that hold paragraphs, in reading order."""

    def label(self, path: str) -> str:
        """What people call a field or a group, of a value its field; the path itself of what is neither."""

    def is_derived(self, path: str) -> bool:
        """Whether a figure follows from others and need not be typed."""

    def derive(self, values: Mapping[str, Any], rows: Rows) -> dict[str, Number]:
        """The derived figures that are missing and that the other values give, in these rows too."""

    def report_name(self, data: Mapping[str, Any]) -> str:
        """The name of the report that data makes, without suffix."""
