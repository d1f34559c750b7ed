"""The ledger keeps what it is told, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date, datetime

import pytest
from builders import a_finding

from reportfill.campaign.access.kept import KeptLink
from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.records.history import (
    AgencyChange,
    Extension,
    History,
    OnlyVersion,
    Review,
    SentWorkbook,
    StrayFile,
    Version,
)
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.open_ledger import open_ledger
from reportfill.finding import finding

NOW = datetime(2024, 1, 20, 9, 30, 0, 123456)
NAME = "清河县人民政府办公室 2023"
NAMES = {"02": "档案馆", "03": "民政局", "04": "信访局", "05": "水利局"}


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    """An empty ledger."""
    with closing(open_ledger(url, NAME)) as opened:
        yield opened


def holder(code: str) -> Holder:
    """The agency of a code."""
    return Holder(code, NAMES[code])


def version(code: str, number: int, *, is_sound: bool = True) -> Version:
    """A version that an agency handed in."""
    findings = () if is_sound else (a_finding("balance.equal", "表三!C5", "不平", "请改正"),)
    digest = f"{code}{number}".rjust(64, "0")
    return Version(
        digest,
        *holder(code),
        number,
        "inbox/a.xlsx",
        f"received/{code}/{number}",
        NOW,
        is_sound,
        findings,
        "",
        "",
    )


def test_what_is_recorded_is_read(ledger: Ledger) -> None:
    versions = [version("02", 1), version("02", 2, is_sound=False), version("03", 1)]
    review = Review(*holder("02"), 2, False, "请补充", "王芳", "returned/a.xlsx", NOW)
    with ledger.writing() as record:
        record.versions(reversed(versions))
        record.reviews([review])
        record.workbooks([SentWorkbook("id", "02", "档案馆", "outgoing/a.xlsx", "x")])
        record.strays(
            [StrayFile("inbox/b.pdf", finding("container.password"), NOW)], in_place_of=["inbox/c.pdf"]
        )
        record.seen({"inbox/a.xlsx": "1"})
    assert list(ledger.versions()) == versions
    assert list(ledger.versions(holder("03"))) == versions[2:]
    assert dict(ledger.histories()) == {
        holder("02"): History(versions[:2], [review]),
        holder("03"): History(versions[2:], ()),
    }
    assert ledger.history(holder("02")) == History(versions[:2], [review])
    assert ledger.workbooks() == {"id": SentWorkbook("id", "02", "档案馆", "outgoing/a.xlsx", "x")}
    assert ledger.strays() == [StrayFile("inbox/b.pdf", finding("container.password"), NOW)]
    assert (ledger.seen(), ledger.numbers(["02", "03"])) == (
        {"inbox/a.xlsx": "1"},
        {holder("02"): 2, holder("03"): 1},
    )
    assert ledger.digests() == {one.digest for one in versions}


def test_what_was_said_of_many_stands_with_each_of_them(ledger: Ledger) -> None:
    versions = [version("02", 1)._replace(code=f"{one:04}", digest=f"{one:064}") for one in range(1100)]
    reviews = [Review(one.code, one.name, 1, True, "", "王芳", "", NOW) for one in versions[::2]]
    with ledger.writing() as record:
        record.versions(versions)
        record.reviews(reviews)
    histories = [history for _, history in ledger.histories()]
    assert [list(one.versions) for one in histories] == [[one] for one in versions]
    assert [review for one in histories for review in one.reviews] == reviews
    assert [len(one.reviews) for one in histories] == [1, 0] * 550


def test_copies_are_given_in_the_order_asked_for(ledger: Ledger) -> None:
    versions = [version("02", 1), version("02", 2), version("03", 1)]
    with ledger.writing() as record:
        record.versions(versions)
    wanted = [versions[2], versions[0]]
    assert list(ledger.copies(one.digest for one in wanted)) == [
        (one.number, one.received, one.digest) for one in wanted
    ]
    with pytest.raises(KeyError):
        list(ledger.copies(["of another"]))


def test_everybody_of_whom_anything_is_known_is_named(ledger: Ledger) -> None:
    with ledger.writing() as record:
        record.versions([version("02", 1), version("02", 2)])
        record.workbooks(
            [SentWorkbook("1", *holder("03"), "a.xlsx"), SentWorkbook("2", "", "清河县", "b.xlsx")]
        )
        record.extensions([Extension(*holder("04"), date(2024, 2, 9), "", "王芳", NOW)])
        record.links([KeptLink("1" * 64, *holder("05"), None, "王芳", NOW)])
        record.links([KeptLink("2" * 64, "06", "统计局", None, "王芳", NOW, is_withdrawn=True)])
    assert set(ledger.each_holder()) == set(map(holder, NAMES)) == ledger.holders(with_workbooks=True)


def test_who_came_once_and_of_whom_nothing_was_said_is_told_apart_from_the_others(ledger: Ledger) -> None:
    once, faulty = version("03", 1), version("05", 1, is_sound=False)
    again = [version("02", 1), version("02", 2, is_sound=False)]
    reviewed = version("04", 1)
    review = Review(*holder("04"), 1, True, "", "王芳", "", NOW)
    assert ledger.only_versions() == {}
    with ledger.writing() as record:
        record.versions([*again, once, reviewed, faulty])
        record.reviews([review])
    assert ledger.only_versions() == {
        holder("03"): OnlyVersion("received/03/1", NOW, True, (), "", ""),
        holder("05"): OnlyVersion("received/05/1", NOW, False, faulty.findings, "", ""),
    }
    assert dict(ledger.histories(with_a_story=True)) == {
        holder("02"): History(again, ()),
        holder("04"): History([reviewed], [review]),
    }


def test_what_is_told_twice_is_kept_once_and_broken_off_not_at_all(ledger: Ledger) -> None:
    with ledger.writing() as record:
        record.versions([version("02", 1)])
        record.seen({"a": "1"})
    with ledger.writing() as record:
        record.versions([version("02", 1)])
        record.seen({"a": "2"})
    with suppress(ZeroDivisionError), ledger.writing() as record:
        record.versions([version("02", 2)])
        _ = 1 / 0
    assert [one.number for one in ledger.versions()] == [1]
    assert ledger.seen() == {"a": "2"}


def test_the_newest_sound_version_counts_unless_it_was_sent_back() -> None:
    first, second, third = version("02", 1), version("02", 2), version("02", 3, is_sound=False)
    back, accepted = (
        Review(*holder("02"), 2, False, "", "", "", NOW),
        Review(*holder("02"), 2, True, "", "", "", NOW),
    )
    assert History([first, third]).counted == first
    assert History([first, second, third]).counted == second
    assert History([first, second], [back]).counted is None
    assert History([first, second], [back, accepted]).counted == second
    assert History([third]).counted is None
    assert History([first, second], [back]).verdict == back
    assert History([first, second, third], [back]).verdict is None


def test_two_agencies_whose_codes_were_exchanged_keep_what_is_theirs(ledger: Ledger) -> None:
    archive, affairs = version("02", 1), version("03", 1)
    said = Review(*holder("02"), 1, True, "", "王芳", "", NOW)
    sent = SentWorkbook("id", *holder("03"), "outgoing/b.xlsx", "x")
    exchanged = [
        AgencyChange(*holder("02"), "03", "档案馆", NOW),
        AgencyChange(*holder("03"), "02", "民政局", NOW),
    ]
    with ledger.writing() as record:
        record.versions([archive, affairs])
        record.reviews([said])
        record.workbooks([sent])
        record.changes(exchanged)
    assert ledger.changes() == exchanged
    assert {(one.code, one.digest) for one in ledger.versions()} == {
        ("03", archive.digest),
        ("02", affairs.digest),
    }
    assert [one.digest for one in ledger.versions(Holder("03", "档案馆"))] == [archive.digest]
    assert [one.holder for one in ledger.reviews()] == [Holder("03", "档案馆")]
    assert ledger.workbooks()["id"].holder == Holder("02", "民政局")
    assert ledger.holders(with_workbooks=True) == {Holder("03", "档案馆"), Holder("02", "民政局")}
