"""The commands of a campaign, in the order in which a year takes them."""

from __future__ import annotations

import typer

from reportfill.cli.campaign import (
    close,
    collect,
    compare,
    distribute,
    log,
    new,
    password,
    rebuild,
    review,
    rollup,
    status,
)
from reportfill.cli.commands import add_command, help_without_command
from reportfill.cli.language import say

campaigns = typer.Typer(
    help=say(
        "年报工作：分发填报表、收回、查看进度、汇总，都在一个文件夹里。",
        "A campaign: hand out workbooks, collect them, see who is missing, add up, all in one folder.",
    ),
    invoke_without_command=True,
    callback=help_without_command,
    rich_markup_mode=None,
)
add_command(
    campaigns,
    "new",
    new.new_campaign,
    new.HELP,
    say("新建年报工作的文件夹", "Make the folder of a new campaign."),
)
add_command(
    campaigns,
    "distribute",
    distribute.distribute_workbooks,
    distribute.HELP,
    say("为每个单位做一份填报表", "Make a workbook for every agency."),
)
add_command(
    campaigns,
    "collect",
    collect.collect_workbooks,
    collect.HELP,
    say("收回填报表，生成报告或者标出错误", "Take in what came back: reports, or what to correct."),
)
add_command(
    campaigns,
    "status",
    status.show_status,
    status.HELP,
    say("查看进度：谁交了、谁有错误、谁没交", "See who has handed in, who has mistakes, who is missing."),
)
add_command(
    campaigns,
    "review",
    review.review_report,
    review.HELP,
    say("审核：通过，或者退回", "Accept an agency's report, or send it back."),
)
add_command(
    campaigns,
    "rollup",
    rollup.roll_up,
    rollup.HELP,
    say("汇总各单位的数据", "Add up the figures of the agencies."),
)
add_command(
    campaigns, "compare", compare.compare_years, compare.HELP, say("同上年比较", "Compare with last year.")
)
add_command(campaigns, "log", log.show_log, log.HELP, say("查看记录", "Show who handed in what, and when."))
add_command(
    campaigns,
    "close",
    close.close_campaign,
    close.CLOSE_HELP,
    say("封存，或者启封", "Close a campaign, or reopen it."),
)
add_command(
    campaigns,
    "verify",
    close.verify_campaign,
    close.VERIFY_HELP,
    say("核对封存的文件夹", "Check a closed campaign."),
)
add_command(
    campaigns,
    "password",
    password.set_password,
    password.HELP,
    say("给填报表设密码", "Give the workbooks a password."),
)
add_command(
    campaigns, "rebuild", rebuild.rebuild_ledger, rebuild.HELP, say("重建台账", "Make the ledger anew.")
)
