"""Copies of packs: to start a new one from, or to hand on."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path

from reportfill.errors import OutputError, UsageError
from reportfill.files import not_opened, write_file
from reportfill.held_files import removed
from reportfill.pack.discovery import MANIFEST
from reportfill.pack.letters import LETTERS
from reportfill.pack.manifest import read_manifest
from reportfill.pack.pack import INTAKE, PAGE, REPORT, SCHEMA, read_parts
from reportfill.plain_files import read_file

README = "README.md"


def copy_pack(
    source: Path,
    target: Path,
    new_id: str = "",
    title: str = "",
    years: str = "",
    without: Collection[str] = (),
) -> Path:
    """Copy a pack's files to a folder that does not exist yet, under a new id if one is given, and then with a title
    and years of its own if there are any: 2025, 2019-2020; without some of them.

    Returns the folder. Raises OutputError when there is something at the target already, and where a file cannot be
    read or written: none is written then.
    """
    refuse_taken(target)
    parts = read_parts(source)
    also = (README, *LETTERS)
    parts |= {name: _read(source / name) for name in also if (source / name).is_file()}
    if new_id:
        former = read_manifest(parts[MANIFEST]).id
        parts[MANIFEST] = _renamed(parts[MANIFEST], new_id, title, years)
        if README in parts:  # what it tells people to type is meant for the copy
            parts[README] = parts[README].replace(
                f"pack check {former}`".encode(), f"pack check {new_id}`".encode()
            )
    with ExitStack() as written:
        for name in (MANIFEST, SCHEMA, INTAKE, REPORT, PAGE, *also):
            if name in parts and name not in without:
                written.callback(removed, write_file(target / name, parts[name]).path)
        written.pop_all()
    return target


def refuse_taken(target: Path) -> None:
    """Raise OutputError where there is something at the place of a new pack already."""
    if target.exists() and any(target.iterdir() if target.is_dir() else [target]):
        raise OutputError(
            f"{target} exists already; name another folder or id", f"已经有{target}：请换一个文件夹或者编号"
        )


def _read(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise not_opened(path, error) from error


def _renamed(manifest: bytes, new_id: str, title: str, years: str) -> bytes:
    """pack.toml with another id, of no series and without workbooks that are out, and its comments kept."""
    text = re.sub(r"(?m)^id\s*=.*$", f'id = "{new_id}"', manifest.decode("utf-8"), count=1)
    text = re.sub(r"(?m)^series\s*=.*\n", "", text, count=1)
    text = re.sub(r"(?ms)\n?^\[\[formerly\]\]\n.*?(?=^\[|\Z)", "", text)
    if title:
        text = text.replace(read_manifest(manifest).title, title)
    if years:
        text = re.sub(r"(?m)^last\s*=.*\n", "", text, count=1)
        text = re.sub(r"(?m)^first\s*=.*$", years_of_manifest(years), text, count=1)
    return text.encode("utf-8")


def years_of_manifest(years: str) -> str:
    """The lines of pack.toml for the years that a pack serves, given as 2025 or 2019-2020. Raises UsageError for
    anything else."""
    found = re.fullmatch(r"([0-9]{4})\s*(?:[-–—]\s*([0-9]{4})?)?", years.strip())
    if not found or (found[2] and found[2] < found[1]):
        raise UsageError(
            f"years are given as 2025 or 2019-2020, not {years}", f"年度写成2025或者2019-2020，不能是{years}"
        )
    return f"first = {found[1]}" + (f"\nlast = {found[2]}" if found[2] else "")
