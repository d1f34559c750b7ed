"""Which path an argument names, whatever the shell on its way has left on it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import typer

from reportfill.cli.language import say

_PAIRS = {'"': '"', "'": "'", "“": "”", "‘": "’"}
"""Quotation marks, of which a shell takes some and leaves others: cmd knows no single ones, none the Chinese ones."""

_UNSEEN = "\u200e\u200f\u202a\u202c\ufeff"
"""What nobody sees at the ends of a path that was copied from a window of Windows or from a text."""


def path_named(said: str | Path) -> Path:
    """The path that an argument names. Raises BadParameter as `path_meant` does."""
    return Path(path_meant(str(said)))


def path_meant(said: str) -> str:
    """What names a path in an argument: as it was said where that is there, else without quotation marks, blanks and
    backslashes at its ends, and from a URL of a file. Other URLs and names stay as they are.

    Raises BadParameter for an empty name, which would be the current folder, and for one that a shell has run together
    with what follows: to PowerShell 5.1 and cmd the \\ in "in\\" takes its meaning from the quotation mark behind it.
    """
    if os.path.lexists(said):
        return said
    bare = _bare(_of_url(said))
    if not bare:
        raise typer.BadParameter(
            say("是空的；当前文件夹请写成 .", "an empty name is no path; this folder is written .")
        )
    if '"' in bare:
        raise typer.BadParameter(
            say(
                f"{bare}中有引号：前面的文件夹名以\\结尾时，引号失效，后面的内容也被连在一起；请去掉末尾的\\再运行",
                f"{bare} has a quotation mark in it: a \\ at the end of a quoted folder runs it together with what "
                "follows; leave out that \\",
            )
        )
    return _decoded(bare)


def _of_url(said: str) -> str:
    """The path in the URL of a file, as browsers show it; any other text as it is."""
    if not said.startswith("file:"):
        return said
    from urllib.request import url2pathname  # slow to import

    return url2pathname(said.removeprefix("file:"))


def _decoded(name: str) -> str:
    """A name with blanks for its %20, where only that is there."""
    if "%" not in name or os.path.lexists(name):
        return name
    from urllib.parse import unquote

    decoded = unquote(name)
    return decoded if os.path.lexists(decoded) else name


def _bare(said: str) -> str:
    """A name without what stands around it."""
    bare = said.strip().strip(_UNSEEN)
    if len(bare) > 1 and _PAIRS.get(bare[0]) == bare[-1]:
        bare = bare[1:-1]
    bare = bare.strip('"').strip()
    bare = bare.rstrip("\\") or bare
    return f"{bare}\\" if re.fullmatch(r"[A-Za-z]:", bare) else bare
