"""Accounts are facts of the campaign: who may do what, by a password of which only Argon2 is kept."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from campaign.office import NOW, campaign_in

from reportfill import Campaign
from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.records.journal import Event, read_journal
from reportfill.errors import CampaignError, UsageError

PASSWORD, OTHER = "雨伞 火车 土豆 月亮", "橘子 台灯 山羊 河流"


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """A campaign with a coordinator."""
    made = Campaign(campaign_in(tmp_path / "2023"))
    made.add_user("王芳", PASSWORD, "coordinator", by="李明")
    return made


def test_who_has_an_account_comes_in_with_its_password_alone(campaign: Campaign) -> None:
    user = campaign.user_with("王芳", PASSWORD)
    assert user is not None
    assert (user.name, user.role) == ("王芳", AccessRole.COORDINATOR)
    assert campaign.users == (user,)
    assert campaign.user_with("王芳", OTHER) is None
    assert campaign.user_with("王方", PASSWORD) is None


def test_no_file_holds_the_password_and_the_log_not_even_what_is_kept_of_it(campaign: Campaign) -> None:
    for path in campaign.folder.root.rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes()
    told = [(one.event, one.remark, one.result, one.by) for one in campaign.log().entries]
    assert told == [
        (Event.ACCOUNT_ADDED, "王芳", "管理员", "李明"),
        (Event.PASSWORD_SET, "王芳", "", "李明"),
    ]
    assert read_journal(campaign.folder.store).entries[1].result.startswith("$argon2id$v=19$m=")


def test_capitals_width_and_blanks_make_no_other_account(campaign: Campaign) -> None:
    campaign.add_user("Wang Fang", OTHER, "reader")
    assert campaign.user_with(" ｗａｎｇ　FANG", OTHER) is not None
    with pytest.raises(UsageError, match="has an account already"):
        campaign.add_user("WANGFANG", PASSWORD, "reader")


def test_a_stamp_changes_with_the_password_the_role_and_the_account(campaign: Campaign) -> None:
    stamps = [campaign.users[0].stamp, campaign.change_password("王芳", OTHER).stamp]
    assert campaign.user_with("王芳", PASSWORD) is None
    stamps += [campaign.change_role("王芳", role).stamp for role in ("reader", "coordinator")]
    unchanged = campaign.change_role("王芳", "管理员").stamp
    assert unchanged == stamps[-1]
    campaign.remove_user("王芳")
    assert campaign.users == ()
    assert campaign.user_with("王芳", OTHER) is None
    stamps.append(campaign.add_user("王芳", OTHER, "coordinator").stamp)
    assert len(set(stamps)) == len(stamps)


def test_made_anew_the_ledger_knows_of_all(campaign: Campaign) -> None:
    campaign.add_user("李明", OTHER, "reader")
    campaign.add_user("赵敏", OTHER, "reader")
    campaign.change_role("李明", "reviewer")
    campaign.change_password("李明", PASSWORD)
    campaign.remove_user("赵敏")
    before = campaign.users
    assert {one.name: one.role.value for one in before} == {"王芳": "coordinator", "李明": "reviewer"}
    (campaign.folder.root / "campaign.db").unlink()
    rebuild(campaign.folder)
    assert campaign.users == before
    assert campaign.user_with("李明", PASSWORD) in before


def test_what_a_role_may_those_behind_it_may(campaign: Campaign) -> None:
    may = {role: [needed for needed in AccessRole if role.may(needed)] for role in AccessRole}
    assert [len(may[role]) for role in (AccessRole.READER, AccessRole.REVIEWER, AccessRole.COORDINATOR)] == [
        1,
        2,
        3,
    ]


def test_a_name_that_is_not_there_is_refused_as_slowly(campaign: Campaign) -> None:
    def processor_time(name: str) -> float:
        times = []
        for _ in range(5):
            begin = time.process_time()
            assert campaign.user_with(name, OTHER) is None
            times.append(time.process_time() - begin)
        return min(times)

    processor_time("王芳")
    assert processor_time("没有这个人") > processor_time("王芳") / 2


@pytest.mark.parametrize("name", ["", "　", "\0王芳", "\u202e芳王", "名" * 51, "\udcc4"])
def test_a_name_that_nobody_can_read_is_refused(campaign: Campaign, name: str) -> None:
    with pytest.raises(UsageError, match="characters that can be read"):
        campaign.add_user(name, PASSWORD, "reader")


def test_what_cannot_be_is_refused_and_changes_nothing(campaign: Campaign) -> None:
    before = read_journal(campaign.folder.store).entries
    for refused in (
        lambda: campaign.add_user("李明", "short", "reader"),
        lambda: campaign.add_user("李明", PASSWORD, "boss"),
        lambda: campaign.add_user("王芳", PASSWORD, "reader"),
        lambda: campaign.change_password("王芳", "1234567890"),
        lambda: campaign.change_password("李明", PASSWORD),
        lambda: campaign.change_role("李明", "reader"),
        lambda: campaign.change_role("王芳", "boss"),
        lambda: campaign.remove_user("李明"),
    ):
        with pytest.raises(UsageError):
            refused()
    assert read_journal(campaign.folder.store).entries == before


def test_a_closed_campaign_keeps_its_accounts_and_changes_none(campaign: Campaign) -> None:
    close(campaign.folder, "王芳", NOW)
    assert campaign.user_with("王芳", PASSWORD) is not None
    with pytest.raises(CampaignError, match="is closed"):
        campaign.change_password("王芳", OTHER)


@pytest.mark.parametrize(("was", "now"), [("管理员", "老板"), ("$argon2id$v=19", "$argon2id$v=18")])
def test_a_table_that_was_changed_is_named(campaign: Campaign, was: str, now: str) -> None:
    (path,) = campaign.folder.root.glob("log/*.csv")
    path.write_bytes(path.read_bytes().replace(was.encode(), now.encode()))
    assert [one.code for one in campaign.log().damage] == ["journal.damaged"]
