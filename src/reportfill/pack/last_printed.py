"""Which figures of the year before a report.docx prints: {{ last.visits.total }}."""

from __future__ import annotations

import re

from reportfill.model.report_model import LAST_YEAR
from reportfill.office.guard import PackageError, unpacked
from reportfill.pack.tags import PATH

_PARTS = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)[^/]*\.xml")
_MARKUP = re.compile(rb"<[^>]*>")
_NAMED = re.compile(rf"(?<![\w.]){LAST_YEAR}\.({PATH})")
_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)


def last_paths_printed(report: bytes) -> tuple[str, ...]:
    """The paths that tags name behind `last.`, in their order; none of what is no Word file, which is refused where it
    is to be printed."""
    try:
        parts = unpacked(report)
    except PackageError:
        return ()
    of_tags = [part for name, part in parts.items() if _PARTS.match(name)]
    # Tags in attributes, such as a chart's, stand within the markup.
    texts = [text.decode("utf-8", "replace") for part in of_tags for text in (_MARKUP.sub(b"", part), part)]
    tags = (tag for text in texts if f"{LAST_YEAR}." in text for tag in _TAG.findall(text))
    return tuple(dict.fromkeys(path for tag in tags for path in _NAMED.findall(tag)))
