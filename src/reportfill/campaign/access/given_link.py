"""A link that is given to an agency."""

from __future__ import annotations

from typing import NamedTuple

from reportfill.campaign.agencies.agency import Agency


class GivenLink(NamedTuple):
    """An agency, and the code of its new link as it is printed: a secret, told once."""

    agency: Agency
    code: str
