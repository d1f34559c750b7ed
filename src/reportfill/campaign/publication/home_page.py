"""The first page of a site: the years that were published in it."""

from __future__ import annotations

from collections.abc import Sequence

from reportfill.campaign.publication.site import PublishedYear, Site
from reportfill.campaign.publication.site_places import HOME


def home_page(site: Site, years: Sequence[PublishedYear]) -> bytes:
    """The page as UTF-8."""
    return site.page(__name__, HOME, "政府公开报告", years=years)
