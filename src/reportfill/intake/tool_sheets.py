"""The sheets that the tool itself adds to a workbook."""

from __future__ import annotations

IDENTITY = "_reportfill"
"""The hidden sheet: what the workbook says of itself."""

LIST = "问题清单"
"""The first sheet of a returned workbook: what is to be corrected."""

LISTS = (LIST, "需要修改")
"""What it is called, and was by earlier versions."""

TOOL_SHEETS = frozenset((IDENTITY, *LISTS))
