"""Workbooks that Excel locked with its own password are opened as Excel and WPS do it; another password stays one."""

from __future__ import annotations

import builtins
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from excel import codes
from excel_binary import (
    Storage,
    compound_file_of,
    old_number,
    old_sheets,
    older_record,
    older_sheets,
    wide_text,
)
from office_locks import locked_as_95, locked_as_97, locked_as_2002, locked_as_2007
from places import SAMPLES

from reportfill import check, read_workbook
from reportfill.cli.language import speak
from reportfill.cli.main import status_of
from reportfill.intake.returning.returned import returned_workbook
from reportfill.office.calamine_grid import read_grid
from reportfill.office.compound_file import CompoundFile
from reportfill.office.encryption import OWN_PASSWORD, is_locked, locked_with, unlocked_with
from reportfill.office.inspection.file_kind import inspect_file
from reportfill.office.package import composed, parts_of

SAMPLE = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
FAULTY = (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()


def test_a_workbook_under_excels_own_password_is_read_as_any_other() -> None:
    locked = locked_with(OWN_PASSWORD, SAMPLE)
    read, sound = read_workbook(locked), read_workbook(SAMPLE)
    assert (read.data, read.findings, read.cells) == (sound.data, sound.findings, sound.cells)
    assert read.digest == hashlib.sha256(locked).hexdigest()


def test_it_is_returned_for_correction_without_the_password() -> None:
    locked = locked_with(OWN_PASSWORD, FAULTY)
    submission = read_workbook(locked)
    returned = returned_workbook(locked, submission, check(submission))
    assert not is_locked(returned)
    assert read_workbook(returned).data == submission.data


@pytest.mark.parametrize("password", ["velvetsweatshop", "1", "密码"])
def test_another_password_stays_one(password: str) -> None:
    assert codes(read_workbook(locked_with(password, SAMPLE))) == [("file.encrypted", "")]


def test_what_is_inside_passes_the_same_guard() -> None:
    parts = parts_of(SAMPLE)
    entities = b'<!DOCTYPE w [<!ENTITY a "a">]>' + parts["xl/workbook.xml"].partition(b"?>")[2]
    locked = locked_with(OWN_PASSWORD, composed({**parts, "xl/workbook.xml": entities}))
    assert codes(read_workbook(locked)) == [("file.unsafe", "")]


@pytest.mark.parametrize("length", [600, 3000, 8000])
def test_a_damaged_one_is_one_finding(length: int) -> None:
    locked = locked_with(OWN_PASSWORD, SAMPLE)
    for content in (locked[:length], locked[:-length], locked[:-length] + bytes(length)):
        assert next(code for code, _ in codes(read_workbook(content))) in {"file.damaged", "file.encrypted"}
        assert read_workbook(content).pack is None


@pytest.mark.parametrize(
    "information",
    [
        b'<encryption><keyEncryptor spinCount="4000000000"/></encryption>',
        b'<!DOCTYPE e [<!ENTITY a "aaaa">]><encryption spinCount="1"/>',
        b"",
    ],
)
def test_a_file_that_would_cost_hours_to_open_is_left_alone(information: bytes) -> None:
    content = compound_file_of(
        {"EncryptionInfo": b"\4\0\4\0\x40\0\0\0" + information, "EncryptedPackage": bytes(5000)}
    )
    assert unlocked_with([OWN_PASSWORD], content) is content
    assert codes(read_workbook(content)) == [("file.encrypted", "")]


AGILE = locked_with(OWN_PASSWORD, SAMPLE)


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is not installed."""
    whole_import = builtins.__import__

    def without_library(name: str, *arguments: Any) -> Any:
        if name.partition(".")[0] == "msoffcrypto":
            raise ImportError(name)
        return whole_import(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", without_library)


@pytest.mark.usefixtures("without_library")
def test_without_the_extra_it_is_said_how_to_install_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert codes(read_workbook(AGILE)) == [("file.encrypted_untried", "")]
    (tmp_path / "a.xlsx").write_bytes(AGILE)
    speak("zh")
    assert status_of(["check", str(tmp_path / "a.xlsx")]) == 2
    told = capsys.readouterr().out
    assert all(part in told for part in ("python -m pip install", '"reportfill[password]"'))


STREAM = old_sheets(
    {"表一": [wide_text(row, 0, f"甲{row}") for row in range(200)], "表二": [old_number(1, 2, 7.5)]}
)
AS_XLS = [locked_as_97, locked_as_2002, locked_as_95]


@pytest.mark.parametrize("locked", AS_XLS)
def test_an_old_workbook_under_excels_own_password_is_read(locked: Callable[[str, bytes], bytes]) -> None:
    inspection = inspect_file(locked(OWN_PASSWORD, STREAM))
    assert inspection.findings == ()
    grid = read_grid(inspection.content)
    assert grid.rows("表一") == [[f"甲{row}"] for row in range(200)]
    assert grid.rows("表二")[1] == ["", "", 7.5]


@pytest.mark.parametrize("locked", AS_XLS)
def test_another_password_of_an_old_workbook_stays_one(locked: Callable[[str, bytes], bytes]) -> None:
    assert [found.code for found in inspect_file(locked("another", STREAM)).findings] == ["file.encrypted"]


def test_a_workbook_that_excel_2007_locked_is_read_under_excels_own_password() -> None:
    read, sound = read_workbook(locked_as_2007(OWN_PASSWORD, SAMPLE)), read_workbook(SAMPLE)
    assert (read.data, read.findings) == (sound.data, sound.findings)
    assert codes(read_workbook(locked_as_2007("another", SAMPLE))) == [("file.encrypted", "")]


@pytest.mark.parametrize("locked", AS_XLS)
@pytest.mark.usefixtures("without_library")
def test_without_the_extra_it_is_said_of_old_workbooks_too(locked: Callable[[str, bytes], bytes]) -> None:
    for password in (OWN_PASSWORD, "another"):
        assert codes(read_workbook(locked(password, STREAM))) == [("file.encrypted_untried", "")]


@pytest.mark.usefixtures("without_library")
def test_without_the_extra_it_is_said_of_every_way_of_locking() -> None:
    for content in (locked_as_2007("another", SAMPLE), AGILE):
        assert codes(read_workbook(content)) == [("file.encrypted_untried", "")]


def test_a_way_of_locking_that_nobody_can_open_here_is_named_as_one() -> None:
    of_95 = older_sheets({"表": []}, None, older_record(0x2F, b"\1\2\3\4"))
    unknown = old_sheets({"表": []}, older_record(0x2F, b"\1\0\7\0\7\0" + bytes(48)))
    extensible = {"EncryptionInfo": b"\4\0\3\0" + bytes(400), "EncryptedPackage": bytes(5000)}
    rights = {"\6DataSpaces": {"DataSpaceMap": bytes(100)}, "EncryptedPackage": bytes(5000)}
    streams: list[Storage] = [{"Book": of_95}, {"Workbook": unknown}, extensible, rights]
    for stream in streams:
        assert codes(read_workbook(compound_file_of(stream))) == [("file.encrypted", "")]


def test_a_locked_workbook_within_another_locks_nothing() -> None:
    embedded = {
        "MBD0001": {"Workbook": CompoundFile(locked_as_97("another", STREAM)).stream("Workbook") or b""}
    }
    assert inspect_file(compound_file_of({**embedded, "Workbook": STREAM})).findings == ()
