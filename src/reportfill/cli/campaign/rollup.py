"""reportfill campaign rollup: the sums over the agencies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportfill.batch.inputs import cannot_open
from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import Cluster, Folder
from reportfill.cli.campaign.printing import at_work, print_names, print_record, print_some, print_written
from reportfill.cli.console import print_line, print_said
from reportfill.cli.language import say, told
from reportfill.cli.options import Jobs, Lang, option, path_option
from reportfill.cli.outcome import FINDINGS
from reportfill.plain_files import read_file

HELP = say(
    """汇总各单位的数据，生成本级政府预填数据的填报表和汇总明细，输出到rollup文件夹。

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
        option(
            "--through",
            "LEVEL",
            "只汇总到这一级次；默认按campaign.toml。",
            "Only agencies down to this level. Default: as campaign.toml says.",
            min=1,
        ),
    ] = None,
    of: Annotated[
        str | None, option("--of", "CODE", "只汇总这个单位及其下级。", "Only this agency and those below it.")
    ] = None,
    listed: Annotated[
        Path | None,
        path_option(
            "--list",
            "FILE",
            "只汇总文本文件中列出的单位，一行一个单位编码或者名称。",
            "Only the agencies of a text file, a code or name a line.",
        ),
    ] = None,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    lang: Lang = None,
) -> None:
    """Add up what the agencies reported."""
    campaign = Campaign.open(folder)
    names = None if listed is None else _names_in(listed)
    with at_work(campaign, say("汇总", "Adding up"), jobs, cluster) as working:
        done = working.rollup(through=through, of=of, listed=names)
    sums, status = done.rollup, print_record(campaign)
    for file in done.files:
        print_written(file.place)
        for former in file.former:
            print_said(f"原来的保留为：{former}", f"what was there is kept as {former}")
    print_line(told(done.in_words))
    print_some(sums.findings)
    print_names(say("缺", "missing"), [agency.name for agency in sums.missing])
    print_names(say("名册中已没有", "not in the roster any more"), [one.name for one in sums.lost])
    raise typer.Exit(FINDINGS if sums.is_partial else status)


def _names_in(file: Path) -> frozenset[str]:
    """The codes and names of a list. Raises UsageError where it cannot be read."""
    try:
        content = read_file(file)
    except OSError as error:
        raise cannot_open(file, error) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    return frozenset(line.strip() for line in text.splitlines() if line.strip())
