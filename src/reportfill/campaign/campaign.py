"""An office's year, as commands, a web page and scripts work with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reportfill.campaign.folder.settings import Contact, Settings
from reportfill.campaign.progress import Progress, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.errors import require_kind

if TYPE_CHECKING:
    from reportfill.campaign.access.link import Link
    from reportfill.campaign.access.user import GivenKey, Key, User
    from reportfill.campaign.agencies.agency import Agency
    from reportfill.campaign.agencies.roster import Roster
    from reportfill.campaign.comparison.two_versions import TwoVersions
    from reportfill.campaign.operations.agency_history import AgencyHistory
    from reportfill.campaign.operations.backup import Backup
    from reportfill.campaign.operations.bulk_review import BulkReviewed
    from reportfill.campaign.operations.close import Closed
    from reportfill.campaign.operations.collected_batch import Collected
    from reportfill.campaign.operations.compare_years import Compared
    from reportfill.campaign.operations.dispatch import Dispatched
    from reportfill.campaign.operations.distribute import Distributed, Distribution
    from reportfill.campaign.operations.extend import Extended
    from reportfill.campaign.operations.forget_contacts import ForgottenContacts
    from reportfill.campaign.operations.hand_over import HandedOver
    from reportfill.campaign.operations.inbox_watch import InboxWatch
    from reportfill.campaign.operations.links import LinksGiven
    from reportfill.campaign.operations.log import Log
    from reportfill.campaign.operations.publish import Published
    from reportfill.campaign.operations.remind import ReminderDrafts, Reminders
    from reportfill.campaign.operations.restore import Restored
    from reportfill.campaign.operations.review import Reviewed, SeenHistory
    from reportfill.campaign.operations.roll_up import RolledUp
    from reportfill.campaign.operations.status_files import StatusFiles
    from reportfill.campaign.records.receipts import HandedInFile
    from reportfill.campaign.records.seal import Verification
    from reportfill.campaign.status.agency_status import CampaignStatus
    from reportfill.campaign.storage.store import StoredFile
    from reportfill.finding import Finding
    from reportfill.outputs.page_making import FontChoice
    from reportfill.workers import Workers

# What a verb needs is imported when it is used: no command needs all of it.


@dataclass(frozen=True, slots=True)
class Campaign:
    """An office's year in one folder, on disk or at a URL: workbooks go out, come back, are reviewed and added up.

    `workers` do the work on many files; without them this process does it. `progress` is called with how many are done
    and how many there are, first with (0, total). What cannot be done is raised as CampaignError or UsageError, whose
    words are there in both languages, as are arguments of another kind, such as a number for an agency's code or a path
    for last year's campaign; nothing is printed. PDFs are set in the fonts of this computer and of the folder `fonts`;
    with `only_prescribed_fonts` nothing stands in for a typeface that is prescribed and not there.
    """

    folder: CampaignFolder
    workers: Workers | None = None
    progress: Progress = unseen
    fonts: str | Path | None = None
    only_prescribed_fonts: bool = False

    @classmethod
    def open(
        cls,
        place: str | Path,
        *,
        workers: Workers | None = None,
        progress: Progress = unseen,
        fonts: str | Path | None = None,
        only_prescribed_fonts: bool = False,
    ) -> Campaign:
        """The campaign in a folder or at a URL."""
        return cls(open_campaign_folder(place), workers, progress, fonts, only_prescribed_fonts)

    @classmethod
    def new(
        cls,
        place: str | Path,
        *,
        year: int,
        issuer: str,
        pack: str | None = None,
        deadline: str | date | None = None,
        contact: str = "",
        telephone: str = "",
        email: str = "",
    ) -> Campaign:
        """A new campaign, with a roster to fill in and a template of the notice to edit. The pack is that of the year
        and the deadline the one it prescribes unless others are named; the last three say whom agencies may ask."""
        from reportfill.campaign.operations.new_campaign import new_campaign

        require_kind("year", year, int, *_NUMBER)
        _require_texts(issuer=issuer, pack=pack, contact=contact, telephone=telephone, email=email)
        asked = Contact(contact, telephone, email)
        return cls(new_campaign(place, year, issuer, pack, deadline, asked))

    @staticmethod
    def restore(
        source: str | Path,
        place: str | Path,
        *,
        workers: Workers | None = None,
        progress: Progress = unseen,
    ) -> Restored:
        """Bring a campaign back from a backup into an empty folder or an empty place at a URL, after all of the backup
        was checked; its ledger is made anew."""
        from reportfill.campaign.operations.restore import restore

        return restore(Path(source), place, workers, progress)

    @property
    def url(self) -> str:
        """Where the campaign is."""
        return self.folder.store.url

    @property
    def name(self) -> str:
        """What the campaign is called for people: whose it is, the year and what is reported."""
        from reportfill.pack.pack import load_pack

        settings = self.settings
        return f"{settings.issuer}{settings.year}年{load_pack(self.folder.pack).manifest.title}"

    @property
    def settings(self) -> Settings:
        """What campaign.toml says."""
        return self.folder.settings()

    @property
    def pack(self) -> Path:
        """The folder of the pack by which agencies report."""
        from reportfill.pack.discovery import find_pack

        return find_pack(self.folder.pack)

    @property
    def roster(self) -> Roster:
        """The agencies that must report, with what there is to say of their list."""
        return self.folder.roster()

    @property
    def is_closed(self) -> bool:
        """Whether the campaign is closed."""
        return self.folder.is_sealed

    @property
    def room_for_names(self) -> int:
        """How many UTF-16 units the place of an agency's workbook may have, so that Excel opens all that is made of
        it."""
        from reportfill.campaign.folder.long_paths import room_in

        return room_in(self.folder.store)

    def place(self, path: str) -> str:
        """Where a file of the campaign lies, for people."""
        return self.folder.store.place(path)

    def _font_choice(self) -> FontChoice:
        """In which typefaces pages are set."""
        from reportfill.outputs.page_making import FontChoice

        return FontChoice(None if self.fonts is None else Path(self.fonts), self.only_prescribed_fonts)

    def _up_to_date(self) -> CampaignFolder:
        """The campaign's folder, with a ledger that holds what others wrote."""
        from reportfill.campaign.operations.catching_up import bring_up_to_date

        bring_up_to_date(self.folder, self.workers, self.progress)
        return self.folder

    def findings(self, status: CampaignStatus | None = None) -> tuple[Sequence[Finding], ...]:
        """What there is to say of the campaign's record, in groups: changes of the roster put on record since this was
        last asked, reports that count for nobody (from a `status` where there is one), damage of the journal."""
        from reportfill.campaign.operations.findings import record_findings

        return record_findings(self._up_to_date(), status)

    def distribute(self, last: Campaign | None = None) -> Distribution:
        """Make a workbook for every agency, with the figures of last year's campaign where it is given; those that are
        there as they should be stay."""
        from reportfill.campaign.operations.distribute import distribute

        known = None if last is None else _folder_of(last)
        return distribute(self.folder, known, self.workers, self.progress)

    def dispatch(
        self, workbooks: Sequence[Distributed], *, archives: bool = False, mails: bool = False
    ) -> Dispatched:
        """Write what takes the workbooks to the agencies: the notice, and archives and drafts of mails where they are
        asked for; nothing is sent."""
        from reportfill.campaign.operations.dispatch import dispatch
        from reportfill.campaign.operations.distribute import Distributed

        require_kind("workbooks", workbooks, Sequence, *_WORKBOOKS)
        for one in workbooks:
            require_kind("workbooks", one, Distributed, *_WORKBOOKS)
        return dispatch(
            self.folder,
            workbooks,
            date.today(),
            with_archives=archives,
            with_mails=mails,
            progress=self.progress,
        )

    def collect(
        self,
        *,
        wanted: Callable[[StoredFile], bool] = lambda file: True,
        each: Callable[[Collected], None] = lambda one: None,
    ) -> tuple[Collected, ...]:
        """Take in what is new in the inbox: sound workbooks become reports, others are marked. `each` is called with
        what became of a file as soon as it is written down."""
        from reportfill.campaign.operations.collect import collect

        return collect(
            self.folder,
            datetime.now(),
            self.workers,
            wanted=wanted,
            each=each,
            progress=self.progress,
            fonts=self._font_choice(),
        )

    def hand_in(self, agency: str, content: bytes, *, file_name: str, by: str = "") -> HandedInFile:
        """Lay a file that an agency, named by its code or a name, hands in itself into the inbox; the receipt for it,
        given when the disk has it. The same content handed in again has the same receipt. The name of the file decides
        nothing; `by` is a person's name."""
        from reportfill.campaign.operations.hand_in import hand_in

        _require_texts(agency=agency, file_name=file_name, by=by)
        require_kind("content", content, bytes, "the bytes of a file", "文件的内容（bytes）")
        return hand_in(self.folder, agency, content, file_name=file_name, by=by, now=datetime.now())

    def take_in(self, files: Iterable[HandedInFile] | None = None) -> tuple[Collected, ...]:
        """Take in these files that agencies handed in themselves, or all that are not taken in yet, as `collect` does,
        but without a look at the rest of the inbox; what else is made beside reports the next `collect` makes."""
        from reportfill.campaign.operations.take_in import take_in

        return take_in(self.folder, files, datetime.now(), self.workers)

    def pending_of(self, agency: str) -> tuple[HandedInFile, ...]:
        """What an agency, named by its code or a name, handed in itself and is not taken in yet, in order."""
        from reportfill.campaign.operations.take_in import pending_of

        _require_texts(agency=agency)
        return pending_of(self.folder, agency)

    def history_of(self, agency: str) -> AgencyHistory:
        """What an agency, named by its code or a name, handed in, what became of it, what was said of it, and the
        receipts of what it handed in itself."""
        from reportfill.campaign.operations.agency_history import history_of

        _require_texts(agency=agency)
        return history_of(self._up_to_date(), agency)

    def content_of(self, path: str) -> bytes:
        """A file of an agency, such as a copy, a report or a marked workbook, as its history names it."""
        from reportfill.campaign.operations.agency_history import file_of_agency

        _require_texts(path=path)
        return file_of_agency(self.folder, path)

    @property
    def office_files(self) -> tuple[StoredFile, ...]:
        """What was made for the office alone and is there now, the newest first: roll-ups, comparisons, and the files
        that take links to the agencies."""
        from reportfill.campaign.operations.office_files import office_files

        return office_files(self.folder)

    def office_file(self, path: str) -> bytes:
        """One of these files, by its path."""
        from reportfill.campaign.operations.office_files import office_file

        _require_texts(path=path)
        return office_file(self.folder, path)

    def remove_office_file(self, path: str) -> None:
        """Remove a file that takes links to the agencies: whoever has it has their passwords."""
        from reportfill.campaign.operations.office_files import remove_office_file

        _require_texts(path=path)
        remove_office_file(self.folder, path)

    def versions_of(self, agency: str, first: int, second: int) -> TwoVersions:
        """Two versions that an agency, named by its code or a name, handed in, by their numbers: to be compared by
        whichever process has the time for it."""
        from reportfill.campaign.operations.agency_history import two_versions_of

        _require_texts(agency=agency)
        return two_versions_of(self._up_to_date(), agency, first, second)

    def link_given_to(self, agency: str) -> Link | None:
        """The link that an agency, named by its code or a name, has now; None where it has none."""
        from reportfill.campaign.operations.links import link_given_to

        _require_texts(agency=agency)
        return link_given_to(self._up_to_date(), agency, date.today())

    def unlocked_content_of(self, path: str) -> bytes:
        """The same without the lock of a password that the campaign knows."""
        from reportfill.campaign.folder.password import passwords_of
        from reportfill.office.encryption import unlocked_with

        return unlocked_with(passwords_of(self.settings), self.content_of(path))

    def journal_mark(self) -> str:
        """What is another text whenever anything was recorded of the campaign, by whomever."""
        from reportfill.campaign.operations.agency_history import journal_mark

        return journal_mark(self.folder)

    def watch(self) -> InboxWatch:
        """A watch over the inbox: which files are to be taken in now."""
        from reportfill.campaign.operations.inbox_watch import InboxWatch

        return InboxWatch(self.folder.store)

    def status(self, today: date | None = None) -> CampaignStatus:
        """How the campaign stands: who has handed in, what is wrong, who is missing."""
        from reportfill.campaign.operations.status_files import current_status

        if today is not None:
            require_kind("today", today, date, "a day (datetime.date)", "日期（datetime.date）")
        return current_status(self._up_to_date(), today or date.today())

    def write_status(self, status: CampaignStatus) -> StatusFiles:
        """Write status.html and status.xlsx."""
        from reportfill.campaign.operations.status_files import write_status

        _require_status(status)
        return write_status(self.folder, status)

    def remind(self, status: CampaignStatus) -> Reminders:
        """Write a draft of a mail for everyone who owes something, and a text for chat groups; nothing is sent."""
        from reportfill.campaign.operations.remind import write_reminders

        _require_status(status)
        return write_reminders(self.folder, status, self.progress)

    def texts_to_remind(self, status: CampaignStatus) -> tuple[str, ...]:
        """The texts for chat groups that tell who owes something, in the order in which they are sent."""
        from reportfill.campaign.operations.remind import texts_to_remind

        _require_status(status)
        return texts_to_remind(self.folder, status)

    def drafts_to_remind(self, status: CampaignStatus) -> ReminderDrafts:
        """A draft of a mail for everyone who owes something, all in one archive; nothing is sent, nor written into the
        campaign."""
        from reportfill.campaign.operations.remind import drafts_to_remind

        _require_status(status)
        return drafts_to_remind(self.folder, status)

    def accept(self, agency: str, *, by: str = "", seen: SeenHistory | None = None) -> Reviewed:
        """Accept the newest report of an agency, named by its code or a name; not where there is more on record than
        was seen of it, if that is said."""
        from reportfill.campaign.operations.review import review

        _require_texts(agency=agency, by=by)
        return review(self.folder, agency, is_accepted=True, remark="", by=by, now=datetime.now(), seen=seen)

    def send_back(
        self, agency: str, remark: str, *, by: str = "", seen: SeenHistory | None = None
    ) -> Reviewed:
        """Send an agency's newest report back, with a remark that it finds in its workbook; not where there is more on
        record than was seen of it, if that is said."""
        from reportfill.campaign.operations.review import review

        _require_texts(agency=agency, remark=remark, by=by)
        return review(
            self.folder, agency, is_accepted=False, remark=remark, by=by, now=datetime.now(), seen=seen
        )

    def accept_all_sound(
        self, under: str | None = None, *, among: Iterable[str] | None = None, by: str = ""
    ) -> BulkReviewed:
        """Accept every report without a mistake of which nothing was said, or those of one agency and all below it, or
        those among agencies of these codes."""
        from reportfill.campaign.operations.bulk_review import accept_all_sound

        _require_texts(under=under, by=by)
        codes = None if among is None else frozenset(_texts_in(among, "among"))
        return accept_all_sound(self.folder, by, datetime.now(), under, codes)

    def extend(
        self, *agencies: str, until: str | date, under: str | None = None, why: str = "", by: str = ""
    ) -> Extended:
        """Let agencies, named by their codes or names, or one and all below it, hand in until a day; the campaign's own
        last day takes that back."""
        from reportfill.campaign.operations.extend import extend

        for agency in agencies:
            _require_texts(agency=agency)
        _require_texts(under=under, why=why, by=by)
        return extend(self.folder, agencies, until, under, why=why, by=by, now=datetime.now())

    def give_links(
        self,
        *agencies: str,
        under: str | None = None,
        until: str | date | None = None,
        renew: bool = False,
        url: str | None = None,
        by: str = "",
    ) -> LinksGiven:
        """Give links to agencies that have none, named by their codes or names, or to one and all below it, or to all;
        new ones in place of those that they have where these are to be renewed. They open until a day where one is
        named. The codes are told now and kept nowhere. With the `url` of the web page, the files that take the links to
        the agencies are written: a table, a text, and cards with QR codes."""
        from reportfill.campaign.operations.links import give_links

        for agency in agencies:
            _require_texts(agency=agency)
        _require_texts(under=under, url=url, by=by)
        return give_links(
            self.folder,
            *(agencies, under, until, url),
            renew=renew,
            by=by,
            now=datetime.now(),
            workers=self.workers,
            progress=self.progress,
        )

    def withdraw_links(self, *agencies: str, under: str | None = None, by: str = "") -> tuple[Agency, ...]:
        """Let agencies, named by their codes or names, or one and all below it, have no link any more; those that had
        one."""
        from reportfill.campaign.operations.links import withdraw_links

        for agency in agencies:
            _require_texts(agency=agency)
        _require_texts(under=under, by=by)
        return withdraw_links(self.folder, agencies, under, by=by, now=datetime.now())

    def link_of(self, code: str) -> Link | None:
        """The link of a code that somebody typed, which says whether it opens; None where no link has it."""
        from reportfill.campaign.operations.links import link_of

        _require_texts(code=code)
        return link_of(self._up_to_date(), code, date.today())

    def link_with_digest(self, digest: str) -> Link | None:
        """The link that tells itself from others by this digest, as it is now; None where there is none."""
        from reportfill.campaign.operations.links import link_with_digest

        _require_texts(digest=digest)
        return link_with_digest(self._up_to_date(), digest, date.today())

    @property
    def links(self) -> tuple[Link, ...]:
        """The links that were not withdrawn."""
        from reportfill.campaign.operations.links import links_now

        return links_now(self._up_to_date(), date.today())

    @property
    def users(self) -> tuple[User, ...]:
        """Who has an account for the web page."""
        from reportfill.campaign.operations.accounts import users

        return users(self._up_to_date())

    def user_with(self, name: str, password: str) -> User | None:
        """Who has the account of a name and its password; None where nobody has. It takes a tenth of a second, as long
        for a name that is not there."""
        from reportfill.campaign.operations.accounts import user_with

        _require_texts(name=name, password=password)
        return user_with(self._up_to_date(), name, password)

    def add_user(self, name: str, password: str, role: str, *, by: str = "") -> User:
        """Make an account for a coordinator, a reviewer or a reader; a password that is easily guessed is refused."""
        from reportfill.campaign.operations.accounts import add_user

        _require_texts(name=name, password=password, role=role, by=by)
        return add_user(self.folder, name, password, role, by=by, now=datetime.now())

    def change_password(self, name: str, password: str, *, by: str = "") -> User:
        """Give an account another password."""
        from reportfill.campaign.operations.accounts import change_password

        _require_texts(name=name, password=password, by=by)
        return change_password(self.folder, name, password, by=by, now=datetime.now())

    def change_role(self, name: str, role: str, *, by: str = "") -> User:
        """Give an account another role."""
        from reportfill.campaign.operations.accounts import change_role

        _require_texts(name=name, role=role, by=by)
        return change_role(self.folder, name, role, by=by, now=datetime.now())

    def remove_user(self, name: str, *, by: str = "") -> User:
        """Remove an account; whose it was."""
        from reportfill.campaign.operations.accounts import remove_user

        _require_texts(name=name, by=by)
        return remove_user(self.folder, name, by=by, now=datetime.now())

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of programs that were not withdrawn."""
        from reportfill.campaign.operations.keys import keys

        return keys(self._up_to_date())

    def key_of(self, text: str) -> Key | None:
        """The key that a program shows; None where it is none, or was withdrawn."""
        from reportfill.campaign.operations.keys import key_of

        _require_texts(text=text)
        return key_of(self._up_to_date(), text)

    def add_key(self, name: str, role: str, *, by: str = "") -> GivenKey:
        """Give a program a key, which is told now and kept nowhere."""
        from reportfill.campaign.operations.keys import add_key

        _require_texts(name=name, role=role, by=by)
        return add_key(self.folder, name, role, by=by, now=datetime.now())

    def withdraw_key(self, name: str, *, by: str = "") -> Key:
        """Let a program have no key any more; the one that it had."""
        from reportfill.campaign.operations.keys import withdraw_key

        _require_texts(name=name, by=by)
        return withdraw_key(self.folder, name, by=by, now=datetime.now())

    def rollup(
        self, *, through: int | None = None, of: str | None = None, listed: Iterable[str] | None = None
    ) -> RolledUp:
        """Add up all agencies, those down to a level, one and all below it, or those of a list of codes and names;
        written as the office's own workbook and as the table of who adds what."""
        from reportfill.campaign.operations.roll_up import roll_up

        if through is not None:
            require_kind("through", through, int, *_NUMBER)
        wanted = None if listed is None else _texts_in(listed)
        _require_texts(of=of)
        return roll_up(
            self._up_to_date(),
            through=through,
            of=of,
            listed=wanted,
            workers=self.workers,
            progress=self.progress,
        )

    def handover(self, target: str | Path | None = None, *, unsealed: bool = False) -> HandedOver:
        """Write what the office above takes in with its own `collect`: the roll-up of all agencies, its data, who
        stands behind each figure, and the SHA-256 of the closed campaign's seal, as one archive: the file `target`, or
        one in the folder of that name. A campaign that is not closed has to be said to be `unsealed`."""
        from reportfill.campaign.operations.hand_over import hand_over

        path = None if target is None else Path(target)
        return hand_over(
            self._up_to_date(), path, unsealed=unsealed, workers=self.workers, progress=self.progress
        )

    def compare(self, last: Campaign) -> Compared:
        """Compare with last year's campaign; written as a page and as tables."""
        from reportfill.campaign.operations.compare_years import compare_years

        return compare_years(self._up_to_date(), _folder_of(last), self.workers, self.progress)

    def publish(self, site: str | Path, kinds: Iterable[str] | None = None) -> Published:
        """Publish the accepted reports as a website in a folder, or at a URL, which is empty or was published into
        before: a page a report with its files in these kinds of output, those of before where none are named and at
        first Word, lists, sums and open data."""
        from reportfill.campaign.operations.publish import publish

        wanted = None if kinds is None else _texts_in(kinds, "kinds")
        _require_texts(site=str(site))
        fonts = self._font_choice()
        return publish(self._up_to_date(), site, wanted, datetime.now(), self.workers, self.progress, fonts)

    def log(self, agency: str | None = None) -> Log:
        """Who did what and when, all of it or what is about one agency."""
        from reportfill.campaign.operations.log import journal_of

        _require_texts(agency=agency)
        return journal_of(self.folder, agency)

    def rebuild(self, *, without_damaged: bool = False) -> int:
        """Make the ledger anew from the folder; how many versions it holds."""
        from reportfill.campaign.operations.rebuild import rebuild

        return rebuild(self.folder, self.workers, self.progress, without_damaged=without_damaged)

    def close(self, *, by: str = "") -> Closed:
        """Close the campaign: its status is written, then the SHA-256 of every file."""
        from reportfill.campaign.operations.close import close_campaign

        _require_texts(by=by)
        return close_campaign(self.folder, by, datetime.now(), self.progress)

    def reopen(self, why: str, *, by: str = "") -> None:
        """Open a closed campaign again, on the record."""
        from reportfill.campaign.records.seal import reopen

        _require_texts(why=why, by=by)
        reopen(self.folder, why, by, datetime.now())

    def verify(self) -> Verification:
        """What has become of a closed campaign's files."""
        from reportfill.campaign.records.seal import verified

        return verified(self.folder, self.progress)

    def backup(self, target: str | Path) -> Backup:
        """Write all of the campaign but its ledger, which can be made anew, into one file that is not there yet, while
        others work on it."""
        from reportfill.campaign.operations.backup import backup

        return backup(self.folder, Path(target), datetime.now(), self.progress)

    def forget_contacts(self, *, by: str = "") -> ForgottenContacts:
        """Remove whom to ask in the agencies, with telephones and addresses of mail, from all that the campaign itself
        has made of its roster; figures and reports stay."""
        from reportfill.campaign.operations.forget_contacts import forget_contacts

        _require_texts(by=by)
        return forget_contacts(self.folder, by, datetime.now(), self.workers, self.progress)

    def protect(self, password: str) -> Path:
        """Let workbooks that are made from now on have a password; where it is kept, for this user alone."""
        from reportfill.campaign.operations.protect import protect_workbooks

        _require_texts(password=password)
        return protect_workbooks(self.folder, password)

    def unprotect(self) -> None:
        """Let workbooks that are made from now on have no password."""
        from reportfill.campaign.operations.protect import unprotect_workbooks

        unprotect_workbooks(self.folder)


