"""Rows of many agencies rolled up: what that takes for each agency, with more and more agencies.

usage: python -m benchmarks.rolled_rows [--agencies 30 100 300] [--rows 20] [--rounds 5]

The pack is that of `rows`. What the agencies reported is put into the ledger at once, as a run over their workbooks
would put it there: nothing but the roll-up is measured. What counts is the processor time.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.rows import data, make_pack, measured
from reportfill import Campaign, Submission, load_pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.aggregation.rollup import Rollup, rollup
from reportfill.campaign.aggregation.rollup_files import contribution_tables, rollup_workbook
from reportfill.campaign.records.history import Version
from reportfill.campaign.records.readings import reading_of
from reportfill.decimals import plain

AGENCIES, ROWS, ROUNDS = (30, 100, 300), 20, 5
_YEAR, _ISSUER = 2025, "某市人民政府办公室"


def made_campaign(folder: Path, agencies: int, rows: int) -> Campaign:
    """A campaign in which so many agencies have reported so many rows each."""
    (folder / "pack").mkdir()
    make_pack(folder / "pack", rows)
    campaign = Campaign.new(
        folder / "campaign",
        year=_YEAR,
        issuer=_ISSUER,
        pack=str(folder / "pack"),
        deadline=date(_YEAR + 1, 1, 31),
    )
    those = [Agency(f"{number:05}", f"第{number}号单位") for number in range(agencies)]
    campaign.folder.store.write("roster.xlsx", blank_roster(those))
    pack = load_pack(campaign.folder.pack)
    reading = reading_of(Submission.from_data(pack, data(rows)))
    assert reading is not None
    with campaign.folder.read_ledger() as ledger, ledger.writing() as record:
        record.readings({_digest(agency): reading for agency in those})
        record.versions(
            Version(
                _digest(agency),
                agency.code,
                agency.name,
                1,
                f"{agency.code}.xlsx",
                f"received/{agency.code}.xlsx",
                datetime(_YEAR + 1, 1, 20),
                True,
                (),
                f"reports/{agency.code}.docx",
                "",
            )
            for agency in those
        )
    return campaign


def _digest(agency: Agency) -> str:
    return agency.code.rjust(64, "0")


def tasks(campaign: Campaign) -> dict[str, Callable[[], object]]:
    """What takes its time."""
    sums = rolled_up(campaign)
    return {
        "add up": lambda: rollup(campaign.folder),
        "workbook": lambda: rollup_workbook(sums, _ISSUER),
        "table": lambda: contribution_tables(sums).saved(),
    }


def rolled_up(campaign: Campaign) -> Rollup:
    """The roll-up, which is held to have every row and what they come to."""
    sums = rollup(campaign.folder)
    reported = [row for rows in sums.rows["units"] for row in rows]
    assert len(sums.others["units"]) == len(reported)
    assert plain(sums.sums["sum"]) == plain(sum(row["total"] for row in reported))
    return sums


def milliseconds(agencies: int, rows: int, rounds: int) -> Mapping[str, float]:
    """The milliseconds of the processor that each step takes, a median."""
    with TemporaryDirectory() as folder:
        work = tasks(made_campaign(Path(folder), agencies, rows))
        return {name: statistics.median(measured(one) for _ in range(rounds)) for name, one in work.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each step takes, for each number of agencies."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rolled_rows", description=__doc__)
    parser.add_argument("--agencies", type=int, nargs="+", default=AGENCIES, help="numbers of agencies")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"rows of each agency ({ROWS})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each measurement ({ROUNDS})")
    asked = parser.parse_args(arguments)
    for agencies in asked.agencies:
        for name, taken in milliseconds(agencies, asked.rows, asked.rounds).items():
            print(f"{agencies} agencies, {name}: {taken:.0f} ms, {taken / agencies:.2f} ms for each")


if __name__ == "__main__":
    main()
