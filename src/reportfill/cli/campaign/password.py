"""reportfill campaign password: workbooks that only who has the password can open."""

from __future__ import annotations

from typing import Annotated

from reportfill.campaign.campaign import Campaign
from reportfill.cli.campaign.options import Folder
from reportfill.cli.console import print_said
from reportfill.cli.language import say
from reportfill.cli.options import Lang, flag
from reportfill.cli.passwords import typed_password

HELP = say(
    """设置填报表打开密码：输入一次，此后下发的填报表都用它加密，接收时不再询问。

    打开密码只保存在本机当前登录人的文件夹，不记入台账、工作记录和命令行。在服务器上可以用环境变量REPORTFILL_PASSWORD。

    例：reportfill campaign password 2025年报""",
    """Give the workbooks a password for opening: typed once, all that are made from then on are encrypted with it, and
    what comes back is read without asking.

    It is kept in the user's own folder on this computer, never in the ledger, the log or the command line. On a server
    the environment variable REPORTFILL_PASSWORD gives it.

    Example: reportfill campaign password reports-2025""",
)


def set_password(
    folder: Folder,
    remove: Annotated[bool, flag("--remove", "取消打开密码。", "Do without a password from now on.")] = False,
    lang: Lang = None,
) -> None:
    """Set or remove the password of a campaign's workbooks."""
    from reportfill.office.encryption import require_library

    campaign = Campaign.open(folder)
    if remove:
        campaign.unprotect()
        print_said(
            "已取消打开密码：此后生成的填报表不设打开密码，用过的打开密码本机仍记着，用它加密的报送后照常读取。"
            f"请再运行 reportfill campaign distribute {folder}",
            "new workbooks have no password; those that were in use are kept, and what comes back with them is "
            f"still read. Now run reportfill campaign distribute {folder}",
        )
        return
    require_library()
    kept = campaign.protect(typed_password("打开密码", "Password"))
    print_said(
        f"打开密码已保存在{kept}，只有当前登录人可以读取。请再运行 reportfill campaign distribute {folder}",
        f"the password is kept in {kept}, for you alone. Now run reportfill campaign distribute {folder}",
    )
