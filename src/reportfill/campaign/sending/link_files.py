"""What takes links to the agencies: a table, a text to send, and cards with QR codes to print; all of them secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from reportfill.campaign.access.given_link import GivenLink
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.parts import LINKS
from reportfill.campaign.progress import Progress, steps
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.sending.link_cards import link_cards, qr_code, require_qr_codes
from reportfill.campaign.sending.link_table import link_table
from reportfill.campaign.sending.link_words import LinkWords, link_texts
from reportfill.campaign.storage.putting_away import free_folder
from reportfill.campaign.storage.secret_files import write_secret
from reportfill.errors import OutputError, UsageError
from reportfill.pack.discovery import manifest_of
from reportfill.workers import Workers

TABLE, TEXTS, CARDS = "links.xlsx", "链接.txt", "二维码"
_CARDS_OF_FILE = 1_000
"""With more cards than these Word takes long to open a file."""

_LONGEST_URL = 120
"""A longer one makes a QR code of too many squares to be scanned from paper."""


@dataclass(frozen=True, slots=True)
class LinkFiles:
    """The files of links that are about to be given, as far as they take long to make: the words that go with links,
    and the QR codes by the codes of the links."""

    words: LinkWords
    pictures: Mapping[str, bytes]

    @classmethod
    def prepared(
        cls,
        folder: CampaignFolder,
        links: Sequence[GivenLink],
        url: str,
        until: date | None,
        workers: Workers,
        progress: Progress,
    ) -> LinkFiles:
        """What the files of links need. Raises UsageError where the URL is none, or what makes QR codes is not
        installed."""
        require_qr_codes()
        words = LinkWords.of(folder.settings(), manifest_of(folder.pack), _page_at(url), until)
        pictures, step = {}, steps(progress, len(links))
        made = workers.results(qr_code, (words.address(link.code) for link in links))
        for link, picture in zip(links, made, strict=True):
            pictures[link.code] = picture
            step()
        return cls(words, pictures)

    def write(self, folder: CampaignFolder, links: Sequence[GivenLink], today: date) -> tuple[str, ...]:
        """Write the files of those links in a folder of the day, for this user alone; where they are. Raises
        OutputError where one cannot be written, and none is left then."""
        store, place = folder.store, free_folder(folder.store, f"{LINKS}/{today.isoformat()}")
        written: list[str] = []
        try:
            for name, content in self._contents(links, folder.roster()):
                write_secret(store, f"{place}/{name}", content)
                written.append(f"{place}/{name}")
        except BaseException:
            for path in written:
                with suppress(OutputError):
                    store.remove(path)
            raise
        return tuple(map(store.place, written))

    def _contents(self, links: Sequence[GivenLink], roster: Roster) -> Iterator[tuple[str, bytes]]:
        yield TABLE, link_table(links, roster, self.words)
        yield TEXTS, link_texts(links, self.words)
        for number, start in enumerate(range(0, len(links), _CARDS_OF_FILE), 1):
            some = links[start : start + _CARDS_OF_FILE]
            name = CARDS if len(links) <= _CARDS_OF_FILE else f"{CARDS}-{number:03}"
            yield f"{name}.docx", link_cards(some, [self.pictures[link.code] for link in some], self.words)


def _page_at(url: str) -> str:
    """The URL of the web page as it stands in links. Raises UsageError for one that a browser does not open."""
    try:
        parts = urlsplit(url)
        is_page = (
            parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
        )
    except ValueError:
        is_page = False
    if not is_page or len(url) > _LONGEST_URL or any(map(str.isspace, url)):
        raise UsageError(
            f"{url}: no address of a web page; write one as https://tb.example.gov.cn",
            f"{url}：不是网页地址，请写成 https://tb.example.gov.cn 这样",
        )
    return url.rstrip("/")
