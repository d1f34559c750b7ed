"""What a page or the API may say of an error names no command and no option: whoever reads it there has none.

What the command line can do about an error stands in `by_command`, which pages leave out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from places import ROOT

from reportfill.errors import CampaignError
from reportfill.web.problems import problem_of, told_of

_SOURCE = ROOT / "src" / "reportfill"
_COMMAND = re.compile(r"--[a-z]|reportfill [a-z]|(?:^|[^a-z])-[a-z] |命令")
_ROOMS = (
    "campaign",
    "checks",
    "intake",
    "model",
    "office",
    "pack",
    "report",
    "handing_out.py",
    "processing.py",
)
"""The rooms that the page works with; `pack` but for what its keeper does."""


def _words_of_errors() -> Iterator[tuple[str, str]]:
    """Each text with which an error is raised, and where."""
    for room in _ROOMS:
        place = _SOURCE / room
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                is_error = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                if is_error and node.func.id.endswith("Error"):  # type: ignore[attr-defined]
                    for words in node.args:  # type: ignore[attr-defined]
                        for part in ast.walk(words):
                            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                                yield f"{path.relative_to(_SOURCE)}:{part.lineno}", part.value


def test_no_error_that_a_page_may_tell_names_a_command_or_an_option() -> None:
    every = dict(_words_of_errors())
    assert len(every) > 100
    assert {place: words for place, words in every.items() if _COMMAND.search(words)} == {}


def test_a_page_sends_people_to_whoever_runs_the_server_where_a_command_would_help() -> None:
    error = CampaignError("it is lost", "已丢失", by_command=("run `x --y`", "请运行 x --y"))
    assert (error.english, error.chinese) == ("it is lost; run `x --y`", "已丢失；请运行 x --y")
    assert told_of(error).zh == "已丢失：请告知管理人员。"
    assert problem_of(error).detail.en == "it is lost: tell whoever runs this server."
    assert told_of(CampaignError("it is lost", "已丢失")).zh == "已丢失"
