"""reportfill pack diff: what differs between two versions of a pack."""

from __future__ import annotations

from typing import Annotated

import typer

from reportfill.cli.console import print_json, print_line, print_said, print_table
from reportfill.cli.language import language, say, told
from reportfill.cli.options import Format, Lang, path_argument
from reportfill.cli.outcome import DONE, FINDINGS
from reportfill.text import how_many

HELP = say(
    """比较模板包的两个版本：增加、取消、移动、改动了哪些栏目和规则，版本号应当改为多少。

    版本号的第一位，在已下发的填报表或者其他年度的数据不再适用时加1：取消了栏目，改了路径、种类、单位，或者必填的多了；
    第二位，在可填的多了、规则有增减时加1；其他改动（用词、样式）加第三位。没有改动的退出码为0，有改动的为1。

    例：reportfill pack diff 旧版/annual-report-2021 templates/annual-report-2021""",
    """Compare two versions of a pack: which fields and rules came, went, moved or changed, and which version number
    that asks for.

    The first number is raised where workbooks that are out, or data of other years, no longer fit: a field went, or has
    another path, kind or unit, or more has to be filled in. The second where more can be filled in, or rules came or
    went. The third for words and looks. Exit status 0 where nothing differs, 1 where something does.

    Example: reportfill pack diff old/annual-report-2021 templates/annual-report-2021""",
)


def diff_packs(
    old: Annotated[
        str, path_argument("OLD", "旧版：编号或者文件夹。", "The older version: its id or folder.")
    ],
    new: Annotated[
        str, path_argument("NEW", "新版：编号或者文件夹。", "The newer version: its id or folder.")
    ],
    format: Annotated[
        Format,
        typer.Option(
            "--format", help=say("text供人阅读，json供程序读取。", "text for people; json for programs.")
        ),
    ] = Format.TEXT,
    lang: Lang = None,
) -> None:
    """Print what differs; exit status 1 where something does."""
    from reportfill.pack.pack import load_pack
    from reportfill.pack.pack_changes import pack_changes, version_due

    was, now = load_pack(old), load_pack(new)
    changes = pack_changes(was, now)
    due = version_due(was.version, changes)
    if format is Format.JSON:
        told_changes = [
            {"path": one.path, "what": one.what.in_language(language()), "was": one.was, "now": one.now}
            for one in changes
        ]
        print_json({"old": was.version, "new": now.version, "due": due, "changes": told_changes})
        raise typer.Exit(FINDINGS if changes else DONE)
    if not changes:
        print_said("没有改动。", "nothing differs.")
        raise typer.Exit(DONE)
    headings = (say("栏目", "Field"), say("改动", "Change"), say("原为", "Was"), say("现为", "Is"))
    print_table(headings, [(one.path, told(one.what), one.was, one.now) for one in changes])
    print_said(f"共{len(changes)}处改动。", f"{how_many(len(changes), 'change')}.")
    print_line(_about_version(was.version, now.version, due))
    raise typer.Exit(FINDINGS)


def _about_version(was: str, now: str, due: str) -> str:
    if _numbers(now) >= _numbers(due):
        return say(
            f"版本由{was}改为{now}，符合改动的情况。", f"the version went from {was} to {now}, as it should."
        )
    return say(
        f"版本由{was}改为{now}；按改动的情况应当为{due}，请修改pack.toml中的version。",
        f"the version went from {was} to {now}; what changed asks for {due}: edit version in pack.toml.",
    )


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]
