"""Which of several packs serves a year: forms of one report are a series, and the year chooses within it.

Between series the year says nothing. There the user's settings choose, or without any those that the tool comes with.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportfill.errors import PackError, UsageError
from reportfill.pack.manifest import Manifest
from reportfill.user_settings import user_settings

DEFAULT_SERIES = "annual-report"
"""The series that is meant where nobody says another."""

SERIES_VARIABLE = "REPORTFILL_SERIES"


class UndecidedPackError(PackError):
    """Several packs serve a year, and nothing says which of them is meant."""


@dataclass(frozen=True, slots=True)
class FoundPack:
    """A folder that holds a pack, and what its pack.toml says."""

    folder: Path
    manifest: Manifest

    def __str__(self) -> str:
        return f"{self.manifest.id} ({self.manifest.title}, {self.manifest.years}, {self.folder})"

    @property
    def chinese(self) -> str:
        """The pack for people who read Chinese."""
        return f"{self.manifest.id}（{self.manifest.title}，{self.manifest.years}，{self.folder}）"


@dataclass(frozen=True, slots=True)
class Choice:
    """The pack for a year, and those of other series that serve it as well."""

    pack: FoundPack
    others: tuple[FoundPack, ...] = ()


def choice_for(year: int, packs: Sequence[FoundPack], series: str = "") -> Choice | None:
    """Which of the packs serves a year, None where none does. A `series` is taken before that which the user prefers.

    Raises UndecidedPackError, with all of them listed, where several do and nothing chooses among them.
    """
    serving = [pack for pack in packs if pack.manifest.serves(year)]
    if len({pack.manifest.series for pack in serving}) > 1:
        wanted = series or preferred_series()
        meant = [pack for pack in serving if wanted in (pack.manifest.series, pack.manifest.id)]
    else:
        meant = serving
    if len(meant) == 1:
        return Choice(meant[0], tuple(pack for pack in serving if pack is not meant[0]))
    if not serving:
        return None
    raise _overlapping(year, meant) if meant else _undecided(year, serving)


_CHOOSE = ("choose one by --pack", "请用--pack指明")


def _undecided(year: int, packs: Sequence[FoundPack]) -> PackError:
    return UndecidedPackError(
        f"several packs serve the year {year}: {', '.join(map(str, packs))}",
        f"适用于{year}年度的模板包不止一个：{'、'.join(pack.chinese for pack in packs)}",
        by_command=_CHOOSE,
    )


def _overlapping(year: int, packs: Sequence[FoundPack]) -> PackError:
    series = packs[0].manifest.series
    return UndecidedPackError(
        f"several packs of the series {series} serve the year {year}: {', '.join(map(str, packs))}; mend the years or "
        "the series in their pack.toml",
        f"{series}系列中适用于{year}年度的模板包不止一个：{'、'.join(pack.chinese for pack in packs)}；"
        "请改正pack.toml中的年度或系列",
        by_command=_CHOOSE,
    )


def overlapping(manifest: Manifest, packs: Sequence[FoundPack]) -> list[FoundPack]:
    """The other packs of the same series that serve a year which this one serves."""
    series = [pack for pack in packs if pack.manifest.series == manifest.series]
    return [pack for pack in series if pack.manifest.id != manifest.id and _meet(manifest, pack.manifest)]


def _meet(one: Manifest, other: Manifest) -> bool:
    later_start = max(one.first_year, other.first_year)
    return one.serves(later_start) and other.serves(later_start)


def preferred_series() -> str:
    """The series, or the id of a pack, that the user's environment or settings name; without either the default.

    Raises UndecidedPackError where the settings cannot be read.
    """
    return os.environ.get(SERIES_VARIABLE, "").strip() or _series_of_settings() or DEFAULT_SERIES


def _series_of_settings() -> str:
    try:
        return str(user_settings().get("series", "")).strip()
    except UsageError as error:
        raise UndecidedPackError(error.english, error.chinese) from error
