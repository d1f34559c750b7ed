"""Adding up: the sums over agencies, from the newest sound version of each, and who stands behind them.

Only figures that are typed are added, exactly; totals are worked out from the sums and never added (a figure with
`"rollup": "none"` in the schema is not added at all). An agency whose figures are in its superior's report (不汇总) is
left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from reportfill.campaign.agency import Agency
from reportfill.campaign.folder import CampaignFolder
from reportfill.campaign.ledger import open_ledger
from reportfill.intake.read import read_workbook
from reportfill.pack.figures import Number
from reportfill.pack.pack import Pack, load_pack


@dataclass(frozen=True, slots=True)
class Contribution:
    """The figures that one agency adds, by path; `version` is the number of the version that they are from."""

    agency: Agency
    version: int
    figures: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Rollup:
    """Sums over agencies, by path, totals included, with what they are made of. `missing` are agencies that should be
    in it and have no sound report; `left_out` those that their superiors count."""

    pack: Pack
    year: int
    sums: Mapping[str, Number]
    contributions: Sequence[Contribution]
    missing: Sequence[Agency]
    left_out: Sequence[Agency]

    @property
    def is_partial(self) -> bool:
        """Whether anybody is missing."""
        return bool(self.missing)


def rollup(
    folder: CampaignFolder, wanted: Callable[[Agency], bool] = lambda agency: True, processes: int = 0
) -> Rollup:
    """The sums over the agencies of the roster that are wanted, in the roster's order."""
    settings, roster = folder.settings(), folder.roster()
    pack = load_pack(settings.pack)
    agencies = [agency for agency in roster.agencies if wanted(agency)]
    counted = [agency for agency in agencies if not agency.is_counted_by_superior]
    sound = _sound_versions(folder)
    present = [agency for agency in counted if agency.code in sound]
    paths = [folder.root / sound[agency.code][1] for agency in present]
    contributions = [
        Contribution(agency, sound[agency.code][0], figures)
        for agency, figures in zip(present, _figures(settings.pack, paths, processes), strict=True)
    ]
    sums = _summed(pack, contributions)
    return Rollup(
        pack,
        settings.year,
        sums | pack.rules.derive(sums),
        contributions,
        [agency for agency in counted if agency.code not in sound],
        [agency for agency in agencies if agency.is_counted_by_superior],
    )


def added_paths(pack: Pack) -> list[str]:
    """The paths of the figures that are added over agencies, in reading order."""
    return [
        path
        for path, field in pack.fields.items()
        if field.kind.is_number and field.rollup == "sum" and path not in pack.rules.derived
    ]


def _summed(pack: Pack, contributions: Iterable[Contribution]) -> dict[str, Number]:
    sums: dict[str, Number] = dict.fromkeys(added_paths(pack), 0)
    for contribution in contributions:
        for path in sums:
            sums[path] += contribution.figures.get(path, 0)
    return sums


def _sound_versions(folder: CampaignFolder) -> dict[str, tuple[int, str]]:
    """Number and place of each agency's newest sound version, by code."""
    ledger = open_ledger(folder.ledger)
    try:
        return {
            code: (newest.number, newest.received)
            for code, own in groupby(ledger.versions(), key=lambda version: version.code)
            for newest in [version for version in own if version.is_sound][-1:]
        }
    finally:
        ledger.close()


def _figures(pack_name: str, paths: Sequence[Path], processes: int) -> Iterator[Mapping[str, Number]]:
    """The figures of each workbook, in order."""
    read = partial(_figures_of, pack_name)
    processes = min(processes or os.cpu_count() or 1, len(paths))
    if processes <= 1 or len(paths) <= 100:
        yield from map(read, paths)
        return
    from concurrent.futures import ProcessPoolExecutor  # slow to import, and few runs need it

    with ProcessPoolExecutor(processes) as pool:
        for start in range(0, len(paths), 2000):
            yield from pool.map(read, paths[start : start + 2000], chunksize=32)


def _figures_of(pack_name: str, path: Path) -> dict[str, Number]:
    pack = load_pack(pack_name)
    figures = read_workbook(path, pack).figures
    return {key: figures[key] for key in added_paths(pack) if key in figures}
