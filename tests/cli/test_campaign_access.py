"""reportfill campaign user and key: accounts of people and keys of programs, from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TypeAlias

import pytest
from campaign.office import campaign_in

from reportfill import Campaign
from reportfill.cli import passwords

PASSWORD = "雨伞 火车 土豆 月亮"
Run: TypeAlias = Callable[..., tuple[int, str, str]]


class Terminal(StringIO):
    """A terminal at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def place(tmp_path: Path) -> str:
    """The folder of a campaign in which nothing came in."""
    return str(campaign_in(tmp_path / "2023").root)


@pytest.fixture
def user(place: str, reportfill: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """What `campaign user` says, in Chinese, where the password comes through a pipe."""

    def run(command: str, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", StringIO(f"{PASSWORD}\n"))
        return reportfill("campaign", "user", command, place, *arguments, "--lang", "zh")

    return run


def test_an_account_from_its_beginning_to_its_end(user: Run, place: str) -> None:
    assert "还没有账号" in user("list")[1]
    assert "已添加账号“王芳”，角色：审核员" in user("add", "王芳", "--role", "reviewer", "--by", "李明")[1]
    assert Campaign.open(place).user_with("王芳", PASSWORD) is not None
    assert "王芳" in user("list")[1]
    assert "“王芳”的角色：查阅员" in user("role", "王芳", "--role", "reader")[1]
    assert "已设置“王芳”的登录密码" in user("password", "王芳")[1]
    assert "已删除账号“王芳”" in user("remove", "王芳")[1]
    assert Campaign.open(place).users == ()


def test_the_log_tells_of_accounts_and_not_of_passwords(user: Run, place: str, reportfill: Run) -> None:
    user("add", "王芳", "--role", "reviewer", "--by", "李明")
    _, chinese, _ = reportfill("campaign", "log", place, "--lang", "zh")
    _, english, _ = reportfill("campaign", "log", place, "--lang", "en")
    assert "argon2" not in chinese + english
    assert [line.split()[2:] for line in chinese.splitlines() if "王芳" in line] == [
        ["添加账号", "审核员", "王芳", "李明"],
        ["设置登录密码", "王芳", "李明"],
    ]
    assert "account added" in english
    assert "reviewer" in english


def test_a_password_may_stand_in_a_file(user: Run, place: str, tmp_path: Path) -> None:
    file = tmp_path / "password.txt"
    file.write_bytes("\ufeff葡萄 窗帘 刺猬 山谷\r\n第二行\r\n".encode())
    assert user("add", "王芳", "--role", "reader", "--password-file", str(file))[0] == 0
    assert Campaign.open(place).user_with("王芳", "葡萄 窗帘 刺猬 山谷") is not None
    file.write_bytes("葡萄 窗帘".encode("gb18030") + b"\xff\n")
    assert "不是UTF-8编码" in user("password", "王芳", "--password-file", str(file))[2]
    assert user("password", "王芳", "--password-file", str(tmp_path / "none"))[0] == 2


@pytest.mark.parametrize(("second", "status"), [(PASSWORD, 0), ("雨伞 火车 土豆", 2)])
def test_at_a_terminal_it_is_typed_twice_and_unseen(
    place: str, reportfill: Run, monkeypatch: pytest.MonkeyPatch, second: str, status: int
) -> None:
    typed = iter((PASSWORD, second))
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(passwords, "getpass", lambda prompt: next(typed))
    run = reportfill("campaign", "user", "add", place, "王芳", "--role", "reader", "--lang", "zh")
    assert run[0] == status
    assert ("两次输入的登录密码不一致" in run[2]) == (status == 2)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "王芳", "--role", "boss"), "没有“boss”这种角色"),
        (("role", "王芳", "--role", "reader"), "没有账号“王芳”"),
        (("password", "王芳"), "没有账号“王芳”"),
        (("remove", "王芳"), "没有账号“王芳”"),
        (("add", PASSWORD, "--role", "reader"), "登录密码与账号或者单位名称相同"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(user: Run, arguments: tuple[str, ...], why: str) -> None:
    status, _, err = user(*arguments)
    assert (status, why in err) == (2, True), err


def test_a_key_is_shown_once_listed_and_withdrawn(place: str, reportfill: Run) -> None:
    def key(command: str, *arguments: str) -> tuple[int, str, str]:
        return reportfill("campaign", "key", command, place, *arguments, "--lang", "zh")

    assert "还没有接口密钥" in key("list")[1]
    said = key("add", "数据平台", "--role", "reader")[1]
    text = said.splitlines()[-1]
    assert "只显示这一次" in said
    assert Campaign.open(place).key_of(text) is not None
    assert "数据平台" in key("list")[1]
    assert text not in key("list")[1]
    assert key("add", "数据平台", "--role", "reader")[0] == 2
    assert "已停用接口密钥“数据平台”" in key("withdraw", "数据平台")[1]
    assert Campaign.open(place).key_of(text) is None
    assert key("withdraw", "数据平台")[0] == 2
