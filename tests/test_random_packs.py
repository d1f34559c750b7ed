"""Whatever fields, groups, rows and conditions a pack has: it passes `pack check`, and sound data go through its
workbook and into its report without a loss and without a finding."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often
from openpyxl import load_workbook
from pack.random_kinds import YEAR
from pack.random_pack import AGENCY, RandomPack, cells_typed, data_of, expected, flat, packs, printed
from web_pages import NO_CHARACTERS, grids_of_page, grids_of_word, words_of, words_of_word
from word import paragraphs_of

from reportfill import Pack, Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.finding import Severity
from reportfill.intake.data import read_data
from reportfill.intake.returning.returned import returned_workbook
from reportfill.outputs.html import html_files
from reportfill.outputs.material import Material
from reportfill.outputs.web_page.page_template import page_source
from reportfill.pack.page_check import page_problems
from reportfill.place import Cell
from reportfill.trials.trial import all_problems


@dataclass(frozen=True)
class Drawn:
    """A pack at random as it is loaded, and data for it with the values that they come to."""

    made: RandomPack
    pack: Pack
    data: dict[str, Any]

    def __repr__(self) -> str:
        return f"{self.made} {self.data}"[:SHOWN]

    @property
    def values(self) -> dict[str, Any]:
        """The values by path that a report has."""
        return expected(self.made, self.data)

    def read(self, workbook: bytes) -> Submission:
        """What a workbook says."""
        return read_workbook(workbook, self.pack)

    def blank(self) -> bytes:
        """The workbook as it is handed out."""
        return new_workbook(self.pack, year=YEAR, agency=AGENCY)


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """A pack with data."""
    made = draw(packs())
    with TemporaryDirectory() as folder:
        pack = load_pack(made.write(Path(folder) / "pack"))
    return Drawn(made, pack, draw(data_of(made)))


# What is drawn is large: a pack with its workbook and its report.
tried = partial(settings, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


SHOWN = 5000
"""So many characters of what was drawn are shown where it fails."""

BY_CHANCE = {"text.repeated", "text.placeholder"}
"""What words at random may be: the same in two parts, or XX."""
LONG_SUM = ("cell.shown_rounded", "total")
"""A cell shows eleven characters of a number: a sum of counts and amounts may have more."""


def told(submission: Submission) -> list[str]:
    """All that there is to say of a submission, but for what words at random happen to be."""
    return [
        str(found)
        for found in check(submission)
        if found.code not in BY_CHANCE and (found.code, found.field.rpartition(".")[2]) != LONG_SUM
    ]


@tried(max_examples=often(40))
@given(made=packs())
def test_the_pack_is_sound(made: RandomPack) -> None:
    with TemporaryDirectory() as folder:
        assert [str(problem) for problem in all_problems(made.write(Path(folder) / "pack"))] == []


@tried(max_examples=often(75))
@given(one=drawn())
def test_a_prefilled_workbook_says_what_the_data_say(one: Drawn) -> None:
    submission = one.read(new_workbook(one.pack, year=YEAR, agency=AGENCY, data=one.data))
    assert flat(one.made.root, submission.exact_data) == one.values
    assert told(submission) == []


@tried(max_examples=often(75))
@given(one=drawn())
def test_what_a_clerk_types_is_what_is_read(one: Drawn) -> None:
    submission = one.read(filled(one))
    assert flat(one.made.root, submission.exact_data) == one.values
    assert told(submission) == []


@tried(max_examples=often(75))
@given(one=drawn())
def test_every_value_stands_in_the_report(one: Drawn) -> None:
    report = render(Submission.from_data(one.pack, one.data))
    lines = [line for line in paragraphs_of(report) if line]
    assert lines == [line for line in printed(one.made, one.values) if line]


@tried(max_examples=often(75))
@given(one=drawn())
def test_the_page_says_what_the_report_says(one: Drawn) -> None:
    submission = Submission.from_data(one.pack, one.data)
    material = Material(submission, render(submission))
    (page,) = html_files(material).values()
    assert words_of(page) == NO_CHARACTERS.sub("\ufffd", words_of_word(material.report))
    assert grids_of_page(page) == grids_of_word(material.report)
    assert list(page_problems(page_source(one.pack).encode(), one.pack.fields)) == []


@tried(max_examples=often(75))
@given(one=drawn())
def test_data_that_are_handed_on_say_the_same(one: Drawn) -> None:
    submission = Submission.from_data(one.pack, one.data)
    assert flat(one.made.root, submission.exact_data) == one.values
    assert told(submission) == []
    handed_on = json.dumps(submission.data, ensure_ascii=False).encode()
    assert flat(one.made.root, read_data(handed_on, one.pack).exact_data) == one.values


@tried(max_examples=often(100))
@given(one=drawn(), data=st.data())
def test_one_slip_is_named_in_its_cell_and_nothing_else_is_lost(one: Drawn, data: st.DataObject) -> None:
    slips = list(slips_in(one))
    if not slips:
        return
    place, path, wrong = data.draw(st.sampled_from(slips))
    workbook = filled(one, {place: wrong})
    submission = one.read(workbook)
    findings = check(submission)
    assert {found.cell for found in findings if found.severity is Severity.ERROR} == {str(place)}
    wanted, read = one.values, flat(one.made.root, submission.exact_data)
    sums = {at for at in wanted if at.rpartition(".")[2].startswith(("total", "all_"))}
    lost = {at for at in wanted if read.get(at) != wanted[at]}
    assert {at for at in lost if without_numbers(at) != path} <= sums
    assert typed_in(returned_workbook(workbook, submission, findings)) >= typed_in(workbook)


def slips_in(one: Drawn) -> Iterator[tuple[Cell, str, Any]]:
    """The cells into which something was typed for which there is a mistake that tells on nothing else."""
    leaves = dict(one.made.root.leaves())
    asking = {condition.path for field in one.pack.fields.values() for condition in field.conditions}
    for path, number, _ in cells_typed(one.made.root, one.data):
        if number == 0 or not leaves[path].is_list or one.pack.fields[path].rows:
            for wrong in leaves[path].wrong if path not in asking else ():
                yield one.pack.form.inputs[path][number], path, wrong


def filled(one: Drawn, instead: Mapping[Cell, Any] = MappingProxyType({})) -> bytes:
    """The workbook with the data typed into it, of some cells something else."""
    book = load_workbook(BytesIO(one.blank()))
    for path, number, content in cells_typed(one.made.root, one.data):
        cell = one.pack.form.inputs[path][number]
        typed = instead.get(cell, content)
        book[cell.sheet][cell.address] = typed
        if isinstance(typed, str):
            book[cell.sheet][cell.address].data_type = "s"  # also where it begins with =
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def typed_in(workbook: bytes) -> set[tuple[str, str, str]]:
    """All that stands in a workbook, but for formulas."""
    book = load_workbook(BytesIO(workbook))
    return {
        (sheet.title, cell.coordinate, str(cell.value))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type != "f"
    }


def without_numbers(path: str) -> str:
    """The path of a field, of that of a value in a row."""
    return re.sub(r"\[[0-9]+\]", "", path)
