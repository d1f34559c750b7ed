"""The user's own settings: one TOML file in the folder where the system keeps settings; most users have none."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

from reportfill.errors import UsageError
from reportfill.plain_files import LARGEST_TEXT, read_file, shortened

_KNOWN: Mapping[str, type] = {"series": str, "publish": dict}
"""What the file may hold, and of which kind that is."""


def settings_file() -> Path:
    """Where the file is, or would be."""
    return platformdirs.user_config_path("reportfill", appauthor=False) / "settings.toml"


def user_settings() -> Mapping[str, Any]:
    """What the user's settings say; nothing where there are none. Raises UsageError, in one line, where they cannot be
    read or hold something else."""
    place = settings_file()
    try:
        said = tomllib.loads(read_file(place, LARGEST_TEXT).decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{place} cannot be read", f"设置文件{place}无法读取") from error
    for key, value in said.items():
        if not isinstance(value, _KNOWN.get(key, ())):
            raise UsageError(
                f'{place} may hold series = "…" and a table [publish], not {shortened(key)}',
                f'设置文件{place}里只能写 series = "…" 和 [publish]，不能写{shortened(key)}',
            )
    return said
