"""Hand-overs in an archive: of the files of each one is taken in, and only where all are as its list says."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reportfill.arrivals import is_junk
from reportfill.campaign.inbox.archive import Archive
from reportfill.campaign.records.handover_list import HANDOVER_LIST, HandoverList, handover_list
from reportfill.finding import Finding, finding

_LARGEST_LIST = 1 << 20


class PackedHandover(NamedTuple):
    """A hand-over: how the names of its files begin, which somebody may have packed once more in a folder; its list."""

    folder: str
    listed: HandoverList

    @property
    def report(self) -> str:
        """The name of its report in the archive."""
        return self.folder + self.listed.report

    def why_altered(self, archive: Archive, going_through: Callable[[int], None]) -> Finding | None:
        """What is not as the list says: a file that was changed, is gone or came in besides; None where all is.
        `going_through` is told of how many bytes each is before it is unpacked. Raises ContainerError."""
        inside = (name for name in archive.names if name.startswith(self.folder) and not is_junk(name))
        there = {name.removeprefix(self.folder) for name in inside} - {HANDOVER_LIST}
        for name in sorted(there | {*self.listed.files, self.listed.report}):
            place = self.folder + name
            if name in there:
                going_through(archive.size(place))
            if name not in there or archive.digest(place) != self.listed.files.get(name):
                return finding("container.handover_altered", name=name)
        return None


def handovers_in(archive: Archive, going_through: Callable[[int], None]) -> list[PackedHandover]:
    """The hand-overs in an archive. `going_through` is told of how much each is, in bytes unpacked in the same time.
    Raises ContainerError where the list of one cannot be had."""
    found = []
    for name in archive.names:
        folder, _, file = name.rpartition("/")
        if file != HANDOVER_LIST:
            continue
        going_through(archive.effort + archive.size(name))
        listed = handover_list(archive.content(name, _LARGEST_LIST))
        if listed is not None:
            found.append(PackedHandover(f"{folder}/" if folder else "", listed))
    return found
