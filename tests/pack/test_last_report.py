"""Last year's report may have been made with another pack: what is called the same is the same, what is called
otherwise pack.toml says, and what was not there is skipped and said."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from pack.small_pack import DATA, MANIFEST, small_pack

from reportfill import Pack, Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.finding import Finding
from reportfill.model.figures import with_values
from reportfill.pack import discovery
from reportfill.pack.check import pack_problems
from reportfill.pack.last_report import figures_as_in, last_data, last_figures

FOLLOWS = {"id": "sites", "title": "Sites stay", "left": ["/sites"], "right": ["last:/sites"]}
GROWS = {"id": "shops", "title": "Shops stay", "left": ["/shops"], "right": ["last:/shops"]}
FORMER = """
[last.former]
"visits.shops" = "calls.stores"
"""
GIVEN = with_values(DATA, {"visits": {"sites": 1, "shops": 2, "total": 3}})
"""This year's report, whose figures are last year's."""


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which packs are found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(discovery, "user_folder", lambda: tmp_path / "user")
    return tmp_path / "templates"


def ruled(schema: dict[str, Any]) -> None:
    """Two rules across years."""
    schema["properties"]["visits"]["balances"] += [FOLLOWS, GROWS]


def of_stores(schema: dict[str, Any]) -> None:
    """A form that calls shops stores, in a group of their own, and has no visits to sites."""
    visits = schema["properties"].pop("visits")
    stores = visits["properties"]["shops"] | {"title": "Stores"}
    schema["properties"]["calls"] = {
        "type": "object",
        "title": "Calls",
        "required": ["stores"],
        "properties": {"stores": stores},
    }
    schema["required"] = ["agency", "year", "calls", "text"]


def former_pack(templates: Path) -> Pack:
    """The pack that served before."""

    def cells(book: Any) -> None:
        sheet = book.active
        sheet["B3"], sheet["B4"], sheet["B5"] = "{{ calls.stores }}", None, None

    def lines(document: Any) -> None:
        document.paragraphs[-1].text = "{{ calls.stores }}"

    manifest = MANIFEST.replace('"small"', '"former"').replace("first = 2021", "first = 2015\nlast = 2020")
    folder = small_pack(templates / "former", manifest=manifest, schema=of_stores, intake=cells, report=lines)
    return load_pack(folder)


def pack_of_now(templates: Path, said: str = FORMER) -> Pack:
    """The pack of now, with what its pack.toml says of the former one."""
    return load_pack(
        small_pack(
            templates / "small",
            schema=ruled,
            manifest=MANIFEST + said,
            report=lambda document: document.add_paragraph("Before: {{ last.visits.shops }}"),
        )
    )


def of_before(templates: Path, stores: int = 2) -> Submission:
    """Last year's report, made with the former pack."""
    data = {"agency": {"name": "Office A"}, "year": 2020, "calls": {"stores": stores}, "text": ["Done."]}
    return Submission.from_data(former_pack(templates), data)


def about_last(found: list[Finding]) -> list[tuple[str, str, object]]:
    """What findings say across years."""
    return [(f.code, f.field, f.value) for f in found if f.code.startswith("history.")]


def test_a_figure_with_another_key_there_is_followed_and_one_that_was_not_there_is_skipped_and_said(
    templates: Path,
) -> None:
    pack = pack_of_now(templates)
    submission = Submission.from_data(pack, GIVEN)
    found = check(submission, of_before(templates))
    assert about_last(found) == [("history.lacking", "", 1)]
    [lacking] = found
    assert "(Sites)" in lacking.message.en
    assert about_last(check(submission, of_before(templates, stores=5))) == [
        ("history.lacking", "", 1),
        ("history.unequal", "visits.shops", 2),
    ]


def test_without_a_word_in_pack_toml_keys_that_are_the_same_count(templates: Path) -> None:
    pack, last = pack_of_now(templates, said=""), of_before(templates)
    assert last_figures(pack, last) == {"year": 2020}
    assert about_last(check(Submission.from_data(pack, GIVEN), last)) == [("history.lacking", "", 2)]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ('"visits" = "calls"', {}),
        ('"visits.shops" = "calls.stores"\n"year" = ""', {"visits.shops": 2}),
        ('"visits.shops" = "calls.stores"\n"visits" = ""', {"visits.shops": 2}),
    ],
)
def test_a_group_may_be_called_otherwise_and_a_key_may_mean_something_else(
    templates: Path, said: str, known: dict[str, int]
) -> None:
    pack = pack_of_now(templates, said=f"[last.former]\n{said}\n")
    found = last_figures(pack, of_before(templates))
    assert found is not None
    assert {path: figure for path, figure in found.items() if path != "year"} == known


def test_a_new_workbook_and_a_report_have_what_is_called_otherwise(templates: Path) -> None:
    pack, last = pack_of_now(templates), of_before(templates)
    blank = read_workbook(new_workbook(pack, agency="Office A", year=2021, last=last_data(pack, last)), pack)
    assert blank.figures["visits.shops"] == 2
    assert "visits.sites" not in blank.figures
    printed = docx.Document(BytesIO(render(Submission.from_data(pack, GIVEN), last)))
    assert printed.paragraphs[-1].text == "Before: 2"


def test_the_same_pack_hands_on_all_that_it_knows(templates: Path) -> None:
    pack = pack_of_now(templates)
    last = Submission.from_data(pack, deepcopy(GIVEN))
    assert last_data(pack, last) == last.exact_data
    assert check(Submission.from_data(pack, GIVEN), last) == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ('[last.former]\n"visits.shop" = "calls.stores"', "last.former.visits.shop: this pack has no"),
        ('[last.former]\n"visits.shops" = "calls.shops"', "former has no figure calls.shops"),
        ('[last.former]\n"visits" = "calls"', "former has no figure calls.sites"),
        ('[last.former]\n"text" = "text"', "last.former.text: this pack has no"),
        ('[last.gone]\n"visits.shops" = "visits.stores"', "last.gone: it cannot be looked at: no pack"),
        ('[last.former]\n"visits.shops" = 3', "last.former.visits.shops"),
    ],
)
def test_what_fits_neither_pack_is_named(templates: Path, said: str, problem: str) -> None:
    former_pack(templates)
    folder = small_pack(templates / "small", schema=ruled, manifest=MANIFEST + said)
    [found] = pack_problems(folder)
    assert problem in str(found)
    assert found.in_chinese
    assert found.is_usable is ("last.gone" in problem)


def test_rows_go_on_with_their_numbers(templates: Path) -> None:
    def with_units(schema: dict[str, Any]) -> None:
        permits = {"title": "Permits", "type": "integer"}
        unit = {"type": "object", "title": "Unit", "properties": {"permits": permits, "fines": permits}}
        schema["properties"]["units"] = {"type": "array", "title": "Units", "items": unit}

    said = '[last.former]\n"units.fines" = "bodies.penalties"\n'
    pack = load_pack(small_pack(templates / "small", schema=with_units, manifest=MANIFEST + said))
    figures = {"units[1].permits": 3, "bodies[2].penalties": 4, "bodies[2].permits": 5}
    assert figures_as_in(pack, "former", figures) == {"units[1].permits": 3, "units[2].fines": 4}
