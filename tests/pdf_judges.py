"""What programs that others wrote say of a PDF for the archive."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

JARS = Path("/usr/share/java")
_PREFLIGHT = (
    *("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io"),
    *("javax.activation", "jaxb-api"),
)


def preflight(pdf: Path) -> str:
    """What Apache PDFBox Preflight says of a file as PDF/A-1b: an empty text where it is valid. On a developer's
    machine without it such tests are left out; in CI never."""
    jars = [JARS / f"{name}.jar" for name in _PREFLIGHT]
    is_there = shutil.which("java") is not None and all(os.path.isfile(jar) for jar in jars)
    if not is_there and not os.environ.get("CI"):
        pytest.skip("PDFBox Preflight is not installed")
    path = ":".join(map(str, jars))
    command = ["java", "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", str(pdf)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    said = done.stdout + done.stderr
    return "" if "is a valid PDF/A-1b file" in said else said


def verapdf(pdf: Path) -> str:
    """What veraPDF says of a file as PDF/A-2b, where it is on the path: an empty text where it is valid, or there is no
    veraPDF, which neither PyPI nor Debian has."""
    program = shutil.which("verapdf")
    if program is None:
        return ""
    command = [program, "--flavour", "2b", "--format", "text", str(pdf)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    return "" if done.stdout.startswith("PASS") else done.stdout + done.stderr
