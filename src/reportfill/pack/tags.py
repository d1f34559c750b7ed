"""The tags that a pack's templates carry: `{{ requests.received.total }}`."""

from __future__ import annotations

import re

PATH = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
"""A dotted path, as it stands in a regular expression: names of letters of any script, digits and _."""

TAG = re.compile(rf"\{{\{{\s*({PATH})\s*\}}\}}")
"""A tag and, as its group, the dotted path that it names."""

NOTES = ("form.deadline", "form.contact")
"""The tags that stand for words about the campaign, within a text: until when, and whom to ask."""


def is_note(text: str) -> bool:
    """Whether a text holds tags for words about the campaign, and no others."""
    paths = tag_paths(text)
    return bool(paths) and all(path in NOTES for path in paths)


def is_filled(text: str, note: str) -> bool:
    """Whether a text may be what a text with tags became, whatever was put in."""
    return re.fullmatch(".*".join(map(re.escape, TAG.split(note)[::2])), text, re.DOTALL) is not None


def only_tag(text: str) -> str | None:
    """The path of the tag that is all of a text; None where there is other text or no tag."""
    found = TAG.fullmatch(text.strip())
    return found.group(1) if found else None


def tag_paths(text: str) -> list[str]:
    """The paths of all tags in a text, in their order."""
    return TAG.findall(text)


def is_form_tag(path: str) -> bool:
    """Whether a path is one that the tool fills, such as form.balance.title."""
    return path.split(".")[0] == "form"


def with_tags_replaced(text: str, values: dict[str, str]) -> str:
    """A text with each tag replaced by the value of its path; a tag without one stays as it is."""
    return TAG.sub(lambda match: values.get(match.group(1), match.group(0)), text)


def is_field_name(name: str) -> bool:
    """Whether a tag can name a field so."""
    return only_tag(f"{{{{ {name} }}}}") == name and "." not in name
