"""Operations as routes begin, see and stop them."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any

from reportfill.errors import ReportfillError
from reportfill.web.operations.performing import perform
from reportfill.web.operations.records import Operation, OperationRecords, OperationState
from reportfill.web.operations.result import OperationResult
from reportfill.web.security.server_database import ServerDatabase
from reportfill.web.setup import ServerSetup
from reportfill.workers import without_interruption

_PATIENCE = 10.0
"""Seconds that an operation has to put its work away when the server ends."""


class Operations:
    """The operations of a server: one at a time, each in a process of its own. One whose server is killed goes on."""

    def __init__(self, setup: ServerSetup, database: ServerDatabase) -> None:
        self._setup = setup
        self._records = OperationRecords(database)
        self._own: dict[int, BaseProcess] = {}

    def begin(self, kind: str, wish: Mapping[str, Any], by: str) -> int:
        """Begin an operation; its number. Raises AnotherOperationError where one is still under way, and
        OSError where no process can be started."""
        number = self._records.begin(kind, wish, by)
        process = multiprocessing.get_context("spawn").Process(
            target=perform, args=(self._setup.as_text(), number)
        )
        try:
            with without_interruption():
                process.start()
        except OSError:
            self._records.end(number, OperationState.BROKEN_OFF, OperationResult())
            raise
        self._own[number] = process
        Thread(target=self._await_end, args=(number, process), daemon=True).start()
        return number

    def stop(self, number: int) -> None:
        """Ask for an end of an operation, in whichever process it is."""
        self._records.ask_to_stop(number)

    def operation(self, number: int) -> Operation | None:
        """An operation by its number; None where it is not remembered."""
        return self._records.operation(number)

    def newest(self) -> list[Operation]:
        """The operations that are remembered, the newest first."""
        return self._records.newest()

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the processes of those that this process began and that have not ended."""
        return tuple(process.pid for process in [*self._own.values()] if process.pid and process.is_alive())

    def close(self) -> None:
        """Let those end that this process began."""
        for process in [*self._own.values()]:
            process.terminate()
        for process in [*self._own.values()]:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()

    def _await_end(self, number: int, process: BaseProcess) -> None:
        process.join()
        self._own.pop(number, None)
        was_stopped = process.exitcode == -signal.SIGTERM
        state = OperationState.STOPPED if was_stopped else OperationState.BROKEN_OFF
        with suppress(ReportfillError, OSError):  # the server may be about to end
            self._records.end(number, state, OperationResult())
