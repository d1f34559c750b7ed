"""Outputs as a program has them made: every kind that there is, in memory and written."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import SAMPLES

from reportfill import Submission, UsageError, outputs, read_workbook, render
from reportfill.errors import SubmissionError
from reportfill.outputs.kind import KINDS

NAME = "卫辉市信访局2023年政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def sound() -> Submission:
    """What a sample says."""
    return read_workbook(SAMPLES / "weihui-xinfang-2023.xlsx")


def test_every_kind_gives_its_files_in_the_order_asked_for(sound: Submission) -> None:
    names = list(reversed(KINDS))
    made = outputs.make_outputs(sound, names)
    assert list(dict.fromkeys(one.kind for one in made)) == names
    assert {one.ending for one in made} == {ending for kind in KINDS.values() for ending in kind.endings}
    assert all(one.content for one in made)


def test_they_are_written_under_the_name_of_the_report(sound: Submission, tmp_path: Path) -> None:
    written = outputs.write(sound, ["docx", "csv"], tmp_path / "new")
    assert [path.name for path in written] == [f"{NAME}.docx", f"{NAME}.csv"]
    assert written[0].read_bytes() == render(sound)


def test_what_stood_there_and_differs_is_kept(sound: Submission, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.docx").write_bytes(b"another")
    outputs.write(sound, folder=tmp_path)
    assert (tmp_path / f"{NAME} (1).docx").read_bytes() == b"another"


def test_one_name_alone_is_a_kind_too(sound: Submission) -> None:
    (output,) = outputs.make_outputs(sound, "json")
    assert output.kind == "json"


def test_a_draft_is_marked(sound: Submission) -> None:
    (output,) = outputs.make_outputs(sound, ["html"], draft=True)
    assert "草稿" in output.content.decode("utf-8")


def test_what_cannot_be_made_is_refused(sound: Submission, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no kind of output"):
        outputs.write(sound, ["docs"], tmp_path)
    with pytest.raises(SubmissionError):
        outputs.write(Submission(None, {}), ["docx"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_room_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'writes'"):
        _ = outputs.writes
