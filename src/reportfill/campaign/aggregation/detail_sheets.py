"""How the table of who adds what is divided for people: a sheet a table of the form, with short heads in groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportfill.campaign.aggregation.added_up import summed_paths
from reportfill.model.fields import Field
from reportfill.pack.pack import Pack

MOST_COLUMNS = 36
"""Figures that stand beside each other on a page of A3 and can still be read."""

_LEVELS = 3
_LONGEST_HEAD = 12
_EXPLANATION = re.compile(r"（[^（）]*）$")

Head = tuple[str, ...]
"""The labels of a column from the top down."""


@dataclass(frozen=True, slots=True)
class DetailSheet:
    """A sheet: its title, the paths of its figures, and the head of each."""

    title: str
    paths: tuple[str, ...]
    heads: tuple[Head, ...]


def detail_sheets(pack: Pack) -> list[DetailSheet]:
    """The sheets in the order of the form. A table with more figures than can be read in a line shows the totals of its
    rows, where it has any, and behind that everything in several sheets."""
    figures = [pack.fields[path] for path in summed_paths(pack)]
    sheets = []
    for table, own in groupby(figures, lambda field: _table(pack, field)):
        fields = list(own)
        if len(fields) <= MOST_COLUMNS:
            sheets.append(_sheet(table, fields, lambda field: field.titles[1:] or field.titles))
            continue
        totals = [field for field in fields if _is_total(pack, field)]
        if 0 < len(totals) <= MOST_COLUMNS:
            sheets.append(_sheet(table, totals, lambda field: field.titles[1:-1] or field.titles))
        typed = [field for field in fields if field.path not in pack.rules.derived]
        for number, page in enumerate(_pages(typed), 1):
            sheets.append(
                _sheet(f"{table}（{number}）", page, lambda field: field.titles[1:] or field.titles)
            )
    return sheets


def _table(pack: Pack, field: Field) -> str:
    cells = pack.form.inputs.get(field.path)
    return cells[0].sheet if cells else field.section


def _is_total(pack: Pack, field: Field) -> bool:
    """Whether a figure is the sum of those beside it in its row."""
    rule = pack.rules.derived.get(field.path)
    row = field.path.rpartition(".")[0]
    return rule is not None and all(term.path.rpartition(".")[0] == row for term in rule.right)


def _pages(fields: Sequence[Field]) -> list[list[Field]]:
    """The figures in pages that are not too wide; a row of the form stays together."""
    pages: list[list[Field]] = [[]]
    for _, row in groupby(fields, lambda field: field.path.rpartition(".")[0]):
        own = list(row)
        if pages[-1] and len(pages[-1]) + len(own) > MOST_COLUMNS:
            pages.append([])
        pages[-1] += own
    return pages


def _sheet(title: str, fields: Sequence[Field], titles: Callable[[Field], Sequence[str]]) -> DetailSheet:
    heads = [_head(titles(field)) for field in fields]
    return DetailSheet(title[:31], tuple(field.path for field in fields), tuple(heads))


def _head(titles: Sequence[str]) -> Head:
    """Short labels in few levels: those that are too many share the uppermost."""
    short = [_short(title) for title in titles]
    too_many = len(short) - _LEVELS
    return ("".join(short[: too_many + 1]), *short[too_many + 1 :]) if too_many > 0 else tuple(short)


def _short(title: str) -> str:
    """A label without the explanation at its end where it is long."""
    return title if len(title) <= _LONGEST_HEAD else _EXPLANATION.sub("", title) or title
