"""The report as PDF, with bookmarks, to be read and handed on."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.pages import Pages


def pdf_files(pages: Pages) -> Mapping[str, bytes]:
    """The PDF."""
    return {".pdf": pages.pdf()}
