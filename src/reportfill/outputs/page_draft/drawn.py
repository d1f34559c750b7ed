"""What stands in a paragraph beside its words: pictures, charts, notes and text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from reportfill.office.pictures import PictureError, inspected_picture
from reportfill.office.word_charts import DRAWING_PROPERTIES
from reportfill.office.word_pictures import picture_in, size_of_drawing
from reportfill.office.word_revisions import W
from reportfill.office.xml import RELATIONSHIPS, Element
from reportfill.outputs.page_draft.tag_text import as_jinja
from reportfill.outputs.page_draft.word_document import WordDocument, own_blocks
from reportfill.outputs.web_page.data_uri import data_uri
from reportfill.pack.chart_tags import is_chart_tag
from reportfill.pack.drawn_tags import tags_in
from reportfill.pack.picture_tags import is_drawn_tag, is_picture_tag
from reportfill.pack.report_typing import TAG

_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


class Drawn:
    """What is drawn in a document; `notes` are those to which its text refers, in that order, each as its
    paragraphs."""

    def __init__(self, document: WordDocument) -> None:
        self.notes: list[list[Element]] = []
        self._document = document
        self._numbers: dict[Element, int] = {}
        for reference in (one for block in document.blocks for one in block.iter(*_NOTES)):
            self._number(_NOTES[str(reference.tag)], reference)

    def shown(self, element: Element) -> str:
        """What a page shows of an element of a run in the place where it stands: a picture, the number of a note;
        nothing of what it shows behind the paragraph, or not at all."""
        if element.tag in _NOTES:
            number = self._numbers.get(element)
            return f'<sup><a href="#note-{number}">{number}</a></sup>' if number else ""
        return "".join(map(self._image, _properties_in(element)))

    def behind(self, paragraph: Element) -> list[str | Element]:
        """What a page shows behind a paragraph: charts, and the blocks of its text boxes."""
        charts = [
            _img(properties) for properties in _properties_in(paragraph) if tags_in(properties, is_chart_tag)
        ]
        boxes = (box for box in paragraph.iter(f"{W}txbxContent") if not _is_fallback(box))
        return [*charts, *(block for box in boxes for block in own_blocks(box))]

    def _number(self, kind: str, reference: Element) -> None:
        note = self._document.notes(kind).get(reference.get(f"{W}id", ""))
        if note is not None:
            self.notes.append(list(note.iter(f"{W}p")))
            self._numbers[reference] = len(self.notes)

    def _image(self, properties: Element) -> str:
        if tags_in(properties, is_picture_tag):
            return _img(properties)
        picture = None if tags_in(properties, is_drawn_tag) else picture_in(properties)
        blip = None if picture is None else next(picture.iter(_BLIP), None)
        if blip is None:
            return ""
        try:
            content = inspected_picture(self._document.picture(blip.get(f"{{{RELATIONSHIPS}}}embed", "")))
        except PictureError:
            return ""
        return _img(properties, f' src="{data_uri(content)}"')


def _properties_in(element: Element) -> Iterator[Element]:
    """The alternative texts of the drawings in an element, each drawing once."""
    return (one for one in element.iter(DRAWING_PROPERTIES) if not _is_fallback(one))


def _is_fallback(element: Element) -> bool:
    return next(element.iterancestors(_FALLBACK), None) is not None


def _img(properties: Element, source: str = "") -> str:
    width, height = size_of_drawing(properties)
    words = properties.get("descr", "")
    return f'<img alt="{_in_attribute(words)}" width="{width}" height="{height}"{source}>'


def _in_attribute(words: str) -> str:
    """Words with their tags as an attribute has them."""
    said, position = [], 0
    for tag in TAG.finditer(words):
        own = tag[0] if is_drawn_tag(tag[0]) else as_jinja(tag[0])
        said += [
            escape(words[position : tag.start()]),
            own.replace('"', "&quot;" if is_drawn_tag(own) else "'"),
        ]
        position = tag.end()
    return re.sub(r"\s+", " ", "".join([*said, escape(words[position:])]))
