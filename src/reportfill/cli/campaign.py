"""reportfill campaign: a year's campaign in one folder, from the workbooks that go out to who is still missing."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.agency import Agency
from reportfill.campaign.folder import CampaignFolder, created, opened
from reportfill.campaign.settings import default_settings
from reportfill.campaign.standing import Standing, State
from reportfill.cli.console import print_findings, print_line, print_table, progress
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang
from reportfill.cli.outcome import DONE, FINDINGS
from reportfill.errors import UsageError
from reportfill.files import safe_name, write_file
from reportfill.pack.pack import load_pack

if TYPE_CHECKING:
    from reportfill.campaign.collect import Collected

# What each command needs besides is imported by it: the ledger's library and openpyxl are slow to import.
campaigns = typer.Typer(
    help=say(
        "年报工作：分发填报表、收回、查看进度，都在一个文件夹里。",
        "A campaign: hand out workbooks, collect them, see who is missing, all in one folder.",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)
_SHOWN_MISSING = 20
"""So many agencies without a report are named on the screen; status.html has all."""

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR", help=say("年报工作的文件夹。", "The campaign's folder."), show_default=False
    ),
]


@campaigns.command(
    "new",
    help=say(
        """新建年报工作的文件夹：设置、空白名册和各个子文件夹。

    例：reportfill campaign new 2025年报 --year 2025 --issuer 卫辉市人民政府办公室""",
        """Make the folder of a new campaign: its settings, an empty roster and its subfolders.

    Example: reportfill campaign new reports-2025 --year 2025 --issuer 卫辉市人民政府办公室""",
    ),
)
def new_campaign(
    folder: Folder,
    year: Annotated[
        int,
        typer.Option(
            "--year", metavar="YEAR", help=say("报告年度。", "The reporting year."), show_default=False
        ),
    ],
    issuer: Annotated[
        str,
        typer.Option(
            "--issuer",
            metavar="NAME",
            help=say("组织填报的单位全称。", "The full name of the office in charge."),
            show_default=False,
        ),
    ],
    pack: Annotated[
        str | None,
        typer.Option(
            "--pack",
            metavar="PACK",
            help=say("模板的编号或文件夹；默认按年度。", "A pack's id or folder. Default: that of the year."),
            show_default=False,
        ),
    ] = None,
    deadline: Annotated[
        datetime | None,
        typer.Option(
            "--deadline",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help=say("各单位的截止日期；默认次年1月31日。", "The agencies' last day. Default: 31 January."),
            show_default=False,
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Make a campaign's folder."""
    from reportfill.campaign.roster_sheet import blank_roster

    wanted = load_pack(pack or year)
    settings = default_settings(wanted.id, year, issuer, deadline.date() if deadline else None)
    made = created(folder, settings, blank_roster())
    print_line(say(f"已建立：{made.root}", f"made: {made.root}"))
    print_line(
        say(
            f"下一步：用Excel填写{made.roster_file.name}，再运行 reportfill campaign distribute {folder}",
            f"next: fill in {made.roster_file.name} with Excel, then run reportfill campaign distribute {folder}",
        )
    )


@campaigns.command(
    "distribute",
    help=say(
        """为名册中的每个单位做一份填报表，放在outgoing文件夹，按上级单位分开。再次运行只做新增和变动的。

    例：reportfill campaign distribute 2025年报""",
        """Make a workbook for every agency of the roster, under outgoing/ by superior. Run again it makes only what is
    new or changed.

    Example: reportfill campaign distribute reports-2025""",
    ),
)
def distribute_workbooks(folder: Folder, lang: Lang = None) -> None:
    """Make every agency's workbook."""
    from reportfill.campaign.distribute import distribute

    campaign = opened(folder)
    roster = campaign.roster()
    print_findings(roster.findings)
    if roster.has_errors:
        raise typer.Exit(FINDINGS)
    made = Counter[bool]()
    with progress(len(roster.agencies), say("制作填报表", "Making workbooks")) as bar:
        for distributed in distribute(campaign):
            made[distributed.is_new] += 1
            bar.advance()
    print_line(
        say(
            f"填报表{sum(made.values())}份：新做{made[True]}份，没有变动{made[False]}份；在{campaign.outgoing}",
            f"{sum(made.values())} workbooks: {made[True]} made, {made[False]} unchanged; in {campaign.outgoing}",
        )
    )


