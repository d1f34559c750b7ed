"""Where packs are: a named folder, ./templates, the user's data folder, those shipped with the tool."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import platformdirs

from reportfill.errors import PackError
from reportfill.pack.manifest import Manifest, read_manifest

MANIFEST = "pack.toml"


@dataclass(frozen=True, slots=True)
class FoundPack:
    """A folder that holds a pack, and what its pack.toml says."""

    folder: Path
    manifest: Manifest


def user_folder() -> Path:
    """The folder in which a user's own packs are found from everywhere."""
    return platformdirs.user_data_path("reportfill", appauthor=False) / "templates"


def shipped_folder() -> Path:
    """The folder of the packs that come with the tool: in the wheel, or in a source tree beside src/."""
    package = Path(__file__).resolve().parent.parent
    in_wheel = package / "templates"
    return in_wheel if in_wheel.is_dir() else package.parent.parent / "templates"


def search_folders() -> list[Path]:
    """The folders in which packs are looked for, the first one that has a pack wins."""
    return [Path("templates"), user_folder(), shipped_folder()]


def find_packs() -> list[FoundPack]:
    """Every pack that can be found, each id once, the newest years first.

    A folder whose pack.toml cannot be read is passed over; naming it says what is wrong with it.
    """
    found: dict[str, FoundPack] = {}
    for folder in search_folders():
        for pack in _packs_in(folder):
            found.setdefault(pack.manifest.id, pack)
    return sorted(found.values(), key=lambda pack: (-pack.manifest.first_year, pack.manifest.id))


def find_pack(wanted: str | Path | int) -> Path:
    """The folder of the pack with that id, for that reporting year, or at that path.

    Raises PackError, saying which packs there are, when there is none.
    """
    return _find(str(wanted), Path.cwd())


def manifest_of(wanted: str | Path | int) -> Manifest:
    """What the pack.toml of a pack says; the rest of the pack is not looked at. Raises PackError when there is none or
    it cannot be read."""
    place = find_pack(wanted) / MANIFEST
    try:
        return read_manifest(place.read_bytes())
    except OSError as error:
        raise PackError(f"{place.parent} holds no readable {MANIFEST}") from error


@lru_cache(maxsize=256)
def _find(wanted: str, working_folder: Path) -> Path:
    """The folder of a pack, looked for once: a batch asks again with every file."""
    folder = working_folder / wanted
    if (folder / MANIFEST).is_file():
        return folder
    packs = find_packs()
    year = int(wanted) if wanted.isdecimal() else None
    for pack in packs:
        if pack.manifest.id == wanted or (year is not None and pack.manifest.serves(year)):
            return working_folder / pack.folder
    if folder.is_dir():
        raise PackError(f"{wanted} holds no {MANIFEST}")
    known = [f"{pack.manifest.id} ({pack.manifest.years})" for pack in packs]
    kind = f"serves the year {year}" if year is not None else f"has the id or folder {wanted}"
    lacking = f"适用于{year}年度的模板" if year is not None else f"模板“{wanted}”"
    raise PackError(
        f"no pack {kind}; there are: {', '.join(known) or 'none'}",
        f"没有{lacking}；现有：{'、'.join(known) or '无'}",
    )


def _packs_in(folder: Path) -> Iterator[FoundPack]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if (path / MANIFEST).is_file():
            try:
                yield FoundPack(path, read_manifest((path / MANIFEST).read_bytes()))
            except PackError:
                continue
