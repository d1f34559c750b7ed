"""What a file is, by its name and its first bytes: a workbook, something that may hold workbooks, or neither."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from reportfill.campaign.inbox.mail_text import head_of
from reportfill.finding import Finding, finding
from reportfill.office.compound_file import CompoundFile, CompoundFileError
from reportfill.office.first_bytes import FileKind, kind_of
from reportfill.text import Text

WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"))
"""The suffixes of files that are read as workbooks, whatever they are in truth: reading them says it best."""


class Handling(Enum):
    """What is to be done about a file."""

    WORKBOOK = "taken in"
    TO_OPEN = "looked at: only its content tells"
    ARCHIVE = "opened as a .zip"
    MAIL = "opened as a mail"
    COMPOUND = "looked at for the streams that it has"
    UNREADABLE = "may hold workbooks, but cannot be opened"
    OTHER = "no workbook"


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file is; `what` calls it by its kind, as 图片, where need be, and `code` is that of the finding which
    says why nothing is taken in of it."""

    kind: Handling
    what: Text | None = None
    code: str = "stray.not_a_workbook"

    @property
    def why_not(self) -> Finding:
        """Why nothing is taken in of the file."""
        return finding(self.code, kind=self.what)


_TO_OPEN = frozenset((".zip", ".eml"))


def _other(zh: str, en: str) -> FileType:
    return FileType(Handling.OTHER, Text(zh, en))


def _closed_container(code: str, what: Text | None = None) -> FileType:
    return FileType(Handling.UNREADABLE, what, code)


_PDF, _PICTURE, _TEXT, _PAGE = (
    FileType(Handling.OTHER, kind.value)
    for kind in (FileKind.PDF, FileKind.PICTURE, FileKind.TEXT, FileKind.HTML)
)
_WORD, _SLIDES = _other("Word文档", "a Word document"), _other("演示文稿", "a presentation")
_OFD = _other("OFD文件", "an OFD file")
_RAR = _closed_container("container.other_archive", Text("RAR压缩包", "A RAR archive"))
_SEVEN_ZIP = _closed_container("container.other_archive", Text("7z压缩包", "A 7z archive"))
_OTHER_ARCHIVE = _closed_container("container.other_archive", Text("这种压缩包", "An archive of this kind"))
_OUTLOOK = _closed_container("container.outlook_message")
_MAILBOX = _closed_container("container.mailbox")
_TNEF = _closed_container("container.tnef")
_SEALED = _closed_container("container.sealed_mail")
_BY_SUFFIX = {
    suffix: sign
    for sign, suffixes in {
        _WORD: ".doc .docx .docm .dot .dotx .wps .wpt .odt .rtf",
        _PDF: ".pdf",
        _OFD: ".ofd",
        _SLIDES: ".ppt .pptx .pptm .pps .ppsx .dps .odp",
        _PICTURE: ".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic .svg .emf .wmf",
        _TEXT: ".txt .csv .tsv .md .log .json .xml .ini",
        _PAGE: ".htm .html .mht .mhtml",
        _other("苹果Numbers表格，请导出为.xlsx", "a Numbers spreadsheet; export it as .xlsx"): ".numbers",
        _other("快捷方式", "a shortcut"): ".lnk .url .webloc",
        _other("程序", "a program"): ".exe .msi .com .bat .cmd .js .vbs .jar .apk",
        _other("音频或者视频", "sound or video"): ".mp3 .wav .m4a .mp4 .avi .mov .wmv .mkv",
        _other("名片", "a contact"): ".vcf",
        _other("日程", "a calendar"): ".ics",
        _other("数字签名", "a signature"): ".p7s .asc .sig",
        _RAR: ".rar",
        _SEVEN_ZIP: ".7z",
        _OTHER_ARCHIVE: ".tar .gz .tgz .bz2 .tbz .xz .txz .zst .z .lzh .arj .ace .cab .iso .zipx",
        _OUTLOOK: ".msg",
        _MAILBOX: ".pst .ost .mbox .emlx .dbx",
        _TNEF: ".tnef",
        _SEALED: ".p7m",
    }.items()
    for suffix in suffixes.split()
}
_VOLUME = re.compile(r"\.(?:[zr]\d\d|\d{3})")
_VOLUMES = _closed_container("container.split_archive")
_KINDS = {
    FileKind.ZIP: FileType(Handling.ARCHIVE),
    FileKind.ZIP_VOLUME: _VOLUMES,
    FileKind.COMPOUND: FileType(Handling.COMPOUND),
    FileKind.RAR: _RAR,
    FileKind.SEVEN_ZIP: _SEVEN_ZIP,
    FileKind.OTHER_ARCHIVE: _OTHER_ARCHIVE,
    FileKind.TNEF: _TNEF,
    FileKind.RTF: _WORD,
}
"""What is to be done about a file by what its first bytes say; others are no workbooks."""

