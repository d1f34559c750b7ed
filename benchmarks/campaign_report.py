"""docs/scale.md and its picture: what was measured of campaigns, and what larger ones would take."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.campaign_against import CampaignAgainst, target
from benchmarks.campaign_against import load as load_against
from benchmarks.campaign_scale import COMMANDS, CampaignRun, CommandRun
from benchmarks.machine import Machine, this_machine
from benchmarks.places import PICTURES, ROOT
from reportfill.campaign.records.campaign_folder import LONG

RESULTS = ROOT / "benchmarks" / "campaign_results.json"
DOCUMENT = ROOT / "docs" / "scale.md"
PICTURE = "campaign-scale.png"
_BUDGETS: Mapping[str, tuple[str, Callable[[CommandRun], bool]]] = {
    "distribute": ("at least 100 a second", lambda run: run.per_second >= 100),
    "distribute --last": ("at least 100 a second", lambda run: run.per_second >= 100),
    "collect": ("at least 150 a second", lambda run: run.per_second >= 150),
    "status": ("at most 3 s for 100,000", lambda run: run.agencies > 100_000 or run.seconds <= 3),
}
WORKER_MIB, COORDINATOR_MIB = 300, 600
QUIET_PACE = 40
"""The pace in milliseconds (`machine.paced`) that the budgets are for: a laptop's, and this machine's when nobody else
uses it."""

_OFFICES = (("a county", 60), ("a city", 1_000), ("a province", 8_000), ("the nation", 100_000))
"""How many agencies report to whom; some 100,000 reports are published every year."""


def save(machine: Machine, runs: Sequence[CampaignRun], path: Path = RESULTS) -> None:
    """Keep what was measured; runs over other numbers of agencies that are kept already stay."""
    kept = {run.agencies: run for run in (load(path)[1] if path.is_file() else [])}
    kept |= {run.agencies: run for run in runs}
    told = {"machine": asdict(machine), "runs": [asdict(kept[number]) for number in sorted(kept)]}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def load(path: Path = RESULTS) -> tuple[Machine, list[CampaignRun]]:
    """What was kept."""
    told = json.loads(path.read_text("utf-8"))
    runs = [
        CampaignRun(run["agencies"], [CommandRun(**one) for one in run["commands"]], run["folder_mib"])
        for run in told["runs"]
    ]
    return Machine(**told["machine"]), runs


def write(runs: Sequence[CampaignRun]) -> list[Path]:
    """Keep what was measured and write the document and its picture; what was written."""
    save(this_machine(), runs)
    machine, every = load()
    DOCUMENT.write_text(document(machine, every), "utf-8")
    return [RESULTS, DOCUMENT, draw(every, PICTURES / PICTURE)]


def document(machine: Machine, runs: Sequence[CampaignRun]) -> str:
    """The text of docs/scale.md."""
    largest = runs[-1]
    return "\n".join(
        [
            "# Scale",
            "",
            *_paragraph(
                "How long the commands of a campaign take, and what memory, from a hundred agencies to a hundred "
                "thousand. Written by `make bench-campaign`; every figure is of the whole program, its start "
                f"included. Measured with {machine.python} on {machine.system}, {machine.processors} processors, "
                "everything on one local disk."
            ),
            "",
            *_paragraph(_pace_in_words(runs)),
            "",
            *_paragraph(
                "Each agency hands in a workbook with figures in every table; one in twenty has mistakes and is "
                "returned marked. The roster is a .csv file with a superior for every hundred agencies; where it is "
                f"long, from {LONG // 1000} kB, the ledger keeps it as it was read, for all commands that follow."
            ),
            "",
            f"![Time of each command over the number of agencies](pictures/{PICTURE})",
            "",
            "## Time",
            "",
            *_table(
                ("Command", *(f"{run.agencies:,} agencies" for run in runs), "a second in the largest"),
                [_times(label, runs) for label in COMMANDS],
            ),
            "",
            *_paragraph(
                "`distribute again` and `collect again` find nothing to do; `distribute --last` puts last year's "
                "figures into every workbook."
            ),
            "",
            "## Memory",
            "",
            "MiB of the coordinating process / of the largest worker.",
            "",
            *_table(
                ("Command", *(f"{run.agencies:,} agencies" for run in runs)),
                [_memory(label, runs) for label in COMMANDS],
            ),
            "",
            "## Budgets",
            "",
            *_table(("What", "Budget", "Measured", f"At {QUIET_PACE} ms", "Kept"), _budgets(largest)),
            "",
            *_paragraph(
                f"Kept is what is kept at a pace of {QUIET_PACE} ms: a time is measured, then taken in proportion to "
                "the loop; memory is the same at any pace."
            ),
            "",
            *_against(load_against()),
            "## What larger offices would take",
            "",
            *_paragraph(
                f"Computed from the runs over {runs[0].agencies:,} and {largest.agencies:,} agencies: what a "
                "command takes to start, and what each agency adds, which is taken to be shared evenly by the "
                "workers. Files of one agency take "
                f"{largest.folder_mib * 1024 / largest.agencies:.0f} KiB: its workbook, what it handed in twice "
                "(in the inbox and as the copy that is kept), and its report."
            ),
            "",
            *_table(
                (
                    "Office",
                    "Agencies",
                    "Distribute",
                    "Collect",
                    "Roll-up",
                    "Disk",
                    "Collect with 16 processors",
                ),
                [_office(name, number, runs, machine) for name, number in _OFFICES],
            ),
            "",
            *_paragraph(
                "With a cluster the workers read and check; files, journal and ledger are written by the one "
                "coordinator, so that whatever breaks off can be gone on with. That is its limit: it writes some "
                f"{_coordinator_rate(largest):,.0f} agencies a second on such a disk, and a store that is far away "
                "is written to sixteen files at a time."
            ),
            "",
        ]
    )


def _against(measured: Sequence[CampaignAgainst]) -> list[str]:
    """What was measured beside another revision; nothing where nothing was."""
    if not measured:
        return []
    rows = [
        (
            f"`{label}`",
            f"{one.agencies:,}",
            f"{pair.theirs / 1000:,.1f} s",
            f"{pair.ours / 1000:,.1f} s",
            f"{1 / pair.ratio:.2f}",
            f"{pair.their_mib} / {pair.our_mib}",
            _yes(pair.ratio <= target(label, one.agencies)),
        )
        for one in measured
        for pair in one.pairs
        for label in (pair.name.rpartition(": ")[2],)
    ]
    return [
        f"## Beside {measured[-1].revision}",
        "",
        *_paragraph(
            "Processor time of all processes of a command, and the peak of the largest in MiB, of that revision and of "
            "this tree, in turn in one run: `make bench-campaign-against REV=…`. The next year of a large campaign is "
            "left out where collecting it once more would take hours. Meant are eight times for `rollup`, fifteen from "
            "100,000 agencies, five for `compare`, two for `distribute --last`, no more time for `rebuild`, and for "
            "everything else at most a twentieth more. That revision checks nothing against last year when it "
            "collects, and `status` looks at no table of its journal."
        ),
        "",
        *_table(("Command", "Agencies", "It", "This", "Times as fast", "MiB", "Kept"), rows),
        "",
    ]


def draw(runs: Sequence[CampaignRun], path: Path) -> Path:
    """The picture: seconds over agencies, both logarithmic, a line a command."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5), dpi=110)
    for index, label in enumerate(COMMANDS):
        points = [(run.agencies, one.seconds) for run in runs for one in run.commands if one.command == label]
        axes.plot(*zip(*points, strict=True), marker="o", color=f"C{index}", label=label)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("agencies")
    axes.set_ylabel("seconds")
    axes.grid(alpha=0.3, which="both")
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})
    pyplot.close(figure)
    return path


