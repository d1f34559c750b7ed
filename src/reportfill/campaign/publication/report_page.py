"""The page of a report in a site: the article, with the way to it before, and behind it its files, the agency's other
years and where its data are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportfill.campaign.publication.list_page import Download
from reportfill.campaign.publication.site import Crumb, PublishedYear, Site

_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_BODY_END = re.compile(rb"</body\s*>", re.IGNORECASE)


class Surroundings(NamedTuple):
    """What a report stands among: what leads to its page, what may be downloaded, other years with the pages of the
    agency's reports there, and where the data of all agencies are."""

    crumbs: Sequence[Crumb]
    downloads: Sequence[Download]
    others: Sequence[tuple[PublishedYear, str]]
    data: str
    code: str


def report_page(site: Site, place: str, heading: str, article: bytes, around: Surroundings) -> bytes:
    """The page as UTF-8: an article with its surroundings. One that a keeper has written without head or body, which
    HTML allows, is left as it is."""
    head, body = _HEAD_END.search(article), _BODY.search(article)
    ends = list(_BODY_END.finditer(article))
    if head is None or body is None or not ends:
        return article
    style, above, below = (
        site.page(
            __name__,
            place,
            heading,
            around.crumbs,
            part=part,
            downloads=around.downloads,
            others=around.others,
            data=around.data,
            code=around.code,
        )
        for part in ("style", "above", "below")
    )
    before, within, end = head.start(), body.end(), ends[-1].start()
    return b"\n".join(
        (article[:before] + style, article[before:within], above + article[within:end] + below, article[end:])
    )
