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
from reportfill.cli.language import say

campaigns = typer.Typer(
    help=say(
        "年报工作：分发填报表、收回、查看进度、汇总，都在一个文件夹里。",
        "A campaign: hand out workbooks, collect them, see who is missing, add up, all in one folder.",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)
campaigns.command("new", help=new.HELP)(new.new_campaign)
campaigns.command("distribute", help=distribute.HELP)(distribute.distribute_workbooks)
campaigns.command("collect", help=collect.HELP)(collect.collect_workbooks)
campaigns.command("status", help=status.HELP)(status.show_status)
campaigns.command("review", help=review.HELP)(review.review_report)
campaigns.command("rollup", help=rollup.HELP)(rollup.roll_up)
campaigns.command("compare", help=compare.HELP)(compare.compare_years)
campaigns.command("log", help=log.HELP)(log.show_log)
campaigns.command("close", help=close.CLOSE_HELP)(close.close_campaign)
campaigns.command("verify", help=close.VERIFY_HELP)(close.verify_campaign)
campaigns.command("password", help=password.HELP)(password.set_password)
campaigns.command("rebuild", help=rebuild.HELP)(rebuild.rebuild_ledger)
