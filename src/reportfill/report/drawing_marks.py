"""What stands in the body of a template, as Jinja has it, around a drawing that is filled in."""

from __future__ import annotations

import re

CHARTS, PICTURES = "__charts", "__pictures"
"""What the body calls the lists of what there is to say of charts and of pictures; nothing of one that is left out."""

BEHIND_DRAWING = "{% endif %}"
_DRAWING = re.compile(
    rf"\{{% if (?:{CHARTS}|{PICTURES})\[\d+\] %\}}.*?{re.escape(BEHIND_DRAWING)}", re.DOTALL
)


def before_drawing(condition: str) -> str:
    """What lets a drawing be there only on a condition."""
    return f"{{% if {condition} %}}"


def without_drawings(body_xml: str) -> str:
    """A body without the drawings that are filled in, whose numbers are unique already."""
    return _DRAWING.sub("", body_xml)
