"""What a published year consists of: of each part of its list the reports, with the SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A report in the site: whose, the version that was accepted, all that it was made of, when that version was first
    published, and the SHA-256 of its files by place."""

    code: str
    name: str
    version: str
    made_of: str
    published: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class ReleasePart:
    """Some reports of a year, and what else was written with them."""

    reports: Sequence[PublishedReport] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> Mapping[str, PublishedReport]:
        """The reports by their agencies' codes."""
        return {report.code: report for report in self.reports}


def part_content(part: ReleasePart) -> bytes:
    """A part as JSON."""
    reports = [
        {
            "code": one.code,
            "name": one.name,
            "version": one.version,
            "made_of": one.made_of,
            "published": one.published,
            "sha256": dict(one.files),
        }
        for one in part.reports
    ]
    return json_content({"format": _FORMAT, "sha256": dict(part.files), "reports": reports})


def part_in(content: bytes) -> ReleasePart:
    """A part from its JSON; an empty one where that is damaged: its files are made anew then."""
    try:
        told = json.loads(content)
        if told["format"] != _FORMAT:
            return ReleasePart()
        reports = [
            PublishedReport(
                str(one["code"]),
                str(one["name"]),
                str(one["version"]),
                str(one["made_of"]),
                str(one["published"]),
                _digests(one["sha256"]),
            )
            for one in told["reports"]
        ]
        return ReleasePart(reports, _digests(told["sha256"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ReleasePart()


def _digests(told: Mapping[str, Any]) -> Mapping[str, str]:
    return {str(path): str(digest) for path, digest in told.items()}


def json_content(told: Mapping[str, Any]) -> bytes:
    """JSON for people and programs."""
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def digest_of(*parts: object) -> str:
    """What stands for all that something is made of."""
    text = json.dumps(parts, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digests_of(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of files by place."""
    return {place: hashlib.sha256(content).hexdigest() for place, content in contents.items()}


def parts_of_release(content: bytes) -> Mapping[str, str]:
    """The places of the parts that a release names, with their SHA-256; none where it is damaged."""
    return _digests_in(content, "parts")


def files_of_release(content: bytes) -> Mapping[str, str]:
    """The same of the files that belong to no part."""
    return _digests_in(content, "sha256")


def _digests_in(content: bytes, key: str) -> Mapping[str, str]:
    try:
        return _digests(json.loads(content)[key])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def data_made_of(content: bytes) -> str:
    """What the open data of a release were made of, as a digest; empty where that is not known."""
    try:
        return str(json.loads(content)["data_made_of"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def kinds_of_release(content: bytes) -> tuple[str, ...]:
    """The kinds of output in which the reports of a release are; none where that is not known."""
    try:
        return tuple(str(kind) for kind in json.loads(content)["kinds"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()


def release_content(
    title: str, kinds: Sequence[str], parts: Mapping[str, str], files: Mapping[str, str], data_made_of: str
) -> bytes:
    """What a year consists of: the kinds of output in which its reports are, the SHA-256 of what tells of each part,
    and of every other file; `data_made_of` is all that its open data were made of, as a digest."""
    return json_content(
        {
            "format": _FORMAT,
            "title": title,
            "kinds": list(kinds),
            "data_made_of": data_made_of,
            "parts": dict(parts),
            "sha256": dict(files),
        }
    )
