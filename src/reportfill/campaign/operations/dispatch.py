"""How workbooks reach the agencies: one archive a superior, one mail an agency, and the notice to print."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import BinaryIO

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.folder.parts import MAILS, NOTICE, OUTGOING, SUPERSEDED
from reportfill.campaign.operations.distribute import Distributed
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.sending.letter_tags import letter_tags_of
from reportfill.campaign.sending.letters import invitation
from reportfill.campaign.sending.mail_draft import mail_draft, valid_addresses
from reportfill.campaign.sending.notice import notice
from reportfill.campaign.sending.templates import letter_template
from reportfill.campaign.storage.putting_away import put_away
from reportfill.campaign.storage.store import Store
from reportfill.files import not_opened, noting
from reportfill.pack.discovery import manifest_of
from reportfill.pack.letters import MAIL
from reportfill.text import Text

NOTICE_TO_PRINT = f"{OUTGOING}/通知.docx"
_NO_SUPERIOR = "无上级单位"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive can say: the same workbooks make the same archive."""


def archives(store: Store, distributed: Sequence[Distributed], held: list[Text]) -> Iterator[tuple[str, int]]:
    """Write one archive a superior with the workbooks of those below it; where it lies, and how many are in it. What
    cannot be written for a reason of its own is added to those `held`."""
    ordered = sorted(distributed, key=lambda one: (_archive_of(one), one.path))
    for path, group in groupby(ordered, key=_archive_of):
        own = list(group)
        with noting(held):
            _write_archive(store, path, [one.path for one in own])
            yield path, len(own)


def _write_archive(store: Store, path: str, files: Sequence[str]) -> None:
    with store.writing(path) as target, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.rpartition("/")[2], _NO_DATE)
            with _opened(store, file) as source, archive.open(entry, "w") as place:
                shutil.copyfileobj(source, place)


def _opened(store: Store, file: str) -> BinaryIO:
    """A workbook to read from. Raises OutputError, which names it, where it cannot be read."""
    try:
        return store.open(file)
    except OSError as error:
        raise not_opened(store.place(file), error) from error


def mails(
    folder: CampaignFolder,
    distributed: Sequence[Distributed],
    held: list[Text],
    progress: Progress = unseen,
) -> list[Distributed]:
    """Write one draft an agency, with its workbook; nothing is sent. Those for whom one was written are returned; what
    cannot be written for a reason of its own is added to those `held`."""
    settings, store = folder.settings(), folder.store
    facts = letter_tags_of(settings, manifest_of(folder.pack))
    template, step = letter_template(folder.pack, MAIL), steps(progress, len(distributed))
    mailed = []
    for one in distributed:
        name = one.path.rpartition("/")[2]
        letter = invitation(template, facts.with_time_until(one.until), one.agency, name)
        with noting(held):
            attached = {name: store.read(one.path)}
            store.write(_mail_to(one), mail_draft(one.agency.email, letter.subject, letter.text, attached))
            mailed.append(one)
        step()
    return mailed


@dataclass(frozen=True, slots=True)
class Stale:
    """How many drafts and archives were put away because the workbooks in them are not those of now."""

    drafts: int = 0
    archives: int = 0


def put_away_stale(
    store: Store, distributed: Sequence[Distributed], written: Container[str], held: list[Text]
) -> Stale:
    """Move drafts and archives with workbooks that are not those of now into the folder 旧版; how many there were.
    `written` are those that were written just now. What cannot be moved for a reason of its own is added to
    those `held`."""
    changed = {_archive_of(one) for one in distributed if one.is_new}
    current = {_archive_of(one) for one in distributed} - changed
    current |= {_mail_to(one) for one in distributed if not one.is_new}
    stale = [
        file.path
        for file in store.files(OUTGOING)
        if file.path.endswith((".eml", ".zip"))
        and not file.path.startswith(f"{OUTGOING}/{SUPERSEDED}/")
        and file.path not in current
        and file.path not in written
    ]
    put = []
    for path in stale:
        with noting(held):
            put.append(put_away(store, path, put_away_place(path)))
    drafts = sum(path.endswith(".eml") for path in put)
    return Stale(drafts, len(put) - drafts)


def _archive_of(one: Distributed) -> str:
    folder = one.path.rpartition("/")[0]
    return f"{OUTGOING}/{_NO_SUPERIOR}.zip" if folder == OUTGOING else f"{folder}.zip"


def _mail_to(one: Distributed) -> str:
    return MAILS + one.path.removeprefix(OUTGOING).removesuffix(".xlsx") + ".eml"


def print_notice(folder: CampaignFolder, today: date) -> str:
    """Write the notice to print, from the template in the folder; where it lies, empty where there is no template.

    Raises CampaignError where the template is broken.
    """
    store, settings = folder.store, folder.settings()
    if not store.exists(NOTICE):
        return ""
    facts = letter_tags_of(settings, manifest_of(folder.pack))
    store.write(NOTICE_TO_PRINT, notice(store.read(NOTICE), facts, today, folder.roster().agencies))
    return NOTICE_TO_PRINT


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What takes workbooks to the agencies: where the notice to print lies, empty where there is no template of one;
    each archive with how many workbooks are in it; how many drafts of mails there are, and whose have no address; what
    of before was put away; and what could not be written for a reason of its own."""

    notice: str
    archives: tuple[tuple[str, int], ...]
    mails: int
    without_address: tuple[Agency, ...]
    stale: Stale
    held: tuple[Text, ...] = ()


def dispatch(
    folder: CampaignFolder,
    workbooks: Sequence[Distributed],
    today: date,
    *,
    with_archives: bool = False,
    with_mails: bool = False,
    progress: Progress = unseen,
) -> Dispatched:
    """Write the notice to print and, where they are asked for, archives and drafts of mails with the workbooks; nothing
    is sent. Raises CampaignError where a template is broken."""
    store, path = folder.store, ""
    held: list[Text] = []
    with noting(held):
        path = print_notice(folder, today)
    packed = tuple(archives(store, workbooks, held)) if with_archives else ()
    mailed = mails(folder, workbooks, held, progress) if with_mails else []
    written = {archive for archive, _ in packed}.union(map(_mail_to, mailed))
    stale = put_away_stale(store, workbooks, written, held)
    return Dispatched(
        store.place(path) if path else "",
        tuple((store.place(archive), number) for archive, number in packed),
        len(mailed),
        tuple(one.agency for one in mailed if not valid_addresses(one.agency.email)),
        stale,
        tuple(held),
    )
