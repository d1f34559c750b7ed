"""Packs at random, of every kind of field, of groups, rows and parts that are there under a condition; with data that
are sound by their schema, and what a workbook and a report have to say of these."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from hypothesis import strategies as st
from openpyxl import Workbook
from pack.random_kinds import YEAR, Leaf, digits, leaves, words

NAMES = (
    *(
        "数量",
        "金额",
        "名称",
        "新收",
        "结转",
        "自然人",
        "情况",
        "备注_1",
        "法人或其他组织",
        "日期",
        "是否",
        "第一项",
    ),
    *(
        "name",
        "count",
        "amount",
        "body2",
        "Kind",
        "x",
        "note_",
        "received",
        "URL",
        "a1",
        "r1c1",
        "items",
        "values",
    ),
)
TITLES = (
    "数量",
    "金额（万元）",
    "名称",
    "一、工作情况",
    "新收",
    "其中：罚款",
    "Total",
    "备注",
    "A & B",
    "办结率%",
)
LABEL = "label"
MANIFEST = """
id = "drawn"
version = "1.0.0"
title = "统计表"
language = "zh"
[years]
first = 2021
[names]
report = "{{ agency.name }}{{ year }}"
workbook = "{{ agency.name }}{{ year }}填报表"
"""
AGENCY = "甲乙局"
_SHOWN = 4000
"""Characters of a schema that are shown of a pack with which something fails."""
ROOM = 12
"""Rows that a table has in the workbook, and no data have more of."""


@dataclass(frozen=True, repr=False)
class Group:
    """A group, or the rows of a table: what it holds, what is due in it, and what its figures sum up to. `sums` maps a
    figure to the paths of its parts, `*` standing for all rows."""

    title: str
    parts: Mapping[str, Leaf | Group]
    required: frozenset[str]
    sums: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Any] | None = None
    condition: Mapping[str, Any] = field(default_factory=dict)
    is_across: bool = False
    """Whether its fields stand side by side in the workbook, below their labels."""

    def __repr__(self) -> str:
        return f"Group({self.title})"

    def schema(self) -> dict[str, Any]:
        """What schema.json says of it."""
        made = {
            "type": "object",
            "required": sorted(self.required),
            "balances": [
                {"id": "sum", "title": "合计", "left": [f"/{whole}"], "right": list(parts)}
                for whole, parts in self.sums.items()
            ],
            "properties": {
                name: part.schema() if isinstance(part, Group) else part.schema
                for name, part in self.parts.items()
            },
        }
        about = {"title": self.title, **self.condition}
        if self.rows is None:
            return about | made
        return about | {"type": "array", "items": made, **self.rows}

    def leaves(self, prefix: str = "") -> Iterator[tuple[str, Leaf]]:
        """The fields with their paths, those of rows among them."""
        for name, part in self.parts.items():
            if isinstance(part, Group):
                yield from part.leaves(f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}", part


@dataclass(frozen=True, repr=False)
class RandomPack:
    """A pack: its groups, and how they are spread over sheets."""

    root: Group
    sheets: int

    def __repr__(self) -> str:
        return self.schema_json()[:_SHOWN]

    def write(self, folder: Path) -> Path:
        """The pack as files."""
        folder.mkdir(parents=True)
        (folder / "schema.json").write_text(self.schema_json(), encoding="utf-8")
        rows = "".join(f'[[rows]]\nof = "{path}"\nnumber = {ROOM}\n' for path in self._innermost(self.root))
        (folder / "pack.toml").write_text(MANIFEST + rows, encoding="utf-8")
        (folder / "intake.xlsx").write_bytes(_Form(self).content())
        (folder / "report.docx").write_bytes(_report(self.root))
        return folder

    def schema_json(self) -> str:
        """Its schema.json."""
        return json.dumps(self.root.schema(), ensure_ascii=False, default=float)

    def _innermost(self, group: Group, prefix: str = "") -> Iterator[str]:
        for name, part in group.parts.items():
            if isinstance(part, Group):
                inner = list(self._innermost(part, f"{prefix}{name}."))
                yield from inner or ([f"{prefix}{name}"] if part.rows is not None else [])


# What is in it


@st.composite
def packs(draw: st.DrawFn) -> RandomPack:
    """A pack of any kind of fields."""
    root = draw(groups(depth=0, rows_above=0))
    parts = {
        "agency": _agency(),
        "year": Leaf({"type": "integer", "minimum": 2000}, st.just(YEAR)),
        **root.parts,
    }
    root = replace(root, parts=parts, required=root.required | {"agency", "year"})
    for _ in range(draw(st.integers(0, 2))):
        root = draw(with_condition(root))
    return RandomPack(root, draw(st.integers(1, 3)))


def _agency() -> Group:
    name = Leaf({"type": "string", "title": "单位名称"}, st.just(AGENCY))
    return Group("单位", {"name": name}, frozenset({"name"}), {})


@st.composite
def groups(draw: st.DrawFn, depth: int, rows_above: int) -> Group:
    """A group with what it holds; in rows the first field is a text that tells them apart."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5 - depth, unique=True))
    parts: dict[str, Leaf | Group] = {}
    for name in names:
        inside = draw(st.sampled_from(["leaf", "leaf", "leaf", "group", "rows"]))
        has_rows = rows_above and any(_holds_rows(part) for part in parts.values())
        if depth >= 3 or inside == "leaf" or (inside != "group" and (has_rows or rows_above >= 2)):
            parts[name] = draw(titled(leaves()))
        elif inside == "group":
            parts[name] = draw(groups(depth + 1, 2 if has_rows else rows_above))
        else:
            parts[name] = draw(tables(depth + 1, rows_above + 1))
    due = frozenset(draw(st.lists(st.sampled_from(names), unique=True)))
    return draw(with_sums(Group(draw(titles()), parts, due, {}, is_across=draw(st.booleans()))))


