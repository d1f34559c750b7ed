"""Regular expressions of a pack: those of JSON Schema, that is of ECMA-262, tried before use and limited in time.

Some patterns take for ever on some texts: they try every way of dividing a text before they say that none fits.
Python's `re` cannot be stopped in that; the package `regex` gives up after a while. It is imported when the first
pattern is compiled: most packs have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportfill.errors import PackError

if TYPE_CHECKING:
    import regex

_PATIENCE = 1.0
"""Seconds of the processor, as `regex` counts them, that a pattern may take for one text before it is given up."""

_TRIAL = 0.25
"""Seconds that a pattern may take for each text on which `pack check` tries it."""

_LONGEST_TRIAL, _USUAL_TRIAL = 5000, 2000
"""Characters of the texts on which a pattern is tried: so many at most, and where its field does not say."""

_LONGEST_PATTERN = 5000
_MOST_REPEATS = 100_000
"""How often the counts of a pattern may repeat its smallest parts, all taken together: the package `regex` writes
`((a{1000}){1000}){1000}` out, which takes all the memory."""

_TOKEN = re.compile(
    r"\\u\{(?P<code>[0-9A-Fa-f]{1,6})\}|\\[pP]\{[^}]*\}|\\.|\{(?P<least>\d+)(?:,(?P<most>\d*))?\}|.",
    re.DOTALL,
)
_GROUP = re.compile(r"\((?!\?)|\(\?(?:[ims]*(?:-[ims]+)?:|=|!|<=|<!|P?<[^\W\d]\w*>)")
"""The beginnings of a group that ECMA-262 has, and Python's spelling of a named one."""

_CAUSES = {
    "unterminated character set": "“[”没有配对的“]”",
    "expected character set": "“[”里缺少字符",
    "missing ]": "“[”没有配对的“]”",
    "missing )": "“(”没有配对的“)”",
    "unbalanced parenthesis": "“)”没有配对的“(”",
    "missing }": "“{”没有配对的“}”",
    "expected }": "“{”没有配对的“}”",
    "missing {": "缺少“{”",
    "missing <": "缺少“<”",
    "missing >": "缺少“>”",
    "nothing to repeat": "表示重复的符号前面没有可以重复的内容",
    "multiple repeat": "表示重复的符号连用了两次",
    "min repeat greater than max repeat": "重复次数的下限大于上限",
    "repeat count too big": "重复的次数太大",
    "bad character range": "字符范围写反了，前一个字符应当排在后一个字符之前",
    "bad set": "方括号的写法不对",
    "bad escape": "反斜杠“\\”的用法不对",
    "bad hex escape": "字符编码的写法不对",
    "incomplete escape": "反斜杠“\\”后面的内容不完整",
    "undefined character name": "没有这个名称的字符",
    "unknown property": "没有这种字符类别（\\p）",
    "bad character in group name": "组名里有不能用的字符",
    "missing group name": "缺少组名",
    "invalid group reference": "引用的组不存在",
    "invalid relative group": "引用的组不存在",
    "unknown group": "引用的组不存在",
    "ambiguous group reference": "引用的组不明确",
    "cannot refer to": "引用的组还没有结束",
    "group reference not allowed": "这里不能引用组",
    "duplicate group": "组名重复",
    "look-behind": "向后查看的部分长度必须固定",
    "lookbehind": "向后查看的部分长度必须固定",
    "unknown extension": "“(?”后面的写法不对",
    "bad inline flags": "“(?”后面的写法不对",
    "unexpected end of pattern": "写到末尾还不完整",
}
"""Why a text is no regular expression, by words of the English message of `regex`."""

_ASCII = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
_ASCII_NOT = {r"\D": "[^0-9]", r"\W": "[^A-Za-z0-9_]"}


class PatternGivenUp(Exception):  # noqa: N818  # nothing is wrong with the call: time was up
    """A pattern took too long for a text. Whether it fits is not known."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled regular expression; `text` is how the pack writes it."""

    text: str
    _compiled: regex.Pattern[str]

    def search(self, words: str, seconds: float = _PATIENCE) -> regex.Match[str] | None:
        """The first match, or None. Raises PatternGivenUp when the time is up before it is known."""
        try:
            return self._compiled.search(words, timeout=seconds)
        except TimeoutError as error:
            raise PatternGivenUp(self.text) from error


@lru_cache(maxsize=256)
def compiled_pattern(pattern: str) -> Pattern:
    r"""The pattern that a pack writes, compiled.

    `\d` and `\w` mean the digits and letters of ASCII, `$` the very end, as in ECMA-262; `\p{Han}` is a Chinese
    character. Raises PackError, with the place in the pattern, for one that cannot be used.
    """
    import regex

    pieces = _translated(pattern)
    try:
        return Pattern(pattern, regex.compile("".join(pieces)))
    except regex.error as error:
        fault: Any = error  # its stubs know neither `msg` nor `pos`
        place = _place_in(pattern, pieces, fault.pos)
        cause = next((chinese for words, chinese in _CAUSES.items() if words in fault.msg), "写法不对")
        raise _no_pattern(
            f"is no regular expression: {fault.msg} at character {place}",
            f"不正确：读到第{place}个字符，{cause}",
        ) from error
    except (RecursionError, OverflowError) as error:
        raise _no_pattern("is nested too deep", "括号套得太深") from error


