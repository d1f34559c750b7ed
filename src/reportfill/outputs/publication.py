"""Where reports are published: what an office says of its website, in [publish] of a settings file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from reportfill.errors import UsageError
from reportfill.office.xml import FORBIDDEN_IN_XML
from reportfill.plain_files import shortened
from reportfill.text import Text
from reportfill.user_settings import settings_file, user_settings

_ADDRESSES = ("http", "https")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,}|[\w.-]+\.[^\W\d_]{2,}")
_CODE = re.compile(r"[A-Za-z0-9]{10}")
_PUB_DATE = "%Y-%m-%d %H:%M"
_LONGEST = 500


@dataclass(frozen=True)
class Publication:
    """What is known of the website on which a report is published, by the names of the tags that say it; nothing of it
    is ever made up.

    `url` is the address of the page, or where it ends with / the folder of all pages.
    """

    site_name: str = ""
    site_domain: str = ""
    site_id_code: str = ""
    column_name: str = ""
    column_description: str = ""
    column_keywords: str = ""
    column_type: str = ""
    pub_date: str = ""
    author: str = ""
    image: str = ""
    url: str = ""

    @cached_property
    def tags(self) -> Mapping[str, str]:
        """The tags of which the value is known."""
        values = {tag: str(getattr(self, name)) for tag, name in _NAMES.items()}
        return {
            tag: value
            for tag, value in values.items()
            if value and not (tag == "Url" and value.endswith("/"))
        }

    @property
    def said(self) -> Mapping[str, str]:
        """What is known as [publish] has it."""
        return {key: value for key, name in _NAMES.items() if (value := str(getattr(self, name)))}

    @property
    def missing(self) -> tuple[str, ...]:
        """The prescribed tags that are not known."""
        return tuple(tag for tag in PRESCRIBED if tag not in self.tags)

    def at(self, path: str) -> Publication:
        """The same for the page at a path below the address of the folder; the same where that is not known."""
        return replace(self, url=urljoin(self.url, quote(path))) if self.url.endswith("/") else self


UNKNOWN = Publication()
"""Nothing is known of it."""

_NAMES = {
    "SiteName": "site_name",
    "SiteDomain": "site_domain",
    "SiteIDCode": "site_id_code",
    "ColumnName": "column_name",
    "ColumnDescription": "column_description",
    "ColumnKeywords": "column_keywords",
    "ColumnType": "column_type",
    "PubDate": "pub_date",
    "Author": "author",
    "Image": "image",
    "Url": "url",
}
"""The tags with what a Publication calls them."""

PRESCRIBED = tuple(tag for tag in _NAMES if tag not in ("Author", "Image", "Url"))
"""Those that no page may lack."""


def publication_of_user() -> Publication:
    """What the user's settings say of the website. Raises UsageError where they cannot be read or are wrong."""
    return publication_of(user_settings().get("publish", {}), str(settings_file()))


def publication_or_of_user(said: Publication) -> Publication:
    """What is said of a website where somebody has said anything, else what the user's settings say. Raises UsageError
    as `publication_of_user` does."""
    return said if said.said else publication_of_user()


def publication_of(said: Mapping[str, Any], file: str) -> Publication:
    """What a table [publish] says of the website. Raises UsageError, in one line with all that is wrong, which names
    the file."""
    problems = [problem for key, value in said.items() for problem in _problems(key, value)]
    if problems:
        raise UsageError(
            f"{file} [publish]: {'; '.join(one.en for one in problems)}",
            f"{file}中的[publish]有误：{'；'.join(one.zh for one in problems)}",
        )
    return Publication(**{_NAMES[key]: " ".join(str(value).split()) for key, value in said.items()})


def _problems(key: str, value: object) -> Iterator[Text]:
    if key not in _NAMES:
        near = _near(key)
        meant = (
            Text(f"应为{near}", f"write {near}")
            if near
            else Text(f"可用的有{'、'.join(_NAMES)}", f"there are {', '.join(_NAMES)}")
        )
        yield Text(f"没有“{_shown(key)}”这一项，{meant.zh}", f"there is no {_shown(key)}; {meant.en}")
    elif not isinstance(value, str):
        yield Text(f"{key}的值应放在英文双引号里", f"{key} is a text, in quotation marks")
    elif FORBIDDEN_IN_XML.search(value) or len(value) > _LONGEST:
        yield Text(
            f"{key}含有看不见的控制字符，或者超过{_LONGEST}字",
            f"{key} holds a control character, or more than {_LONGEST} characters",
        )
    elif value.strip() and key in _CHECKS:
        problem = _CHECKS[key](" ".join(value.split()))
        if problem is not None:
            yield Text(f"{key}“{_shown(value)}”{problem.zh}", f"{key} {_shown(value)} {problem.en}")


def _near(key: str) -> str:
    by_letters = {name.lower(): name for name in _NAMES} | {
        own.replace("_", ""): name for name, own in _NAMES.items()
    }
    found = get_close_matches(key.lower().replace("_", ""), by_letters, n=1)
    return by_letters[found[0]] if found else ""


def _shown(value: object) -> str:
    return shortened(FORBIDDEN_IN_XML.sub("", str(value)))


def _domain(value: str) -> Text | None:
    if _DOMAIN.fullmatch(value):
        return None
    host = urlsplit(value if "//" in value else f"//{value}").hostname or "www.xxx.gov.cn"
    return Text(f"不是域名，只写域名，例如{host}", f"is no domain; write it alone, such as {host}")


def _code(value: str) -> Text | None:
    if _CODE.fullmatch(value):
        return None
    return Text(
        "不是10位的网站标识码，例如1304000009",
        "is not the code of a site, which has 10 characters: 1304000009",
    )


def _column_type(value: str) -> Text | None:
    near = get_close_matches(value, _column_types(), n=1)
    if not near or value in near:
        return None
    return Text(f"不是规定的栏目类型，应为{near[0]}", f"is no type of columns; write {near[0]}")


@cache
def _column_types() -> tuple[str, ...]:
    lines = files("reportfill.outputs").joinpath("column_types.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


def _pub_date(value: str) -> Text | None:
    try:
        if datetime.strptime(value, _PUB_DATE).strftime(_PUB_DATE) == value:
            return None
    except ValueError:
        pass
    return Text(
        "不是2026-01-20 09:30这样的时间（24小时制）",
        "is no time such as 2026-01-20 09:30, by the 24-hour clock",
    )


def _address(value: str) -> Text | None:
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in _ADDRESSES and bool(parts.hostname)
    except ValueError:
        is_address = False
    if is_address and " " not in value:
        return None
    return Text("不是以https://或http://开头的网址", "is no address that begins with https:// or http://")


_CHECKS: Mapping[str, Callable[[str], Text | None]] = {
    "SiteDomain": _domain,
    "SiteIDCode": _code,
    "ColumnType": _column_type,
    "PubDate": _pub_date,
    "Image": _address,
    "Url": _address,
}
"""What is wrong with the values that have a form of their own."""
