"""What a file that was handed in really is, whatever its name says."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from reportfill.finding import Finding, Severity, finding
from reportfill.office.calamine_grid import read_grid
from reportfill.office.compound_file import CompoundFile, CompoundFileError
from reportfill.office.encryption import (
    INSTALL,
    OWN_PASSWORD,
    is_locked,
    is_locked_xls,
    is_supported,
    unlocked_with,
)
from reportfill.office.first_bytes import FileKind, kind_of
from reportfill.office.grid import Grid
from reportfill.office.guard import LIMITS, Fault, PackageError, PackageLimits, unpacked
from reportfill.office.inspection import ods_content, sheet_xml, xls_cells, xlsb_cells
from reportfill.office.inspection.binary_cells import RecordError, signs_of_cells
from reportfill.office.inspection.damage import readers_agree, signs_of_parts, strings_are_shifted
from reportfill.office.inspection.extent import FORM, Reach
from reportfill.office.inspection.package_sheets import sheets_of_xlsx
from reportfill.office.inspection.signs import Signs
from reportfill.office.inspection.xls_texts import in_unicode
from reportfill.office.number_formats.formats_of_ods import decimals_shown_of_ods
from reportfill.office.number_formats.formats_of_xls import decimals_shown_of_xls
from reportfill.office.number_formats.formats_of_xlsx import decimals_shown_of_xlsx
from reportfill.office.number_formats.plainness import ANY
from reportfill.office.package import composed
from reportfill.office.usual_names import with_known_sheets, with_usual_names
from reportfill.place import Cell
from reportfill.plain_files import LARGEST, megabytes
from reportfill.text import Text


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that a kind of workbook may be: how far its cells reach, how many bytes the XML of all its sheets has,
    which is gone through part by part, and what the package may be when unpacked."""

    reach: Reach
    sheets: int
    package: PackageLimits


INTAKE = Bounds(reach=FORM, sheets=32 * 1024 * 1024, package=LIMITS)
"""What no intake workbook goes beyond; one that does not is gone through in seconds."""

_LARGEST_TO_READ_TWICE = 4 * 1024 * 1024
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DOCUMENT, _SLIDES = Text("Word文档", "a Word document"), Text("PPT演示文稿", "a presentation")
_PARTS = {
    "word/": _DOCUMENT,
    "ppt/": _SLIDES,
    "content.xml": Text("其他OpenDocument文件", "another OpenDocument file"),
}
_STREAMS = {"worddocument": _DOCUMENT, "powerpoint document": _SLIDES}
"""What is no workbook, by a part of its package or a stream of its compound file."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a look at a file's parts gave: what is wrong with it; the content to be read, which is the file's own unless
    it had to be opened, and its parts, none of an .xls; whether cells may look blank that are not; which hold no whole
    text; and how many decimals its number formats show at least, None where they cannot be seen."""

    findings: tuple[Finding, ...]
    content: bytes = field(default=b"", repr=False)
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    may_hold_odd_cells: bool = False
    cut: frozenset[Cell] = frozenset()
    decimals_shown: int | None = ANY

    @property
    def is_readable(self) -> bool:
        """Whether the cells can be read."""
        return all(found.severity is not Severity.ERROR for found in self.findings)

    def grid(self) -> Grid:
        """The cells. Raises GridError, now or when a sheet is asked for, where they cannot be read after all."""
        return read_grid(self.content)


def inspect_file(content: bytes, bounds: Bounds = INTAKE) -> Inspection:
    """What a file is, before any cell is looked at, and whether it is within bounds. Every part is unpacked once, so
    that damage shows: calamine reads on where a checksum is wrong. A workbook that Excel locked with its own password
    is opened, and one whose parts have other names than usual is given those."""
    if len(content) > LARGEST:
        size, largest = megabytes(len(content)), megabytes(LARGEST)
        return Inspection((finding("file.too_large", value=size, expected=largest),))
    kind = kind_of(content)
    if kind is FileKind.ZIP:
        return _inspected_package(content, bounds)
    if kind is FileKind.COMPOUND:
        return _inspected_locked(content, bounds) or _inspected_old_file(content, bounds.reach)
    return Inspection((finding("file.not_a_workbook", kind=kind.value),))


def _inspected_package(content: bytes, bounds: Bounds) -> Inspection:
    try:
        parts = unpacked(content, bounds.package)
        usual = with_usual_names(parts)
        if usual is not None:
            return _inspected_package(composed(usual), bounds)
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            return Inspection((finding("file.encrypted"),))
        large = _largest_of_too_many(parts, bounds.sheets)
        if large:
            return Inspection((finding("file.too_many_cells", value=large),))
        looks = _looks_at_sheets(parts, bounds.reach)
        signs = signs_of_parts(parts)
        decimals = _decimals_shown(parts)
    except PackageError as error:
        return Inspection((_refusal(error),))
    except (ExpatError, LookupError, ParseError, RecordError, ValueError):
        return Inspection((finding("file.damaged"),))
    if any(name.startswith("xl/") for name in parts):
        macros = [finding("file.macros")] if "xl/vbaProject.bin" in parts else []
        inspection = _inspected_cells(looks, lambda found: [*macros, *_damage(content, parts, found | signs)])
        known = with_known_sheets(parts)
        readable = content if known is None else composed(known)
        return replace(inspection, content=readable, parts=parts, decimals_shown=decimals)
    if "content.xml" in parts and parts.get("mimetype", _ODS).startswith(_ODS):
        inspection = _inspected_cells(looks, _about_content)
        return replace(inspection, content=content, parts=parts, decimals_shown=decimals)
    kinds = (kind for prefix, kind in _PARTS.items() if any(name.startswith(prefix) for name in parts))
    return Inspection((finding("file.not_a_workbook", kind=next(kinds, FileKind.ZIP.value)),))