def _times(label: str, runs: Sequence[CampaignRun]) -> tuple[str, ...]:
    own = [one for run in runs for one in run.commands if one.command == label]
    return (f"`{label}`", *(f"{one.seconds:,.1f} s" for one in own), f"{own[-1].per_second:,.0f}")


def _memory(label: str, runs: Sequence[CampaignRun]) -> tuple[str, ...]:
    own = [one for run in runs for one in run.commands if one.command == label]
    return (f"`{label}`", *(f"{one.main_mib:.0f} / {one.worker_mib:.0f}" for one in own))


def _budgets(largest: CampaignRun) -> list[tuple[str, ...]]:
    found = {one.command: one for one in largest.commands}
    rows: list[tuple[str, ...]] = []
    for label, (budget, is_kept) in _BUDGETS.items():
        run, quiet = found[label], _at_quiet_pace(found[label])
        what = f"`{label}`, {largest.agencies:,} agencies"
        rows.append((what, budget, _speed(run), _speed(quiet), _yes(is_kept(quiet))))
    worker = max(one.worker_mib for one in largest.commands)
    main = max(one.main_mib for one in largest.commands)
    for whose, most, mib in (("a worker", WORKER_MIB, worker), ("the coordinator", COORDINATOR_MIB, main)):
        rows.append((f"memory of {whose}", f"{most} MiB", f"{mib:.0f} MiB", "", _yes(mib <= most)))
    return rows


