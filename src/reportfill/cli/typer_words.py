"""The words that typer itself says, in the language in force: those of the help and those of refused calls."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer
import typer.core

from reportfill.cli.language import declared, language, say
from reportfill.cli.typer_values import take_values

_CATALOGUE = {
    "Arguments": "参数",
    "Options": "选项",
    "Commands": "命令",
    "required": "必填",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "(dynamic)": "（视情况而定）",
    "Missing command.": "缺少命令。",
    "No such command {name!r}.": "没有这个命令：{name}。",
    "Aborted!": "已中断。",
}
"""The messages that typer hands to gettext. That looks up a catalogue by the environment, and --lang is none of it."""

_HELPS = {
    "Show this message and exit.": "显示本说明。",
    "Install completion for the current shell.": "为当前的命令行安装自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示自动补全的脚本，可以复制或修改。"
    ),
    "Install completion for the specified shell.": "为指定的命令行安装自动补全。",
    "Show completion for the specified shell, to copy it or customize the installation.": (
        "显示指定命令行的自动补全脚本，可以复制或修改。"
    ),
}
"""What typer says of its own options."""

_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}


def program_in_force(app: typer.Typer) -> Any:
    """The program that typer makes of an app, with all of its help in the language in force."""
    setattr(typer.core, "_", _said)  # noqa: B010  # where typer keeps its gettext, which it does not type
    take_values()
    return in_force(typer.main.get_command(app))


def in_force(command: Any) -> Any:
    """A command that typer made, with all of its help, and of those below it, in the language in force."""
    texts = {inspect.cleandoc(text): pair for pair in declared() for text in pair}
    texts |= {english: (chinese, english) for english, chinese in _USAGE.items()}
    for one in _commands(command):
        one.context_class = _Context
        for what in (one, *one.params):
            for name in ("help", "short_help", "options_metavar", "subcommand_metavar"):
                pair = texts.get(getattr(what, name, None) or "")
                if pair is not None:
                    setattr(what, name, inspect.cleandoc(say(*pair)))
    return command


def _said(message: str) -> str:
    return say(_CATALOGUE.get(message, message), message)


def _commands(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _commands(below)


_TyperContext: Any = typer.core.TyperCommand.context_class


class _Formatter(_TyperContext.formatter_class):  # type: ignore[misc]  # typer does not export it
    """Help whose usage line begins with a word in the language in force."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, say("用法：", "Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write what stands above a list."""
        self.write(f"{'':>{self.current_indent}}{heading}{say('：', ':')}\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], *layout: int, **named: int) -> None:
        """Write a list of options or commands with what each is for."""
        super().write_dl([(_named(first), _explained(second)) for first, second in rows], *layout, **named)


def _named(row: str) -> str:
    """An argument or option without the type that Python has for it; of choices they are what there is to choose."""
    before, is_typed, kind = row.partition(" <")
    return before if is_typed and "|" not in kind else row


def _explained(row: str) -> str:
    """What an argument or option is for, and behind it in brackets what typer adds."""
    if language() != "zh":
        return row
    text, is_added, added = row.rpartition("  [")
    if not (is_added and added.endswith("]")):
        return _HELPS.get(row, row)
    notes = "；".join(map(_noted, added[:-1].split("; ")))
    return f"{_HELPS.get(text, text)}〔{notes}〕"


def _noted(note: str) -> str:
    return note.replace("x>=", "不小于")


class _Context(_TyperContext):  # type: ignore[misc]
    """One call of a command."""

    formatter_class = _Formatter


def refusal(error: typer.TyperException) -> str:
    """Why a call was refused, in the language in force."""
    if language() != "zh":
        return error.format_message()
    say_it = _REFUSALS.get(type(error).__name__)
    return say_it(error) if say_it else _other(error)


def _missing(error: Any) -> str:
    return f"缺少{_hint(error)}"


def _bad_value(error: Any) -> str:
    faults: list[Any] = getattr(error.__cause__, "errors", list)()
    said = _fault(faults[0]) if faults else error.message
    return f"{_hint(error)}的值不对：{said}"


def _fault(fault: Mapping[str, Any]) -> str:
    """What is wrong with a value, of what pydantic says of it."""
    bounds = fault.get("ctx") or {}
    kinds = {
        "int_parsing": "应当是整数",
        "int_parsing_size": "数字过大",
        "int_from_float": "应当是整数",
        "greater_than_equal": f"不能小于{bounds.get('ge')}",
        "less_than_equal": f"不能大于{bounds.get('le')}",
        "bool_parsing": "应当是true或者false",
    }
    said = str(bounds.get("error", fault.get("msg", "")))
    value, is_choice, choices = said.partition(" is not one of ")
    if is_choice:
        return f"没有{value.strip(chr(39))}，只能是{choices.rstrip('.').replace(chr(39), '').replace(', ', '、')}"
    return kinds.get(str(fault.get("type")), said)


def _no_such_option(error: Any) -> str:
    near = f"，是不是{'或者'.join(sorted(error.possibilities))}？" if error.possibilities else ""
    return f"没有这个选项：{error.option_name}{near}"


def _option_usage(error: Any) -> str:
    takes_none = error.message.endswith("does not take a value.")
    return f"选项{error.option_name}{'后面不跟值' if takes_none else '后面要写值'}"


def _other(error: Any) -> str:
    said = str(error.format_message())
    _, is_extra, extra = said.partition("Got unexpected extra argument(s) ")
    if is_extra:
        return f"多出的参数：{extra.strip('()')}"
    first, is_near, near = said.partition(". Did you mean ")
    if is_near:
        return f"{first.rstrip('。')}，是不是{near.replace(chr(39), '').replace(', ', '或者')}".replace(
            "?", "？"
        )
    return said


def _hint(error: Any) -> str:
    names = error.param.get_error_hint() if error.param is not None else ""
    said = " / ".join(names) if isinstance(names, list | tuple) else str(names)
    kind = "参数" if getattr(error.param, "param_type_name", "") == "argument" else "选项"
    return kind + said.replace("'", "")


_REFUSALS = {
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _option_usage,
}
