"""What was published of a year before: of each agency the report, found by its code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from reportfill.campaign.publication.release import (
    PublishedReport,
    ReleasePart,
    data_made_of,
    files_of_release,
    part_in,
    parts_of_release,
)
from reportfill.campaign.publication.site_places import SitePlaces
from reportfill.campaign.storage.store import Store
from reportfill.errors import CampaignError
from reportfill.system_words import reason_of


class FormerRelease:
    """A year of a site as it was published last, or so far as a run came that was broken off: `names` are those of the
    parts that there will be. Only where each report is told of is kept: there may be a hundred thousand."""

    def __init__(self, store: Store, places: SitePlaces, names: Iterable[str] = ()) -> None:
        self._store = store
        release = content_or_nothing(store, places.release)
        self.parts, self.files = parts_of_release(release), files_of_release(release)
        self.data_made_of = data_made_of(release)
        self._part = lru_cache(maxsize=4)(self._read)
        begun = (places.list_file(name, ".json") for name in names)
        every = dict.fromkeys((*self.parts, *begun))
        self._part_of = {report.code: part for part in every for report in self._part(part).reports}

    def report(self, code: str) -> PublishedReport | None:
        """The report of an agency; None where none was published."""
        part = self._part_of.get(code)
        return self._part(part).by_code.get(code) if part else None

    def list_files(self, part: str) -> Mapping[str, str]:
        """The SHA-256 of the files that were written with a part of the list, by place."""
        return self._part(part).files

    def reports_without(self, codes: Collection[str]) -> Iterator[PublishedReport]:
        """The reports of all agencies but these."""
        gone = sorted(self._part_of.keys() - codes, key=self._part_of.__getitem__)
        yield from filter(None, map(self.report, gone))

    def list_files_without(self, parts: Collection[str]) -> Iterator[Mapping[str, str]]:
        """The files of the list in all parts but these, by place with their SHA-256."""
        for part, digest in self.parts.items():
            if part not in parts:
                yield {**self._part(part).files, part: digest}

    def _read(self, place: str) -> ReleasePart:
        return part_in(content_or_nothing(self._store, place))


def content_or_nothing(store: Store, place: str) -> bytes:
    """A file's content; nothing where it is not there. Raises CampaignError where it cannot be read."""
    try:
        return store.read(place)
    except FileNotFoundError:
        return b""
    except OSError as error:
        why = reason_of(error)
        raise CampaignError(
            f"{store.place(place)} cannot be read: {why.en}", f"无法读取{store.place(place)}：{why.zh}"
        ) from error
