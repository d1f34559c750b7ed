"""The table of links: which agency has which, and to whom it goes."""

from __future__ import annotations

from collections.abc import Sequence

from reportfill.campaign.access.given_link import GivenLink
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.sending.link_words import LinkWords
from reportfill.office.workbook.tables import Tables

_COLUMNS = (
    ("单位编码", 18),
    ("单位名称", 36),
    ("上级单位", 30),
    ("联系人", 12),
    ("电话", 16),
    ("邮箱", 24),
    ("链接", 70),
    ("填报码", 38),
    ("有效期至", 12),
)
_WRAPPED = (1, 2, 6)


def link_table(links: Sequence[GivenLink], roster: Roster, words: LinkWords) -> bytes:
    """The workbook, a row a link."""
    until = str(words.until or "")
    rows = [
        (
            agency.code,
            agency.name,
            superior.name if (superior := roster.all_by_code.get(agency.superior)) else "",
            agency.contact,
            agency.telephone,
            agency.email,
            words.address(code),
            code,
            until,
        )
        for agency, code in links
    ]
    tables = Tables(words.heading)
    headings, widths = zip(*_COLUMNS, strict=True)
    tables.add("填报链接", headings, widths, rows, frozen_columns=2, wrapped=_WRAPPED)
    return tables.saved()
