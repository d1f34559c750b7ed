"""The templates of letters: the pack's own, or neutral ones in its language; and the texts that are made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from xml.parsers.expat import ExpatError

from jinja2 import StrictUndefined, Template, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from reportfill.errors import CampaignError
from reportfill.pack.discovery import find_pack, manifest_in
from reportfill.plain_files import read_file

_QUOTED = re.compile(r"'([^']+)'")
_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (UndefinedError, "没有内容可以填入标签“{name}”"),
    (SecurityError, "含有不允许的标签（{said}）"),
    (TemplateError, "标签写得不对（{said}）"),
    (ExpatError, "条件或者循环的开头和结尾不在同一段、同一行或者同一张表中"),
    (ArithmeticError, "标签算不出来（{said}）"),
    (TypeError, "标签算不出来（{said}）"),
)
"""What is wrong with a template, by the error that it makes."""

_EXPRESSION_ERRORS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


def letter_template(pack: str | int, name: str) -> bytes:
    """The template of that name: the pack's own, or where it has none the neutral one in its language. Raises PackError
    where there is no such pack, CampaignError where the template cannot be read."""
    folder = find_pack(pack)
    try:
        return read_file(folder / name)
    except FileNotFoundError:
        return neutral_template(manifest_in(folder).language, name)
    except OSError as error:
        raise CampaignError(
            f"{folder / name} cannot be read: {error.strerror}", f"无法读取{folder / name}"
        ) from error


def neutral_template(language: str, name: str) -> bytes:
    """The template that fits every report."""
    return files("reportfill.campaign.sending").joinpath("neutral", language, name).read_bytes()


def text_of_template(name: str, template: bytes, tags: Mapping[str, Any]) -> str:
    """The text that a template of that name and values for its tags make. Raises CampaignError, in one line, where the
    template is no text, or its tags cannot be understood or have no value."""
    try:
        return _compiled(template).render(tags)
    except UnicodeDecodeError as error:
        raise CampaignError(f"{name} is not UTF-8 text", f"{name}不是UTF-8编码的文本") from error
    except (TemplateError, *_EXPRESSION_ERRORS) as error:
        line = getattr(error, "lineno", None)
        english, chinese = (f" line {line}", f"第{line}行") if line else ("", "")
        raise CampaignError(
            f"{name}{english}: {' '.join(str(error).split())}",
            f"{name}{chinese}有误：{cause_in_chinese(error)}",
        ) from error


def cause_in_chinese(error: BaseException | None) -> str:
    """What is wrong with a template that makes an error; empty where that is not known."""
    said = next((said for kind, said in _CAUSES if isinstance(error, kind)), "")
    named = _QUOTED.findall(str(error)) or [str(error)]
    return said.format(name=named[-1], said=" ".join(str(error).split()))


@lru_cache(maxsize=16)
def _compiled(template: bytes) -> Template:
    return _environment().from_string(template.decode("utf-8-sig").replace("\r\n", "\n"))


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
