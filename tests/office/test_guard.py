"""A package is unpacked whole, or refused with the reason and the part at fault."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from places import SAMPLES

from reportfill.office.guard import Fault, PackageError, PackageLimits, unpacked

TEXT = b"<x>" + bytes(range(65, 91)) * 40 + b"</x>"


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return saved.getvalue()


def fault_of(package: bytes, limits: PackageLimits | None = None) -> tuple[Fault, str]:
    """Why a package is refused, and its part at fault."""
    with pytest.raises(PackageError) as error:
        unpacked(package, limits or PackageLimits())
    return error.value.fault, error.value.part


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_parts_are_unpacked_as_zipfile_unpacks_them(method: int) -> None:
    parts = {"a.xml": TEXT, "b/c.bin": bytes(range(256)) * 8000, "空.xml": b""}
    assert unpacked(zipped(parts, method)) == parts


def test_a_workbook_is_unpacked_whole() -> None:
    content = (SAMPLES / "hongze-2023.xlsx").read_bytes()
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert unpacked(content) == {name: package.read(name) for name in package.namelist()}


def test_what_stands_before_an_archive_does_not_shift_its_parts() -> None:
    assert unpacked(b"#!" + b" " * 100 + zipped({"a.xml": TEXT})) == {"a.xml": TEXT}


def test_folders_are_no_parts() -> None:
    assert unpacked(zipped({"a/": b"", "a/b.xml": TEXT})) == {"a/b.xml": TEXT}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_packages_do_not_use_are_damage(method: int) -> None:
    assert fault_of(zipped({"a.xml": TEXT}, method)) == (Fault.DAMAGED, "a.xml")


@pytest.mark.parametrize(
    ("where", "what"),
    [(0, b"X"), (30, b"z"), (40, b"\xff\xff"), (26, b"\xff\xff"), (26, b"\x00\x00")],
    ids=["signature", "name", "packed bytes", "length beyond the end", "no name"],
)
def test_a_local_header_or_packed_bytes_that_are_wrong_are_damage(where: int, what: bytes) -> None:
    package = bytearray(zipped({"a.xml": TEXT}))
    package[where : where + len(what)] = what
    assert fault_of(bytes(package))[0] is Fault.DAMAGED


@pytest.mark.parametrize("size", [0, 10, len(TEXT) - 1, len(TEXT) + 1, 1 << 20])
def test_a_directory_that_lies_about_a_size_is_damage(size: int) -> None:
    package = bytearray(zipped({"a.xml": TEXT}))
    struct.pack_into("<I", package, package.find(b"PK\x01\x02") + 24, size)
    assert fault_of(bytes(package)) == (Fault.DAMAGED, "a.xml")


@pytest.mark.parametrize("place", [1 << 62, 1 << 63, (1 << 64) - 1])
def test_a_part_that_is_said_to_lie_beyond_all_disks_is_damage(place: int) -> None:
    package = zipped({"a.xml": TEXT})
    directory, end = package.find(b"PK\x01\x02"), package.find(b"PK\x05\x06")
    entry, rest = bytearray(package[directory:end]), bytearray(package[end:])
    zip64 = struct.pack("<HHQ", 1, 8, place)
    struct.pack_into("<H", entry, 30, len(zip64))
    struct.pack_into("<I", entry, 42, 0xFFFFFFFF)
    struct.pack_into("<I", rest, 12, len(entry) + len(zip64))
    assert fault_of(package[:directory] + entry + zip64 + rest)[0] is Fault.DAMAGED


def test_limits_hold_for_each_part_and_for_all() -> None:
    package = zipped({"a.bin": bytes(range(256)) * 8000, "b.bin": bytes(range(256)) * 8000})
    assert fault_of(package, PackageLimits(part_size=1 << 20)) == (Fault.TOO_LARGE, "a.bin")
    assert fault_of(package, PackageLimits(total_size=3 << 20)) == (Fault.TOO_LARGE, "b.bin")
    assert fault_of(package, PackageLimits(ratio=2)) == (Fault.TOO_LARGE, "a.bin")
    assert fault_of(package, PackageLimits(parts=1)) == (Fault.TOO_MANY_PARTS, "")


def test_names_that_differ_only_in_case_are_two_of_one_name() -> None:
    assert fault_of(zipped({"a.xml": b"<x/>", "A.XML": b"<x/>"})) == (Fault.DUPLICATE_NAME, "A.XML")
