"""Options that the commands of a campaign share."""

from __future__ import annotations

from typing import Annotated

from reportfill.cli.options import option, path_argument, path_option
from reportfill.cli.shell_paths import path_meant

Folder = Annotated[
    str,
    path_argument("DIR", "年度报告工作的文件夹，或者网址。", "The campaign's folder, or its URL."),
]
LAST = path_option(
    "--last", "DIR", "上年度的工作文件夹。", "The folder of last year's campaign.", parser=path_meant
)
Cluster = Annotated[
    str,
    option(
        "--cluster",
        "ADDRESS",
        "由Dask集群处理：调度程序的地址（tcp://…），或者local；默认用本机的多个进程。",
        "Let a Dask cluster do it: a scheduler's address (tcp://…), or local. Default: processes of this machine.",
    ),
]
RoleOfAccess = Annotated[
    str,
    option(
        "--role",
        "ROLE",
        "角色：coordinator（管理员，可以办理全部事项）、reviewer（审核员，可以审核）、reader（查阅员，只能查阅）。",
        "coordinator (may do everything), reviewer (may accept and send back) or reader (may look).",
    ),
]
By = Annotated[str, option("--by", "NAME", "经办人姓名。", "The name of who does it.")]
