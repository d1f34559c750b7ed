"""reportfill campaign log: who handed in what, when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.access.roles import ROLE_NAMES
from reportfill.campaign.campaign import Campaign
from reportfill.campaign.records.journal import Event
from reportfill.cli.campaign.options import Folder
from reportfill.cli.campaign.printing import print_some
from reportfill.cli.console import print_said, print_table
from reportfill.cli.language import say, told
from reportfill.cli.options import Lang, option
from reportfill.cli.outcome import FINDINGS

if TYPE_CHECKING:
    from reportfill.campaign.records.journal import JournalEntry

HELP = say(
    """查看工作记录：哪个单位何时报送，结果如何，由谁审核、封存。按先后列出。

    例：reportfill campaign log 2025年报 --of 清河县档案馆""",
    """Show the record: who handed in what and when, what became of it, who accepted, sent back or closed, in order.

    Example: reportfill campaign log reports-2025 --of 清河县档案馆""",
)


def show_log(
    folder: Folder,
    of: Annotated[str | None, option("--of", "CODE", "只看这个单位。", "Only this agency.")] = None,
    lang: Lang = None,
) -> None:
    """Print the journal."""
    journal = Campaign.open(folder).log(of)
    print_some(journal.damage)
    if not journal.entries and not journal.damage:
        print_said("还没有工作记录。", "there is no record yet.")
        return
    headings = say(
        "时间 事项 单位 报送次序 文件 结果 说明 经办人", "Time Event Agency Version File Result Remark By"
    )
    print_table(headings.split(" "), map(_row, journal.entries))
    if journal.damage:
        raise typer.Exit(FINDINGS)


def _row(entry: JournalEntry) -> tuple[str, ...]:
    return (
        entry.at.isoformat(sep=" ", timespec="seconds"),
        _event_name(entry.event),
        entry.name,
        str(entry.number or ""),
        entry.file,
        _result(entry),
        _remark(entry),
        entry.by,
    )


def _event_name(event: Event) -> str:
    names = {
        Event.HANDED_IN: say("报送", "handed in"),
        Event.ACCEPTED: say("审核通过", "accepted"),
        Event.SENT_BACK: say("审核退回", "sent back"),
        Event.RECODED: say("编码变更", "other code"),
        Event.RENAMED: say("更名", "other name"),
        Event.EXTENDED: say("延期", "more time"),
        Event.NOT_EXTENDED: say("取消延期", "no more time"),
        Event.LINK_GIVEN: say("开通链接", "link given"),
        Event.LINK_WITHDRAWN: say("停用链接", "link withdrawn"),
        Event.ACCOUNT_ADDED: say("添加账号", "account added"),
        Event.ROLE_CHANGED: say("变更角色", "other role"),
        Event.PASSWORD_SET: say("设置登录密码", "password set"),
        Event.ACCOUNT_REMOVED: say("删除账号", "account removed"),
        Event.KEY_GIVEN: say("添加接口密钥", "key added"),
        Event.KEY_WITHDRAWN: say("停用接口密钥", "key withdrawn"),
        Event.CLOSED: say("封存", "closed"),
        Event.REOPENED: say("启封", "reopened"),
    }
    return names[event]


def _result(entry: JournalEntry) -> str:
    """What came of it: a file, a day or a role."""
    names = {role.zh: told(role) for role in ROLE_NAMES.values()}
    return names.get(entry.result, entry.result)


def _remark(entry: JournalEntry) -> str:
    """What somebody said of it, that what came in has errors, or what an agency was called before."""
    if not entry.former_code:
        return (
            say(entry.remark, "with errors")
            if entry.remark and entry.event is Event.HANDED_IN
            else entry.remark
        )
    return say(
        f"原为{entry.former_name}（{entry.former_code}），现为{entry.name}（{entry.code}）",
        f"was {entry.former_name} ({entry.former_code}), is now {entry.name} ({entry.code})",
    )