@campaigns.command(
    "collect",
    help=say(
        """收回填报表：读取inbox文件夹中的全部文件，没有错误的生成报告，有错误的标出错误放到returned文件夹。

    同一个文件只处理一次；每次交来的都在received文件夹里编号保存。

    例：reportfill campaign collect 2025年报""",
        """Take in everything in inbox/: sound workbooks become reports, others are marked and put into returned/.

    The same file is taken in once; every version is kept and numbered under received/.

    Example: reportfill campaign collect reports-2025""",
    ),
)
def collect_workbooks(folder: Folder, jobs: Jobs = 0, lang: Lang = None) -> None:
    """Take in what came back."""
    from reportfill.campaign.collect import collect, inbox_files

    campaign = opened(folder)
    taken: list[Collected] = []
    with progress(len(inbox_files(campaign)), say("收回填报表", "Collecting")) as bar:
        for collected in collect(campaign, datetime.now(), jobs):
            taken.append(collected)
            print_line(_told(collected))
            bar.advance()
    sound = sum(one.version is not None and one.version.is_sound for one in taken)
    strays = sum(one.version is None for one in taken)
    faulty = len(taken) - sound - strays
    print_line(
        say(
            f"新收到{len(taken)}个文件：生成报告{sound}份，需要修改{faulty}个，不能确定单位的{strays}个。",
            f"{len(taken)} new files: {sound} reports, {faulty} to be corrected, {strays} of unknown agencies.",
        )
    )
    raise typer.Exit(FINDINGS if faulty or strays else DONE)


def _told(collected: Collected) -> str:
    version = collected.version
    if version is None:
        return say(f"？ {collected.file}：{collected.reason}", f"?  {collected.file}: {collected.reason}")
    which = say(f"{collected.agency}，第{version.number}次", f"{collected.agency}, version {version.number}")
    if version.is_sound:
        return say(f"√ {which}：{version.report}", f"ok {which}: {version.report}")
    errors = sum(mistake.severity == "error" for mistake in version.mistakes)
    place = version.returned or version.file
    return say(f"× {which}：错误{errors}处，{place}", f"x  {which}: {errors} errors, {place}")


@campaigns.command(
    "status",
    help=say(
        """查看进度：谁交了、谁有错误、谁没交、还有几天。同时写出status.html和status.xlsx。

    例：reportfill campaign status 2025年报""",
        """See who has handed in, whose report has mistakes, who is missing, and how many days are left. Writes
    status.html and status.xlsx as well.

    Example: reportfill campaign status reports-2025""",
    ),
)
def show_status(folder: Folder, lang: Lang = None) -> None:
    """Show how the campaign stands."""
    from reportfill.campaign.look import standing_of

    campaign = opened(folder)
    print_findings(campaign.roster().findings)
    standing = standing_of(campaign, date.today())
    _print_standing(standing)
    _write_status(campaign, standing)


def _print_standing(standing: Standing) -> None:
    states = Counter(one.state for one in standing.agencies)
    names = {
        State.SOUND: say("报告已生成", "report made"),
        State.ACCEPTED: say("已确认", "accepted"),
        State.SENT_BACK: say("已退回", "sent back"),
        State.FAULTY: say("有错误", "with mistakes"),
        State.MISSING: say("未交", "missing"),
    }
    rows = [(name, str(states[state])) for state, name in names.items() if states[state]]
    rows += [(say("应交", "all"), str(len(standing.agencies)))]
    rows += [(say("不能确定单位的文件", "files of unknown agencies"), str(len(standing.strays)))]
    print_table((say("状态", "State"), say("数量", "Number")), rows)
    left = standing.days_left
    if left is not None:
        print_line(
            say(f"离截止日期还有{left}天。", f"{left} days to the deadline.")
            if left >= 0
            else say(f"已过截止日期{-left}天。", f"The deadline was {-left} days ago.")
        )
    for what, state in (
        (say("未交", "missing"), State.MISSING),
        (say("有错误", "with mistakes"), State.FAULTY),
    ):
        _print_names(what, [one.agency.name for one in standing.agencies if one.state is state])
    for stray in standing.strays[:_SHOWN_MISSING]:
        print_line(say(f"？ {stray.file}：{stray.reason}", f"?  {stray.file}: {stray.reason}"))


