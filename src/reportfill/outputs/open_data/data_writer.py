"""What writes reports as open data: one after another into one file, of which nothing stays in memory."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from io import BytesIO
from typing import IO

from reportfill.errors import SubmissionError
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack


class DataWriter(ABC):
    """A file of open data that is being written: the same bytes for the same reports of a pack in the same order."""

    def __init__(self, pack: Pack, stream: IO[bytes]) -> None:
        self._pack = pack
        self._stream = stream

    @abstractmethod
    def add(self, submissions: Sequence[Submission]) -> None:
        """Write reports behind those that were written."""

    @abstractmethod
    def finish(self) -> None:
        """Write what stands behind all reports; the stream stays open."""


def data_of_one(writer: type[DataWriter], submission: Submission) -> bytes:
    """The file of one report."""
    stream = BytesIO()
    writing = writer(pack_of(submission), stream)
    writing.add([submission])
    writing.finish()
    return stream.getvalue()


def pack_of(submission: Submission) -> Pack:
    """The pack of a report. Raises SubmissionError where it could not be read."""
    if not isinstance(submission.pack, Pack):
        raise SubmissionError("there are no data: the file could not be read", "没有数据：文件无法读取")
    return submission.pack
