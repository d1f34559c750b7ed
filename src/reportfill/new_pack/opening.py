"""A heading or a question below which something may be filled in: what stands there so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reportfill.new_pack.text_blanks import BOXES, TextBlank, boxes_in, text_blanks
from reportfill.office.word_revisions import W
from reportfill.office.word_text import ParagraphText
from reportfill.office.xml import Element

BLANK_SIGNS = re.compile(r"[\s_＿﹍.．…\u22ef]*")
"""What a line holds that is there to be written on."""

_HINT = re.compile(r"[（(【\[].*[)）】\]]|(?:填写说明|说明|要求|提示|注)[：:].*|[×ＸXx]{2,}。?", re.DOTALL)
_ASKS = re.compile(r"[0-9]+\s*字|简要(?:说明|介绍|概述|描述)|请(?:简|说明|描述|概述|列出|填写)")
"""What a heading says when something is to be written below it."""

ROOM_ABOVE_BLANKS, ROOM_ABOVE_MORE = 2, 3
"""So many empty lines between a heading and a line with blanks, or text or a table, are more than a distance."""

_ROOM_BELOW_QUESTION = 2
_HELD = tuple(W + name for name in ("sectPr", "drawing", "pict", "object"))


@dataclass(eq=False)
class Opening:
    """A heading or a question, and what stood below it so far."""

    paragraph: Element
    level: int
    room: list[Element] = field(default_factory=list)
    hint: str = ""
    options: list[tuple[Element, list[tuple[int, str]]]] = field(default_factory=list)
    found: list[TextBlank] = field(default_factory=list)
    """The blank behind the colon with which a question ends."""

    def takes(self, paragraph: Element, said: ParagraphText) -> bool:
        """Whether a paragraph belongs to it: empty, a hint of what to write, or an answer to tick."""
        text = said.lined.strip()
        if BLANK_SIGNS.fullmatch(said.lined) and not self.options:
            self.room += [] if _holds_more(paragraph) else [paragraph]
            return True
        if text[:1] and text[:1] in BOXES:
            self.options.append((paragraph, boxes_in(said.lined)))
            return True
        if self.level and not self.options and _HINT.fullmatch(text) and not text_blanks(paragraph):
            self.room.append(paragraph)
            self.hint += text
            return True
        return False

    def has_room(self, least: int) -> bool:
        """Whether it says that something is to be written, there is a hint below it, or answers, or so many empty
        lines at least."""
        asks = self.level and _ASKS.search(ParagraphText(self.paragraph).text)
        return bool(asks or self.hint or self.options) or len(self.room) >= least

    def is_room(self, below: int) -> bool:
        """Whether paragraphs are to be written below it: a heading right above one of a deeper level has none."""
        if self.level:
            return bool(self.room) or not below or below <= self.level
        return len(self.room) >= _ROOM_BELOW_QUESTION or (bool(self.room) and not self.found)


def _holds_more(paragraph: Element) -> bool:
    """Whether a paragraph without words holds a picture, the end of a section or of a page."""
    breaks = any(one.get(f"{W}type") == "page" for one in paragraph.iter(f"{W}br"))
    return breaks or next(paragraph.iter(*_HELD), None) is not None
