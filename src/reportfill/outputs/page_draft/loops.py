"""The lines of a page template as they are written, with the loops that are open: what stands in a loop is numbered by
it, so that no two rows or tables have one id."""

from __future__ import annotations

from reportfill.outputs.page_draft.tag_text import as_jinja, statement_keyword

Statement = tuple[str, int]
"""A loop or condition that is open: its keyword, and the line in which it begins."""


class PageLines:
    """The lines of a page template so far, within the statements that are open around them."""

    def __init__(self, around: tuple[Statement, ...] = ()) -> None:
        self.written: list[str] = []
        self._around = around
        self._open: list[Statement] = []

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that are open."""
        return (*self._around, *self._open)

    @property
    def numbers(self) -> str:
        """What tells an id within the loops that are open from the same one in their other rounds."""
        return "".join(f"-{{{{ {_name(depth)} }}}}" for depth in range(1, self._loops + 1))

    def within(self) -> PageLines:
        """PageLines of their own for what stands in a cell."""
        return PageLines(self.statements)

    def add(self, *lines: str) -> None:
        """Write lines."""
        self.written += lines

    def add_statement(self, tag: str) -> None:
        """Write a statement of report.docx, which opens, ends or divides a loop or condition."""
        statement = as_jinja(tag)
        keyword = statement_keyword(statement)
        if keyword in ("endfor", "endif") and self._open:
            self._close(*self._open.pop())
        self.add(statement)
        if keyword in ("for", "if"):
            self._open.append((keyword, len(self.written) - 1))

    @property
    def _loops(self) -> int:
        return sum(keyword == "for" for keyword, _ in self.statements)

    def _close(self, keyword: str, line: int) -> None:
        name = _name(self._loops + 1)
        if keyword == "for" and any(f"{{{{ {name} }}}}" in one for one in self.written[line:]):
            self.written[line] += f"{{% set {name} = loop.index %}}"


def _name(depth: int) -> str:
    """What a template calls the number of the round of the loop at a depth, within those inside of it too."""
    return f"round_{depth}"
