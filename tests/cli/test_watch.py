"""reportfill watch: a drop folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from office_processes import comes_true, offices_of
from places import SAMPLES
from printed import PRINTED

from reportfill.office.typefaces import installed_typefaces

WEIHUI = SAMPLES / "weihui-xinfang-2023.xlsx"
HONGZE = SAMPLES / "hongze-2023.xlsx"
REPORT = "卫辉市信访局2023年政府信息公开工作年度报告.docx"


@contextmanager
def watching(inbox: Path, out: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The program watching a folder, and ended by SIGTERM."""
    command = [sys.executable, "-m", "reportfill", "watch", str(inbox), "-o", str(out), *options]
    environment = {**os.environ, "REPORTFILL_LANG": "en", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=-1, stderr=-1, encoding=PRINTED, env=environment) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def appears(path: Path, seconds: float) -> bool:
    """Whether a file is there before that many seconds have gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("options", [(), ("--poll",)])
def test_what_is_dropped_in_gives_its_report_or_its_marked_copy(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    shutil.copy(HONGZE, inbox / "first.xlsx")
    with watching(inbox, out, *options) as process:
        assert appears(out / "first-需修改.xlsx", 20)
        shutil.copy(WEIHUI, inbox / "second.xlsx")
        assert appears(out / REPORT, 20)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        printed, told = process.communicate(timeout=10)
    assert process.returncode == 0
    assert REPORT in printed
    assert "stopped; done: 2 files." in told
    assert sorted(path.name for path in inbox.iterdir()) == ["first.xlsx", "second.xlsx"]


def test_a_pdf_comes_of_what_is_dropped_in_and_no_libreoffice_stays(office: object, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    with watching(inbox, out, "--to", "docx,pdf") as process:
        shutil.copy(WEIHUI, inbox / "first.xlsx")
        assert appears(out / REPORT.replace(".docx", ".pdf"), 40)
        assert comes_true(lambda: not offices_of(process.pid))
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)[1]
    assert ("typefaces are missing" in said) == bool(installed_typefaces().missing)


def test_a_folder_that_is_not_there_or_is_its_own_output_is_refused(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    assert reportfill("watch", tmp_path / "none", "-o", tmp_path).status == 2
    assert reportfill("watch", tmp_path, "-o", tmp_path).status == 2
