"""Links: each agency's page opens by a code that it alone was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reportfill.campaign.access.codes import code_digest, new_code
from reportfill.campaign.access.decisions import LinkDecision
from reportfill.campaign.access.given_link import GivenLink
from reportfill.campaign.access.link import Link, has_expired
from reportfill.campaign.agencies.agencies_chosen import agencies_chosen
from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.last_day import last_day
from reportfill.campaign.operations.catching_up import bring_up_to_date, changing, put_on_record
from reportfill.campaign.progress import Progress, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.links import link_holder_now, link_holders_now, moved_link_holders
from reportfill.errors import UsageError
from reportfill.text import Text, how_many
from reportfill.workers import ProcessWorkers, Workers


@dataclass(frozen=True, slots=True)
class LinksGiven:
    """Links that were given, with the codes that are told once and kept nowhere; which of the agencies asked for had
    one that stays; and the files that take them to the agencies, where those were wanted."""

    links: tuple[GivenLink, ...]
    had_one: tuple[Agency, ...]
    until: date | None
    files: tuple[str, ...] = ()

    @property
    def in_words(self) -> tuple[Text, ...]:
        """How many links there are now, and what to do with them; how many were there before."""
        number, had_one = len(self.links), len(self.had_one)
        chinese, english = (f"，有效期至{self.until}", f", until {self.until}") if self.until else ("", "")
        given = Text(
            f"已开通链接{number}个{chinese}。链接等同于密码：请逐个发送给本单位，发送后删除存有链接的文件。",
            f"{how_many(number, 'link')} given{english}. Each is a password: send it to its agency alone, then delete "
            "the files that hold them.",
        )
        stay = Text(
            f"已有链接的{had_one}个单位没有改动；填报码没有保存，不能再次生成，遗失的需要更换。",
            f"{how_many(had_one, 'link')} stay as they are; codes are not kept and cannot be told again: where one is "
            "lost, renew the link.",
        )
        return (*((given,) if number else ()), *((stay,) if had_one else ()))


def give_links(
    folder: CampaignFolder,
    named: Sequence[str],
    under: str | None,
    until: str | date | None,
    url: str | None,
    *,
    renew: bool,
    by: str,
    now: datetime,
    workers: Workers | None = None,
    progress: Progress = unseen,
) -> LinksGiven:
    """Give links to agencies that have none, named by their codes or names, or to one and all below it, or to all where
    nobody is named; to those that have one as well where they are to be renewed, and theirs are withdrawn. Where the
    URL of the web page is given, the files that take them to the agencies are written first: what cannot be written is
    not given.

    Raises UsageError for a day that cannot be or is gone, a URL that is none, or an agency that the roster does not
    have; CampaignError where the campaign is closed or another process works on it.
    """
    folder.require_open()
    roster, settings = folder.roster(), folder.settings()
    day = None if until is None else _day_to_come(until, settings.year, now.date())
    is_for_all = not named and under is None
    wanted = roster.agencies if is_for_all else agencies_chosen(roster, named, under)
    bring_up_to_date(folder, workers)
    with folder.read_ledger() as ledger:
        having = _with_links(roster, ledger, now.date())
    prepared = {one: GivenLink(one, new_code()) for one in wanted if renew or one.holder not in having}
    files = None
    if prepared and url is not None:  # before the campaign is held: QR codes take long
        from reportfill.campaign.sending.link_files import LinkFiles

        how = url, day, workers or ProcessWorkers(1), progress
        files = LinkFiles.prepared(folder, tuple(prepared.values()), *how)
    with changing(folder) as ledger:
        having = set() if renew else _with_links(roster, ledger, now.date())
        links = tuple(link for one, link in prepared.items() if one.holder not in having)
        folder.remove_leftovers()
        places = files.write(folder, links, now.date()) if files and links else ()
        said = [LinkDecision(*one.agency.holder, code_digest(one.code), day, by, now) for one in links]
        if said:
            put_on_record(folder, ledger, said, by)
    given = {one.agency for one in links}
    return LinksGiven(links, tuple(one for one in wanted if one not in given), day, places)


def withdraw_links(
    folder: CampaignFolder, named: Sequence[str], under: str | None, *, by: str, now: datetime
) -> tuple[Agency, ...]:
    """Let agencies, named by their codes or names, or one and all below it, have no link any more; those that had one.
    Raises UsageError for an agency that the roster does not have, or none, and CampaignError where the campaign is
    closed or another process works on it."""
    folder.require_open()
    wanted = agencies_chosen(folder.roster(), named, under, also_closed=True)
    with changing(folder) as ledger:
        having = ledger.link_holders()
        chosen = [one for one in wanted if one.holder in having]
        if chosen:
            put_on_record(
                folder, ledger, [LinkDecision(*one.holder, "", None, by, now) for one in chosen], by
            )
    return tuple(chosen)


def link_of(folder: CampaignFolder, typed: str, today: date) -> Link | None:
    """The link of a code that somebody typed, whether or not it opens; None where no link has it. It is looked up by
    its SHA-256, so that the time this takes tells nothing."""
    return link_with_digest(folder, code_digest(typed), today)


def link_with_digest(folder: CampaignFolder, digest: str, today: date) -> Link | None:
    """The link of which the code has a SHA-256, whether or not it opens; None where there is none."""
    with folder.read_ledger() as ledger:
        kept = ledger.link(digest)
        if kept is None:
            return None
        agency = link_holder_now(folder.roster(), ledger, kept.holder)
    return Link.of(kept, agency, today)


def links_now(folder: CampaignFolder, today: date) -> tuple[Link, ...]:
    """The links that were not withdrawn, as they are on a day, those given last behind the others."""
    with folder.read_ledger() as ledger:
        holders = link_holders_now(folder.roster(), ledger)
        return tuple(Link.of(one, holders[one.holder], today) for one in ledger.links())


def link_given_to(folder: CampaignFolder, named: str, today: date) -> Link | None:
    """The link that an agency has that was given last and not withdrawn. Raises UsageError where the roster has no such
    agency."""
    roster = folder.roster()
    agency = agency_named(roster, named, also_closed=True)
    with folder.read_ledger() as ledger:
        own = ledger.links(agency.holder)
        if not own:
            former = (holder for holder, now in moved_link_holders(roster, ledger).items() if now == agency)
            own = [link for holder in former for link in ledger.links(holder)]
    return Link.of(max(own, key=lambda one: (one.at, one.digest)), agency, today) if own else None


def _with_links(roster: Roster, ledger: Ledger, today: date) -> set[Holder]:
    """The agencies that have a link, by the roster of now, unless it has expired."""
    now = link_holders_now(roster, ledger)
    known = (now[link.holder] for link in ledger.links() if not has_expired(link, today))
    return {agency.holder for agency in known if agency}


def _day_to_come(until: str | date, year: int, today: date) -> date:
    day = last_day(until, year)
    if day < today:
        raise UsageError(f"{until} is gone already", f"{until}已过，请写以后的日期")
    return day
