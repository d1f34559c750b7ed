"""reportfill campaign rollup: the sums over the agencies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.folder.parts import ROLLUP
from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.cli.campaign.options import Cluster, Folder, agency_named
from reportfill.cli.campaign.record import print_record
from reportfill.cli.campaign.status import print_names
from reportfill.cli.console import print_line, progress
from reportfill.cli.inputs import cannot_open
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang, path_named
from reportfill.cli.outcome import FINDINGS
from reportfill.errors import UsageError
from reportfill.files import safe_name
from reportfill.plain_files import read_file

if TYPE_CHECKING:
    from reportfill.campaign.aggregation.rollup import Rollup

HELP = say(
    """汇总：把各单位的数据相加，写出本级政府预填好数据的填报表和汇总明细，放在rollup文件夹。

    合计由各项重新计算；名册中标明“不汇总”的不计；还缺单位的，写明是部分汇总。

    例：reportfill campaign rollup 2025年报""",
    """Add up: the sums over the agencies, as the government's own workbook prefilled with them and as the table of
    who adds what, in rollup/.

    Totals are worked out anew; agencies counted by their superior are left out; a partial roll-up says that it is one.

    Example: reportfill campaign rollup reports-2025""",
)


def roll_up(
    folder: Folder,
    through: Annotated[
        int | None,
        typer.Option(
            "--through",
            metavar="LEVEL",
            min=1,
            help=say(
                "只汇总到这一级次；默认按campaign.toml。",
                "Only agencies down to this level. Default: as campaign.toml says.",
            ),
            show_default=False,
        ),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(
            "--of",
            metavar="CODE",
            help=say("只汇总这个单位及其下级。", "Only this agency and those below it."),
            show_default=False,
        ),
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option(
            "--list",
            parser=path_named,
            metavar="FILE",
            help=say(
                "只汇总文本文件中列出的单位，一行一个单位编码或者名称。",
                "Only the agencies of a text file, a code or name a line.",
            ),
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    lang: Lang = None,
) -> None:
    """Add up what the agencies reported."""
    from reportfill.campaign.aggregation.rollup import RollupRun, subset
    from reportfill.workers import workers

    campaign = open_campaign_folder(folder)
    campaign.require_open()
    roster, settings = campaign.roster(), campaign.settings()
    superior = agency_named(roster, of) if of is not None else None
    some = subset(
        roster,
        through=through,
        usual=settings.through,
        of=superior.code if superior else "",
        listed=_listed(listed, {*roster.by_code, *(agency.name for agency in roster.agencies)}),
    )
    adding = RollupRun(campaign, some)
    with workers(jobs, cluster) as crew, progress(len(adding.copies), say("汇总", "Adding up")) as bar:
        sums = adding.result(crew, bar.advance)
    status = print_record(campaign)
    _write(campaign, sums, superior.name if superior else settings.issuer)
    print_line(
        say(
            f"已汇总{len(sums.contributions)}个单位，缺{len(sums.missing)}个，不汇总{len(sums.left_out)}个。",
            f"{len(sums.contributions)} agencies added, {len(sums.missing)} missing, {len(sums.left_out)} left out.",
        )
    )
    print_names(say("缺", "missing"), [agency.name for agency in sums.missing])
    print_names(say("名册中没有了", "not in the roster any more"), [one.name for one in sums.lost])
    raise typer.Exit(FINDINGS if sums.is_partial else status)


def _write(campaign: CampaignFolder, sums: Rollup, issuer: str) -> None:
    """Write the workbook with the sums and the table of who adds what: both or neither. What these replace is kept in
    旧版, whatever somebody has written into it: a whole roll-up of before as well, which is none any more beside a
    partial one."""
    from reportfill.campaign.aggregation.rollup_files import (
        make_known,
        rollup_workbook,
        write_contribution_table,
    )
    from reportfill.campaign.storage.putting_away import keeping, put_away

    name = safe_name(f"{issuer}{sums.year}年汇总{f'（{sums.covers}）' if sums.covers else ''}")
    part, other_part = ("（部分汇总）", "") if sums.is_partial else ("", "（部分汇总）")
    form, table = (f"{ROLLUP}/{name}{what}{part}.xlsx" for what in ("填报表", "明细"))
    others = [f"{ROLLUP}/{name}{what}{other_part}.xlsx" for what in ("填报表", "明细")]
    store = campaign.store
    with (
        keeping(store, form, put_away_place(form)) as kept,
        keeping(store, table, put_away_place(table)) as too,
    ):
        with store.writing(table) as stream:
            write_contribution_table(sums, stream)
        workbook = rollup_workbook(sums, issuer)
        make_known(campaign, form, workbook, issuer)
        store.write(form, workbook)
    put = [put_away(store, other, put_away_place(other)) for other in others]
    for path, formers in ((form, (kept.path, put[0])), (table, (too.path, put[1]))):
        place = store.place(path)
        print_line(say(f"已写出：{place}", f"written: {place}"))
        for former in filter(None, formers):
            print_line(say(f"原来的保留为：{former}", f"what was there is kept as {former}"))


def _listed(file: Path | None, known: set[str]) -> frozenset[str] | None:
    """The codes and names of a list. Raises UsageError where it cannot be read or names somebody unknown."""
    if file is None:
        return None
    try:
        content = read_file(file)
    except OSError as error:
        raise UsageError(cannot_open(file, error)) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    lines = frozenset(line.strip() for line in text.splitlines() if line.strip())
    unknown = sorted(lines - known)
    if unknown:
        raise UsageError(
            f"{file}: the roster has no {', '.join(unknown[:5])}",
            f"{file}：名册中没有{'、'.join(unknown[:5])}",
        )
    return lines
