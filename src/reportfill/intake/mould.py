"""Intake workbooks for many agencies: what is the same in all of them is made once, the rest is put in.

A workbook without figures of last year differs from agency to agency in names and its id only. `new_workbook` makes
one with marks in those places; for each agency the marks are replaced in the parts that have any, and the other parts
are not even compressed again. The result has the very parts that `new_workbook` makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.sax.saxutils import escape

from reportfill.intake.author import identity_of, new_workbook
from reportfill.ooxml.package import extended, parts_of
from reportfill.pack.pack import Pack

_AGENCY, _CODE = "单位名称的位置", "单位编码的位置"
_PLAIN_START = frozenset("=+-@ '")
"""How no name begins that is a plain text to every spreadsheet program."""


@dataclass(frozen=True)
class Mould:
    """What all workbooks of a pack and year share."""

    pack: Pack
    year: int

    def workbook(self, agency: str, code: str) -> bytes:
        """The blank workbook of an agency: the same as `new_workbook` makes for these arguments."""
        if not self._fits(agency) or not self._fits(code):
            return new_workbook(self.pack, year=self.year, agency=agency, code=code)
        identity = identity_of(self.pack, self.year, agency, code)
        own = {_AGENCY: agency, _CODE: code, self._marked_identity: identity.workbook}
        base, changing = self._apart
        return extended(base, {name: _replaced(part, own) for name, part in changing.items()})

    def _fits(self, name: str) -> bool:
        """Whether a name is put into XML as it is, so that a mark can stand for it."""
        return bool(name) and name.isprintable() and name[0] not in _PLAIN_START and "_x" not in name

    @property
    def _marked_identity(self) -> str:
        return identity_of(self.pack, self.year, _AGENCY, _CODE).workbook

    @cached_property
    def _apart(self) -> tuple[bytes, dict[str, bytes]]:
        """A package of the parts that all workbooks share, and the parts with marks."""
        parts = parts_of(new_workbook(self.pack, year=self.year, agency=_AGENCY, code=_CODE))
        marks = [mark.encode() for mark in (_AGENCY, _CODE, self._marked_identity)]
        changing = {name: part for name, part in parts.items() if any(mark in part for mark in marks)}
        return extended(b"", {name: part for name, part in parts.items() if name not in changing}), changing


def _replaced(part: bytes, own: dict[str, str]) -> bytes:
    for mark, text in own.items():
        part = part.replace(mark.encode(), escape(text).encode())
    return part


@lru_cache(maxsize=8)
def mould(pack: Pack, year: int) -> Mould:
    """The mould of a pack's workbooks of a year; each process makes it once."""
    return Mould(pack, year)
