"""reportfill pack: the packs there are, what one holds, whether it fits together, and how to start another."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.cli.commands import help_without_command
from reportfill.cli.console import print_error, print_line, print_said, print_table
from reportfill.cli.language import say
from reportfill.cli.options import Lang, flag, option, path_argument, path_option
from reportfill.cli.pack_diff import HELP as DIFF_HELP
from reportfill.cli.pack_diff import diff_packs
from reportfill.cli.pack_try import HELP as TRY_HELP
from reportfill.cli.pack_try import TRIAL, Trial, check_at_each_save, told_problems, try_pack
from reportfill.cli.shell_paths import path_meant
from reportfill.errors import PackError, UsageError
from reportfill.pack.discovery import (
    MANIFEST,
    find_pack,
    find_packs,
    hidden_packs,
    manifest_in,
    search_folders,
    unreadable_packs,
)
from reportfill.text import how_many

if TYPE_CHECKING:
    from reportfill.new_pack.making import NewPack, PackIdentity
    from reportfill.pack.pack import Pack

packs = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    callback=help_without_command,
    rich_markup_mode=None,
)

Wanted = Annotated[
    str,
    path_argument(
        "PACK", "模板包的编号、文件夹或者适用年度。", "A pack's id, folder, or a year that it serves."
    ),
]
Output = Annotated[
    Path,
    path_option("-o --output", "DIR", "输出到这个文件夹。", "Put it into this folder.", show_default=True),
]


@packs.command(
    "list",
    help=say(
        "列出能找到的模板包和查找的位置。", "List the packs that are found, and where they are looked for."
    ),
)
def list_packs(lang: Lang = None) -> None:
    """Print the packs there are."""
    headings = (
        say("编号", "Id"),
        say("版本", "Version"),
        say("系列", "Series"),
        say("年度", "Years"),
        say("名称", "Title"),
        say("位置", "Folder"),
    )
    found = [
        (m.id, m.version, m.series, m.years, m.title, str(pack.folder))
        for pack in find_packs()
        for m in [pack.manifest]
    ]
    print_table(headings, found)
    for hidden in hidden_packs():
        where = f"{hidden.manifest.id}: {hidden.folder}"
        print_error(say(f"编号相同、没有使用的模板包：{where}", f"not used, as another has its id: {where}"))
    for error in unreadable_packs():
        first = say(error.chinese, error.english).splitlines()[0]
        print_error(say(f"无法使用的模板包：{first}", f"cannot be used: {first}"))
    print_line(say("依次查找：", "Looked for in: ") + ", ".join(map(str, search_folders())))


@packs.command(
    "show", help=say("列出模板包的全部栏目和勾稽关系。", "Show the fields and the rules of a pack.")
)
def show(pack: Wanted, lang: Lang = None) -> None:
    """Print what a pack holds."""
    from reportfill.pack.pack import load_pack

    shown = load_pack(pack)
    print_line(f"{shown.manifest.title}  {shown.id} {shown.version}  ({shown.manifest.years})")
    print_said(f"  系列：{shown.manifest.series}", f"  series: {shown.manifest.series}")
    for basis in shown.manifest.legal_basis:
        print_line(f"  {basis}")
    headings = (
        say("栏目", "Field"),
        say("名称", "Label"),
        say("类型", "Type"),
        say("单位", "Unit"),
        say("单元格", "Cell"),
    )
    print_table(headings, [_field_row(shown, path) for path in shown.fields])
    _print_rules(shown)


def _field_row(pack: Pack, path: str) -> tuple[str, str, str, str, str]:
    field, cells = pack.fields[path], pack.form.inputs.get(path, ())
    place = f"{cells[0]}" + (f":{cells[-1].address}" if len(cells) > 1 else "") if cells else "—"
    kind = field.kind.name + ("" if field.required else say("（选填）", " (optional)"))
    return path, field.label, kind, field.unit, place


def _print_rules(pack: Pack) -> None:
    balances = {balance.id: balance for balance in pack.rules.balances}
    places = Counter(balance.id for balance in pack.rules.balances)
    headings = (say("规则", "Rule"), say("内容", "Says"), say("类别", "Level"), say("处数", "Places"))
    print_table(headings, [(b.id, b.title, b.severity, str(places[b.id])) for b in balances.values()])
    statements = {mention.id: mention.title for mention in pack.rules.mentions}
    print_table((say("文字核对", "Wording"), say("内容", "States")), list(statements.items()))


@packs.command(
    "check",
    help=say(
        "校验模板包的文件是否互相吻合，试生成报告和填报表；逐处列出问题。",
        "Check that a pack's files fit together, and try them out; every problem is named with its place.",
    ),
)
def check_pack(
    pack: Wanted,
    watch: Annotated[
        bool,
        flag(
            "--watch",
            "每次保存后重新校验，没有问题的生成试用的填报表和报告，直到按Ctrl-C。",
            "Check again at every save, and make a trial workbook and report where it is sound, until Ctrl-C.",
        ),
    ] = False,
    output: Trial = TRIAL,
    lang: Lang = None,
) -> None:
    """Print every problem of a pack; exit status 1 when there is one."""
    from reportfill.cli.waiting import stopped_by_signals

    folder = find_pack(pack)
    if watch:
        check_at_each_save(folder, output, stopped_by_signals())
        return
    raise typer.Exit(told_problems(folder))


@packs.command(
    "new",
    help=say(
        "新建模板包：复制现有的模板包，或者由空白的Word表格建立。",
        "Start a new pack: as a copy of one that is there, or from a blank Word form.",
    ),
)
def new_pack(
    folder: Annotated[
        str,
        path_argument(
            "DIR",
            "新模板包的编号（小写字母、数字和连字符），或者文件夹。",
            "The new pack's id (small letters, digits, hyphens), or its folder.",
        ),
    ],
    source: Annotated[
        str,
        path_option(
            "--from",
            "PACK|FORM",
            "复制这个模板包，或者由这份空白的Word表格（.docx）建立。",
            "The pack to copy, or the blank Word form (.docx) to make it from.",
            parser=path_meant,
            show_default=True,
        ),
    ] = "annual-report-2021",
    is_blank: Annotated[
        bool, flag("--blank", "只含标题和一个栏目的模板包。", "A pack with a title and one part only.")
    ] = False,
    id: Annotated[
        str, option("--id", "ID", "编号；默认用文件夹的名称。", "Its id. Default: the folder's name.")
    ] = "",
    title: Annotated[
        str,
        option(
            "--title", "TITLE", "报告的名称；默认用空白表的标题。", "The report's title. Default: the form's."
        ),
    ] = "",
    years: Annotated[
        str,
        option(
            "--years",
            "YEARS",
            "适用年度：2025（该年度起）或者2019-2020。",
            "The years that it serves: 2025 (from then on) or 2019-2020.",
        ),
    ] = "",
    output: Output = Path("templates"),
    lang: Lang = None,
) -> None:
    """Write a pack under an id of its own."""
    target = output / folder if _ID.fullmatch(folder) else Path(folder)
    if is_blank or _is_file(source):
        made = _made(source, is_blank, _identity(target, id, title, years))
        _write(made, target)
    else:
        _copy(source, target, _asked_id(target, id), title, years)
    print_said(f"新模板包：{target}", f"new pack: {target}")
    print_said(
        f"请修改其中的{MANIFEST}、schema.json、intake.xlsx和report.docx，再运行 reportfill pack check {target}",
        f"Edit {MANIFEST}, schema.json, intake.xlsx and report.docx in it, then: reportfill pack check {target}",
    )


_ID = re.compile("[a-z0-9][a-z0-9-]*")


def _is_file(source: str) -> bool:
    """Whether a source is a file, and no pack: there, or named as files are."""
    is_named_so = re.search(r"\.[A-Za-z0-9]{2,5}$", source) is not None
    return os.path.isfile(source) or (is_named_so and not os.path.isdir(source))


def _asked_id(target: Path, id: str) -> str:
    chosen = id or target.name
    if not _ID.fullmatch(chosen):
        raise UsageError(
            f"an id has small letters, digits and hyphens only: {chosen}; name one with --id",
            f"编号只能用小写字母、数字和连字符：{chosen}；请用 --id 指定",
        )
    return chosen


def _identity(target: Path, id: str, title: str, years: str) -> PackIdentity:
    from reportfill.new_pack.making import PackIdentity

    return PackIdentity(_asked_id(target, id), title, years or str(date.today().year))


def _made(source: str, is_blank: bool, identity: PackIdentity) -> NewPack:
    from reportfill.new_pack.making import blank_pack, pack_of_file

    return blank_pack(identity) if is_blank else pack_of_file(Path(source), identity)


def _write(made: NewPack, target: Path) -> None:
    """Write a new pack, and say what was found in its form."""
    from reportfill.new_pack.making import write_pack

    write_pack(made, target)
    for notice in made.notices:
        place = notice.place.in_chinese, str(notice.place)
        print_error(say(f"{place[0]}：{notice.words.zh}", f"{place[1]}: {notice.words.en}"))
    for problem in made.problems:
        print_error(say(problem.in_chinese, str(problem)))
    print_said(
        f"栏目{made.fields}个，勾稽关系{made.rules}条；推定的依据和需要核对的地方见其中的README.md",
        f"{how_many(made.fields, 'field')}, {how_many(made.rules, 'rule')}; README.md in it says what was decided",
    )


def _copy(source: str, target: Path, id: str, title: str, years: str) -> None:
    """Copy a pack under another id, with the title and the years that were named or, at a terminal, are asked for."""
    from reportfill.pack.scaffold import copy_pack

    folder = find_pack(source)
    manifest = manifest_in(folder)
    title = title or _asked(say("名称", "Title"), manifest.title)
    years = years or _asked(say("适用年度", "Years"), manifest.years.replace("–", "-"))
    copy_pack(folder, target, id, title, years, without=_drafted_again(folder))


def _drafted_again(folder: Path) -> tuple[str, ...]:
    """The page of the pack in a folder, where it is as it was drafted: that of a copy follows the copy's own report."""
    from reportfill.outputs.page_draft.drafting import drafted_page
    from reportfill.pack.pack import PAGE, pack_in

    try:
        pack = pack_in(folder)
    except PackError:  # a copy may well be made to mend it
        return ()
    return (PAGE,) if pack.page == drafted_page(pack.report, pack.manifest).encode("utf-8") else ()


