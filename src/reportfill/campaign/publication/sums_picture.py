"""The picture of what the reports of a site come to."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.campaign.publication.site import PublishedYear
from reportfill.campaign.publication.sums_page import SumPicture, YearSums
from reportfill.campaign.records.last_figures import as_data
from reportfill.decimals import Number
from reportfill.model.report_model import AGENCY, YEAR
from reportfill.model.submission import Submission
from reportfill.outputs.kind import KINDS, suffix_of_ending
from reportfill.outputs.material import Material

_KIND = KINDS["picture"]


def sums_picture(
    year: PublishedYear, sums: YearSums, last: Mapping[str, Number] | None
) -> tuple[SumPicture | None, Mapping[str, bytes]]:
    """The picture of a roll-up, with its files by their places; none where the pack says of none, or where what draws
    it is not installed."""
    if not sums.pack.manifest.panels or not _KIND.is_installed:
        return None, {}
    from reportfill.outputs.picture import picture_in_words

    whose = f"{year.issuer}（{sums.agencies}个单位汇总）"
    values = {**sums.added.sums, **sums.added.others.values, AGENCY: whose, YEAR: year.places.year}
    submission = Submission(sums.pack, values, is_rolled_up=True)
    material = Material(submission, b"", as_data(last) if last else None)
    files = {
        year.places.sums_file(f"picture{suffix_of_ending(output.ending)}"): output.content
        for output in _KIND.outputs(material)
    }
    return SumPicture(year.places.sums_file("picture.svg"), picture_in_words(material)), files
