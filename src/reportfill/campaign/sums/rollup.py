"""Adding up: the sums over agencies, from the version of each that counts, and who stands behind them.

Only figures that are typed are added, exactly; totals are worked out from the sums and never added (a figure with
`"rollup": "none"` in the schema is not added at all). An agency whose figures are in its superior's report (不汇总) is
left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.place.workers import ProcessWorkers, Workers
from reportfill.campaign.sums.figures import counted_copies, figures_of_copies
from reportfill.pack.figures import Number
from reportfill.pack.pack import Pack, load_pack

_NOTHING = "没有交来"
_UNUSABLE = "交来的还不能用：有错误，或者已退回"
_COUNTED_BY_SUPERIOR = "数据已计入上级单位（不汇总）"


@dataclass(frozen=True, slots=True)
class Contribution:
    """The figures that one agency adds, in the order of `added_paths`; `version` is the number of the version that
    they are from."""

    agency: Agency
    version: int
    figures: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """An agency whose figures are not in a roll-up, and why, in Chinese."""

    agency: Agency
    reason: str


@dataclass(frozen=True, slots=True)
class Rollup:
    """Sums over agencies, by path, totals included, with what they are made of. `missing` are agencies that should be
    in it and have no sound report; `left_out` those that their superiors count; `absent` are both, and those that do
    not report any more. `covers` says in Chinese which part of the roster it is over, empty for all of it."""

    pack: Pack
    year: int
    sums: Mapping[str, Number]
    contributions: Sequence[Contribution]
    missing: Sequence[Agency]
    left_out: Sequence[Agency]
    absent: Sequence[Absent]
    covers: str = ""
    is_selection: bool = False
    """Whether it is over less than the office adds up, because somebody asked for that."""

    @property
    def is_partial(self) -> bool:
        """Whether it is less than the report of the office: somebody is missing, or only some were asked for."""
        return bool(self.missing) or self.is_selection


@dataclass(frozen=True, slots=True)
class Subset:
    """Some agencies of a roster; `covers` says in Chinese which."""

    wanted: Callable[[Agency], bool] = lambda agency: True
    covers: str = ""
    is_selection: bool = False


def subset(
    roster: Roster,
    *,
    through: int | None = None,
    usual: int | None = None,
    of: str = "",
    listed: frozenset[str] | None = None,
) -> Subset:
    """The agencies down to a level, of one superior (itself and all below it), and of a list of codes or names.
    `usual` is the level down to which the office adds up unless another is asked for."""
    lowest = usual if through is None else through

    def wanted(agency: Agency) -> bool:
        below = not of or of in (agency.code, *(above.code for above in roster.above(agency)))
        is_listed = listed is None or not listed.isdisjoint((agency.code, agency.name))
        return below and is_listed and (lowest is None or agency.level <= lowest)

    parts = [f"{roster.by_code[of].name}及其下级" if of else ""]
    parts += [f"第{through}级及以上" if through is not None else "", "指定名单" if listed is not None else ""]
    is_selection = listed is not None or lowest != usual
    return Subset(wanted, "、".join(part for part in parts if part), is_selection)


class Adding:
    """One roll-up. `copies` are what there is to read, so that they can be counted before it begins."""

    def __init__(self, folder: CampaignFolder, some: Subset | None = None) -> None:
        settings, roster = folder.settings(), folder.roster()
        self._some = some or Subset()
        self._folder = folder
        self._settings = settings
        agencies = [agency for agency in roster.agencies if self._some.wanted(agency)]
        counted = [agency for agency in agencies if not agency.is_counted_by_superior]
        with folder.read_ledger() as ledger:
            sound, handed_in = counted_copies(ledger), ledger.numbers()
        self._left_out = [agency for agency in agencies if agency.is_counted_by_superior]
        self._missing = [agency for agency in counted if agency.code not in sound]
        self._present = [agency for agency in counted if agency.code in sound]
        closed = [agency for agency in roster.closed if self._some.wanted(agency)]
        self._absent = [
            *(Absent(one, _UNUSABLE if one.code in handed_in else _NOTHING) for one in self._missing),
            *(Absent(one, _COUNTED_BY_SUPERIOR) for one in self._left_out),
            *(Absent(one, f"{roster.change_in_words(one)}，不再单独汇总") for one in closed),
        ]
        self.copies = [sound[agency.code] for agency in self._present]

    def result(self, workers: Workers, advance: Callable[[], None] = lambda: None) -> Rollup:
        """The sums; `advance` is called for every version that was read."""
        pack = load_pack(self._settings.pack)
        paths = added_paths(pack)
        sums: dict[str, Number] = dict.fromkeys(paths, 0)
        contributions = []
        found = figures_of_copies(self._folder, self.copies, workers)
        for agency, copy, figures in zip(self._present, self.copies, found, strict=True):
            added = tuple(figures.get(path, 0) for path in paths)
            for path, figure in zip(paths, added, strict=True):
                sums[path] += figure
            contributions.append(Contribution(agency, copy.number, added))
            advance()
        return Rollup(
            pack,
            self._settings.year,
            sums | pack.rules.derive(sums),
            contributions,
            self._missing,
            self._left_out,
            self._absent,
            self._some.covers,
            self._some.is_selection,
        )


def rollup(folder: CampaignFolder, some: Subset | None = None, workers: Workers | None = None) -> Rollup:
    """The sums over the agencies of the roster, or over some of them, in the roster's order."""
    return Adding(folder, some).result(workers or ProcessWorkers(1))


def added_paths(pack: Pack) -> list[str]:
    """The paths of the figures that are added over agencies, in reading order."""
    return [
        path
        for path, field in pack.fields.items()
        if field.kind.is_number and field.rollup == "sum" and path not in pack.rules.derived
    ]
