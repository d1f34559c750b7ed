"""The workbook status.xlsx: how a campaign stands, to filter, count and pass on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice

from reportfill.campaign.status.agency_status import STATE_NAMES, CampaignStatus, State
from reportfill.campaign.status.overview import (
    changes_in_words,
    extensions_in_words,
    groups_by_superior,
    minute_in_words,
    state_counts,
    superior_names,
)
from reportfill.campaign.status.timing import lateness_in_words
from reportfill.finding import SEVERITY_NAMES, Finding, Severity
from reportfill.office.workbook.csv_table import csv_table
from reportfill.office.workbook.sheet_rows import Columns
from reportfill.office.workbook.tables import Tables, does_not_fit

SUMMARY, DETAIL, MISTAKES, CLOSED, STRAYS = "汇总", "明细", "问题", "撤并单位", "未识别文件"
"""The sheets."""

MOST_ROWS = 1_000_000
"""How many rows a table takes at most; Excel has 1,048,576 in a sheet."""

_Headed = Sequence[tuple[str, float]]
"""Headings and how wide their columns are."""

_SUMMARY_COLUMNS: _Headed = (
    ("上级单位", 44),
    ("应报送", 10),
    ("已完成", 10),
    ("其中审核通过", 15),
    ("审核退回", 10),
    ("有错误", 10),
    ("未报送", 10),
)
_MISTAKE_COLUMNS: _Headed = (
    ("单位编码", 24),
    ("单位名称", 40),
    ("类别", 8),
    ("位置", 18),
    ("问题", 70),
    ("处理办法", 60),
)
_STRAY_COLUMNS: _Headed = (("文件", 60), ("原因", 60), ("处理办法", 60))
_STATE_COLUMN, _SEVERITY_COLUMN = 2, 2

_NAME, _REMARK = "单位名称", "备注"
"""Of the agencies an A4 page shows legibly the columns in front of the remarks, and these where there are any: paths
and addresses are for the screen."""

_WRAPPED = frozenset((_NAME, _REMARK, "问题", "处理办法", "变动", "文件", "原因"))
"""Columns whose texts go on in a new line."""

_COLOURS: Mapping[str, str] = {
    STATE_NAMES[State.SOUND].zh: "FFE2F0E6",
    STATE_NAMES[State.ACCEPTED].zh: "FFA9D6B8",
    STATE_NAMES[State.FAULTY].zh: "FFFF9C9C",
    STATE_NAMES[State.SENT_BACK].zh: "FFFFD966",
    STATE_NAMES[State.MISSING].zh: "FFD9DEE5",
    STATE_NAMES[State.DISPUTED].zh: "FFD9C7F2",
    SEVERITY_NAMES[Severity.ERROR].zh: "FFFF9C9C",
    SEVERITY_NAMES[Severity.WARNING].zh: "FFFFD966",
}
"""The colour of a cell that says a state or a gravity."""

_Row = Sequence[str | int]
_Column = tuple[str, float, Sequence[str | int]]
"""A heading, how wide the column is, and what stands below."""


def status_tables(status: CampaignStatus) -> Tables:
    """The workbook, ready to be saved: the same for the same standing."""
    tables = Tables(f"{status.title}：填报进度", _COLOURS)
    names = superior_names(status)
    groups = [(group.name, *group.figures) for group in groups_by_superior(status, names)]
    total = ("全部", *state_counts(status.columns.state))
    _add(tables, SUMMARY, _SUMMARY_COLUMNS, groups, sums=total)
    detail_columns, details = _parted(_details(status, names))
    _add(tables, DETAIL, detail_columns, (), columns=details, coloured=_STATE_COLUMN)
    _add(tables, MISTAKES, _MISTAKE_COLUMNS, _mistake_rows(status), coloured=_SEVERITY_COLUMN)
    if status.closed:
        closed_columns, closed = _parted(_closed(status))
        _add(tables, CLOSED, closed_columns, list(zip(*closed, strict=True)))
    strays = [
        (stray.file, stray.reason.phrase(), stray.reason.hint.zh) for stray in status.strays[:MOST_ROWS]
    ]
    _add(tables, STRAYS, _STRAY_COLUMNS, strays)
    return tables


def status_csv(status: CampaignStatus) -> bytes:
    """The sheet in which each agency has a row, as text."""
    headed, columns = _parted(_details(status, superior_names(status)))
    rows = zip(*columns, strict=True)
    return csv_table([[heading for heading, _ in headed], *rows])


def _add(
    tables: Tables,
    title: str,
    headed: _Headed,
    rows: Iterable[_Row],
    *,
    columns: Columns = (),
    sums: _Row = (),
    coloured: int = -1,
) -> None:
    headings, widths = [heading for heading, _ in headed], [width for _, width in headed]
    frozen = 1 + headings.index(_NAME) if _NAME in headings else 1
    remarks = headings.index(_REMARK) if _REMARK in headings else 0
    tables.add(
        title,
        headings,
        widths,
        rows,
        columns=columns,
        sums=sums,
        frozen_columns=frozen,
        printed_columns=remarks + any(columns[remarks]) if title == DETAIL else 0,
        coloured=coloured,
        wrapped=[
            place
            for place, (heading, width) in enumerate(headed)
            if heading in _WRAPPED and (not columns or does_not_fit(columns[place], width))
        ],
    )


def _details(status: CampaignStatus, names: Mapping[str, str]) -> list[_Column]:
    """The columns of the sheet in which each agency has a row."""
    known, extensions, lateness = status.columns, extensions_in_words(status), lateness_in_words(status)
    return [
        ("单位编码", 24, known.code),
        ("单位名称", 40, known.name),
        ("状态", 13, [STATE_NAMES[state].zh for state in known.state]),
        *([("延期至", 24, extensions)] if any(extensions) else ()),
        *([("逾期", 22, lateness)] if any(lateness) else ()),
        ("报送次数", 11, known.versions),
        ("最近报送时间", 18, list(map(minute_in_words, known.handed_in))),
        ("错误", 8, known.errors),
        ("提醒", 8, known.warnings),
        ("备注", 30, known.remark),
        ("报告", 44, known.report),
        ("退回的填报表", 44, known.returned),
        ("简称", 18, known.short_name),
        ("上级单位编码", 24, known.superior),
        ("上级单位", 34, [names[one] if one else "" for one in known.superior]),
        ("级次", 8, known.level),
        ("首次报送时间", 18, list(map(minute_in_words, known.first))),
        ("联系人", 12, known.contact),
        ("电话", 18, known.telephone),
        ("邮箱", 24, known.email),
        ("不汇总", 10, ["是" if one else "" for one in known.is_counted_by_superior]),
    ]


def _parted(columns: Sequence[_Column]) -> tuple[_Headed, Columns]:
    """What stands over columns, and the columns themselves."""
    return [(heading, width) for heading, width, _ in columns], [values for *_, values in columns]


def _mistake_rows(status: CampaignStatus) -> list[_Row]:
    """A row for each agency that the roster lost, and for each mistake; where a sheet cannot hold all of them, the last
    one says how many are left out."""
    known = status.columns
    lost = [
        ("", str(one.value), SEVERITY_NAMES[one.severity].zh, "", one.message.zh, one.hint.zh)
        for one in status.lost
    ]
    of_agencies = zip(known.code, known.name, known.findings, strict=True)
    every = (_mistake_row(code, name, found) for code, name, own in of_agencies for found in own)
    rows = list(islice(chain(lost, every), MOST_ROWS))
    left_out = len(lost) + sum(map(len, known.findings)) - len(rows)
    if left_out:
        rows.append(("", "", "", "", f"问题过多，其余{left_out}个没有列出，见退回的填报表。", ""))
    return rows


def _mistake_row(code: str, name: str, found: Finding) -> _Row:
    severity = SEVERITY_NAMES[found.severity].zh
    return (code, name, severity, found.cell, found.message.zh, found.hint.zh)


def _closed(status: CampaignStatus) -> list[_Column]:
    """The agencies that need not report any more: what became of them, and what they had handed in."""
    closed = status.closed
    return [
        ("单位编码", 24, [one.agency.code for one in closed]),
        ("单位名称", 40, [one.agency.name for one in closed]),
        ("变动", 44, changes_in_words(status)),
        ("承接单位编码", 24, [one.agency.successor for one in closed]),
        ("报送次数", 11, [one.versions for one in closed]),
        ("最近报送时间", 18, [minute_in_words(one.handed_in) for one in closed]),
        ("报告", 44, [one.report for one in closed]),
        ("收到的文件", 30, [one.received for one in closed]),
    ]
