"""How long the paths of a campaign will be, counted before anything is written: Windows and Excel have their limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportfill.campaign.folder.naming import put_away_place, returned_place
from reportfill.campaign.storage.store import FolderStore, Store
from reportfill.finding import Finding, finding
from reportfill.system_words import LONGEST_PATH, path_length, utf16_length

_LAST_VERSION = 99
"""An agency hands in no more often than this."""

_UNLIMITED = 1 << 15


def room_in(store: Store) -> int:
    """How many UTF-16 units the place of an agency's workbook may have, so that Excel opens its marked workbooks, of
    which the paths are the longest."""
    if not isinstance(store, FolderStore):
        return _UNLIMITED
    return LONGEST_PATH - path_length(store.root / put_away_place(returned_place("", _LAST_VERSION)))


def long_paths(room: int, places: Mapping[str, str]) -> Iterator[Finding]:
    """What there is to say of agencies, by name, whose marked workbooks will have paths that Excel does not open.
    `places` are those of the workbooks, without suffix."""
    for agency, place in places.items():
        more = utf16_length(place) - room
        if more > 0:
            yield finding(
                "campaign.long_path",
                value=agency,
                length=LONGEST_PATH + more,
                expected=LONGEST_PATH,
                more=more,
            )
