"""What becomes of a file that was dropped onto the page: told, and kept with what was made of it.

Whatever a client calls a file decides nothing: it is only shown.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from reportfill.batch.inputs import DATA, LARGEST_INPUT, Input
from reportfill.batch.preparing import Prepared, prepared
from reportfill.errors import UsageError
from reportfill.finding import Finding, has_errors
from reportfill.intake.source import too_large
from reportfill.limits import Lost
from reportfill.model.submission import Submission
from reportfill.outputs.kind import KINDS, WORD, Output, suffix_of_ending
from reportfill.plain_files import TooLargeError
from reportfill.processing import Job
from reportfill.text import Text, cut

_LONGEST_SHOWN = 120
_WORKBOOK = ".xlsx"
GIVEN, LAST, REPORT, MARKED, TOLD = "given", "last", "report.docx", "marked.xlsx", "told.json"
"""What is kept of a file, and what is told of it."""


class DroppedFile(NamedTuple):
    """A file as it was dropped: what it is called for people, its content, and that of last year's report where one was
    dropped beside it; `says_data` where its sender says that this is JSON."""

    shown_name: str
    content: bytes
    last: bytes = b""
    says_data: bool = False

    @property
    def is_data(self) -> bool:
        """Whether it is JSON, by what is said or how it begins: a workbook never begins with a brace."""
        return self.says_data or self.content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")

    @property
    def place(self) -> Path:
        """What stands for its path, of which nothing is opened."""
        return Path(f"dropped{DATA if self.is_data else _WORKBOOK}")


@dataclass(frozen=True)
class DroppedResult:
    """What came of a dropped file, in words."""

    shown_name: str
    pack: tuple[str, str] | None = None
    agency: str = ""
    code: str = ""
    year: int | None = None
    report_name: str = ""
    findings: tuple[Finding, ...] = ()
    trouble: Text | None = None
    has_report: bool = False
    has_marked: bool = False
    not_made: tuple[Text, ...] = field(default=())

    @property
    def is_sound(self) -> bool:
        """Whether there is a report."""
        return self.has_report and not has_errors(self.findings)

    def as_json(self) -> bytes:
        """The result as JSON."""
        told = {
            "shown_name": self.shown_name,
            "pack": self.pack,
            "agency": self.agency,
            "code": self.code,
            "year": self.year,
            "report_name": self.report_name,
            "findings": [found.as_plain() for found in self.findings],
            "trouble": self.trouble and [self.trouble.zh, self.trouble.en],
            "has_report": self.has_report,
            "has_marked": self.has_marked,
            "not_made": [[why.zh, why.en] for why in self.not_made],
        }
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_json(cls, content: bytes) -> DroppedResult:
        """The result from its JSON."""
        told: dict[str, Any] = json.loads(content.decode("utf-8", "surrogatepass"))
        return cls(
            **told
            | {
                "pack": told["pack"] and tuple(told["pack"]),
                "findings": tuple(map(Finding.from_plain, told["findings"])),
                "trouble": told["trouble"] and Text(*told["trouble"]),
                "not_made": tuple(Text(*why) for why in told["not_made"]),
            }
        )


class FileWork(NamedTuple):
    """What is wanted of a dropped file."""

    file: DroppedFile
    job: Job


class OutputsAsked(NamedTuple):
    """A kind of output, made of data, that is asked of a dropped file."""

    file: DroppedFile
    kind: str


def result_of(file: DroppedFile) -> Prepared:
    """What comes of a dropped file: its report, or the workbook with its mistakes marked. Raises UsageError where last
    year's report cannot be read."""
    return prepared_file(FileWork(file, Job(kinds=(WORD,))))


def prepared_file(work: FileWork) -> Prepared:
    """What is wanted of a dropped file. Raises UsageError where last year's report cannot be read."""
    file, job = work
    most = LARGEST_INPUT[file.place.suffix]
    if len(file.content) > most:
        error = TooLargeError(file.shown_name, len(file.content), most)
        return Prepared(file.place, findings=(too_large(error),))
    job = replace(job, last=_last_report(file.last))
    return prepared(job, Input(file.place, file.content, comes_alone=True))


def outputs_asked(asked: OutputsAsked) -> tuple[Output, ...]:
    """The outputs of one kind of a dropped file. Raises ReportfillError where they cannot be made."""
    from reportfill.processing import process

    file, kind = asked
    KINDS[kind].require()
    job = Job(kinds=(kind,), last=_last_report(file.last))
    return process(file.content, job, is_data=file.is_data).outputs


def _last_report(content: bytes) -> Submission | None:
    """Last year's report; None where there is none."""
    from reportfill.intake.data import read_data
    from reportfill.intake.read import read_workbook

    if not content:
        return None
    file = DroppedFile("", content)
    submission = read_data(content) if file.is_data else read_workbook(content)
    if submission.pack is None:
        why = submission.findings[0].message if submission.findings else Text("", "")
        raise UsageError(f"last year's report cannot be read: {why.en}", f"上年度的报告无法读取：{why.zh}")
    return submission


def files_to_keep(file: DroppedFile, made: Prepared | Lost) -> Mapping[str, bytes]:
    """What is kept of a dropped file, by name: itself, what was made of it and what is told of it."""
    if isinstance(made, Lost):
        return {TOLD: DroppedResult(file.shown_name, findings=(made.why,)).as_json()}
    told = DroppedResult(
        file.shown_name,
        made.pack,
        made.agency,
        made.code,
        made.year,
        made.report_name,
        made.findings,
        made.trouble,
        bool(made.report),
        bool(made.returned),
        made.not_made,
    )
    files = {
        TOLD: told.as_json(),
        GIVEN: file.content,
        LAST: file.last,
        REPORT: made.report,
        MARKED: made.returned,
    }
    return {name: content for name, content in files.items() if content}


def named_in_addresses(kind: str, ending: str) -> str:
    """What the file of a kind of output that ends so is called in addresses: pdf.pdf, picture.svg."""
    return f"{kind}{suffix_of_ending(ending)}"


def shown_name(told: str | None) -> str:
    """What a file is called for people, of what a client said: browsers send UTF-8, others %E5…, some a whole path."""
    name = unquote(told or "", errors="replace").replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in unicodedata.normalize("NFC", name) if _is_shown(one)).strip()
    return cut(plain, _LONGEST_SHOWN)


def _is_shown(character: str) -> bool:
    """Whether a character says what it shows: none that turns the direction of others or is not seen at all."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
