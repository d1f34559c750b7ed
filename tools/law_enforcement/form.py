"""What the form says beside the labels that its schema has."""

from __future__ import annotations

from dataclasses import dataclass

PACK = "law-enforcement-statistics"
NO_DUTY = "本单位无相关行政执法职责。"


@dataclass(frozen=True)
class FigureTable:
    """A table with a row for each enforcing body and one for their sums.

    `widths` are those of its columns in the report, in millimetres: the number, the name, the figures, and the remark
    where it `has_remarks`. `notes` stand below it.
    """

    path: str
    sheet: str
    widths: tuple[float, ...]
    notes: tuple[str, ...]
    has_remarks: bool = False
    is_landscape: bool = False


TABLES = (
    FigureTable(
        "licensing",
        "表1",
        (9, 34, 14, 14, 14, 14, 14, 14, 14, 15),
        (
            "1.统计范围为{{ year }}年1月1日至12月31日期间收到当事人许可申请、作出受理决定、许可决定、不予许可决定、"
            "撤销许可决定的数量，以及进行法制审核的数量。",
            "2.准予变更、延续和不予变更、延续的数量，分别计入“许可数量”“不予许可数量”。",
            "3.垂直管理的分支机构、依法设立的派出机构、依法授权或者委托的组织等下属单位的数据，逐个单位填列。",
        ),
        has_remarks=True,
    ),
    FigureTable(
        "penalties",
        "表2",
        (7, 31, *[8.6] * 14, 15, *[8.6] * 6),
        (
            "1.统计范围为{{ year }}年1月1日至12月31日期间作出的行政处罚决定，含作出以后被撤销、变更的。",
            "2.单处一个类别行政处罚的，计入相应的行政处罚类别；并处两种以上行政处罚的，算一件行政处罚，计入最重的行政处罚类别。"
            "如“没收违法所得，并处罚款”，计入“没收违法所得、没收非法财物”类别；并处明确类别的行政处罚和其他行政处罚的，"
            "计入明确类别的行政处罚。",
            "3.“罚没金额”以处罚决定书确定的金额为准；没收非法财物的，能够确定金额的计入，不能确定金额的不计。",
        ),
        is_landscape=True,
    ),
    FigureTable(
        "compulsion",
        "表3",
        (8, 28, *[10] * 12),
        (
            "统计范围为{{ year }}年1月1日至12月31日期间实施的行政强制措施、行政强制执行和申请人民法院强制执行的数量。",
        ),
    ),
    FigureTable(
        "others",
        "表4",
        (9, 34, 13.5, 13.5, 18.5, *[13.5] * 5),
        (
            "1.统计范围为{{ year }}年1月1日至12月31日期间实施的其他行政执法行为。",
            "2.对一个检查对象进行检查并有完整记录的，算一次行政检查；巡查，以及检查后作出行政处罚的，不计入行政检查。",
        ),
    ),
)
