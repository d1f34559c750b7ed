"""A roster kept as it was read is the same roster, and only for the file that it was read from."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.kept_roster import digest_of_roster, kept_form, roster_kept
from reportfill.campaign.agencies.roster import CSV, Roster
from reportfill.campaign.agencies.roster_file import read_roster

HEADING = "单位编码,单位名称,上级单位编码,级次,邮箱,不汇总,变动"
CONTENT = "\r\n".join(
    (
        HEADING,
        "01,清河县人民政府,,1,,,",
        "02,清河县档案馆,01,2,dag@qinghe.gov.cn;b@qinghe.gov.cn,是,",
        "03,清河县民政局,01,,不是邮箱,,",
        "04,清河县民政委,01,2,,,",
        "05,清河县盐务局,01,2,,,并入02",
        "05,清河县盐业局,77,x,,也许,",
    )
).encode()

texts = st.text(st.characters(exclude_categories=[]), max_size=6)
agencies = st.builds(
    Agency,
    code=texts,
    name=texts,
    short_name=texts,
    superior=texts,
    level=st.integers(1, 9),
    is_counted_by_superior=st.booleans(),
    is_closed=st.just(False),
    successor=texts,
)


def test_it_comes_back_with_its_findings_and_with_those_that_were_closed() -> None:
    roster = read_roster(CONTENT, CSV)
    assert (len(roster.agencies), len(roster.closed), len(roster.findings)) == (4, 1, 4)
    digest = digest_of_roster(CONTENT, CSV)
    assert roster_kept(kept_form(roster, digest), digest) == roster


@given(st.lists(agencies), st.lists(agencies))
def test_any_roster_comes_back(open_ones: list[Agency], closed: list[Agency]) -> None:
    roster = Roster(tuple(open_ones), (), tuple(agency._replace(is_closed=True) for agency in closed))
    assert roster_kept(kept_form(roster, "x"), "x") == roster


def test_it_is_not_taken_for_another_file_or_the_same_under_another_name() -> None:
    roster = read_roster(CONTENT, CSV)
    kept = kept_form(roster, digest_of_roster(CONTENT, CSV))
    assert roster_kept(kept, digest_of_roster(CONTENT + b"\r\n", CSV)) is None
    assert roster_kept(kept, digest_of_roster(CONTENT, "roster.xls")) is None


def test_what_another_version_of_the_program_kept_is_not_used() -> None:
    kept = json.loads(_told(kept_form(read_roster(CONTENT, CSV), "x")))
    kept["version"] = "0.0.1/1"
    assert roster_kept(_marked(json.dumps(kept).encode()), "x") is None


def _told(kept: bytes) -> bytes:
    """What is kept, without the mark in front."""
    return kept.partition(b"\n")[2]


def _marked(told: bytes) -> bytes:
    """The same with the mark that belongs to it."""
    return sha256(told).hexdigest().encode() + b"\n" + told


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"null", b"\xff\xfe", b'{"version":1}', b'"', b'{"digest":"x"}']
)
def test_what_is_no_roster_counts_for_nothing(damage: bytes) -> None:
    assert roster_kept(damage, "x") is None
    assert roster_kept(_marked(damage), "x") is None


@given(st.data())
def test_what_was_broken_off_or_changed_is_none_or_a_roster_of_whole_rows(data: st.DataObject) -> None:
    kept = kept_form(read_roster(CONTENT, CSV), "x")
    place = data.draw(st.integers(0, len(kept) - 1))
    assert roster_kept(kept[:place], "x") is None
    flipped = bytes([kept[place] ^ 1])
    assert roster_kept(kept[:place] + flipped + kept[place + 1 :], "x") is None
    changed = json.loads(_told(kept))
    changed["columns"] = changed["columns"][: data.draw(st.integers(0, len(changed["columns"]) - 1))]
    assert roster_kept(_marked(json.dumps(changed).encode()), "x") is None
