"""Every kind of output that is made of data stays far below the limit of addresses that a file has."""

from __future__ import annotations

import subprocess
import sys

import pytest
from places import SAMPLES

from reportfill.limits import GENEROUS
from reportfill.outputs.kind import KINDS

MAKE_ALL = """
import sys
from reportfill.limits import Lost, within_limits, Limits, _taken_before
from reportfill.processing import Job, process
content = open(sys.argv[1], "rb").read()
job = Job(kinds=tuple(sys.argv[3].split(",")))


def made_with_room_left(given):
    made = process(given, job)
    bytearray(int(sys.argv[2]) // 4 * 3)
    return made


made = within_limits(Limits(memory=int(sys.argv[2])), made_with_room_left, content)
assert not isinstance(made, Lost), made.why
print(*[output.kind for output in made.outputs])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="addresses are limited on Linux alone")
def test_a_quarter_of_the_addresses_that_a_file_has_is_enough_for_all_kinds() -> None:
    kinds = [name for name, kind in KINDS.items() if not kind.is_of_pages]
    sample = SAMPLES / "weihui-xinfang-2023.xlsx"
    command = [sys.executable, "-c", MAKE_ALL, str(sample), str(GENEROUS.memory), ",".join(kinds)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == set(kinds)
