"""The Jinja environment in which templates are rendered: sandboxed, escaping, strict about names, bounded in what it
works out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from jinja2 import StrictUndefined, TemplateAssertionError, nodes
from jinja2.filters import FILTERS as OF_JINJA
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment

from reportfill.errors import PackError
from reportfill.pack.tag_words import FILTERS, METHODS
from reportfill.report.tag_values import (
    OPERATORS,
    formatted,
    formatted_by_braces,
    joined,
    replaced,
    rounded,
    spelled,
    worked_out,
)
from reportfill.report.title_lines import title_lines
from reportfill.report.xml_text import word_text

_MOST_LOOPS = 3
"""So many loops may stand within one another."""

_STATEMENTS = (
    *(nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock, nodes.Block, nodes.Extends),
    *(nodes.Include, nodes.Import, nodes.FromImport, nodes.ScopedEvalContextModifier),
)
"""What no template needs, and what would let it go on for ever."""

_OWN_FILTERS: Mapping[str, Callable[..., Any]] = {
    "capitalize": lambda value: spelled(value).capitalize(),
    "format": formatted,
    "join": joined,
    "lower": lambda value: spelled(value).lower(),
    "replace": replaced,
    "round": rounded,
    "string": spelled,
    "title": lambda value: spelled(value).title(),
    "title_lines": title_lines,
    "trim": lambda value, characters=None: spelled(value).strip(characters),
    "upper": lambda value: spelled(value).upper(),
}
"""Those whose own of Jinja would spell values as Python does, or take what they make as long as it comes."""

_SPELLED = "spelled"
"""The filter behind every part of `a ~ b`, and behind every expression: Jinja works out what is constant in one without
asking how it is printed."""

_FINALIZED = (nodes.TemplateData, nodes.Name, nodes.Getattr)
"""What is never a constant expression, and so is always finalized."""


class TagEnvironment(SandboxedEnvironment):
    """Jinja with the filters of `pack.tag_words` and no functions, with limits on everything that grows."""

    intercepted_binops = OPERATORS

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self.globals.clear()
        self.filters = {name: _OWN_FILTERS.get(name) or OF_JINJA[name] for name in FILTERS}
        self.filters[_SPELLED] = spelled

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of the data before a method of the dictionary that holds it: a field may be called items."""
        if type(obj) is dict or isinstance(
            obj, Mapping
        ):  # the first is most of them, and far quicker to tell
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, str) and attribute == "format":
            return partial(formatted_by_braces, str(obj))
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same for a field that is named in brackets."""
        if isinstance(obj, Mapping) and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator makes of two values, within limits."""
        return worked_out(operator, left, right)

    def call(self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """What a method of a text or of a loop gives back; there is nothing else to call."""
        owner, name = getattr(__obj, "__self__", None), getattr(__obj, "__name__", "")
        if (
            getattr(__obj, "func", None) is formatted_by_braces
            or (isinstance(owner, str) and name in METHODS)
            or (isinstance(owner, LoopContext) and name in ("cycle", "changed"))
        ):
            return __obj(*args, **kwargs)
        raise PackError("it calls what is no function", "这里不能用圆括号调用")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for statement in template.find_all(_STATEMENTS):
            raise TemplateAssertionError("a statement that is not known", statement.lineno, name, filename)
        _refuse_deep_loops(template, 0)
        for joined_text in template.find_all(nodes.Concat):
            joined_text.nodes = list(map(_spelled, joined_text.nodes))
        for output in template.find_all(nodes.Output):
            output.nodes = [n if isinstance(n, _FINALIZED) else _spelled(n) for n in output.nodes]
        return template


def _spelled(node: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, _SPELLED, [], [], None, None, lineno=node.lineno)


def _refuse_deep_loops(node: nodes.Node, depth: int) -> None:
    if isinstance(node, nodes.For):
        depth += 1
        if depth > _MOST_LOOPS or node.recursive:
            raise TemplateAssertionError("loops within one another", node.lineno)
    for child in node.iter_child_nodes():
        _refuse_deep_loops(child, depth)


@cache
def environment() -> SandboxedEnvironment:
    """The one environment of the process."""
    return TagEnvironment(autoescape=True, finalize=word_text)
