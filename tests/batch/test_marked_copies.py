"""Of several files those are read that say something new, and what was read to see that is handed on."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import SAMPLES

from reportfill.batch.marked_copies import chosen
from reportfill.processing import Artefact, Job, process

FAULTY = (SAMPLES / "hongze-2023.xlsx").read_bytes()
CORRECTED = (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A workbook, its marked copy that was corrected, and one of another that nobody has touched."""
    contents = {
        "甲.xlsx": FAULTY,
        "甲-需修改.xlsx": CORRECTED,
        "乙-需修改.xlsx": process(FAULTY, Job()).artefacts[Artefact.MARKED],
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def test_the_corrected_copy_is_read_and_what_is_passed_over_is_told(files: list[Path]) -> None:
    original, corrected, untouched = files
    found = chosen(files)
    assert [(one.path, one.content) for one in found.inputs] == [(corrected, CORRECTED)]
    assert found.superseded == {original: corrected}
    assert found.unchanged == [untouched]


def test_one_file_alone_is_read_whatever_it_is(files: list[Path]) -> None:
    assert [one.path for one in chosen(files[2:]).inputs] == files[2:]


def test_where_nobody_has_changed_anything_there_is_nothing_to_read(
    files: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "丙-需修改.xlsx"
    other.write_bytes(files[2].read_bytes())
    found = chosen([files[2], other])
    assert (found.inputs, found.unchanged) == ([], sorted([files[2], other]))
