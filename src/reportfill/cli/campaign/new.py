"""reportfill campaign new: the folder of a new campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from reportfill.campaign.campaign import Campaign
from reportfill.campaign.folder.parts import NOTICE, SETTINGS
from reportfill.cli.campaign.options import Folder
from reportfill.cli.console import print_said
from reportfill.cli.inputs import pack_for
from reportfill.cli.language import say
from reportfill.cli.options import Lang, option, path_option
from reportfill.cli.shell_paths import path_meant
from reportfill.system_words import LONGEST_PATH

if TYPE_CHECKING:
    from reportfill.campaign.folder.settings import Settings

_USUAL_ROOM = 60
"""So many characters the names of an agency's files and of its superior's folder usually have at most."""

HELP = say(
    """新建年度报告工作的文件夹：设置、空白名册、通知模板和各个子文件夹。

    例：reportfill campaign new 2025年报 --year 2025 --issuer 卫辉市人民政府办公室""",
    """Make the folder of a new campaign: its settings, an empty roster, a template of the notice and its subfolders.

    Example: reportfill campaign new reports-2025 --year 2025 --issuer 卫辉市人民政府办公室""",
)


def new_campaign(
    folder: Folder,
    year: Annotated[int, option("--year", "YEAR", "报告年度。", "The reporting year.")],
    issuer: Annotated[
        str,
        option(
            "--issuer",
            "NAME",
            "主管部门全称（用于通知、邮件落款）。",
            "The full name of the office in charge.",
        ),
    ],
    pack: Annotated[
        str | None,
        path_option(
            "--pack",
            "PACK",
            "模板包的编号或者文件夹；默认按报告年度选用。",
            "A pack's id or folder. Default: that of the year.",
            parser=path_meant,
        ),
    ] = None,
    deadline: Annotated[
        str | None,
        option(
            "--deadline",
            "DATE",
            "报送截止日期，如2026-01-20；默认按模板包的规定，没有规定的不设。",
            "The agencies' last day, such as 2026-01-20. Default: what the pack prescribes, or none.",
        ),
    ] = None,
    contact: Annotated[
        str,
        option(
            "--contact",
            "NAME",
            "联系人姓名，用于通知、邮件和填报表。",
            "Whom agencies may ask: a person's name.",
        ),
    ] = "",
    telephone: Annotated[str, option("--telephone", "NUMBER", "联系电话。", "The telephone to ask at.")] = "",
    email: Annotated[str, option("--email", "ADDRESS", "电子邮箱。", "The mail address to ask at.")] = "",
    lang: Lang = None,
) -> None:
    """Make a campaign's folder."""
    pack_for(pack, year)  # says which is taken where another could have been meant
    campaign = Campaign.new(
        folder,
        year=year,
        issuer=issuer,
        pack=pack,
        deadline=deadline,
        contact=contact,
        telephone=telephone,
        email=email,
    )
    print_said(f"已新建：{campaign.url}", f"made: {campaign.url}")
    _print_notes(campaign.settings)
    _print_room(campaign.room_for_names)
    roster = campaign.folder.roster_file
    print_said(
        f"下一步：用Excel填写{roster}，修改{NOTICE}，再运行 reportfill campaign distribute {folder}",
        f"next: fill in {roster} and edit {NOTICE}, then run reportfill campaign distribute {folder}",
    )


def _print_room(room: int) -> None:
    """Say how little room the folder leaves for names, where that is little."""
    if room < _USUAL_ROOM:
        print_said(
            f"请注意：文件夹的路径过长，给文件名只留下{max(room, 0)}个字符（Excel打不开超过{LONGEST_PATH}个字符的"
            "路径），文件名将缩短；请把文件夹放在层次较少的位置。",
            f"note: the folder's path is long, and leaves names {max(room, 0)} of the {LONGEST_PATH} characters that "
            "Excel opens: they will be shortened. Better put the folder less deep.",
        )


def _print_notes(settings: Settings) -> None:
    """Say what is unusual about the deadlines."""
    agency, government = settings.agency_deadline, settings.government_deadline
    if agency is None:
        print_said(
            f"没有设报送截止日期：模板包没有规定，可以写进{SETTINGS}。",
            f"there is no deadline: the pack prescribes none; you can write one into {SETTINGS}.",
        )
    elif government is not None and agency > government:
        print_said(
            f"请注意：报送截止日期晚于本级政府公布年度报告的日期{government}。",
            f"note: the deadline is after {government}, when the report of the office itself is due.",
        )
