"""LibreOffice, where it is installed: another program, asked to make a file of another kind."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

_ELSEWHERE = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where it is where it is not on the path."""

_SECONDS = 120
"""For so long it may take to convert a file."""


def office_program() -> str | None:
    """The program's path; None where it is not installed."""
    named = (shutil.which(name) for name in ("soffice.com", "soffice", "libreoffice"))
    return next(filter(None, [*named, *filter(os.path.isfile, _ELSEWHERE)]), None)


def as_docx(content: bytes) -> bytes | None:
    """An older Word file (.doc, .wps) as .docx; None where LibreOffice is not installed or makes nothing of it."""
    return converted(content, "doc", "docx")


def converted(content: bytes, suffix: str, wanted: str) -> bytes | None:
    """A file as one of another kind, by their suffixes: a .docx or .xlsx as a .pdf. None where LibreOffice is not
    installed or makes nothing of it."""
    program = office_program()
    if program is None:
        return None
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"file.{suffix}")
        source.write_bytes(content)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        call = [program, profile, "--headless", "--convert-to", wanted, "--outdir", folder, str(source)]
        try:
            subprocess.run(call, capture_output=True, timeout=_SECONDS, check=False)
            return source.with_suffix(f".{wanted}").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            return None
