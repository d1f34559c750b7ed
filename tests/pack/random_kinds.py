"""Fields at random, one of every kind: what the schema says of it, what may stand in it, what a clerk types for that,
what is printed of it, and what would be wrong."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

YEAR = 2025
CHARACTERS = "甲乙丙丁戊局处室市区的abcXYZ0123456789 -_=+'\"&<>%{}（）、，。；“”㎡￥𠮷"
"""Of what texts are made: what formulas, tags, XML and lists could take for theirs, and what nobody would correct."""
OPTIONS = (
    "优秀",
    "良好",
    "一般",
    "政府网站",
    "政府公报",
    "是",
    "否",
    "0",
    "1.5",
    "其他（请注明）",
    "A",
    "2025-03-01",
)

Values = st.SearchStrategy[Any]


@dataclass(frozen=True, repr=False)
class Leaf:
    """A field. `typed` gives what stands in its cells, one content a cell; `wrong` are contents of its first cell, each
    of which is a mistake."""

    schema: dict[str, Any]
    values: Values
    printed: Callable[[Any], str] = str
    typed: Callable[[Any], list[Any]] = lambda value: [value]
    wrong: tuple[Any, ...] = ()
    cells: int = 1
    is_count: bool = False
    condition: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Leaf({self.schema['type']})"

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return bool(self.schema["type"] == "array")


def words(least: int = 1, most: int = 12) -> Values:
    """Texts that reading leaves as they are."""
    return st.text(st.sampled_from(CHARACTERS), min_size=least, max_size=most).filter(
        lambda text: text == " ".join(text.split()) and "{" + "{" not in text
    )


@st.composite
def counts(draw: st.DrawFn) -> Leaf:
    """A count."""
    least = draw(st.sampled_from([None, 0, 0, -1000, 5]))
    most = draw(st.sampled_from([None, None, 10**6]))
    schema = {"type": "integer"}
    schema |= {} if least is None else {"minimum": least}
    schema |= {} if most is None else {"maximum": most}
    schema |= draw(st.sampled_from([{}, {"unit": "件"}, {"unit": "人次"}]))  # type: ignore[arg-type]
    values = st.integers(-(10**9) if least is None else least, 10**10 if most is None else most)
    wrong = ("若干", 2.5, "3件5件", *([] if least is None else [least - 1]))
    return Leaf(schema, values, wrong=wrong, is_count=True)


@st.composite
def amounts(draw: st.DrawFn) -> Leaf:
    """An amount, or a percentage."""
    step = draw(st.sampled_from([None, "0.01", "0.1", "0.5", "0.0001", "1", "0.05"]))
    is_share = draw(st.booleans())
    least, most = (0, 100) if is_share else (-(10**5), 10**5)
    schema: dict[str, Any] = {"type": "number", "unit": "%" if is_share else "万元"}
    if is_share or draw(st.booleans()):
        least = max(least, draw(st.sampled_from([0, -50])))
        schema["minimum"] = least
    if is_share:
        schema["maximum"] = most
    if step is None:
        values = st.decimals(least, most, places=4)
    else:
        schema["multipleOf"] = Decimal(step)
        values = st.integers(-(10**6), 10**6).map(lambda times: times * Decimal(step))
        values = values.filter(lambda value: least <= value <= most)
    wrong = ("约三成", "1.2.3", *([least - 1] if "minimum" in schema else []))
    return Leaf(schema, values.map(without_zeros), digits, wrong=wrong, is_count=True)


def without_zeros(value: Decimal) -> Decimal | int:
    """A decimal as people write it."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def digits(value: Decimal | int) -> str:
    """A figure as it is printed."""
    return f"{Decimal(value):f}"


@st.composite
def texts(draw: st.DrawFn) -> Leaf:
    """A text, perhaps one of a prescribed form."""
    if draw(st.integers(0, 4)) == 0:
        schema = {"type": "string", "pattern": "^[0-9]{6}$", "pattern_in_words": "六位数字"}
        return Leaf(schema, st.from_regex(r"[0-9]{6}", fullmatch=True), wrong=("12345", "一二三四五六"))
    most = draw(st.sampled_from([None, 5, 40]))
    schema = {"type": "string"} | ({} if most is None else {"maxLength": most})  # type: ignore[dict-item]
    return Leaf(schema, words(1, most or 30), wrong=() if most is None else ("长" * (most + 1),))