def _asked(question: str, default: str) -> str:
    """What is answered to a question; nothing where nobody sits at a terminal."""
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    return str(typer.prompt(question, default=default)) if at_terminal else ""


@packs.command(
    "html",
    help=say(
        """由模板包的report.docx生成网页模板report.html，标签相同。

        原有的report.html改名保留。report.docx改动后，用这条命令重新生成。

        例：reportfill pack html templates/safety-inspection""",
        """Make a pack's page template, report.html, of its report.docx: with the same tags.

        A report.html that is there and differs is kept under another name. Make it anew after report.docx changed.

        Example: reportfill pack html templates/safety-inspection""",
    ),
)
def draft_page(
    pack: Wanted,
    output: Annotated[
        Path | None,
        path_option(
            "-o --output",
            "FILE",
            "写成这个文件；默认为模板包中的report.html。",
            "The file to write. Default: report.html in the pack.",
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write the page template that a pack's Word report makes."""
    from reportfill.cli.outcome import remarks_on
    from reportfill.files import write_file
    from reportfill.outputs.page_draft.drafting import drafted_page, numbered_paragraphs
    from reportfill.pack.pack import PAGE, load_pack
    from reportfill.plain_files import shortened

    drafted = load_pack(pack)
    target = output or find_pack(pack) / PAGE
    written = write_file(target, drafted_page(drafted.report, drafted.manifest).encode("utf-8"))
    print_line(say(f"网页模板：{written.path}", f"page template: {written.path}") + remarks_on(written))
    numbered = list(numbered_paragraphs(drafted.report))
    if numbered:
        first = shortened(numbered[0])
        print_error(
            say(
                f"report.docx中有{len(numbered)}段使用自动编号，网页中没有编号，请在report.html中补写；第一处：{first}",
                f"Word numbers {how_many(len(numbered), 'paragraph')} of report.docx by itself, and the page has no "
                f"numbers: type them into report.html; the first: {first}",
            )
        )


@packs.command(
    "export",
    help=say(
        "照原样复制模板包，供查看、修改或者转交。", "Copy a pack as it is, to look at, change or hand on."
    ),
)
def export(pack: Wanted, output: Output = Path(), lang: Lang = None) -> None:
    """Write a copy of a pack under its own id."""
    from reportfill.pack.pack import load_pack
    from reportfill.pack.scaffold import copy_pack

    source = find_pack(pack)
    folder = copy_pack(source, output / load_pack(source).id)
    print_said(f"已导出：{folder}", f"exported: {folder}")


packs.command("diff", help=DIFF_HELP)(diff_packs)
packs.command("try", help=TRY_HELP)(try_pack)
