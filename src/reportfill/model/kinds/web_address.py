"""Addresses of web pages, as `format: uri` has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reportfill.finding import Finding, Severity
from reportfill.model.kinds.kind import Content, Read
from reportfill.model.kinds.text import PlainText
from reportfill.model.kinds.texts import sample_text
from reportfill.model.kinds.typed import LONGEST_QUOTED
from reportfill.model.web_addresses import fault_in_address, is_web_address
from reportfill.place import Cell
from reportfill.text import cut

if TYPE_CHECKING:
    from reportfill.model.fields import Field


class WebAddress(PlainText):
    """One address in one cell."""

    type, name = "string", "uri"
    judged_keywords = frozenset({"maxLength", "format"})
    prompt = "请从浏览器的地址栏复制，以http://或者https://开头。"

    def serves(self, node: Mapping[str, Any]) -> bool:
        """Whether a schema asks for the form of an address."""
        return node.get("type") == self.type and node.get("format") == self.name

    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """What was typed, which has to be an address as a whole."""
        read = super().read(field, content, cell)
        is_in_doubt = read.finding is not None and read.finding.severity is not Severity.NOTE
        if is_in_doubt or read.value is None:
            return read
        return Read(read.value, self.judge(field, read.value, cell) or read.finding)

    def judge(self, field: Field, value: Any, cell: Cell | None = None, label: str = "") -> Finding | None:
        """What keeps a text from being printed, or why it is no address."""
        found = super().judge(field, value, cell, label)
        if found is not None or not isinstance(value, str) or is_web_address(value):
            return found
        shown, why = cut(value, LONGEST_QUOTED), fault_in_address(value)
        return field.finding("cell.not_an_address", cell, label, value=shown, problem=why)

    def sample(self, field: Field, *, long: bool) -> Any:
        """An address with its marker."""
        return sample_text(field, f"https://www.example.com/{self.marker(field)}", long=long)
