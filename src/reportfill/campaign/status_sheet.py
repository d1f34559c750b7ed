"""status.xlsx: how a campaign stands, as tables that can be filtered and passed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openpyxl import Workbook

from reportfill.campaign.standing import AgencyStanding, Standing, State
from reportfill.campaign.tables import Row, add_table, saved_tables

STATE_NAMES = {
    State.SOUND: "报告已生成",
    State.ACCEPTED: "已确认",
    State.SENT_BACK: "已退回",
    State.FAULTY: "有错误",
    State.MISSING: "未交",
}
"""What people call the states."""

_SEVERITIES = {"error": "错误", "warning": "提醒"}


def status_sheet(standing: Standing) -> bytes:
    """The workbook, the same for the same standing: 汇总, 明细 (a row an agency), 问题 (a row a mistake), 不明文件."""
    book = Workbook(write_only=True)
    add_table(
        book, "汇总", ["上级单位", "应交", *STATE_NAMES.values()], [36, *[12] * 6], _by_superior(standing)
    )
    add_table(
        book,
        "明细",
        [
            "单位编码",
            "单位名称",
            "状态",
            "交了几次",
            "最近一次",
            "错误",
            "提醒",
            "报告",
            "退回的填报表",
            "备注",
        ],
        [16, 36, 12, 10, 18, 8, 8, 44, 44, 36],
        map(_agency_row, standing.agencies),
        frozen_columns=2,
    )
    add_table(
        book,
        "问题",
        ["单位编码", "单位名称", "级别", "位置", "问题", "怎么改"],
        [16, 36, 8, 18, 70, 60],
        _mistakes(standing),
        frozen_columns=2,
    )
    add_table(
        book, "不明文件", ["文件", "原因"], [50, 60], [(one.file, one.reason) for one in standing.strays]
    )
    return saved_tables(book, f"{standing.year}年{standing.title}进度")


def _by_superior(standing: Standing) -> Iterator[Row]:
    """How many agencies are in each state, below each superior and in all."""
    names = {one.agency.code: one.agency.name for one in standing.agencies}
    below: dict[str, Counter[State]] = {}
    for one in standing.agencies:
        below.setdefault(names.get(one.agency.superior, "（没有上级）"), Counter())[one.state] += 1
    yield _numbers("全部", sum(below.values(), Counter()))
    for name, states in below.items():
        yield _numbers(name, states)


def _numbers(name: str, states: Counter[State]) -> Row:
    return [name, states.total(), *(states[state] for state in STATE_NAMES)]


def _agency_row(one: AgencyStanding) -> Row:
    severities = Counter(mistake.severity for mistake in one.mistakes)
    return [
        one.agency.code,
        one.agency.name,
        STATE_NAMES[one.state],
        one.versions,
        one.handed_in.strftime("%Y-%m-%d %H:%M") if one.handed_in else "",
        severities["error"],
        severities["warning"],
        one.report,
        one.returned,
        one.remark,
    ]


def _mistakes(standing: Standing) -> Iterator[Row]:
    for one in standing.agencies:
        for mistake in one.mistakes:
            severity = _SEVERITIES.get(mistake.severity, mistake.severity)
            yield [one.agency.code, one.agency.name, severity, mistake.cell, mistake.message, mistake.hint]
