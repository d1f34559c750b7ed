"""The journal's entries in words, as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.campaign.access.roles import ROLE_NAMES
from reportfill.campaign.records.journal import Event, JournalEntry
from reportfill.text import Text

EVENT_NAMES: Mapping[Event, Text] = {
    Event.HANDED_IN: Text("报送", "handed in"),
    Event.ACCEPTED: Text("审核通过", "accepted"),
    Event.SENT_BACK: Text("审核退回", "sent back"),
    Event.RECODED: Text("编码变更", "other code"),
    Event.RENAMED: Text("更名", "other name"),
    Event.EXTENDED: Text("延期", "more time"),
    Event.NOT_EXTENDED: Text("取消延期", "no more time"),
    Event.LINK_GIVEN: Text("开通链接", "link given"),
    Event.LINK_WITHDRAWN: Text("停用链接", "link withdrawn"),
    Event.ACCOUNT_ADDED: Text("添加账号", "account added"),
    Event.ROLE_CHANGED: Text("变更角色", "other role"),
    Event.PASSWORD_SET: Text("设置登录密码", "password set"),
    Event.ACCOUNT_REMOVED: Text("删除账号", "account removed"),
    Event.KEY_GIVEN: Text("添加接口密钥", "key added"),
    Event.KEY_WITHDRAWN: Text("停用接口密钥", "key withdrawn"),
    Event.CLOSED: Text("封存", "closed"),
    Event.REOPENED: Text("启封", "reopened"),
    Event.CONTACTS_FORGOTTEN: Text("清除联系方式", "contacts removed"),
}
"""What a person calls what happened."""


def result_in_words(entry: JournalEntry) -> Text:
    """What came of it: a file, a day or a role."""
    names = {role.zh: role for role in ROLE_NAMES.values()}
    return names.get(entry.result, Text(entry.result, entry.result))


def remark_in_words(entry: JournalEntry) -> Text:
    """What somebody said of it, that what came in has errors, or what an agency was called before."""
    if entry.former_code:
        return Text(
            f"原为{entry.former_name}（{entry.former_code}），现为{entry.name}（{entry.code}）",
            f"was {entry.former_name} ({entry.former_code}), is now {entry.name} ({entry.code})",
        )
    is_verdict = entry.remark and entry.event is Event.HANDED_IN
    return Text(entry.remark, "with errors" if is_verdict else entry.remark)
