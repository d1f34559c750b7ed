"""The templates of letters: the pack's own, or neutral ones in its language; and the texts that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Template, TemplateError

from reportfill.errors import CampaignError, PackError
from reportfill.pack.discovery import find_pack, manifest_in
from reportfill.pack.tag_words import fault_in_words
from reportfill.plain_files import read_file
from reportfill.report.environment import TagEnvironment
from reportfill.report.tag_faults import template_line
from reportfill.report.tag_values import plain_text
from reportfill.system_words import reason_of

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
        why = reason_of(error, folder / name)
        raise CampaignError(
            f"{folder / name} cannot be read: {why.en}", f"无法读取{folder / name}：{why.zh}"
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
    except (PackError, TemplateError, *_EXPRESSION_ERRORS) as error:
        line = template_line(error)
        english, chinese = fault_in_words(error)
        raise CampaignError(
            f"{name}{f' line {line}' if line else ''}: {english}",
            f"{name}{f'第{line}行' if line else ''}有误：{chinese}",
        ) from error


@lru_cache(maxsize=16)
def _compiled(template: bytes) -> Template:
    return _environment().from_string(template.decode("utf-8-sig").replace("\r\n", "\n"))


@cache
def _environment() -> TagEnvironment:
    return TagEnvironment(finalize=plain_text, trim_blocks=True, keep_trailing_newline=True)
