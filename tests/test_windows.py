"""What is asked of Windows, held to a Windows of which only the few functions are there that are called."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from reportfill import windows
from reportfill.windows import DESKTOP, SEND_TO, console_closes_with_us, known_folder


def test_known_folders_are_asked_for_by_their_identifiers(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = {
        "{B4BFCC3A-DB2C-424C-B029-7FE99A87C641}": r"D:\桌面",
        "{8983036C-27C0-404B-8F08-102D10DCFD74}": r"C:\发",
    }
    freed = []

    def ask(identifier: Any, flags: int, token: None, found: Any) -> None:
        assert (flags, token) == (0, None)
        name = UUID(bytes_le=bytes(identifier._obj))
        found._obj.value = folders[f"{{{name}}}".upper()]

    system = SimpleNamespace(
        oledll=SimpleNamespace(shell32=SimpleNamespace(SHGetKnownFolderPath=ask)),
        windll=SimpleNamespace(ole32=SimpleNamespace(CoTaskMemFree=lambda path: freed.append(path.value))),
    )
    monkeypatch.setattr(windows, "_system", system)
    assert [known_folder(DESKTOP), known_folder(SEND_TO)] == [Path(r"D:\桌面"), Path(r"C:\发")]
    assert freed == list(folders.values())


CLICKED = [r"C:\py\Scripts\reportfill.exe", r"C:\py\python.exe"]


@pytest.mark.parametrize(
    ("attached", "is_ours"),
    [
        (CLICKED, True),
        ([r"C:\Windows\py.exe", r"C:\py\Python.exe", r"C:\py\python3.12.exe"], True),
        ([r"C:\Windows\System32\cmd.exe", *CLICKED], False),
        ([r"C:\Program Files\PowerShell\7\pwsh.exe", r"C:\py\python.exe"], False),
        ([*CLICKED, ""], False),  # one that may not be named
        ([], False),  # no console
        ([CLICKED[0]] * 65, False),
    ],
)
def test_a_console_without_a_shell_closes_with_the_program(
    monkeypatch: pytest.MonkeyPatch, attached: list[str], is_ours: bool
) -> None:
    def processes(into: Any, most: int) -> int:
        for place, number in enumerate(range(1, len(attached) + 1)):
            if len(attached) <= most:
                into[place] = number
        return len(attached)

    def opened(access: int, inherited: bool, process: int) -> int | None:
        assert (access, inherited) == (0x1000, False)
        return process if attached[process - 1] else None

    def name(handle: ctypes.c_void_p, flags: int, into: Any, length: Any) -> None:
        if handle.value:
            into.value = attached[handle.value - 1]

    kernel = SimpleNamespace(
        GetConsoleProcessList=processes,
        OpenProcess=opened,
        QueryFullProcessImageNameW=name,
        CloseHandle=lambda handle: None,
    )
    monkeypatch.setattr(windows, "_system", SimpleNamespace(windll=SimpleNamespace(kernel32=kernel)))
    assert console_closes_with_us() is is_ours


@pytest.mark.parametrize(
    ("drive", "kind", "is_remote"), [("Z:", 4, True), ("C:", 3, False), (r"\\server\年报", 0, True)]
)
def test_a_mapped_letter_and_a_share_are_on_the_network(
    monkeypatch: pytest.MonkeyPatch, drive: str, kind: int, is_remote: bool
) -> None:
    kernel = SimpleNamespace(GetDriveTypeW=lambda asked: kind, GetConsoleOutputCP=lambda: 936)
    monkeypatch.setattr(windows, "_system", SimpleNamespace(windll=SimpleNamespace(kernel32=kernel)))
    assert windows.is_on_network(drive) is is_remote
    assert windows.console_code_page() == 936
