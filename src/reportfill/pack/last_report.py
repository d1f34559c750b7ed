"""Last year's report in the fields of this year's pack: where it was made with another one, keys that are the same mean
the same, unless pack.toml says otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any, TypeVar

from reportfill.decimals import Number
from reportfill.model.figures import with_values
from reportfill.model.last_year import figures_known
from reportfill.model.row_paths import field_path
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack

_Value = TypeVar("_Value")


def last_figures(pack: Pack, last: Submission | Mapping[str, Any] | None) -> Mapping[str, Number] | None:
    """The figures of last year's report by this pack's paths, given as a submission or as data; None where it is not
    known."""
    known = figures_known(last)
    if known is None or not isinstance(last, Submission) or last.pack is None:
        return known
    return figures_as_in(pack, last.pack.id, known)


def last_data(pack: Pack, last: Submission) -> Mapping[str, Any]:
    """The data of last year's report; of one that was made with another pack the figures that this pack has, too."""
    if last.pack is None or last.pack.id == pack.id:
        return last.exact_data
    return data_as_in(pack, last.pack.id, last.values)


def figures_as_in(pack: Pack, former: str, figures: Mapping[str, Number]) -> Mapping[str, Number]:
    """The figures of a report that was made with the pack of the id `former`, by this pack's paths."""
    return figures if former == pack.id else _as_in(pack, former, figures)


def data_as_in(pack: Pack, former: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What this pack needs of a report by path that was made with the pack of the id `former`, as nested data: all of
    it where that is the same, else its figures, and of rows what is prefilled from them."""
    return with_values({}, values if former == pack.id else _as_in(pack, former, values))


def _as_in(pack: Pack, former: str, values: Mapping[str, _Value]) -> dict[str, _Value]:
    counterparts = _counterparts(pack, former)
    return {
        _in_same_rows(path, there): value
        for there, value in values.items()
        for path in counterparts.get(field_path(there), ())
    }


def _in_same_rows(path: str, there: str) -> str:
    """The path of a field, with the numbers of the rows in which the other one is."""
    if "[" not in there:
        return path
    keys = zip_longest(path.split("."), there.split("."), fillvalue="")
    return ".".join(f"{key}{other[len(other.partition('[')[0]) :]}" for key, other in keys if key)


@lru_cache(maxsize=16)
def _counterparts(pack: Pack, former: str) -> Mapping[str, Sequence[str]]:
    """The paths of the former pack's figures, and of what is prefilled of its rows, each with the paths in this one."""
    named = pack.manifest.last.get(former, {})
    found: defaultdict[str, list[str]] = defaultdict(list)
    prefilled = {path for group in pack.rows.values() for path in group.prefilled}
    for path, field in pack.fields.items():
        if field.kind.is_number or path in prefilled:
            found[_counterpart(path, named)].append(path)
    found.pop("", None)
    return found


def _counterpart(path: str, named: Mapping[str, str]) -> str:
    """The path in the former pack: as it is named itself, or the nearest group that holds it, else the same; empty
    where nothing there means the same."""
    holder = path
    while holder and holder not in named:
        holder = holder.rpartition(".")[0]
    if not holder:
        return path
    return named[holder] and named[holder] + path.removeprefix(holder)
