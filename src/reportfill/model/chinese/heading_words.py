"""What people put before and behind the words of a printed heading, or leave out: 政府信息主动公开工作开展情况."""

from __future__ import annotations

SUBJECTS = ("政府信息公开", "政府信息", "政府")
"""With what a printed heading may begin that people leave out."""
BEFORE = (("政府", "政务"), ("信息",), ("公开",))
"""What may stand before, in this order, one of each or none."""
BEHIND = (("的",), ("工作",), ("开展", "落实"))
"""The same between the words and one of `ENDS`."""
ENDS = ("情况", "方面", "工作")
