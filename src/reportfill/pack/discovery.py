"""Where packs are: a named folder, ./templates, the user's data folder, those shipped with the tool."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import platformdirs

from reportfill.errors import PackError
from reportfill.pack.manifest import Manifest, read_manifest
from reportfill.pack.series import Choice, FoundPack, choice_for
from reportfill.plain_files import LARGEST_TEXT, read_file, shortened
from reportfill.system_words import reason_of

MANIFEST = "pack.toml"


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
    for pack in _all_packs():
        found.setdefault(pack.manifest.id, pack)
    return sorted(found.values(), key=lambda pack: (-pack.manifest.first_year, pack.manifest.id))


def hidden_packs() -> list[FoundPack]:
    """The packs that are not used because another of the same id is found first."""
    used = {pack.manifest.id: os.path.realpath(pack.folder) for pack in find_packs()}
    return [pack for pack in _all_packs() if os.path.realpath(pack.folder) != used[pack.manifest.id]]


def _all_packs() -> list[FoundPack]:
    return [found for found in _everything() if isinstance(found, FoundPack)]


def unreadable_packs() -> list[PackError]:
    """What `find_packs` passes over, and why."""
    return [found for found in _everything() if isinstance(found, PackError)]


def find_pack(wanted: str | Path | int) -> Path:
    """The folder of the pack with that id, for that reporting year, or at that path; a number is a year.

    Raises PackError, saying which packs there are, when there is none.
    """
    if isinstance(wanted, int):
        return _find_for_year(wanted, _working_folder())
    return _find(str(wanted), _working_folder())


def is_year(wanted: str) -> bool:
    """Whether what names a pack is a year, and no folder of that name that holds one."""
    return (
        wanted.isdecimal()
        and len(wanted) <= _DIGITS_OF_A_YEAR
        and not os.path.exists(Path(wanted) / MANIFEST)
    )


def find_pack_of_id(id: str) -> Path:
    """The folder of the pack with that id, which a file may name: a path or a year is none. Raises PackError when there
    is no such pack."""
    return _find_of_id(id, _working_folder())


def manifest_of(wanted: str | Path | int) -> Manifest:
    """What the pack.toml of a pack says; the rest of the pack is not looked at. Raises PackError when there is none or
    it cannot be read."""
    return manifest_in(find_pack(wanted))


def manifest_in(folder: Path) -> Manifest:
    """What the pack.toml in a folder says. Raises PackError where it cannot be read."""
    try:
        return read_manifest(read_file(folder / MANIFEST, LARGEST_TEXT))
    except OSError as error:
        why = reason_of(error, folder / MANIFEST)
        raise PackError(
            f"{folder} holds no readable {MANIFEST}: {why.en}", f"{folder}中的{MANIFEST}无法读取：{why.zh}"
        ) from error


# Looked for once: a batch asks again with every file.
@lru_cache(maxsize=256)
def _find(wanted: str, working_folder: Path) -> Path:
    folder = working_folder / wanted
    if wanted and os.path.exists(folder / MANIFEST):  # which takes names that no system takes
        return folder
    if is_year(wanted):
        return _find_for_year(int(wanted), working_folder)
    try:
        return _find_of_id(wanted, working_folder)
    except PackError:
        if wanted and os.path.exists(folder):
            raise PackError(f"{wanted} holds no {MANIFEST}", f"{wanted}中没有{MANIFEST}") from None
        raise


@lru_cache(maxsize=256)
def _find_of_id(id: str, working_folder: Path) -> Path:
    packs = find_packs()
    for pack in packs:
        if pack.manifest.id == id:
            return working_folder / pack.folder
    raise _not_found(f"has the id or folder {shortened(id)}", f"模板包“{shortened(id)}”", packs)


def choice_for_year(year: int, series: str = "") -> Choice:
    """The pack for a year, of the series where one is given, and which of the user's own serve it as well: those that
    come with the tool are no news. Raises PackError where none does, or several and nothing chooses among them."""
    return _choice_for_year(year, series, _working_folder())


@lru_cache(maxsize=256)
def _choice_for_year(year: int, series: str, working_folder: Path) -> Choice:
    packs = find_packs()
    choice = choice_for(year, packs, series)
    if choice is None:
        said = shortened(str(year))
        raise _not_found(f"serves the year {said}", f"适用于{said}年度的模板包", packs)
    shipped = os.path.realpath(shipped_folder())
    others = (one for one in choice.others if os.path.realpath(one.folder.parent) != shipped)
    return Choice(choice.pack, tuple(others))


def _find_for_year(year: int, working_folder: Path) -> Path:
    return working_folder / _choice_for_year(year, "", working_folder).pack.folder


_DIGITS_OF_A_YEAR = 6


def _not_found(what: str, chinese: str, packs: list[FoundPack]) -> PackError:
    known = [(pack.manifest.id, pack.manifest.years) for pack in packs]
    english_list = ", ".join(f"{name} ({years})" for name, years in known)
    chinese_list = "、".join(f"{name}（{years}）" for name, years in known)
    return PackError(
        f"no pack {what}; there are: {english_list or 'none'}", f"没有{chinese}；现有：{chinese_list or '无'}"
    )


def _working_folder() -> Path:
    """The folder that paths are relative to; where it was removed nothing is there."""
    try:
        return Path.cwd()
    except OSError:
        return Path()


def _everything() -> Iterator[FoundPack | PackError]:
    return (found for folder in search_folders() for found in _looked_at(folder))


def _looked_at(folder: Path) -> Iterator[FoundPack | PackError]:
    """Each pack in a folder, or why it cannot be read; nothing stops the others."""
    try:
        names = sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        why = reason_of(error, folder)
        yield PackError(f"{folder}: {why.en}", f"{folder}无法读取：{why.zh}")
        return
    for name in names:
        place = folder / name
        try:
            yield FoundPack(place, read_manifest(read_file(place / MANIFEST, LARGEST_TEXT)))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            why = reason_of(error, place / MANIFEST)
            yield PackError(f"{place / MANIFEST}: {why.en}", f"{place / MANIFEST}无法读取：{why.zh}")
        except PackError as error:
            yield PackError(f"{place}: {error.english}", f"{place}：{error.chinese}")
