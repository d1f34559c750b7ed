"""reportfill campaign backup and restore: all of a campaign in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import Folder
from reportfill.cli.campaign.printing import at_work, print_written, progress_of
from reportfill.cli.console import print_said
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang, path_argument, path_option
from reportfill.text import how_many

BACKUP_HELP = say(
    """备份：把整个年度报告工作存成一个文件（.zip），网页和其他命令可以照常使用；台账不用备份，恢复时重新生成。

    备份中有联系人、账号和填报链接，只有本人可以读取，请妥善保管，放在另一个磁盘或者另一台计算机上。

    例：reportfill campaign backup 2025年报 -o 备份/2025年报-0115.zip""",
    """Write all of a campaign into one file (.zip), while the page and other commands go on. The ledger is not in it:
    restore makes it anew.

    In it are contacts, accounts and links: only you can read it. Keep it on another disk or computer.

    Example: reportfill campaign backup reports-2025 -o backups/reports-2025-0115.zip""",
)
RESTORE_HELP = say(
    """恢复：先核对备份中每个文件的校验值（SHA-256），再恢复到空文件夹，并重新生成台账；备份有损坏的，什么也不写入。

    例：reportfill campaign restore 备份/2025年报-0115.zip 2025年报""",
    """Bring a campaign back into an empty folder: the SHA-256 of every file is checked first, and nothing is written
    where one is not right. The ledger is made anew.

    Example: reportfill campaign restore backups/reports-2025-0115.zip reports-2025""",
)


def backup_campaign(
    folder: Folder,
    output: Annotated[
        Path,
        path_option(
            "-o --output", "FILE", "备份文件（.zip），不能已经存在。", "The file, which is not there yet."
        ),
    ],
    lang: Lang = None,
) -> None:
    """Write a backup."""
    with at_work(Campaign.open(folder), say("备份", "Backing up")) as campaign:
        done = campaign.backup(output)
    print_written(str(done.path))
    print_said(
        f"共{done.files}个文件，{done.size >> 20}MB；备份文件的校验值（SHA-256）：{done.digest}",
        f"{how_many(done.files, 'file')}, {done.size >> 20} MB; SHA-256 of the backup: {done.digest}",
    )


def restore_campaign(
    source: Annotated[Path, path_argument("FILE", "备份文件。", "The backup.", parser=Path)],
    folder: Folder,
    jobs: Jobs = 0,
    lang: Lang = None,
) -> None:
    """Bring a campaign back."""
    with progress_of(say("恢复", "Restoring"), jobs) as (crew, show):
        done = Campaign.restore(source, folder, workers=crew, progress=show)
    print_said(
        f"已恢复到{done.place}：{done.files}个文件，备份于{done.made_at}。",
        f"restored to {done.place}: {how_many(done.files, 'file')}, backed up at {done.made_at}.",
    )
    if done.versions is None:
        print_said(
            "campaign.toml写明的地址已有台账，没有改动；要按恢复的文件夹重建的，请运行 reportfill campaign rebuild。",
            "the database that campaign.toml names has a ledger, which was left as it is; to have it follow this "
            "folder, run reportfill campaign rebuild.",
        )
    else:
        print_said(
            f"台账已重建：各单位报送的共{done.versions}次。",
            f"the ledger is made anew: {how_many(done.versions, 'version')}.",
        )
