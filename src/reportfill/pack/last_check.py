"""Whether what pack.toml says of the packs of earlier years fits this pack and those."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reportfill.errors import PackError
from reportfill.model.fields import Fields, fields_of
from reportfill.pack.discovery import MANIFEST, find_pack_of_id
from reportfill.pack.manifest import Manifest
from reportfill.pack.pack import SCHEMA, read_parts
from reportfill.pack.problems import PackProblem
from reportfill.pack.schema import read_schema, resolved


def last_problems(manifest: Manifest, fields: Fields) -> Iterator[PackProblem]:
    """Figures that this pack has not, or that the pack of the earlier year has not, where that one can be found."""
    own = _figures(fields)
    for former, named in manifest.last.items():
        place = f"{MANIFEST} last.{former}"
        try:
            theirs = _figures(fields_of(resolved(read_schema(read_parts(find_pack_of_id(former))[SCHEMA]))))
        except PackError as error:
            yield PackProblem(
                place,
                f"it cannot be looked at: {error.english}",
                f"无法核对：{error.chinese}",
                is_usable=True,
            )
            theirs = None
        for path, there in named.items():
            below = [figure for figure in own if f"{figure}.".startswith(f"{path}.")]
            if not below:
                yield PackProblem(
                    f"{place}.{path}",
                    "this pack has no such figure or group of figures",
                    "本模板包没有这项数据",
                )
            elif there and theirs is not None:
                yield from _lacking(
                    f"{place}.{path}", former, [there + one[len(path) :] for one in below], theirs
                )


def _lacking(place: str, former: str, figures: list[str], theirs: Collection[str]) -> Iterator[PackProblem]:
    """The first of the figures that the pack of the earlier year does not have."""
    for figure in figures:
        if figure not in theirs:
            yield PackProblem(place, f"{former} has no figure {figure}", f"模板包{former}没有数据{figure}")
            return


def _figures(fields: Fields) -> list[str]:
    return [path for path, field in fields.items() if field.kind.is_number]
