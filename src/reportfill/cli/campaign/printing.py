"""What several commands of a campaign print: its record, long lists cut short, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from reportfill.campaign.access.roles import ROLE_NAMES
from reportfill.cli.console import print_error, print_findings, print_line, print_said, print_table, progress
from reportfill.cli.language import language, say, told
from reportfill.cli.outcome import DONE, FINDINGS, UNUSABLE
from reportfill.finding import Finding, has_errors
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.campaign.access.user import Key, User
    from reportfill.campaign.campaign import Campaign
    from reportfill.campaign.progress import Progress
    from reportfill.campaign.status.agency_status import CampaignStatus
    from reportfill.workers import Workers

SHOWN = 20
"""So many agencies, files or findings are named on the screen."""


def print_record(campaign: Campaign, status: CampaignStatus | None = None) -> int:
    """Say what there is to say of the campaign's record; the exit status that this asks for. A `status`
    that is known need not be worked out again."""
    groups = campaign.findings(status)
    for group in groups:
        print_some(group)
    return FINDINGS if any(map(has_errors, groups)) else DONE


def print_some(findings: Sequence[Finding]) -> None:
    """The first of many findings, and how many more there are."""
    print_findings(findings[:SHOWN])
    if len(findings) > SHOWN:
        more = len(findings) - SHOWN
        print_said(f"同类的还有{more}处。", f"and {more} more of the kind.")


def print_held(held: Sequence[Text]) -> int:
    """Say on stderr what could not be written for reasons of its own; the exit status that this asks for."""
    for why in held[:SHOWN]:
        print_error(told(why))
    if len(held) > SHOWN:
        more = len(held) - SHOWN
        print_error(say(f"同类的还有{more}处。", f"and {more} more of the kind."))
    return UNUSABLE if held else DONE


def print_names(what: str, names: Sequence[str]) -> None:
    """Name agencies on one line, as many as fit; nothing where there are none."""
    if names:
        more = len(names) - SHOWN
        shown = say("、", ", ").join(names[:SHOWN])
        print_line(f"{what}{say('：', ': ')}{shown}" + (say(f"等{len(names)}个", " …") if more > 0 else ""))


class StrayLines:
    """Says of one file after the other why it is no agency's for certain, and what to do, once for all of the kind."""

    def __init__(self) -> None:
        self._told: set[Text] = set()

    def print(self, file: str, reason: Finding) -> None:
        """Say it of a file."""
        phrase = reason.phrase(language())
        print_said(f"？ {file}：{phrase}", f"?  {file}: {phrase}")
        if reason.hint not in self._told:
            print_line(f"    {told(reason.hint)}")
        self._told.add(reason.hint)


def print_access(heading: str, known: Sequence[User | Key]) -> None:
    """Who has access, in which role and since when."""
    headings = heading, say("角色", "Role"), say("自", "Since")
    print_table(
        headings,
        ((one.name, told(ROLE_NAMES[one.role]), one.since.isoformat(" ", "minutes")) for one in known),
    )


def print_written(place: str) -> None:
    """Say where a file was written."""
    print_said(f"已生成：{place}", f"written: {place}")


@contextmanager
def at_work(campaign: Campaign, what: str, jobs: int = 0, cluster: str = "") -> Iterator[Campaign]:
    """The campaign with those who do its work, and a progress bar once it is known how much there is."""
    with progress_of(what, jobs, cluster) as (crew, show):
        yield replace(campaign, workers=crew, progress=show)


@contextmanager
def progress_of(what: str, jobs: int = 0, cluster: str = "") -> Iterator[tuple[Workers, Progress]]:
    """Those who do some work, and what shows how far it is once it is known how much there is."""
    from reportfill.workers import workers

    advances: list[Callable[[], None]] = []
    with workers(jobs, cluster) as crew, ExitStack() as stack:

        def show(done: int, total: int) -> None:
            if done:
                advances[-1]()
            else:
                advances.append(stack.enter_context(progress(total, what)))
            if done == total:
                stack.close()

        yield crew, show
