"""Compound files as other programs write them, whose small streams are kept apart, and damaged ones."""

from __future__ import annotations

import pytest
from excel_binary import compound_file_of
from hypothesis import given
from hypothesis import strategies as st

from reportfill.office.compound_file import CompoundFile, CompoundFileError

STREAMS = {"Workbook": b"a" * 97, "Big": b"b" * 9001, "MBD0001": {"WordDocument": b"c" * 10}}
WHOLE = compound_file_of(STREAMS)


def test_small_streams_are_read_as_large_ones() -> None:
    file = CompoundFile(WHOLE)
    assert (file.stream("Workbook"), file.stream("Big")) == (b"a" * 97, b"b" * 9001)


def test_a_stream_is_found_whatever_the_case_of_its_name_and_the_first_that_is_there() -> None:
    assert CompoundFile(WHOLE).stream("Book", "WORKBOOK") == b"a" * 97
    assert CompoundFile(WHOLE).stream("Book") is None


def test_what_is_embedded_in_a_file_is_not_its_own() -> None:
    assert CompoundFile(WHOLE).names == {"workbook", "big", "mbd0001"}
    assert CompoundFile(WHOLE).stream("WordDocument", "MBD0001") is None


def test_a_stream_that_runs_in_a_ring_is_no_stream() -> None:
    ring = bytearray(compound_file_of({"Big": b"b" * 9001}))
    ring[-512:-508] = bytes(4)
    with pytest.raises(CompoundFileError):
        CompoundFile(bytes(ring)).stream("Big")


@given(
    start=st.integers(0, len(WHOLE) - 8),
    changed=st.binary(min_size=1, max_size=8),
    length=st.integers(0, len(WHOLE)),
)
def test_a_damaged_file_gives_streams_or_is_named_as_damaged(start: int, changed: bytes, length: int) -> None:
    content = (WHOLE[:start] + changed + WHOLE[start + len(changed) :])[:length]
    try:
        assert CompoundFile(content).stream("Workbook", "Big") is not False
    except CompoundFileError:
        return
