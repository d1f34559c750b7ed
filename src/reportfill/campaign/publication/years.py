"""The years of a site: what its first file tells of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportfill.campaign.publication.release import json_content
from reportfill.campaign.publication.site import PublishedYear
from reportfill.campaign.publication.site_places import RELEASE, SitePlaces
from reportfill.campaign.storage.store import FolderStore, Store
from reportfill.errors import CampaignError
from reportfill.system_words import reason_of

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ReleasedYear:
    """A year of a site, the campaign from which it was published, and the SHA-256 of what it consists of."""

    year: PublishedYear
    campaign: str
    release: str


def released_years(store: Store) -> list[ReleasedYear]:
    """The years of a site, none of a new one. Raises CampaignError where the folder holds something else: nothing of
    what others put there is touched."""
    if not store.exists(RELEASE):
        _require_empty(store)
        return []
    try:
        told = json.loads(store.read(RELEASE))
        if told["format"] != _FORMAT:
            raise ValueError(told["format"])
        return [_released(one) for one in told["years"]]
    except OSError as error:
        place, why = store.place(RELEASE), reason_of(error)
        raise CampaignError(f"{place} cannot be read: {why.en}", f"无法读取{place}：{why.zh}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        place = store.place(RELEASE)
        raise CampaignError(
            f"{place} is not one that this program wrote: publish into an empty folder",
            f"{place}已损坏，或者不是本程序生成的：请输出到空文件夹",
        ) from error


def _released(told: Mapping[str, str]) -> ReleasedYear:
    places = SitePlaces(str(told["series"]), int(told["year"]))
    year = PublishedYear(places, str(told["title"]), str(told["issuer"]))
    return ReleasedYear(year, str(told["campaign"]), str(told["sha256"]))


def _require_empty(store: Store) -> None:
    if isinstance(store, FolderStore):
        try:
            is_empty = not any(store.root.iterdir())
        except FileNotFoundError:
            is_empty = True
        except OSError as error:
            why = reason_of(error, store.root)
            raise CampaignError(f"{store.url}: {why.en}", f"无法使用{store.url}：{why.zh}") from error
    else:
        is_empty = not store.files()
    if not is_empty:
        raise CampaignError(
            f"{store.url} holds something that was not published by this program: choose an empty folder",
            f"{store.url}中有其他文件，不是本程序发布的内容：请换一个空文件夹",
        )


def with_year(years: Sequence[ReleasedYear], one: ReleasedYear) -> list[ReleasedYear]:
    """The years with one of them as it is now, the newest first."""
    others = [other for other in years if other.year.places != one.year.places]
    return sorted([*others, one], key=lambda other: (-other.year.places.year, other.year.places.series))


def years_content(years: Sequence[ReleasedYear], files: Mapping[str, bytes]) -> bytes:
    """What a site consists of: the years with the SHA-256 of what tells of each, and that of every file that the years
    share."""
    told = [
        {
            "series": one.year.places.series,
            "year": one.year.places.year,
            "title": one.year.title,
            "issuer": one.year.issuer,
            "campaign": one.campaign,
            "release": one.year.places.release,
            "sha256": one.release,
        }
        for one in years
    ]
    digests = {place: hashlib.sha256(content).hexdigest() for place, content in sorted(files.items())}
    return json_content({"format": _FORMAT, "years": told, "sha256": digests})
