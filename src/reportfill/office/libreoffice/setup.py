"""How LibreOffices are to be started: which program, with which typefaces, within which limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reportfill.finding import Finding, finding
from reportfill.office.libreoffice.process import profile_in, temporary_folder
from reportfill.office.libreoffice.profile import write_profile
from reportfill.text import Text, listed_words


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """How many seconds a file and a start may take; how many files and bytes of memory a LibreOffice may come to before
    another takes its place, for it never gives memory back; and how many bytes it may have in the middle of a file."""

    seconds: float = 120
    seconds_to_start: float = 60
    files: int = 100
    memory: int = 600 << 20
    most_memory: int = 3 << 30


USUAL_LIMITS = WorkerLimits()


@dataclass(frozen=True, slots=True)
class OfficeSetup:
    """How LibreOffices are to be started. `replacements` say which typeface is to be taken for which, `fonts` is a
    folder of font files."""

    program: str
    replacements: Mapping[str, str] = field(default_factory=dict)
    fonts: Path | None = None
    limits: WorkerLimits = USUAL_LIMITS

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A folder for one LibreOffice, with its profile, which goes with all that is in it."""
        with temporary_folder() as folder:
            write_profile(profile_in(folder), self.replacements, self.fonts)
            yield folder

    def too_slow(self) -> Finding:
        """What is said of a file that took too long."""
        seconds = f"{self.limits.seconds:g}"
        return _not_converted(Text(f"{seconds}秒内没有完成", f"it was not done within {seconds} seconds"))


def no_stand_ins(faces: Iterable[str]) -> Finding:
    """What is said of a file that names prescribed faces that are not there, where nothing may stand in for them."""
    return finding("document.faces_missing", faces=listed_words(faces))


def ended_at() -> Finding:
    """What is said of a file at which LibreOffice ended."""
    return _not_converted(Text("LibreOffice异常退出", "it ended"))


def not_taken() -> Finding:
    """What is said of a file that LibreOffice does not open."""
    return _not_converted(Text("LibreOffice打不开", "it does not open the file"))


def _not_converted(reason: Text) -> Finding:
    return finding("document.not_converted", reason=reason)
