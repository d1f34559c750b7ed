"""reportfill campaign log: who handed in what, when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.campaign.records.entry_words import EVENT_NAMES, remark_in_words, result_in_words
from reportfill.cli.campaign.options import Folder
from reportfill.cli.campaign.printing import print_some
from reportfill.cli.console import print_said, print_table
from reportfill.cli.language import say, told
from reportfill.cli.options import Lang, option
from reportfill.cli.outcome import FINDINGS

if TYPE_CHECKING:
    from reportfill.campaign.records.journal import JournalEntry

HELP = say(
    """查看工作记录：哪个单位何时报送，结果如何，由谁审核、封存。按先后列出。

    例：reportfill campaign log 2025年报 --of 清河县档案馆""",
    """Show the record: who handed in what and when, what became of it, who accepted, sent back or closed, in order.

    Example: reportfill campaign log reports-2025 --of 清河县档案馆""",
)


def show_log(
    folder: Folder,
    of: Annotated[str | None, option("--of", "CODE", "只看这个单位。", "Only this agency.")] = None,
    lang: Lang = None,
) -> None:
    """Print the journal."""
    journal = Campaign.open(folder).log(of)
    print_some(journal.damage)
    if not journal.entries and not journal.damage:
        print_said("还没有工作记录。", "there is no record yet.")
        return
    headings = say(
        "时间 事项 单位 报送次序 文件 结果 说明 经办人", "Time Event Agency Version File Result Remark By"
    )
    print_table(headings.split(" "), map(_row, journal.entries))
    if journal.damage:
        raise typer.Exit(FINDINGS)


def _row(entry: JournalEntry) -> tuple[str, ...]:
    return (
        entry.at.isoformat(sep=" ", timespec="seconds"),
        told(EVENT_NAMES[entry.event]),
        entry.name,
        str(entry.number or ""),
        entry.file,
        told(result_in_words(entry)),
        told(remark_in_words(entry)),
        entry.by,
    )
