"""reportfill campaign forget-contacts: whom to ask in the agencies, removed."""

from __future__ import annotations

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import By, Folder
from reportfill.cli.campaign.printing import at_work, print_held, print_record
from reportfill.cli.console import print_said
from reportfill.cli.language import say
from reportfill.cli.options import Lang

HELP = say(
    """清除联系方式：工作结束后，清除名册和台账中的联系人、电话和邮箱，删除邮件草稿和填报链接表；数据和报告不变，并记入工作记录。

    名册重新生成为roster.xlsx，自己添加的列不保留。各单位报送的文件、收到的邮件和原来的备份不改动。
    已经封存的，先启封，清除后再封存。

    例：reportfill campaign forget-contacts 2025年报 --by 王芳""",
    """When the work is done, remove contacts, telephones and mail addresses from the roster and the ledger, and the
    drafts of mails and tables of links. Figures and reports stay; it is kept on the record.

    The roster is written anew as roster.xlsx, without columns of your own. What agencies handed in, mails that came in
    and backups of before stay as they are. Reopen a closed campaign first.

    Example: reportfill campaign forget-contacts reports-2025 --by 王芳""",
)


def forget_contacts(folder: Folder, by: By = "", lang: Lang = None) -> None:
    """Remove contacts."""
    campaign = Campaign.open(folder)
    with at_work(campaign, say("清除", "Removing")) as working:
        done = working.forget_contacts(by=by)
    number, files = done.agencies, len(done.removed)
    print_said(
        f"已清除{number}个单位的联系方式，删除{files}个文件。",
        f"contacts removed: {number}; files deleted: {files}.",
    )
    print_said(
        "没有改动的：各单位报送的文件、收到的邮件、原来的备份，以及写明经办人的记录；备份到期请另行删除。",
        "not changed: what agencies handed in, mails that came in, backups of before, and who did what in the log; "
        "delete old backups yourself.",
    )
    raise typer.Exit(max(print_held(done.held), print_record(campaign)))
