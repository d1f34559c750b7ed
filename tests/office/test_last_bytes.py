"""Whether the end of a file has come."""

from __future__ import annotations

import io

import pytest
from places import SAMPLES

from reportfill.office.last_bytes import has_its_end

WORKBOOK = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()


@pytest.mark.parametrize(
    "content", [WORKBOOK, b'{"year": 2025}\n', b"\xd0\xcf\x11\xe0", b"From: a@b.example\n"]
)
def test_what_is_whole_has_its_end(content: bytes) -> None:
    assert has_its_end(io.BytesIO(content))


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
@pytest.mark.parametrize("rest", [b"", b"\0"], ids=["cut off", "its room taken before"])
def test_a_half_copied_workbook_lacks_it(share: float, rest: bytes) -> None:
    there = int(len(WORKBOOK) * share)
    assert not has_its_end(io.BytesIO(WORKBOOK[:there] + rest * (len(WORKBOOK) - there)))


def test_half_copied_data_lacks_it() -> None:
    assert not has_its_end(io.BytesIO(b'{"year": 20'))
