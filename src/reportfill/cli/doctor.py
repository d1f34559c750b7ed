"""reportfill doctor: what there is on this computer, in one text to send to whoever helps."""

from __future__ import annotations

import sys
from typing import Annotated

from reportfill.cli.console import print_line
from reportfill.cli.language import say, told
from reportfill.cli.options import Lang, path_argument

Folder = Annotated[
    str,
    path_argument(
        "FOLDER",
        "年度报告工作的文件夹，或者其他有问题的文件夹；默认为当前文件夹。",
        "A campaign's folder, or any other in which something is wrong. Default: this folder.",
    ),
]
HELP = say(
    """查看本机情况：各项版本、LibreOffice、字体、控制台编码、文件夹的类型、台账和占用情况。

    求助时，请把显示的内容全部提供给协助人员；其中没有密码，也没有填报内容。

    例：reportfill doctor 2025年报 > 情况.txt""",
    """Show what matters on this computer: versions, LibreOffice, fonts, the console's encoding, the kind of folder, a
    campaign's ledger and whether somebody works on it.

    Where you ask for help, send all of it along; it holds no password and nothing that anybody reported.

    Example: reportfill doctor reports-2025 > about.txt""",
)


def doctor(folder: Folder = ".", lang: Lang = None) -> None:
    """Print what there is."""
    from reportfill.doctor import computer_facts  # slow to import, with all that a campaign needs

    encodings = [stream.encoding for stream in (sys.stdout, sys.stderr) if stream is not None]
    between = say("：", ": ")
    for fact in computer_facts(folder, encodings):
        print_line(f"{told(fact.about)}{between}{told(fact.found)}")
