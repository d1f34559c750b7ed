"""The charts and pictures of a page template: images with a tag in their alternative text, as in Word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any, NamedTuple

from reportfill.outputs.web_page.chart_table import chart_table
from reportfill.outputs.web_page.data_uri import data_uri
from reportfill.pack.chart_plan import ChartPlan, chart_data, chart_plan
from reportfill.pack.chart_tags import chart_tag, is_chart_tag
from reportfill.pack.pack import Pack
from reportfill.pack.picture_tags import is_drawn_tag, pictured_path
from reportfill.pack.report_typing import TAG
from reportfill.report.drawing_marks import CHARTS, PICTURES
from reportfill.report.pictures import ShownPicture, shown_picture

_IMAGE = re.compile(r"<img\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


class _PagePicture(NamedTuple):
    """A picture of a page: its path, and the frame into which it is to fit, in pixels; 0 where there is none."""

    path: str
    width: int
    height: int


class PageDrawings:
    """The drawings of a page template. `source` is the template with what Jinja has in their place. Raises PackError
    for a tag that is none."""

    def __init__(self, source: str, pack: Pack) -> None:
        self._pack = pack
        self._charts: list[ChartPlan] = []
        self._pictures: list[_PagePicture] = []
        self.source = _IMAGE.sub(self._in_jinja, source)

    def shown(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """What the template's tags need to know of what they show. Raises SubmissionError where a picture is not at
        hand."""
        return {
            CHARTS: [chart_table(chart_data(plan, context)) for plan in self._charts],
            PICTURES: [
                _in_frame(place, shown_picture(self._pack.fields[place.path], context))
                for place in self._pictures
            ],
        }

    def _in_jinja(self, image: re.Match[str]) -> str:
        said = {
            found[1].lower(): found[2] or found[3] or found[4] or ""
            for found in _ATTRIBUTE.finditer(image[0])
        }
        words = said.pop("alt", "")
        tag = next(filter(is_drawn_tag, map(unescape, TAG.findall(words))), "")
        if not tag:
            return image[0]
        rest = " ".join(TAG.sub(lambda one: "" if is_drawn_tag(unescape(one[0])) else one[0], words).split())
        if is_chart_tag(tag):
            return self._chart(tag, rest)
        return self._picture(tag, rest, said)

    def _chart(self, tag: str, words: str) -> str:
        place = f"{CHARTS}[{len(self._charts)}]"
        self._charts.append(chart_plan(chart_tag(tag), self._pack.parts))
        caption = f"<caption>{words}</caption>" if words else ""
        table = f'<table class="chart">{caption}{{{{ {place} }}}}</table>'
        return f"{{% if {place} %}}<figure>{table}</figure>{{% endif %}}"

    def _picture(self, tag: str, words: str, said: Mapping[str, str]) -> str:
        place = f"{PICTURES}[{len(self._pictures)}]"
        frame = (_pixels(said.get("width", "")), _pixels(said.get("height", "")))
        self._pictures.append(_PagePicture(pictured_path(tag), *frame))
        others = "".join(
            f' {name}="{value}"' for name, value in said.items() if name not in ("src", "width", "height")
        )
        size = "".join(f' {side}="{{{{ {place}.{side} }}}}"' for side in ("width", "height"))
        image = (
            f'<img alt="{words or f"{{{{ {place}.title }}}}"}"{others}{size} src="{{{{ {place}.source }}}}">'
        )
        return f"{{% if {place} %}}{image}{{% endif %}}"


def _pixels(said: str) -> int:
    return int(said) if said.isdigit() else 0


def _in_frame(place: _PagePicture, shown: ShownPicture | None) -> Mapping[str, Any]:
    """What the tags of a picture stand for: as large as its frame lets it be, upright; nothing where there is none."""
    if shown is None:
        return {}
    picture = shown.picture
    width, height = picture.width, picture.height
    if picture.is_on_its_side:
        width, height = height, width
    scale = min(
        (wanted / own for wanted, own in ((place.width, width), (place.height, height)) if wanted),
        default=1.0,
    )
    return {
        "title": shown.title,
        "source": data_uri(picture),
        "width": max(1, round(width * scale)),
        "height": max(1, round(height * scale)),
    }
