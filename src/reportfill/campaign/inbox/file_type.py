"""What a file is, by its name and its first bytes: a workbook, something that may hold workbooks, or neither."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from reportfill.campaign.inbox.mail_text import head_of
from reportfill.office.compound_file import CompoundFileError, names_at_root

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
    """What a file is. `what` is its kind, as 图片, or, where it is UNREADABLE, why and what to do."""

    kind: Handling
    what: str = ""


_TO_OPEN = frozenset((".zip", ".eml"))
_OTHERS = {
    suffix: kind
    for kind, suffixes in {
        "Word文档": ".doc .docx .docm .dot .dotx .wps .wpt .odt .rtf",
        "PDF文件": ".pdf",
        "OFD文件": ".ofd",
        "演示文稿": ".ppt .pptx .pptm .pps .ppsx .dps .odp",
        "图片": ".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic .svg .emf .wmf",
        "文本文件": ".txt .csv .tsv .md .log .json .xml .ini",
        "网页": ".htm .html .mht .mhtml",
        "苹果Numbers表格，请导出为.xlsx": ".numbers",
        "快捷方式": ".lnk .url .webloc",
        "程序": ".exe .msi .com .bat .cmd .js .vbs .jar .apk",
        "音频或者视频": ".mp3 .wav .m4a .mp4 .avi .mov .wmv .mkv",
        "名片": ".vcf",
        "日程": ".ics",
        "数字签名": ".p7s .asc .sig",
    }.items()
    for suffix in suffixes.split()
}
_UNPACK = "不能直接读取，请解压后放入，或者改用zip格式"
_RAR, _SEVEN_ZIP, _OTHER_ARCHIVE = f"RAR压缩包{_UNPACK}", f"7z压缩包{_UNPACK}", f"这种压缩包{_UNPACK}"
_OUTLOOK = "Outlook的.msg邮件不能直接读取，请另存为.eml，或者把附件拖出来放入"
_MAILBOX = "邮箱文件不能直接读取，请把邮件另存为.eml，或者把附件另存后放入"
_TNEF = "Outlook专用格式的附件（winmail.dat）不能读取，请对方改用HTML或者纯文本格式重新发送，或者打成zip压缩包再发"
_SEALED = "经过加密或者签名封装的邮件不能读取，请把附件另存后放入"
_UNREADABLE = {
    suffix: reason
    for reason, suffixes in {
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
_VOLUMES = "分卷压缩包不能直接读取，请把各卷放在一起解压后放入"
_BEGINNINGS = (
    (b"PK\x03\x04", FileType(Handling.ARCHIVE)),
    (b"PK\x05\x06", FileType(Handling.ARCHIVE)),
    (b"PK\x07\x08", FileType(Handling.UNREADABLE, _VOLUMES)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType(Handling.COMPOUND)),
    (b"Rar!", FileType(Handling.UNREADABLE, _RAR)),
    (b"7z\xbc\xaf\x27\x1c", FileType(Handling.UNREADABLE, _SEVEN_ZIP)),
    (b"\x1f\x8b", FileType(Handling.UNREADABLE, _OTHER_ARCHIVE)),
    (b"BZh", FileType(Handling.UNREADABLE, _OTHER_ARCHIVE)),
    (b"\xfd7zXZ\0", FileType(Handling.UNREADABLE, _OTHER_ARCHIVE)),
    (b"\x78\x9f\x3e\x22", FileType(Handling.UNREADABLE, _TNEF)),
    (b"%PDF", FileType(Handling.OTHER, "PDF文件")),
    (b"{\\rtf", FileType(Handling.OTHER, "Word文档")),
    (b"\x89PNG", FileType(Handling.OTHER, "图片")),
    (b"\xff\xd8\xff", FileType(Handling.OTHER, "图片")),
    (b"GIF8", FileType(Handling.OTHER, "图片")),
)
_MAIL = re.compile(
    rb"From \S+@|(?:Return-Path|Received|Delivered-To|DKIM-Signature|MIME-Version|Message-ID|X-[\w-]+): |"
    rb"(?:From|To|Cc|Date|Subject|Content-Type)[ \t]*:[^\r\n]*[\r\n]+"
    rb"(?:[ \t][^\r\n]*[\r\n]+)*(?:From|To|Cc|Date|Subject|MIME-Version|Message-ID|Content-Type|X-[\w-]+)[ \t]*:",
    re.IGNORECASE,
)
"""How the head of a mail begins: with a field that only mails have, or with two of those that letters may have too."""

_STREAMS = (
    ("__substg1.0_", FileType(Handling.UNREADABLE, _OUTLOOK)),
    ("WordDocument", FileType(Handling.OTHER, "Word文档")),
    ("PowerPoint Document", FileType(Handling.OTHER, "演示文稿")),
    ("EncryptedPackage", FileType(Handling.WORKBOOK)),
    ("Workbook", FileType(Handling.WORKBOOK)),
    ("Book", FileType(Handling.WORKBOOK)),
)
_UNKNOWN = FileType(Handling.OTHER, "无法识别的文件")

_JUNK = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"))
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".downloading", ".opdownload")
_SEPARATORS = re.compile(r"[/\\]")


def is_junk(name: str) -> bool:
    """Whether a file, named with the folders that it is in, is one that systems and programs leave behind: hidden ones,
    those of macOS's archives, locks (~$…), downloads that are not finished."""
    parts = [part for part in _SEPARATORS.split(name) if part.strip(".")]
    if any(part == "__MACOSX" or part.startswith((".", "~$")) for part in parts):
        return True
    file = parts[-1].lower() if parts else ""
    return file in _JUNK or file.endswith(_UNFINISHED)