def _holds_rows(part: Leaf | Group) -> bool:
    """Whether there are rows in a part: those of a table hold one table at most."""
    return isinstance(part, Group) and (part.rows is not None or any(map(_holds_rows, part.parts.values())))


def titles() -> st.SearchStrategy[str]:
    """What people call a part; two may be called the same."""
    return st.sampled_from(TITLES)


@st.composite
def titled(draw: st.DrawFn, kinds: st.SearchStrategy[Leaf]) -> Leaf:
    """A field with its title, or without one."""
    leaf, title = draw(kinds), draw(st.one_of(st.none(), titles()))
    return leaf if title is None else replace(leaf, schema=leaf.schema | {"title": title})


@st.composite
def tables(draw: st.DrawFn, depth: int, rows_above: int) -> Group:
    """Rows, each with a name of its own."""
    group = draw(groups(depth, rows_above))
    key = Leaf({"type": "string", "title": "单位"}, words(1, 8))
    fewest = draw(st.integers(0, 1))
    rows: dict[str, Any] = {"minItems": fewest, "maxItems": draw(st.integers(1, 3))}
    rows |= {"unique_by": ["/key"]} if draw(st.booleans()) else {}
    return replace(group, parts={"key": key, **group.parts}, required=group.required | {"key"}, rows=rows)


@st.composite
def with_sums(draw: st.DrawFn, group: Group) -> Group:
    """The group, perhaps with sums of its figures and of those in all rows of its tables."""
    own = [f"/{name}" for name, part in group.parts.items() if isinstance(part, Leaf) and part.is_count]
    sums: dict[str, tuple[str, ...]] = {}
    if len(own) > 1 and draw(st.booleans()):
        sums["total"] = tuple(own)
    for name, table in group.parts.items():
        if isinstance(table, Group) and table.rows is not None:
            counted = [key for key, part in table.parts.items() if isinstance(part, Leaf) and part.is_count]
            if counted and draw(st.booleans()):
                sums[f"all_{name}"] = (f"/{name}/*/{counted[0]}",)
    figure = Leaf({"type": "number", "title": "合计"}, st.nothing(), digits, is_count=True)
    parts = group.parts | dict.fromkeys(sums, figure)
    return replace(group, parts=parts, required=group.required | set(sums), sums=sums)


