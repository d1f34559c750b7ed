"""reportfill serve: the web page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from reportfill.cli.console import print_line
from reportfill.cli.language import say
from reportfill.cli.options import Jobs, Lang, option, path_option
from reportfill.errors import UsageError
from reportfill.extras import install_command

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

    默认只供本机使用，不联网。上传的文件和生成的结果最多保留1小时，结束时全部删除。按Ctrl-C结束。

    例：reportfill serve""",
    """Use it in a browser: take a blank workbook, drop completed ones, get reports or what to correct.

    By default for this computer alone, without any network. What is sent and made is kept for an hour at most, and
    nothing of it when the server ends, which Ctrl-C does.

    Example: reportfill serve""",
)


def serve_page(
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
    lang: Lang = None,
) -> None:
    """Serve the web page."""
    try:
        from reportfill.web import serving
    except ImportError as error:
        command = install_command("web")
        raise UsageError(f"for the web page, run: {command}", f"使用网页请先运行：{command}") from error
    wish = serving.ServerWish(host, port, processes=processes, jobs=jobs, certificate=certificate, key=key)
    serving.run_server(wish, _tell)


def _tell(address: str) -> None:
    print_line(
        say(
            f"请用浏览器打开：{address}\n不用时按Ctrl-C结束。",
            f"Open in a browser: {address}\nPress Ctrl-C to end it.",
        )
    )
