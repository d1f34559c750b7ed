"""Which files of a folder are meant."""

from __future__ import annotations

from pathlib import Path

from places import SAMPLES

from reportfill.batch.delivery import delivered
from reportfill.batch.inputs import Input, input_files
from reportfill.batch.preparing import all_prepared
from reportfill.outputs.kind import KINDS
from reportfill.processing import Job

OF_DATA = tuple(name for name, kind in KINDS.items() if not kind.is_of_pages and not kind.module)


def test_what_was_made_of_a_workbook_beside_it_is_no_input_of_the_next_run(tmp_path: Path) -> None:
    workbook = tmp_path / "a.xlsx"
    workbook.write_bytes((SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes())
    (prepared,) = all_prepared([Input(workbook)], Job(kinds=OF_DATA))
    outcome = delivered(prepared)
    assert len(outcome.outputs) >= len(OF_DATA)
    assert all(one.written.path.parent == tmp_path for one in outcome.outputs)
    assert input_files([str(tmp_path)]) == [workbook]


def test_named_itself_the_data_of_a_report_is_an_input(tmp_path: Path) -> None:
    (prepared,) = all_prepared([Input(SAMPLES / "weihui-xinfang-2023.xlsx")], Job(kinds=("json",)))
    (output,) = delivered(prepared, tmp_path).outputs
    (again,) = all_prepared([Input(path) for path in input_files([str(output.written.path)])], Job())
    assert again.report_name == prepared.report_name
    assert again.report
