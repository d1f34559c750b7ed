"""Two versions of an agency beside each other: each value that is another one, and nothing else."""

from __future__ import annotations

import pytest
from campaign.office import AGENCIES, completed
from outputs.of_all_packs import REPORTS, report_of

from reportfill import Pack, load_pack, new_workbook
from reportfill.campaign.comparison.two_versions import ChangedValue, TwoVersions, changed_values
from reportfill.model.figures import with_values

PATH = "proactive.licensing.decisions"


def changes(pack: Pack, first: bytes, second: bytes) -> tuple[ChangedValue, ...]:
    return changed_values(TwoVersions(pack.id, (), first, second))


def test_a_changed_figure_is_told_with_its_cell_and_both_values(pack: Pack) -> None:
    first, second = (completed(pack, AGENCIES[1], {PATH: figure}) for figure in (3, 12))
    (change,) = changes(pack, first, second)
    assert (change.before, change.now) == ("3", "12")
    assert change.titles == pack.fields[PATH].titles
    assert "!" in change.cell


@pytest.mark.parametrize("pack_id", REPORTS)
def test_entries_of_lists_are_told_as_they_were_typed(pack_id: str) -> None:
    pack, data = load_pack(pack_id), report_of(pack_id).exact_data
    listed = next(field for field in pack.fields.values() if field.kind.is_narrative and not field.rows)
    former, later = (
        with_values(data, {listed.path: [text]}) for text in ("第一句，原来的。", "第二句，后来的。")
    )
    first, second = (new_workbook(pack, year=report_of(pack_id).year, data=one) for one in (former, later))
    (change,) = changes(pack, first, second)
    assert (change.before, change.now) == ("第一句，原来的。", "第二句，后来的。")


def test_the_same_twice_differs_in_nothing(pack: Pack) -> None:
    content = completed(pack, AGENCIES[1], {PATH: 3})
    assert changes(pack, content, content) == ()


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_cannot_be_read_has_no_values(pack: Pack, other: bytes) -> None:
    content = completed(pack, AGENCIES[1], {PATH: 3})
    found = changes(pack, other, content)
    assert all(one.before == "" for one in found)
    assert "3" in [one.now for one in found]
