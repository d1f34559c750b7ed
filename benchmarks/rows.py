"""Rows beside docxtpl, openpyxl and jsonschema: the same workbook read, checked and printed, with more and more rows.

usage: python -m benchmarks.rows [--rows 200 2000] [--rounds 30]

The pack is made up: a table with a row for each unit and eight columns, and a row of sums. What the others print is
held to be what reportfill prints before anything counts. What counts is the processor time.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from docxtpl import DocxTemplate
from jsonschema import Draft202012Validator
from openpyxl import Workbook, load_workbook

from reportfill import Pack, check, load_pack, new_workbook, read_workbook, render
from reportfill.model.submission import Submission

ROWS, ROUNDS = (200, 2000), 30
FIGURES = ("permits", "fines", "confiscations", "closures", "detentions")
COLUMNS = ("name", "leader", *FIGURES, "total")
_MOST = 2000


def schema() -> dict[str, Any]:
    """The schema of the pack."""
    figure = {"type": "integer", "minimum": 0}
    words = {"type": "string", "minLength": 1, "maxLength": 40}
    row = {
        "type": "object",
        "additionalProperties": False,
        "required": list(COLUMNS),
        "balances": [
            {"id": "row", "title": "合计", "left": ["/total"], "right": [f"/{key}" for key in FIGURES]}
        ],
        "properties": {
            key: {"title": key, **(words if key in ("name", "leader") else figure)} for key in COLUMNS
        },
    }
    agency = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {"name": {"title": "名称", **words}},
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["agency", "year", "units", "sum"],
        "balances": [{"id": "sum", "title": "总计", "left": ["/sum"], "right": ["/units/*/total"]}],
        "properties": {
            "agency": agency,
            "year": {"title": "年度", "type": "integer", "minimum": 2000},
            "units": {
                "title": "单位",
                "type": "array",
                "minItems": 1,
                "maxItems": _MOST,
                "unique_by": ["/name"],
                "items": row,
            },
            "sum": {"title": "总计", **figure},
        },
    }


def make_pack(folder: Path, rows: int) -> Pack:
    """The pack, with room for so many rows."""
    (folder / "pack.toml").write_text(
        'id = "rows"\nversion = "1.0.0"\ntitle = "行"\n[years]\nfirst = 2021\n[names]\nreport = "{{ agency.name }}"\n'
        f'workbook = "{{{{ agency.name }}}}"\n[[rows]]\nof = "units"\nnumber = {rows}\n',
        encoding="utf-8",
    )
    (folder / "schema.json").write_text(json.dumps(schema()), encoding="utf-8")
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (
        ("名称", "{{ agency.name }}"),
        ("年度", "{{ year }}"),
        COLUMNS,
        tuple(f"{{{{ units.{key} }}}}" for key in COLUMNS),
        ("总计", *[None] * (len(COLUMNS) - 2), "{{ sum }}"),
    ):
        sheet.append(line)
    book.save(folder / "intake.xlsx")
    document = docx.Document()
    document.add_paragraph("{{ agency.name }} {{ year }}")
    table = document.add_table(rows=0, cols=len(COLUMNS))
    for line in (
        COLUMNS,
        ("{%tr for unit in units %}",),
        tuple(f"{{{{ unit.{key} }}}}" for key in COLUMNS),
        ("{%tr endfor %}",),
        ("总计", *[""] * (len(COLUMNS) - 2), "{{ sum }}"),
    ):
        for cell, words in zip(table.add_row().cells, line, strict=False):
            cell.text = words
    document.save(str(folder / "report.docx"))
    return load_pack(folder)


def data(rows: int) -> dict[str, Any]:
    """Data with so many rows."""
    units = [
        {
            "name": f"第{number}执法大队",
            "leader": f"负责人{number}",
            **{key: number % (7 + place) for place, key in enumerate(FIGURES)},
        }
        for number in range(rows)
    ]
    return {"agency": {"name": "某市"}, "year": 2025, "units": units}


class Others:
    """The three libraries as their own documentation uses them; the validator is made once, as jsonschema advises."""

    def __init__(self, template: Path) -> None:
        self._template = template
        self._validator = Draft202012Validator(schema())

    def read(self, workbook: bytes) -> dict[str, Any]:
        """The data of a workbook."""
        book = load_workbook(BytesIO(workbook), data_only=True)
        lines = list(book.worksheets[0].iter_rows(values_only=True))
        units = [dict(zip(COLUMNS, line, strict=False)) for line in lines[3:-1] if line[0] is not None]
        return {"agency": {"name": lines[0][1]}, "year": lines[1][1], "units": units, "sum": lines[-1][-1]}

    def check(self, found: Mapping[str, Any]) -> None:
        """That JSON Schema finds nothing wrong."""
        for error in self._validator.iter_errors(found):
            raise AssertionError(error.message)

    def merge(self, found: Mapping[str, Any]) -> bytes:
        """The report of data."""
        template = DocxTemplate(self._template)
        template.render(dict(found), autoescape=True)
        saved = BytesIO()
        template.save(saved)
        return saved.getvalue()


def tasks(
    pack: Pack, folder: Path, rows: int
) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """What each takes its time for: by us, and by the others."""
    complete = Submission.from_data(pack, data(rows)).data
    workbook = calculated(new_workbook(pack, year=2025, agency="某市", data=complete))
    others = Others(folder / "report.docx")
    submission, found = read_workbook(workbook, pack), others.read(workbook)
    assert submission.data == found, "both read the same"
    assert [one for one in check(submission) if one.severity.value == "error"] == []
    assert words(render(submission)) == words(others.merge(found)), "both print the same"

    def whole() -> bytes:
        own = read_workbook(workbook, pack)
        assert check(own) is not None
        return render(own)

    def theirs() -> bytes:
        own = others.read(workbook)
        others.check(own)
        return others.merge(own)

    return {
        "read": (lambda: read_workbook(workbook, pack), lambda: others.read(workbook)),
        "check": (lambda: check(Submission(pack, submission.values)), lambda: others.check(found)),
        "print": (lambda: render(submission), lambda: others.merge(found)),
        "all": (whole, theirs),
    }


def calculated(workbook: bytes) -> bytes:
    """A workbook as programs save it, with the results of its formulas in their place."""
    results = load_workbook(BytesIO(workbook), data_only=True)
    saved = BytesIO()
    results.save(saved)
    return saved.getvalue()


def words(report: bytes) -> list[list[str]]:
    """The texts of the report's table."""
    rows = docx.Document(BytesIO(report)).tables[0]._tbl.tr_lst
    return [["".join(cell.xpath(".//w:t/text()")) for cell in row.tc_lst] for row in rows]


def measured(work: Callable[[], object]) -> float:
    """The milliseconds of the processor that something takes."""
    gc.collect()
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each step takes, for each number of rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rows", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS, help="numbers of rows")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each measurement ({ROUNDS})")
    asked = parser.parse_args(arguments)
    for rows in asked.rows:
        with TemporaryDirectory() as folder:
            pack = make_pack(Path(folder), rows)
            for name, pair in tasks(pack, Path(folder), rows).items():
                taken = [[measured(work) for work in pair] for _ in range(max(asked.rounds * 200 // rows, 3))]
                ours, others = (statistics.median(column) for column in zip(*taken, strict=True))
                print(
                    f"{rows} rows, {name}: {ours:.1f} ms, others {others:.1f} ms, {others / ours:.1f} times"
                )


if __name__ == "__main__":
    main()
