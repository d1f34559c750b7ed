"""The tags that a pack's templates carry: `{{ requests.received.total }}`."""

from __future__ import annotations

import re

PATH = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
"""A dotted path, as it stands in a regular expression: names of letters of any script, digits and _."""

TAG = re.compile(rf"\{{\{{\s*(?P<path>{PATH})\s*(?:\+\s*(?P<added>[0-9]{{1,4}})\s*)?\}}\}}")
"""A tag with the dotted path that it names and, within a text, what is added to its number: 2023—2024学年."""

NOTES = ("form.deadline", "form.contact")
"""The tags that stand for words about the campaign, within a text: until when, and whom to ask."""


def is_note(text: str) -> bool:
    """Whether a text holds tags for words about the campaign, and no others."""
    paths = tag_paths(text)
    return bool(paths) and all(path in NOTES for path in paths)


def is_filled(text: str, note: str) -> bool:
    """Whether a text may be what a text with tags became, whatever was put in."""
    return re.fullmatch(".*".join(map(re.escape, TAG.split(note)[::3])), text, re.DOTALL) is not None


def only_tag(text: str) -> str | None:
    """The path of the tag that is all of a text; None where there is other text or no tag."""
    found = TAG.fullmatch(text.strip())
    return found["path"] if found and not found["added"] else None


def tag_paths(text: str) -> list[str]:
    """The paths of all tags in a text, in their order."""
    return [found["path"] for found in TAG.finditer(text)]


def is_form_tag(path: str) -> bool:
    """Whether a path is one that the tool fills, such as form.balance.title."""
    return path.split(".")[0] == "form"


def with_tags_replaced(text: str, values: dict[str, str]) -> str:
    """A text with each tag replaced by the value of its path, with what is added to a number; a tag without a value
    stays as it is."""
    return TAG.sub(
        lambda tag: tag[0] if tag["path"] not in values else shown_by(tag, values[tag["path"]]), text
    )


def shown_by(tag: re.Match[str], value: str) -> str:
    """What a tag within a text shows for a value: of {{ year + 1 }} and 2023, 2024."""
    return str(int(value) + int(tag["added"])) if tag["added"] and value.isdecimal() else value


def is_field_name(name: str) -> bool:
    """Whether a tag can name a field so."""
    return only_tag(f"{{{{ {name} }}}}") == name and "." not in name
