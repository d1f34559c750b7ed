"""The systemd unit is sound, and runs a command that there is."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

UNIT = ROOT / "packaging" / "reportfill.service"
_PROGRAM = "/opt/reportfill/bin/reportfill"


@pytest.mark.skipif(
    sys.platform != "linux" or (shutil.which("systemd-analyze") is None and not os.environ.get("CI")),
    reason="systemd is not installed",
)
def test_systemd_has_nothing_against_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text("utf-8").replace(_PROGRAM, sys.executable), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_unit_serves_a_campaign_by_options_that_there_are(tmp_path: Path) -> None:
    told = re.search(r"^ExecStart=(.+)$", UNIT.read_text("utf-8"), re.MULTILINE)
    assert told
    program, command, campaign, *options = shlex.split(told[1])
    assert (program, command) == (_PROGRAM, "serve")
    none = tmp_path / Path(campaign).name
    done = subprocess.run(
        [sys.executable, "-m", "reportfill", command, str(none), *options, "--lang", "zh"],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 2
    assert "不是年度报告工作的文件夹" in done.stderr
