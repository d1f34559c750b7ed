"""Whatever rows data have, the workbook that is made of them says the same when it is read, and so does the report."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from pack.nested_row_pack import DATA as NESTED
from pack.nested_row_pack import nested_row_pack
from pack.row_pack import DATA, row_pack

from reportfill import Pack, check, load_pack, new_workbook, read_workbook, render
from reportfill.model.submission import Submission

WORDS = st.text(st.sampled_from("甲乙丙丁abc12=-'\"&<>（）、"), min_size=1, max_size=12).filter(
    lambda words: words.strip() == words and words not in ("'",)
)
COUNTS = st.integers(0, 10**6)


@st.composite
def unit(draw: st.DrawFn) -> dict[str, Any]:
    """A row: what must be there, and perhaps the rest."""
    made: dict[str, Any] = {"name": draw(WORDS), "permits": draw(COUNTS), "fines": draw(COUNTS)}
    optional: dict[str, st.SearchStrategy[Any]] = {
        "number": st.integers(-99, 99),
        "kind": st.sampled_from(["office", "body"]),
        "signed": st.dates().map(str).filter(lambda day: "1905" < day < "9999"),
    }
    for key, values in optional.items():
        if draw(st.booleans()):
            made[key] = draw(values)
    return made


@st.composite
def nested(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Classes of items with links, no two that follow each other the same."""
    links = st.lists(st.fixed_dictionaries({"url": WORDS}, optional={"title": WORDS}), max_size=3)
    items = st.lists(
        st.fixed_dictionaries({"name": WORDS, "links": links}, optional={"number": COUNTS}),
        min_size=1,
        max_size=3,
        unique_by=lambda item: item["name"],
    )
    return draw(
        st.lists(
            st.fixed_dictionaries({"name": WORDS, "items": items}),
            min_size=1,
            max_size=3,
            unique_by=lambda one: one["name"],
        )
    )


@cache
def pack_by(make: Callable[[Path], Path]) -> Pack:
    """The pack that this makes; no fixture, of which hypothesis would write down all that it holds."""
    with TemporaryDirectory() as folder:
        return load_pack(make(Path(folder) / "pack"))


@settings(max_examples=25, deadline=None)
@given(units=st.lists(unit(), min_size=1, max_size=6))
def test_rows_come_back_from_the_workbook(units: list[dict[str, Any]]) -> None:
    pack = pack_by(row_pack)
    submission = Submission.from_data(pack, DATA | {"units": units})
    again = read_workbook(new_workbook(pack, year=2025, agency="甲市", data=submission.data), pack)
    assert again.exact_data["units"] == submission.exact_data["units"]
    assert again.data["sums"]["total"] == sum(one["permits"] + one["fines"] for one in units)
    errors = {found.code for found in check(again) if found.severity.value == "error"}
    assert errors <= {"rows.twice", "day.too_early", "balance.doubtful"}
    table = docx.Document(BytesIO(render(again))).tables[0]
    assert [row.cells[1].text for row in table.rows[1:-1]] == [str(one["permits"]) for one in units]


@settings(max_examples=15, deadline=None)
@given(classes=nested())
def test_rows_within_rows_come_back_from_the_workbook(classes: list[dict[str, Any]]) -> None:
    nested_pack = pack_by(nested_row_pack)
    submission = Submission.from_data(nested_pack, NESTED | {"classes": classes})
    again = read_workbook(
        new_workbook(nested_pack, year=2025, agency="甲校", data=submission.data), nested_pack
    )
    assert again.exact_data["classes"] == submission.exact_data["classes"]
    assert again.values["total"] == submission.values["total"]