@st.composite
def paragraphs(draw: st.DrawFn) -> Leaf:
    """Running text: paragraphs in a block of cells."""
    most = draw(st.integers(1, 4))
    longest = draw(st.sampled_from([None, 80]))
    items = {"type": "string"} | ({} if longest is None else {"maxLength": longest})  # type: ignore[dict-item]
    schema = {"type": "array", "minItems": 1, "items": items, "maxItems": most}
    sentences = words(1, 40).map(lambda text: f"本单位按照有关规定开展工作，情况正常{text}。")
    values = st.lists(sentences, min_size=1, max_size=most, unique=True)
    wrong = () if longest is None else ("长" * (longest + 1),)
    return Leaf(schema, values, typed=list, wrong=wrong, cells=most)


@st.composite
def options(draw: st.DrawFn) -> tuple[dict[str, Any], list[Any], dict[Any, str]]:
    """A list to choose from: its schema, the values, and the words for each."""
    titles = draw(st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=5, unique=True))
    if draw(st.integers(0, 9)) == 0:
        titles += [f"第{number}种情况的名称较长" for number in range(60)]
    if draw(st.booleans()):
        return {"type": "string", "enum": titles}, titles, {title: title for title in titles}
    is_coded = draw(st.booleans())
    values: list[Any] = [number if is_coded else f"v{number}" for number in range(len(titles))]
    one_of = [{"const": value, "title": title} for value, title in zip(values, titles, strict=True)]
    schema = {"type": "integer" if is_coded else "string", "oneOf": one_of}
    return schema, values, dict(zip(values, titles, strict=True))


@st.composite
def choices(draw: st.DrawFn) -> Leaf:
    """One value of a list."""
    schema, values, titles = draw(options())
    condition = {"values": draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))}
    return Leaf(
        schema,
        st.sampled_from(values),
        titles.__getitem__,
        lambda value: [titles[value]],
        ("不在其中的",),
        condition=condition,
    )


@st.composite
def several_choices(draw: st.DrawFn) -> Leaf:
    """Several values of a list, in a block of cells or in one."""
    schema, values, titles = draw(options())
    cells = draw(st.integers(1, 3))
    return Leaf(
        {"type": "array", "uniqueItems": True, "minItems": 1, "items": schema},
        st.lists(st.sampled_from(values), min_size=1, max_size=min(len(values), 4), unique=True),
        lambda chosen: "、".join(titles[value] for value in chosen),
        lambda chosen: in_cells([titles[value] for value in chosen], cells),
        ("不在其中的",),
        cells,
    )


def in_cells(contents: list[str], cells: int) -> list[str]:
    """Words one below the other, the last ones together where cells are few."""
    return [*contents[: cells - 1], "、".join(contents[cells - 1 :])] if len(contents) > cells else contents


@st.composite
def days(draw: st.DrawFn) -> Leaf:
    """A day."""
    first, last = datetime.date(1905, 1, 1), datetime.date(2099, 12, 31)
    schema = {"type": "string", "format": "date"}
    wrong: tuple[Any, ...] = ("3/4/25", "去年底", "2025-02-30")
    if draw(st.booleans()):
        schema |= {"earliest": "year-01-01", "latest": "year+1-03-31"}
        first, last = datetime.date(YEAR, 1, 1), datetime.date(YEAR + 1, 3, 31)
        wrong += (datetime.datetime(YEAR - 1, 12, 31),)
    return Leaf(
        schema,
        st.dates(first, last).map(str),
        lambda value: "{}年{}月{}日".format(*map(int, value.split("-"))),
        lambda value: [datetime.datetime.fromisoformat(value)],
        wrong,
    )


@st.composite
def months(draw: st.DrawFn) -> Leaf:
    """A month."""
    schema = {"type": "string", "format": "year-month"}
    schema |= {"earliest": "1949-10"} if draw(st.booleans()) else {}
    return Leaf(
        schema,
        st.dates(datetime.date(1949, 10, 1), datetime.date(2099, 12, 31)).map(lambda day: str(day)[:7]),
        lambda value: "{}年{}月".format(*map(int, value.split("-"))),
        lambda value: ["{}年{}月".format(*map(int, value.split("-")))],
        ("前年", "2025-13"),
    )


def answers() -> st.SearchStrategy[Leaf]:
    """Yes or no."""
    leaf = Leaf(
        {"type": "boolean"},
        st.booleans(),
        lambda value: "是" if value else "否",
        lambda value: ["是" if value else "否"],
        ("也许",),
    )
    return st.booleans().map(lambda wanted: with_condition(leaf, wanted))


def with_condition(leaf: Leaf, wanted: bool) -> Leaf:
    """The field, by which another part is there where it has this answer."""
    return Leaf(
        leaf.schema, leaf.values, leaf.printed, leaf.typed, leaf.wrong, condition={"values": [wanted]}
    )


def leaves() -> st.SearchStrategy[Leaf]:
    """A field of any kind."""
    return st.one_of(
        *(counts(), amounts(), texts(), paragraphs(), choices()),
        *(several_choices(), days(), months(), answers()),
    )
