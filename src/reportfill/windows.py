"""What is asked of Windows itself, and of no other system."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path, PureWindowsPath
from typing import Any
from uuid import UUID

DESKTOP = UUID("b4bfcc3a-db2c-424c-b029-7fe99a87c641")
SEND_TO = UUID("8983036c-27c0-404b-8f08-102d10dcfd74")
STARTUP = UUID("b97d20bb-f46a-4c97-ba10-5e3608430854")
"""What Windows calls folders that it knows, wherever they were moved."""

_system: Any = ctypes
"""The part of it that only Windows has."""

_DRIVE_REMOTE = 4
_MAY_BE_NAMED = 0x1000
_MOST_PROCESSES = 64
_LONGEST_PATH = 32768
_LAUNCHERS = ("python", "py", "reportfill")
"""How programs are called that start this one; a shell is called otherwise."""


def known_folder(folder: UUID) -> Path:
    """Where a folder is that Windows knows; it may be on another drive, a share or in OneDrive. Raises OSError."""
    named = (ctypes.c_byte * 16).from_buffer_copy(folder.bytes_le)
    found = ctypes.c_wchar_p()
    _system.oledll.shell32.SHGetKnownFolderPath(ctypes.byref(named), 0, None, ctypes.byref(found))
    path = Path(found.value or "")
    _system.windll.ole32.CoTaskMemFree(found)
    return path


def is_python_of_store() -> bool:
    """Whether this Python is the Microsoft Store's: Windows leads what that writes into the user's AppData elsewhere,
    where no other program looks for it, and so neither the Start menu, 发送到 nor the Startup folder."""
    return "WindowsApps" in PureWindowsPath(sys.base_prefix).parts


def console_code_page() -> int:
    """The number of the code page in which the console shows what is printed; 0 where there is no console."""
    return int(_system.windll.kernel32.GetConsoleOutputCP())


def is_on_network(drive: str) -> bool:
    """Whether a drive (Z:) or a share (\\\\server\\share) is on another computer."""
    return drive.startswith("\\\\") or _system.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE


def draw_sharply() -> None:
    """Let a window have the pixels of its screen instead of being stretched."""
    _system.windll.shcore.SetProcessDpiAwareness(1)


def console_closes_with_us() -> bool:
    """Whether the console was opened for this program alone, as by a double click, and goes when it ends: no shell is
    attached to it."""
    attached = (ctypes.c_uint32 * _MOST_PROCESSES)()
    count = _system.windll.kernel32.GetConsoleProcessList(attached, _MOST_PROCESSES)
    return 0 < count <= _MOST_PROCESSES and all(map(_is_launcher, attached[:count]))


def _is_launcher(process: int) -> bool:
    """Whether a process is this program, or only started it."""
    name, length = ctypes.create_unicode_buffer(_LONGEST_PATH), ctypes.c_uint32(_LONGEST_PATH)
    kernel = _system.windll.kernel32
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.OpenProcess(_MAY_BE_NAMED, False, process))
    kernel.QueryFullProcessImageNameW(handle, 0, name, ctypes.byref(length))
    kernel.CloseHandle(handle)
    return PureWindowsPath(name.value).stem.lower().startswith(_LAUNCHERS)