def _print_names(what: str, names: list[str]) -> None:
    if names:
        more = len(names) - _SHOWN_MISSING
        shown = say("、", ", ").join(names[:_SHOWN_MISSING])
        print_line(f"{what}{say('：', ': ')}{shown}" + (say(f"等{len(names)}个", " …") if more > 0 else ""))


def _write_status(campaign: CampaignFolder, standing: Standing) -> None:
    from reportfill.campaign.status_page import status_page
    from reportfill.campaign.status_sheet import status_sheet

    for name, content in (("status.html", status_page(standing)), ("status.xlsx", status_sheet(standing))):
        path = campaign.root / name
        write_file(path, content, keep=False)
        print_line(say(f"已写出：{path}", f"written: {path}"))


@campaigns.command(
    "rebuild",
    help=say(
        """重建台账：campaign.db损坏或者丢失时，根据outgoing和received文件夹重新建立，旧台账改名保留。

    例：reportfill campaign rebuild 2025年报""",
        """Make the ledger campaign.db anew from outgoing/ and received/, where it is lost or damaged; the old is kept.

    Example: reportfill campaign rebuild reports-2025""",
    ),
)
def rebuild_ledger(folder: Folder, jobs: Jobs = 0, lang: Lang = None) -> None:
    """Make the ledger anew."""
    from reportfill.campaign.rebuild import rebuild

    number = rebuild(opened(folder), jobs)
    print_line(say(f"台账已重建：各单位交来的共{number}次。", f"the ledger is made anew: {number} versions."))


@campaigns.command(
    "rollup",
    help=say(
        """汇总：把各单位的数据相加，写出本级政府预填好数据的填报表和汇总明细，放在rollup文件夹。

    合计由各项重新计算；名册中标明“不汇总”的不计；还缺单位的，写明是部分汇总。

    例：reportfill campaign rollup 2025年报""",
        """Add up: the sums over the agencies, as the government's own workbook prefilled with them and as the table of
    who adds what, in rollup/.

    Totals are worked out anew; agencies counted by their superior are left out; a partial roll-up says that it is one.

    Example: reportfill campaign rollup reports-2025""",
    ),
)
def roll_up(
    folder: Folder,
    through: Annotated[
        int | None,
        typer.Option(
            "--through",
            metavar="LEVEL",
            min=1,
            help=say("只汇总到这一级次。", "Only agencies down to this level."),
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
    jobs: Jobs = 0,
    lang: Lang = None,
) -> None:
    """Add up what the agencies reported."""
    from reportfill.campaign.rollup import rollup
    from reportfill.campaign.rollup_files import contribution_table, rollup_workbook

    campaign = opened(folder)
    roster = campaign.roster()
    if of is not None and of not in roster.by_code:
        raise UsageError(say(f"名册中没有单位编码 {of}", f"the roster has no agency {of}"))

    def wanted(agency: Agency) -> bool:
        below = of is None or of in (agency.code, *(above.code for above in roster.above(agency)))
        return below and (through is None or agency.level <= through)

    sums = rollup(campaign, wanted, jobs)
    issuer = roster.by_code[of].name if of is not None else campaign.settings().issuer
    part = "（部分汇总）" if sums.is_partial else ""
    name = safe_name(f"{issuer}{sums.year}年汇总")
    for suffix, content in (("填报表", rollup_workbook(sums, issuer)), ("明细", contribution_table(sums))):
        path = campaign.root / "rollup" / f"{name}{suffix}{part}.xlsx"
        write_file(path, content)
        print_line(say(f"已写出：{path}", f"written: {path}"))
    print_line(
        say(
            f"已汇总{len(sums.contributions)}个单位，缺{len(sums.missing)}个，不汇总{len(sums.left_out)}个。",
            f"{len(sums.contributions)} agencies added, {len(sums.missing)} missing, {len(sums.left_out)} left out.",
        )
    )
    _print_names(say("缺", "missing"), [agency.name for agency in sums.missing])
    raise typer.Exit(FINDINGS if sums.is_partial else DONE)
