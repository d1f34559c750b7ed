"""reportfill campaign close and verify: a campaign sealed, and whether it is as it was."""

from __future__ import annotations

from typing import Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import By, Folder
from reportfill.cli.campaign.printing import at_work, print_names, print_record
from reportfill.cli.console import print_line, print_said
from reportfill.cli.language import say
from reportfill.cli.options import Lang, option
from reportfill.cli.outcome import DONE, FINDINGS
from reportfill.text import how_many

CLOSE_HELP = say(
    """封存：工作结束后，为每个文件计算校验值（SHA-256），此后任何命令都不再改动文件夹；启封要写明原因，并记入工作记录。

    例：reportfill campaign close 2025年报 --by 王芳""",
    """Close a campaign: the SHA-256 of every file is written down, and no command changes anything any more unless it
    is reopened, which is on the record.

    Example: reportfill campaign close reports-2025 --by 王芳""",
)
VERIFY_HELP = say(
    """核对封存的文件夹：每个文件是否与封存时一致。

    例：reportfill campaign verify 2025年报""",
    """Check a closed campaign: whether every file is as it was.

    Example: reportfill campaign verify reports-2025""",
)
_NAMED = 50
"""So many files are named on the screen."""


def close_campaign(
    folder: Folder,
    reopen: Annotated[
        str | None, option("--reopen", "WHY", "启封，并写明原因。", "Open it again, for this reason.")
    ] = None,
    by: By = "",
    lang: Lang = None,
) -> None:
    """Close a campaign or open it again."""
    campaign = Campaign.open(folder)
    if reopen is not None:
        campaign.reopen(reopen, by=by)
        print_said("已启封，已记入工作记录（log文件夹）。", "reopened; log/ has the record.")
        return
    status = DONE if campaign.is_closed else print_record(campaign)
    with at_work(campaign, say("封存", "Closing")) as working:
        closed = working.close(by=by)
    print_names(
        say("请注意，以下单位在封存时没有完成报送", "note: there is no report to be used of"),
        [agency.name for agency in closed.outstanding],
    )
    number, digest = len(closed.seal.files), closed.seal.digest
    print_said(
        f"已封存{number}个文件：{closed.place}", f"closed over {how_many(number, 'file')}: {closed.place}"
    )
    print_said(
        f"封存清单本身的校验值（SHA-256，请另行记下）：{digest}", f"SHA-256 of the list itself: {digest}"
    )
    raise typer.Exit(status)


def verify_campaign(folder: Folder, lang: Lang = None) -> None:
    """Check a closed campaign."""
    with at_work(Campaign.open(folder), say("核对", "Verifying")) as campaign:
        found = campaign.verify()
    for what, paths in (
        (say("有改动", "changed"), found.changed),
        (say("缺失", "gone"), found.gone),
        (say("新增", "added"), found.added),
    ):
        for path in paths[:_NAMED]:
            print_line(f"{what}{say('：', ': ')}{path}")
        if len(paths) > _NAMED:
            print_said(f"{what}的共{len(paths)}个文件。", f"{what} in all: {len(paths)}.")
    total = len(found.seal.files)
    if found.is_intact:
        print_said(
            f"{total}个文件与封存时（{found.seal.at}）一致。",
            f"as they were at {found.seal.at}: {how_many(total, 'file')}.",
        )
    print_said(
        f"封存清单本身的校验值（SHA-256）：{found.seal.digest}", f"SHA-256 of the list: {found.seal.digest}"
    )
    raise typer.Exit(DONE if found.is_intact else FINDINGS)
