"""reportfill campaign new: the folder of a new campaign."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from reportfill.campaign.place.folder import created
from reportfill.campaign.place.parts import NOTICE
from reportfill.campaign.place.settings import default_settings
from reportfill.cli.campaign.options import Folder
from reportfill.cli.console import print_line
from reportfill.cli.language import say
from reportfill.cli.options import Lang

HELP = say(
    """新建年报工作的文件夹：设置、空白名册、通知模板和各个子文件夹。

    例：reportfill campaign new 2025年报 --year 2025 --issuer 卫辉市人民政府办公室""",
    """Make the folder of a new campaign: its settings, an empty roster, a template of the notice and its subfolders.

    Example: reportfill campaign new reports-2025 --year 2025 --issuer 卫辉市人民政府办公室""",
)


def new_campaign(
    folder: Folder,
    year: Annotated[
        int,
        typer.Option(
            "--year", metavar="YEAR", help=say("报告年度。", "The reporting year."), show_default=False
        ),
    ],
    issuer: Annotated[
        str,
        typer.Option(
            "--issuer",
            metavar="NAME",
            help=say("组织填报的单位全称。", "The full name of the office in charge."),
            show_default=False,
        ),
    ],
    pack: Annotated[
        str | None,
        typer.Option(
            "--pack",
            metavar="PACK",
            help=say("模板的编号或文件夹；默认按年度。", "A pack's id or folder. Default: that of the year."),
            show_default=False,
        ),
    ] = None,
    deadline: Annotated[
        datetime | None,
        typer.Option(
            "--deadline",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help=say("各单位的截止日期；默认次年1月31日。", "The agencies' last day. Default: 31 January."),
            show_default=False,
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Make a campaign's folder."""
    from reportfill.campaign.agencies.roster_sheet import blank_roster
    from reportfill.campaign.sending.notice import notice_template
    from reportfill.pack.pack import load_pack

    wanted = load_pack(pack or year)
    settings = default_settings(wanted.id, year, issuer, deadline.date() if deadline else None)
    made = created(folder, settings, blank_roster(), notice_template())
    print_line(say(f"已建立：{made.store.url}", f"made: {made.store.url}"))
    print_line(
        say(
            f"下一步：用Excel填写{made.roster_file}，修改{NOTICE}，再运行 reportfill campaign distribute {folder}",
            f"next: fill in {made.roster_file} and edit {NOTICE}, then run reportfill campaign distribute {folder}",
        )
    )
