"""reportfill serve: the web page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from reportfill.cli.console import print_line
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang, option, path_argument, path_option
from reportfill.cli.shell_paths import path_meant
from reportfill.errors import UsageError
from reportfill.extras import install_command

CampaignFolder = Annotated[
    Path | None,
    path_argument("[CAMPAIGN]", "年度工作的文件夹。", "The folder of a campaign."),
]
Host = Annotated[
    str,
    option(
        "--host",
        "NAME",
        "监听的地址；默认127.0.0.1，只有本机能打开。",
        "The address to listen on. Default: 127.0.0.1, for this computer alone.",
    ),
]
Port = Annotated[
    int,
    option("--port", "PORT", "端口；默认8000。", "The port. Default: 8000.", min=0, max=65535),
]
Processes = Annotated[
    int,
    option("--processes", "N", "服务进程数；默认1。", "How many processes answer. Default: 1.", min=1),
]

HELP = say(
    """在浏览器中使用：下载空白填报表，上传填好的填报表，得到报告或者需要修改之处。

    不写文件夹的，只供本机使用，不联网；上传的文件和生成的结果最多保留1小时，结束时全部删除。

    写明年度工作文件夹的，各单位用填报链接报送（campaign links），工作人员用账号登录（campaign user add），
    在网页上查看进度、审核、退回、汇总。供他人使用的要用https：写明证书，或者放在nginx等反向代理之后。

    按Ctrl-C结束。

    例：reportfill serve

    例：reportfill serve 2025年报 --host 0.0.0.0 --port 443 --certfile 证书.pem --keyfile 私钥.pem""",
    """Use it in a browser: take a blank workbook, drop completed ones, get reports or what to correct.

    Without a campaign it is for this computer alone, without any network; what is sent and made is kept for an hour at
    most, and nothing of it when the server ends.

    With a campaign, agencies hand in by their links (campaign links), and the office signs in with accounts (campaign
    user add): who is missing, review, roll-up. Where others reach it, it needs https: a certificate, or a proxy such as
    nginx in front.

    Ctrl-C ends it.

    Example: reportfill serve

    Example: reportfill serve 2025 --host 0.0.0.0 --port 443 --certfile cert.pem --keyfile key.pem""",
)


def serve_page(
    campaign: CampaignFolder = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = 1,
    jobs: Jobs = 0,
    certificate: Annotated[
        Path | None,
        path_option("--certfile", "FILE", "https的证书（PEM）。", "The certificate for https (PEM)."),
    ] = None,
    key: Annotated[
        Path | None, path_option("--keyfile", "FILE", "证书的私钥（PEM）。", "The certificate's key (PEM).")
    ] = None,
    proxies: Annotated[
        str,
        option(
            "--proxy",
            "ADDRESS",
            "反向代理的IP地址，如127.0.0.1；由它提供https。",
            "The address of a proxy in front, such as 127.0.0.1, that gives https.",
        ),
    ] = "",
    names: Annotated[
        list[str] | None,
        option(
            "--name",
            "NAME",
            "浏览器中使用的网站名称，如baosong.example.cn；可以写几次。",
            "The name by which browsers reach it; may be given several times.",
        ),
    ] = None,
    database: Annotated[
        str,
        option(
            "--database",
            "URL",
            "登录状态存放在PostgreSQL时的地址；默认存放在本机。",
            "Where sign-ins are kept, when not on this computer: the URL of a PostgreSQL database.",
        ),
    ] = "",
    last: Annotated[
        str | None,
        path_option(
            "--last",
            "DIR",
            "上年度的工作文件夹，用于在网页上与上年对比。",
            "Last year's campaign, to be compared with on the page.",
            parser=path_meant,
        ),
    ] = None,
    site: Annotated[
        str | None,
        path_option(
            "--site",
            "SITE",
            "网站的文件夹或者网址，用于在网页上发布（同campaign publish -o）。",
            "Where the page publishes to: a folder or a URL, as for campaign publish -o.",
            parser=path_meant,
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Serve the web page."""
    try:
        from reportfill.web import serving
    except ImportError as error:
        command = install_command("web")
        raise UsageError(f"for the web page, run: {command}", f"使用网页请先运行：{command}") from error
    wish = serving.ServerWish(
        host,
        port,
        str(campaign or ""),
        tuple(names or ()),
        processes,
        jobs,
        certificate,
        key,
        proxies,
        database,
        last or "",
        site or "",
    )
    serving.run_server(wish, _tell)


def _tell(address: str) -> None:
    print_line(
        say(
            f"请用浏览器打开：{address}\n不用时按Ctrl-C结束。",
            f"Open in a browser: {address}\nPress Ctrl-C to end it.",
        )
    )
