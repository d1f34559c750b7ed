"""What arguments name: files to read, the pack that was asked for, a report beside which another is checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportfill.batch.delivery import is_file_named
from reportfill.batch.inputs import Input, input_files, report_at, worked_in_now
from reportfill.batch.marked_copies import chosen
from reportfill.cli.console import print_error
from reportfill.cli.language import say, told
from reportfill.cli.outcome import not_read, passed_over, print_worked_in
from reportfill.errors import UsageError
from reportfill.outputs.kind import KINDS, PAGE, WORD, OutputKind, kind_of_suffix, kinds_named
from reportfill.outputs.publication import UNKNOWN, Publication, publication_of_user
from reportfill.pack.discovery import choice_for_year, hidden_packs, is_year
from reportfill.user_settings import settings_file

if TYPE_CHECKING:
    from reportfill.model.submission import Submission
    from reportfill.pack.pack import Pack
    from reportfill.processing import Job


def inputs_named(names: Iterable[str]) -> Sequence[Input]:
    """What is to be read of the files that arguments name; what is passed over is said. Raises UsageError where nothing
    is left."""
    found = chosen(input_files(names))
    if not found.inputs:
        raise UsageError(passed_over(found.unchanged))
    for remark in not_read(found):
        print_error(remark)
    print_worked_in(worked_in_now(one.path for one in found.inputs))
    return found.inputs


def known_report(path: Path | None, option: str, like: Pack | None = None) -> Submission | None:
    """A report that an option names, such as last year's; None where it was not given. `like` is the pack of the report
    with which it is to be compared, as far as that is known. Which pack was taken for it is said where others fit.

    Raises UsageError when it cannot be read.
    """
    if path is None:
        return None
    submission = report_at(path, option, like)
    for said in (found for found in submission.findings if found.code == "schema.pack_chosen"):
        print_error(f"{option}: {told(said.message)}")
    return submission


def job_of(inputs: Sequence[Input], pack: str | None, last: Path | None, **more: Any) -> Job:
    """What is wanted of files whose pack and last year's report options name; `more` is what a Job has beside these.
    Raises UsageError where a report of last year is to go with several files, or cannot be read."""
    from reportfill.processing import Job  # help does without

    if last is not None and len(inputs) > 1:
        raise UsageError("--last goes with one workbook only", "--last 只能与一个填报表一起用")
    wanted = wanted_pack(pack)
    return Job(wanted, known_report(last, "--last", wanted), **more)


def kinds_wanted(
    named: Sequence[str] | None, output: Path | None = None, default: str = WORD
) -> tuple[OutputKind, ...]:
    """The kinds of output that --to names, else the one of the file after -o, else the usual one. Raises UsageError
    where a name is none, and where a kind needs what is not installed."""
    if named:
        return kinds_named(named)
    kind = kind_of_suffix(output) if output is not None and is_file_named(output) else None
    return kinds_named([kind.name if kind else default])


def require_quotes(named: Sequence[str] | None, files: Iterable[str]) -> None:
    """Raise UsageError where one of the files that were named is none and is called as a kind of output: PowerShell
    makes several arguments of what stands without quotes between commas."""
    if named and any(file in KINDS and not os.path.exists(file) for file in files):
        said = ",".join([*named, *(file for file in files if file in KINDS)])
        raise UsageError(
            f'kinds of output stand in one argument, in PowerShell between quotes: --to "{said}"',
            f'几种输出格式写在一起，用逗号分隔，在PowerShell中加引号：--to "{said}"',
        )


def publication_for(kinds: Iterable[str]) -> Publication:
    """What the user's settings say of the website, where web pages are among the kinds that are made; with a line on
    stderr that says which of the tags that are prescribed for them nobody knows. Raises UsageError where the settings
    are wrong."""
    if PAGE not in kinds:
        return UNKNOWN
    publication = publication_of_user()
    if publication.missing:
        tags, place = publication.missing, settings_file()
        print_error(
            say(
                f"网页中缺少规定的标签{'、'.join(tags)}；请在{place}的[publish]中写明。",
                f"the web page lacks the prescribed tags {', '.join(tags)}; [publish] in {place} may say them",
            )
        )
    return publication


def wanted_pack(name: str | None) -> Pack | None:
    """The pack that --pack names. Raises PackError when there is none."""
    return pack_for(name, 0) if name is not None else None


def pack_for(name: str | None, year: int) -> Pack:
    """The pack named, or that for the year, with a line on stderr that says which was taken where the year alone tells
    and others serve it or have its id.

    Raises PackError where there is none, or several and nothing chooses among them.
    """
    from reportfill.pack.pack import load_pack  # slow to import, as is all that reads workbooks

    if name is not None and not is_year(name):
        return load_pack(name)
    choice = choice_for_year(int(name or year))
    others = [*choice.others, *(p for p in hidden_packs() if p.manifest.id == choice.pack.manifest.id)]
    if others:
        chinese = "、".join(other.chinese for other in others)
        print_error(
            say(
                f"使用的模板包：{choice.pack.chinese}；另有：{chinese}。需要使用其他模板包的，请用--pack指明。",
                f"the pack taken: {choice.pack}; there are also: {', '.join(map(str, others))}; --pack names another",
            )
        )
    return load_pack(choice.pack.folder)
