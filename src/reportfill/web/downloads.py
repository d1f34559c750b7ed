"""Files for the visitor to keep: never shown within the page, and called as in Chinese offices (RFC 6266)."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from reportfill.files import safe_name

MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".ofd": "application/ofd",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""The media types by suffix."""

UNKNOWN_TYPE = "application/octet-stream"


def download(content: bytes, name: str) -> Response:
    """A file to keep under a name."""
    stem, dot, suffix = name.rpartition(".")
    called = f"{safe_name(stem)}{dot}{suffix}" if dot else safe_name(name)
    plain = called.encode("ascii", "replace").decode().translate(_NOT_QUOTED)
    headers = {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(called, safe='')}"
    }
    return Response(content, headers=headers, media_type=MEDIA_TYPES.get(f".{suffix}", UNKNOWN_TYPE))


def shown(content: bytes, suffix: str) -> Response:
    """A picture that a page of ours shows."""
    return Response(content, media_type=MEDIA_TYPES.get(suffix, UNKNOWN_TYPE))


_NOT_QUOTED = str.maketrans({'"': "_", "\\": "_", "?": "_", "%": "_"})
"""What may not stand, or stands for what cannot, in a plain name."""
