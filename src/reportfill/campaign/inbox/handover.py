"""An archive that is a hand-over: of its files one is taken in, and only where all are as its list says."""

from __future__ import annotations

from collections.abc import Callable

from reportfill.arrivals import is_junk
from reportfill.campaign.inbox.archive import Archive
from reportfill.campaign.records.handover_list import HANDOVER_LIST, HandoverList, handover_list
from reportfill.finding import Finding, finding

_LARGEST_LIST = 1 << 20


def handover_in(archive: Archive) -> HandoverList | None:
    """The list of a hand-over; None where the archive is none. Raises ContainerError where the list cannot be had."""
    if HANDOVER_LIST not in archive.names:
        return None
    return handover_list(archive.content(HANDOVER_LIST, _LARGEST_LIST))


def why_altered(
    archive: Archive, listed: HandoverList, going_through: Callable[[int], None]
) -> Finding | None:
    """What is not as the list of a hand-over says: a file that was changed, is gone or came in besides; None where all
    is. `going_through` is told of how many bytes each is before it is unpacked. Raises ContainerError."""
    there = {name for name in archive.names if name != HANDOVER_LIST and not is_junk(name)}
    for name in sorted(there | {*listed.files, listed.report}):
        if name in there:
            going_through(archive.size(name))
        if name not in there or archive.digest(name) != listed.files.get(name):
            return finding("container.handover_altered", name=name)
    return None
