"""Workbooks with a password: opened by who has it, read without asking, and the password is nowhere in the campaign."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import msoffcrypto
import pytest
from campaign.office import AGENCIES, FAULTY, NOW, campaign_in, completed, drop, taken, versions
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from office_locks import locked_as_97

from reportfill import Pack, read_workbook
from reportfill.campaign.aggregation.rollup import rollup
from reportfill.campaign.folder.parts import LEDGER
from reportfill.campaign.folder.password import PASSWORD, keep_password, passwords_of
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.errors import CampaignError
from reportfill.office.compound_file import CompoundFile
from reportfill.office.encryption import is_locked, locked_with, unlocked_with

SECRET = "清河-2023-密码"


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password is hashed a hundred times, and not a hundred thousand times as Excel does it."""
    monkeypatch.setattr(ECMA376Agile.encrypt, "__defaults__", (None, 100))


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CampaignFolder:
    """A campaign whose workbooks have a password, on a computer of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv(PASSWORD, raising=False)
    folder = campaign_in(tmp_path / "2023")
    keep_password(folder.settings(), SECRET)
    folder.change_settings(replace(folder.settings(), is_protected=True))
    return folder


def opened_by_office(content: bytes) -> bytes:
    """The workbook as a program opens it that is given the password."""
    file = msoffcrypto.OfficeFile(BytesIO(content))
    file.load_key(password=SECRET)
    target = BytesIO()
    file.decrypt(target)
    return target.getvalue()


def test_the_workbooks_that_go_out_open_with_the_password(campaign: CampaignFolder) -> None:
    for one in distribute(campaign).workbooks:
        content = campaign.store.read(one.path)
        assert is_locked(content)
        assert read_workbook(content).agency == ""
        assert read_workbook(opened_by_office(content)).agency == one.agency.name
    assert not any(one.is_new for one in distribute(campaign).workbooks)


def test_what_comes_back_is_read_without_asking(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", locked_with(SECRET, completed(pack, AGENCIES[1], {"proactive.fees.amount": 2})))
    drop(campaign, "2.xlsx", locked_with(SECRET, completed(pack, AGENCIES[2], FAULTY)))
    drop(campaign, "3.xlsx", completed(pack, AGENCIES[3]))
    drop(campaign, "4.xlsx", locked_with("another", completed(pack, AGENCIES[0])))
    found = {one.file: one for one in taken(campaign)}
    assert [one.agency for one in found.values()] == ["清河县档案馆", "清河县民政局", "清河县信访局", ""]
    reason = found["inbox/4.xlsx"].reason
    assert reason is not None
    assert reason.code == "file.encrypted"
    faulty = found["inbox/2.xlsx"].version
    assert faulty is not None
    assert read_workbook(opened_by_office(campaign.store.read(faulty.returned))).agency == "清河县民政局"
    assert rollup(campaign).sums["proactive.fees.amount"] == 2


def test_an_old_xls_goes_back_under_the_password_too(
    campaign: CampaignFolder, pack: Pack, tmp_path: Path, convert: Callable[..., Path]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(completed(pack, AGENCIES[2], FAULTY))
    records = CompoundFile(convert(tmp_path / "a.xlsx", "xls").read_bytes()).stream("Workbook")
    assert records is not None
    drop(campaign, "a.xls", locked_as_97(SECRET, records))
    (found,) = taken(campaign)
    assert found.version is not None
    marked = campaign.store.read(found.version.returned)
    assert is_locked(marked)
    assert read_workbook(opened_by_office(marked)).agency == "清河县民政局"


def test_a_remark_goes_back_under_the_password(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "1.xlsx", locked_with(SECRET, completed(pack, AGENCIES[1])))
    taken(campaign)
    done = review(campaign, "02", is_accepted=False, remark="请补充", by="", now=NOW)
    assert is_locked(campaign.store.read(done.review.file))


def test_the_password_is_nowhere_in_the_campaign(campaign: CampaignFolder, pack: Pack) -> None:
    distribute(campaign)
    drop(campaign, "1.xlsx", locked_with(SECRET, completed(pack, AGENCIES[1])))
    taken(campaign)
    assert len(versions(campaign)) == 1
    for path in campaign.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert SECRET.encode() not in content
            assert SECRET.encode("utf-16-le") not in content


def test_a_new_password_makes_the_workbooks_anew_and_the_old_one_still_opens_what_comes_back(
    campaign: CampaignFolder, pack: Pack
) -> None:
    distribute(campaign)
    drop(campaign, "1.xlsx", locked_with(SECRET, completed(pack, AGENCIES[1])))
    keep_password(campaign.settings(), "另一个密码")
    assert all(one.is_new for one in distribute(campaign).workbooks)
    assert [one.agency for one in taken(campaign)] == ["清河县档案馆"]


def without_password(campaign: CampaignFolder) -> None:
    """From now on workbooks go out as everybody can open them."""
    campaign.change_settings(replace(campaign.settings(), is_protected=False))


def test_without_a_password_any_more_what_was_locked_is_still_read(
    campaign: CampaignFolder, pack: Pack
) -> None:
    distribute(campaign)
    drop(campaign, "1.xlsx", locked_with(SECRET, completed(pack, AGENCIES[1], {"proactive.fees.amount": 2})))
    taken(campaign)
    without_password(campaign)
    assert all(
        one.is_new and not is_locked(campaign.store.read(one.path)) for one in distribute(campaign).workbooks
    )
    drop(campaign, "2.xlsx", locked_with(SECRET, completed(pack, AGENCIES[2], {"proactive.fees.amount": 3})))
    assert [one.agency for one in taken(campaign)] == ["清河县民政局"]
    assert rebuild(campaign) == 2
    assert rollup(campaign).sums["proactive.fees.amount"] == 5


def test_the_ledger_is_not_made_anew_without_the_password_of_what_it_is_made_of(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "1.xlsx", locked_with(SECRET, completed(pack, AGENCIES[1])))
    taken(campaign)
    keep_password(campaign.settings(), SECRET).unlink()
    without_password(campaign)
    with pytest.raises(CampaignError, match="campaign password"):
        rebuild(campaign)
    assert len(versions(campaign)) == 1


def test_whatever_opens_a_copy_asks_for_a_password_that_is_not_known_here(
    campaign: CampaignFolder, pack: Pack
) -> None:
    drop(campaign, "1.xlsx", locked_with(SECRET, completed(pack, AGENCIES[1])))
    taken(campaign)
    keep_password(campaign.settings(), SECRET).unlink()
    keep_password(campaign.settings(), "another")
    campaign.store.remove(versions(campaign)[0].report)
    with closing(sqlite3.connect(campaign.root / LEDGER)) as ledger, ledger:
        ledger.execute("DELETE FROM readings")
    for asks in (
        partial(review, campaign, "02", is_accepted=False, remark="请补充", by="", now=NOW),
        partial(review, campaign, "02", is_accepted=True, remark="", by="", now=NOW),
        partial(rollup, campaign),
    ):
        with pytest.raises(CampaignError, match="campaign password"):
            asks()


def test_what_a_server_is_told_opens_beside_what_is_kept(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "new")
    assert passwords_of(campaign.settings()) == ("new", SECRET)


def test_it_is_kept_for_its_owner_alone(campaign: CampaignFolder) -> None:
    path = keep_password(campaign.settings(), SECRET)
    assert path.stat().st_mode & 0o077 == 0
    assert not path.is_relative_to(campaign.root)


def test_without_it_one_is_told_what_to_do(campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_password(campaign.settings(), SECRET).unlink()
    with pytest.raises(CampaignError, match="campaign password"):
        distribute(campaign)
    monkeypatch.setenv(PASSWORD, SECRET)
    assert passwords_of(campaign.settings()) == (SECRET,)


def test_what_is_not_locked_or_is_no_workbook_stays_as_it_is(pack: Pack) -> None:
    plain = completed(pack, AGENCIES[1])
    locked = locked_with(SECRET, plain)
    assert unlocked_with([SECRET], locked) == plain
    assert unlocked_with(["another"], locked) == locked
    assert unlocked_with([SECRET], plain) == plain
    damaged = locked[: len(locked) // 2]
    assert unlocked_with([SECRET], damaged) == damaged