@st.composite
def with_condition(draw: st.DrawFn, root: Group) -> Group:
    """The root with one of its parts there only where a field has some value."""
    asking = [(path, leaf) for path, leaf in _outside_of_rows(root) if leaf.condition]
    if not asking:
        return root
    path, leaf = draw(st.sampled_from(asking))
    whole = {part for parts in root.sums.values() for pointer in parts for part in [pointer.split("/")[1]]}
    others = [
        name
        for name, part in root.parts.items()
        if name not in ("agency", "year", *root.sums, *whole)
        and list(root.parts).index(name) > list(root.parts).index(path.split(".")[0])
        and not (part.condition if isinstance(part, Group) else "applies_when" in part.schema)
    ]
    if not others:
        return root
    name = draw(st.sampled_from(others))
    values = leaf.condition["values"]
    asked = {"applies_when": {path: values[0] if len(values) == 1 else values}}
    return replace(root, parts=dict(root.parts) | {name: _asking(root.parts[name], asked)})


def _asking(part: Leaf | Group, asked: dict[str, Any]) -> Leaf | Group:
    """A part that is there under a condition."""
    if isinstance(part, Group):
        return replace(part, condition=asked)
    return replace(part, schema=part.schema | asked)


def _outside_of_rows(group: Group, prefix: str = "") -> Iterator[tuple[str, Leaf]]:
    for name, part in group.parts.items():
        if isinstance(part, Leaf):
            yield f"{prefix}{name}", part
        elif part.rows is None:
            yield from _outside_of_rows(part, f"{prefix}{name}.")


# Its data


@st.composite
def data_of(draw: st.DrawFn, pack: RandomPack) -> dict[str, Any]:
    """Data that are sound by the schema; figures that follow from others are left out."""
    data: dict[str, Any] = draw(_held_by(pack.root))
    _settle(pack.root, data, data)
    return data


@st.composite
def _held_by(draw: st.DrawFn, group: Group) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for name, part in group.parts.items():
        if name in group.sums or (name not in group.required and draw(st.integers(0, 3)) == 0):
            continue
        if isinstance(part, Leaf):
            held[name] = draw(part.values)
        elif part.rows is None:
            inside = draw(_held_by(part))
            if name in group.required or flat(part, inside):
                held[name] = inside
        else:
            fewest = max(part.rows["minItems"], 0)
            rows = draw(st.lists(_held_by(part), min_size=fewest, max_size=part.rows["maxItems"]))
            held[name] = [row | {"key": f"{row['key']}{number}"} for number, row in enumerate(rows)]
    return held


def _settle(root: Group, group_data: dict[str, Any], data: dict[str, Any]) -> None:
    """Take away what is not there because of its condition, until nothing is left to take."""
    before = None
    while before != repr(group_data):
        before = repr(group_data)
        for name, part in root.parts.items():
            condition = part.condition if isinstance(part, Group) else part.schema
            for path, wanted in condition.get("applies_when", {}).items():
                if not _holds(_value_at(data, path), wanted):
                    group_data.pop(name, None)


def _holds(value: Any, wanted: Any) -> bool:
    values = wanted if isinstance(wanted, list) else [wanted]
    return any(value == one and isinstance(value, bool) is isinstance(one, bool) for one in values)


