"""What the folders promise: imports point one way, the public names are those listed, one root for exceptions."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import ROOT

import reportfill
from reportfill import errors

SOURCE = ROOT / "src" / "reportfill"
LAYERS = (
    "errors",
    "version",
    "text",
    "plain_files",
    "system_words",
    "files",
    "native_messages",
    "decimals",
    "catalogue",
    "place",
    "finding",
    "limits",
    "office",
    "model",
    "pack",
    "checks",
    "intake",
    "report",
    "trials",
    "processing",
    "workers",
    "batch",
    "campaign",
    "cli",
)
CAMPAIGN = (
    "progress",
    "svg",
    "page",
    "agencies",
    "storage",
    "folder",
    "records",
    "inbox",
    "aggregation",
    "status",
    "comparison",
    "sending",
    "operations",
    "campaign",
)
PUBLIC = {
    "load_pack",
    "new_workbook",
    "read_workbook",
    "check",
    "render",
    "Campaign",
    "CampaignError",
    "Pack",
    "Submission",
    "Finding",
    "Severity",
    "Text",
    "ReportfillError",
    "PackError",
    "SubmissionError",
    "OutputError",
    "UsageError",
    "__version__",
}


LIBRARIES = {
    "openpyxl": {"office/inspection/damage.py", "trials/workbook_trial.py"},
    "python_calamine": {"office/calamine_grid.py"},
    "lxml": {"office/xml.py"},
    "docxtpl": {"report/template.py"},
    "olefile": {"office/compound_file.py"},
}
"""The modules that know a library for Office files; all others ask them."""


def imported(path: Path, depth: int = 1) -> Iterator[str]:
    """The rooms of the package that a module imports from; of one of its rooms those within it, at depth 2."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("reportfill."):
            yield ".".join(node.module.split(".")[1 : depth + 1])
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith("tools"), f"{path}: the product knows no script"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_only_to_rooms_below(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    for other in imported(path):
        assert LAYERS.index(other) <= LAYERS.index(room)
        assert {room, other} != {"intake", "report"}, (
            "the submission is all that Excel and Word have in common"
        )


@pytest.mark.parametrize(
    "path", sorted((SOURCE / "campaign").rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_imports_within_a_campaign_point_down_too(path: Path) -> None:
    room = path.relative_to(SOURCE / "campaign").parts[0].removesuffix(".py")
    for other in imported(path, depth=2):
        if other.startswith("campaign.") and room != "__init__":
            assert CAMPAIGN.index(other.removeprefix("campaign.")) <= CAMPAIGN.index(room)


SHOWN = {
    "campaign.campaign": "the facade",
    "campaign.folder.parts": "what the folders are called, for messages that name them",
    "campaign.status.agency_status": "the states that the screen counts",
    "campaign.records.journal": "the events that the screen names",
    "campaign.sending.letter_check": "the letters of a pack, which pack check looks at without any campaign",
}
"""What commands import of a campaign when they run: the facade, and values that it gives back."""


@pytest.mark.parametrize(
    "path", sorted((SOURCE / "cli").rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_commands_know_of_a_campaign_its_facade_and_what_that_gives_back(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node not in for_types:
            module = (node.module or "").removeprefix("reportfill.")
            assert not module.startswith("campaign.") or module in SHOWN


@pytest.mark.parametrize(
    "path", sorted((SOURCE / "cli" / "campaign").glob("*.py")), ids=lambda path: path.stem
)
def test_a_command_of_a_campaign_parses_calls_and_shows_in_forty_lines(path: Path) -> None:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.body[0].lineno < 40, node.name


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_for_office_files_is_known_in_one_or_two_modules(library: str) -> None:
    knows = re.compile(rf"^\s*(?:from|import) {library}\b", re.MULTILINE)
    known = {path for path in SOURCE.rglob("*.py") if knows.search(path.read_text("utf-8"))}
    assert {path.relative_to(SOURCE).as_posix() for path in known} == LIBRARIES[library]


def test_exactly_the_public_names_are_exported_and_documented() -> None:
    assert set(reportfill.__all__) == PUBLIC
    for name in PUBLIC - {"__version__"}:
        assert inspect.getdoc(getattr(reportfill, name))


def test_a_name_that_is_not_there_is_refused_as_in_any_module() -> None:
    with pytest.raises(AttributeError, match="import_nothing"):
        _ = reportfill.import_nothing


def test_every_exception_has_the_one_root() -> None:
    raised = [value for value in vars(errors).values() if inspect.isclass(value)]
    assert all(issubclass(error, errors.ReportfillError) for error in raised)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_public_function_and_class_says_what_it_gives(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}:{node.lineno} {node.name}"


def test_a_sound_workbook_is_read_checked_and_merged_without_openpyxl_and_regex() -> None:
    """They take a fifth of a second to import, and most runs need none of them."""
    script = (
        "import sys; from reportfill import check, read_workbook, render;"
        f"report = read_workbook({str(ROOT / 'sample_inputs' / 'weihui-xinfang-2023.xlsx')!r});"
        "check(report); render(report); sys.exit(bool({'openpyxl', 'regex'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


CHECKS = SOURCE / "checks"
MESSAGES = {"Text", "Words", "UsageError"}
"""What holds words for people, in Chinese and English side by side."""


def _strings(node: ast.AST, *, is_said: bool = False) -> Iterator[str]:
    """The strings of a piece of code, without what is said to people and what explains the code."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and not is_said:
        yield node.value
    said = is_said or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MESSAGES
    )
    for child in ast.iter_child_nodes(node):
        yield from _strings(child, is_said=said)


@pytest.mark.parametrize("path", sorted(CHECKS.glob("*.py")), ids=lambda path: path.stem)
def test_what_the_checks_know_of_chinese_stands_in_one_place(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert [text for text in _strings(tree) if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []
