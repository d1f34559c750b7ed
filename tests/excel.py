"""Changing a workbook as a clerk, a program or an accident would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from reportfill import Submission
from tools.make_cases.moving import opened


def edited(workbook: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The workbook after a change by openpyxl, which keeps no results of formulas."""
    book = opened(workbook)
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def typed(workbook: bytes, cells: Mapping[str, Any]) -> bytes:
    """The workbook after values were typed into cells: {"表三!D7": 12}."""

    def change(book: Workbook) -> None:
        for place, value in cells.items():
            sheet, _, address = place.partition("!")
            book[sheet][address] = value

    return edited(workbook, change)


def with_part(package: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one of its parts changed, or added to it."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return target.getvalue()


def with_raw_cell(workbook: bytes, sheet_part: str, address: str, xml: str) -> bytes:
    """A workbook with a cell's XML replaced, its style kept; {style} in the XML stands for it."""

    def change(sheet: bytes) -> bytes:
        pattern = re.compile(
            rf'<c r="{address}"(?P<style>[^>/]*?)(?: t="\w+")?(?:/>|>.*?</c>)'.encode(), re.DOTALL
        )
        changed, count = pattern.subn(lambda m: xml.encode().replace(b"{style}", m["style"]), sheet)
        assert count == 1
        return changed

    return with_part(workbook, sheet_part, change)


def codes(submission: Submission) -> list[tuple[str, str]]:
    """Code and cell of each finding of reading."""
    return [(found.code, found.cell) for found in submission.findings]