_NUMBER = ("a whole number", "整数（int）")
_WORKBOOKS = ("the workbooks of what distribute() gives back", "distribute给出的workbooks")


def _folder_of(last: Campaign) -> CampaignFolder:
    """The folder of last year's campaign, up to date."""
    require_kind("last", last, Campaign, "a Campaign (see Campaign.open)", "Campaign（见Campaign.open）")
    return last._up_to_date()


def _require_status(status: CampaignStatus) -> None:
    from reportfill.campaign.status.agency_status import CampaignStatus

    require_kind("status", status, CampaignStatus, "what status() gives back", "status给出的结果")


def _texts_in(listed: Iterable[str], name: str = "listed") -> tuple[str, ...]:
    """The texts of a list, the argument of that name. Raises UsageError for a single text, whose letters would be taken
    for them, and for what is no list of texts."""
    if isinstance(listed, str) or not isinstance(listed, Iterable):
        require_kind(name, listed, tuple, "a list of texts", "文本的列表")
    wanted = tuple(listed)
    for text in wanted:
        _require_texts(**{name: text})
    return wanted


def _require_texts(**said: str | None) -> None:
    """Raise UsageError for what should be texts and is not: a code that a table gave as a number has lost its zeros."""
    for name, text in said.items():
        if text is not None:
            require_kind(name, text, str, "a text", "文本（str）")
