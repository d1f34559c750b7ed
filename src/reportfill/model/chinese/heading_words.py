"""What people put behind the words of a printed heading: 平台建设工作开展情况."""

from __future__ import annotations

BEHIND = (("的",), ("工作",), ("开展", "落实"))
"""What may stand between the words and one of `ENDS`, in this order, one of each or none."""
ENDS = ("情况", "方面", "工作")
