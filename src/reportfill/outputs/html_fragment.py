"""The report as a fragment of a page, to be pasted into the editor of a website."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.material import Material
from reportfill.outputs.web_page.fragment import fragment_of
from reportfill.outputs.web_page.page import page_of_report


def html_fragment_files(material: Material) -> Mapping[str, bytes]:
    """What of the page such an editor keeps; a mark at its beginning lets browsers read it as UTF-8."""
    return {"（片段）.html": fragment_of(page_of_report(material)).encode("utf-8-sig")}
