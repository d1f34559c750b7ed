"""What the texts of a workbook say to whoever fills in a page: all but how cells are filled in."""

from __future__ import annotations

import re

_OF_WORKBOOKS = re.compile(
    r"单元格|工作表|插入|浅黄色|浅蓝色|Alt|右键|”页|\b(?:cells?|sheets?|right-click|yellow)\b", re.IGNORECASE
)
"""Words that are about workbooks: cells, sheets, rows put in, colours, keys."""

_CLAUSE = re.compile(r"[^。；;]+[。；;]?|[。；;]")


def words_for_browsers(words: str) -> str:
    """A text without the clauses that are about workbooks."""
    clauses = _CLAUSE.findall(words)
    kept = [clause for clause in clauses if not _OF_WORKBOOKS.search(clause)]
    said = "".join(kept).strip()
    is_cut = kept and kept[-1] is not clauses[-1]
    return said[:-1] + "。" if is_cut and said.endswith("；") else said
