"""What comes of each of many files, in both languages, whatever is wrong with one of them."""

from __future__ import annotations

from pathlib import Path

from places import SAMPLES

from reportfill.batch.inputs import Input
from reportfill.batch.preparing import all_prepared
from reportfill.processing import Job

SOUND = SAMPLES / "weihui-xinfang-2023.xlsx"


def test_what_cannot_be_opened_is_told_by_the_processes_in_both_languages(tmp_path: Path) -> None:
    inputs = [Input(SOUND)] * 9 + [Input(tmp_path / "none.xlsx")] + [Input(SOUND)] * 9
    results = list(all_prepared(inputs, Job(), processes=2))
    assert [bool(one.report) for one in results] == [one.path == SOUND for one in inputs]
    trouble = results[9].trouble
    assert trouble is not None
    assert trouble.zh.startswith("没有这个文件")
    assert trouble.en.startswith("there is no such file")


def test_content_that_was_read_already_is_taken_in_place_of_the_file(tmp_path: Path) -> None:
    (result,) = all_prepared([Input(tmp_path / "gone.xlsx", SOUND.read_bytes())], Job())
    assert result.report
    assert result.agency == "卫辉市信访局"
