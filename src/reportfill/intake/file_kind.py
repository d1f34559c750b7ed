"""What a file that was handed in really is, whatever its name says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers.expat import ExpatError

from reportfill.checks.findings import Finding, Severity, Text, finding
from reportfill.intake.extent import reaches_too_far, repeats_too_often
from reportfill.intake.odd_cells import holds_odd_cells
from reportfill.ooxml.guard import Fault, PackageError, unpacked

LARGEST = 20 * 1024 * 1024
"""More bytes than this no intake workbook has."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    (b"%PDF", Text("PDF文件", "a PDF document")),
    (b"{\\rtf", Text("RTF文档", "an RTF document")),
    (b"\x89PNG", Text("图片", "a picture")),
    (b"\xff\xd8\xff", Text("图片", "a picture")),
    (b"Rar!", Text("RAR压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Text("7z压缩包", "a 7z archive")),
)
_ENCRYPTED_XLS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""The beginning of an .xls workbook's stream, when a FilePass record follows."""

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_PARTS = (
    ("word/", Text("Word文档", "a Word document")),
    ("ppt/", Text("PPT演示文稿", "a presentation")),
    ("content.xml", Text("其他OpenDocument文件", "another OpenDocument file")),
)


@dataclass(frozen=True, slots=True)
class Examination:
    """What a look at a file's parts gave: what is wrong with it, and whether cells may look blank that are not."""

    findings: tuple[Finding, ...]
    may_hold_odd_cells: bool = False

    @property
    def is_readable(self) -> bool:
        """Whether the cells can be read."""
        return all(found.severity is Severity.NOTE for found in self.findings)


def examined(content: bytes) -> Examination:
    """What a file is, before any cell is looked at. Every part is unpacked once, so that damage shows: calamine
    reads on where a checksum is wrong."""
    if len(content) > LARGEST:
        size, largest = len(content) // 1024 // 1024, LARGEST // 1024 // 1024
        return Examination((finding("file.too_large", value=size, expected=largest),))
    if content.startswith(_ZIP):
        return _examined_package(content)
    if content.startswith(_OLE):
        return Examination(tuple(_old_file_findings(content)))
    return Examination((finding("file.not_a_workbook", kind=_kind(content)),))


def _examined_package(content: bytes) -> Examination:
    try:
        parts = unpacked(content)
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            return Examination((finding("file.encrypted"),))
        far = [name for name, part in parts.items() if _reaches_too_far(name, part)]
    except PackageError as error:
        return Examination((_refusal(error),))
    except ExpatError:
        return Examination((finding("file.damaged"),))
    if far:
        return Examination((finding("file.too_many_cells", value=far[0]),))
    if any(name.startswith("xl/") for name in parts):
        macros = [finding("file.macros")] if "xl/vbaProject.bin" in parts else []
        return Examination(tuple(macros), any(holds_odd_cells(name, part) for name, part in parts.items()))
    if "content.xml" in parts and parts.get("mimetype", _ODS).startswith(_ODS):
        return Examination(())
    kinds = (kind for prefix, kind in _PARTS if any(name.startswith(prefix) for name in parts))
    return Examination((finding("file.not_a_workbook", kind=next(kinds, Text("压缩包", "an archive"))),))


def _reaches_too_far(name: str, part: bytes) -> bool:
    """Whether a part lays out more cells than a form has, whichever format calamine takes the package for."""
    return repeats_too_often(part) if name == "content.xml" else reaches_too_far(part)


_FAULTS = {
    Fault.TOO_MANY_PARTS: Text("部件过多", "too many parts"),
    Fault.TOO_LARGE: Text("解压后过大", "too large when unpacked"),
    Fault.UNSAFE_NAME: Text("部件的路径越界", "a part whose name leads out of the file"),
    Fault.DUPLICATE_NAME: Text("部件重名", "two parts of the same name"),
    Fault.ENTITIES: Text("含有实体声明", "an entity declaration"),
}


def _refusal(error: PackageError) -> Finding:
    if error.fault is Fault.DAMAGED:
        return finding("file.damaged")
    if error.fault is Fault.ENCRYPTED:
        return finding("file.encrypted")
    return finding("file.unsafe", value=error.part, problem=_FAULTS[error.fault])


def _old_file_findings(content: bytes) -> list[Finding]:
    """What an OLE compound file is: an encrypted workbook, an old one, or an old file of another program."""
    if _stream("EncryptedPackage") in content or _ENCRYPTED_XLS.search(content):
        return [finding("file.encrypted")]
    if _stream("WordDocument") in content:
        return [finding("file.not_a_workbook", kind=Text("Word文档", "a Word document"))]
    if _stream("PowerPoint Document") in content:
        return [finding("file.not_a_workbook", kind=Text("PPT演示文稿", "a presentation"))]
    return []


def _stream(name: str) -> bytes:
    """A stream's name as it stands in a compound file's directory."""
    return name.encode("utf-16-le")


def _kind(content: bytes) -> Text:
    """What a file looks like that is neither a package nor an old Office file."""
    if not content:
        return Text("空文件", "an empty file")
    for beginning, kind in _KINDS:
        if content.startswith(beginning):
            return kind
    start = content[:2048].lower()
    if b"<html" in start or b"<!doctype html" in start or b"<table" in start:
        return Text("网页", "an HTML page")
    if b"\0" in start:
        return Text("无法识别的文件", "an unknown kind of file")
    return Text("文本文件", "a text file")
