"""A workbook begins with what the schema wants of last year's rows."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from campaign.row_campaigns import REPORTING, begun, collected, report_of
from pack.nested_row_pack import DATA as NESTED
from pack.nested_row_pack import nested_row_pack
from pack.row_pack import DATA, row_pack

from reportfill import Pack, Submission, load_pack, new_workbook, read_workbook
from reportfill.intake.prefill import rows_begun
from reportfill.pack.last_report import last_data


def prefilled(root: dict[str, Any]) -> None:
    """Units begin with their names and kinds."""
    root["properties"]["units"]["prefill"] = ["/name", "/kind"]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack whose rows begin with their names and kinds."""
    return load_pack(row_pack(tmp_path / "pack", schema=prefilled))


def test_names_of_last_years_rows_are_there_and_figures_are_not(pack: Pack) -> None:
    book = read_workbook(new_workbook(pack, year=2026, agency="甲市", last=DATA), pack)
    assert book.data["units"] == [{"name": "甲局", "kind": "office"}, {"name": "乙局"}]
    assert book.figures["sums.permits"] == 0


def test_without_the_word_a_workbook_begins_with_no_rows(tmp_path: Path) -> None:
    plain = load_pack(row_pack(tmp_path / "plain"))
    assert read_workbook(new_workbook(plain, year=2026, last=DATA), plain).data["units"] == []


def test_rows_of_this_year_win(pack: Pack) -> None:
    book = read_workbook(new_workbook(pack, year=2026, last=DATA, data={"units": [{"name": "丁局"}]}), pack)
    assert book.data["units"] == [{"name": "丁局"}]


def test_there_is_room_for_more_rows_than_the_form_has(pack: Pack) -> None:
    last = deepcopy(DATA)
    last["units"] = [{"name": f"第{number}局", "permits": 1, "fines": 0} for number in range(9)]
    book = read_workbook(new_workbook(pack, year=2026, last=last), pack)
    assert [row["name"] for row in book.data["units"]] == [row["name"] for row in last["units"]]


def test_rows_within_rows_begin_as_each_of_them_says(tmp_path: Path) -> None:
    nested = load_pack(nested_row_pack(tmp_path / "nested"))
    assert rows_begun(nested, {}, NESTED) == {}
    schema = deepcopy(nested.schema)
    schema["properties"]["classes"]["prefill"] = ["/name"]
    schema["properties"]["classes"]["items"]["properties"]["items"]["prefill"] = ["/name"]
    (tmp_path / "nested" / "schema.json").write_text(_json(schema), "utf-8")
    assert rows_begun(load_pack(tmp_path / "nested"), {}, NESTED) == {
        "classes": [
            {"name": "基本信息", "items": [{"name": "规章"}, {"name": "章程"}]},
            {"name": "招生", "items": [{"name": "章程"}]},
        ]
    }


def _json(schema: Any) -> str:
    import json

    return json.dumps(schema, ensure_ascii=False)


def test_rows_of_another_pack_go_on_where_keys_are_the_same(tmp_path: Path, pack: Pack) -> None:
    folder = row_pack(tmp_path / "former")
    manifest = (folder / "pack.toml").read_text("utf-8")
    (folder / "pack.toml").write_text(manifest.replace('id = "small"', 'id = "former"'), "utf-8")
    last = last_data(pack, Submission.from_data(load_pack(folder), DATA))
    book = read_workbook(new_workbook(pack, year=2026, last=last), pack)
    assert [row["name"] for row in book.data["units"]] == ["甲局", "乙局"]


def test_workbooks_of_a_campaign_begin_with_last_years_rows(tmp_path: Path) -> None:
    folder = row_pack(tmp_path / "pack", schema=prefilled)
    last, campaign = begun(tmp_path / "2025", folder), begun(tmp_path / "2026", folder, 2026)
    collected(last, {agency: report_of(agency) for agency in REPORTING})
    made = campaign.distribute(last).workbooks
    names = {}
    for one in made:
        book = read_workbook(campaign.folder.store.read(one.path), load_pack(folder))
        names[one.agency.code] = [row["name"] for row in book.data["units"]]
    assert names == {"02": ["甲局", "乙局"], "03": ["甲局"], "04": ["丙局"]}
