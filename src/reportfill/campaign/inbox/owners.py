"""Whose a file is that came in: it is never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Protocol

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.holder_matching import HolderMatching, match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.parts import folder_of_code
from reportfill.campaign.inbox.source_reading import FileRead
from reportfill.campaign.inbox.sources import Source
from reportfill.campaign.records.history import AgencyChange, SentWorkbook
from reportfill.campaign.records.journal import JournalEntry
from reportfill.finding import Finding, finding

_Owner = Holder | Finding
"""Whose a file is, or why that cannot be told."""


class SentWorkbooks(Protocol):
    """The workbooks that were handed out, by id."""

    def get(self, id: str, /) -> SentWorkbook | None:
        """The workbook of an id; None where none was handed out under it."""

    def values(self) -> Collection[SentWorkbook]:
        """All of them."""


class Owners:
    """Tells whose a file is, by the roster, the workbooks that were handed out, and what is on record of agencies that
    came to have another code or name."""

    def __init__(
        self, roster: Roster, year: int, sent: SentWorkbooks, changes: Iterable[AgencyChange]
    ) -> None:
        self._roster, self._year, self._sent = roster, year, sent
        self._now: dict[Holder, Holder] = {}
        for change in changes:
            for former in [one for one, now in self._now.items() if now == change.former]:
                self._now[former] = change.now
            self._now[change.former] = change.now

    def of_source(self, source: Source, read: FileRead, told: JournalEntry | None = None) -> _Owner:
        """Whose a file is, as `of` tells it, or `of_handed_in` of what an agency handed in itself."""
        if source.handed_in:
            return self.of_handed_in(read, told, source.handed_in)
        return self.of(read, told, source.code)

    def of(self, read: FileRead, told: JournalEntry | None = None, code: str = "") -> _Owner:
        """Whose a file is: of what the journal tells already, whose it told; of a copy that lies in the folder of a
        code, that agency's where nothing else says so."""
        if told is not None:
            return self._told_holder(told)
        owner = self._owner(read)
        agency = self._roster.all_by_code.get(code)
        if isinstance(owner, Finding) and agency is not None and read.name in ("", agency.name):
            return agency.holder
        return owner

    def of_handed_in(self, read: FileRead, told: JournalEntry | None, folder: str) -> _Owner:
        """Whose a file is that an agency handed in itself: that agency's, in whose folder it lies, and nobody else's
        whatever it says."""
        by = self.agency_of_folder(folder)
        if by is None:
            return finding("stray.not_in_roster", value=folder, former_code=folder)
        if read.trouble:
            return read.trouble
        owner = self._told_holder(told) if told is not None else self._owner(read)
        if isinstance(owner, Holder):
            return owner if owner.code == by.code else handed_in_by_another(owner, by)
        is_silent = not read.name and self._sent.get(read.workbook) is None
        return self._due(by) if is_silent and read.year == self._year else owner

    def agency_of_folder(self, folder: str) -> Agency | None:
        """The agency in whose own folder a file lies, also under the code that it had; None where it is nobody's."""
        every = self._roster.all_by_code
        if folder in every and folder_of_code(folder) == folder:
            return every[folder]
        code = next((one for one in every if folder_of_code(one) == folder), None)
        former = (now for one, now in self._now.items() if folder_of_code(one.code) == folder)
        return every[code] if code is not None else self._roster.by_holder.get(next(former, Holder("", "")))

    def _told_holder(self, told: JournalEntry) -> Holder:
        holder = Holder(told.code, told.name)
        return self._now.get(holder, holder)

    def expected(self, source: Source) -> Holder | None:
        """Whose a file will probably turn out to be: it is called as an agency, or as the workbook that was handed out
        to one. What it says itself decides."""
        if source.handed_in:
            by = self.agency_of_folder(source.handed_in)
            return by.holder if by else None
        agency = self._roster.all_by_code.get(source.code)
        if agency is not None:
            return agency.holder
        called = PurePosixPath(source.inner[-1] if source.inner else source.path).stem
        named = self._roster.by_name.get(called)
        return named.holder if named else self._by_workbook_name.get(called)

    @cached_property
    def _by_workbook_name(self) -> Mapping[str, Holder]:
        return {PurePosixPath(one.path).stem: one.holder for one in self._sent.values()}

    @cached_property
    def _belonging(self) -> HolderMatching:
        sent = self._sent.values()
        return match_holders(self._roster, {workbook.holder for workbook in sent if not workbook.is_rollup})

    def _owner(self, read: FileRead) -> _Owner:
        if read.trouble:
            return read.trouble
        if read.year is not None and read.year != self._year:
            return finding("stray.other_year", value=read.year, expected=self._year)
        sent = self._sent.get(read.workbook)
        if sent is None:
            return self._by_name(read)
        if sent.is_rollup:
            return finding("stray.own_rollup")
        return self._by_workbook(read, sent)

    def _by_workbook(self, read: FileRead, sent: SentWorkbook) -> _Owner:
        """Whose the workbook is that was handed out to somebody, wherever the roster has them now."""
        is_as_it_was = sent.holder in self._roster.by_holder
        now = sent.holder if is_as_it_was else self._belonging.holder_now(sent.holder)
        agency, named = self._roster.by_holder.get(now), self._roster.named(read.name)
        asked = None if is_as_it_was else self._belonging.doubtful.get(sent.holder)
        if asked is not None and named in (None, asked) and self._confirmed(read) is None:
            return sent.holder
        if named is not None and named.holder not in (now, self._confirmed(read)):
            return _another(read, sent, named)
        due = agency or named
        if due is not None:
            return self._due(due)
        return finding("stray.not_in_roster", value=sent.name, former_code=sent.code)

    def _confirmed(self, read: FileRead) -> Holder | None:
        """The agency that a file names, where the roster has its name and code, or had its code before."""
        named = self._roster.named(read.name)
        if named is None:
            return None
        is_its_own = self._roster.has_code(named, read.code)
        former = self._now.get(Holder(read.code, read.name))
        return named.holder if is_its_own or former == named.holder else None

    def _by_name(self, read: FileRead) -> _Owner:
        """Whose a workbook is that nobody was sent, by the name and the code that it says."""
        if not read.name:
            return read.findings[0] if read.findings else finding("stray.nameless")
        written = Holder(read.code, read.name)
        agency = self._roster.by_holder.get(self._now.get(written, written))
        if agency is not None:
            return self._due(agency)
        named = self._roster.named(read.name)
        if named is None:
            other = self._roster.all_by_code.get(read.code)
            code, expected = (
                ("stray.code_of_another", other.name) if other else ("stray.unknown_agency", None)
            )
            return finding(code, value=read.name, expected=expected, former_code=read.code)
        if read.code and not self._roster.has_code(named, read.code):
            return finding("stray.name_and_code", value=read.name, expected=named.code, former_code=read.code)
        return self._due(named)

    def _due(self, agency: Agency) -> _Owner:
        if agency.is_closed:
            return finding("stray.closed", value=agency.name, change=self._roster.change(agency))
        return agency.holder


def handed_in_by_another(owner: Holder, by: Agency) -> Finding:
    """Why a workbook is nobody's that another agency handed in than the one whose it is."""
    return finding(
        "stray.handed_in_by_another",
        value=owner.name,
        expected=by.name,
        former_code=owner.code,
        code_of_agency=by.code,
    )


def _another(read: FileRead, sent: SentWorkbook, named: Agency) -> Finding:
    """Why a workbook is nobody's in which the name of another agency than that to which it was sent stands."""
    code = "stray.sent_under_code" if named.name == sent.name else "stray.sent_to_another"
    name = named.name if named.name == sent.name else read.name
    return finding(code, value=name, expected=sent.name, former_code=sent.code, code_of_agency=named.code)
