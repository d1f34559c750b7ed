"""The program `reportfill`: its commands, and how a run ends."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from reportfill.cli.commands import command, help_without_command, on_demand
from reportfill.cli.console import print_error, print_findings, print_line
from reportfill.cli.language import language, said_in, say, speak, told
from reportfill.cli.options import Lang
from reportfill.cli.outcome import UNUSABLE
from reportfill.cli.streams import (
    let_go,
    require_output,
    settle_encodings,
    with_chinese_names,
    with_standard_streams,
)
from reportfill.cli.typer_words import program_in_force, refusal
from reportfill.errors import ReportfillError, UsageError
from reportfill.system_words import in_one_line
from reportfill.version import __version__

INTERRUPTED = 130
"""The exit status that shells expect after Ctrl-C."""

COMMANDS = {
    "new": command("new", "new", "生成下发单位的填报表", "Make the workbook that an agency fills in."),
    "check": command(
        "check", "check_files", "校验，逐个单元格列出需要修改之处", "List, cell by cell, what is wrong."
    ),
    "fill": command("fill", "fill", "校验填报表，生成正式的Word报告", "Write the official Word reports."),
    "convert": command(
        "convert", "convert", "把Word报告转换成PDF等格式", "Convert finished reports to PDF and the like."
    ),
    "watch": command(
        "watch",
        "watch",
        "监视收件文件夹，有填报表放入即自动处理",
        "Handle workbooks as they are dropped into a folder.",
    ),
    "serve": command(
        "serve",
        "serve_page",
        "在浏览器中使用：上传填报表，下载报告",
        "Use it in a browser: send workbooks, get reports.",
    ),
    "desktop": command(
        "desktop",
        "desktop",
        "在桌面放一个图标，不用输入命令",
        "Put an icon on the desktop, for those who type no commands.",
    ),
    "explain": command("explain", "explain", "说明一种问题", "Explain a finding and its cure."),
    "doctor": command(
        "doctor",
        "doctor",
        "查看本机情况，求助时用",
        "Show what matters on this computer, for whoever helps.",
    ),
    "pack": command(
        "packs",
        "packs",
        "模板包：列出、查看、校验、新建、导出。",
        "Template packs: list, show, check, start a new one, export.",
    ),
    "campaign": command(
        "campaign.app",
        "campaigns",
        "年度报告工作：下发、接收、校验、审核、汇总填报表，查看进度；一年一个文件夹。",
        "A campaign: hand out workbooks, collect them, see who is missing, add up, all in one folder.",
    ),
}
"""The commands in the order of the help."""


def _file_alone(path: str) -> UsageError:
    """Why nothing is done with a file without a command, as one that was dropped onto the program."""
    name = os.path.basename(os.path.abspath(path))
    return UsageError(
        f'{name} is no command; to fill its report, run: reportfill fill "{path}"; '
        "for an icon to drop workbooks onto, run: reportfill desktop",
        f'“{name}”不是命令；要生成报告，请运行：reportfill fill "{path}"；'
        "要在桌面放一个图标，把填报表拖上去就能生成，请运行：reportfill desktop",
    )


app = typer.Typer(
    name="reportfill",
    cls=on_demand(COMMANDS, _file_alone),
    help=say(
        "读取填好的Excel填报表，生成正式的Word报告；有错误的，逐个单元格列出需要修改之处。",
        "A completed Excel workbook goes in, the official Word report comes out, or the list of what to fix.",
    ),
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print_line(f"reportfill {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help=say("显示版本。", "Show the version.")
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """What is said before a command."""
    help_without_command(context)


def run() -> None:
    """Run the program and end the process with its exit status."""
    with_chinese_names()
    with_standard_streams()
    gc.set_threshold(200_000, 50, 100)  # most of what a command makes is needed to its end
    sys.setswitchinterval(0.0005)  # a thread that has compressed or written a piece goes on with the next
    status = let_go(status_of(sys.argv[1:]))
    wait_for_reader(sys.argv[1:])
    gc.freeze()  # what is left goes with the process and need not be looked through
    sys.exit(status)


def wait_for_reader(arguments: list[str]) -> None:
    """Leave what was said on the screen where the program was clicked, or files were dropped onto it: the console goes
    with it. With a command it never waits, for nobody may be there."""
    is_typed = bool(arguments) and not os.path.exists(arguments[0])
    if sys.platform != "win32" or is_typed or sys.stdin is None:
        return
    from reportfill.windows import console_closes_with_us  # with ctypes, which few runs need

    if console_closes_with_us():
        print_error(say("按回车键关闭。", "Press Enter to close."))
        sys.stdin.readline()


def status_of(arguments: list[str]) -> int:
    """Run the program with these arguments; its exit status. Every refusal is one line on stderr."""
    settle_encodings()
    speak(said_in(arguments) or language())
    try:
        if not _has_log(arguments):
            require_output()
        program = program_in_force(app)
        status = int(program.main(args=arguments, prog_name="reportfill", standalone_mode=False) or 0)
        if status == INTERRUPTED:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
        return status
    except typer.TyperException as error:
        return _refused(refusal(error))
    except ReportfillError as error:
        print_findings(getattr(error, "findings", ()))  # what is wrong with a roster, row by row
        return _refused(say(error.chinese, error.english))
    except (KeyboardInterrupt, typer.Abort):
        return interrupted()
    except BrokenPipeError:
        return UNUSABLE
    except (OSError, MemoryError, RecursionError) as error:
        return _refused(told(in_one_line(error)))


def interrupted() -> int:
    """Say that the program was stopped by Ctrl-C; its exit status."""
    print_error(say("已中断；已生成的文件均完整可用。", "Interrupted; what was written is whole."))
    return INTERRUPTED


def _has_log(arguments: list[str]) -> bool:
    """Whether a log is written where there is nowhere to print to."""
    command = next((word for word in arguments if word in COMMANDS), None)
    return command == "watch" or "--unattended" in arguments


def _refused(message: str) -> int:
    first, *more = message.splitlines()
    if first.endswith((":", "：")):
        first, more = message, []
    if more:
        first += say(
            f"（还有{len(more)}处问题，用 reportfill pack check 查看）",
            f" (and {len(more)} more; reportfill pack check names them all)",
        )
    print_error(f"reportfill: {first}")
    return UNUSABLE
