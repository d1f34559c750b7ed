"""A completed Excel workbook goes in, the official Word report comes out, or the list of what to fix.

pack       = load_pack("annual-report-2021")              # id, folder or year
blank      = new_workbook(pack, agency=..., year=...)     # bytes of an .xlsx
submission = read_workbook(path_or_bytes)                 # data, where each value stands, findings
findings   = check(submission, last=None)                 # list[Finding], those of reading included
report     = render(submission)                           # bytes of the .docx
campaign   = Campaign.open("2025年报")                     # an office's year: distribute, collect, roll up
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reportfill.errors import (
    CampaignError,
    OutputError,
    PackError,
    ReportfillError,
    SubmissionError,
    UsageError,
)
from reportfill.text import Text
from reportfill.version import __version__

if TYPE_CHECKING:
    from reportfill.campaign.campaign import Campaign
    from reportfill.checks.check import check
    from reportfill.finding import Finding, Severity
    from reportfill.intake.author import new_workbook
    from reportfill.intake.read import read_workbook
    from reportfill.model.submission import Submission
    from reportfill.pack.pack import Pack, load_pack
    from reportfill.report.render import render

_HOMES = {
    "reportfill.campaign.campaign": ("Campaign",),
    "reportfill.checks.check": ("check",),
    "reportfill.finding": ("Finding", "Severity"),
    "reportfill.model.submission": ("Submission",),
    "reportfill.intake.author": ("new_workbook",),
    "reportfill.intake.read": ("read_workbook",),
    "reportfill.pack.pack": ("Pack", "load_pack"),
    "reportfill.report.render": ("render",),
}
"""Where each name lives. It is imported when it is first used: docxtpl takes its time, and a program that only
checks does without."""

__all__ = [
    "Campaign",
    "CampaignError",
    "Finding",
    "OutputError",
    "Pack",
    "PackError",
    "ReportfillError",
    "Severity",
    "Submission",
    "SubmissionError",
    "Text",
    "UsageError",
    "__version__",
    "check",
    "load_pack",
    "new_workbook",
    "read_workbook",
    "render",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names too that nobody has asked for yet: `dir` and completion show them."""
    return sorted({*globals(), *__all__})
