"""What a command gets of its options, without pydantic: typer loads it for every value, even a text or a default, which
takes a tenth of what a run takes."""

from __future__ import annotations

from typing import Any

import typer
import typer.core

from reportfill.cli.language import say
from reportfill.model.visible import is_blank

_HOOK = "build_runtime_param"
_of_typer: Any = getattr(typer.core, _HOOK, None)


def take_values() -> None:
    """Let options take their defaults as they stand, and a text as it stands or as a parser of our own reads it, but
    none that is given and shows nothing. Any other value is typer's."""
    setattr(typer.core, _HOOK, _Taking)


class _Taking:
    """What typer calls the runtime coercion of a parameter."""

    def __init__(self, descriptor: Any) -> None:
        is_text = descriptor.annotation in (str, list[str])
        self._descriptor = descriptor
        self._read = descriptor.parameter_info.parser or (str if is_text else None)

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command gets it. Raises BadParameter for what it does not take."""
        _refuse_blank(value, param, ctx)
        if self._read is None:
            is_left_out = value is None or value is param.default
            return value if is_left_out else _of_typer(self._descriptor).coerce(value, param, ctx)
        if param.multiple or param.nargs == -1:
            return [self._read(text) for text in value or ()]
        return None if value is None else self._read(value)


def _refuse_blank(value: Any, param: Any, ctx: Any) -> None:
    """Raise BadParameter for an option that is given blank: where a variable of a script is empty, what should have
    been there is not what the option stands for when it is left out."""
    is_given = getattr(ctx.get_parameter_source(param.name), "name", "") == "COMMANDLINE"
    if is_given and param.param_type_name == "option" and isinstance(value, str) and is_blank(value):
        raise typer.BadParameter(
            say(
                "是空的，请写上内容；不需要这个选项的，不要写它",
                "it is empty; say something, or leave the option out",
            ),
            ctx=ctx,
            param=param,
        )
