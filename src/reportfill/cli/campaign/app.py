"""The commands of a campaign, in the order in which a year takes them."""

from __future__ import annotations

import typer

from reportfill.cli.commands import command, help_without_command, on_demand

COMMANDS = {
    "new": command(
        "campaign.new", "new_campaign", "新建年度报告工作的文件夹", "Make the folder of a new campaign."
    ),
    "distribute": command(
        "campaign.distribute",
        "distribute_workbooks",
        "为每个单位生成填报表",
        "Make a workbook for every agency.",
    ),
    "collect": command(
        "campaign.collect",
        "collect_workbooks",
        "接收填报表，生成报告或者标出错误",
        "Take in what came back: reports, or what to correct.",
    ),
    "status": command(
        "campaign.status",
        "show_status",
        "查看进度：已报送、有错误和未报送的单位",
        "See who has handed in, who has mistakes, who is missing.",
    ),
    "review": command(
        "campaign.review",
        "review_report",
        "审核：审核通过，或者退回",
        "Accept an agency's report, or send it back.",
    ),
    "extend": command(
        "campaign.extend", "extend_deadline", "同意单位延期报送", "Let agencies hand in later."
    ),
    "links": command(
        "campaign.links",
        "give_links",
        "给单位开通填报链接，或者停用",
        "Give agencies links to hand in by, or withdraw them.",
    ),
    "rollup": command(
        "campaign.rollup", "roll_up", "汇总各单位的数据", "Add up the figures of the agencies."
    ),
    "compare": command("campaign.compare", "compare_years", "与上年对比", "Compare with last year."),
    "publish": command(
        "campaign.publish",
        "publish_reports",
        "把审核通过的报告发布成网站",
        "Publish the accepted reports as a website.",
    ),
    "log": command("campaign.log", "show_log", "查看工作记录", "Show who handed in what, and when."),
    "close": command(
        "campaign.close", "close_campaign", "封存，或者启封", "Close a campaign, or reopen it.", "CLOSE_HELP"
    ),
    "verify": command(
        "campaign.close", "verify_campaign", "核对封存的文件夹", "Check a closed campaign.", "VERIFY_HELP"
    ),
    "handover": command(
        "campaign.handover",
        "hand_over",
        "把汇总打包，报送上级",
        "Pack the roll-up for the office above.",
    ),
    "password": command(
        "campaign.password", "set_password", "设置填报表打开密码", "Give the workbooks a password."
    ),
    "user": command(
        "campaign.user",
        "users",
        "账号：添加、列出、设置登录密码、变更角色、删除",
        "Accounts for the web page: add, list, password, role, remove.",
    ),
    "key": command(
        "campaign.key",
        "keys",
        "接口密钥：添加、列出、停用",
        "Keys for other programs: add, list, withdraw.",
    ),
    "backup": command(
        "campaign.backup",
        "backup_campaign",
        "备份到一个文件",
        "Write all of a campaign into one file.",
        "BACKUP_HELP",
    ),
    "restore": command(
        "campaign.backup",
        "restore_campaign",
        "从备份恢复",
        "Bring a campaign back from a backup.",
        "RESTORE_HELP",
    ),
    "forget-contacts": command(
        "campaign.forget_contacts",
        "forget_contacts",
        "清除各单位的联系方式",
        "Remove the agencies' contacts.",
    ),
    "rebuild": command("campaign.rebuild", "rebuild_ledger", "重建台账", "Make the ledger anew."),
}

campaigns = typer.Typer(
    cls=on_demand(COMMANDS),
    add_completion=False,
    invoke_without_command=True,
    callback=help_without_command,
    rich_markup_mode=None,
)