def _decimals_shown(parts: Mapping[str, bytes]) -> int | None:
    """The least decimals that any number format of a package shows, as `plainness` tells; None of an .xlsb, whose
    formats are not seen."""
    if xlsb_cells.WORKBOOK in parts:
        return None
    return decimals_shown_of_ods(parts) if "content.xml" in parts else decimals_shown_of_xlsx(parts)


def _looks_at_sheets(parts: Mapping[str, bytes], most: Reach) -> list[tuple[str, Signs]]:
    """What a look at each part or sheet finds, whichever format calamine takes the package for."""
    looks = [
        (
            name,
            ods_content.signs_of_ods(part, most)
            if name == "content.xml"
            else sheet_xml.signs_of_sheet(part, most),
        )
        for name, part in parts.items()
        if not _is_kept_of_another_workbook(name, part, parts)
    ]
    return looks + [(name, signs_of_cells(cells, most)) for name, cells in xlsb_cells.sheets_of_xlsb(parts)]


def _is_kept_of_another_workbook(name: str, part: bytes, parts: Mapping[str, bytes]) -> bool:
    """Whether a part holds what formulas last saw in another workbook (ECMA-376-1, 18.14), and is no sheet besides."""
    return name.startswith("xl/externalLinks/") and all(part is not used for _, used in sheets_of_xlsx(parts))


def _inspected_cells(
    looks: Iterable[tuple[str, Signs]], others: Callable[[Signs], Iterable[Finding]]
) -> Inspection:
    """What looks at all sheets come to; `others` gives what more there is to say where none reaches too far."""
    signs = Signs.NONE
    for name, found in looks:
        if Signs.TOO_FAR in found:
            return Inspection((finding("file.too_many_cells", value=name),))
        signs |= found
    return Inspection(tuple(others(signs)), may_hold_odd_cells=Signs.ODD in signs)


def _largest_of_too_many(parts: Mapping[str, bytes], most: int) -> str:
    """The largest sheet where all together have more bytes than may be; empty where they have not."""
    if sum(map(len, parts.values())) <= most:
        return ""
    sizes = {name: len(part) for name, part in parts.items() if name == "content.xml" or b"sheetData" in part}
    return max(sizes, key=sizes.__getitem__) if sum(sizes.values()) > most else ""


def _about_content(signs: Signs) -> list[Finding]:
    """What signs in an .ods come to."""
    codes = {Signs.DOUBTFUL: "file.damaged", Signs.LEFT_OUT: "file.special_text"}
    return [finding(code) for sign, code in codes.items() if sign in signs][:1]


def _damage(content: bytes, parts: Mapping[str, bytes], signs: Signs) -> list[Finding]:
    """What signs of damage to an .xlsx come to: it is read with a warning where two readers agree on its cells."""
    if strings_are_shifted(parts):
        return [finding("file.damaged")]
    if Signs.DOUBTFUL not in signs:
        return []
    is_small = sum(map(len, parts.values())) <= _LARGEST_TO_READ_TWICE
    return [finding("file.repaired" if is_small and readers_agree(content) else "file.damaged")]


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


def _inspected_locked(content: bytes, bounds: Bounds) -> Inspection | None:
    """What an encrypted workbook is: what is in it, where Excel's own password opens it; None for one that is not
    encrypted."""
    if not (is_locked(content) or is_locked_xls(content)):
        return None
    if not is_supported():
        return Inspection((finding("file.encrypted_untried", command=INSTALL),))
    unlocked = unlocked_with((OWN_PASSWORD,), content)
    if unlocked is content or is_locked(unlocked) or is_locked_xls(unlocked):
        return Inspection((finding("file.encrypted"),))
    return inspect_file(unlocked, bounds)


def _inspected_old_file(content: bytes, most: Reach) -> Inspection:
    """What an OLE compound file is: an old workbook, or an old file of another program."""
    try:
        names = CompoundFile(content).names
        kind = next((kind for stream, kind in _STREAMS.items() if stream in names), None)
        if kind is not None:
            return Inspection((finding("file.not_a_workbook", kind=kind),))
        content, cut = in_unicode(content)
        looks = [(name, signs_of_cells(cells, most)) for name, cells in xls_cells.sheets_of_xls(content)]
    except (CompoundFileError, RecordError, ValueError, struct.error):
        return Inspection((finding("file.damaged"),))
    inspection = _inspected_cells(looks, lambda _: [])
    return replace(inspection, content=content, cut=cut, decimals_shown=decimals_shown_of_xls(content))
