"""reportfill campaign publish: the accepted reports as a website."""

from __future__ import annotations

from typing import Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import Cluster, Folder
from reportfill.cli.campaign.printing import at_work, print_held, print_record, print_some, print_written
from reportfill.cli.console import print_error, print_line
from reportfill.cli.language import say, told
from reportfill.cli.options import Fonts, Jobs, Lang, OnlyPrescribedFonts, kinds_option, path_option
from reportfill.cli.outcome import UNUSABLE
from reportfill.cli.shell_paths import path_meant

HELP = say(
    """把审核通过的报告发布成网站：输出到一个文件夹，上传到任何网站服务器，或者直接双击index.html查看。

    每份报告一个网页，附各种格式的下载；有单位目录、查找、汇总数据和开放数据。以前发布的年度保留在同一个文件夹；
    没有变动的不重新生成，不再有效的删除。

    例：reportfill campaign publish 2025年报 -o 网站

    例：reportfill campaign publish 2025年报 -o 网站 --to html,docx,pdf""",
    """Publish the accepted reports as a website: a folder for any web server, or to be opened from disk.

    Each report has a page with its files; there are lists of agencies, a search, sums and open data. Years that were
    published before stay in the same folder; what has not changed is not made again, and what no longer holds goes.

    Example: reportfill campaign publish reports-2025 -o site

    Example: reportfill campaign publish reports-2025 -o site --to html,docx,pdf""",
)


def publish_reports(
    folder: Folder,
    site: Annotated[
        str,
        path_option(
            "-o --output",
            "SITE",
            "网站的文件夹（空文件夹，或者以前发布用的），也可以是网址。",
            "The folder of the website, empty or published into before, or its URL.",
            parser=path_meant,
        ),
    ],
    to: Annotated[
        list[str] | None,
        kinds_option("html,docx，再次发布的与上次相同", "html,docx, later as before"),
    ] = None,
    fonts: Fonts = None,
    only_prescribed_fonts: OnlyPrescribedFonts = False,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    lang: Lang = None,
) -> None:
    """Publish what was accepted."""
    campaign = Campaign.open(folder, fonts=fonts, only_prescribed_fonts=only_prescribed_fonts)
    with at_work(campaign, say("发布", "Publishing"), jobs, cluster) as working:
        done = working.publish(site, to)
    status = print_record(campaign)
    for name, why in done.troubles:
        print_error(say(f"{name}：{why.zh}", f"{name}: {why.en}"))
    print_written(done.home)
    print_line(told(done.in_words))
    print_some(done.remarks)
    for lack in done.lacks:
        print_line(told(lack))
    raise typer.Exit(max(status, print_held(done.held), UNUSABLE if done.troubles else status))
