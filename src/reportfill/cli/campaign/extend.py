"""reportfill campaign extend: more time for some agencies."""

from __future__ import annotations

from typing import Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import By, Folder
from reportfill.cli.campaign.printing import print_names, print_record
from reportfill.cli.console import print_said
from reportfill.cli.language import say
from reportfill.cli.options import Lang, argument, option

HELP = say(
    """同意单位延期报送：在延期后的日期以前不按逾期催报，邮件、催报和填报表写明该单位的日期。原因和经办人记入工作记录。

    再办一次即改为新的日期；写报送截止日期的，取消延期。

    例：reportfill campaign extend 2025年报 清河县档案馆 --until 2026-02-10 --why "机构改革，人员未到位" --by 王芳""",
    """Let agencies hand in later: until that day they are not reminded as overdue, and mails, reminders and workbooks
    name it. It is kept with the reason and the name.

    Said once more it is another day; the deadline itself takes it back.

    Example: reportfill campaign extend reports-2025 清河县档案馆 --until 2026-02-10 --why "机构改革，人员未到位"
    --by 王芳""",
)


def extend_deadline(
    folder: Folder,
    codes: Annotated[
        list[str] | None,
        argument("CODE...", "单位编码，或者单位名称。", "The agencies' codes, or their names."),
    ] = None,
    *,
    until: Annotated[
        str,
        option(
            "--until", "DATE", "延期后的报送截止日期，例如2026-02-10。", "The last day, such as 2026-02-10."
        ),
    ],
    under: Annotated[
        str | None,
        option("--under", "CODE", "这个单位和它的各级下级单位。", "This agency and all below it."),
    ] = None,
    why: Annotated[str, option("--why", "TEXT", "延期的原因。", "Why they have more time.")] = "",
    by: By = "",
    lang: Lang = None,
) -> None:
    """Give agencies more time, or take it back."""
    campaign = Campaign.open(folder)
    done = campaign.extend(*(codes or ()), until=until, under=under, why=why, by=by)
    names, number = [one.name for one in done.agencies], len(done.agencies)
    if done.until:
        print_names(
            say(f"延期至{done.until}（{number}个）", f"may hand in until {done.until} ({number})"), names
        )
    elif names:
        print_names(say(f"已取消延期（{number}个）", f"extension taken back ({number})"), names)
    else:
        print_said("这些单位没有延期，没有改动。", "none of these has an extension; nothing was changed.")
    raise typer.Exit(print_record(campaign))
