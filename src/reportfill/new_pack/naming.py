"""The paths of fields: a name for each label, told apart where several say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportfill.model.report_model import AGENCY, YEAR
from reportfill.new_pack.draft import Blank, Draft, FormPart, Notice, Records
from reportfill.new_pack.wording import UNIT, plain_label, without_number
from reportfill.text import Text, word_list

_LONGEST_NAME = 16
_REMARK = re.compile(rf"[（(](?:(?:单位[：:])?(?:{UNIT})|[^（()）]{{5,}})[)）]")
"""What in brackets is a unit, or a remark, and no part of a name."""

_TAKEN = word_list("agency year form loop paragraph true false none not and or in is if else last")
"""Names that mean something else in a tag."""


@dataclass(eq=False)
class Branch:
    """A group of the schema, or a field: its name, its title, what is in it."""

    name: str
    title: str
    blank: Blank | None = None
    records: Records | None = None
    """The rows of the form of which it is one: a group of which there may be any number."""
    is_tagged: bool = False
    """Whether a tag that the form has already gives its name."""
    children: dict[str, Branch] = field(default_factory=dict)

    def leaves(self) -> Iterator[Branch]:
        """The fields within it, in order."""
        if self.blank is not None:
            yield self
        for child in self.children.values():
            yield from child.leaves()


def field_name(label: str, number: int) -> str:
    """The name of a field or group with that label, the so-and-so-many-th among its siblings: the label's own words."""
    said = _REMARK.sub("", without_number(plain_label(label)))
    words = re.sub(r"\W", "", unicodedata.normalize("NFKC", said))[:_LONGEST_NAME]
    name = words or f"栏目{number}"
    return f"项{name}" if name[0].isdigit() or name.lower() in _TAKEN else name


def tree_with_paths(draft: Draft) -> Branch:
    """The groups and fields of a draft, each blank with its path. What cannot be told apart by its labels is noted."""
    root = Branch("", draft.title)
    for section in draft.sections:
        for blank in section.blanks:
            titles = _titles(section, blank, draft.title)
            if blank.path in (AGENCY, YEAR):
                continue
            if blank.path:
                _place_tagged(root, blank, titles)
            else:
                _place(root, blank, titles, draft)
    return root


def _titles(section: FormPart, blank: Blank, form: str) -> list[str]:
    """The labels on the way to a blank: the outermost heading, the nearest one, and its own; not the form's title."""
    outer = [title for title in (section.titles[0], *section.titles[1:][-1:]) if title != form]
    own = list(blank.labels)
    while own and outer and outer[-1] == own[0]:
        outer.pop()
    return [*outer, *own]


def _place(root: Branch, blank: Blank, titles: list[str], draft: Draft) -> None:
    branch = root
    path: list[str] = []
    rows = len(titles) - len(blank.labels) + blank.records.depth if blank.records else 0
    for depth, title in enumerate(titles[:-1], 1):
        records = blank.records if depth == rows else None
        branch = _group(branch, title, records)
        path.append(branch.name)
        if records and not records.path:
            records.path = ".".join(path)
            if branch.title != title:
                draft.notices.append(_same_labels(blank))
    twins = sum(
        1 for child in branch.children.values() if child.title == titles[-1] and child.blank is not None
    )
    if twins:
        draft.notices.append(_same_labels(blank))
    title = f"{titles[-1]}（{twins + 1}）" if twins else titles[-1]
    leaf = _child(branch, title, blank)
    blank.path = ".".join([*path, leaf.name])


def _same_labels(blank: Blank) -> Notice:
    return Notice(
        blank.place,
        Text(
            f"和前面的空白标题相同，无法区分：{blank.label}",
            f"its labels are those of a blank before it: {blank.label}",
        ),
    )


def _group(branch: Branch, title: str, records: Records | None) -> Branch:
    """The group of that title, or the one of those rows: other rows with the same labels have one of their own."""
    for child in branch.children.values():
        is_same = child.records is records and (records is not None or child.title == title)
        if is_same and child.blank is None and not child.is_tagged:
            return child
    others = sum(
        child.records is not None and child.title.startswith(title) for child in branch.children.values()
    )
    made = _child(branch, f"{title}（{others + 1}）" if records and others else title, None)
    made.records = records
    return made


def _child(branch: Branch, title: str, blank: Blank | None) -> Branch:
    name = free = field_name(title, len(branch.children) + 1)
    number = 1
    while free in branch.children:
        number += 1
        free = f"{name}{number}"
    branch.children[free] = Branch(free, title, blank)
    return branch.children[free]


def _place_tagged(root: Branch, blank: Blank, titles: list[str]) -> None:
    """A field whose tag the form has already, which says its path."""
    branch = root
    *groups, name = blank.path.split(".")
    for depth, group in enumerate(groups):
        named = titles[depth] if depth < len(titles) - 1 else group
        branch = branch.children.setdefault(group, Branch(group, named, is_tagged=True))
    branch.children.setdefault(name, Branch(name, titles[-1], blank))
