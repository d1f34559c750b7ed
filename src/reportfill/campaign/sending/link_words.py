"""What is said with a link, in the language of the pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportfill.campaign.access.codes import link_address
from reportfill.campaign.access.given_link import GivenLink
from reportfill.campaign.folder.settings import Settings
from reportfill.campaign.sending.letter_tags import day_in_words
from reportfill.pack.manifest import Manifest
from reportfill.text import Text


@dataclass(frozen=True, slots=True)
class LinkWords:
    """What goes with the links of a campaign: the report's title with its year, where the web page is, and until when
    they open."""

    title: str
    url: str
    until: date | None
    language: str

    @classmethod
    def of(cls, settings: Settings, manifest: Manifest, url: str, until: date | None) -> LinkWords:
        """What goes with links of a campaign with these settings and pack."""
        title = Text(f"{settings.year}年{manifest.title}", f"{manifest.title} {settings.year}")
        return cls(title.in_language(manifest.language), url, until, manifest.language)

    def address(self, code: str) -> str:
        """The link of a code."""
        return link_address(self.url, code)

    @property
    def heading(self) -> str:
        """What stands above links."""
        return self._said(f"{self.title}填报链接", f"Links for {self.title}")

    def picture_of(self, name: str) -> str:
        """What the QR code of an agency is, in words."""
        return self._said(f"{name}的填报链接二维码", f"QR code with the link of {name}")

    @property
    def how(self) -> str:
        """How to open a link from paper."""
        return self._said(
            f"扫描二维码，或者打开“{self.url}”，输入填报码：", f"Scan, or open {self.url} and type:"
        )

    @property
    def secret(self) -> str:
        """That a link is for the agency alone, and until when it opens."""
        day = day_in_words(self.until, self.language)
        until = self._said(f"有效期至{day}。", f" It opens until {day}.") if day else ""
        return self._said("仅限本单位使用，请勿转发。", "For your office alone; do not pass it on.") + until

    @property
    def warning(self) -> str:
        """What whoever has all links must know."""
        return self._said(
            "以下链接等同于各单位的密码：请逐个单独发送给本单位的联系人，不要发到工作群；发送后删除本文件。",
            "Each of these links is its agency's password: send each to that agency alone, then delete this file.",
        )

    def message(self, link: GivenLink) -> str:
        """The text that takes a link to its agency."""
        name = link.agency.name
        return "\n".join(
            (
                self._said(f"{name}：{self.title}填报链接", f"{name}: your link for {self.title}"),
                self.address(link.code),
                self.secret,
            )
        )

    def _said(self, chinese: str, english: str) -> str:
        return Text(chinese, english).in_language(self.language)


def link_texts(links: Sequence[GivenLink], words: LinkWords) -> bytes:
    """The messages of all links, to be sent one by one."""
    text = "\n\n——————\n\n".join((words.warning, *map(words.message, links)))
    # Notepad takes a text for one in the system's own encoding unless it begins with this mark.
    return f"{text}\n".encode("utf-8-sig")
