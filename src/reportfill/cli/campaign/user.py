"""reportfill campaign user: accounts of those who work with a campaign from a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportfill.campaign.access.roles import ROLE_NAMES, AccessRole
from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import By, Folder, RoleOfAccess
from reportfill.cli.campaign.printing import print_access
from reportfill.cli.commands import help_without_command
from reportfill.cli.console import print_said
from reportfill.cli.language import say
from reportfill.cli.options import Lang, argument, path_option
from reportfill.cli.passwords import password_in, typed_password

users = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    callback=help_without_command,
    rich_markup_mode=None,
)

_Name = Annotated[
    str, argument("NAME", "账号名称，例如姓名。", "What the account is called, such as a person's name.")
]
_PasswordFile = Annotated[
    Path | None,
    path_option(
        "--password-file",
        "FILE",
        "登录密码写在这个文件的第一行；默认输入两次，不显示。",
        "The password is the first line of this file. Default: it is typed, twice and unseen.",
    ),
]


@users.command(
    "add",
    help=say(
        """添加账号。登录密码至少10个字符，种类不限，输入两次，不显示；也可以由--password-file或者管道给出。软件只保存登录密码的校验值
        （Argon2）。

        例：reportfill campaign user add 2025年报 王芳 --role coordinator""",
        """Add an account. Its password has 10 characters or more, of any kind, and is typed twice, unseen, or comes
        from --password-file or a pipe. Only Argon2 of it is kept.

        Example: reportfill campaign user add reports-2025 王芳 --role coordinator""",
    ),
)
def add_user(
    folder: Folder,
    name: _Name,
    role: RoleOfAccess,
    password_file: _PasswordFile = None,
    by: By = "",
    lang: Lang = None,
) -> None:
    """Add an account."""
    campaign = Campaign.open(folder)
    user = campaign.add_user(name, _password(password_file), role, by=by)
    print_said(
        f"已添加账号“{user.name}”，角色：{ROLE_NAMES[user.role].zh}",
        f"account {user.name} added: {user.role}",
    )


@users.command("list", help=say("列出账号。", "List the accounts."))
def list_users(folder: Folder, lang: Lang = None) -> None:
    """Print the accounts."""
    known = Campaign.open(folder).users
    if not known:
        print_said("还没有账号。", "there are no accounts yet.")
        return
    print_access(say("账号", "Account"), known)


@users.command(
    "password",
    help=say(
        "重新设置登录密码；已经登录的随即退出。", "Set another password; whoever is signed in is signed out."
    ),
)
def change_password(
    folder: Folder,
    name: _Name,
    password_file: _PasswordFile = None,
    by: By = "",
    lang: Lang = None,
) -> None:
    """Change the password of an account."""
    campaign = Campaign.open(folder)
    user = campaign.change_password(name, _password(password_file), by=by)
    print_said(f"已设置“{user.name}”的登录密码。", f"the password of {user.name} is another one now.")


@users.command("role", help=say("变更角色。", "Give an account another role."))
def change_role(folder: Folder, name: _Name, role: RoleOfAccess, by: By = "", lang: Lang = None) -> None:
    """Change the role of an account."""
    user = Campaign.open(folder).change_role(name, role, by=by)
    print_said(
        f"“{user.name}”的角色：{ROLE_NAMES[user.role].zh}", f"{user.name} is a {AccessRole(user.role)} now."
    )


@users.command("remove", help=say("删除账号。", "Remove an account."))
def remove_user(folder: Folder, name: _Name, by: By = "", lang: Lang = None) -> None:
    """Remove an account."""
    user = Campaign.open(folder).remove_user(name, by=by)
    print_said(f"已删除账号“{user.name}”。", f"account {user.name} removed.")


def _password(file: Path | None) -> str:
    return typed_password("登录密码", "Password") if file is None else password_in(file)
