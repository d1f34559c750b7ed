"""A table as text is opened by a spreadsheet as it is meant."""

from __future__ import annotations

import csv
from io import StringIO

from reportfill.office.workbook.csv_table import csv_table


def test_texts_come_back_and_nothing_is_a_formula() -> None:
    rows = [["a,b", 'c"d', 3], ["=1+1", "＝1", -5], ["两\n行", "", 0]]
    read = list(csv.reader(StringIO(csv_table(rows).decode("utf-8-sig"), newline="")))
    assert read == [["a,b", 'c"d', "3"], ["'=1+1", "'＝1", "-5"], ["两\n行", "", "0"]]