def _value_at(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    return data


def expected(pack: RandomPack, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values by path that a report of these data has, with the figures that follow."""
    complete = _with_sums(pack.root, data)
    return flat(pack.root, _without_absent(pack.root, complete))


def _without_absent(root: Group, data: dict[str, Any]) -> dict[str, Any]:
    _settle(root, data, data)
    return data


def _with_sums(group: Group, data: Mapping[str, Any]) -> dict[str, Any]:
    done: dict[str, Any] = {}
    for name, value in data.items():
        part = group.parts[name]
        if isinstance(part, Leaf):
            done[name] = value
        elif part.rows is None:
            done[name] = _with_sums(part, value)
        else:
            done[name] = [_with_sums(part, row) for row in value]
    for whole, pointers in group.sums.items():
        done[whole] = sum(part for pointer in pointers for part in _parts(done, pointer.split("/")[1:]))
    return done


def _parts(data: Mapping[str, Any], keys: list[str]) -> Iterator[Any]:
    """What a pointer adds to a sum: of all rows what they have together, which may be nothing."""
    if len(keys) == 1:
        yield from [data[keys[0]]] if keys[0] in data else []
    else:
        yield sum(row.get(keys[2], 0) for row in data.get(keys[0], ()))


def flat(group: Group, data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested data as values by path, what is blank left out."""
    found: dict[str, Any] = {}
    for name, part in group.parts.items():
        value, path = data.get(name), f"{prefix}{name}"
        if value in (None, "", []):
            continue
        if isinstance(part, Leaf):
            found[path] = value
        elif part.rows is None:
            found |= flat(part, value, f"{path}.")
        else:
            for number, row in enumerate(value):
                found |= flat(part, row, f"{path}[{number}].")
    return found


# Its workbook


class _Form:
    """An intake.xlsx as it is drawn, sheet by sheet and row by row."""

    def __init__(self, pack: RandomPack) -> None:
        self._book = Workbook()
        sheets = [self._book.active, *(self._book.create_sheet() for _ in range(pack.sheets - 1))]
        for number, (name, part) in enumerate(pack.root.parts.items()):
            self._sheet: Any = sheets[number * pack.sheets // len(pack.root.parts)]
            self._put(name, part, name)
        live = self._book.create_sheet("校验")
        live.append(["还有", "{{ form.open.total }}"])
        parts = ("title", "place", "left", "right", "difference", "verdict")
        live.append([f"{{{{ form.balance.{part} }}}}" for part in parts])

    def content(self) -> bytes:
        """The file."""
        saved = BytesIO()
        self._book.save(saved)
        return saved.getvalue()

    def _put(self, name: str, part: Leaf | Group, path: str) -> None:
        if isinstance(part, Leaf):
            for down in range(part.cells):
                self._sheet.append([part.schema.get("title", name) if down == 0 else None, _tag(path)])
            self._sheet.append([None, "填写说明"])
            return
        self._sheet.append([part.title])
        fields = list(part.leaves(f"{path}."))
        stand_across = part.is_across and all(
            isinstance(one, Leaf) and one.cells == 1 for one in part.parts.values()
        )
        if part.rows is not None or stand_across:
            self._sheet.append([leaf.schema.get("title", at.rpartition(".")[2]) for at, leaf in fields])
            self._sheet.append([_tag(at) for at, _ in fields])
            self._sheet.append(["以下空白"])
        else:
            for key, inner in part.parts.items():
                self._put(key, inner, f"{path}.{key}")


def _tag(path: str) -> str:
    return f"{{{{ {path} }}}}"


# Its report


def _report(root: Group) -> bytes:
    document = docx.Document()
    for path, part in _printed_parts(root):
        if isinstance(part, Group):
            lines = list(_lines(part, path, 0))
            table = document.add_table(rows=0, cols=max(map(len, lines)))
            for line in lines:
                for cell, text in zip(table.add_row().cells, line, strict=False):
                    cell.text = text
        elif part.schema["type"] == "array" and "uniqueItems" not in part.schema:
            for line in (f"{{%p for one in {path} %}}", f"{path}：{{{{ one }}}}", "{%p endfor %}"):
                document.add_paragraph(line)
        else:
            document.add_paragraph(f"{path}：{{{{ {path} }}}}。")
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _printed_parts(group: Group, prefix: str = "") -> Iterator[tuple[str, Leaf | Group]]:
    for name, part in group.parts.items():
        if isinstance(part, Group) and part.rows is None:
            yield from _printed_parts(part, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", part


def _lines(table: Group, path: str, depth: int) -> Iterator[list[str]]:
    """The rows of a table of the report: a loop, the cells of a row, and the loops of the rows within it."""
    row = f"row{depth}"
    yield [f"{{%tr for {row} in {path} %}}"]
    yield [text for text, _ in _cells(table, row, "")]
    for name, inner in _tables_in(table):
        yield from _lines(inner, f"{row}.{name}", depth + 1)
    yield ["{%tr endfor %}"]


def _cells(table: Group, row: str, prefix: str) -> Iterator[tuple[str, Leaf]]:
    for name, part in table.parts.items():
        path = f"{prefix}{name}"
        if isinstance(part, Leaf):
            is_running = part.is_list and "uniqueItems" not in part.schema
            loop = f"{{% for one in {row}.{path} %}}{{{{ one }}}}；{{% endfor %}}"
            yield (loop if is_running else f"{{{{ {row}.{path} }}}}"), part
        elif part.rows is None:
            yield from _cells(part, row, f"{path}.")


def _tables_in(group: Group, prefix: str = "") -> Iterator[tuple[str, Group]]:
    for name, part in group.parts.items():
        if isinstance(part, Group) and part.rows is not None:
            yield f"{prefix}{name}", part
        elif isinstance(part, Group):
            yield from _tables_in(part, f"{prefix}{name}.")


def printed(pack: RandomPack, values: Mapping[str, Any]) -> list[str]:
    """The lines of the report for the values by path: paragraphs, and the cells of rows."""
    lines: list[str] = []
    for path, part in _printed_parts(pack.root):
        if isinstance(part, Group):
            lines += _printed_rows(part, path, values)
        elif part.is_list and "uniqueItems" not in part.schema:
            lines += [f"{path}：{text}" for text in values.get(path, ())]
        else:
            lines.append(f"{path}：{part.printed(values[path]) if path in values else ''}。")
    return lines


def _printed_rows(table: Group, path: str, values: Mapping[str, Any]) -> Iterator[str]:
    number = 0
    while f"{path}[{number}].key" in values:
        row = f"{path}[{number}]"
        for at, leaf in _paths(table, row):
            value = values.get(at)
            is_running = leaf.is_list and "uniqueItems" not in leaf.schema
            if is_running:
                yield "".join(f"{text}；" for text in value or ())
            else:
                yield "" if value is None else leaf.printed(value)
        for name, inner in _tables_in(table):
            yield from _printed_rows(inner, f"{row}.{name}", values)
        number += 1


def _paths(group: Group, prefix: str) -> Iterator[tuple[str, Leaf]]:
    for name, part in group.parts.items():
        if isinstance(part, Leaf):
            yield f"{prefix}.{name}", part
        elif part.rows is None:
            yield from _paths(part, f"{prefix}.{name}")


# What a clerk types


def cells_typed(group: Group, data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, int, Any]]:
    """What stands in the cells of a workbook for data: the path of the field, which of its cells, and the content."""
    for name, part in group.parts.items():
        value, path = data.get(name), f"{prefix}{name}"
        if value is None:
            continue
        if isinstance(part, Leaf):
            yield from ((path, number, content) for number, content in enumerate(part.typed(value)))
        elif part.rows is None:
            yield from cells_typed(part, value, f"{path}.")
        else:
            yield from _rows_typed(part, path, value, 0)[0]


def _rows_typed(
    table: Group, path: str, rows: list[dict[str, Any]], line: int
) -> tuple[list[tuple[str, int, Any]], int]:
    """The cells of rows that begin in a line of their block, and the line behind them."""
    typed: list[tuple[str, int, Any]] = []
    for row in rows:
        below = line
        for at, leaf in _paths(table, ""):
            value = _value_at(row, at[1:])
            if value is not None:
                typed.append((path + at, line, _in_one_cell(leaf, value)))
        for name, inner in _tables_in(table):
            inside, below = _rows_typed(inner, f"{path}.{name}", _value_at(row, name) or [], line)
            typed += inside
        line = max(line + 1, below)
    return typed, line


def _in_one_cell(leaf: Leaf, value: Any) -> Any:
    contents = leaf.typed(value)
    if not leaf.is_list:
        return contents[0]
    return ("、" if "uniqueItems" in leaf.schema else "\n").join(contents)
