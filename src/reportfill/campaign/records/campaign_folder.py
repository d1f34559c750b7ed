"""The folder of a campaign: what lies where. Everything in it can be read with Excel and a file manager."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import uuid4

from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.parts import (
    FOLDERS,
    LEDGER,
    LEDGER_URL,
    NOTICE,
    RECEIVED,
    SEAL,
    SETTINGS,
)
from reportfill.campaign.folder.settings import Settings, read_settings, settings_text, with_id
from reportfill.campaign.records import in_use
from reportfill.campaign.records.journal import JournalWriter, table_names
from reportfill.campaign.records.leftovers import HELD, remove_leftovers
from reportfill.campaign.records.own_ledger import own_ledger
from reportfill.campaign.records.share_lock import ShareLock, noticed
from reportfill.campaign.storage.putting_away import is_taken
from reportfill.campaign.storage.store import FolderStore, Store, store_at
from reportfill.errors import CampaignError, OutputError, PackError
from reportfill.files import noting
from reportfill.finding import Finding, finding
from reportfill.folder_kind import FolderKind, kind_of_folder
from reportfill.pack.discovery import MANIFEST, find_pack_of_id, manifest_of
from reportfill.system_words import reason_of
from reportfill.text import Text

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from reportfill.campaign.records.ledger import Ledger

# The ledger's library is slow to import, as is what reads rosters: most calls of the program do without, and what needs
# them imports them.
Made = TypeVar("Made")

LONG = 100_000
"""Bytes of a roster's file; one that has fewer is read as fast as what the ledger would keep of it."""

_ROSTERS = ("roster.xlsx", "roster.csv", "roster.xls", "roster.ods")


class ClosedError(CampaignError):
    """A campaign that is closed: nothing in it is changed any more."""


class RosterError(CampaignError):
    """A campaign whose roster has errors; `findings` say which."""

    def __init__(self, place: str, findings: Sequence[Finding]) -> None:
        super().__init__(
            f"{place} has errors, and nothing was done: without a sound roster nobody knows who is missing",
            f"名册{place}有错误，没有运行：名册有误，无法判断缺哪些单位。请按提示改正后再运行",
        )
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class CampaignFolder:
    """A campaign's folder, on disk or wherever its store is. `recorded` is what was put on record of changes in the
    roster, and what could not be moved or written for a reason of its own, since it was last said."""

    store: Store
    recorded: list[Finding] = field(default_factory=list, compare=False, repr=False)
    _kept: dict[str, tuple[object, object]] = field(default_factory=dict, compare=False, repr=False)
    _locks: list[ShareLock] = field(default_factory=list, compare=False, repr=False)

    @property
    def root(self) -> Path:
        """The folder on disk. Raises CampaignError where it is elsewhere."""
        if not isinstance(self.store, FolderStore):
            raise CampaignError(
                f"this works in a folder on disk only, not at {self.store.url}",
                f"这项操作只能在本机文件夹中进行，不能用于{self.store.url}",
            )
        return self.store.root

    @property
    def roster_file(self) -> str:
        """The roster, of whichever format it is. Raises CampaignError where there is none."""
        roster = next((name for name in _ROSTERS if is_taken(self.store, name)), None)
        if roster is None:
            raise CampaignError(
                f"{self.store.url} holds no roster.xlsx", f"{self.store.url}中没有名册roster.xlsx"
            )
        return roster

    def change_roster(self, content: bytes) -> None:
        """Let the roster be another workbook, in place of whatever file it was in. Raises OutputError where it cannot
        be written."""
        former = [name for name in _ROSTERS[1:] if is_taken(self.store, name)]
        self.store.write(_ROSTERS[0], content)
        for name in former:
            self.store.remove(name)

    @property
    def is_sealed(self) -> bool:
        """Whether the campaign is closed."""
        return self.store.exists(SEAL)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell with the record what cannot be moved or written for a reason of its own, and let the rest go on."""
        held: list[Text] = []
        with noting(held):
            yield
        self.recorded.extend(finding("campaign.file_held", reason=why) for why in held)

    def require_open(self) -> None:
        """Raise ClosedError where the campaign is closed."""
        if self.is_sealed:
            name = self.store.url
            raise ClosedError(
                "the campaign is closed",
                "本年度的工作已经封存",
                by_command=(
                    f"`reportfill campaign close {name} --reopen WHY` opens it again",
                    f"需要改动的，先启封：reportfill campaign close {name} --reopen 原因",
                ),
            )

    def settings(self) -> Settings:
        """What campaign.toml says. Raises CampaignError where it is broken."""
        content = self._read(SETTINGS)
        try:
            return self.kept("settings", content, lambda: read_settings(content.decode("utf-8-sig")))
        except UnicodeDecodeError as error:
            raise CampaignError(
                f"{SETTINGS} is not UTF-8 text", f"{SETTINGS}不是UTF-8编码，请用记事本另存为UTF-8"
            ) from error

    def change_settings(self, settings: Settings) -> None:
        """Write campaign.toml anew."""
        self.store.write(SETTINGS, settings_text(settings).encode())

    @property
    def pack(self) -> str:
        """What `load_pack` finds the campaign's pack by: its id, or its folder where campaign.toml names one, from the
        campaign's own folder if it is not named whole."""
        named = self.settings().pack
        place = self.store.root / named if isinstance(self.store, FolderStore) else Path(named)
        return str(place.absolute()) if (place / MANIFEST).is_file() else named

    @property
    def pack_id(self) -> str:
        """The id of the campaign's pack; what campaign.toml names, where there is no such pack any more."""
        try:
            return manifest_of(self.pack).id
        except PackError:
            return self.settings().pack

    def roster(self) -> Roster:
        """The agencies; the ledger keeps a long list as it was read, until its file changes. Raises RosterError where
        anything is wrong with it: without a sound one nobody knows whose report is whose, and who is missing."""
        file = self.roster_file
        content = self._read(file)
        read = partial(_read_roster if len(content) < LONG else self._long_roster, content, file)
        roster = self.kept("roster", (file, sha256(content).digest()), read)
        if roster.has_errors:
            raise RosterError(self.store.place(file), roster.findings)
        return roster

    def kept(self, name: str, made_of: object, make: Callable[[], Made]) -> Made:
        """What was made for this folder before under a name, made anew where it was made of something else."""
        known = self._kept.get(name)
        if known is None or known[0] != made_of:
            known = self._kept[name] = (made_of, make())
        return cast("Made", known[1])

    def _long_roster(self, content: bytes, file: str) -> Roster:
        from reportfill.campaign.records.kept_roster import digest_of_roster

        digest = digest_of_roster(content, file)
        return self._kept_roster(digest) or self._newly_kept(content, file, digest)

    def _kept_roster(self, digest: str) -> Roster | None:
        """The roster that the ledger keeps; None where there is none, or no ledger that can be used."""
        with suppress(CampaignError), self.read_ledger() as ledger:
            return ledger.roster(digest)
        return None

    def _newly_kept(self, content: bytes, file: str, digest: str) -> Roster:
        """The roster read from its file, and kept where there is a ledger that can be written to."""
        roster = _read_roster(content, file)
        if not roster.has_errors and not self.is_sealed:
            with suppress(CampaignError), self.read_ledger() as ledger, ledger.writing() as record:
                record.roster(digest, roster)
        return roster

    def _read(self, path: str) -> bytes:
        try:
            return self.store.read(path)
        except OSError as error:
            place, why = self.store.place(path), reason_of(error)
            raise CampaignError(
                f"{place} cannot be read: {why.en}; where it is open in Excel, close it first",
                f"无法读取{place}：{why.zh}；正用Excel打开着的请先关闭",
            ) from error

    @property
    def ledger_url(self) -> URL | str:
        """The URL of the ledger's database. Raises CampaignError where the folder cannot hold one and none is named."""
        if self._named_ledger:
            return self._named_ledger
        if isinstance(self.store, FolderStore):
            from reportfill.campaign.records.database import url_of_file

            own = own_ledger(self.store.root, self._id) if self.has_own_ledger else None
            return url_of_file(own or self.store.root / LEDGER)
        raise CampaignError(
            f'{self.store.url} cannot hold the ledger: name a database with `ledger = "postgresql+psycopg://…"` in '
            f"{SETTINGS} or in the environment as {LEDGER_URL}",
            f'{self.store.url}不能存放台账：请在{SETTINGS}中写明 ledger = "postgresql+psycopg://…"，'
            f"或者设置环境变量{LEDGER_URL}",
        )

    @property
    def _id(self) -> str:
        """What tells the campaign from all others. That of an earlier version is what any two computers make of its
        settings."""
        return self.settings().id or sha256(self._read(SETTINGS)).hexdigest()[:32]

    @property
    def _named_ledger(self) -> str:
        return self.settings().ledger or os.environ.get(LEDGER_URL, "")

    @property
    def kind(self) -> FolderKind | None:
        """What kind of folder the campaign is in; None where it is in none."""
        return kind_of_folder(self.store.root) if isinstance(self.store, FolderStore) else None

    @property
    def has_own_ledger(self) -> bool:
        """Whether the ledger is one of this user's own: databases and their locks hold in folders of this computer
        only, and in one that is only read there can be none."""
        if self._named_ledger or not isinstance(self.store, FolderStore):
            return False
        return self.kind is not FolderKind.LOCAL or not os.access(self.store.root, os.W_OK)

    @property
    def title(self) -> str:
        """What tells the campaign from others: the ledger says whose it is."""
        settings = self.settings()
        return f"{settings.issuer} {settings.year} {settings.pack}"

    @contextmanager
    def read_ledger(self) -> Iterator[Ledger]:
        """The ledger, open; a new one where nothing was handed in yet. Raises CampaignError where it cannot be used or
        is lost."""
        from reportfill.campaign.records.open_ledger import open_ledger

        is_new = not self._has_ledger_file and self.is_new
        with closing(open_ledger(self.ledger_url, self.title, is_new=is_new)) as ledger:
            yield ledger

    @property
    def is_ledger_elsewhere(self) -> bool:
        """Whether the ledger is in a database that is named, and not with the folder."""
        return bool(self._named_ledger)

    @property
    def has_ledger(self) -> bool:
        """Whether the ledger is where it is to be. Raises CampaignError where a server does not tell."""
        from reportfill.campaign.records.open_ledger import is_ledger_at

        return is_ledger_at(self.ledger_url)

    @property
    def lacks_ledger(self) -> bool:
        """Whether the ledger is to be in a file that is not there, though something was handed in already."""
        if self._named_ledger or not isinstance(self.store, FolderStore):
            return False
        return not self._has_ledger_file and not self.is_new

    @property
    def _has_ledger_file(self) -> bool:
        """Whether the ledger is in a file that is there."""
        from reportfill.campaign.records.database import file_of

        return os.path.isfile(file_of(self.ledger_url))

    @property
    def is_new(self) -> bool:
        """Whether nothing was handed in yet, and nothing decided."""
        return not table_names(self.store) and not self.store.files(RECEIVED)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the campaign for this process alone. Raises CampaignInUseError where another has it and does not let go
        of it, and CampaignError where it is closed."""
        with self.held():
            self.require_open()
            self._give_id()
            yield

    def remove_leftovers(self, *held: str) -> None:
        """Remove what processes that were killed left behind, of a campaign that is held, and of these folders too,
        into which nobody else writes now."""
        if isinstance(self.store, FolderStore):
            others_write = self.kind is not FolderKind.LOCAL
            remove_leftovers(self.store.root, *HELD, *held, others_write=others_write)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the campaign for this process alone, closed or not: on this computer by a lock of the system, on a share
        by a file as well, unless nothing can be written there; in a folder that is synchronised others are only told.
        Raises CampaignInUseError where another has it and does not let go of it."""
        from reportfill.campaign.records.database import locked, seat_of

        with locked(self.ledger_url), ExitStack() as stack:
            if self._is_by_file and self.kind is FolderKind.SHARE and os.access(self.root, os.W_OK):
                lock = ShareLock(self.root, seat=seat_of(self.ledger_url), patience=in_use.PATIENCE)
                stack.enter_context(lock.held())
                self._locks.append(lock)
                stack.callback(self._locks.remove, lock)
            elif self._is_by_file and self.kind is FolderKind.SYNCED:
                stack.enter_context(noticed(self.root, self.recorded))
            yield

    @property
    def _is_by_file(self) -> bool:
        """Whether others hold the campaign by a file; a server's database knows of all."""
        return isinstance(self.store, FolderStore) and not self._named_ledger.startswith("postgresql")

    def journal_writer(self, seen: Mapping[str, Sequence[str]]) -> JournalWriter:
        """What writes the journal of a campaign that is held; `seen` are the tables that were read, with those that
        each of them names. Nothing is written any more where another computer has taken the campaign over."""
        return JournalWriter(self.store, seen, self._require_held)

    def _require_held(self) -> None:
        for lock in self._locks:
            lock.require()

    def _give_id(self) -> None:
        """Write an id into the campaign.toml of an earlier version."""
        if not self.settings().id:
            text = self._read(SETTINGS).decode("utf-8-sig")
            with suppress(OutputError):  # open in an editor: the next time
                self.store.write(SETTINGS, with_id(text, self._id).encode())


def pack_setting(place: str | Path, pack: Path) -> str:
    """What the campaign.toml of a campaign at a place says of a pack in a folder, so that it is found again: its id
    where packs are looked for, else the way to the folder from the campaign's own, or where there is no such way all of
    its path."""
    id = manifest_of(pack).id
    with suppress(PackError):
        if find_pack_of_id(id).samefile(pack):
            return id
    store = store_at(place)
    if not isinstance(store, FolderStore):
        return str(pack.absolute())
    try:
        return Path(os.path.relpath(pack.absolute(), store.root.absolute())).as_posix()
    except ValueError:  # Windows: on another drive
        return str(pack.absolute())


def open_campaign_folder(place: str | Path) -> CampaignFolder:
    """The campaign in a folder or at a URL. Raises CampaignError where there is none."""
    store = store_at(place)
    if not store.exists(SETTINGS):
        raise CampaignError(
            f"{place} is no campaign: it holds no {SETTINGS}",
            f"{place}不是年度报告工作的文件夹：其中没有{SETTINGS}",
            by_command=("`reportfill campaign new` makes one", "用 reportfill campaign new 新建"),
        )
    return CampaignFolder(store)


def require_earlier(last: CampaignFolder, year: int) -> None:
    """Raise CampaignError where a campaign that is to stand for last year's is not of a year before this one."""
    found = last.settings().year
    if found >= year:
        raise CampaignError(
            f"{last.store.url} is the campaign of {found}, which is not before {year}",
            f"{last.store.url}是{found}年度的，不早于{year}年度，不能作为上年度的",
        )


def create_campaign_folder(
    place: str | Path, settings: Settings, roster: bytes, notice: bytes
) -> CampaignFolder:
    """A new campaign in a folder or at a URL, with a roster to fill in and a template of the notice to edit. Raises
    CampaignError where there is one already."""
    store = store_at(place)
    if store.exists(SETTINGS):
        raise CampaignError(f"{place} is a campaign already", f"{place}已经是年度报告工作的文件夹")
    if isinstance(store, FolderStore):
        for name in FOLDERS:
            (store.root / name).mkdir(parents=True, exist_ok=True)
    if not any(map(store.exists, _ROSTERS)):
        store.write(_ROSTERS[0], roster)
    if not store.exists(NOTICE):
        store.write(NOTICE, notice)
    store.write(SETTINGS, settings_text(replace(settings, id=uuid4().hex)).encode())
    return CampaignFolder(store)


def _read_roster(content: bytes, name: str) -> Roster:
    from reportfill.campaign.agencies.roster_file import read_roster

    return read_roster(content, name)
