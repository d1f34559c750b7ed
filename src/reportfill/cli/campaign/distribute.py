"""reportfill campaign distribute: a workbook for every agency, and what takes it there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.folder.parts import OUTGOING
from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.cli.campaign.options import Cluster, Folder, Last
from reportfill.cli.campaign.record import print_record, print_some
from reportfill.cli.campaign.status import print_names
from reportfill.cli.console import print_findings, print_line, progress
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang
from reportfill.cli.outcome import DONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportfill.campaign.operations.dispatch import Stale
    from reportfill.campaign.operations.distribute import Distributed
    from reportfill.pack.pack import Pack

HELP = say(
    """为名册中的每个单位做一份填报表，放在outgoing文件夹，按上级单位分开。再次运行只做新增和变动的。

    例：reportfill campaign distribute 2025年报 --last 2024年报 --zip --mail""",
    """Make a workbook for every agency of the roster, under outgoing/ by superior. Run again it makes only what is
    new or changed.

    Example: reportfill campaign distribute reports-2025 --last reports-2024 --zip --mail""",
)


def distribute_workbooks(
    folder: Folder,
    last: Last = None,
    archive: Annotated[
        bool,
        typer.Option(
            "--zip", help=say("再按上级单位各打一个压缩包。", "One archive for each superior as well.")
        ),
    ] = False,
    mail: Annotated[
        bool,
        typer.Option(
            "--mail",
            help=say(
                "再为每个单位写一封邮件草稿（.eml，附填报表）；程序不发送。",
                "A draft of a mail (.eml with the workbook) for each agency as well; nothing is sent.",
            ),
        ),
    ] = False,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    lang: Lang = None,
) -> None:
    """Make every agency's workbook."""
    from reportfill.campaign.operations.dispatch import print_notice, put_away_stale
    from reportfill.campaign.operations.distribute import distributable_pack

    campaign = open_campaign_folder(folder)
    print_findings(campaign.roster().findings)
    pack = distributable_pack(campaign)
    status = DONE if campaign.is_sealed else print_record(campaign)
    distributed = _distributed(campaign, pack, last, jobs, cluster)
    _print_sum(campaign, distributed, with_last=last is not None)
    notice = print_notice(campaign, date.today())
    if notice:
        place = campaign.store.place(notice)
        print_line(say(f"通知：{place}", f"notice to print: {place}"))
    written = set(_archives_written(campaign, distributed)) if archive else set()
    written |= set(_mails_written(campaign, distributed)) if mail else set()
    _print_stale(put_away_stale(campaign.store, distributed, written), archive=archive, mail=mail)
    raise typer.Exit(status)


def _print_stale(stale: Stale, *, archive: bool, mail: bool) -> None:
    """Say which drafts and archives of before were put away, and how to have new ones where this run made none."""
    kinds = [
        (stale.drafts, say("邮件草稿{}封", "{} drafts"), mail, "--mail"),
        (stale.archives, say("压缩包{}个", "{} archives"), archive, "--zip"),
    ]
    found = [one for one in kinds if one[0]]
    if not found:
        return
    what = say("、", ", ").join(words.format(number) for number, words, _, _ in found)
    options = say("、", ", ").join(option for _, _, is_made, option in found if not is_made)
    print_line(
        say(
            f"原来做的{what}已经不合用，移到了outgoing/旧版；"
            + (f"要重做的，加上{options}。" if options else "新的已经做好。"),
            f"{what} of before do not hold any more and are in outgoing/旧版 now; "
            + (f"for new ones add {options}." if options else "the new ones are made."),
        )
    )


def _print_sum(campaign: CampaignFolder, distributed: list[Distributed], *, with_last: bool) -> None:
    made = sum(one.is_new for one in distributed)
    prefilled = sum(one.has_last for one in distributed)
    place = campaign.store.place(OUTGOING)
    print_line(
        say(
            f"填报表{len(distributed)}份：新做{made}份，没有变动{len(distributed) - made}份；在{place}",
            f"{len(distributed)} workbooks: {made} made, {len(distributed) - made} unchanged; in {place}",
        )
    )
    if with_last:
        print_line(
            say(
                f"其中{prefilled}份带有上年数据，{len(distributed) - prefilled}份没有找到上年数据。",
                f"{prefilled} of them with last year's figures, for {len(distributed) - prefilled} none were found.",
            )
        )


def _distributed(
    campaign: CampaignFolder, pack: Pack, last: str | None, jobs: int, cluster: str
) -> list[Distributed]:
    from reportfill.campaign.operations.distribute import DistributeRun, last_year
    from reportfill.workers import workers

    known = last_year(open_campaign_folder(last), campaign.settings().year) if last is not None else None
    if known is not None:
        print_some(known.findings(campaign.roster().agencies))
    with workers(jobs, cluster) as crew, campaign.changing() as ledger:
        run = DistributeRun(campaign, pack, ledger, known)
        if run.unknown:
            print_line(
                say(
                    f"有{run.unknown}份填报表带有上年数据，但上年数据没有存下来，收回时不能核对：请加上--last再运行一次。",
                    f"{run.unknown} workbooks hold last year's figures, which were not kept: collect cannot check "
                    "them. Run it once more with --last.",
                )
            )
        found = []
        with progress(run.total, say("制作填报表", "Making workbooks")) as bar:
            for one in run.results(crew):
                found.append(one)
                bar.advance()
    return found


def _archives_written(campaign: CampaignFolder, distributed: list[Distributed]) -> Iterator[str]:
    from reportfill.campaign.operations.dispatch import archives

    for path, number in archives(campaign.store, distributed):
        place = campaign.store.place(path)
        print_line(say(f"压缩包：{place}（{number}份）", f"archive: {place} ({number} workbooks)"))
        yield path


def _mails_written(campaign: CampaignFolder, distributed: list[Distributed]) -> list[str]:
    from reportfill.campaign.operations.dispatch import MAILS, mails

    written, nobody = [], []
    with progress(len(distributed), say("写邮件草稿", "Writing drafts of mails")) as bar:
        for one in mails(campaign, distributed):
            written.append(one.path)
            nobody += [] if one.has_address else [one.agency.name]
            bar.advance()
    place = campaign.store.place(MAILS)
    print_line(
        say(
            f"邮件草稿{len(written)}封，在{place}（没有发送）",
            f"{len(written)} drafts of mails in {place} (nothing was sent)",
        )
    )
    print_names(say("名册中没有邮箱、草稿没有收件地址的", "without an address in the roster"), nobody)
    return written
