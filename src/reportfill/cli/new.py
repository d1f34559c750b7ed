"""reportfill new: a blank or prefilled intake workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from reportfill.batch.inputs import cannot_open, cannot_use
from reportfill.cli.console import print_findings, print_line
from reportfill.cli.inputs import known_report, pack_for
from reportfill.cli.language import say
from reportfill.cli.options import Lang, option, path_option
from reportfill.cli.outcome import remarks_on
from reportfill.cli.shell_paths import path_meant
from reportfill.errors import UsageError
from reportfill.file_names import path_within
from reportfill.files import write_file
from reportfill.model.figures import value_at, with_values
from reportfill.plain_files import LARGEST_DATA, read_file

if TYPE_CHECKING:
    from reportfill.model.submission import Submission
    from reportfill.pack.pack import Pack

Agency = Annotated[
    str,
    option(
        "--agency",
        "NAME",
        "单位全称；不写的由填报人填写。",
        "The agency's full name. Without it the agency types its own.",
    ),
]
Year = Annotated[
    int | None,
    option("--year", "YEAR", "报告年度；默认为上一年度。", "The reporting year. Default: last year."),
]
Code = Annotated[
    str,
    option("--code", "CODE", "单位编码。", "The agency's code."),
]
Output = Annotated[
    Path | None,
    path_option(
        "-o --output",
        "PATH",
        "输出到这个文件或者文件夹；默认在当前文件夹。",
        "Write to this file or folder. Default: here.",
    ),
]
LastData = Annotated[
    Path | None,
    path_option(
        "--last",
        "FILE",
        "上年度的数据或者填报表：预填上年结转数，提示中显示上年度数据。",
        "Last year's data or workbook: what follows from it is filled in, and shown beside each cell.",
    ),
]
Data = Annotated[
    Path | None,
    path_option(
        "--data",
        "FILE",
        "本年度已有的数据（.json），预填到填报表中。",
        "This year's data so far (.json), filled in.",
    ),
]
Password = Annotated[
    str,
    option(
        "--password",
        "TEXT",
        "工作表保护密码（不是打开密码）；默认不设密码，只防误改。",
        "A password for the sheets' protection, which otherwise only guards against slips.",
        envvar="REPORTFILL_PASSWORD",
        show_envvar=True,
    ),
]

HELP = say(
    """生成下发单位的填报表（空白的，或者预填的）。

    例：reportfill new --agency 卫辉市信访局 --year 2023""",
    """Make the workbook that an agency fills in, blank or with what is already known.

    Example: reportfill new --agency 卫辉市信访局 --year 2023""",
)


def new(
    agency: Agency = "",
    year: Year = None,
    output: Output = None,
    code: Code = "",
    last: LastData = None,
    data: Data = None,
    pack: Annotated[
        str | None,
        path_option(
            "--pack",
            "PACK",
            "模板包的编号、文件夹或者适用年度；默认按报告年度选用。",
            "The pack: its id, folder or year. Default: that of the reporting year.",
            parser=path_meant,
        ),
    ] = None,
    password: Password = "",
    lang: Lang = None,
) -> None:
    """Write an intake workbook for an agency."""
    from reportfill.checks.pack_for_data import year_of
    from reportfill.handing_out import WorkbookOrder, workbook_for
    from reportfill.model.report_model import AGENCY, CODE

    given = _data(data)
    said = year_of(given) if year is None else year
    reporting_year = date.today().year - 1 if said is None else said
    chosen = pack_for(pack, reporting_year)
    chosen.require_year(reporting_year)
    known = _values(chosen, given, data)
    name = agency or str(value_at(known, AGENCY) or "")
    number = code or str(value_at(known, CODE) or "")
    before = known_report(last, "--last", chosen)
    order = WorkbookOrder(name, reporting_year, number, before, known, password)
    made = workbook_for(chosen, order)
    written = write_file(_path(output, made.name, name, number), made.content)
    print_line(say(f"填报表：{written.path}", f"workbook: {written.path}") + remarks_on(written))
    if known:
        _tell_what_is_wrong(chosen, with_values(known, order.identity), before)


def _data(path: Path | None) -> Mapping[str, Any]:
    if path is None:
        return {}
    from reportfill.intake.data import DataError, json_object

    try:
        return json_object(read_file(path, LARGEST_DATA))
    except OSError as error:
        raise cannot_open(path, error) from error
    except DataError as error:
        why = error.problem
        raise UsageError(
            f"--data: cannot read {path}: {why.en}", f"--data的文件无法读取：{path}：{why.zh}"
        ) from error


def _values(pack: Pack, given: Mapping[str, Any], path: Path | None) -> Mapping[str, Any]:
    """The values that data give. Raises UsageError where one cannot be told; what is blank is still to be filled in."""
    from reportfill.handing_out import unclear_in
    from reportfill.model.submission import Submission

    if not given:
        return {}
    submission = Submission.from_data(pack, given)
    unclear = unclear_in(submission)
    if unclear:
        raise cannot_use("--data", path, unclear[0])
    return submission.exact_data


def _path(output: Path | None, name: str, agency: str, code: str) -> Path:
    if output is not None and output.suffix.lower() == ".xlsx" and not output.is_dir():
        return output
    return path_within(output or Path(), name, ".xlsx", agency, code)


def _tell_what_is_wrong(pack: Pack, data: Mapping[str, Any], last: Submission | None) -> None:
    """What the data that were filled in lack or contradict; totals in the workbook are worked out anew."""
    from reportfill.checks.check import check
    from reportfill.model.submission import Submission

    findings = check(Submission.from_data(pack, data, places=pack.form.first_cells), last)
    print_findings(
        [found for found in findings if found.code.startswith(("balance.", "history.un", "schema."))],
        notes=False,
    )
