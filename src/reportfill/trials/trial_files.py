"""What comes of a pack, to be looked at: its workbook, blank and with made-up data, and the report and the
page of these."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.intake.author import new_workbook
from reportfill.model.figures import value_at
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.model.submission import Submission
from reportfill.outputs.material import Material
from reportfill.outputs.web_page.page import page_of_report
from reportfill.pack.pack import Pack
from reportfill.report.render import render
from reportfill.trials.sample_data import sample_data

AGENCY_TRIED = "某某局"
"""For whom the files are."""


def trial_files(pack: Pack) -> Mapping[str, bytes]:
    """The files by name. Raises PackError where the pack is not sound."""
    data = sample_data(pack)
    value_at(data, AGENCY.rpartition(".")[0])[AGENCY.rpartition(".")[2]] = AGENCY_TRIED
    year, code = value_at(data, YEAR), str(value_at(data, CODE) or "")
    submission = Submission.from_data(pack, data)
    report = render(submission, data)
    who = {"year": year, "agency": AGENCY_TRIED, "code": code}
    return {
        "填报表（空白）.xlsx": new_workbook(pack, **who),
        "填报表（已填）.xlsx": new_workbook(pack, **who, data=data),
        "报告.docx": report,
        "网页.html": page_of_report(Material(submission, report, data)).encode("utf-8"),
    }
