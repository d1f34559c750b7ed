"""What the form works out while it is filled in: sums, and balances with their verdicts, as the workbook's check sheet
shows them. The script of the page does the same from the pointers that stand here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from reportfill.decimals import Number, exact, is_number, plain
from reportfill.intake.check_sheet import BALANCED, DOUBTFUL, OPEN, SHOWN_RELATIONS, UNBALANCED
from reportfill.model.conditions import absent_fields
from reportfill.model.row_paths import Rows, field_path, row_around, rows_in
from reportfill.model.row_sums import all_row_sums
from reportfill.pack.balances import Balance, Term
from reportfill.pack.pack import Pack
from reportfill.text import Text
from reportfill.web.form.pointers import pointer_of
from reportfill.web.form.posted import leaves_of

VERDICTS: Mapping[str, Text] = {
    "holds": Text(BALANCED, "holds"),
    "fails": Text(UNBALANCED, "does not hold"),
    "doubtful": Text(DOUBTFUL, "please look"),
    "open": Text(OPEN, "not complete"),
}
"""What is said of a balance, in the words of the workbook's check sheet."""


class LiveBalance(NamedTuple):
    """A balance as it stands: its title, the pointer of the field that it is about, both sides as pointers and what
    they come to, and the verdict. A constant on a side has = before it."""

    title: str
    place: str
    left: str
    right: str
    relation: str
    is_error: bool
    left_sum: str
    right_sum: str
    verdict: str


@dataclass(frozen=True)
class Reckoning:
    """What typed data come to; `last` are last year's figures, as far as they are known."""

    pack: Pack
    data: Mapping[str, Any]
    last: Mapping[str, Number]

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The values that were typed, by path, of those that can be read."""
        found: dict[str, Any] = {}
        for path, value in leaves_of(self.pack, self.data).items():
            field = self.pack.fields[field_path(path)]
            is_single = not (field.kind.is_list or field.kind.is_laid or self.pack.is_derived(path))
            if is_single and value not in (None, "", []):
                read = field.kind.read_data(field, value, None).value if _is_plain(value) else None
                found |= {} if read is None else {path: read}
        return found

    @cached_property
    def absent(self) -> frozenset[str]:
        """The fields that are not asked for."""
        return absent_fields(self.pack.conditional, self.values.get)

    @cached_property
    def derived(self) -> Mapping[str, Number]:
        """The figures that follow, by path."""
        return self.pack.derive(self.values, self._rows)

    @cached_property
    def _rows(self) -> Rows:
        return rows_in(self.values)

    @cached_property
    def _figures(self) -> Mapping[str, Number]:
        typed = {path: exact(value) for path, value in self.values.items() if is_number(value)}
        figures = {**typed, **self.derived}
        return {**figures, **all_row_sums(self.pack.rows, figures, self._rows)}

    def terms(self, path: str) -> str:
        """The pointers of what a derived figure is the sum of."""
        balance = self.pack.rules.derived[field_path(path)]
        row = row_around(path) if balance.rows else ""
        return " ".join(pointer_of(row + term.path[len(balance.rows) :]) for term in balance.right)

    def balances(self) -> Iterator[LiveBalance]:
        """All balances but those by which figures are worked out, in each row where they are of rows."""
        rules = self.pack.rules
        deriving = {id(balance) for balance in rules.derived.values()}
        shown = [one for one in (*rules.balances, *rules.of_rows) if id(one) not in deriving]
        for balance in shown:
            is_known = all(term.path in self.last for term in balance.terms if term.last)
            if balance.relation in SHOWN_RELATIONS and is_known:
                for row in self._rows.get(balance.rows, ()) if balance.rows else ("",):
                    yield self._live(balance, row)

    def _live(self, balance: Balance, row: str) -> LiveBalance:
        outcome = balance.outcome(self._figures, self.last, row)
        wrong = "fails" if balance.severity == "error" else "doubtful"
        return LiveBalance(
            balance.title,
            pointer_of(row + balance.place[len(balance.rows) :]),
            self._side(balance.left, balance, row),
            self._side(balance.right, balance, row),
            balance.relation,
            balance.severity == "error",
            "" if outcome is None else plain(outcome.left),
            "" if outcome is None else plain(outcome.right),
            "open" if outcome is None else "holds" if outcome.holds else wrong,
        )

    def _side(self, terms: Sequence[Term], balance: Balance, row: str) -> str:
        return " ".join(
            f"={plain(self.last[term.path])}"
            if term.last
            else pointer_of(row + term.path[len(balance.rows) :])
            for term in terms
        )


def _is_plain(value: object) -> bool:
    return isinstance(value, str | bool | bytes) or is_number(value)
