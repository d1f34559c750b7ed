"""The oddities of the real world under tests/cases/: each is read right, or named with its cell, and never silently
read wrong.

A case's folder holds `input.…` and `case.toml`:

    title = "Excel made a date of 3-5"      what happened, in one sentence
    source = "ECMA-376 18.8.30"             which program or standard makes it so, where that helps
    kind = "cell"                           cell, layout, package or file
    base = "weihui"                         the report whose data are read, or "none" where nothing is
    known_fault = "…"                       why it is read wrong today, if it is
    program_fault = "…"                     why the whole program fails on it today, if it does
    returned_fault = "…"                    why the workbook that is returned for correction is not as wrong, if so
    harmful = true                          that failure would take all memory: it is not tried
    absent = ["proactive.licensing.decisions"]
    [[findings]]                            what reading has to say, in its order
    code = "cell.date"
    cell = "表二!B9"
    [[checks]]                              what check says beyond that, and beyond what it says of the base
    [values]                                what is read that is not the base's; a path may end in [1], and a long
                                            text is { text = "…", times = 4681 }
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import report_data
from excel import codes
from often import EVERY
from places import HONGZE_CORRECTED, ROOT, SAMPLES
from web_pages import NO_CHARACTERS, words_of, words_of_word

from reportfill import Finding, Pack, Submission, check, read_workbook, render
from reportfill.cli.language import speak
from reportfill.cli.main import status_of
from reportfill.intake.returning.returned import returned_workbook
from reportfill.model.figures import value_at, with_values
from reportfill.outputs.html import html_files
from reportfill.outputs.material import Material
from tools.make_cases.__main__ import SAMPLE_OF, made
from tools.make_cases.all_recipes import RECIPES

FOLDER = ROOT / "tests" / "cases"
OOXML = {".xlsx", ".xlsm"}
KINDS = {"cell", "layout", "package", "file"}
KEYS = {
    "title",
    "source",
    "kind",
    "base",
    "known_fault",
    "program_fault",
    "returned_fault",
    "harmful",
    "absent",
    "findings",
    "checks",
    "values",
}
LARGEST_INPUT = 60 * 1024


@dataclass(frozen=True, slots=True)
class Case:
    """One oddity: its input and what is right."""

    name: str
    input: Path
    said: dict[str, Any]

    @property
    def holds_data(self) -> bool:
        """Whether a report is read from it."""
        return self.said["base"] != "none"


def case_of(folder: Path) -> Case:
    """The case in a folder."""
    said = tomllib.loads((folder / "case.toml").read_text("utf-8"), parse_float=Decimal)
    return Case(folder.name, next(folder.glob("input.*")), said)


FOLDERS = sorted(path for path in FOLDER.iterdir() if path.is_dir())


def is_complete(folder: Path) -> bool:
    """Whether a folder holds an input, what is right, and nothing else."""
    return sorted(path.stem for path in folder.iterdir()) == ["case", "input"]


CASES = [case_of(folder) for folder in FOLDERS if is_complete(folder)]


def parameters(cases: list[Case], fault: str) -> list[Any]:
    """The cases for a test; one with a known fault has to fail until the fault is gone."""
    return [pytest.param(case, id=case.name, marks=marks(case.said, fault)) for case in cases]


def marks(said: dict[str, Any], fault: str) -> list[pytest.MarkDecorator]:
    """How a test takes a case: as it is, or expecting it to fail."""
    if fault not in said:
        return []
    return [pytest.mark.xfail(strict=True, run="harmful" not in said, reason=said[fault])]


@cache
def base_data(name: str) -> dict[str, Any]:
    """The data of a base, as its sample workbook holds them."""
    data = report_data(f"{name}-2023.json")
    return with_values(data, HONGZE_CORRECTED) if name == "hongze" else data


@cache
def base_findings(name: str) -> tuple[tuple[str, str], ...]:
    """What check has to say of a base."""
    return tuple(told(check(read_workbook(SAMPLES / SAMPLE_OF[name]))))


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    """Code and cell of findings."""
    return [(found.code, found.cell) for found in findings]


def listed(case: Case, key: str) -> list[tuple[str, str]]:
    """Code and cell of the findings that a case lists."""
    return [(found["code"], found["cell"]) for found in case.said.get(key, [])]


def expected_data(case: Case) -> dict[str, Any]:
    """Every value that a case has by its path: its base's, and those that it lists itself."""
    data = base_data(case.said["base"])
    for path, value in case.said.get("values", {}).items():
        data = _with_value(data, path, value)
    return data


