"""What differs between two versions of a pack, in the words of those who keep it, and which version that asks for.

A pack's version has three numbers. The first is raised where workbooks that are out, or data of other years, no longer
fit: a field went, has another path, kind or unit, or more has to be filled in. The second where more can be filled in,
or a rule came or went. The third for anything else, such as words and looks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import IntEnum
from itertools import zip_longest
from typing import Any, NamedTuple

from reportfill.decimals import plain
from reportfill.model.conditions import FieldCondition
from reportfill.model.fields import Field, RowGroup, Schema, is_rows
from reportfill.model.options import Option
from reportfill.pack.balances import Balance
from reportfill.pack.pack import PAGE, Pack
from reportfill.pack.problems import LinePlace
from reportfill.pack.report_tags import report_tags
from reportfill.plain_files import shortened
from reportfill.text import Text, word_list


class Weight(IntEnum):
    """Which number of a version a change asks for."""

    THIRD = 1
    SECOND = 2
    FIRST = 3


class PackChange(NamedTuple):
    """One thing that differs: of the field at a path, or of the pack as a whole where that is empty; what it was and
    is now, in words, each empty where there is nothing; and the number of the version that it asks for."""

    path: str
    what: Text
    was: str
    now: str
    weight: Weight


_CAME, _WENT = Text("新增栏目", "new field"), Text("取消栏目", "field gone")
_RENAMED = Text("栏目改名", "field with another path")
_RULE_CAME, _RULE_WENT = Text("新增规则", "new rule"), Text("取消规则", "rule gone")
_RULE = Text("规则改动", "rule changed")

_ROLLUP = Text("汇总办法", "roll-up")
_ASPECTS: Mapping[str, tuple[Text, Weight]] = {
    "kind": (Text("种类", "kind"), Weight.FIRST),
    "unit": (Text("单位", "unit"), Weight.FIRST),
    "required": (Text("必填", "required"), Weight.FIRST),
    "choices": (Text("可选的内容", "choices"), Weight.FIRST),
    "bounds": (Text("上下限", "bounds"), Weight.SECOND),
    "length": (Text("字数", "length"), Weight.SECOND),
    "pattern": (Text("格式", "pattern"), Weight.SECOND),
    "conditions": (Text("条件", "conditions"), Weight.SECOND),
    "rollup": (_ROLLUP, Weight.SECOND),
    "label": (Text("名称", "label"), Weight.THIRD),
    "description": (Text("说明", "description"), Weight.THIRD),
    "cells": (Text("填报表中的位置", "cells"), Weight.THIRD),
    "printed": (Text("报告中的位置", "places in the report"), Weight.THIRD),
}


def pack_changes(old: Pack, new: Pack) -> list[PackChange]:
    """Everything that differs between two packs, the pack as a whole first, then in reading order; none where there is
    nothing but the version."""
    return [
        *_of_the_whole(old, new),
        *_of_page(old, new),
        *_of_words(old, new),
        *_of_fields(old, new),
        *_of_row_groups(old, new),
        *_of_other_keywords(old, new),
        *_of_rules(old, new),
    ]


def version_due(version: str, changes: Iterable[PackChange]) -> str:
    """The version that changes ask for behind one: 2.0.0 behind 1.4.2 where a field went; the same where there are
    none."""
    numbers = [int(number) for number in version.split(".")]
    weight = max((change.weight for change in changes), default=None)
    if weight is None:
        return version
    place = Weight.FIRST - weight
    raised = [*numbers[:place], numbers[place] + 1, *[0] * (len(numbers) - place - 1)]
    return ".".join(map(str, raised))


def _of_the_whole(old: Pack, new: Pack) -> Iterator[PackChange]:
    was, now = old.manifest, new.manifest
    for what, before, after, weight in (
        (Text("编号", "id"), was.id, now.id, Weight.FIRST),
        (Text("系列", "series"), was.series, now.series, Weight.SECOND),
        (Text("名称", "title"), was.title, now.title, Weight.THIRD),
        (Text("适用年度", "years"), was.years, now.years, Weight.SECOND),
        (Text("报告期的第一天", "first day of the period"), was.begins, now.begins, Weight.SECOND),
        (Text("报告的文件名", "name of reports"), was.report_name, now.report_name, Weight.THIRD),
        (Text("填报表的文件名", "name of workbooks"), was.workbook_name, now.workbook_name, Weight.THIRD),
    ):
        if before != after:
            yield PackChange("", what, before, after, weight)


def _of_page(old: Pack, new: Pack) -> Iterator[PackChange]:
    """The first line in which report.html differs; where one has none, that."""
    what = Text("网页模板", "page template")
    if not old.page or not new.page:
        if old.page != new.page:
            yield PackChange("", what, PAGE if old.page else "", PAGE if new.page else "", Weight.THIRD)
        return
    before, after = (one.page.decode("utf-8", "replace").splitlines() for one in (old, new))
    for number, (was, now) in enumerate(zip_longest(before, after, fillvalue=""), 1):
        if was != now:
            place = LinePlace(PAGE, number).in_chinese
            yield PackChange(
                "", what, f"{place}：{shortened(was)}", f"{place}：{shortened(now)}", Weight.THIRD
            )
            return


def _of_words(old: Pack, new: Pack) -> Iterator[PackChange]:
    """What differs of how the narrative is read."""
    was, now = old.rules.mentions, new.rules.mentions
    went = dict.fromkeys(one.title for one in was if one not in now)
    came = dict.fromkeys(one.title for one in now if one not in was)
    if went or came:
        yield PackChange("", Text("文字核对", "mentions"), "、".join(went), "、".join(came), Weight.SECOND)
    before, after = (pack.schema.get("wordings", {}) for pack in (old, new))
    differing = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if differing:
        had, has = ("、".join(key for key in differing if key in some) for some in (before, after))
        yield PackChange("", Text("用词", "wordings"), had, has, Weight.SECOND)


def _of_fields(old: Pack, new: Pack) -> Iterator[PackChange]:
    went = {path: field for path, field in old.fields.items() if path not in new.fields}
    printed = _printed(old), _printed(new)
    for path, field in new.fields.items():
        if path in old.fields:
            yield from _of_field(path, _aspects(old, path, printed[0]), _aspects(new, path, printed[1]))
            continue
        former = next((one for one in went if went[one].label == field.label), "")
        if former:
            went.pop(former)
            yield PackChange(path, _RENAMED, former, path, Weight.FIRST)
        else:
            weight = Weight.FIRST if field.required or field.required_within else Weight.SECOND
            yield PackChange(path, _CAME, "", _named(new, path), weight)
    for path in went:
        yield PackChange(path, _WENT, _named(old, path), "", Weight.FIRST)


def _of_field(path: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[PackChange]:
    for aspect, (what, weight) in _ASPECTS.items():
        if was[aspect] != now[aspect]:
            yield PackChange(path, what, was[aspect], now[aspect], weight)


def _aspects(pack: Pack, path: str, printed: Mapping[str, str]) -> dict[str, str]:
    """What can differ of a field, in words."""
    field = pack.fields[path]
    return {
        "kind": field.kind.name,
        "unit": field.unit,
        "required": "是" if field.required or field.required_within else "否",
        "choices": "、".join(map(_option, field.choices)) or field.listed_in,
        "bounds": _bounds(field),
        "length": _between(field.min_length or None, field.max_length),
        "pattern": field.pattern_in_words or field.pattern,
        "conditions": _conditions(field.conditions),
        "rollup": field.rollup,
        "label": field.label,
        "description": field.description,
        "cells": _cells(pack, path),
        "printed": printed.get(path, ""),
    }


_ASPECTS_OF_ROWS: Mapping[str, Text] = {
    "number": Text("行数", "number of rows"),
    "keys": Text("不能重复的栏目", "what no two rows share"),
    "order": Text("排序", "order of rows"),
    "rollup": _ROLLUP,
    "prefilled": Text("预填", "prefilled"),
}


def _of_row_groups(old: Pack, new: Pack) -> Iterator[PackChange]:
    """What differs of rows that both have; of others their fields came or went."""
    for path, group in new.rows.items():
        was, now = (_aspects_of_rows(one) for one in (old.rows.get(path, group), group))
        for aspect, what in _ASPECTS_OF_ROWS.items():
            if was[aspect] != now[aspect]:
                yield PackChange(path, what, was[aspect], now[aspect], Weight.SECOND)


def _aspects_of_rows(group: RowGroup) -> dict[str, str]:
    kept, keys, owner = group.rollup
    added = f"sum_by {'、'.join(keys)}" if keys else f"join {owner}".strip() if kept else "none"
    return {
        "number": _between(group.least or None, group.most),
        "keys": "、".join(group.keys),
        "order": "、".join(group.order_by),
        "rollup": added,
        "prefilled": "、".join(group.prefilled),
    }


_TOLD = frozenset(
    word_list(
        """
        $schema $id $comment $defs type title description properties required additionalProperties items uniqueItems
        minLength maxLength pattern pattern_in_words enum const oneOf format earliest latest minimum maximum
        exclusiveMinimum exclusiveMaximum unit rollup listed_in applies_when balances mentions wordings
        """
    )
)
"""The keywords of which is told what they come to."""

_TOLD_OF_ROWS = _TOLD | {"minItems", "maxItems", "unique_by", "sorted_by", "prefill"}


def _of_other_keywords(old: Pack, new: Pack) -> Iterator[PackChange]:
    """What differs of keywords of which nothing else tells, by each part that both have."""
    was, now = dict(_parts(old.schema)), dict(_parts(new.schema))
    for path, node in now.items():
        for keyword in {**was.get(path, node), **node}:
            if keyword in (_TOLD_OF_ROWS if is_rows(node) else _TOLD):
                continue
            before, after = (_shown(one.get(keyword)) for one in (was.get(path, node), node))
            if before != after:
                yield PackChange(path, Text(keyword, keyword), before, after, Weight.SECOND)


def _parts(schema: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """What a resolved schema describes, by path: all of it, its groups, rows, each row, and fields."""
    yield path, schema
    each = schema
    if is_rows(schema):
        each = schema["items"]
        yield f"{path}[*]", each
    for key, child in each.get("properties", {}).items():
        yield from _parts(child, f"{path}.{key}" if path else key)


def _shown(value: Any) -> str:
    return "" if value is None else shortened(json.dumps(value, ensure_ascii=False, default=str))


def _between(*bounds: int | Decimal | str | None) -> str:
    """Bounds in words: 0–99; nothing where there are none."""
    shown = ["" if bound is None else bound if isinstance(bound, str) else plain(bound) for bound in bounds]
    return "–".join(shown) if any(shown) else ""


def _bounds(field: Field) -> str:
    """The bounds of a number or a day in words: 0–99; >0, <1."""
    open_ones = (("<", field.less_than), (">", field.more_than))
    told = [f"{sign}{plain(bound)}" for sign, bound in reversed(open_ones) if bound is not None]
    closed = _between(field.minimum, field.maximum) or _between(field.earliest, field.latest)
    return ", ".join([*([closed] if closed else []), *told])


def _option(option: Option) -> str:
    value = str(option.value)
    return option.title if option.title == value else f"{value}={option.title}"


def _conditions(conditions: tuple[FieldCondition, ...]) -> str:
    return "；".join(f"{one.path} = {'、'.join(map(str, one.values))}" for one in conditions)


def _cells(pack: Pack, path: str) -> str:
    cells = pack.form.inputs.get(path, ())
    if not cells:
        return ""
    return str(cells[0]) + (f":{cells[-1].address}" if len(cells) > 1 else "")


def _named(pack: Pack, path: str) -> str:
    field: Field = pack.fields[path]
    cells = _cells(pack, path)
    return f"{field.label}（{cells}）" if cells else field.label


def _printed(pack: Pack) -> dict[str, str]:
    """The places at which each field is printed."""
    places: dict[str, list[str]] = {}
    for tag in report_tags(pack.report):
        shown = tag.place.in_chinese
        places.setdefault(tag.path, [])
        if shown not in places[tag.path]:
            places[tag.path].append(shown)
    return {path: "；".join(found) for path, found in places.items()}


def _of_rules(old: Pack, new: Pack) -> Iterator[PackChange]:
    was, now = _rules(old), _rules(new)
    for key, said in now.items():
        if key not in was:
            yield PackChange(key[1], _RULE_CAME, "", said, Weight.SECOND)
        elif was[key] != said:
            yield PackChange(key[1], _RULE, was[key], said, Weight.SECOND)
    for key, said in was.items():
        if key not in now:
            yield PackChange(key[1], _RULE_WENT, said, "", Weight.SECOND)


def _rules(pack: Pack) -> dict[tuple[str, str], str]:
    """The rules by id and the figure that they stand for, in words."""
    return {(rule.id, rule.place): _rule(rule) for rule in pack.rules.balances}


def _rule(rule: Balance) -> str:
    sides = (
        " + ".join(f"{'last:' * term.last}{term.path}" for term in side) for side in (rule.left, rule.right)
    )
    return f"{rule.title}：{f' {rule.relation} '.join(sides)}（{rule.severity}）"
