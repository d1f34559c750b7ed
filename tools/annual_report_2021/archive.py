"""Zip packages that come out the same, byte for byte, from the same parts."""

import io
import zipfile
from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"
EPOCH = (1980, 1, 1, 0, 0, 0)


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    """The zip package of `parts`, [Content_Types].xml first, the others in the order given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: name != CONTENT_TYPES):
            package.writestr(_entry(name), parts[name])
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """The entry of one part, without anything that depends on the clock or the operating system."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry
