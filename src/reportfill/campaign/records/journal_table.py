"""One table of the journal as a file: whether it is what was written, and its rows."""

from __future__ import annotations

import csv
from io import StringIO

from reportfill.text import Text

_OF_0_1 = ("时间", "事项", "单位编码", "单位名称", "第几次", "文件", "结果", "说明", "经办人", "SHA-256")
_OF_0_2 = (*_OF_0_1, "原编码", "原名称")
HEADINGS = (*_OF_0_2, "前表")
"""Those of version 0.4.0; the last column names, in the first row, the tables that came before."""


class TableError(Exception):
    """A table is not what was written; `reason` says why, as a part of a sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a table, without its headings. What was saved by an editor in the encoding of a Chinese Windows is
    read as well. Raises TableError for whatever is not whole."""
    text = _decoded(content)
    if not text.strip():
        raise TableError(Text("是空的", "it is empty"))
    if not text.endswith("\n"):
        raise TableError(Text("结尾不完整", "its end is cut off"))
    try:
        headings, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise TableError(Text("不是完整的表格", f"it is no whole table: {error}")) from error
    if tuple(headings) not in (_OF_0_1, _OF_0_2, HEADINGS):
        raise TableError(Text("表头有误", "its headings are others"))
    for number, row in enumerate(rows, 2):
        if len(row) != len(headings):
            raise TableError(Text(f"第{number}行不完整", f"row {number} is not whole"))
    return rows


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise TableError(Text("不是文本，或者编码不同", "it is no text, or in another encoding"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(Text("编码不同，或者内容已损坏", "it is in another encoding, or damaged"))
