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
    """A report in the site: whose, what it was made of, when it was first published as it is, and the SHA-256 of its
    files by place."""

    code: str
    name: str
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
    try:
        return _digests(json.loads(content)["parts"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def release_content(title: str, parts: Mapping[str, str], files: Mapping[str, str]) -> bytes:
    """What a year consists of: the SHA-256 of what tells of each part, and of every other file."""
    return json_content({"format": _FORMAT, "title": title, "parts": dict(parts), "sha256": dict(files)})
