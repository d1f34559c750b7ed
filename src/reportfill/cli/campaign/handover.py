"""reportfill campaign handover: the roll-up of an office for the one above it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import Folder
from reportfill.cli.campaign.printing import at_work, print_record, print_some, print_written
from reportfill.cli.console import print_said
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang, flag, path_option
from reportfill.cli.outcome import FINDINGS
from reportfill.finding import Severity

HELP = say(
    """把本级的汇总打包成一个文件（报送包），报送上级；上级放入收件文件夹（inbox），用collect接收，作为本级的填报表。

    报送包中有填写完毕的汇总填报表、它的数据（.json）、汇总明细，以及封存清单的校验值；没有各单位的填报表和联系人。
    先汇总、填写文字部分、封存，再运行本命令。汇总填报表有错误，或者与各单位数据的合计不一致的，不生成报送包。

    例：reportfill campaign handover 2025年报""",
    """Pack the roll-up for the office above: one file, which goes into that office's inbox and is taken in by its
    collect as this office's report.

    In it are the roll-up's workbook with its narrative filled in, its data as JSON, the table of who adds what, and the
    SHA-256 of the seal's list; no agency's workbook and no contacts. Roll up, fill in, close, then hand over. Nothing
    is written where the workbook has errors or its figures are not what the agencies' come to.

    Example: reportfill campaign handover reports-2025""",
)


def hand_over(
    folder: Folder,
    output: Annotated[
        Path | None,
        path_option(
            "-o --output",
            "PATH",
            "输出到这个文件（.zip）或者文件夹；默认在当前文件夹。",
            "Write to this file (.zip) or folder. Default: here.",
        ),
    ] = None,
    unsealed: Annotated[
        bool, flag("--unsealed", "没有封存也打包。", "Hand over although the campaign is not closed.")
    ] = False,
    jobs: Jobs = 0,
    lang: Lang = None,
) -> None:
    """Write a hand-over."""
    campaign = Campaign.open(folder)
    with at_work(campaign, say("汇总", "Adding up"), jobs) as working:
        done = working.handover(output, unsealed=unsealed)
    status = print_record(campaign)
    print_some([found for found in done.findings if found.severity is not Severity.NOTE])
    if done.written is None:
        print_said(
            "汇总填报表有错误，没有生成报送包。", "the roll-up has errors, and nothing was handed over."
        )
        raise typer.Exit(FINDINGS)
    print_written(str(done.written.path))
    if done.written.kept_aside:
        former = done.written.kept_aside
        print_said(f"原来的保留为：{former}", f"what was there is kept as {former}")
    if done.seal:
        print_said(
            f"封存清单的校验值（SHA-256，请另行告知上级）：{done.seal}",
            f"SHA-256 of the seal's list, to be told the office above by another way: {done.seal}",
        )
    else:
        print_said(
            "还没有封存，报送包中没有封存清单的校验值。", "the campaign is not closed: there is no seal."
        )
    raise typer.Exit(status)
