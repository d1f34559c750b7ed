"""reportfill campaign review: the coordinator's own word on a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import By, Folder
from reportfill.cli.campaign.printing import print_held, print_names, print_record
from reportfill.cli.console import print_line, print_said
from reportfill.cli.language import language, say
from reportfill.cli.options import Lang, argument, flag, option
from reportfill.errors import UsageError
from reportfill.text import how_many

if TYPE_CHECKING:
    from reportfill.campaign.operations.bulk_review import BulkReviewed
    from reportfill.campaign.operations.review import Reviewed

HELP = say(
    """审核一个单位的报告：审核通过，或者写明审核意见退回。审核意见写入退回的填报表，连同时间和经办人记入工作记录。

    --accept --all-sound 一次审核通过全部没有错误、尚未审核的；--under 只限一个单位和它的下级单位。

    例：reportfill campaign review 2025年报 清河县档案馆 --return "第三部分过于简单，请补充" --by 王芳""",
    """Say your own word on an agency's report: accept it, or send it back with a remark, which the agency finds in its
    marked workbook. It is kept with time and name.

    --accept --all-sound accepts all that have no mistake and were not looked at yet; --under only those of one agency
    and below it.

    Example: reportfill campaign review reports-2025 清河县档案馆 --return "第三部分过于简单，请补充" --by 王芳""",
)


def review_report(
    folder: Folder,
    code: Annotated[
        str | None,
        argument("CODE", "单位编码，或者单位名称。", "An agency's code, or its name."),
    ] = None,
    accept: Annotated[bool, flag("--accept", "审核通过。", "Accept it.")] = False,
    send_back: Annotated[
        str | None, option("--return", "WHY", "退回，并写明审核意见。", "Send it back, with this remark.")
    ] = None,
    all_sound: Annotated[
        bool,
        flag(
            "--all-sound",
            "全部没有错误、尚未审核的。",
            "All without a mistake that were not looked at yet.",
        ),
    ] = False,
    under: Annotated[
        str | None,
        option(
            "--under",
            "CODE",
            "只限这个单位和它的各级下级单位（没有错误、尚未审核的）。",
            "This agency and all below it (without a mistake and not looked at yet).",
        ),
    ] = None,
    by: By = "",
    lang: Lang = None,
) -> None:
    """Accept an agency's report or send it back."""
    if accept == (send_back is not None):
        raise UsageError(
            "say either --accept or --return WHY",
            "请写明--accept（审核通过）或者--return 审核意见（退回），二者选一",
        )
    campaign = Campaign.open(folder)
    if all_sound or under is not None:
        _require_many(code, is_accepted=accept)
        many = campaign.accept_all_sound(under, by=by)
        _print_many(many)
        raise typer.Exit(max(print_record(campaign), print_held(many.held)))
    if code is None:
        raise UsageError(
            "say which agency, or --all-sound, or --under CODE",
            "请写明单位，或者写--all-sound、--under 单位编码",
        )
    if send_back is None:
        _print_one(campaign, campaign.accept(code, by=by))
    else:
        _print_one(campaign, campaign.send_back(code, send_back, by=by))
    raise typer.Exit(print_record(campaign))


def _require_many(code: str | None, *, is_accepted: bool) -> None:
    """Raise UsageError where many are to be reviewed and something is said that goes with one only."""
    if not is_accepted:
        raise UsageError(
            "--all-sound and --under go with --accept; reports are sent back one by one",
            "--all-sound和--under只能与--accept一起用；退回要逐个进行，写明各自的审核意见",
        )
    if code is not None:
        raise UsageError(
            f"say either the agency {code} or --all-sound and --under",
            f"已经写明单位“{code}”，就不要再写--all-sound或者--under",
        )


def _print_many(done: BulkReviewed) -> None:
    left_out = sum(map(len, done.left_out.values()))
    print_said(
        f"审核通过{len(done.accepted)}个单位，未变动{left_out}个。",
        f"{how_many(len(done.accepted), 'agency', 'agencies')} accepted, {left_out} left out.",
    )
    for why, agencies in done.left_out.items():
        print_names(why.in_language(language()), [agency.name for agency in agencies])


def _print_one(campaign: Campaign, done: Reviewed) -> None:
    name, number, place = done.agency.name, done.review.number, campaign.place(done.review.file)
    if done.former is not None:
        former, code = done.former.name, done.former.code
        print_said(
            f"这一份由“{former}（{code}）”报送；经审核，计入“{name}”，已记入工作记录。报告上仍是原名称。",
            f"it was handed in as {former} ({code}); that {name} is the same agency is on record now. The report "
            "still bears the former name.",
        )
    print_line(
        say(
            f"审核通过：{name}，第{number}次；报告在{place}",
            f"accepted: {name}, version {number}; the report is {place}",
        )
        if done.review.is_accepted
        else say(
            f"审核退回：{name}，第{number}次；请把{place}发给有关单位",
            f"sent back: {name}, version {number}; send {place} to the agency",
        )
    )
