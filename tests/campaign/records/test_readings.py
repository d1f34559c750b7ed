"""What was read of a version comes out of the ledger as it went in."""

from __future__ import annotations

import sqlite3
import zlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.row_pack import DATA as ROWS
from pack.row_pack import row_pack
from places import SAMPLES

from reportfill import load_pack, read_workbook
from reportfill.campaign.records.open_ledger import open_ledger
from reportfill.campaign.records.readings import Reading, data_in, figures_in, paths_in, reading_of
from reportfill.errors import CampaignError
from reportfill.model.figures import with_values
from reportfill.model.submission import Submission

PACK = load_pack("annual-report-2021")
FIGURES = [path for path, field in PACK.fields.items() if field.kind.is_number]
figures = st.dictionaries(
    st.sampled_from(FIGURES),
    st.integers(0, 10**30) | st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4),
)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
texts = st.fixed_dictionaries(
    {},
    optional={
        "agency.name": words,
        "overview.summary": st.lists(words, max_size=3),
        "other_matters": st.just([]),
    },
)


@given(figures=figures, texts=texts)
def test_figures_and_texts_come_back_exactly(
    figures: dict[str, int | Decimal], texts: dict[str, object]
) -> None:
    values = {**texts, **figures}
    reading = reading_of(Submission(PACK, values))
    assert reading is not None
    assert data_in(reading) == with_values({}, values)
    assert figures_in(reading.paths, reading.figures) == figures


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.xlsx")), ids=lambda file: file.stem)
def test_what_a_workbook_says_is_all_kept(file: Path) -> None:
    submission = read_workbook(file)
    reading = reading_of(submission)
    assert reading is not None
    assert data_in(reading) == submission.exact_data


@pytest.mark.parametrize("kept", ["", "[1", "7", '{"a": 1}', '["a"]', "[1.5, true]", "[NaN]", "[1, 2, 3]"])
def test_figures_that_somebody_wrote_by_hand_are_refused_in_one_line(kept: str) -> None:
    with pytest.raises(CampaignError, match="campaign rebuild"):
        figures_in(("a", "b"), kept)


@pytest.mark.parametrize("texts", [b"", b"no zlib", zlib.compress(b"{"), zlib.compress(b"[]")])
def test_texts_that_are_no_longer_those_that_were_kept_are_refused_too(texts: bytes) -> None:
    with pytest.raises(CampaignError, match="campaign rebuild"):
        data_in(Reading(("a",), "[1]", texts))


def test_paths_are_refused_that_are_no_list() -> None:
    assert paths_in('["a", "b"]') == ("a", "b")
    with pytest.raises(CampaignError, match="campaign rebuild"):
        paths_in("7")


def test_nothing_is_kept_of_what_cannot_be_read() -> None:
    assert reading_of(read_workbook(b"no workbook")) is None


def test_the_ledger_gives_readings_in_the_order_asked_for_and_says_which_it_lacks(tmp_path: Path) -> None:
    readings = {}
    for number in range(1200):
        reading = reading_of(Submission(PACK, {"requests.carried_over.total": number, "year": 2025}))
        assert reading is not None
        readings[f"{number:064}"] = reading
    ledger = open_ledger(f"sqlite:///{tmp_path / 'campaign.db'}", "a campaign")
    with ledger.writing() as record:
        record.readings(readings)
        record.readings({f"{7:064}": readings[f"{8:064}"]})
    digests = [f"{number:064}" for number in reversed(range(1200))]
    totals = [found["requests.carried_over.total"] for found in ledger.figures(digests)]
    assert totals == [8 if number == 7 else number for number in reversed(range(1200))]
    assert [reading.texts for reading in ledger.readings(digests[:3])] == [
        readings[one].texts for one in digests[:3]
    ]
    assert list(ledger.unread([*digests, "of another"])) == ["of another"]
    with sqlite3.connect(tmp_path / "campaign.db") as lost:
        lost.execute("DELETE FROM texts WHERE digest = ?", digests[:1])
    lost.close()
    assert list(ledger.unread(digests)) == []
    assert list(ledger.unread(digests, with_texts=True)) == [digests[0]]
    ledger.close()


def test_rows_and_answers_come_back(tmp_path: Path) -> None:
    pack = load_pack(row_pack(tmp_path / "pack"))
    submission = Submission.from_data(
        pack, ROWS | {"units": [*ROWS["units"], {"name": "丙局", "permits": 1, "fines": 0}]}
    )
    reading = reading_of(submission)
    assert reading is not None
    assert "units.permits" not in reading.paths
    assert data_in(reading) == submission.exact_data


def test_figures_of_rows_keep_all_their_digits(tmp_path: Path) -> None:
    def exact_amounts(root: dict[str, Any]) -> None:
        root["properties"]["units"]["items"]["properties"]["fines"]["type"] = "number"

    pack = load_pack(row_pack(tmp_path / "pack", schema=exact_amounts))
    fines = [Decimal("123456789012.12345678"), Decimal("0.1")]
    units = [row | {"fines": fine} for row, fine in zip(ROWS["units"], fines, strict=True)]
    reading = reading_of(Submission.from_data(pack, ROWS | {"units": units}))
    assert reading is not None
    assert [row["fines"] for row in data_in(reading)["units"]] == fines
    assert figures_in(reading.paths, reading.figures)["units[*].fines"] == sum(fines)
