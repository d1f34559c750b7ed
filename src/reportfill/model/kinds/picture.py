"""Pictures, as `format: picture` has them: laid on a cell of the workbook; in data a file beside them, or base64.

Their value is what data keep of them, a name by their content and their size; the content goes with it.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from reportfill.finding import Finding
from reportfill.model.kinds.kind import Content, Kind, Read
from reportfill.model.visible import is_blank
from reportfill.office.pictures import (
    LARGEST_PICTURE,
    MOST_PIXELS,
    Picture,
    PictureError,
    PictureFault,
    inspected_picture,
)
from reportfill.place import Cell
from reportfill.text import Text, cut

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.office.workbook.cell_edits import CellLimits

_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpeg) [0-9]+x[0-9]+")
_DATA = re.compile(r"data:image/[a-z+]+;base64,", re.IGNORECASE)
_LONGEST_NAME = 200
_LONGEST_QUOTED = 40

_TEXT = Text("这里写的是文字", "text stands there")
_DAMAGED = Text("图片文件不完整或者已损坏", "its file is cut or damaged")
_UNKNOWN = Text("不是图片", "it is no picture")


class PictureKind(Kind):
    """A picture: PNG or JPEG."""

    type, name = "string", "picture"
    is_laid = True
    prompt = "请插入PNG或JPEG图片，移到这个单元格上。"
    judged_keywords = frozenset({"format"})
    blank_code = "picture.missing"
    blank = open = ""

    def serves(self, node: Mapping[str, Any]) -> bool:
        """Whether a schema asks for a picture."""
        return node.get("type") == self.type and node.get("format") == self.name

    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """The picture that bytes are, as they lie on a cell; whatever was typed there is none."""
        if isinstance(content, str) and is_blank(content):
            return Read(None)
        if not isinstance(content, bytes):
            return Read(None, self._none(field, _TEXT, cell, str(content)))
        if not content:
            return Read(None, field.finding("picture.not_here", cell))
        try:
            return Read(inspected_picture(content))
        except PictureError as error:
            return Read(None, self._refusal(field, error, cell))

    def read_data(self, field: Field, value: Content, cell: Cell | None) -> Read:
        """The same of data: bytes, or base64; of a name alone the picture is not there."""
        if isinstance(value, Picture):
            return Read(value)
        if not isinstance(value, str):
            return self.read(field, value, cell)
        if len(value) <= _LONGEST_NAME and "." in value:
            return Read(None, field.finding("picture.not_here", cell, value=cut(value, _LONGEST_QUOTED)))
        try:
            content = base64.b64decode(_DATA.sub("", value, count=1), validate=True)
        except (binascii.Error, ValueError):
            return Read(None, self._none(field, _UNKNOWN, cell, value))
        return self.read(field, content, cell)

    def judge(self, field: Field, value: Any, cell: Cell | None = None, label: str = "") -> Finding | None:
        """What is wrong with a value that is no picture's."""
        is_one = isinstance(value, str) and _NAME.fullmatch(value)
        return None if is_one else self._none(field, _UNKNOWN, cell, str(value))

    def given(self, value: Any) -> Any:
        """Nothing that is typed: a picture is laid on its cell."""
        return None

    def contents(self, field: Field, value: Any, cells: int) -> list[Any]:
        """Nothing stands in the cell."""
        return []

    def limits(self, field: Field) -> CellLimits:
        """Nothing that is typed."""
        from reportfill.office.workbook.cell_edits import CellLimits  # for new workbooks alone

        return CellLimits("textLength", "lessThanOrEqual", ("0", None), f"这里放图片：{self.prompt}")

    def sample(self, field: Field, *, long: bool) -> Any:
        """A grey picture."""
        return _grey(1200 if long else 300, 200)

    def _none(self, field: Field, problem: Text, cell: Cell | None, value: str = "") -> Finding:
        return field.finding("picture.none", cell, value=cut(value, _LONGEST_QUOTED), problem=problem)

    def _refusal(self, field: Field, error: PictureError, cell: Cell | None) -> Finding:
        if error.fault is PictureFault.TOO_LARGE:
            return field.finding("picture.too_large", cell, value=error.said, expected=LARGEST_PICTURE >> 20)
        if error.fault is PictureFault.TOO_MANY_PIXELS:
            return field.finding(
                "picture.too_many_pixels", cell, value=error.said, expected=MOST_PIXELS // 10_000
            )
        if error.fault is PictureFault.DAMAGED:
            return self._none(field, _DAMAGED, cell)
        kind = Text(f"这是{error.said}图片", f"it is {error.said}") if error.said else _UNKNOWN
        return self._none(field, kind, cell)


@cache
def _grey(width: int, height: int) -> Picture:
    """A picture in one shade of grey."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress((b"\0" + b"\xc8" * width) * height)),
        (b"IEND", b""),
    )
    made = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return inspected_picture(b"\x89PNG\r\n\x1a\n" + made)
