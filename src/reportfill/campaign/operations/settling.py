"""What the versions of an agency come to: their numbers, what was said of them, and where their files are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.folder.naming import Places, put_away_place
from reportfill.campaign.records.ancestry import Ancestry
from reportfill.campaign.records.history import History, Review, Version
from reportfill.campaign.records.told import Told
from reportfill.campaign.storage.store import Store


class Settled(NamedTuple):
    """An agency's history; the version that counts where its report is at none of its places; the version that counts
    where its report may be another's, which two computers wrote to one place; whether that report, or the marked
    workbook of a newest version with errors, is not there; and the report that is still at its place though its version
    was sent back, with the place where it belongs."""

    holder: Holder
    history: History
    lacks_report: Version | None
    has_doubtful_report: Version | None
    lacks_file: bool
    obsolete: tuple[str, str] | None


class Settling:
    """Tells what the versions of an agency come to, by what the journal tells of them and by the files that are
    there."""

    def __init__(self, store: Store, places: Callable[[], Places], told: Told, ancestry: Ancestry) -> None:
        self._store, self._places, self._told, self._ancestry = store, places, told, ancestry

    @cached_property
    def _claimed(self) -> Mapping[str, Holder]:
        """Whose files the journal tells of, by their paths; asked for where a file is not at the place it tells of."""
        return {entry.result: self._told.holders[digest] for digest, entry in self._told.handed_in.items()}

    def settled(self, holder: Holder, recorded: History) -> Settled:
        """The history of an agency of which the ledger holds so much. Of two versions of one number, which two
        computers gave at once, one is counted behind the other; their files keep their names."""
        numbers: dict[str, int] = {}
        versions = map(self._as_told, recorded.versions)
        ordered = sorted(versions, key=lambda one: (self._told_number(one), one.seen, one.digest))
        for version in ordered:
            last = max(numbers.values(), default=0)
            numbers[version.digest] = max(self._told_number(version), last + 1)
        reviews = self._reviews(holder, recorded, numbers)
        settled = [
            one._replace(number=numbers[one.digest], report="", returned=self._returned(one))
            for one in ordered
        ]
        counted = History(settled, reviews).counted
        report = self._report_of(counted, reviews) if counted else ""
        history = History([one._replace(report=report if one is counted else "") for one in settled], reviews)
        counted = history.counted
        is_doubtful = bool(report) and len(set(map(self._told_number, ordered))) < len(ordered)
        return Settled(
            holder,
            history,
            counted if not report else None,
            counted if is_doubtful else None,
            self._lacks_file(history),
            self._obsolete(history),
        )

    def _lacks_file(self, history: History) -> bool:
        counted, newest = history.counted, history.versions[-1:]
        lacks_marked = any(not (one.is_sound or one.returned) for one in newest) and history.verdict is None
        return lacks_marked or (counted is not None and not counted.report)

    def _obsolete(self, history: History) -> tuple[str, str] | None:
        if not history.is_sent_back or not history.versions[-1].is_sound:
            return None
        newest = history.versions[-1]
        report = self._report_of(newest, history.reviews)
        return (report, put_away_place(report, newest.number)) if report else None

    def _as_told(self, version: Version) -> Version:
        """A version with its file and its time as the journal has them, which may have come later than the copy."""
        entry = self._told.handed_in.get(version.digest)
        return version._replace(file=entry.file, seen=entry.at) if entry else version

    def _told_number(self, version: Version) -> int:
        entry = self._told.handed_in.get(version.digest)
        return entry.number if entry else version.number

    def _reviews(self, holder: Holder, recorded: History, numbers: dict[str, int]) -> list[Review]:
        """What was said of an agency's versions, by their numbers. What only the ledger knows of, for a table of the
        journal may be damaged, stays behind what it stood behind."""
        told = self._told.reviews.get(holder, [])
        by_number = {self._told_number(one): numbers[one.digest] for one in reversed(recorded.versions)}
        renumbered = [
            (table, replace(said, number=numbers.get(said.digest) or by_number.get(said.number, said.number)))
            for table, said in told
        ]
        settled = self._ancestry.settled(renumbered)
        places = {_mark(one): place for place, one in enumerate(settled)}
        place, kept = -1, []
        for one in recorded.reviews:
            place = places.get(_mark(one), place)
            if _mark(one) not in places:
                kept.append((place, replace(one, number=numbers.get(one.digest, one.number))))
        return [one for _, one in sorted([*enumerate(settled), *kept], key=itemgetter(0))]

    def _returned(self, version: Version) -> str:
        """Where the marked workbook of a version is now; empty where there is none any more."""
        told = self._told.handed_in.get(version.digest)
        place = version.returned or (told.result if told and not version.is_sound else "")
        places = (place, put_away_place(place)) if place else ()
        return next(filter(self._store.exists, places), "")

    def _report_of(self, counted: Version, reviews: Sequence[Review]) -> str:
        """Where the report of the version that counts is: where the journal says, or where it would be written now;
        empty where it is at neither place, and where another's is there."""
        return next(filter(self._store.exists, self._places_of_report(counted, reviews)), "")

    def _places_of_report(self, counted: Version, reviews: Sequence[Review]) -> Iterator[str]:
        accepted = (one for one in reversed(reviews) if one.number == counted.number and one.is_accepted)
        yield from (one.file for one in accepted if one.file)
        told = self._told.handed_in.get(counted.digest)
        if told and told.result:
            yield told.result
        usual = self._places().report(counted.holder)
        if self._claimed.get(usual, counted.holder) == counted.holder:
            yield usual


def _mark(said: Review) -> tuple[datetime, bool, str]:
    """What tells a review from others of its agency."""
    return said.at, said.is_accepted, said.remark