def tried(pattern: str, longest: int | None = None) -> Pattern:
    """The pattern, compiled and tried on texts of up to that length. Raises PackError where it cannot be used, or
    takes so long for one of them that it would be given up."""
    found = compiled_pattern(pattern)
    for words in _trial_texts(pattern, min(longest or _USUAL_TRIAL, _LONGEST_TRIAL)):
        try:
            found.search(words, _TRIAL)
        except PatternGivenUp as error:
            raise _no_pattern(
                f"takes too long for a text such as {words[:12]}…: it can divide it in too many ways; "
                "repeat nothing that is itself repeated, or give the field a maxLength",
                f"用在“{words[:12]}…”这样的长文字上太费时间：拆分的方式太多，请不要让重复的部分里面再有重复，"
                "或者用maxLength限制字数",
            ) from error
    return found


def _no_pattern(english: str, chinese: str) -> PackError:
    return PackError(f"the pattern {english}", f"正则表达式{chinese}")


def _place_in(pattern: str, pieces: list[str], position: int | None) -> int:
    """Which character of a pattern, counted from 1, stands at a position of its translated pieces."""
    tokens = [token[0] for token, _ in _tokens(pattern)]
    read = 0
    for piece, token in zip(pieces, tokens, strict=True):
        if position is None or position < len(piece):
            break
        position -= len(piece)
        read += len(token)
    return min(read + 1, len(pattern))


def _translated(pattern: str) -> list[str]:
    """The parts of a pattern of ECMA-262 as the package `regex` has them.

    Raises PackError for what only the latter knows, such as recursion, and for counts that together come to too
    much."""
    if len(pattern) > _LONGEST_PATTERN:
        raise _no_pattern(f"has more than {_LONGEST_PATTERN} characters", f"超过了{_LONGEST_PATTERN}个字符")
    tokens = list(_tokens(pattern))
    if any(t[0] == "(" and not in_class and not _GROUP.match(pattern, t.start()) for t, in_class in tokens):
        raise _no_pattern(
            'has a group "(?…" that JSON Schema does not know', "里有JSON Schema没有的“(?…”写法"
        )
    if _repeats(tokens) > _MOST_REPEATS:
        raise _no_pattern(
            f"repeats its parts more than {_MOST_REPEATS} times", f"里的重复次数合起来超过了{_MOST_REPEATS}次"
        )
    return [_spelled(token, in_class=in_class) for token, in_class in tokens]


def _tokens(pattern: str) -> Iterator[tuple[re.Match[str], bool]]:
    """The parts of a pattern, each with whether it stands within brackets […]."""
    in_class, opened = False, 0
    for token in _TOKEN.finditer(pattern):
        if not in_class and token[0] == "[":
            yield token, False
            in_class = True
            opened = token.end() + (pattern[token.end() :][:1] == "^")
        else:
            in_class = in_class and not (token[0] == "]" and token.start() > opened)
            yield token, in_class


def _spelled(token: re.Match[str], *, in_class: bool) -> str:
    said = token[0]
    if token["code"]:
        return f"\\U{int(token['code'], 16):08X}"
    if said in _ASCII:
        return _ASCII[said] if in_class else f"[{_ASCII[said]}]"
    if in_class:
        return said
    return {"$": r"\Z", "{": r"\{", "}": r"\}", **_ASCII_NOT}.get(said, said)


def _repeats(tokens: Iterable[tuple[re.Match[str], bool]]) -> int:
    """How many times the parts of a pattern stand in it when its counts are written out."""
    sizes, last = [0], 0
    for token, in_class in tokens:
        if in_class or token[0] in "?*+|^$":
            continue
        if token["least"]:
            times = int(token["most"] or token["least"])
            sizes[-1] += last * max(times - 1, 0) if len(str(times)) < 10 else _MOST_REPEATS
        elif token[0] == "(":
            sizes.append(0)
        elif token[0] == ")" and len(sizes) > 1:
            last = max(sizes.pop(), 1)
            sizes[-1] += last
        else:
            last = 1
            sizes[-1] += last
    return sum(sizes)


def _trial_texts(pattern: str, longest: int) -> Iterator[str]:
    """Long texts that a pattern nearly fits: of its own characters and words, and of what people write; and each with
    an end that fits nothing, also behind the words without which a pattern is not even tried."""
    own = re.sub(r"\\.|[][(){}|?*+^$.]", " ", pattern).split()
    characters = dict.fromkeys(character for word in own for character in word)
    usual = ("a", "A", "0", "_", " ", "公开", "公a0", "，", "-", ".", "ab", "01")
    ends = ("", "\x01", *(f"{end[:longest]}\x01" for end in dict.fromkeys(("".join(own), *own[-1:]))))
    for seed in dict.fromkeys((*own[:20], *list(characters)[:20], *usual)):
        words = seed * (longest // len(seed) + 1)
        for end in ends:
            yield words[: max(longest - len(end), 1)] + end
