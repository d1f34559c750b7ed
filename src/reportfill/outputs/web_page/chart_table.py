"""A chart on a page: a table of its figures, each with a bar beside it, which everybody can read who opens the page."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from markupsafe import Markup

from reportfill.decimals import Number, plain
from reportfill.office.chart_data import ChartData


def chart_table(data: ChartData) -> Markup:
    """The rows of a chart's table; nothing where there is nothing to show."""
    if data.is_empty:
        return Markup()
    heads = "".join(f'<th scope="col">{escape(one.name)}</th>' for one in data.series)
    head = (
        f"<thead>\n<tr>\n<td></td>{heads}\n</tr>\n</thead>\n" if any(one.name for one in data.series) else ""
    )
    largest = max((value for one in data.series for value in one.values if value), default=0)
    rows = [
        f'<tr>\n<th scope="row">{escape(category)}</th>'
        + "".join(_cell(one.values[place], largest) for one in data.series)
        + "\n</tr>\n"
        for place, category in enumerate(data.categories)
    ]
    return Markup(f"{head}<tbody>\n{''.join(rows)}</tbody>\n")


def _cell(value: Number | None, largest: Number) -> str:
    if value is None:
        return "<td></td>"
    share = Decimal(value) * 100 / Decimal(largest) if largest > 0 and value > 0 else Decimal(0)
    bar = f'<span class="bar" style="width: {plain(round(share, 1))}%;"></span>' if share else ""
    return f"<td>{plain(value)}{bar}</td>"
