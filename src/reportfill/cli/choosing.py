"""The pack that a command works with where only a year was given: said, wherever another could have been meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportfill.cli.console import print_error
from reportfill.cli.language import say
from reportfill.pack.discovery import choice_for_year, hidden_packs, is_year

if TYPE_CHECKING:
    from reportfill.pack.pack import Pack


def pack_for(name: str | None, year: int) -> Pack:
    """The pack named, or that for the year, with a line on stderr that says which was taken where the year alone tells
    and others serve it or have its id.

    Raises PackError where there is none, or several and nothing chooses among them.
    """
    from reportfill.pack.pack import load_pack  # slow to import, as is all that reads workbooks

    if name is not None and not is_year(name):
        return load_pack(name)
    choice = choice_for_year(int(name or year))
    others = [*choice.others, *(p for p in hidden_packs() if p.manifest.id == choice.pack.manifest.id)]
    if others:
        chinese = "、".join(other.chinese for other in others)
        print_error(
            say(
                f"使用的模板：{choice.pack.chinese}；另有：{chinese}。要用别的，请用--pack指明。",
                f"the pack taken: {choice.pack}; there are also: {', '.join(map(str, others))}; --pack names another",
            )
        )
    return load_pack(choice.pack.folder)
