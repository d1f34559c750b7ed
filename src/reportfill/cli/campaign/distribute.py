"""reportfill campaign distribute: a workbook for every agency, and what takes it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.campaign.folder.parts import MAILS, OUTGOING
from reportfill.cli.campaign.options import LAST, Cluster, Folder
from reportfill.cli.campaign.printing import at_work, print_held, print_names, print_record, print_some
from reportfill.cli.console import print_findings, print_said
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang, flag
from reportfill.text import how_many

if TYPE_CHECKING:
    from reportfill.campaign.operations.dispatch import Dispatched, Stale
    from reportfill.campaign.operations.distribute import Distribution

HELP = say(
    """为名册中的每个单位生成填报表，输出到outgoing文件夹，按上级单位分开。再次运行只生成新增和变动的。

    例：reportfill campaign distribute 2025年报 --last 2024年报 --zip --mail""",
    """Make a workbook for every agency of the roster, under outgoing/ by superior. Run again it makes only what is
    new or changed.

    Example: reportfill campaign distribute reports-2025 --last reports-2024 --zip --mail""",
)


def distribute_workbooks(
    folder: Folder,
    last: Annotated[str | None, LAST] = None,
    archive: Annotated[
        bool, flag("--zip", "再按上级单位各生成一个压缩包。", "One archive for each superior as well.")
    ] = False,
    mail: Annotated[
        bool,
        flag(
            "--mail",
            "再为每个单位生成一封邮件草稿（.eml，附填报表）；软件不发送。",
            "A draft of a mail (.eml with the workbook) for each agency as well; nothing is sent.",
        ),
    ] = False,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    lang: Lang = None,
) -> None:
    """Make every agency's workbook."""
    campaign = Campaign.open(folder)
    print_findings(campaign.roster.findings)
    known = Campaign.open(last) if last is not None else None
    with at_work(campaign, say("生成填报表", "Making workbooks"), jobs, cluster) as working:
        done = working.distribute(known)
    status = print_record(campaign)
    _print_distribution(campaign, done, with_last=last is not None)
    with at_work(campaign, say("生成邮件草稿", "Writing drafts of mails")) as working:
        sent = working.dispatch(done.workbooks, archives=archive, mails=mail)
    _print_dispatched(campaign, sent, with_mails=mail)
    _print_stale(sent.stale, archive=archive, mail=mail)
    raise typer.Exit(max(status, print_held((*done.held, *sent.held))))


def _print_stale(stale: Stale, *, archive: bool, mail: bool) -> None:
    """Say which drafts and archives of before were put away, and how to have new ones where this run made none."""
    kinds = [
        (stale.drafts, ("邮件草稿{}封", "draft"), mail, "--mail"),
        (stale.archives, ("压缩包{}个", "archive"), archive, "--zip"),
    ]
    found = [one for one in kinds if one[0]]
    if not found:
        return
    what = say("、", ", ").join(
        say(chinese.format(number), how_many(number, english)) for number, (chinese, english), _, _ in found
    )
    options = say("、", ", ").join(option for _, _, is_made, option in found if not is_made)
    print_said(
        f"有{what}中的填报表已更新，旧件移至outgoing/旧版；"
        + (f"需要重新生成的，加上{options}。" if options else "新件已生成。"),
        f"put away into outgoing/旧版 as the workbooks in them are not those of now: {what}; "
        + (f"for new ones add {options}." if options else "the new ones are made."),
    )


def _print_distribution(campaign: Campaign, done: Distribution, *, with_last: bool) -> None:
    print_some(done.findings)
    if done.unknown:
        print_said(
            f"有{done.unknown}份填报表带有上年度数据，但上年度数据没有保存，接收时不能核对：请加上--last再运行一次。",
            f"last year's figures in {how_many(done.unknown, 'workbook')} were not kept: collect cannot check "
            "them. Run it once more with --last.",
        )
    number = len(done.workbooks)
    made = sum(one.is_new for one in done.workbooks)
    prefilled = sum(one.has_last for one in done.workbooks)
    place = campaign.place(OUTGOING)
    print_said(
        f"填报表共{number}份：新生成{made}份，未变动{number - made}份；位置：{place}",
        f"{how_many(number, 'workbook')}: {made} made, {number - made} unchanged; in {place}",
    )
    if with_last:
        print_said(
            f"其中{prefilled}份已带上年度数据，{number - prefilled}份未找到上年度数据。",
            f"{prefilled} of them with last year's figures, for {number - prefilled} none were found.",
        )


def _print_dispatched(campaign: Campaign, sent: Dispatched, *, with_mails: bool) -> None:
    if sent.notice:
        print_said(f"通知：{sent.notice}", f"notice to print: {sent.notice}")
    for place, number in sent.archives:
        print_said(f"压缩包：{place}（{number}份）", f"archive: {place} ({how_many(number, 'workbook')})")
    if with_mails:
        place = campaign.place(MAILS)
        print_said(
            f"邮件草稿{sent.mails}封（均未发送）：{place}",
            f"{how_many(sent.mails, 'draft')} of a mail in {place} (nothing was sent)",
        )
    print_names(
        say("以下单位在名册中没有邮箱，草稿没有收件人", "without an address in the roster"),
        [agency.name for agency in sent.without_address],
    )
