"""A mould gives each agency the workbook that new_workbook makes, without making it."""

from __future__ import annotations

import pytest

from reportfill import Pack, new_workbook, read_workbook
from reportfill.intake.mould import mould
from reportfill.ooxml.package import parts_of


@pytest.mark.parametrize(
    ("agency", "code"),
    [
        ("卫辉市信访局", "410781-07"),
        ("清河县人民政府办公室", "007"),
        ("A & B <县> “局”", "x'\"y"),
        ("=SUM(1)局", "1"),
        ("_x0041_局", "2"),
        ("没有编码的单位", ""),
    ],
)
def test_every_part_is_that_of_new_workbook(pack: Pack, agency: str, code: str) -> None:
    made = parts_of(mould(pack, 2025).workbook(agency, code))
    assert made == parts_of(new_workbook(pack, year=2025, agency=agency, code=code))


def test_the_same_agency_gets_the_same_bytes_and_another_one_its_own(pack: Pack) -> None:
    one, other = (mould(pack, 2025).workbook(name, "1") for name in ("清河县档案馆", "清河县民政局"))
    assert one == mould(pack, 2025).workbook("清河县档案馆", "1")
    assert read_workbook(one).workbook != read_workbook(other).workbook
    assert (read_workbook(other).agency, read_workbook(other).code) == ("清河县民政局", "1")