def type_by_name(name: str) -> FileType | None:
    """What a file is whose name tells; None where its content must be asked."""
    file = _SEPARATORS.split(name)[-1].lower()
    _, dot, ending = file.rpartition(".")
    suffix = f"{dot}{ending}"
    if suffix in WORKBOOKS:
        return FileType(Handling.WORKBOOK)
    if suffix in _TO_OPEN:
        return FileType(Handling.TO_OPEN)
    if suffix in _OTHERS:
        return FileType(Handling.OTHER, _OTHERS[suffix])
    if _VOLUME.fullmatch(suffix):
        return FileType(Handling.UNREADABLE, _VOLUMES)
    reason = _TNEF if file == "winmail.dat" else _UNREADABLE.get(suffix, "")
    return FileType(Handling.UNREADABLE, reason) if reason else None


def type_by_beginning(name: str, beginning: bytes) -> FileType:
    """What a file is by its first bytes, or where they say nothing by its name."""
    found = next((sign for start, sign in _BEGINNINGS if beginning.startswith(start)), None)
    if found is not None:
        return found
    suffix = name[-4:].lower()
    if suffix == ".zip":
        return FileType(Handling.ARCHIVE)
    if suffix == ".eml" or _MAIL.match(head_of(beginning)):
        return FileType(Handling.MAIL)
    if not beginning:
        return FileType(Handling.OTHER, "空文件")
    if re.search(rb"<html|<!doctype html|<table", beginning, re.IGNORECASE):
        return FileType(Handling.OTHER, "网页")
    return _UNKNOWN if b"\0" in beginning else FileType(Handling.OTHER, "文本文件")


def type_of_package(names: Collection[str], mimetype: bytes) -> FileType | None:
    """What an archive is that is one file to people, by the names in it and its file `mimetype`; None for others."""
    known = {name.lower() for name in names}
    folders = {name.partition("/")[0] for name in known}
    if "[content_types].xml" in known:
        kinds = {"word": FileType(Handling.OTHER, "Word文档"), "ppt": FileType(Handling.OTHER, "演示文稿")}
        other = next((kinds[one] for one in kinds if one in folders), None)
        return FileType(Handling.WORKBOOK) if "xl" in folders or not other else other
    if "OFD.xml" in names:
        return FileType(Handling.OTHER, "OFD文件")
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        is_sheet = not mimetype or b"spreadsheet" in mimetype
        return FileType(Handling.WORKBOOK) if is_sheet else FileType(Handling.OTHER, "OpenDocument文件")
    return None


def type_of_compound_file(content: bytes) -> FileType:
    """What a compound file is, as old Office files and Outlook's mails are, by the streams that it has itself; of one
    that is damaged, by those that are named in it."""
    try:
        names = names_at_root(content)
    except CompoundFileError:
        found = (sign for stream, sign in _STREAMS if stream.encode("utf-16-le") in content)
    else:
        found = (sign for stream, sign in _STREAMS if any(name.startswith(stream.lower()) for name in names))
    return next(found, _UNKNOWN)
