"""The commands of a campaign, in the order in which a year takes them."""

from __future__ import annotations

import typer

from reportfill.cli.commands import Command, help_without_command, on_demand
from reportfill.cli.language import say

COMMANDS = {
    "new": Command(
        "reportfill.cli.campaign.new",
        "new_campaign",
        say("新建年报工作的文件夹", "Make the folder of a new campaign."),
    ),
    "distribute": Command(
        "reportfill.cli.campaign.distribute",
        "distribute_workbooks",
        say("为每个单位做一份填报表", "Make a workbook for every agency."),
    ),
    "collect": Command(
        "reportfill.cli.campaign.collect",
        "collect_workbooks",
        say("收回填报表，生成报告或者标出错误", "Take in what came back: reports, or what to correct."),
    ),
    "status": Command(
        "reportfill.cli.campaign.status",
        "show_status",
        say("查看进度：谁交了、谁有错误、谁没交", "See who has handed in, who has mistakes, who is missing."),
    ),
    "review": Command(
        "reportfill.cli.campaign.review",
        "review_report",
        say("审核：通过，或者退回", "Accept an agency's report, or send it back."),
    ),
    "rollup": Command(
        "reportfill.cli.campaign.rollup",
        "roll_up",
        say("汇总各单位的数据", "Add up the figures of the agencies."),
    ),
    "compare": Command(
        "reportfill.cli.campaign.compare", "compare_years", say("同上年比较", "Compare with last year.")
    ),
    "log": Command(
        "reportfill.cli.campaign.log", "show_log", say("查看记录", "Show who handed in what, and when.")
    ),
    "close": Command(
        "reportfill.cli.campaign.close",
        "close_campaign",
        say("封存，或者启封", "Close a campaign, or reopen it."),
        "CLOSE_HELP",
    ),
    "verify": Command(
        "reportfill.cli.campaign.close",
        "verify_campaign",
        say("核对封存的文件夹", "Check a closed campaign."),
        "VERIFY_HELP",
    ),
    "password": Command(
        "reportfill.cli.campaign.password",
        "set_password",
        say("给填报表设密码", "Give the workbooks a password."),
    ),
    "rebuild": Command(
        "reportfill.cli.campaign.rebuild", "rebuild_ledger", say("重建台账", "Make the ledger anew.")
    ),
}

campaigns = typer.Typer(
    cls=on_demand(COMMANDS),
    add_completion=False,
    help=say(
        "年报工作：分发填报表、收回、查看进度、汇总，都在一个文件夹里。",
        "A campaign: hand out workbooks, collect them, see who is missing, add up, all in one folder.",
    ),
    invoke_without_command=True,
    callback=help_without_command,
    rich_markup_mode=None,
)