def _speed(run: CommandRun) -> str:
    return f"{run.seconds:.1f} s" if run.command == "status" else f"{run.per_second:,.0f} a second"


def _at_quiet_pace(run: CommandRun) -> CommandRun:
    """What a run would have taken on a machine of the pace that the budgets are for; a quicker one is left as it is."""
    return replace(run, seconds=run.seconds * min(1, QUIET_PACE / run.pace))


def _pace_in_words(runs: Sequence[CampaignRun]) -> str:
    paces = [one.pace for run in runs for one in run.commands]
    return (
        f"A loop of a million additions in Python took {min(paces):.0f} to {max(paces):.0f} ms of one processor at the "
        "time of the commands. That is the pace of the machine: others share it, and it drifts."
    )


@dataclass(frozen=True, slots=True)
class _Pace:
    """The seconds that a command takes to start, and those that each agency adds."""

    start: float
    each: float

    def seconds(self, agencies: int) -> float:
        return self.start + self.each * agencies


def _pace(command: str, runs: Sequence[CampaignRun]) -> _Pace:
    """The line through the smallest and the largest run; of a single run, all of it is what the agencies add."""
    times = {run.agencies: one.seconds for run in runs for one in run.commands if one.command == command}
    few, many = min(times), max(times)
    if few == many:
        return _Pace(0, times[many] / many)
    each = (times[many] - times[few]) / (many - few)
    return _Pace(max(0, times[few] - each * few), each)


def _office(name: str, number: int, runs: Sequence[CampaignRun], machine: Machine) -> tuple[str, ...]:
    largest = runs[-1]
    distribute, collect, rollup = (_pace(command, runs) for command in ("distribute", "collect", "rollup"))
    shared = max(collect.each * machine.processors / 16, 1 / _coordinator_rate(largest))
    return (
        name,
        f"{number:,}",
        _span(distribute.seconds(number)),
        _span(collect.seconds(number)),
        _span(rollup.seconds(number)),
        f"{largest.folder_mib / largest.agencies * number / 1024:,.1f} GiB",
        _span(_Pace(collect.start, shared).seconds(number)),
    )


def _coordinator_rate(largest: CampaignRun) -> float:
    """How many agencies a second one process writes down: that of the distribution, which writes a file for each, over
    the two or three that collecting writes."""
    return next(one.per_second for one in largest.commands if one.command == "distribute") / 2.5


def _span(seconds: float) -> str:
    if seconds < 1:
        return "under 1 s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _yes(kept: bool) -> str:
    return "yes" if kept else "**no**"


def _paragraph(text: str) -> list[str]:
    return textwrap.wrap(text, 118, break_long_words=False, break_on_hyphens=False)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
