"""The pages of a site for search engines (sitemaps.org): a list for each part, and what names all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urljoin
from xml.sax.saxutils import escape

from reportfill.campaign.publication.site_places import HOME

_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DAY = 10
"""Characters of a moment that say its day."""


def page_list(base: str, pages: Mapping[str, str]) -> bytes:
    """A list of pages by their places, with when each was changed, where that is known; `base` is the address of the
    site."""
    return _written("urlset", "url", base, pages)


def list_of_lists(base: str, places: Iterable[str]) -> bytes:
    """What names the lists of pages at some places."""
    return _written("sitemapindex", "sitemap", base, dict.fromkeys(places, ""))


def _written(root: str, element: str, base: str, pages: Mapping[str, str]) -> bytes:
    lines = (
        f"<{element}><loc>{escape(address_of(base, place))}</loc>{_changed(moment)}</{element}>\n"
        for place, moment in pages.items()
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SCHEMA}">\n{"".join(lines)}</{root}>\n'
    return text.encode("utf-8", "replace")


def _changed(moment: str) -> str:
    return f"<lastmod>{escape(moment[:_DAY])}</lastmod>" if moment else ""


def address_of(base: str, place: str) -> str:
    """The address of a page: that of its folder where it is its first page."""
    return urljoin(base, quote(place.removesuffix(HOME)))
