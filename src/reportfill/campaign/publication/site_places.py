"""What lies where in a published site, as addresses relative to it: of letters, digits and signs that stand in every
URL and in every file name."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from reportfill.outputs.kind import Output, kind_of_suffix, suffix_of_ending

HOME = "index.html"
"""The page of a folder, which web servers show for it."""

RELEASE = "release.json"
"""What a year of a site consists of, with the SHA-256 of every file."""

SITEMAP = "sitemap.xml"
"""The pages of a site, or of a year, for search engines."""

ASSETS = "assets"
"""The folder of what all pages share."""

WITHOUT_SUPERIOR = "top"
"""What stands for the superior of agencies that have none."""

_PLAIN = re.compile(r"[0-9A-Z][0-9A-Z-]{0,39}")
_RESERVED = re.compile(rf"CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9]|{WITHOUT_SUPERIOR}", re.IGNORECASE)
"""What Windows takes for a device, and what stands for no agency here."""

_MARK = 8


def address_of_code(code: str) -> str:
    """An agency's code as a part of an address: as it is, or what is plain of it with a mark of all of it, so that no
    two are alike on any system."""
    if _PLAIN.fullmatch(code) and not _RESERVED.fullmatch(code):
        return code
    plain = re.sub(r"[^0-9a-z]+", "-", code.lower()).strip("-")[:20]
    mark = _digest(code)[:_MARK]
    return f"{plain}-{mark}" if plain else f"a-{mark}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class SitePlaces:
    """The places of one report's year in a site; `series` is that of its pack."""

    series: str
    year: int

    @property
    def folder(self) -> str:
        """The folder of the year."""
        return f"{self.series}/{self.year}"

    @property
    def home(self) -> str:
        """The year's first page."""
        return f"{self.folder}/{HOME}"

    @property
    def sitemap(self) -> str:
        """The year's own pages for search engines."""
        return f"{self.folder}/{SITEMAP}"

    @property
    def release(self) -> str:
        """What the year consists of."""
        return f"{self.folder}/{RELEASE}"

    def list_file(self, name: str, suffix: str) -> str:
        """A file of a part of the list of agencies: its page, its index for the search, its part of the release."""
        return f"{self.folder}/lists/{name}{suffix}"

    def report_folder(self, code: str) -> str:
        """The folder of an agency's report, which its code alone tells: a page keeps its address whatever becomes of
        the agency's superior."""
        address = address_of_code(code)
        return f"{self.folder}/reports/{_digest(address)[:2]}/{address}"

    def report_page(self, code: str) -> str:
        """The page of an agency's report."""
        return f"{self.report_folder(code)}/{HOME}"

    def data_file(self, name: str) -> str:
        """A file of open data over all agencies."""
        return f"{self.folder}/data/{name}"

    @property
    def data_page(self) -> str:
        """Where the year's first page names the files of open data."""
        return f"{self.home}#data"

    def sums_file(self, name: str) -> str:
        """A file of what all agencies come to."""
        return f"{self.folder}/sums/{name}"


def download_name(output: Output) -> str:
    """What the file of an output is called in the folder of its report: of several kinds with one suffix, the first is
    the report."""
    suffix = suffix_of_ending(output.ending)
    first = kind_of_suffix(PurePosixPath(f"report{suffix}"))
    return f"{'report' if first and first.name == output.kind else output.kind}{suffix}"


def relative_link(page: str, target: str) -> str:
    """The way from a page of a site to another file of it, which holds in a subfolder and from disk."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")
