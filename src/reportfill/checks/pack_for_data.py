"""The pack by which data are read: the one that they name, else the year tells."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportfill.checks.named_pack import named_pack, usable_pack
from reportfill.errors import PackError
from reportfill.finding import Finding, finding
from reportfill.model.chinese.numerals import OF_YEARS
from reportfill.model.data_values import SCHEMA_OF_DATA, Repeated
from reportfill.model.figures import value_at, with_values
from reportfill.model.kinds.typed_numbers import typed_number
from reportfill.model.report_model import YEAR
from reportfill.model.requirements import requirement, value_in_words
from reportfill.model.submission import Submission
from reportfill.model.visible import is_blank
from reportfill.pack.discovery import choice_for_year
from reportfill.pack.pack import SCHEMA_IDS, Pack
from reportfill.pack.series import Choice, UndecidedPackError
from reportfill.plain_files import LARGEST, read_file, shortened
from reportfill.text import Text

_THE_YEAR = Text("报告年度（year）", "the year")
_NO_YEAR = 0


def year_of(data: Mapping[str, Any]) -> int | None:
    """The reporting year that data state, a whole number however it is written; None where they state none."""
    year = data.get(YEAR)
    number = (
        typed_number(str(year), OF_YEARS)
        if isinstance(year, str | int | float | Decimal) and year is not True
        else None
    )
    return number if isinstance(number, int) else None


def submission_of_data(
    data: Mapping[str, Any],
    pack: Pack | None = None,
    like: Pack | None = None,
    digest: str = "",
    folder: Path | None = None,
) -> Submission:
    """The submission that data make, read by the pack whose schema they name, or that serves their year, where no other
    is given; of no pack where there is none, which is among its findings. Files that they name are read from the
    folder."""
    found, said = (pack, None) if pack is not None else _pack_for(data, like)
    about = (said,) if said else ()
    if found is None:
        return Submission(None, {}, {}, about, digest)
    named = {} if folder is None else _named_files(found, data, folder)
    return Submission.from_data(
        found, with_values(data, named) if named else data, findings=about, digest=digest
    )


def _named_files(pack: Pack, data: Mapping[str, Any], folder: Path) -> dict[str, bytes]:
    """The files in a folder that data name where something is to be laid on a cell, by path; one that is too large
    comes cut, so that its size is told. What is not there, or lies elsewhere, is left as it is named."""
    found: dict[str, bytes] = {}
    for path, field in pack.fields.items():
        name = value_at(data, path) if field.kind.is_laid else None
        if isinstance(name, str) and "." in name and "\0" not in name:
            with suppress(OSError, ValueError):
                place = (folder / name).resolve()
                if place.is_relative_to(folder.resolve()):
                    found[path] = read_file(place, LARGEST)
    return found


def _pack_for(data: Mapping[str, Any], like: Pack | None = None) -> tuple[Pack | None, Finding | None]:
    """The pack that data name, or that serves the year which they state, and what there is to say of it, or why there
    is none. `like` is that of a report with which they are to be compared: it is taken, or one of its series."""
    schema = data.get(SCHEMA_OF_DATA)
    if isinstance(schema, str) and schema.startswith(SCHEMA_IDS):
        return named_pack(schema.removeprefix(SCHEMA_IDS))
    said, year = data.get(YEAR), year_of(data)
    if isinstance(said, Repeated):
        value = "、".join(map(str, said.values))[:60]
        return None, finding("schema.twice", field=YEAR, value=value, label=_THE_YEAR)
    if said is None or (isinstance(said, str) and is_blank(said)):
        return None, finding("schema.missing", field=YEAR, label=_THE_YEAR)
    if isinstance(said, bool) or not isinstance(said, int | float | Decimal | str):
        problem, now = requirement("type", "integer", {}), value_in_words(said)
        return None, finding(
            "schema.type", field=YEAR, label=_THE_YEAR, expected=problem, problem=problem, now=now
        )
    if like is not None and year is not None and like.manifest.serves(year):
        return like, None
    try:
        choice = choice_for_year(_NO_YEAR if year is None else year, like.manifest.series if like else "")
    except UndecidedPackError:
        raise
    except PackError:
        return None, finding("schema.no_pack_for_year", field=YEAR, value=shortened(str(said)))
    pack, trouble = usable_pack(choice.pack.folder)
    return pack, trouble or (None if like else _said_of(choice, year))


def _said_of(choice: Choice, year: int | None) -> Finding | None:
    """Which pack was taken, where others serve the year as well."""
    if not choice.others:
        return None
    others = [other.manifest.id for other in choice.others]
    return finding(
        "schema.pack_chosen",
        value=choice.pack.manifest.id,
        year=year,
        others=Text("、".join(others), ", ".join(others)),
    )