_WITHOUT_SIGNS = (FileKind.EMPTY, FileKind.HTML, FileKind.TEXT, FileKind.UNKNOWN)
"""What is said only of files that begin in no known way."""

_MAIL = re.compile(
    rb"From \S+@|(?:Return-Path|Received|Delivered-To|DKIM-Signature|MIME-Version|Message-ID|X-[\w-]+): |"
    rb"(?:From|To|Cc|Date|Subject|Content-Type)[ \t]*:[^\r\n]*[\r\n]+"
    rb"(?:[ \t][^\r\n]*[\r\n]+)*(?:From|To|Cc|Date|Subject|MIME-Version|Message-ID|Content-Type|X-[\w-]+)[ \t]*:",
    re.IGNORECASE,
)
"""How the head of a mail begins: with a field that only mails have, or with two of those that letters may have too."""

_STREAMS = (
    ("__substg1.0_", _OUTLOOK),
    ("WordDocument", _WORD),
    ("PowerPoint Document", _SLIDES),
    ("EncryptedPackage", FileType(Handling.WORKBOOK)),
    ("Workbook", FileType(Handling.WORKBOOK)),
    ("Book", FileType(Handling.WORKBOOK)),
)
_UNKNOWN = FileType(Handling.OTHER, FileKind.UNKNOWN.value)

_SEPARATORS = re.compile(r"[/\\]")


def type_by_name(name: str) -> FileType | None:
    """What a file is whose name tells; None where its content must be asked."""
    file = _SEPARATORS.split(name)[-1].lower()
    _, dot, ending = file.rpartition(".")
    suffix = f"{dot}{ending}"
    if suffix in WORKBOOKS:
        return FileType(Handling.WORKBOOK)
    if suffix in _TO_OPEN:
        return FileType(Handling.TO_OPEN)
    if _VOLUME.fullmatch(suffix):
        return _VOLUMES
    return _TNEF if file == "winmail.dat" else _BY_SUFFIX.get(suffix)


def type_by_beginning(name: str, beginning: bytes) -> FileType:
    """What a file is by its first bytes, or where they say nothing by its name."""
    kind = kind_of(beginning)
    if kind in _WITHOUT_SIGNS and name[-4:].lower() == ".zip":
        return FileType(Handling.ARCHIVE)
    if kind in _WITHOUT_SIGNS and (name[-4:].lower() == ".eml" or _MAIL.match(head_of(beginning))):
        return FileType(Handling.MAIL)
    return _KINDS.get(kind) or FileType(Handling.OTHER, kind.value)


def type_of_package(names: Collection[str], mimetype: bytes) -> FileType | None:
    """What an archive is that is one file to people, by the names in it and its file `mimetype`; None for others."""
    known = {name.lower() for name in names}
    folders = {name.partition("/")[0] for name in known}
    if "[content_types].xml" in known:
        kinds = {"word": _WORD, "ppt": _SLIDES}
        other = next((kinds[one] for one in kinds if one in folders), None)
        return FileType(Handling.WORKBOOK) if "xl" in folders or not other else other
    if "OFD.xml" in names:
        return _OFD
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        is_sheet = not mimetype or b"spreadsheet" in mimetype
        return FileType(Handling.WORKBOOK) if is_sheet else _other("OpenDocument文件", "an OpenDocument file")
    return None


def type_of_compound_file(content: bytes) -> FileType:
    """What a compound file is, as old Office files and Outlook's mails are, by the streams that it has itself; of one
    that is damaged, by those that are named in it."""
    try:
        names = CompoundFile(content).names
    except CompoundFileError:
        found = (sign for stream, sign in _STREAMS if stream.encode("utf-16-le") in content)
    else:
        found = (sign for stream, sign in _STREAMS if any(name.startswith(stream.lower()) for name in names))
    return next(found, _UNKNOWN)
