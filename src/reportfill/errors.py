"""The exceptions of reportfill: one tree with one root.

Problems in what people send are never exceptions: they are findings (`reportfill.finding`).
"""

from __future__ import annotations

import datetime


class ReportfillError(Exception):
    """The root: catch this to catch all of ours. Its text is one line for a person, in English; `chinese` is the same
    for a clerk, where the error is one that clerks meet. `by_command` says in both languages what the command line can
    do about it; `told` is what there is to say, in Chinese and English, to whoever has only a page."""

    def __init__(self, english: str, chinese: str = "", *, by_command: tuple[str, str] = ("", "")) -> None:
        self.told = chinese or english, english
        self.has_command = any(by_command)
        self.english = "; ".join(filter(None, (english, by_command[0])))
        self.chinese = "；".join(filter(None, (self.told[0], by_command[1])))
        super().__init__(self.english)


class PackError(ReportfillError):
    """A pack is not found, broken, or its schema and templates do not fit together."""


class SubmissionError(ReportfillError):
    """A submission cannot be printed, because it could not be read or has errors."""


class OutputError(ReportfillError):
    """A file could not be written; what stood there before is untouched."""


class OneFileError(OutputError):
    """A file could not be written for a reason of its own, as another program has it open or its path is too long:
    others can be, and it can be later."""


class CampaignError(ReportfillError):
    """A campaign's folder that is none, is broken, or is being worked on by another process."""


class NoRoomError(CampaignError):
    """What a campaign keeps cannot be written because the disk has no room."""


class UsageError(ReportfillError):
    """A call that cannot be carried out as it was asked."""


def require_kind(name: str, given: object, kind: type, english: str, chinese: str) -> None:
    """Raise UsageError, which says what is needed, where an argument is of another kind. True and False are no
    numbers, and a moment is no day."""
    is_more = (kind is int and isinstance(given, bool)) or (
        kind is datetime.date and isinstance(given, datetime.datetime)
    )
    if is_more or not isinstance(given, kind):
        raise UsageError(
            f"{name}: {english} is needed, not {type(given).__name__}",
            f"{name}：需要{chinese}，不能是{type(given).__name__}",
        )
