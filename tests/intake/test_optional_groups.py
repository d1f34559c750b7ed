"""Groups that may be left out, or in which nothing has to be filled in: nobody is asked for what is not due."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pack.small_pack import DATA, small_pack

from reportfill import Pack, Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.trials.trial import all_problems

TEXT = {"title": "Remark", "type": "string"}
COUNT = {"title": "Number", "type": "integer", "minimum": 0}
ROWS = {
    "title": "Places",
    "type": "array",
    "minItems": 1,
    "maxItems": 3,
    "items": {
        "type": "object",
        "required": ["name", "more"],
        "properties": {
            "name": {"title": "Place", "type": "string"},
            "number": COUNT,
            "more": {"title": "More", "type": "object", "properties": {"remark": TEXT}},
        },
    },
}
TRIP = {
    "title": "Trip",
    "type": "object",
    "required": ["places", "all", "days"],
    "balances": [
        {"id": "all", "title": "All", "left": ["/all"], "right": ["/places/*/number"]},
        {"id": "days", "title": "Days", "left": ["/days"], "right": ["/near", "/far"]},
    ],
    "properties": {"why": TEXT, "places": ROWS, "all": COUNT, "near": COUNT, "far": COUNT, "days": COUNT},
}
NOTES = {"title": "Notes", "type": "object", "properties": {"remark": TEXT, "number": COUNT}}
CELLS = ("notes.remark", "notes.number", "trip.why", "trip.near", "trip.far", "trip.days", "trip.all")
OF_ROWS = ("name", "number", "more.remark")
LINES = tuple(f"{path}: {{{{ {path} }}}}." for path in CELLS)
ROWS_OF_REPORT = (
    "{%p for place in trip.places %}",
    "{{ place.name }}, {{ place.number }}, {{ place.more.remark }}",
    "{%p endfor %}",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pack with notes that every report has, and with a trip that it may lack."""

    def schema(described: dict[str, Any]) -> None:
        described["properties"] |= {"notes": NOTES, "trip": TRIP}
        described["required"].append("notes")

    def intake(book: Any) -> None:
        for path in CELLS:
            book["Form"].append([path, f"{{{{ {path} }}}}"])
        book["Form"].append(["Place", "Number of it", "Remark on it"])
        book["Form"].append([f"{{{{ trip.places.{key} }}}}" for key in OF_ROWS])

    def report(document: Any) -> None:
        for line in (*LINES, *ROWS_OF_REPORT):
            document.add_paragraph(line)

    return small_pack(tmp_path / "groups", schema=schema, intake=intake, report=report)


@pytest.fixture
def pack(folder: Path) -> Pack:
    """That pack, loaded."""
    return load_pack(folder)


def blank(pack: Pack, typed: dict[str, Any]) -> Submission:
    """What the workbook says in which only that was typed besides what every report has; Excel worked out its sums."""
    book = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="Office A", data=DATA)))
    for path, value in ({"trip.all": 0, "trip.days": 0} | typed).items():
        cell = pack.form.inputs[path][0]
        book[cell.sheet][cell.address] = value
    saved = BytesIO()
    book.save(saved)
    return read_workbook(saved.getvalue(), pack)


def told(submission: Submission) -> list[tuple[str, str]]:
    """The codes and fields of what is no note."""
    return [(found.code, found.field) for found in check(submission) if found.severity.value != "note"]


def test_the_pack_is_sound(folder: Path) -> None:
    assert all_problems(folder) == []


def test_a_trip_that_is_left_out_is_not_asked_for(pack: Pack) -> None:
    for submission in (blank(pack, {}), Submission.from_data(pack, DATA)):
        assert told(submission) == []
        assert not any(value for path, value in submission.values.items() if path.startswith("trip"))
        assert render(submission)


def test_of_a_trip_that_is_begun_all_is_asked_for_that_is_due(pack: Pack) -> None:
    assert told(blank(pack, {"trip.why": "To look."})) == [("schema.missing", "trip.places")]
    assert told(Submission.from_data(pack, DATA | {"trip": {"why": "To look."}})) == [
        ("schema.missing", "trip.places")
    ]


def test_a_sum_that_is_due_is_0_where_its_parts_may_lack_and_do(pack: Pack) -> None:
    trip = {"places": [{"name": "Here", "more": {}}]}
    submission = Submission.from_data(pack, DATA | {"trip": trip})
    assert told(submission) == []
    assert (submission.values["trip.days"], submission.values["trip.all"]) == (0, 0)
    assert render(submission)


def test_a_group_in_which_nothing_is_due_may_be_blank_also_in_rows(pack: Pack) -> None:
    submission = blank(pack, {"trip.places.name": "Here"})
    assert told(submission) == []
    assert render(submission)


def test_a_choice_below_a_full_block_of_paragraphs_is_none_of_them(tmp_path: Path) -> None:
    kinds = {"title": "Kind", "type": "string", "enum": ["Small", "Large"]}
    made = small_pack(
        tmp_path / "full",
        schema=lambda described: described["properties"].update(kind=kinds),
        intake=lambda book: book["Form"].append(["Kind", "{{ kind }}"]),
        report=lambda document: document.add_paragraph("{{ kind }}"),
    )
    pack = load_pack(made)
    workbook = new_workbook(pack, year=2025, agency="Office A", data=DATA | {"kind": "Small"})
    assert told(read_workbook(workbook, pack)) == []
