"""What a row of sums is called."""

from __future__ import annotations

TOTALS = frozenset(("合计", "总计", "小计", "共计", "总数", "合计数"))
