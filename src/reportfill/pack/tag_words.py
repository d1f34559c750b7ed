"""The words of tags: the filters that there are, and what is said of a tag that is wrong, in English and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from math import isfinite

from jinja2 import TemplateError, UndefinedError, nodes
from jinja2.exceptions import SecurityError

from reportfill.errors import ReportfillError

_FILTERS = """
abs capitalize center count d default e escape filesizeformat first float format int join last length list
lower map max min reject rejectattr replace reverse round select selectattr sort string sum title
title_lines trim truncate unique upper wordcount 中文日期 大写日期 勾选 千分位 百分比 增减 增幅
"""
FILTERS = frozenset(_FILTERS.split())
"""What may stand behind | in a tag."""

_METHODS = """
capitalize casefold center count endswith find format index isalnum isalpha isascii isdecimal isdigit
islower isnumeric isspace istitle isupper join ljust lower lstrip partition removeprefix removesuffix
replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title upper
zfill
"""
METHODS = frozenset(_METHODS.split())
"""What a tag may ask of a text."""

STRAIGHT = str.maketrans("“”‘’\n\r", "\"\"''  ")
"""Word turns quotation marks round as they are typed; docxtpl turns them back within tags."""

NO_NUMBER, TOO_INTRICATE = "it holds a number that is too large", "it is too long or nested too deep"
"""What is said of tags that Jinja's own parser takes, or fails on without a word for people."""


def endless_numbers(expression: nodes.Node) -> Iterator[nodes.Const]:
    """The numbers in an expression such as 1e400, which are infinite to Python."""
    for constant in expression.find_all(nodes.Const):
        if isinstance(constant.value, float) and not isfinite(constant.value):
            yield constant


_QUOTED = re.compile(r"'(.+?)'")
_UNFINISHED = re.compile(r"(?:got|[Uu]nexpected) 'end of |[Uu]nexpected end")
_UNEXPECTED = re.compile(r"got '(.+)'|unexpected char '(.+?)' at|unexpected '(.+?)'")


def no_filter(name: str) -> tuple[str, str]:
    """That there is no such filter, with what may have been meant."""
    meant, meant_zh = _meant(name, FILTERS, 0.7)
    return f"there is no filter {name}{meant}", f"没有“{name}”这个过滤器{meant_zh}"


def _meant(name: str, known: Collection[str], likeness: float) -> tuple[str, str]:
    """What to add where a known name may have been meant by one that is not, in both languages."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1, cutoff=likeness)
    return (f"; is {close[0]} meant?", f"；是否应为{close[0]}？") if close else ("", "")


def fault_in_words(error: BaseException) -> tuple[str, str]:
    """What is wrong with a tag whose expression makes an error: Jinja's and Python's own words are for programmers."""
    said = str(error)
    if isinstance(error, ReportfillError):
        return error.english, error.chinese
    if isinstance(error, UndefinedError):
        if " no element " in said:
            return "it asks for an entry that is not there", "没有这一项内容"
        name = (_QUOTED.findall(said) or [said])[-1]
        return f"there is no value for '{name}'", f"没有内容可以填入标签“{name}”"
    if isinstance(error, SecurityError):
        return "it is not allowed: it reaches for what is no field", "含有不允许的标签：它指向的不是栏目"
    if isinstance(error, TemplateError):
        english, chinese = _syntax_in_words(said.partition("\n")[0])
        return english, f"标签写得不对：{chinese}"
    if isinstance(error, ArithmeticError):
        return (
            "it cannot be worked out: it divides by 0, or gives no number",
            "标签算不出来：除数为0，或者结果不是数字",
        )
    return (
        "it cannot be worked out: this cannot be done with a value of this kind",
        "标签算不出来：这样的内容不能这样处理（例如把文字当作数字）",
    )


def _syntax_in_words(said: str) -> tuple[str, str]:
    names = _QUOTED.findall(said)
    if said.startswith("No filter named"):
        return no_filter(names[0])
    if said.startswith("No test named"):
        return f"there is no test {names[0]} behind “is”", f"is后面没有“{names[0]}”这种判断"
    if said == NO_NUMBER:
        return NO_NUMBER, "里面的数字超出范围"
    if said == TOO_INTRICATE:
        return TOO_INTRICATE, "太长或嵌套太深"
    if said.startswith("loops within"):
        return "more than three loops stand within one another", "循环套循环，超过了三层"
    if "statement that is not known" in said:
        return "only for, if, elif, else and set are known", "只能用for、if、elif、else和set"
    if _UNFINISHED.search(said):
        return "it is not complete: something is missing at its end", "不完整：末尾缺少内容"
    unexpected = _UNEXPECTED.search(said)
    if unexpected:
        sign = next(filter(None, unexpected.groups()))
        if sign.startswith("\\"):
            return "it holds a sign that shows nothing; type it anew", "里面有看不见的字符，请重新输入"
        return f"“{sign}” does not belong where it stands", f"“{sign}”不该写在这里"
    return "it cannot be understood", "无法理解"


def incomplete(shown: str) -> tuple[str, str]:
    """That a text has a mark of a tag and no whole one."""
    return (
        f"a tag is not complete: {shown}; it is written {{{{ path }}}}, with half-width braces",
        f"标签不完整：{shown}；标签写作 {{{{ 路径 }}}}，花括号用半角",
    )


def single_braces(path: str) -> tuple[str, str]:
    """That a field stands between one pair of braces."""
    return (
        f"{path} stands between single braces; a tag is written {{{{ {path} }}}}",
        f"{path}只有一对花括号；标签写作 {{{{ {path} }}}}",
    )


def unknown_path(path: str, paths: Collection[str]) -> tuple[str, str]:
    """That the schema lacks a path, with what may have been meant, in both languages."""
    if any(known.startswith(f"{path}.") for known in paths):
        return f"{path} is a group of fields, not a field", f"{path}是一组栏目，不是一个栏目"
    likeness = 0.8 if path.isascii() else 0.7  # a slip is a larger part of a Chinese name
    meant, meant_zh = _meant(path, paths, likeness)
    return f"the schema has no field {path}{meant}", f"schema.json里没有{path}{meant_zh}"
