"""The process of one operation: it does it, says how far it has come, and stops where that is asked for."""

from __future__ import annotations

import _thread
import logging
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from types import FrameType

from reportfill.campaign.campaign import Campaign
from reportfill.errors import ReportfillError
from reportfill.text import Text
from reportfill.web.operations.kinds import OPERATION_KINDS
from reportfill.web.operations.records import Operation, OperationRecords, OperationState
from reportfill.web.operations.result import MadeFile, OperationResult
from reportfill.web.problems import told_of
from reportfill.web.security.server_database import ServerDatabase
from reportfill.web.setup import ServerSetup
from reportfill.workers import workers

_LOG = logging.getLogger("reportfill.web")
_BETWEEN_NOTES = 1.0
_BEHIND_VISITORS = 5
"""How much later than the server's own processes it has its turn, where systems know such a number (nice)."""

_FAULT = Text(
    "程序出了故障，没有完成：请再办理一次；仍然如此的，请告知管理人员。",
    "Something went wrong here: try again, or tell whoever runs this server.",
)


class _StoppedError(BaseException):
    """Somebody asked for an end. It is no Exception, so that nothing on the way takes it for a fault."""


def perform(setup_text: str, number: int) -> None:
    """Do an operation that was begun. What comes of it is written down."""
    setup = ServerSetup.from_text(setup_text)
    database = ServerDatabase(setup.database or setup.own_database)
    records = OperationRecords(database)
    operation = records.operation(number)
    if operation is not None:
        _leave_the_first_place()
        records.end(number, *_performed(setup, records, operation))
    database.close()


def _performed(
    setup: ServerSetup, records: OperationRecords, operation: Operation
) -> tuple[OperationState, OperationResult]:
    """How an operation ended, and what came of it."""
    try:
        with _noted(records, operation.number) as told, workers(setup.jobs) as crew:
            campaign = Campaign.open(setup.campaign, workers=crew, progress=told.note)
            kind, before = OPERATION_KINDS[operation.kind], set(campaign.office_files)
            result = kind.perform(campaign, setup, {**operation.wish, "by": operation.by})
            made = [file.path for file in campaign.office_files if file not in before]
            return OperationState.DONE, replace(result, files=tuple(_made_files(campaign, made)))
    except _StoppedError:
        return OperationState.STOPPED, OperationResult()
    except ReportfillError as error:
        return OperationState.REFUSED, OperationResult((told_of(error),))
    except Exception:
        _LOG.exception("an operation of the office could not be done")
        return OperationState.REFUSED, OperationResult((_FAULT,))


def _made_files(campaign: Campaign, paths: Sequence[str]) -> Iterator[MadeFile]:
    for path in sorted(paths):
        yield MadeFile(path, sha256(campaign.office_file(path)).hexdigest())


def _leave_the_first_place() -> None:
    """Let those who wait at a page be served first; Ctrl-C reaches all processes of a terminal, and the server tells
    this one itself when it is to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_BEHIND_VISITORS)


def _tell_main_thread(number: signal.Signals) -> None:
    """Let this process hear a signal; where systems know how, even while it waits for something."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)
    else:
        _thread.interrupt_main(number)


class _Progress:
    """How far an operation has come."""

    def __init__(self) -> None:
        self.done = self.total = 0

    def note(self, done: int, total: int) -> None:
        """Hear how many are done, and how many there are."""
        self.done, self.total = done, total


@contextmanager
def _noted(records: OperationRecords, number: int) -> Iterator[_Progress]:
    """Progress that is written down once a second, and what ends the work where that is asked for meanwhile."""
    progress, is_over = _Progress(), threading.Event()

    def note() -> None:
        while not is_over.wait(_BETWEEN_NOTES):
            with suppress(ReportfillError, OSError):
                if records.note_progress(number, progress.done, progress.total):
                    _tell_main_thread(signal.SIGTERM)
                    return

    def stop(number: int, frame: FrameType | None) -> None:
        if not is_over.is_set():
            raise _StoppedError

    before = signal.signal(signal.SIGTERM, stop)
    noting = threading.Thread(target=note, daemon=True)
    noting.start()
    try:
        yield progress
    finally:
        is_over.set()
        noting.join()
        signal.signal(signal.SIGTERM, before)
