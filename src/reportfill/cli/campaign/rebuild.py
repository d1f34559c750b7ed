"""reportfill campaign rebuild: the ledger made anew."""

from __future__ import annotations

from typing import Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import Cluster, Folder
from reportfill.cli.campaign.printing import at_work, print_record
from reportfill.cli.console import print_said
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang, flag
from reportfill.text import how_many

HELP = say(
    """重建台账：campaign.db损坏或者丢失时，根据outgoing、received和log文件夹重新生成，旧台账改名保留。

    例：reportfill campaign rebuild 2025年报""",
    """Make the ledger campaign.db anew from outgoing/, received/ and log/, where it is lost or damaged; the old is
    kept.

    Example: reportfill campaign rebuild reports-2025""",
)


def rebuild_ledger(
    folder: Folder,
    without_damaged: Annotated[
        bool,
        flag(
            "--without-damaged",
            "log中损坏或者缺少的表无法恢复时，按其余的重建，其中的审核意见会缺失。",
            "Where damaged or lost tables of log/ cannot be put back: from the rest, without their reviews.",
        ),
    ] = False,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    lang: Lang = None,
) -> None:
    """Make the ledger anew."""
    campaign = Campaign.open(folder)
    with at_work(campaign, say("重建台账", "Making the ledger anew"), jobs, cluster) as working:
        number = working.rebuild(without_damaged=without_damaged)
    status = print_record(campaign)
    print_said(
        f"台账已重建：各单位报送的共{number}次。再运行 reportfill campaign collect {folder}，"
        "接收其余的文件，未识别文件也会重新列出。",
        f"the ledger is made anew: {how_many(number, 'version')}. Now run reportfill campaign collect {folder}: "
        "it takes in the rest, and names the files of unknown agencies again.",
    )
    raise typer.Exit(status)
