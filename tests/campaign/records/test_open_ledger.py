"""A ledger belongs to one campaign and one process; one that cannot be used is refused with what to do."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from reportfill.campaign.records.database import locked, url_of_file
from reportfill.campaign.records.open_ledger import ledger_made_anew, open_ledger
from reportfill.errors import CampaignError

NAME = "清河县人民政府办公室 2023"


@pytest.mark.usefixtures("impatient")
def test_a_second_process_is_refused_until_the_first_ends(url: str) -> None:
    with locked(url), pytest.raises(CampaignError, match="another process"), locked(url):
        pass
    with locked(url):
        pass


def test_the_ledger_of_another_campaign_or_version_is_refused(url: str) -> None:
    open_ledger(url, NAME).close()
    with pytest.raises(CampaignError, match="another campaign"):
        open_ledger(url, "别的办公室 2023")
    for number, said in ((99, "newer version"), (1, "rebuild")):
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE about SET version = {number}"))
        engine.dispose()
        with pytest.raises(CampaignError, match=said):
            open_ledger(url, NAME)


def test_one_that_is_made_anew_takes_the_place_of_the_old_one_when_all_of_it_was_made(url: str) -> None:
    with closing(open_ledger(url, NAME)) as ledger, ledger.writing() as record:
        record.seen({"a": "1"})
    with ledger_made_anew(url, "别的办公室 2023") as anew, anew.writing() as record:
        record.seen({"b": "1"})
    with closing(open_ledger(url, "别的办公室 2023")) as ledger:
        assert ledger.seen() == {"b": "1"}


def _broken_off(url: str, number: int) -> None:
    with ledger_made_anew(url, NAME) as anew:
        with anew.writing() as record:
            record.seen({"b": str(number)})
        _ = 1 / 0


def test_one_that_could_not_be_made_anew_leaves_the_old_one_as_it_was(url: str) -> None:
    with closing(open_ledger(url, NAME)) as ledger, ledger.writing() as record:
        record.seen({"a": "1"})
    for number in range(2):
        with pytest.raises(ZeroDivisionError):
            _broken_off(url, number)
        with closing(open_ledger(url, NAME)) as ledger:
            assert ledger.seen() == {"a": "1"}


def test_one_of_the_first_version_is_to_be_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "campaign.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE about (version INTEGER NOT NULL)")
    connection.execute("INSERT INTO about VALUES (1)")
    connection.commit()
    connection.close()
    with pytest.raises(CampaignError, match="rebuild"):
        open_ledger(f"sqlite:///{path}", NAME)


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql://localhost/x", "sqlite:////nowhere/at/all.db", "postgresql+psycopg://127.0.0.1:9/x"],
)
def test_a_database_that_cannot_be_had_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(CampaignError) as error:
        open_ledger(url, NAME)
    assert "\n" not in str(error.value)


def test_a_path_that_is_too_long_for_it_is_said(tmp_path: Path) -> None:
    folder = tmp_path
    while len(bytes(folder)) < 450:
        folder /= "年" * 10
    folder /= "a" * (503 - len(bytes(folder)) - len("//campaign.db"))
    folder.mkdir(parents=True)
    with closing(open_ledger(url_of_file(folder / "campaign.db"), NAME)) as ledger:
        assert ledger.seen() == {}
    with pytest.raises(CampaignError) as refused, locked(url_of_file(folder / "campaign.db")):
        pass
    assert "路径过长（506个字节" in refused.value.chinese
    with pytest.raises(CampaignError) as refused:
        open_ledger(url_of_file(folder / "ab" / "campaign.db"), NAME)
    assert "路径过长（506个字节" in refused.value.chinese


def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "campaign.db"
    path.write_bytes(b"no database at all, " * 100)
    with pytest.raises(CampaignError, match="rebuild"):
        open_ledger(f"sqlite:///{path}", NAME)


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_ledger_is_said_in_chinese(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "campaign.db"
    path.write_bytes(content)
    with pytest.raises(CampaignError) as refused:
        open_ledger(url_of_file(path), NAME, is_new=False)
    said = refused.value.chinese.replace("reportfill campaign rebuild", "")
    assert said.isascii() is False
    assert re.findall("[A-Za-z]+", said) == []
