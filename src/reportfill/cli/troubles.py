"""What the system says when something cannot be done, in one line for a person."""

from __future__ import annotations

from reportfill.cli.language import say
from reportfill.plain_files import shortened
from reportfill.system_words import reason_in_chinese


def in_one_line(error: OSError | MemoryError | RecursionError) -> str:
    """Why something could not be done that the system or the machine refuses."""
    if isinstance(error, MemoryError):
        return say("内存不足", "there is not enough memory")
    if isinstance(error, RecursionError):
        return say("内容嵌套过深，无法处理", "it is nested too deep")
    what = f"{shortened(str(error.filename), 200)}" if error.filename is not None else ""
    chinese = f"{what}：{reason_in_chinese(error)}" if what else reason_in_chinese(error)
    english = error.strerror or str(error)
    return say(chinese, f"{what}: {english}" if what else english)
