"""What a command gets of its options, without pydantic: typer loads it for every value, even a text or a default, which
takes a tenth of what a run takes."""

from __future__ import annotations

from typing import Any

import typer.core

_HOOK = "build_runtime_param"
_of_typer: Any = getattr(typer.core, _HOOK, None)


def spare_pydantic() -> None:
    """Let options take their defaults as they stand, and a text as it stands or as a parser of our own reads it. Any
    other value is typer's, as all are where a later typer goes about it differently."""
    setattr(typer.core, _HOOK, _Taking)


class _Taking:
    """What typer calls the runtime coercion of a parameter."""

    def __init__(self, descriptor: Any) -> None:
        is_text = descriptor.annotation in (str, list[str])
        self._descriptor = descriptor
        self._read = descriptor.parameter_info.parser or (str if is_text else None)

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command gets it. Raises BadParameter for what it does not take."""
        if self._read is None:
            is_left_out = value is None or value is param.default
            return value if is_left_out else _of_typer(self._descriptor).coerce(value, param, ctx)
        if param.multiple or param.nargs == -1:
            return [self._read(text) for text in value or ()]
        return None if value is None else self._read(value)
