"""Workbooks that Excel locked with its own password are opened as Excel and WPS do it; another password stays one."""

from __future__ import annotations

import builtins
import hashlib
import struct
from pathlib import Path
from typing import Any

import pytest
from excel import codes
from excel_binary import compound_file_of, old_number, old_sheets
from places import SAMPLES

from reportfill import check, read_workbook
from reportfill.cli.language import speak
from reportfill.cli.main import status_of
from reportfill.intake.inspection.file_kind import examined
from reportfill.intake.returning.returned import returned_workbook
from reportfill.ooxml.encryption import OWN_PASSWORD, is_locked, locked_with, unlocked_with
from reportfill.ooxml.package import composed, parts_of
from reportfill.pack.grid import read_grid

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


def test_without_the_extra_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole_import = builtins.__import__

    def without_library(name: str, *arguments: Any) -> Any:
        if name.partition(".")[0] == "msoffcrypto":
            raise ImportError(name)
        return whole_import(name, *arguments)

    locked = locked_with(OWN_PASSWORD, SAMPLE)
    monkeypatch.setattr(builtins, "__import__", without_library)
    assert codes(read_workbook(locked)) == [("file.encrypted_untried", "")]
    (tmp_path / "a.xlsx").write_bytes(locked)
    speak("zh")
    assert status_of(["check", str(tmp_path / "a.xlsx")]) == 2
    assert 'python -m pip install "reportfill[password]"' in " ".join(capsys.readouterr().out.split())


def rc4(key: bytes, content: bytes) -> bytes:
    """The cipher of Excel 97, which no library here encrypts with."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    made, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        made.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(made)


def block_key(password: str, salt: bytes, block: int) -> bytes:
    """The key of a block of 1,024 bytes ([MS-OFFCRYPTO] 2.3.6.2)."""
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    hashed = hashlib.md5((short + salt) * 16).digest()[:5]
    return hashlib.md5(hashed + struct.pack("<I", block)).digest()


def locked_xls(password: str, stream: bytes) -> bytes:
    """A workbook .xls of up to 1,024 bytes, encrypted as Excel 97 does it ([MS-XLS] 2.2.10)."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    both = rc4(block_key(password, salt, 0), verifier + hashlib.md5(verifier).digest())
    file_pass = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + salt + both
    begin = 4 + 16
    plain, mask, at = bytearray(stream[:begin] + file_pass), bytearray(begin + len(file_pass)), begin
    while at < len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = bytearray(stream[at + 4 : at + 4 + size])
        hidden = 0 if kind == 0x0809 else size
        shown = size - hidden
        if kind == 0x0085:
            body[:4] = struct.pack("<I", struct.unpack_from("<I", body)[0] + len(file_pass))
            hidden, shown = size - 4, 4
        plain += stream[at : at + 4] + body
        mask += bytes(4) + bytes(shown) + b"\1" * hidden
        at += 4 + size
    stretched = rc4(block_key(password, salt, 0), bytes(len(plain)))
    hidden_stream = bytes(a ^ b if m else a for a, b, m in zip(plain, stretched, mask, strict=True))
    return compound_file_of({"Workbook": hidden_stream})


def test_an_old_workbook_under_excels_own_password_is_read() -> None:
    stream = old_sheets({"表": [old_number(0, 0, 5.0), old_number(1, 2, 7.5)]})
    examination = examined(locked_xls(OWN_PASSWORD, stream))
    assert examination.findings == ()
    assert read_grid(examination.content).rows("表") == [[5.0, "", ""], ["", "", 7.5]]
    assert [found.code for found in examined(locked_xls("another", stream)).findings] == ["file.encrypted"]
