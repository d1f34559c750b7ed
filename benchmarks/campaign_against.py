"""Campaigns of this tree and of another revision side by side, over many agencies: what each command costs.

Up to `EACH_COLLECTS` agencies each tree does the whole course in a folder of its own. With more the other revision
hands out and collects once, which takes it long; this tree gets the same files, makes its ledger of them, and both then
do what is quick.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.against import Pair, Tree, Trees, both, campaign_pairs, pair_of_costs
from benchmarks.campaign_course import YEAR, campaign, course
from benchmarks.cost import Cost
from benchmarks.places import CAMPAIGN_AGAINST

EACH_COLLECTS = 20_000
_LEDGER = "campaign.db"
_TARGETS = {
    "rollup": lambda agencies: 1 / (15 if agencies >= 100_000 else 8),
    "compare": lambda agencies: 1 / 5,
    "distribute --last": lambda agencies: 1 / 2,
    "rebuild": lambda agencies: 1.0,
}
_NO_SLOWER = 1.05


@dataclass(frozen=True, slots=True)
class CampaignAgainst:
    """What was measured against a revision over so many agencies."""

    revision: str
    agencies: int
    pairs: list[Pair]


def campaigns_against(
    revision: str, agencies: Iterable[int], python: str, tell: Callable[[Pair], None] = lambda pair: None
) -> Iterator[CampaignAgainst]:
    """This tree against a revision for each number of agencies; `tell` is called with each pair as it is known."""
    with both(revision, python) as trees:
        for number in agencies:
            measured = campaign_pairs(trees, 1, number) if number <= EACH_COLLECTS else _shared(trees, number)
            pairs = []
            for pair in measured:
                tell(pair)
                pairs.append(pair)
            yield CampaignAgainst(revision, number, pairs)


def target(label: str, agencies: int) -> float:
    """The ratio of processor time, this tree's to the other's, that a command is to keep to."""
    return _TARGETS[label](agencies) if label in _TARGETS else _NO_SLOWER


def save(found: CampaignAgainst, path: Path = CAMPAIGN_AGAINST) -> None:
    """Keep what was measured; what was measured over other numbers of agencies stays."""
    kept = {one.agencies: one for one in load(path)} | {found.agencies: found}
    told = [asdict(kept[number]) for number in sorted(kept)]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def load(path: Path = CAMPAIGN_AGAINST) -> list[CampaignAgainst]:
    """What was kept; nothing where nothing was measured yet."""
    told = json.loads(path.read_text("utf-8")) if path.is_file() else []
    return [CampaignAgainst(**one | {"pairs": [Pair(**pair) for pair in one["pairs"]]}) for one in told]


def _shared(trees: Trees, number: int) -> Iterator[Pair]:
    with TemporaryDirectory() as name:
        place = Path(name)
        _collected(trees.theirs, place / "theirs", number)
        _linked(place / "theirs", place / "ours")
        (place / "ours" / "this" / _LEDGER).unlink()
        trees.ours.cost(("campaign", "rebuild", str(place / "ours" / "this")))
        for tree in trees:
            campaign(place / tree.name / "next", YEAR + 1, number, partial(_run, tree))
        for label, arguments in {
            "status": ("status", "{this}"),
            "rollup": ("rollup", "{this}"),
            "distribute --last": ("distribute", "{next}", "--last", "{this}"),
        }.items():
            costs = trees.in_turn(0, partial(_run_placed, place, arguments))
            yield pair_of_costs(f"campaign of {number}: {label}", [costs])


def _collected(tree: Tree, place: Path, number: int) -> None:
    """A campaign of the first year that a tree has handed out and collected."""
    place.mkdir()
    steps = course(place, number, lambda told: _run(tree, told), tree.completed)
    for step in takewhile(lambda step: step.label != "collect again", steps):
        _run(tree, step.arguments)


def _run(tree: Tree, arguments: Sequence[str]) -> Cost:
    return tree.cost(("campaign", *arguments))


def _run_placed(place: Path, arguments: Sequence[str], tree: Tree) -> Cost:
    return _run(tree, _placed(arguments, place / tree.name))


def _placed(arguments: Sequence[str], place: Path) -> list[str]:
    return [one.format(this=place / "this", next=place / "next") for one in arguments]


def _linked(folder: Path, target: Path) -> None:
    """A copy of a folder whose files are the same on the disk: what is written anew takes another's place, and only the
    ledger is written into."""

    def copied(source: str, copy: str) -> None:
        if Path(source).name.startswith(_LEDGER):
            shutil.copy2(source, copy)
        else:
            os.link(source, copy)

    shutil.copytree(folder, target, copy_function=copied)
