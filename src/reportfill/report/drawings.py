"""The drawings of a template that a report fills in: charts, and pictures.

Their tags are none of Jinja's. In the template that Jinja has, each becomes a condition around the drawing, which
leaves out one for which there is nothing, and the words of its alternative text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from reportfill.office.chart_data import ChartData
from reportfill.office.package import composed, parts_of, relationships_of
from reportfill.office.word_charts import DRAWING_PROPERTIES
from reportfill.office.word_package import word_package
from reportfill.office.word_revisions import W
from reportfill.office.xml import Element, parsed, xml_bytes
from reportfill.report.charts import TemplateChart, charted
from reportfill.report.drawing_marks import BEHIND_DRAWING, CHARTS, PICTURES, before_drawing
from reportfill.report.pictures import (
    ShownPicture,
    TemplatePicture,
    in_frames,
    parts_of_pictures,
    pictured,
    with_room,
)


class Shown(NamedTuple):
    """What the drawings of a report show, in the order of the template's; None for a picture that there is not."""

    charts: Sequence[ChartData] = ()
    pictures: Sequence[ShownPicture | None] = ()


@dataclass(frozen=True)
class Drawings:
    """The drawings of a template, and the parts of its package by which its own pictures are found."""

    charts: tuple[TemplateChart, ...]
    pictures: tuple[TemplatePicture, ...]
    relationships: Mapping[str, bytes]

    def __bool__(self) -> bool:
        return bool(self.charts or self.pictures)

    @property
    def part_names(self) -> set[str]:
        """The parts of the package that each report has of its own."""
        return {name for chart in self.charts for name in chart.drawn} | set(self.relationships)

    def said(self, shown: Shown) -> dict[str, Any]:
        """What the template's tags need to know of them."""
        charts = zip(self.charts, shown.charts, strict=True)
        return {
            CHARTS: [chart.description(data) for chart, data in charts],
            PICTURES: in_frames(self.pictures, shown.pictures),
        }

    def parts(self, shown: Shown, package: Mapping[str, bytes]) -> dict[str, bytes]:
        """The parts of a report that show them, given those of its package so far."""
        made = parts_of_pictures(self.pictures, shown.pictures, package)
        for chart, data in zip(self.charts, shown.charts, strict=True):
            made |= chart.parts(data)
        return made


class DrawnTemplate(NamedTuple):
    """A report.docx as Jinja has it, and its drawings."""

    content: bytes
    drawings: Drawings


@lru_cache(maxsize=4)
def drawn_template(template: bytes) -> DrawnTemplate:
    """A template without the tags of drawings; the same bytes where it has none. Raises PackError for a tag that is
    none, and for a chart into which nothing can be put."""
    parts = parts_of(template)
    charts: list[TemplateChart] = []
    pictures: list[TemplatePicture] = []
    former: defaultdict[str, set[str]] = defaultdict(set)
    changed: dict[str, bytes] = {}
    for name in word_package(parts).filled:
        if b"wp:docPr" not in parts[name]:
            continue
        root, known = parsed(parts[name]), len(charts) + len(pictures)
        for chart, properties, tag in charted(root, name, parts):
            _settle(properties, tag, f"{CHARTS}[{len(charts)}]", f"{CHARTS}[{len(charts)}]")
            charts.append(chart)
        for picture, properties, tag, relationship in pictured(root, name, len(pictures)):
            place = f"{PICTURES}[{len(pictures)}]"
            _settle(properties, tag, place, f"{place}.title")
            former[name].add(relationship)
            pictures.append(picture)
        if len(charts) + len(pictures) > known:
            _settle_numbers(root)
            changed[name] = xml_bytes(root)
    if not changed:
        return DrawnTemplate(template, Drawings((), (), {}))
    parts |= changed
    if pictures:
        parts = with_room(parts, former)
    leading = map(relationships_of, former)
    relationships = {name: parts[name] for name in leading if name in parts}
    return DrawnTemplate(composed(parts, level=0), Drawings(tuple(charts), tuple(pictures), relationships))


def _settle(properties: Element, tag: str, condition: str, words: str) -> None:
    """Let a drawing be there only on a condition, with these words as its alternative text unless its keeper wrote some
    beside the tag."""
    said = " ".join(properties.get("descr", "").replace(tag, " ").split())
    properties.set("descr", said or f"{{{{ {words} }}}}")
    whole = properties
    while (holder := whole.getparent()) is not None and holder.tag != f"{W}r":
        whole = holder
    _put_before(whole, before_drawing(condition))
    whole.tail = BEHIND_DRAWING + (whole.tail or "")


def _put_before(element: Element, text: str) -> None:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _settle_numbers(root: Element) -> None:
    """Give drawings of a part other numbers where two have the same."""
    drawings = list(root.iter(DRAWING_PROPERTIES))
    numbers = {properties.get("id", "") for properties in drawings}
    seen: set[str] = set()
    for properties in drawings:
        if properties.get("id", "") in seen:
            properties.set("id", next(str(free) for free in count(1) if str(free) not in numbers))
            numbers.add(properties.get("id", ""))
        seen.add(properties.get("id", ""))