def _with_value(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        value = value["text"] * value["times"]
    numbered = re.fullmatch(r"(.+)\[(\d+)\]", path)
    if numbered is None:
        return with_values(data, {path: value})
    texts, number = list(value_at(data, numbered[1])), int(numbered[2])
    return with_values(data, {numbered[1]: [*texts[:number], value, *texts[number + 1 :]]})


def differences(case: Case, submission: Submission, pack: Pack) -> Iterator[str]:
    """The fields that were not read as they should be, each with both values."""
    data, absent = expected_data(case), case.said.get("absent", [])
    for path in pack.fields:
        expected = None if path in absent else value_at(data, path)
        read = value_at(submission.exact_data, path)
        if read != expected:
            yield f"{path}: {read!r} and not {expected!r}"


@pytest.mark.parametrize("case", parameters(CASES, "known_fault"))
def test_each_case_is_read_right_or_named_with_its_cell(case: Case, pack: Pack) -> None:
    submission = read_workbook(case.input)
    assert codes(submission) == listed(case, "findings")
    if not case.holds_data:
        assert submission.exact_data == {}
        assert check(submission) == list(submission.findings)
        return
    assert list(differences(case, submission, pack)) == []
    findings = check(submission)
    also = [*listed(case, "findings"), *listed(case, "checks"), *base_findings(case.said["base"])]
    assert Counter(told(findings)) == Counter(also)
    if not any(found.severity.value == "error" for found in findings):
        report = render(submission)
        assert docx.Document(BytesIO(report)).tables
        (page,) = html_files(Material(submission, report)).values()
        assert words_of(page) == NO_CHARACTERS.sub("\ufffd", words_of_word(report))


def sampled() -> list[Case]:
    """Those that go through the whole program: every one that is about the file, and every fifth besides."""
    return [
        case
        for number, case in enumerate(CASES)
        if "known_fault" not in case.said and (case.said["kind"] == "file" or number % 5 == 0)
    ]


@pytest.mark.parametrize("case", parameters(sampled(), "program_fault"))
def test_the_program_writes_a_report_or_says_what_to_correct(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = Path(shutil.copy(case.input, tmp_path))
    faulty = any(found.severity.value == "error" for found in check(read_workbook(case.input)))
    speak("zh")
    status = status_of(["fill", str(workbook), "--output", str(tmp_path / "报告")])
    printed = capsys.readouterr()
    assert status == (2 if not case.holds_data else 1 if faulty else 0)
    assert "Traceback" not in printed.out + printed.err
    assert len(list(tmp_path.glob("报告/*.docx"))) == (status == 0)
    assert all(place in printed.out for _, place in listed(case, "findings") if faulty)


def wrong_fields(findings: list[Finding]) -> set[str]:
    """The fields with an error; of one that is about the workbook, the empty string."""
    return {found.field for found in findings if found.severity.value == "error"}


FAULTY = [
    case for case in CASES if case.holds_data and "known_fault" not in case.said and case.said.get("findings")
]


@pytest.mark.parametrize("case", parameters(FAULTY, "returned_fault"))
def test_what_is_returned_for_correction_is_read_as_before(case: Case) -> None:
    submission = read_workbook(case.input)
    findings = check(submission)
    wrong = wrong_fields(findings)
    if wrong:
        again = read_workbook(returned_workbook(case.input.read_bytes(), submission, findings))
        wrong_again = wrong_fields(check(again))
        assert wrong_again
        assert wrong_again >= wrong - {""}
        assert again.exact_data == submission.exact_data


def unnumbered(problems: list[str]) -> set[str]:
    """Problems without the numbers of sheets and lines: the returned workbook has one sheet more."""
    return {re.sub(r"\d+", "", problem) for problem in problems}


@pytest.mark.parametrize("case", FAULTY[::EVERY], ids=lambda case: case.name)
def test_what_is_returned_is_as_sound_as_what_came(
    case: Case, tmp_path: Path, ooxml_problems: Callable[[Path], list[str]]
) -> None:
    submission = read_workbook(case.input)
    if submission.pack is None:
        return
    known = unnumbered(ooxml_problems(case.input)) if case.input.suffix in OOXML else set()
    path = tmp_path / "返回.xlsx"
    path.write_bytes(returned_workbook(case.input.read_bytes(), submission, check(submission)))
    assert unnumbered(ooxml_problems(path)) <= known


def test_there_are_enough_cases_and_each_is_complete() -> None:
    assert len(CASES) >= 60
    assert [folder.name for folder in FOLDERS if not is_complete(folder)] == []
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name) for folder in FOLDERS)


def test_each_case_says_what_it_is_and_is_small() -> None:
    for case in CASES:
        assert {"title", "kind", "base"} <= set(case.said) <= KEYS, case.name
        assert case.said["kind"] in KINDS, case.name
        assert case.said["base"] in {*SAMPLE_OF, "none"}, case.name
        assert case.input.stat().st_size <= LARGEST_INPUT, case.name


def test_every_recipe_has_its_case() -> None:
    assert set(RECIPES) <= {case.name for case in CASES}


OWN_RECIPES = sorted(name for name, made_by in RECIPES.items() if not made_by.by_program)


@pytest.mark.parametrize("name", OWN_RECIPES[:: EVERY // 2 or 1])
def test_what_is_in_git_is_what_the_recipe_makes(name: str) -> None:
    case = case_of(FOLDER / name)
    assert case.input.suffix == f".{RECIPES[name].suffix}"
    assert case.input.read_bytes() == made(name), "run: python -m tools.make_cases"
