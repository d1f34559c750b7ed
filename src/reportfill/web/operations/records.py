"""Which operations were begun and what came of them, in the server's own database: all its processes see the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from time import time
from typing import Any

from sqlalchemy import Row, Select, Update, delete, insert, select, update

from reportfill.campaign.records.database import refusals_named, transaction
from reportfill.text import Text
from reportfill.web.operations.result import OperationResult
from reportfill.web.security.server_database import ServerDatabase
from reportfill.web.security.server_tables import OPERATIONS

_LONGEST_SILENCE = 30.0
"""Seconds after which an operation that says nothing any more is taken to have ended with its process."""

_KEPT = 50
"""So many operations are remembered."""


class OperationState(StrEnum):
    """How an operation stands; broken off it is where its process has ended without a word."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    BROKEN_OFF = "broken-off"


STATE_NAMES: Mapping[OperationState, Text] = {
    OperationState.RUNNING: Text("正在办理", "under way"),
    OperationState.DONE: Text("已完成", "done"),
    OperationState.REFUSED: Text("未能办理", "could not be done"),
    OperationState.STOPPED: Text("已停止", "stopped"),
    OperationState.BROKEN_OFF: Text("异常中断", "broken off"),
}
"""What a person calls a state."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: which, what was wished for it, who began it and when, when it last said something, how it stands
    and how far it has come, and what came of it."""

    number: int
    kind: str
    wish: Mapping[str, Any]
    by: str
    begun: datetime
    seen: datetime
    state: OperationState
    done: int
    total: int
    result: OperationResult

    @property
    def is_running(self) -> bool:
        """Whether it is still under way."""
        return self.state is OperationState.RUNNING


class AnotherOperationError(Exception):
    """One operation at a time: another is still under way."""


class OperationRecords:
    """The operations of all processes of a server."""

    def __init__(self, database: ServerDatabase) -> None:
        self._database, self._engine = database, database.engine

    def begin(self, kind: str, wish: Mapping[str, Any], by: str) -> int:
        """Write down that an operation begins; its number. Raises AnotherOperationError."""
        now = time()
        row = {
            "kind": kind,
            "wish": json.dumps(dict(wish), ensure_ascii=False),
            "by": by,
            "begun": now,
            "seen": now,
            "state": OperationState.RUNNING.value,
        }
        with self._database.alone() as connection:
            if any(_operation(found).is_running for found in connection.execute(_newest(1))):
                raise AnotherOperationError
            number = int(
                connection.execute(insert(OPERATIONS).values(row).returning(OPERATIONS.c.number)).scalar_one()
            )
            connection.execute(delete(OPERATIONS).where(OPERATIONS.c.number <= number - _KEPT))
        return number

    def note_progress(self, number: int, done: int, total: int) -> bool:
        """Write down how far an operation has come, and that it is alive; whether it is to stop."""
        with transaction(self._engine) as connection:
            connection.execute(_changed(number).values(seen=time(), done=done, total=total))
            found = select(OPERATIONS.c.is_to_stop).where(OPERATIONS.c.number == number)
            return bool(connection.execute(found).scalar())

    def ask_to_stop(self, number: int) -> None:
        """Ask for an end of an operation."""
        with transaction(self._engine) as connection:
            connection.execute(_changed(number).values(is_to_stop=True))

    def end(self, number: int, state: OperationState, result: OperationResult) -> None:
        """Write down what came of an operation, once: what was written first stays."""
        with transaction(self._engine) as connection:
            connection.execute(_changed(number).values(state=state.value, result=result.as_text()))

    def operation(self, number: int) -> Operation | None:
        """An operation by its number; None where it is not remembered."""
        with refusals_named(), self._engine.connect() as connection:
            row = connection.execute(select(OPERATIONS).where(OPERATIONS.c.number == number)).first()
        return None if row is None else _operation(row)

    def newest(self, most: int = _KEPT) -> list[Operation]:
        """So many operations, the newest first."""
        with refusals_named(), self._engine.connect() as connection:
            return [_operation(row) for row in connection.execute(_newest(most))]


def _newest(most: int) -> Select[Any]:
    return select(OPERATIONS).order_by(OPERATIONS.c.number.desc()).limit(most)


def _changed(number: int) -> Update:
    """A change of an operation that has not ended."""
    is_running = OPERATIONS.c.state == OperationState.RUNNING.value
    return update(OPERATIONS).where(OPERATIONS.c.number == number, is_running)


def _operation(row: Row[Any]) -> Operation:
    state = OperationState(row.state)
    if state is OperationState.RUNNING and time() - row.seen > _LONGEST_SILENCE:
        state = OperationState.BROKEN_OFF
    return Operation(
        row.number,
        row.kind,
        json.loads(row.wish),
        row.by,
        datetime.fromtimestamp(row.begun),
        datetime.fromtimestamp(row.seen),
        state,
        row.done,
        row.total,
        OperationResult.from_text(row.result),
    )
