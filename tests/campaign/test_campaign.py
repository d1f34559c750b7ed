"""A campaign as a script works with it: every verb gives back a value, and nothing is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from campaign.office import AGENCIES, FAULTY, ISSUER, completed

from reportfill import Campaign, CampaignError, Pack, UsageError
from reportfill.arrivals import Arrivals
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.operations.inbox_watch import InboxWatch
from reportfill.campaign.status.agency_status import State
from tools.api_page import CAMPAIGN_SCRIPT


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> Campaign:
    """A campaign of four agencies whose workbooks went out, with a sound and a faulty one in the inbox."""
    made = Campaign.new(tmp_path / "2023年报", year=2023, issuer=ISSUER, deadline="2024-01-20")
    store = made.folder.store
    store.write("roster.xlsx", blank_roster(AGENCIES))
    made.distribute()
    store.write("inbox/档案馆.xlsx", completed(pack, AGENCIES[1]))
    store.write("inbox/民政局.xlsx", completed(pack, AGENCIES[2], FAULTY))
    return made


def test_the_script_of_the_docs_runs(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What clerks and coordinators do between its steps, filling in roster and workbooks, is done beforehand."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2023年报" / "inbox").mkdir(parents=True)
    (tmp_path / "2023年报" / "roster.xlsx").write_bytes(blank_roster(AGENCIES[:2]))
    for agency in AGENCIES[:2]:
        (tmp_path / "2023年报" / "inbox" / f"{agency.code}.xlsx").write_bytes(completed(pack, agency))
    exec(CAMPAIGN_SCRIPT, {})  # the docs' own words
    printed = capsys.readouterr().out
    assert "清河县档案馆" in printed
    assert len(list((tmp_path / "2023年报" / "rollup").glob("*.xlsx"))) == 2


def test_a_year_goes_by_in_verbs_that_give_back_what_came_of_them(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not any(one.is_new for one in campaign.distribute().workbooks)
    assert {one.agency: one.version.is_sound for one in campaign.collect() if one.version} == {
        "清河县档案馆": True,
        "清河县民政局": False,
    }
    states = {one.agency.code: one.state for one in campaign.status().agencies}
    assert (states["02"], states["03"], states["04"]) == (State.SOUND, State.FAULTY, State.MISSING)
    assert campaign.accept("档案馆", by="王芳").review.is_accepted
    assert campaign.send_back("03", "请补充", by="王芳").agency == AGENCIES[2]
    assert campaign.accept_all_sound().accepted == ()
    rolled_up = campaign.rollup()
    assert [one.agency.code for one in rolled_up.rollup.contributions] == ["02"]
    assert all(Path(file.place).is_file() for file in rolled_up.files)
    assert campaign.remind(campaign.status()).mails == 3
    assert [entry.number for entry in campaign.log("清河县档案馆").entries] == [1, 1]
    assert campaign.rebuild() == 2
    closed = campaign.close(by="王芳")
    assert {agency.code for agency in closed.outstanding} == {"01", "03", "04"}
    assert campaign.verify().is_intact
    campaign.reopen("补报")
    assert not Campaign.open(campaign.url).is_closed
    assert capsys.readouterr() == ("", "")


def test_progress_is_told_from_none_to_all(campaign: Campaign) -> None:
    seen: list[tuple[int, int]] = []
    told = replace(campaign, progress=lambda done, total: seen.append((done, total)))
    told.collect()
    assert seen == [(0, 2), (1, 2), (2, 2)]
    seen.clear()
    told.distribute()
    assert seen == [(done, 4) for done in range(5)]


def test_what_came_of_a_file_is_told_as_soon_as_it_is_written_down(campaign: Campaign) -> None:
    told: list[str] = []
    assert [one.file for one in campaign.collect(each=lambda one: told.append(one.file))] == told
    assert len(told) == 2
    assert campaign.collect() == ()


def test_a_file_is_taken_in_by_a_watch_once_it_looked_the_same_twice(campaign: Campaign) -> None:
    clock = iter((0.0, 1.0, 2.0))
    watch = InboxWatch(campaign.folder.store, Arrivals(lambda: next(clock)))
    assert watch.settled() is None
    assert list(watch.awaited.values()) == [None, None]
    wanted = watch.settled()
    assert wanted is not None
    assert len(campaign.collect(wanted=wanted)) == 2
    assert (watch.settled(), watch.awaited) == (None, {})


def test_what_cannot_be_done_is_refused_in_both_languages(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="is no campaign") as refused:
        Campaign.open(tmp_path)
    assert "不是年度报告工作的文件夹" in refused.value.chinese
    for refuse in (
        lambda: campaign.send_back("03", " "),
        lambda: campaign.accept("没有这个局"),
        lambda: campaign.rollup(listed=["没有这个局"]),
        lambda: campaign.log("没有这个局"),
        lambda: Campaign.new(tmp_path / "x", year=2023, issuer=" "),
        lambda: Campaign.new(tmp_path / "x", year=2023, issuer=ISSUER, deadline="明天"),
    ):
        with pytest.raises(UsageError) as wrong:
            refuse()
        assert wrong.value.chinese != str(wrong.value)
    assert not (tmp_path / "x").exists()


def test_arguments_of_another_kind_are_refused_at_the_door(campaign: Campaign, tmp_path: Path) -> None:
    verbs: Any = campaign
    refused = {
        "last": [lambda: verbs.distribute(tmp_path), lambda: verbs.compare(str(tmp_path))],
        "today": [lambda: verbs.status(datetime(2024, 1, 20)), lambda: verbs.status("2024-01-20")],
        "agency": [
            lambda: verbs.accept(2),
            lambda: verbs.log(2),
            lambda: verbs.extend(2, until="2024-02-01"),
        ],
        "remark": [lambda: verbs.send_back("03", 5)],
        "by": [lambda: verbs.close(by=5), lambda: verbs.accept("02", by=5)],
        "under": [lambda: verbs.accept_all_sound(1)],
        "through": [lambda: verbs.rollup(through="2"), lambda: verbs.rollup(through=True)],
        "listed": [
            lambda: verbs.rollup(listed=[2]),
            lambda: verbs.rollup(listed="02"),
            lambda: verbs.rollup(listed=2),
        ],
        "status": [lambda: verbs.write_status({}), lambda: verbs.remind(campaign)],
        "workbooks": [
            lambda: verbs.dispatch(2),
            lambda: verbs.dispatch(["02"]),
            lambda: verbs.dispatch("02"),
        ],
        "of": [lambda: verbs.rollup(of=1)],
        "year": [lambda: verbs.new(tmp_path / "x", year="2023", issuer=ISSUER)],
        "telephone": [lambda: verbs.new(tmp_path / "x", year=2023, issuer=ISSUER, telephone=6221)],
        "why": [lambda: verbs.reopen(5)],
        "password": [lambda: verbs.protect(5)],
    }
    for name, calls in refused.items():
        for call in calls:
            with pytest.raises(UsageError, match=f"^{name}: .* is needed, not ") as wrong:
                call()
            assert wrong.value.chinese.startswith(f"{name}：需要")


def test_a_password_is_kept_for_this_user_and_taken_away_again(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    with pytest.raises(UsageError):
        campaign.protect("")
    assert campaign.protect("secret").read_text("utf-8") == "secret"
    assert campaign.settings.is_protected
    campaign.unprotect()
    assert not campaign.settings.is_protected
