"""reportfill campaign links: each agency's own page opens by a link that it alone is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import By, Folder
from reportfill.cli.campaign.printing import at_work, print_names, print_record, print_written
from reportfill.cli.console import print_line, print_said
from reportfill.cli.language import say, told
from reportfill.cli.options import Jobs, Lang, argument, flag, option
from reportfill.errors import UsageError

if TYPE_CHECKING:
    from reportfill.campaign.operations.links import LinksGiven

HELP = say(
    """给各单位开通填报链接，凭链接在浏览器中填报，不用安装软件。不写单位的，给名册中尚无链接的全部单位开通。生成links.xlsx、
    “链接.txt”和“二维码.docx”（每页8个单位，打印后裁开），放在links中当天的文件夹。

    链接等同于密码，只能发送给本单位；软件不保存填报码，已开通的不能再次生成，遗失的加上--renew更换，原链接随即停用。

    例：reportfill campaign links 2025年报 --url https://tb.example.gov.cn --until 2026-03-31 --by 王芳""",
    """Give agencies links, with which they hand in from a browser. Where none is named, all that have none get
    one. Written are links.xlsx, a text and cards with QR codes to print, in a folder of the day under links/.

    A link is a password: it goes to its agency alone. The codes are kept nowhere, and cannot be printed again; --renew
    gives new ones in place of the old.

    Example: reportfill campaign links reports-2025 --url https://reports.example.org --until 2026-03-31 --by 王芳""",
)


def give_links(
    folder: Folder,
    codes: Annotated[
        list[str] | None,
        argument("CODE...", "单位编码，或者单位名称。", "The agencies' codes, or their names."),
    ] = None,
    *,
    url: Annotated[
        str | None,
        option("--url", "URL", "网页的地址，印在链接中。", "Where the web page is, for the links."),
    ] = None,
    under: Annotated[
        str | None,
        option("--under", "CODE", "这个单位和它的各级下级单位。", "This agency and all below it."),
    ] = None,
    until: Annotated[
        str | None,
        option(
            "--until",
            "DATE",
            "有效期至这一天；默认直至封存。",
            "The last day on which they open. Default: until the campaign is closed.",
        ),
    ] = None,
    renew: Annotated[
        bool,
        flag(
            "--renew",
            "已有链接的也更换，原链接停用。",
            "New ones also for those that have one, which is withdrawn.",
        ),
    ] = False,
    withdraw: Annotated[
        bool, flag("--withdraw", "停用这些单位的链接。", "Withdraw the links of these agencies.")
    ] = False,
    by: By = "",
    jobs: Jobs = 0,
    lang: Lang = None,
) -> None:
    """Give links, or withdraw them."""
    campaign = Campaign.open(folder)
    if withdraw:
        if url is not None or until is not None or renew:
            raise UsageError(
                "--withdraw goes with none of --url, --until and --renew",
                "--withdraw不能与--url、--until、--renew同时使用",
            )
        _print_withdrawn(campaign, codes or (), under, by)
    else:
        if url is None:
            raise UsageError(
                "say where the web page is: --url https://…", "请写明网页的地址：--url https://…"
            )
        with at_work(campaign, say("生成二维码", "Making QR codes"), jobs) as working:
            given = working.give_links(*(codes or ()), under=under, until=until, renew=renew, url=url, by=by)
        _print_given(given)
    raise typer.Exit(print_record(campaign))


def _print_withdrawn(campaign: Campaign, codes: list[str] | tuple[()], under: str | None, by: str) -> None:
    names = [one.name for one in campaign.withdraw_links(*codes, under=under, by=by)]
    print_names(say(f"已停用链接（{len(names)}个）", f"links withdrawn ({len(names)})"), names)
    if not names:
        print_said("这些单位没有链接，没有改动。", "none of these has a link; nothing was changed.")


def _print_given(given: LinksGiven) -> None:
    for place in given.files:
        print_written(place)
    for line in given.in_words:
        print_line(told(line))
    if given.links:
        print_said("文件只有当前登录人可以读取。", "nobody but you can read these files.")
    if given.had_one:
        print_said("更换链接：加上--renew。", "to renew links: --renew.")
