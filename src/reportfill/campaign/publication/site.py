"""What all pages of a site share: whose it is, what is said of it in their heads, and how pages are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportfill.campaign.page import page_of
from reportfill.campaign.publication.site_places import SitePlaces, relative_link
from reportfill.outputs.publication import Publication
from reportfill.outputs.web_page.article_tags import ORDER

Crumb = tuple[str, str]
"""The name of a page above another, and its place."""


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """A year of one report in a site."""

    places: SitePlaces
    title: str
    issuer: str

    @property
    def home(self) -> str:
        """Its first page."""
        return self.places.home

    @property
    def crumb(self) -> Crumb:
        """What leads to it from a page below."""
        return self.title, self.home


@dataclass(frozen=True, slots=True)
class Site:
    """A site: whose it is and what is known of it."""

    issuer: str
    publication: Publication

    @property
    def address(self) -> str:
        """The address of the site, which ends with /; empty where it is not known."""
        url = self.publication.url
        return url if url.endswith("/") else ""

    @property
    def unknown_tags(self) -> tuple[str, ...]:
        """The prescribed tags of which nobody has said what is in them."""
        return tuple(tag for tag in self.publication.missing if tag != "PubDate")

    def tags(self) -> Iterator[tuple[str, str]]:
        """The tags in the head of a page that lists others, by what is known of the site and its column."""
        known = self.publication.tags
        return ((tag, known[tag]) for tag in _OF_LISTS if tag in known)

    def page(
        self,
        module: str,
        place: str,
        heading: str,
        crumbs: Sequence[Crumb] = (),
        here: str = "",
        **values: Any,
    ) -> bytes:
        """The page that the template beside a module makes, at a place of the site."""
        return page_of(
            module,
            _FILTERS,
            site=self,
            page=place,
            heading=heading,
            crumbs=crumbs,
            here=here or heading,
            **values,
        )


_OF_LISTS = ORDER[:7]
"""The tags of pages that list others: those of the site and of its column."""

_FILTERS = {"to": relative_link, "number": "{:,}".format}
