"""The picture of a report for a website (图解), with what it shows in words."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.infographic.content import infographic
from reportfill.outputs.infographic.wording import description_in_words, title_in_words
from reportfill.outputs.material import Material
from reportfill.outputs.open_data.data_writer import pack_of


def picture_files(material: Material) -> Mapping[str, bytes]:
    """The picture as PNG and as SVG. Raises UsageError where no typeface with Chinese is installed."""
    from reportfill.outputs.infographic.layout import infographic_page
    from reportfill.outputs.infographic.rendering import DrawnPage, drawn_width

    submission = material.submission
    shown = infographic(pack_of(submission), submission, material.last, is_draft=material.is_draft)
    page = infographic_page(shown, drawn_width)
    drawn = DrawnPage(page, title_in_words(shown), description_in_words(shown), shown.agency)
    return {"（图解）.png": drawn.png(), "（图解）.svg": drawn.svg()}


def picture_in_words(material: Material) -> str:
    """What the picture shows, for whoever cannot see it."""
    submission = material.submission
    return description_in_words(infographic(pack_of(submission), submission, material.last))
