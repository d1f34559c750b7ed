"""The Jinja environment in which templates are rendered: sandboxed, escaping, strict about names, bounded in what it
works out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateAssertionError,
    TemplateError,
    TemplateSyntaxError,
    nodes,
    pass_context,
)
from jinja2.filters import FILTERS as OF_JINJA
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment

from reportfill.errors import PackError
from reportfill.model.chinese.days import in_chinese_numerals
from reportfill.pack.tag_words import FILTERS, METHODS, NO_NUMBER, TOO_INTRICATE, endless_numbers
from reportfill.report.budget import charged, fresh_budget, loop_rounds, spend
from reportfill.report.comparing import difference, growth, share_of
from reportfill.report.tag_values import (
    OPERATORS,
    formatted,
    formatted_by_braces,
    joined,
    official_date,
    padded,
    printed_value,
    replaced,
    result_of_operator,
    rounded,
    summed,
    truncated,
    with_separators,
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
    "capitalize": lambda value: printed_value(value).capitalize(),
    "center": padded("center"),
    "e": printed_value,  # whatever is printed is escaped, and once
    "escape": printed_value,
    "format": formatted,
    "join": joined,
    "lower": lambda value: printed_value(value).lower(),
    "replace": replaced,
    "round": rounded,
    "string": printed_value,
    "sum": summed,
    "title": lambda value: printed_value(value).title(),
    "title_lines": title_lines,
    "trim": lambda value, chars=None: printed_value(value).strip(chars),
    "truncate": truncated,
    "upper": lambda value: printed_value(value).upper(),
    "中文日期": official_date,
    "大写日期": lambda value: in_chinese_numerals(official_date(value)),
    "百分比": share_of,
    "增减": difference,
    "增幅": growth,
    "勾选": lambda value: "☑" if value else "☐",
    "千分位": with_separators,
}
"""Those whose own of Jinja would spell values as Python does, take what they make as long as it comes, or give texts
that count as escaped."""


_OF_TEXTS: Mapping[str, Callable[..., Any]] = {
    **{name: charged(getattr(str, name)) for name in METHODS},
    "format": charged(formatted_by_braces),
    "join": charged(lambda between, values: joined(values, between)),
    "replace": charged(replaced),
    **{name: charged(padded(name)) for name in ("center", "ljust", "rjust", "zfill")},
}
"""The methods of texts, those that make something longer within bounds."""

_OF_LOOPS = frozenset(("index", "first", "last", "length"))
"""What templates ask of a loop; whatever else there is Jinja itself looks at first, which takes long."""

_SPELLED, _ROUNDS = "to join", "to go through"
"""Filters that the environment itself puts behind every part of `a ~ b`, and behind what a loop goes through; with a
blank in their names, nobody can type them."""

_INTRICATE = (ValueError, SyntaxError, RecursionError, MemoryError, OverflowError)
"""What Python raises at a number of thousands of digits, and at hundreds of brackets within one another."""


class _Template(Template):
    """A template whose every render has a budget of its own."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        with fresh_budget():
            return super().render(*args, **kwargs)


class TagEnvironment(SandboxedEnvironment):
    """Jinja with the filters of `pack.tag_words` and no functions, with limits on everything that grows."""

    intercepted_binops = OPERATORS
    template_class = _Template

    def __init__(self, finalize: Callable[[Any], Any], **options: Any) -> None:
        # Unoptimized: what is worked out beforehand is put into the code as Python writes it.
        super().__init__(
            undefined=StrictUndefined, optimized=False, finalize=_counted_print(finalize), **options
        )
        self.globals.clear()
        filters = {name: _OWN_FILTERS.get(name) or OF_JINJA[name] for name in FILTERS}
        self.filters = {name: charged(function) for name, function in filters.items()}
        self.filters |= {_SPELLED: charged(printed_value), _ROUNDS: loop_rounds}
        tests: Mapping[str, Any] = self.tests
        self.tests = {name: charged(function) for name, function in tests.items()}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of the data before a method of the dictionary that holds it: a field may be called items."""
        if type(obj) is dict or isinstance(
            obj, Mapping
        ):  # the first is most of them, and far quicker to tell
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if type(obj) is LoopContext and attribute in _OF_LOOPS:
            return getattr(obj, attribute)
        if isinstance(obj, str) and attribute in _OF_TEXTS:
            return partial(_OF_TEXTS[attribute], str(obj))
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same for a field that is named in brackets."""
        if isinstance(obj, Mapping) and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator makes of two values, within limits."""
        return result_of_operator(operator, left, right)

    def call(self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """What a method of a text or of a loop gives back; there is nothing else to call."""
        owner, name = getattr(__obj, "__self__", None), getattr(__obj, "__name__", "")
        if isinstance(__obj, partial) or (isinstance(owner, LoopContext) and name in ("cycle", "changed")):
            return __context.call(__obj, *args, **kwargs)  # which keeps what Jinja hands on to itself
        raise PackError("it calls what is no function", "这里不能用圆括号调用")

    def compile(self, *args: Any, **kwargs: Any) -> Any:
        """A template as Python's code. Raises TemplateSyntaxError, beside Jinja's reasons, for what is too much for
        Python."""
        with _not_too_intricate(), fresh_budget():
            return super().compile(*args, **kwargs)

    def printing(self, code: str) -> Template:
        """The template of which `compile` gave this code, as text. Raises TemplateSyntaxError in the same way."""
        with _not_too_intricate():
            return self.template_class.from_code(self, compile(code, "<template>", "exec"), {})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for statement in template.find_all(_STATEMENTS):
            raise TemplateAssertionError("a statement that is not known", statement.lineno, name, filename)
        for constant in endless_numbers(template):
            raise TemplateAssertionError(NO_NUMBER, constant.lineno, name, filename)
        _refuse_deep_loops(template, 0)
        for joined_text in template.find_all(nodes.Concat):
            joined_text.nodes = [_through(_SPELLED, part) for part in joined_text.nodes]
        for loop in template.find_all(nodes.For):
            characters = sum(len(text.data) for text in loop.find_all(nodes.TemplateData))
            loop.iter = _through(_ROUNDS, loop.iter, characters)
        return template


@contextmanager
def _not_too_intricate() -> Iterator[None]:
    try:
        yield
    except TemplateError:
        raise
    except _INTRICATE as error:
        raise TemplateSyntaxError(TOO_INTRICATE, 1) from error


def _through(name: str, node: nodes.Node, *arguments: int) -> nodes.Filter:
    """What a filter makes of an expression."""
    constants: list[nodes.Expr] = [nodes.Const(argument) for argument in arguments]
    return nodes.Filter(node, name, constants, [], None, None, lineno=node.lineno)


def _counted_print(finalize: Callable[[Any], Any]) -> Callable[[Context, Any], Any]:
    """What is printed of a value, taken off the budget. It asks for the context, without need, lest Jinja escapes
    constants in its own way before they come here."""

    @pass_context
    def printed(_: Context, value: Any) -> Any:
        text = finalize(value)
        if isinstance(text, str):
            spend(len(text))
        return text

    return printed


def _refuse_deep_loops(node: nodes.Node, depth: int) -> None:
    if isinstance(node, nodes.For):
        depth += 1
        if depth > _MOST_LOOPS or node.recursive:
            raise TemplateAssertionError("loops within one another", node.lineno)
    for child in node.iter_child_nodes():
        _refuse_deep_loops(child, depth)


@cache
def environment() -> TagEnvironment:
    """The one environment of the process."""
    return TagEnvironment(autoescape=True, finalize=word_text)
