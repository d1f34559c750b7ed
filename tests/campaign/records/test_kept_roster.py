"""A roster that the ledger keeps is the same roster, and only for the file that it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import CSV, Roster
from reportfill.campaign.agencies.roster_file import read_roster
from reportfill.campaign.records import kept_roster
from reportfill.campaign.records.kept_roster import digest_of_roster
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.open_ledger import open_ledger

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

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
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


def kept(ledger: Ledger, roster: Roster, digest: str = "x") -> None:
    """Let a ledger keep a roster."""
    with ledger.writing() as record:
        record.roster(digest, roster)


@pytest.fixture(params=["file", "server"])
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """An empty ledger, in memory and on a server."""
    url = "sqlite://" if request.param == "file" else request.getfixturevalue("database")
    with closing(open_ledger(url, "清河县 2023")) as ledger:
        yield ledger


def test_it_comes_back_with_its_findings_and_with_those_that_were_closed(ledger: Ledger) -> None:
    roster = read_roster(CONTENT, CSV)
    assert (len(roster.agencies), len(roster.closed), len(roster.findings)) == (4, 1, 4)
    assert ledger.roster("x") is None
    kept(ledger, roster)
    assert ledger.roster("x") == roster


@given(st.lists(agencies), st.lists(agencies))
def test_any_roster_comes_back_in_place_of_the_one_before(
    open_ones: list[Agency], closed: list[Agency]
) -> None:
    ledger = open_ledger("sqlite://", "清河县 2023")
    kept(ledger, Roster((Agency("1", "甲局"), Agency("2", "乙局"))), "y")
    roster = Roster(tuple(open_ones), (), tuple(agency._replace(is_closed=True) for agency in closed))
    kept(ledger, roster)
    assert (ledger.roster("x"), ledger.roster("y")) == (roster, None)
    ledger.close()


def test_another_file_another_name_and_another_version_of_the_program_have_another_digest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digests = {
        digest_of_roster(CONTENT, CSV),
        digest_of_roster(CONTENT + b"\r\n", CSV),
        digest_of_roster(CONTENT, "roster.xls"),
    }
    monkeypatch.setattr(kept_roster, "_READING", "0.0.1/1")
    digests.add(digest_of_roster(CONTENT, CSV))
    assert len(digests) == 4


def test_a_roster_of_which_rows_are_lost_counts_for_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    ledger = open_ledger(url, "清河县 2023")
    kept(ledger, read_roster(CONTENT, CSV))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text('DELETE FROM agencies WHERE "row" = 2'))
    engine.dispose()
    assert ledger.roster("x") is None
    ledger.close()
