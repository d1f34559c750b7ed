"""The figures of the agencies added up, and what that is written as."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.rollup import Rollup, rollup, subset
from reportfill.campaign.aggregation.rollup_files import (
    contribution_tables,
    make_known,
    rollup_workbook,
)
from reportfill.campaign.folder.long_paths import room_in
from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.folder.parts import ROLLUP
from reportfill.campaign.progress import Progress, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.storage.putting_away import keeping
from reportfill.campaign.storage.store import Store
from reportfill.file_names import name_within
from reportfill.text import Text, how_many
from reportfill.workers import Workers


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written: where, and where what it replaces is kept."""

    place: str
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The sums, and the files with them: the office's own workbook, and the table of who adds what."""

    rollup: Rollup
    files: tuple[WrittenFile, ...]

    @property
    def in_words(self) -> Text:
        """How many agencies are in it, and how many are not."""
        added, missing, left_out = map(
            len, (self.rollup.contributions, self.rollup.missing, self.rollup.left_out)
        )
        return Text(
            f"已汇总{added}个单位，缺{missing}个，不汇总{left_out}个。",
            f"{how_many(added, 'agency', 'agencies')} added, {missing} missing, {left_out} left out.",
        )


def roll_up(
    folder: CampaignFolder,
    *,
    through: int | None = None,
    of: str | None = None,
    listed: Iterable[str] | None = None,
    workers: Workers | None = None,
    progress: Progress = unseen,
) -> RolledUp:
    """Add up the agencies down to a level, of one superior, or of a list of codes and names. Raises UsageError where
    one of these is not in the roster, and CampaignError where the campaign is closed or there is nothing to add."""
    folder.require_open()
    roster, settings = folder.roster(), folder.settings()
    superior = agency_named(roster, of) if of is not None else None
    some = subset(
        roster,
        through=through,
        usual=settings.through,
        of=superior.code if superior else "",
        listed=None if listed is None else _known(frozenset(listed), roster),
    )
    sums = rollup(folder, some, workers, progress)
    whose = superior or Agency("", settings.issuer)
    return RolledUp(sums, _written(folder, sums, whose))


def _known(listed: frozenset[str], roster: Roster) -> frozenset[str]:
    others = listed - {*roster.by_code, *(agency.name for agency in roster.agencies)}
    return listed - others | {agency_named(roster, other).code for other in sorted(others)}


def rollup_paths(
    store: Store, whose: Agency, year: int, covers: str = "", *, is_partial: bool = False
) -> tuple[str, str]:
    """Where a roll-up goes: the workbook with the sums, and the table of who adds what."""
    name = f"{whose.name}{year}年汇总{f'（{covers}）' if covers else ''}"
    name = name_within(room_in(store), name, whose.name, whose.short_name, whose.code)
    part = "（部分汇总）" if is_partial else ""
    return f"{ROLLUP}/{name}填报表{part}.xlsx", f"{ROLLUP}/{name}明细{part}.xlsx"


def _written(folder: CampaignFolder, sums: Rollup, whose: Agency) -> tuple[WrittenFile, ...]:
    """Write the workbook with the sums and the table of who adds what: both or neither. What these replace is kept in
    旧版, whatever somebody has written into it: a whole roll-up of before as well, which is none any more beside a
    partial one. All of it stays where one of them cannot be moved or written."""
    store, issuer = folder.store, whose.name
    form, table = paths = rollup_paths(store, whose, sums.year, sums.covers, is_partial=sums.is_partial)
    others = rollup_paths(store, whose, sums.year, sums.covers, is_partial=not sums.is_partial)
    with ExitStack() as all_or_nothing:
        kept = [
            all_or_nothing.enter_context(keeping(store, path, put_away_place(path)))
            for path in (*paths, *others)
        ]
        with store.writing(table) as stream:
            contribution_tables(sums).write(stream)
        workbook = rollup_workbook(sums, issuer)
        make_known(folder, form, workbook, issuer)
        store.write(form, workbook)
    former = zip(kept[:2], kept[2:], strict=True)
    return tuple(
        WrittenFile(store.place(path), tuple(one.path for one in of_path if one.path))
        for path, of_path in zip(paths, former, strict=True)
    )
