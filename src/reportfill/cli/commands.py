"""Commands, each with its help and with a few words for the list of commands."""

from __future__ import annotations

from collections.abc import Callable

import typer

from reportfill.cli.console import print_error
from reportfill.cli.options import Lang
from reportfill.cli.outcome import UNUSABLE


def add_command(app: typer.Typer, name: str, command: Callable[..., None], words: str, in_short: str) -> None:
    """Give a program a command. `words` are its help; `in_short` stands in the list of commands, where typer would cut
    the help off in the middle, and all of a Chinese one."""
    app.command(name, help=words, short_help=in_short)(command)


def help_without_command(context: typer.Context, lang: Lang = None) -> None:
    """Print the help of a group where no command of it was named; the exit status says that nothing was done."""
    if context.invoked_subcommand is None:
        print_error(context.get_help())
        raise typer.Exit(UNUSABLE)
