"""Files that another program holds: antivirus, a sync client, Word, Excel or WPS.

Most let go within a second, so what is refused for that is tried again for about two; what is refused for good, such as
writing into a folder in which nobody may write, is not.
"""

from __future__ import annotations

import errno
import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

_PAUSES = tuple(0.02 * 1.5**number for number in range(10))
"""Seconds between one try and the next: they grow, and come to 2.3."""

_HELD = {errno.EBUSY, errno.ETXTBSY, errno.EACCES, errno.EPERM}
_OPEN_ELSEWHERE = (32, 33, 1224)
"""Windows: another process has the file open, has a part of it locked, has it mapped into its memory."""

_IN_VAIN = 3
"""After so many files of a folder, one behind the other, that were waited for in vain, nothing in it is waited for any
more: it is the folder that refuses, not they."""

_waited_in_vain: Counter[tuple[Path, bool]] = Counter()
"""How many those are, by folder, and whether they were to be read."""


def patiently(call: Callable[[], Made], path: Path, *, reads: bool = False) -> Made:
    """What a system call gives back that opens, renames, replaces or removes the file at `path`; where something holds
    that file, it is called again and again for about two seconds. Raises what the call raises in the end."""
    folder = (path.parent, reads)
    for pause in (*_PAUSES, None):
        try:
            made = call()
        except OSError as error:
            if not is_held(error, path, reads=reads) or _waited_in_vain[folder] >= _IN_VAIN:
                raise
            if pause is None:
                _waited_in_vain[folder] += 1
                raise
            time.sleep(pause)
        else:
            _waited_in_vain.pop(folder, None)
            return made
    raise AssertionError("the last try returns or raises")


def is_held(error: OSError, path: Path, *, reads: bool = False) -> bool:
    """Whether a call was refused because something else has the file open, as far as the system tells: Windows, and
    Linux on a share, say the same of a file that is held and of one that nobody may touch, so what this user may do by
    the rights of the file, or of its folder, is looked at too."""
    if getattr(error, "winerror", None) in _OPEN_ELSEWHERE:
        return True
    if error.errno not in _HELD or os.path.isdir(path):
        return False
    return os.access(path, os.R_OK) if reads else os.access(path.parent, os.W_OK)


def removed(path: Path) -> bool:
    """Remove a file, where it is there; whether it is gone. What cannot be removed is left: cleaning up never ends what
    is being done."""
    with suppress(OSError):
        patiently(lambda: path.unlink(missing_ok=True), path)
        return True
    return False
