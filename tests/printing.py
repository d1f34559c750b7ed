"""Reports as the program prints them."""

from __future__ import annotations

from functools import cache

from made_up import made_up
from places import PACK_FOLDER, SAMPLES

from reportfill import Pack, Submission, load_pack, read_workbook, render


@cache
def a_report() -> bytes:
    """The Weihui petition office's report for 2023, of four pages."""
    return render(read_workbook(SAMPLES / "weihui-xinfang-2023.xlsx"))


def report_of_pack(pack: Pack) -> bytes:
    """A sound report of a pack, made up."""
    return render(Submission.from_data(pack, made_up(pack, pack.manifest.first_year)))


@cache
def a_long_report(paragraphs: int = 150) -> bytes:
    """A report of some thirty pages: the narrative of the other with so many more paragraphs."""
    data = read_workbook(SAMPLES / "weihui-xinfang-2023.xlsx").exact_data
    longer = data["overview"] | {"summary": data["overview"]["summary"] * paragraphs}
    return render(Submission.from_data(load_pack(PACK_FOLDER), data | {"overview": longer}))
