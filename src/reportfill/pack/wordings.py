"""What the narrative may state: the `wordings` and `mentions` of a schema, their shared words put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportfill.model.fields import Fields, Schema
from reportfill.pack.balances import PointerError


@dataclass(frozen=True, slots=True)
class StatedSum:
    """Figures whose sum a stated number may mean, and what people call that sum."""

    title: str
    equals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A statement of the narrative: by which words it is known, and which figures its number stands for.

    A clause states it that has a word of each of `groups` and none of `without`, is about the subject `about` (the
    empty string: about anything), and where `alone` says nothing else. `of` are the ids of the statements that it
    must be a part of, `not_of` those that it must not be. Its number, in one of `units`, is the sum of the paths
    `equals`, or of one of `readings`; rules with the same `adds` are added where one number is given for them
    together. `within` are the paths of the texts in which it is looked for; where it is `required` one of its `id`
    must be there.
    """

    id: str
    title: str
    groups: tuple[frozenset[str], ...]
    without: frozenset[str]
    units: frozenset[str]
    within: tuple[str, ...]
    about: str = ""
    alone: bool = False
    of: frozenset[str] = frozenset()
    not_of: frozenset[str] = frozenset()
    equals: tuple[str, ...] = ()
    readings: tuple[StatedSum, ...] = ()
    adds: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Wordings:
    """The words that all mentions of a schema share.

    `subjects` maps what a sentence may be about to the words that name it; `parts` maps the path of a text to the
    subject that it has by itself. `levels` are words for one of several levels that may be counted, `channels` words
    that make a number one of several parts. `before_headings` are words that people put before a heading of the report
    or leave out of it, in their order: one of each group or none.
    """

    units: frozenset[str] = frozenset()
    subjects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    levels: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    before_headings: tuple[tuple[str, ...], ...] = ()


def wordings_of(schema: Schema, fields: Fields) -> Wordings:
    """The `wordings` of a resolved schema. Raises PointerError where a name or a pointer leads to nowhere."""
    told = schema.get("wordings", {})
    subjects = {name: _words([f"@{name}"], schema) for name in told.get("subjects", {})}
    parts = {
        path: name
        for name, pointers in told.get("subjects", {}).items()
        for path in _texts((), pointers, fields)
    }
    units, levels, channels = (_words(told.get(key, ()), schema) for key in ("units", "levels", "channels"))
    before = tuple(tuple(words) for words in told.get("before_headings", ()))
    return Wordings(units, subjects, parts, levels, channels, before)


def mention_of(keys: Sequence[str], rule: Mapping[str, Any], schema: Schema, fields: Fields) -> Mention:
    """One entry of `mentions`, at the subschema with these keys. Raises PointerError for what does not fit."""
    wordings = schema.get("wordings", {})
    if rule.get("about", "") not in ("", *wordings.get("subjects", {})):
        raise PointerError(
            f"wordings names no subject {rule['about']}",
            f"wordings里没有{rule['about']}这个subject",
        )
    return Mention(
        id=rule["id"],
        title=rule["title"],
        groups=tuple(_words(group, schema) for group in rule["words"]),
        without=_words(rule.get("without", ()), schema),
        units=_words(rule.get("units", wordings.get("units", ())), schema),
        within=tuple(_texts(keys, rule.get("within", [""]), fields)),
        about=rule.get("about", ""),
        alone=rule.get("alone", False),
        of=frozenset(rule.get("of", ())),
        not_of=frozenset(rule.get("not_of", ())),
        equals=_figures(keys, rule.get("equals", ()), fields),
        readings=tuple(
            StatedSum(other["title"], _figures(keys, other["equals"], fields)) for other in rule.get("or", ())
        ),
        adds=rule.get("adds", ""),
        required=rule.get("required", False),
    )


def without_effect(mentions: Sequence[Mention]) -> Iterator[tuple[str, str, str]]:
    """The ids of mentions that could never say anything, each with the reason in English and in Chinese."""
    ids = {mention.id for mention in mentions}
    required = {mention.id for mention in mentions if mention.required}
    for mention in mentions:
        if not mention.equals and mention.id not in required:
            yield (
                mention.id,
                "it has no effect: it neither equals figures nor is required",
                "不起作用：既没有equals，也没有required",
            )
        if mention.equals and not mention.units:
            yield (
                mention.id,
                "no units are given, here or in wordings: no number would be heard",
                "这里和wordings里都没有写units，无法识别任何数字",
            )
        for other in sorted((mention.of | mention.not_of) - ids):
            yield mention.id, f"no mention has the id {other}", f"没有编号为{other}的mention"


def _words(words: Iterable[str], schema: Schema, within: tuple[str, ...] = ()) -> frozenset[str]:
    """The words of a list, each @name being those of that name in `wordings`."""
    shared = schema.get("wordings", {}).get("words", {})
    found: set[str] = set()
    for word in words:
        name = word[1:]
        if not word.startswith("@"):
            found.add(word)
        elif name not in shared or name in within:
            if name in within:
                raise PointerError(f"the words {word} are made of themselves", f"词组{word}引用了自己")
            raise PointerError(f"the words {word} stand nowhere in wordings", f"wordings里没有词组{word}")
        else:
            found |= _words(shared[name], schema, (*within, name))
    return frozenset(found)


def _figures(keys: Sequence[str], pointers: Iterable[str], fields: Fields) -> tuple[str, ...]:
    paths = {pointer: ".".join((*keys, *pointer.split("/")[1:])) for pointer in pointers}
    for pointer, path in paths.items():
        if path not in fields:
            raise PointerError(f"{pointer} points to nowhere", f"找不到{pointer}")
        if fields[path].rows:
            raise PointerError(f"{pointer} stands in rows", f"{pointer}在各行里，不止一个")
        if not fields[path].kind.is_number:
            raise PointerError(f"{pointer} is no number", f"{pointer}不是数字")
    return tuple(paths.values())


def _texts(keys: Sequence[str], pointers: Iterable[str], fields: Fields) -> Iterator[str]:
    """The paths of the narrative parts at or below each pointer."""
    for pointer in pointers:
        inside = ".".join((*keys, *pointer.split("/")[1:]))
        found = [
            field.path
            for field in fields.values()
            if field.kind.is_narrative and f"{field.path}.".startswith(inside and f"{inside}.")
        ]
        if not found:
            raise PointerError(f"{pointer} points to no narrative", f"{pointer}不是分段的文字")
        yield from found
