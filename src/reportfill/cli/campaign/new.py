"""reportfill campaign new: the folder of a new campaign."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from reportfill.campaign.folder.parts import NOTICE, SETTINGS
from reportfill.campaign.folder.settings import Contact, Settings
from reportfill.campaign.records.campaign_folder import create_campaign_folder, pack_setting
from reportfill.cli.campaign.options import Folder
from reportfill.cli.choosing import pack_for, require_room
from reportfill.cli.console import print_line
from reportfill.cli.language import say
from reportfill.cli.options import Lang
from reportfill.errors import UsageError

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
        str | None,
        typer.Option(
            "--deadline",
            metavar="DATE",
            help=say(
                "各单位的截止日期，如2026-01-20；默认按模板的规定，模板没有规定的不设。",
                "The agencies' last day, such as 2026-01-20. Default: what the pack prescribes, or none.",
            ),
            show_default=False,
        ),
    ] = None,
    contact: Annotated[
        str,
        typer.Option(
            "--contact",
            metavar="NAME",
            help=say("联系人姓名，印在通知、邮件和填报表里。", "Whom agencies may ask: a person's name."),
            show_default=False,
        ),
    ] = "",
    telephone: Annotated[
        str,
        typer.Option(
            "--telephone",
            metavar="NUMBER",
            help=say("联系电话。", "The telephone to ask at."),
            show_default=False,
        ),
    ] = "",
    email: Annotated[
        str,
        typer.Option(
            "--email",
            metavar="ADDRESS",
            help=say("电子邮箱。", "The mail address to ask at."),
            show_default=False,
        ),
    ] = "",
    lang: Lang = None,
) -> None:
    """Make a campaign's folder."""
    from reportfill.campaign.agencies.roster_sheet import blank_roster
    from reportfill.campaign.sending.notice import notice_template
    from reportfill.pack.discovery import find_pack

    settings = _settings(pack, year, issuer.strip(), deadline)
    asked = Contact(*(" ".join(part.split()) for part in (contact, telephone, email)))
    settings = replace(settings, contact=asked)
    if pack is not None:
        settings = replace(settings, pack=pack_setting(folder, find_pack(pack)))
    made = create_campaign_folder(folder, settings, blank_roster(), notice_template(pack or settings.pack))
    print_line(say(f"已建立：{made.store.url}", f"made: {made.store.url}"))
    _print_notes(settings)
    print_line(
        say(
            f"下一步：用Excel填写{made.roster_file}，修改{NOTICE}，再运行 reportfill campaign distribute {folder}",
            f"next: fill in {made.roster_file} and edit {NOTICE}, then run reportfill campaign distribute {folder}",
        )
    )


def _settings(pack: str | None, year: int, issuer: str, deadline: str | None) -> Settings:
    """The settings that were asked for. Raises UsageError for a year, an office or a day that cannot be."""
    from reportfill.model.report_model import AGENCY
    from reportfill.pack.check import refuse_unsound
    from reportfill.trials.report_trial import refuse_unworkable

    if not issuer:
        raise UsageError("say who is in charge: --issuer NAME", "请写明组织填报的单位：--issuer 单位全称")
    last_day = _day(deadline, year) if deadline is not None else None
    wanted = pack_for(pack, year)
    wanted.require_year(year)
    refuse_unsound(wanted)
    refuse_unworkable(wanted)
    require_room(wanted, AGENCY, "--issuer", issuer)
    agency, government = wanted.manifest.deadlines(year)
    return Settings(wanted.id, year, issuer, last_day or agency, government)


def _print_notes(settings: Settings) -> None:
    """Say what is unusual about the deadlines."""
    agency, government = settings.agency_deadline, settings.government_deadline
    if agency is None:
        print_line(
            say(
                f"没有设截止日期：模板没有规定，可以写进{SETTINGS}。",
                f"there is no deadline: the pack prescribes none; you can write one into {SETTINGS}.",
            )
        )
    elif government is not None and agency > government:
        print_line(
            say(
                f"请注意：截止日期晚于本级汇总报告公布的日期{government}。",
                f"note: the deadline is after {government}, when the report of the office itself is due.",
            )
        )


_DAY = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?")


def _day(said: str, year: int) -> date:
    """The day that somebody says, not before the reporting year. Raises UsageError where it is none."""
    found = _DAY.fullmatch(said.strip())
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(
            f"--deadline {said}: no day; write one as {year + 1}-01-20",
            f"--deadline {said}：不是日期，请写成{year + 1}-01-20这样",
        )
    if day.year < year:
        raise UsageError(
            f"--deadline {said} is before the reporting year {year}",
            f"--deadline {said}：早于报告年度{year}年",
        )
    return day
