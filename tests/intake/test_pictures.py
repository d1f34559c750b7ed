"""Pictures on the cells of a workbook, and in data: each is read for its field, or named."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from excel import typed
from ooxml_judges import ooxml_problems
from openpyxl import Workbook
from pack.small_pack import DATA, small_pack
from pictures import anchored, embedded_by_wps, held_by_excel, photo, png, with_pictures

from reportfill import Pack, Submission, check, load_pack, new_workbook, read_workbook
from reportfill.intake.data import read_data
from reportfill.intake.missing_inputs import missing_inputs
from reportfill.office.pictures import inspected_picture
from reportfill.office.workbook.cell_edits import Formula
from reportfill.processing import Artefact, Job, process
from reportfill.trials.trial import all_problems

SEAL, VIEW = "B8", "B9"


def add_fields(described: dict[str, Any]) -> None:
    described["properties"] |= {
        "seal": {"title": "公章", "type": "string", "format": "picture"},
        "view": {"title": "照片", "type": "string", "format": "picture"},
    }
    described["required"].append("seal")


def add_cells(book: Workbook) -> None:
    sheet = book["Form"]
    for title, path in (("公章", "seal"), ("照片", "view")):
        sheet.append((title, f"{{{{ {path} }}}}"))
    sheet.column_dimensions["B"].width = 30
    sheet.row_dimensions[8].height = sheet.row_dimensions[9].height = 100


def add_frames(document: Any) -> None:
    for tag in ("{{ picture: seal }}", "{{ 图片：view }}"):
        document.add_picture(BytesIO(png()))
        [*document.element.body.iter("{*}docPr")][-1].set("descr", tag)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    folder = small_pack(tmp_path / "small", schema=add_fields, intake=add_cells, report=add_frames)
    assert all_problems(folder) == []
    return load_pack(folder)


@pytest.fixture
def blank(pack: Pack) -> bytes:
    return new_workbook(pack, agency="Office A", year=2025, data=DATA)


def codes(submission: Submission) -> list[tuple[str, str]]:
    return [(found.code, found.cell) for found in check(submission)]


@pytest.mark.parametrize(
    "laid",
    [
        lambda blank: with_pictures(blank, "Form", [(SEAL, png())]),
        lambda blank: embedded_by_wps(blank, "Form", SEAL, png()),
        lambda blank: held_by_excel(blank, SEAL, png()),
        lambda blank: anchored(
            with_pictures(blank, "Form", [(SEAL, png())]),
            "<twoCellAnchor><from><col>1</col><colOff>0</colOff><row>7</row><rowOff>9525</rowOff></from><to><col>1</col>"
            "<colOff>99000</colOff><row>8</row><rowOff>100</rowOff></to>",
        ),
        lambda blank: anchored(
            with_pictures(blank, "Form", [(SEAL, png())]),
            "<twoCellAnchor><from><col>0</col><colOff>590000</colOff><row>6</row><rowOff>180000</rowOff></from><to>"
            "<col>1</col><colOff>900000</colOff><row>7</row><rowOff>900000</rowOff></to>",
        ),
        lambda blank: anchored(
            with_pictures(blank, "Form", [(SEAL, png())]),
            '<absoluteAnchor><pos x="700000" y="2000000"/><ext cx="285750" cy="190500"/>',
        ),
    ],
    ids=["one cell", "WPS", "Excel", "two cells", "beginning beside it", "absolute"],
)
def test_a_picture_is_read_for_the_cell_on_which_it_lies(
    laid: Callable[[bytes], bytes], pack: Pack, blank: bytes
) -> None:
    submission = read_workbook(laid(blank), pack)
    assert codes(submission) == []
    assert submission.values["seal"] == inspected_picture(png())
    assert "view" not in submission.values


def test_a_picture_of_an_ods_is_read_as_well(
    pack: Pack, blank: bytes, tmp_path: Path, convert: Callable[[Path, str], Path]
) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(with_pictures(blank, "Form", [(SEAL, png(60, 40)), (VIEW, png(40, 60))]))
    submission = read_workbook(convert(source, "ods"), pack)
    seal, view = submission.values["seal"], submission.values["view"]
    assert [(one.width, one.height) for one in (seal, view)] == [(60, 40), (40, 60)]


def test_a_marked_copy_has_the_pictures_also_of_another_format(
    pack: Pack, blank: bytes, tmp_path: Path, convert: Callable[[Path, str], Path]
) -> None:
    faulty = typed(with_pictures(blank, "Form", [(SEAL, png()), (VIEW, photo())]), {"Form!B3": -1})
    (tmp_path / "form.xlsx").write_bytes(faulty)
    for content in (faulty, convert(tmp_path / "form.xlsx", "ods").read_bytes()):
        marked = process(content, Job(pack)).artefacts[Artefact.MARKED]
        (tmp_path / "marked.xlsx").write_bytes(marked)
        assert ooxml_problems(tmp_path / "marked.xlsx") == []
        again = read_workbook(marked, pack).values
        assert [(again[path].width, again[path].height) for path in ("seal", "view")] == [(30, 20), (60, 40)]


@pytest.mark.parametrize("seal", [png(60, 40), photo(), photo(6), png(orientation=3)])
@pytest.mark.parametrize("told", ["as read", "base64"])
def test_a_workbook_that_is_made_of_data_has_its_pictures_and_they_come_back(
    pack: Pack, tmp_path: Path, seal: bytes, told: str
) -> None:
    picture, view = inspected_picture(seal), inspected_picture(png(40, 60))
    values = (picture, view) if told == "as read" else map(base64.b64encode, (seal, view.file_content))
    given = dict(
        zip(
            ("seal", "view"), (one.decode() if isinstance(one, bytes) else one for one in values), strict=True
        )
    )
    made = new_workbook(pack, agency="Office A", year=2025, data=DATA | given)
    assert made == new_workbook(pack, agency="Office A", year=2025, data=DATA | given)
    (tmp_path / "made.xlsx").write_bytes(made)
    assert ooxml_problems(tmp_path / "made.xlsx") == []
    submission = read_workbook(made, pack)
    assert codes(submission) == []
    again = submission.values["seal"]
    assert (again, again.content, again.orientation) == (picture, picture.content, picture.orientation)
    assert submission.values["view"] == view


@pytest.mark.parametrize(
    ("laid", "code"),
    [
        ([], "picture.missing"),
        ([("F20", png())], "picture.missing"),
        ([(SEAL, png()), (SEAL, photo())], "picture.several"),
    ],
)
def test_none_and_several_are_named_with_the_cell(
    laid: list[tuple[str, bytes]], code: str, pack: Pack, blank: bytes
) -> None:
    submission = read_workbook(with_pictures(blank, "Form", laid), pack)
    assert codes(submission) == [(code, f"Form!{SEAL}")]


def test_a_picture_that_is_none_and_text_in_its_place_are_named(pack: Pack, blank: bytes) -> None:
    submission = read_workbook(embedded_by_wps(blank, "Form", SEAL, b"GIF89a"), pack)
    assert codes(submission) == [("picture.none", f"Form!{SEAL}")]
    assert "GIF" in submission.findings[0].message.zh
    typed_into = typed(with_pictures(blank, "Form", [(SEAL, png())]), {f"Form!{VIEW}": "见附件"})
    assert codes(read_workbook(typed_into, pack)) == [("picture.none", f"Form!{VIEW}")]


def test_the_cells_of_pictures_are_not_counted_as_open(pack: Pack) -> None:
    """No formula sees whether a picture lies on a cell."""
    counted = missing_inputs(pack, frozenset(), frozenset()).sheets.values()
    cells = [content for writes in counted for content in writes.cells.values()]
    formulas = " ".join(content.formula for content in cells if isinstance(content, Formula))
    assert "'Form'!B1:B4" in formulas
    assert "B8" not in formulas


def given(seal: str) -> bytes:
    return json.dumps(DATA | {"seal": seal}).encode()


@pytest.mark.parametrize("before", ["", "data:image/png;base64,"])
def test_data_hold_a_picture_in_base64(before: str, pack: Pack) -> None:
    submission = read_data(given(before + base64.b64encode(png()).decode()), pack)
    assert codes(submission) == []
    assert submission.values["seal"] == inspected_picture(png())


def test_data_name_a_file_beside_them_and_the_data_of_a_report_its_name(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "seal.png").write_bytes(png())
    processed = process(given("pictures/seal.png"), Job(pack), is_data=True, folder=tmp_path)
    assert processed.findings == ()
    name = processed.submission.data["seal"]
    assert name == inspected_picture(png())
    assert json.loads(json.dumps(processed.submission.data))["seal"] == name
    again = read_data(json.dumps(processed.submission.data).encode(), pack)
    assert codes(again)[0][0] == "picture.not_here"
    assert "seal" not in again.values


@pytest.mark.parametrize("name", ["seal.png", "../seal.png", "/etc/passwd", "a\0.png"])
def test_a_file_that_is_not_there_or_lies_elsewhere_is_not_read(
    name: str, pack: Pack, tmp_path: Path
) -> None:
    (tmp_path / "seal.png").write_bytes(png())
    inner = tmp_path / "inner"
    inner.mkdir()
    processed = process(given(name), Job(pack), is_data=True, folder=inner)
    assert "seal" not in processed.submission.values
    assert not processed.is_sound


@pytest.mark.parametrize("seal", ["@@", 5, True])
def test_what_is_no_picture_in_data_is_named(seal: Any, pack: Pack) -> None:
    submission = read_data(json.dumps(DATA | {"seal": seal}).encode(), pack)
    assert codes(submission)[0][0] == "picture.none"
