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
    "extras",
    "text",
    "held_files",
    "plain_files",
    "user_settings",
    "system_words",
    "files",
    "windows",
    "shortcuts",
    "logon",
    "watchers",
    "arrivals",
    "folder_kind",
    "native_messages",
    "decimals",
    "catalogue",
    "place",
    "finding",
    "limits",
    "office",
    "model",
    "file_names",
    "pack",
    "checks",
    "intake",
    "report",
    "outputs",
    "trials",
    "new_pack",
    "handing_out",
    "processing",
    "workers",
    "batch",
    "campaign",
    "doctor",
    "web",
    "cli",
)
CAMPAIGN = (
    "progress",
    "svg",
    "page",
    "agencies",
    "storage",
    "folder",
    "access",
    "records",
    "inbox",
    "aggregation",
    "status",
    "comparison",
    "sending",
    "publication",
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
    "lxml": {"office/xml.py", "outputs/web_page/html_tree.py"},
    "docxtpl": {"report/template.py"},
    "olefile": {"office/compound_file.py"},
}
"""The modules that know a library for Office files; all others ask them."""


Code = dict[Path, str]


@pytest.fixture(scope="module")
def code() -> Code:
    """The text of every module of the package, by its path within it."""
    return {path.relative_to(SOURCE): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py"))}


def imported(text: str) -> list[list[str]]:
    """What a module imports of the package, each the names on the way to it."""
    modules = re.findall(r"^\s*from reportfill\.([\w.]+) import", text, re.MULTILINE)
    return [module.split(".") for module in modules]


def test_imports_point_only_to_rooms_below(code: Code) -> None:
    for path, text in code.items():
        room = path.parts[0].removesuffix(".py")
        for other, *_ in imported(text):
            if room not in ("__init__", "__main__"):
                assert LAYERS.index(other) <= LAYERS.index(room), path
                assert {room, other} != {"intake", "report"}, (
                    f"{path}: the submission is all that Excel and Word have in common"
                )


def test_the_product_knows_no_script(code: Code) -> None:
    scripts = re.compile(r"^\s*(?:from|import) tools\b", re.MULTILINE)
    assert [path for path, text in code.items() if scripts.search(text)] == []


def test_imports_within_a_campaign_point_down_too(code: Code) -> None:
    for path, text in code.items():
        for other in imported(text):
            if path.parts[0] == other[0] == "campaign" and path.parts[1] != "__init__.py" and len(other) > 1:
                room = path.parts[1].removesuffix(".py")
                assert CAMPAIGN.index(other[1]) <= CAMPAIGN.index(room), path


SHOWN = {
    "campaign.campaign": "the facade",
    "campaign.access.roles": "what the roles are called that the screen names",
    "campaign.folder.parts": "what the folders are called, for messages that name them",
    "campaign.status.agency_status": "the states that the screen counts",
    "campaign.records.entry_words": "the words for what the journal tells",
    "campaign.operations.collected_batch": "what is said of files that were taken in",
    "campaign.sending.letter_check": "the letters of a pack, which pack check looks at without any campaign",
}
"""What commands import of a campaign when they run: the facade, and values that it gives back."""


def for_types(tree: ast.Module) -> set[ast.AST]:
    """What a module has for the judge of types alone."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If)]
    return {
        node for block in blocks if ast.unparse(block.test) == "TYPE_CHECKING" for node in ast.walk(block)
    }


def test_commands_know_of_a_campaign_its_facade_and_what_that_gives_back(code: Code) -> None:
    for path in (path for path in code if path.is_relative_to("cli")):
        tree = ast.parse(code[path])
        for node in set(ast.walk(tree)) - for_types(tree):
            if isinstance(node, ast.ImportFrom):
                module = (node.module or "").removeprefix("reportfill.")
                assert not module.startswith("campaign.") or module in SHOWN, path


def test_a_command_of_a_campaign_parses_calls_and_shows_in_forty_lines(code: Code) -> None:
    for path in (path for path in code if path.is_relative_to("cli/campaign")):
        for node in ast.parse(code[path]).body:
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.body[0].lineno < 40, f"{path}: {node.name}"


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_for_office_files_is_known_in_one_or_two_modules(code: Code, library: str) -> None:
    knows = re.compile(rf"^\s*(?:from|import) {library}\b", re.MULTILINE)
    known = {path.as_posix() for path, text in code.items() if knows.search(text)}
    assert known == LIBRARIES[library]


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


def test_every_public_function_and_class_says_what_it_gives(code: Code) -> None:
    for path, text in code.items():
        tree = ast.parse(text)
        assert ast.get_docstring(tree), path
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


def test_what_the_checks_know_of_chinese_stands_in_one_place(code: Code) -> None:
    for path in (path for path in code if path.parent == Path("checks")):
        texts = [text for text in _strings(ast.parse(code[path])) if re.search("[\u4e00-\u9fff]", text)]
        assert texts == [], path
