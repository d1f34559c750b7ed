"""What a roll-up is written as: the government's own intake workbook with the sums, and the table of who adds what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest
from operator import itemgetter

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.aggregation.added_up import added_paths
from reportfill.campaign.aggregation.detail_sheets import detail_sheets
from reportfill.campaign.aggregation.rollup import Rollup
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import SentWorkbook
from reportfill.decimals import Number, plain
from reportfill.intake.author import new_workbook
from reportfill.intake.read import read_workbook
from reportfill.model.figures import with_values
from reportfill.office.workbook.sheet_layout import A3
from reportfill.office.workbook.sheet_rows import Row
from reportfill.office.workbook.tables import Tables, does_not_fit
from reportfill.outputs.open_data.row_sheets import RowSheet, row_sheets

_NARROWEST = 7
"""How wide a column of figures is at least: three Chinese characters."""

_NAME = 30
"""How wide the column of names is."""

_NAMED = 20
"""Missing agencies that the roll-up itself names; the table has them all."""

_PARTIAL = "【部分汇总，不能作为正式报告】"

_NAMED_IN_CELL = 300
"""Agencies behind a figure that one cell names: a cell holds 32,767 characters; the first sheet has them all."""


def rollup_workbook(rollup: Rollup, issuer: str) -> bytes:
    """The issuer's own intake workbook, prefilled with the sums, rows and answers; its narrative is left to write. A
    partial one says so where its report would begin."""
    pack, values = rollup.pack, {**rollup.sums, **rollup.others}
    if rollup.is_partial and pack.narrative:
        values[pack.narrative[0].path] = [partial_notice(rollup)]
    return new_workbook(
        pack,
        year=rollup.year,
        agency=issuer,
        data=with_values({}, values),
        rolled_up=len(rollup.contributions),
    )


def make_known(folder: CampaignFolder, path: str, workbook: bytes, issuer: str) -> None:
    """Let the ledger know the workbook of a roll-up, so that one that comes into the inbox is not taken for an
    agency's: its figures would be added twice."""
    own = SentWorkbook(read_workbook(workbook).workbook, "", issuer, path)
    with folder.read_ledger() as ledger, ledger.writing() as record:
        record.workbooks([own])


def partial_notice(rollup: Rollup) -> str:
    """What a partial roll-up says of itself, in Chinese."""
    covers = f"汇总范围：{rollup.covers}" if rollup.covers else ""
    if not rollup.missing and not rollup.lost:
        return f"{_PARTIAL}{covers}，共{len(rollup.contributions)}个单位，不是全部单位。"
    total = len(rollup.contributions) + len(rollup.missing)
    missing = f"，缺{_named(rollup.missing)}" if rollup.missing else ""
    lost = f"名册中已没有的：{_named(rollup.lost)}。" if rollup.lost else ""
    return (
        f"{_PARTIAL}{covers and f'{covers}。'}应汇总{total}个单位，已汇总{len(rollup.contributions)}个{missing}。"
        f"{lost}{_what_to_do(rollup)}"
    )


def _what_to_do(rollup: Rollup) -> str:
    """What makes a partial roll-up a whole one: reports that come in, a roster that is put right, or both."""
    if not rollup.lost:
        return "补齐后请重新汇总。"
    return "请先核对名册，补齐后再重新汇总。" if rollup.missing else "请先核对名册，再重新汇总。"


def _named(those: Sequence[Agency] | Sequence[Holder]) -> str:
    names = "、".join(one.name for one in those[:_NAMED])
    return f"{names}等{len(those)}个单位" if len(those) > _NAMED else names


def contribution_tables(rollup: Rollup) -> Tables:
    """The table of contributions, ready to be written: a row an agency, a column a figure, the sums on top; for each
    figure the agencies behind it; who is missing and who is left out. The same for the same roll-up."""
    tables = Tables("汇总明细")
    agencies, column = _agencies(rollup), _columns(rollup)
    # Whole names on paper; lines of one height where they fit, which a hundred thousand rows open faster with.
    wrapped = (1,) if does_not_fit(agencies[1], _NAME) else ()
    for sheet in detail_sheets(rollup.pack):
        sums = [rollup.sums.get(path, 0) for path in sheet.paths]
        tables.add(
            sheet.title,
            ["单位编码", "单位名称", "报送次序", *sheet.heads],
            [16, _NAME, 6, *(max(_NARROWEST, len(plain(figure)) + 2) for figure in sums)],
            (),
            columns=[*agencies, *map(column, sheet.paths)],
            sums=["", "部分汇总" if rollup.is_partial else "合计", "", *sums],
            frozen_columns=2,
            wrapped=wrapped,
            paper=A3,
        )
    for of_rows in row_sheets(rollup.pack):
        tables.add(
            of_rows.title,
            ["单位编码", "单位名称", "报送次序", *of_rows.heads],
            [16, _NAME, 6, *of_rows.widths],
            _rows(rollup, of_rows),
            frozen_columns=2,
            wrapped=(1, *(column + 3 for column in of_rows.wide_columns)),
            paper=A3,
        )
    tables.add(
        "数据来源",
        ["数据项", "合计", "非零单位数（个）", "单位（数值）"],
        [60, 14, 14, 120],
        _sources(rollup, column, agencies[1]),
        wrapped=(0, 3),
    )
    absent = [(one.agency.code, one.agency.name, one.reason.phrase()) for one in rollup.absent]
    tables.add("未汇总的单位", ["单位编码", "单位名称", "原因"], [16, 36, 40], absent, wrapped=(1, 2))
    return tables


def _agencies(rollup: Rollup) -> tuple[list[str], list[str], list[int]]:
    """The columns that say whose each row is: codes, names, and which version counts."""
    those = [one.agency for one in rollup.contributions]
    versions = [one.version for one in rollup.contributions]
    return [agency.code for agency in those], [agency.name for agency in those], versions


def _rows(rollup: Rollup, sheet: RowSheet) -> Iterator[Row]:
    """What each agency has in its rows, those of all agencies one after another."""
    codes, names, versions = _agencies(rollup)
    for code, name, version, rows in zip(codes, names, versions, rollup.rows[sheet.path], strict=True):
        for line in sheet.lines(rows):
            yield [code, name, version, *line]


def _columns(rollup: Rollup) -> Callable[[str], Sequence[Number]]:
    """What the agencies add, by path; a sum is worked out."""

    def column(path: str) -> Sequence[Number]:
        if path in rollup.figures:
            return rollup.figures[path]
        derived = rollup.pack.rules.derived.get(path)
        terms = [column(term.path) for term in derived.right] if derived else []
        return [sum(figures) for figures in zip(*terms, strict=True)]

    return column


def _sources(
    rollup: Rollup, column: Callable[[str], Sequence[Number]], names: Sequence[str]
) -> Iterator[Row]:
    """For each figure its sum, and the agencies that have any of it, the largest first."""
    for path in added_paths(rollup.pack):
        behind = [told for told in zip(column(path), names, strict=True) if told[0]]
        largest = nlargest(_NAMED_IN_CELL, behind, key=itemgetter(0))
        named = "；".join(f"{name}（{plain(figure)}）" for figure, name in largest)
        more = f"；等{len(behind)}个单位" if len(behind) > _NAMED_IN_CELL else ""
        label = rollup.pack.label_in_tables(path)
        yield [label, rollup.sums.get(path, 0), len(behind), named + more]
