"""Commands, each with its help and with a few words for the list of commands.

A command is imported when it is called: to import all of them takes longer than what most of them do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from reportfill.cli.console import print_error
from reportfill.cli.language import declaring, say
from reportfill.cli.options import Lang
from reportfill.cli.outcome import UNUSABLE
from reportfill.cli.typer_words import in_force
from reportfill.errors import UsageError


class Command(NamedTuple):
    """Where a command is: its module, and in it the names of its function and of its help, or the name of a group of
    commands. `in_short` stands in the list of commands, where typer would cut the help off in the middle, and all of
    a Chinese one."""

    home: str
    function: str
    in_short: str
    words: str = "HELP"


def command(module: str, function: str, chinese: str, english: str, words: str = "HELP") -> Command:
    """A command of a module of the command line, with a few words for the list in both languages."""
    return Command(f"reportfill.cli.{module}", function, say(chinese, english), words)


def on_demand(
    commands: Mapping[str, Command], for_file: Callable[[str], UsageError] | None = None
) -> type[TyperGroup]:
    """The class of a group of these commands, by name; and how a file is refused that stands in a command's place."""
    return type(
        "OnDemand", (_OnDemand,), {"known": commands, "for_file": for_file and staticmethod(for_file)}
    )


class _OnDemand(TyperGroup):
    """A group that knows of a command what the list of commands says, until it is called."""

    known: Mapping[str, Command]
    for_file: Callable[[str], UsageError] | None = None

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, command in self.known.items():
            self.commands[name] = TyperCommand(name, short_help=command.in_short, rich_markup_mode=None)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was called, with what follows it."""
        if args and args[0] in self.known:
            self.commands[args[0]] = in_force(_made(args[0], self.known[args[0]]))
        elif args and self.for_file is not None and os.path.exists(args[0]):
            raise self.for_file(args[0])
        return super().resolve_command(ctx, args)


def _made(name: str, command: Command) -> Any:
    """A command as typer makes it."""
    with declaring():
        module = import_module(command.home)
    made = getattr(module, command.function)
    if isinstance(made, typer.Typer):
        made.info.help = command.in_short
    else:
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name, help=getattr(module, command.words), short_help=command.in_short)(made)
        made = app
    return typer.main.get_command(made)


def help_without_command(context: typer.Context, lang: Lang = None) -> None:
    """Print the help of a group where no command of it was named; the exit status says that nothing was done."""
    if context.invoked_subcommand is None:
        print_error(context.get_help())
        raise typer.Exit(UNUSABLE)
