"""`make bench`, or `python -m benchmarks`: contenders side by side and stages beside their budgets. Exits 0 whatever
comes out: a shared machine drifts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import against, campaign_against
from benchmarks.campaign_scale import AGENCIES, CommandRun, campaign_scale
from benchmarks.document import document
from benchmarks.machine import this_machine
from benchmarks.places import DOCUMENT, PICTURES, RESULTS, ROOT
from benchmarks.results import load, measured, save
from benchmarks.scale import FILES, JOBS, Run, scale
from benchmarks.side_by_side import contenders
from benchmarks.stages import processes, stages
from benchmarks.tables import (
    AGAINST_HEAD,
    CONTENDER_HEAD,
    SCALE_HEAD,
    STAGE_HEAD,
    TARGET_HEAD,
    Row,
    against_rows,
    contender_rows,
    scale_rows,
    stage_rows,
    target_rows,
)

ROUNDS = 60


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line asks for."""
    asked = _parser().parse_args(arguments)
    if asked.command == "scale":
        _print_scale(asked.files, asked.jobs)
    elif asked.command == "campaign":
        _write_campaign_report(asked.agencies, asked.python)
    elif asked.command == "campaign-against":
        _write_campaigns_against(asked.revision, asked.agencies, asked.python)
    elif asked.command == "against":
        _print_against(asked)
    elif asked.command == "report":
        _write_report(asked)
    else:
        _print_side_by_side(asked.rounds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.set_defaults(command="", rounds=ROUNDS)
    parser.add_argument("--rounds", type=int, help=f"rounds of each measurement ({ROUNDS})")
    commands = parser.add_subparsers(metavar="COMMAND")
    many = commands.add_parser("scale", help="fill folders of many workbooks; takes minutes")
    many.set_defaults(command="scale")
    report = commands.add_parser(
        "report", help="measure everything and write docs/performance.md; takes longer"
    )
    report.set_defaults(command="report")
    report.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each measurement ({ROUNDS})")
    report.add_argument("--from", dest="stored", type=Path, metavar="FILE", help="results kept before")
    campaign = commands.add_parser(
        "campaign", help="whole campaigns over many agencies, and docs/scale.md; takes minutes"
    )
    campaign.set_defaults(command="campaign")
    campaign.add_argument("--agencies", type=int, nargs="+", default=AGENCIES, help="numbers of agencies")
    campaign.add_argument(
        "--python", default=sys.executable, help="interpreter whose reportfill is measured (this one)"
    )
    beside = commands.add_parser(
        "campaign-against",
        help="campaigns over many agencies against another revision, and docs/scale.md; takes an hour and more",
    )
    beside.set_defaults(command="campaign-against")
    beside.add_argument("revision", help="a commit, as git names it")
    beside.add_argument("--agencies", type=int, nargs="+", default=(10_000,), help="numbers of agencies")
    beside.add_argument("--python", default=sys.executable, help="interpreter that runs both (this one)")
    _add_against(commands)
    for command in (many, report):
        command.add_argument("--files", type=int, nargs="+", default=FILES, help="sizes of the folder")
        command.add_argument("--jobs", type=int, nargs="+", default=JOBS, help="numbers of processes")
    return parser


def _add_against(commands: Any) -> None:
    command = commands.add_parser(
        "against", help="this tree against another revision of it: processor time and memory; takes minutes"
    )
    command.set_defaults(command="against")
    command.add_argument("revision", help="a commit, as git names it")
    command.add_argument(
        "--only", choices=against.PARTS, nargs="+", default=against.PARTS, help="what is measured (all)"
    )
    command.add_argument("--rounds", type=int, default=against.ROUNDS, help=f"rounds ({against.ROUNDS})")
    command.add_argument(
        "--files", type=int, default=against.FILES, help=f"workbooks that are filled ({against.FILES})"
    )
    command.add_argument(
        "--agencies", type=int, default=against.AGENCIES, help=f"agencies of a campaign ({against.AGENCIES})"
    )
    command.add_argument("--python", default=sys.executable, help="interpreter that runs both (this one)")
    command.add_argument("--keep", action="store_true", help="keep it for docs/performance.md")


def _print_against(asked: argparse.Namespace) -> None:
    found = against.against(
        asked.revision,
        asked.only,
        rounds=asked.rounds,
        files=asked.files,
        agencies=asked.agencies,
        python=asked.python,
        tell=lambda pair: print(f"{pair.name}: {pair.ratio:.2f}", flush=True),
    )
    _print_table(AGAINST_HEAD, against_rows(found.pairs))
    if asked.keep:
        against.save(found)
        DOCUMENT.write_text(document(load(RESULTS), found), "utf-8")


def _print_side_by_side(rounds: int) -> None:
    machine = this_machine()
    print(f"{machine.python}, {machine.system}, {machine.processors} processors; {rounds} rounds")
    _print_table(CONTENDER_HEAD, contender_rows(contenders(rounds)))
    _print_table(STAGE_HEAD, stage_rows([*stages(rounds), *processes(max(3, rounds // 5))]))


def _print_scale(files: Sequence[int], jobs: Sequence[int]) -> None:
    runs: list[Run] = []
    for run in scale(files, jobs):
        runs.append(run)
        print(f"{run.files} files, --jobs {run.jobs}: {run.seconds} s", flush=True)
    _print_table(SCALE_HEAD, scale_rows(runs))
    _print_table(TARGET_HEAD, target_rows(runs))


def _write_report(asked: argparse.Namespace) -> None:
    from benchmarks.plots import draw  # needs matplotlib, which the other commands do without

    if asked.stored is None:
        results = measured(asked.rounds, asked.files, asked.jobs, lambda what: print(what, flush=True))
        save(results, RESULTS)
    else:
        results = load(asked.stored)
    DOCUMENT.write_text(document(results, against.load()), "utf-8")
    for path in (DOCUMENT, *draw(results, PICTURES)):
        print(path.relative_to(ROOT))


def _write_campaign_report(agencies: Sequence[int], python: str) -> None:
    from benchmarks.campaign_report import write  # needs matplotlib, which the other commands do without

    for run in campaign_scale(agencies, _tell_of, python):
        for path in write([run]):
            print(path.relative_to(ROOT))


def _write_campaigns_against(revision: str, agencies: Sequence[int], python: str) -> None:
    from benchmarks import campaign_report

    for found in campaign_against.campaigns_against(revision, agencies, python, _tell_of_pair):
        campaign_against.save(found)
        campaign_report.DOCUMENT.write_text(campaign_report.document(*campaign_report.load()), "utf-8")


def _tell_of_pair(pair: against.Pair) -> None:
    print(f"{pair.name}: {pair.ratio:.3f}, {pair.our_mib} and {pair.their_mib} MiB", flush=True)


def _tell_of(run: CommandRun) -> None:
    print(
        f"{run.agencies} agencies, {run.command}: {run.seconds} s, {run.main_mib} and {run.worker_mib} MiB",
        flush=True,
    )


def _print_table(head: Row, rows: list[Row]) -> None:
    """Print columns, figures to the right."""
    lines = [head, *(tuple(text.replace("*", "") for text in row) for row in rows)]
    widths = [max(len(text) for text in column) for column in zip(*lines, strict=True)]
    print()
    for line in lines:
        cells = (
            text.rjust(width) if text[:1].isdigit() else text.ljust(width)
            for text, width in zip(line, widths, strict=True)
        )
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    main()
