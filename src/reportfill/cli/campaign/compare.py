"""reportfill campaign compare: this year against last year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import LAST, Cluster, Folder
from reportfill.cli.campaign.printing import at_work, print_held, print_some, print_written
from reportfill.cli.console import print_line, print_said, print_table
from reportfill.cli.language import say, told
from reportfill.cli.options import Jobs, Lang
from reportfill.cli.outcome import DONE, FINDINGS
from reportfill.decimals import plain
from reportfill.finding import has_errors

if TYPE_CHECKING:
    from reportfill.campaign.comparison.comparison import Comparison

HELP = say(
    """与上年对比：逐个单位、逐项数据，变动大的排在前面，并核对每个单位两年的结转关系；生成对比网页和表格。

    例：reportfill campaign compare 2025年报 --last 2024年报""",
    """Compare with last year: agency by agency and in sum, the largest jumps first, with the rules that carry over from
    year to year checked for everyone; as a page with pictures and as tables.

    Example: reportfill campaign compare reports-2025 --last reports-2024""",
)
_SHOWN = 10
"""So many jumps and breaks are on the screen; the workbook has all."""


def compare_years(
    folder: Folder,
    last: Annotated[str, LAST],
    jobs: Jobs = 0,
    cluster: Cluster = "",
    lang: Lang = None,
) -> None:
    """Compare this year's figures with last year's."""
    campaign = Campaign.open(folder)
    with at_work(campaign, say("比较", "Comparing"), jobs, cluster) as working:
        compared = working.compare(Campaign.open(last))
    print_some(compared.findings)
    if campaign.is_closed:
        print_said("已经封存，不再生成文件。", "the campaign is closed: no file is written.")
    for place in compared.files:
        print_written(place)
    print_line(told(compared.in_words))
    _print_comparison(compared.comparison)
    is_broken = has_errors(one.finding for one in compared.comparison.breaks)
    status = FINDINGS if is_broken or has_errors(compared.findings) else DONE
    raise typer.Exit(max(status, print_held(compared.held)))


def _print_comparison(comparison: Comparison) -> None:
    if comparison.jumps:
        rows = [
            (
                jump.agency.name,
                comparison.pack.fields[jump.change.path].label,
                *("—" if one is None else plain(one) for one in (jump.change.last, jump.change.now)),
            )
            for jump in comparison.jumps[:_SHOWN]
        ]
        years = str(comparison.last_year), str(comparison.year)
        print_table((say("单位", "Agency"), say("数据项", "Figure"), *years), rows)
    for found in comparison.breaks[:_SHOWN]:
        print_line(f"{found.agency.name}{say('：', ': ')}{told(found.finding.message)}")
