"""The page docs/api.md: every public name of the package with its signature and what it says of itself."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Any

import reportfill

CAMPAIGN_SCRIPT = """\
from reportfill import Campaign

campaign = Campaign.new("2023年报", year=2023, issuer="清河县人民政府办公室")
# fill in 2023年报/roster.xlsx, then:
for made in campaign.distribute().workbooks:
    print(made.agency.name, made.path)

# put what comes back into 2023年报/inbox, then, as often as something comes:
for taken in campaign.collect():
    print(taken.agency, "sound" if taken.version and taken.version.is_sound else "to be corrected")
campaign.write_status(campaign.status())

rolled_up = campaign.rollup()
print(rolled_up.rollup.sums["requests.received.total"], *(file.place for file in rolled_up.files))
"""
"""What a script does with a campaign; a test runs it."""

_WIDTH = 100
_KINDS = ("Functions", "Values", "Errors")


def api_page() -> str:
    """docs/api.md: functions first, then the values that they take and give back, then errors."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# The Python API"
    yield ""
    yield "All that `import reportfill` gives, made by `python -m tools.make_docs` from the signatures and docstrings."
    yield "What is not listed here may change with any version. README.md has a first example."
    names = {name: getattr(reportfill, name) for name in reportfill.__all__ if not name.startswith("__")}
    yield from (
        "",
        "A year's campaign from a script; each verb of `Campaign` gives back a value, and nothing is printed:",
    )
    yield from ("", *_code(CAMPAIGN_SCRIPT.rstrip()))
    for heading in _KINDS:
        own = {name: thing for name, thing in names.items() if _kind(thing) == heading}
        if own:
            yield from ("", f"## {heading}")
        for name, thing in own.items():
            yield from ("", f"### `{name}`", "")
            yield from _entry(name, thing)
    yield ""


def _kind(thing: Any) -> str:
    if inspect.isclass(thing):
        return "Errors" if issubclass(thing, Exception) else "Values"
    return "Functions" if callable(thing) else "Values"


def _entry(name: str, thing: Any) -> Iterator[str]:
    if not inspect.isclass(thing):
        yield from _code(_signature(name, thing))
        yield from ("", *_words(thing))
        return
    own = _own_words(thing)
    yield from own
    if issubclass(thing, Enum):
        yield from ("", "One of " + ", ".join(f"`{name}.{member.name}`" for member in thing) + ".")
    elif not issubclass(thing, Exception):
        fields = _fields(thing)
        if fields:
            yield from ("", *_code("\n".join(fields)))
        for method, member in _methods(thing):
            called = f"{name}.{method}"
            yield from ("", *(_code(called) if "\n" in called else [f"`{called}`"]), "", *_words(member))


def _own_words(thing: type) -> list[str]:
    """What a class says of itself; nothing where it says nothing and would give its parent's words."""
    words = thing.__doc__
    return inspect.cleandoc(words).splitlines() if words else []


def _words(thing: Any) -> list[str]:
    return (inspect.getdoc(thing) or "").splitlines()


def _code(text: str) -> list[str]:
    return ["```python", text, "```"]


def _fields(thing: type) -> list[str]:
    """The fields of a value with their types, as they are written."""
    annotations: dict[str, Any] = {}
    for base in reversed(thing.__mro__):
        annotations |= inspect.get_annotations(base)
    return [f"{name}: {_type(kind)}" for name, kind in annotations.items() if not name.startswith("_")]


def _methods(thing: type) -> Iterator[tuple[str, Any]]:
    """The methods of a class as they are called, and the values that it works out, in the order of the source."""
    for name, member in vars(thing).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield f"{name}: {_result(member.fget)}", member
        elif isinstance(member, cached_property):
            yield f"{name}: {_result(member.func)}", member.func
        elif isinstance(member, classmethod):
            yield _signature(name, member.__func__, is_method=True), member.__func__
        elif inspect.isfunction(member):
            yield _signature(name, member, is_method=True), member


def _result(function: Any) -> str:
    return _type(inspect.get_annotations(function).get("return", ""))


def _signature(name: str, function: Any, *, is_method: bool = False) -> str:
    """A function as it is called: on one line where there is room, else a parameter a line."""
    parameters = [*inspect.signature(function).parameters.values()][is_method:]
    written = list(_parameters(parameters))
    result = f" -> {_result(function)}"
    line = f"{name}({', '.join(written)}){result}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"{name}(", *(f"    {one}," for one in written), f"){result}"])


def _parameters(parameters: list[inspect.Parameter]) -> Iterator[str]:
    has_star = False
    for one in parameters:
        if one.kind is one.KEYWORD_ONLY and not has_star:
            has_star = True
            yield "*"
        default = "" if one.default is one.empty else f" = {_literal(one.default)}"
        yield f"{one.name}: {_type(one.annotation)}{default}"


def _literal(value: Any) -> str:
    if callable(value):
        return "…"
    return json.dumps(value) if isinstance(value, str) else repr(value)


def _type(annotation: Any) -> str:
    """A type as it is written in the source."""
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
