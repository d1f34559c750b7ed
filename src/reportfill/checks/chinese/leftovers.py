"""What was another's text: places that were left to be filled in, and full names of agencies as its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-zＸｘ])[XxＸｘ]{2,}(?![A-Za-z])|[×✕]{2,}|某某|(?<![一二三四五六七八九])[〇○]{2,}|…{2,}|\{\{.*?\}\}|\{%.*?%\}"
)
_SIGN_OF_PLACEHOLDER = re.compile("[XxＸｘ×✕某〇○…{]")
"""What every one of them holds, and hardly any text."""
_AGENCY = re.compile(
    r"[。；，、](?:\d{4}年(?:度)?，?)?"
    r"(?P<name>(?P<place>[\u4e00-\u9fff]{2,6}?(?:省|市|县|区|旗|州))[\u4e00-\u9fff]{1,12}?(?:局|委员会|办公室|政府|厅|中心|街道办事处))"
    r"(?=共|主动|严格|认真|按照|坚持|收到|高度|全面|积极|围绕|深入|切实)"
)
"""A full name of an agency that is the subject of a sentence: there it should be the reporting agency's. A text has to
be given a mark in front: only marks are tried, which is much quicker than to ask everywhere for a beginning as well."""


class AgencyName(NamedTuple):
    """The full name of an agency, and the place with which it begins."""

    name: str
    place: str


def placeholders(text: str) -> Iterator[str]:
    """What stands in a text for words that were to be put there: XX, 某某, 〇〇, {{…}}."""
    if _SIGN_OF_PLACEHOLDER.search(text):
        yield from (match[0] for match in _PLACEHOLDER.finditer(text))


def subjects_named(text: str) -> Iterator[AgencyName]:
    """The agencies that are the subjects of a text's sentences, by their full names."""
    for match in _AGENCY.finditer(f"。{text}"):
        yield AgencyName(match["name"], match["place"])
