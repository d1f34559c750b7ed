"""Who came, by what, and what they did, as the server saw it: to be looked up after an accident.

No code, password, key or token is ever in it, nor what somebody typed where an account was asked for: people type their
passwords there. It has so many entries, and is so old, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from time import time
from typing import NamedTuple

from sqlalchemy import ColumnElement, Engine, Row, delete, func, insert, or_, select

from reportfill.campaign.records.database import refusals_named, transaction
from reportfill.text import Text
from reportfill.web.security.server_tables import AUDIT

MOST_ENTRIES = 200_000
LONGEST_REMEMBERED = 400 * 86_400.0
"""So many entries there are, and none older than so many seconds: more than the half year for which the law wants such
records kept (网络安全法)."""

_LONGEST_TEXT = 200


class AuditEvent(StrEnum):
    """What somebody did, or tried."""

    SIGNED_IN = "signed-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    SIGNED_OUT = "signed-out"
    LINK_OPENED = "link-opened"
    LINK_REFUSED = "link-refused"
    KEY_USED = "key-used"
    KEY_REFUSED = "key-refused"
    NOT_ALLOWED = "not-allowed"
    DOWNLOADED = "downloaded"
    EXPORTED = "exported"
    REVIEWED = "reviewed"
    EXTENDED = "extended"
    LINK_GIVEN = "link-given"
    LINK_WITHDRAWN = "link-withdrawn"
    ACCOUNT_ADDED = "account-added"
    ROLE_CHANGED = "role-changed"
    ACCOUNT_REMOVED = "account-removed"
    PASSWORD_CHANGED = "password-changed"
    KEY_GIVEN = "key-given"
    KEY_WITHDRAWN = "key-withdrawn"
    OPERATION_BEGUN = "operation-begun"
    OPERATION_STOPPED = "operation-stopped"
    FILE_REMOVED = "file-removed"


AUDIT_EVENT_NAMES = {
    AuditEvent.SIGNED_IN: Text("登录", "signed in"),
    AuditEvent.SIGN_IN_REFUSED: Text("登录未成功", "sign-in refused"),
    AuditEvent.SIGNED_OUT: Text("退出", "signed out"),
    AuditEvent.LINK_OPENED: Text("打开填报链接", "link opened"),
    AuditEvent.LINK_REFUSED: Text("填报链接或者填报码无效", "link or code refused"),
    AuditEvent.KEY_USED: Text("使用接口密钥", "key used"),
    AuditEvent.KEY_REFUSED: Text("接口密钥无效", "key refused"),
    AuditEvent.NOT_ALLOWED: Text("没有权限", "not allowed"),
    AuditEvent.DOWNLOADED: Text("下载", "downloaded"),
    AuditEvent.EXPORTED: Text("导出", "exported"),
    AuditEvent.REVIEWED: Text("审核", "reviewed"),
    AuditEvent.EXTENDED: Text("延期", "extended"),
    AuditEvent.LINK_GIVEN: Text("开通链接", "link given"),
    AuditEvent.LINK_WITHDRAWN: Text("停用链接", "link withdrawn"),
    AuditEvent.ACCOUNT_ADDED: Text("添加账号", "account added"),
    AuditEvent.ROLE_CHANGED: Text("变更角色", "role changed"),
    AuditEvent.ACCOUNT_REMOVED: Text("删除账号", "account removed"),
    AuditEvent.PASSWORD_CHANGED: Text("更改登录密码", "password changed"),
    AuditEvent.KEY_GIVEN: Text("添加接口密钥", "key given"),
    AuditEvent.KEY_WITHDRAWN: Text("停用接口密钥", "key withdrawn"),
    AuditEvent.OPERATION_BEGUN: Text("办理", "operation begun"),
    AuditEvent.OPERATION_STOPPED: Text("停止办理", "operation stopped"),
    AuditEvent.FILE_REMOVED: Text("删除文件", "file removed"),
}


class AuditEntry(NamedTuple):
    """One thing that somebody did: when, who (an account, an agency, a key; empty where that is not known), about what,
    of how many (0 where it is of one), and from which address."""

    at: datetime
    event: AuditEvent
    who: str
    about: str
    number: int
    address: str


class AuditFilter(NamedTuple):
    """Which entries are wanted: of an event, and with a text in who, what it was about, or the address."""

    event: AuditEvent | None = None
    text: str = ""


class AuditLog:
    """The log in a server's database, the same for all its processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, event: AuditEvent, *, who: str = "", about: str = "", number: int = 0, address: str = ""
    ) -> None:
        """Write down what somebody did; what is too old, or beyond the most that is kept, is forgotten."""
        now = time()
        row = {
            "at": now,
            "event": event.value,
            "who": _sayable(who),
            "about": _sayable(about),
            "number": number,
            "address": _sayable(address),
        }
        with transaction(self._engine) as connection:
            serial = connection.execute(insert(AUDIT).values(row).returning(AUDIT.c.serial)).scalar_one()
            is_gone = or_(AUDIT.c.serial <= serial - MOST_ENTRIES, AUDIT.c.at < now - LONGEST_REMEMBERED)
            connection.execute(delete(AUDIT).where(is_gone))

    def has_since(self, event: AuditEvent, who: str, address: str, seconds: float) -> bool:
        """Whether somebody did that from there within the last seconds."""
        same = (AUDIT.c.event == event.value, AUDIT.c.who == _sayable(who), AUDIT.c.address == address)
        with refusals_named(), self._engine.connect() as connection:
            found = select(AUDIT.c.serial).where(AUDIT.c.at > time() - seconds, *same).limit(1)
            return connection.execute(found).first() is not None

    def count(self, wanted: AuditFilter) -> int:
        """How many entries are wanted."""
        with refusals_named(), self._engine.connect() as connection:
            counted = select(func.count()).select_from(AUDIT).where(*_conditions(wanted))
            return int(connection.execute(counted).scalar_one())

    def entries(self, wanted: AuditFilter, first: int = 0, most: int = MOST_ENTRIES) -> Iterator[AuditEntry]:
        """The entries that are wanted, the newest first, without those before the first and at most so many."""
        ordered = select(AUDIT).where(*_conditions(wanted)).order_by(AUDIT.c.serial.desc())
        with refusals_named(), self._engine.connect() as connection:
            for row in connection.execute(ordered.offset(first).limit(most)):
                yield _entry(row)


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.event:
        conditions.append(AUDIT.c.event == wanted.event.value)
    if text := _sayable(wanted.text):
        columns = (AUDIT.c.who, AUDIT.c.about, AUDIT.c.address)
        conditions.append(or_(*(column.contains(text, autoescape=True) for column in columns)))
    return conditions


def _entry(row: Row[tuple[int, float, str, str, str, int, str]]) -> AuditEntry:
    at = datetime.fromtimestamp(row.at)
    return AuditEntry(at, AuditEvent(row.event), row.who, row.about, row.number, row.address)


def _sayable(text: str) -> str:
    """A text as any database takes it."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:_LONGEST_TEXT]
