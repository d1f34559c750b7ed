"""Merged cells of a page go down as far as those of the Word report, also over the rows of loops."""

from __future__ import annotations

from typing import Any

import pytest
from pack.nested_row_pack import DATA, nested_row_pack
from web_pages import body_of, grids_of_page, grids_of_word, words_of, words_of_word

from reportfill import Pack, load_pack, render
from reportfill.model.submission import Submission
from reportfill.outputs.html import html_files
from reportfill.outputs.material import Material
from reportfill.outputs.web_page.merged_cells import with_merged_cells


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A pack with labels beside the rows of loops within loops."""
    return load_pack(nested_row_pack(tmp_path_factory.mktemp("nested") / "pack"))


def material(pack: Pack, data: dict[str, Any]) -> Material:
    """A report of the pack."""
    submission = Submission.from_data(pack, data)
    return Material(submission, render(submission))


ONE_EMPTY = DATA | {"classes": [{"name": "空", "items": []}, DATA["classes"][1]]}


@pytest.mark.parametrize("data", [DATA, ONE_EMPTY, DATA | {"classes": []}], ids=["all", "one empty", "none"])
def test_labels_go_down_as_in_word(pack: Pack, data: dict[str, Any]) -> None:
    made = material(pack, data)
    page = html_files(made)[".html"]
    assert grids_of_page(page) == grids_of_word(made.report)
    assert words_of(page) == words_of_word(made.report)


def test_no_two_elements_have_one_id_and_every_head_is_there(pack: Pack) -> None:
    body = body_of(html_files(material(pack, DATA))[".html"])
    ids = body.xpath(".//@id")
    assert len(ids) == len(set(ids))
    heads = {head.get("id") for head in body.iter("th")}
    assert {one for said in body.xpath(".//@headers") for one in said.split()} <= heads
    assert not body.xpath(".//@data-merge")


def merged(*rows: str) -> list[list[str]]:
    """Tables after merging, a text for each cell with how far it goes down."""
    html = with_merged_cells(
        "<!DOCTYPE html><title>x</title><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    )
    return [
        [f"{cell.text or ''}{cell.get('rowspan', '')}" for cell in row.iterchildren("td", "th")]
        for row in body_of(html.encode()).iter("tr")
    ]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (["<td data-merge=1>a<td>x", "<td data-merge=1><td>y"], [["a2", "x"], ["y"]]),
        (["<td data-merge=1>a<td>x", "<td data-merge=2>b<td>y"], [["a", "x"], ["b", "y"]]),
        (["<td data-merge=1>a", "<td>b", "<td data-merge=1>c"], [["a"], ["b"], ["c"]]),
        (["<td rowspan=2>z<td data-merge=1>a", "<td data-merge=1>b"], [["z2", "a2"], []]),
        (["<td colspan=2>z<td data-merge=1>a", "<td>x<td>y<td data-merge=1>b"], [["z", "a2"], ["x", "y"]]),
        (["<td data-merge=1>a<td data-merge=2>b"] * 3, [["a3", "b3"], [], []]),
        (["<td>x<td data-merge=1>a", "<td data-merge=1>b"], [["x", "a"], ["b"]]),
    ],
)  # fmt: skip
def test_cells_of_one_mark_that_follow_each_other_in_a_column_become_one(
    rows: list[str], wanted: list[list[str]]
) -> None:
    assert merged(*rows) == wanted
