"""The sheets that the tool itself adds to a workbook."""

from __future__ import annotations

IDENTITY = "_reportfill"
"""The hidden sheet: what the workbook says of itself."""

LIST = "需要修改"
"""The first sheet of a returned workbook: what is to be corrected."""

TOOL_SHEETS = frozenset((IDENTITY, LIST))
