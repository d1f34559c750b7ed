"""What is to be written together: versions with their files, and what is told of them when all of it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportfill.campaign.inbox.marked_copies import ObsoleteCopies
from reportfill.campaign.inbox.sources import Source
from reportfill.campaign.records.history import Version
from reportfill.campaign.records.readings import Reading
from reportfill.campaign.storage.store import printable_path
from reportfill.errors import OneFileError
from reportfill.finding import Finding, finding
from reportfill.system_words import in_one_line
from reportfill.text import Text, how_many

HELD = "stray.held"
"""The code that says so of a file which could not be taken in because what comes of it cannot be written now."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of one file of the inbox: the version that it is, or why it belongs to nobody."""

    file: str
    agency: str
    version: Version | None
    reason: Finding | None = None

    @property
    def is_held(self) -> bool:
        """Whether it was not taken in because a file that comes of it cannot be written now, as another program has
        open what it replaces: the next run does it."""
        return self.reason is not None and self.reason.code == HELD


def collected_in_words(taken: Sequence[Collected]) -> tuple[Text, ...]:
    """How many files became reports, and what became of the others."""
    sound = sum(one.version is not None and one.version.is_sound for one in taken)
    held = sum(one.is_held for one in taken)
    strays = sum(one.version is None for one in taken) - held
    faulty = len(taken) - sound - strays - held
    told = Text(
        f"新接收{len(taken)}个文件：生成报告{sound}份，有错误{faulty}份，未识别{strays}个。",
        f"{how_many(len(taken), 'new file')}: {how_many(sound, 'report')}, {faulty} to be corrected, "
        f"{strays} of unknown agencies.",
    )
    left = Text(
        f"没有接收的{held}个，请按提示关闭有关文件或者缩短名称后再运行一次。",
        f"not taken in: {held}; close those files or shorten their names, and run this again.",
    )
    return (told, left) if held else (told,)


def held_back(error: OneFileError) -> Finding:
    """What is said of a file that is not taken in yet, because a file that comes of it cannot be written."""
    return finding(HELD, reason=in_one_line(error))


@dataclass
class PlannedVersion:
    """A version that is to be written: of which source, what was read of it, its files, what has to make room for its
    report, and what it makes obsolete."""

    source: Source
    version: Version
    reading: Reading | None
    files: dict[str, bytes]
    former_report: tuple[str, str] | None
    obsolete: ObsoleteCopies


@dataclass
class Batch:
    """What is to be written together: versions; the stamps of sources that have been seen, by name, and the contents of
    those that are no archives; and what is told when all of it is written."""

    planned: list[PlannedVersion] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    collected: list[Collected] = field(default_factory=list)

    @property
    def files(self) -> dict[str, bytes]:
        """All files of the versions, by path."""
        return {path: content for one in self.planned for path, content in one.files.items()}

    def leave_out(self, held: Mapping[str, OneFileError]) -> None:
        """Leave out the versions, by digest, for which there is no room now: they are taken in by the next run."""
        for one in self.planned:
            error = held.get(one.version.digest)
            if error is not None:
                self.seen.pop(printable_path(one.source.path), None)
                reason = held_back(error)
                self.collected = [
                    replace(told, version=None, reason=reason) if told.version is one.version else told
                    for told in self.collected
                ]
        self.seen = {name: stamp for name, stamp in self.seen.items() if self.digests.get(name) not in held}
        self.planned = [one for one in self.planned if one.version.digest not in held]
