"""What comes out beside the Word report: pages, web pages, data, pictures; one module a kind, one registry.

outputs.write(submission, ["docx", "pdf", "html"], "reports")   # the files that were written
outputs.make_outputs(submission, ["json"])                      # the same in memory
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportfill.outputs.writing import make_outputs, write

__all__ = ["make_outputs", "write"]


def __getattr__(name: str) -> Any:
    # What makes them is imported when it is first asked for: the registry is read by every command.
    if name in __all__:
        return getattr(import_module("reportfill.outputs.writing"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
