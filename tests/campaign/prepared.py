"""Completed workbooks in great numbers: one is made as the program makes it, and the marks in it are replaced."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from xml.sax.saxutils import escape

from builders import FEE, LONG_ENOUGH, figures_only
from campaign.office import FAULTY
from places import PACK_FOLDER

from reportfill import load_pack, new_workbook, read_workbook, render
from reportfill.campaign.agencies.agency import Agency
from reportfill.finding import errors_in
from reportfill.intake.author import identity_of
from reportfill.office.package import extended, parts_of
from tools.make_cases.surgery import with_texts

FIGURE = "proactive.licensing.decisions"
"""The figure in which prepared workbooks differ."""

_NAME, _CODE, _NUMBER = "某某单位", "MARKCODE", 987001
_YEAR = 2023


def prepared(agency: Agency, figure: int, *, is_sound: bool = True, name: str = "") -> bytes:
    """The workbook that was handed out to an agency (under a former name, where one is given), completed with this
    figure; sound, or with requests that do not balance."""
    pack = load_pack(PACK_FOLDER)
    own = name or agency.name
    rest, parts, base_id = _base(is_sound)
    workbook = identity_of(pack, _YEAR, own, agency.code).workbook
    marks = {_NAME: escape(own), _CODE: escape(agency.code), base_id: workbook, str(_NUMBER): str(figure)}
    changed = {}
    for part, content in parts.items():
        for mark, text in marks.items():
            content = content.replace(mark.encode(), text.encode())
        changed[part] = content
    return extended(rest, changed, level=1)


@lru_cache
def _base(is_sound: bool) -> tuple[bytes, dict[str, bytes], str]:
    """What no workbook differs in, as a package; the parts with marks; and the id among the marks."""
    pack = load_pack(PACK_FOLDER)
    data = figures_only(pack, {FIGURE: _NUMBER} | ({} if is_sound else FAULTY))
    content = new_workbook(pack, year=_YEAR, agency=_NAME, code=_CODE, data=data)
    marks = (_NAME.encode(), _CODE.encode(), str(_NUMBER).encode())
    parts = parts_of(content)
    marked = {part: xml for part, xml in parts.items() if any(mark in xml for mark in marks)}
    rest = extended(b"", {part: xml for part, xml in parts.items() if part not in marked})
    return rest, marked, read_workbook(content).workbook


def with_narrative(workbook: bytes) -> bytes:
    """The workbook of a roll-up, with what the office has to say of the year."""
    blank = {found.cell: LONG_ENOUGH + FEE for found in errors_in(read_workbook(workbook).findings)}
    return with_texts(workbook, blank)


def digest(content: bytes) -> str:
    """The SHA-256 of a content, which the ledger knows it by."""
    return sha256(content).hexdigest()


@lru_cache(maxsize=4096)
def report_of(content: bytes) -> bytes:
    """The report that a sound workbook becomes."""
    return render(read_workbook(content))


def is_whole(package: bytes) -> bool:
    """Whether nothing of a package is missing."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return archive.testzip() is None
