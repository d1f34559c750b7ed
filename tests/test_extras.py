"""What is to be run where an extra lacks: a command that every shell takes, of an extra that there is."""

from __future__ import annotations

import re
import tomllib

from places import ROOT

COMMAND = re.compile(r"pip install (.)reportfill\[([^\]]*)\]")
NAMED = re.compile(
    r"(?:install_command\(|extra=)\"(?!forbid)(\w+)\""
)  # what pydantic does with more than it knows


def texts_of(*folders: str) -> dict[str, str]:
    """The texts of all files that say commands, by their paths."""
    files = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".md", ".toml")
    ]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in files}


def test_every_command_is_quoted_as_every_shell_takes_it() -> None:
    """cmd.exe hands single quotation marks on to pip, which refuses them."""
    said = [
        (path, mark) for path, text in texts_of("src", "docs").items() for mark, _ in COMMAND.findall(text)
    ]
    assert [path for path, mark in said if mark != '"'] == []
    assert said


def test_every_extra_that_is_asked_for_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {name for text in texts_of("src").values() for name in NAMED.findall(text)}
    assert named <= set(project["optional-dependencies"])
    assert named >= {"ofd", "data", "pictures", "password", "cluster", "postgresql"}
