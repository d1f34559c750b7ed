"""The pictures of a report.docx that have a tag in their alternative text, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from reportfill.errors import PackError
from reportfill.model.fields import Fields
from reportfill.office.word_pictures import picture_in
from reportfill.pack.drawn_tags import DrawnTag, drawn_tags
from reportfill.pack.picture_tags import is_picture_tag, pictured_path
from reportfill.pack.problems import PackProblem
from reportfill.pack.report_typing import Words
from reportfill.pack.tag_words import unknown_path

_ELSEWHERE = (
    "a picture's tag has its place in the alternative text of a picture that is inserted where it is to be, as large as"
    " it may be (right click, Edit Alt Text)",
    "图片标签应写在一张图片的替代文字里：先插入任意一张图片，按需要的位置和大小放好（右键单击，选“编辑替代文字”）",
)
_TWICE = (
    "another picture's tag stands beside it: a picture has one",
    "旁边还有一个图片标签；一张图片只写一个标签",
)


def picture_problems(docx: bytes, fields: Fields) -> Iterator[PackProblem]:
    """What is wrong with each picture's tag, and with where it stands."""
    for use in drawn_tags(docx, is_picture_tag):
        for english, chinese in _faults(use, fields):
            yield PackProblem(use.piece.place, f"{use.tag}: {english}", f"{use.tag}：{chinese}")


def _faults(use: DrawnTag, fields: Fields) -> Iterator[Words]:
    if use.number > 1:
        yield _TWICE
    yield from picture_tag_faults(use.tag, fields)
    if use.properties is None or picture_in(use.properties) is None:
        yield _ELSEWHERE


def picture_tag_faults(tag: str, fields: Fields) -> Iterator[Words]:
    """What is wrong with the tag of a picture itself."""
    try:
        path = pictured_path(tag)
    except PackError as error:
        yield error.english, error.chinese
        return
    if path not in fields:
        yield unknown_path(path, fields)
    elif not fields[path].kind.is_laid:
        label = fields[path].label
        yield f"{path} ({label}) is no picture", f"{path}（{label}）不是图片"


def pictured_paths(docx: bytes) -> set[str]:
    """The paths of the pictures that are shown, as far as their tags can be understood."""
    found = set()
    for use in drawn_tags(docx, is_picture_tag):
        try:
            found.add(pictured_path(use.tag))
        except PackError:
            continue
    return found
