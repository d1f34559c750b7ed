"""Who judges from outside whether a .docx or .xlsx is sound OOXML: published validators, none of them ours.

Word and Excel refuse, or repair with a question, what is not valid; LibreOffice and most libraries read on. So what is
written here is shown to judges that know the standard's schemas. Nothing passes for lack of one.
"""

from __future__ import annotations

import importlib.util
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from openxml_audit import FileFormat, OpenXmlValidator, ValidationError, ValidationSeverity
from places import SHARED

Judge = Callable[[Path], list[str]]
"""Lists what is wrong with a file, each with its part."""


class Excused(NamedTuple):
    """What openxml-audit says of sound files, and why it does not count."""

    place: re.Pattern[str]
    words: re.Pattern[str]
    reason: str


EXCUSED = (
    Excused(
        re.compile(r"/styleSheet\[1\]/(?:fonts|dxfs)\[1\]/.*font\[\d+\]"),
        re.compile(
            r"Unexpected element '(?:b|i|strike|color|sz|u|vertAlign|family|charset|scheme|name)' found"
        ),
        "CT_Font is a choice in any order (ISO/IEC 29500-4): Excel takes the name first, as openpyxl writes it",
    ),
    Excused(
        re.compile(r".*"),
        re.compile(r"A required relationship type '.*/relationships/theme' is missing\."),
        "A package has one theme at most (ISO/IEC 29500-1, 12.3.22); without colours of a theme it needs none",
    ),
)
"""What is excused in a workbook, as openxml-audit 0.8.0 says it."""


def ooxml_problems(path: Path) -> list[str]:
    """What any judge at hand has against a file; an empty list means that at least one judged it and found nothing."""
    at_hand = judges()
    assert at_hand, "no judge of OOXML is at hand: nothing can be said of any file"
    return [problem for judge in at_hand for problem in judge(path)]


@cache
def judges() -> tuple[Judge, ...]:
    """Every judge that is at hand: the published validator, and a stricter script where it lies beside the project."""
    script = SHARED / "tools" / "validate_ooxml.py"
    return (_audited, *([_judge_in(script)] if script.is_file() else []))


def _audited(path: Path) -> list[str]:
    """What openxml-audit says of a file."""
    try:
        said = _validator().validate(path).errors
    except (
        RuntimeError,
        zlib.error,
        zipfile.BadZipFile,
    ) as error:  # a package that zipfile itself cannot unpack
        return [f"cannot be unpacked: {error}"]
    return list(_counting(said))


@cache
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0)


def _counting(said: list[ValidationError]) -> Iterator[str]:
    """What counts of what was said: warnings speak of what Excel would do at the next save, and are none."""
    for one in said:
        if one.severity is ValidationSeverity.ERROR and not _is_excused(one):
            yield f"{one.part_uri}: {one.path} {one.description}"


def _is_excused(said: ValidationError) -> bool:
    return any(
        excused.place.fullmatch(said.path) and excused.words.fullmatch(said.description)
        for excused in EXCUSED
    )


def _judge_in(script: Path) -> Judge:
    spec = importlib.util.spec_from_file_location("validate_ooxml", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda path: list(module.problems(path))
