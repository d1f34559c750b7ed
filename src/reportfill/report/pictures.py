"""The pictures of a template that give way to those of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reportfill.errors import SubmissionError
from reportfill.model.fields import Field
from reportfill.model.figures import value_at
from reportfill.office.edited_package import EditedPackage
from reportfill.office.package import CONTENT_TYPES, relationships_of
from reportfill.office.pictures import Picture
from reportfill.office.word_charts import DRAWING_PROPERTIES
from reportfill.office.word_pictures import Frame, in_frame, made_a_frame, picture_in
from reportfill.office.xml import RELATIONSHIPS, Element, child, parsed, xml_bytes
from reportfill.pack.drawn_tags import tags_in
from reportfill.pack.picture_tags import is_picture_tag, pictured_path
from reportfill.report.drawing_marks import PICTURES

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIP = f"{{{_RELATIONSHIPS}}}Relationship"
_NO_RELATIONSHIPS = f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()
_DEFAULT = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"


class TemplatePicture(NamedTuple):
    """A picture of a template: the path of that which takes its place, its frame, the part in which it stands, and the
    relationship by which it is found there."""

    path: str
    frame: Frame
    source: str
    relationship: str


class ShownPicture(NamedTuple):
    """A picture for a frame, and what it is called for those who cannot see it."""

    picture: Picture
    title: str


def shown_picture(field: Field, context: Mapping[str, Any]) -> ShownPicture | None:
    """The picture of a field; None where there is none. Raises SubmissionError where only its name is known."""
    value = value_at(context, field.path)
    if value and not isinstance(value, Picture):
        raise SubmissionError(
            f"the picture of {field.label} ({field.path}) is not at hand", f"缺少{field.label}的图片文件"
        )
    return ShownPicture(value, field.title) if value else None


def pictured(root: Element, source: str, number: int) -> Iterator[tuple[TemplatePicture, Element, str, str]]:
    """The pictures of a part that have a tag, each with the element of its alternative text, its tag, and the
    relationship that it had; their attributes are tags now. `number` is how many there are before."""
    for properties in list(root.iter(DRAWING_PROPERTIES)):
        picture = picture_in(properties)
        for tag in tags_in(properties, is_picture_tag)[:1]:
            if picture is None:
                continue  # which the check of the pack says
            relationship = f"picture{number + 1}"
            frame, former = made_a_frame(properties, picture, f"{PICTURES}[{number}]", relationship)
            yield TemplatePicture(pictured_path(tag), frame, source, relationship), properties, tag, former
            number += 1


def with_room(parts: Mapping[str, bytes], former: Mapping[str, set[str]]) -> dict[str, bytes]:
    """A package for pictures of either kind, without those whose place they take, given the relationships that these
    had in each part."""
    kept = dict(parts)
    for source, identifiers in former.items():
        name, text = relationships_of(source), kept[source].decode("utf-8")
        relationships = parsed(kept[name])
        for one in list(relationships):
            if one.get("Id") in identifiers and f'"{one.get("Id")}"' not in text:
                relationships.remove(one)
        kept[name] = xml_bytes(relationships)
    return EditedPackage({**kept, CONTENT_TYPES: _with_picture_types(kept[CONTENT_TYPES])}).parts()


def _with_picture_types(part: bytes) -> bytes:
    """Content types among which those of pictures are."""
    types = parsed(part)
    declared = {one.get("Extension", "").lower() for one in types}
    for suffix in ("png", "jpeg"):
        if suffix not in declared:
            types.insert(
                0, types.makeelement(_DEFAULT, {"Extension": suffix, "ContentType": f"image/{suffix}"})
            )
    return xml_bytes(types)


def in_frames(pictures: Sequence[TemplatePicture], shown: Sequence[ShownPicture | None]) -> list[Any]:
    """What a template's tags need to know of its pictures; nothing of one that is not there."""
    return [
        {**in_frame(one.picture, place.frame), "title": one.title} if one else ""
        for place, one in zip(pictures, shown, strict=True)
    ]


def parts_of_pictures(
    pictures: Sequence[TemplatePicture],
    shown: Sequence[ShownPicture | None],
    parts: Mapping[str, bytes],
) -> dict[str, bytes]:
    """The parts of the pictures, and those of a package that lead to them, or say what they are."""
    leading = sorted({relationships_of(place.source) for place in pictures})
    made = {name: parts[name] for name in leading if name in parts}
    if pictures and CONTENT_TYPES in parts:
        made[CONTENT_TYPES] = _with_picture_types(parts[CONTENT_TYPES])
    for place, one in zip(pictures, shown, strict=True):
        if one is None:
            continue
        name, target = relationships_of(place.source), f"word/media/{one.picture.file_name}"
        relationships = parsed(made.get(name, _NO_RELATIONSHIPS))
        related = {"Id": place.relationship, "Type": f"{RELATIONSHIPS}/image", "Target": f"/{target}"}
        child(relationships, _RELATIONSHIP, related)
        made |= {name: xml_bytes(relationships), target: one.picture.content}
    return made
