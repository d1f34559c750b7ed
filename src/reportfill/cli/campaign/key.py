"""reportfill campaign key: keys of programs that work with a campaign over the network."""

from __future__ import annotations

from typing import Annotated

import typer

from reportfill.campaign.access.roles import ROLE_NAMES
from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import By, Folder, RoleOfAccess
from reportfill.cli.campaign.printing import print_access
from reportfill.cli.commands import help_without_command
from reportfill.cli.console import print_line, print_said
from reportfill.cli.language import say
from reportfill.cli.options import Lang, argument

keys = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    callback=help_without_command,
    rich_markup_mode=None,
)

_Name = Annotated[
    str, argument("NAME", "使用密钥的程序的名称。", "What the program is called that uses the key.")
]


@keys.command(
    "add",
    help=say(
        """添加接口密钥，供其他程序使用。密钥只显示这一次，软件只保存它的校验值（SHA-256）。

        例：reportfill campaign key add 2025年报 数据平台 --role reader""",
        """Give a program a key. It is shown this once, and only its SHA-256 is kept.

        Example: reportfill campaign key add reports-2025 statistics --role reader""",
    ),
)
def add_key(folder: Folder, name: _Name, role: RoleOfAccess, by: By = "", lang: Lang = None) -> None:
    """Add a key."""
    given = Campaign.open(folder).add_key(name, role, by=by)
    print_said(
        f"接口密钥“{given.name}”（{ROLE_NAMES[given.role].zh}），只显示这一次，请妥善保管：",
        f"the key of {given.name} ({given.role}), shown this once; keep it safe:",
    )
    print_line(given.text)


@keys.command(
    "list",
    help=say("列出接口密钥；密钥本身不能再次显示。", "List the keys; they themselves cannot be shown again."),
)
def list_keys(folder: Folder, lang: Lang = None) -> None:
    """Print the names of keys."""
    known = Campaign.open(folder).keys
    if not known:
        print_said("还没有接口密钥。", "there are no keys yet.")
        return
    print_access(say("名称", "Name"), known)


@keys.command("withdraw", help=say("停用接口密钥。", "Withdraw a key."))
def withdraw_key(folder: Folder, name: _Name, by: By = "", lang: Lang = None) -> None:
    """Withdraw a key."""
    key = Campaign.open(folder).withdraw_key(name, by=by)
    print_said(f"已停用接口密钥“{key.name}”。", f"the key of {key.name} is withdrawn.")
