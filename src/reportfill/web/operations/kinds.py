"""The operations that begin at a click: what each does by the campaign's own verbs, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from reportfill.campaign.campaign import Campaign
from reportfill.campaign.operations.collected_batch import collected_in_words
from reportfill.decimals import plain
from reportfill.finding import Finding
from reportfill.text import Text
from reportfill.web.operations.result import Names, OperationResult
from reportfill.web.setup import ServerSetup

_CLOSED = Text("已经封存，不再生成文件。", "The campaign is closed: no file was written.")

Wish = Mapping[str, Any]
"""What somebody wished for an operation, as plain values."""


@dataclass(frozen=True, slots=True)
class OperationKind:
    """A kind of operation: its name in addresses, what a person calls it, and what does it. `needs` is the option of
    the server without which it cannot be done."""

    name: str
    title: Text
    perform: Callable[[Campaign, ServerSetup, Wish], OperationResult]
    needs: str = ""

    def is_there(self, setup: ServerSetup) -> bool:
        """Whether a server can do it."""
        return not self.needs or bool(getattr(setup, self.needs))


def _collected(campaign: Campaign, setup: ServerSetup, wish: Wish) -> OperationResult:
    taken = campaign.collect()
    strays = tuple(
        Text(
            f"{one.file}：{one.reason.message.zh}{one.reason.hint.zh}",
            f"{one.file}: {one.reason.message.en} {one.reason.hint.en}",
        )
        for one in taken
        if one.reason is not None
    )
    return OperationResult(collected_in_words(taken), findings=_of_record(campaign), held=strays)


def _rolled_up(campaign: Campaign, setup: ServerSetup, wish: Wish) -> OperationResult:
    done = campaign.rollup(
        through=wish.get("through"), of=wish.get("of") or None, listed=wish.get("listed") or None
    )
    sums = done.rollup
    names = (
        Names.of(Text("缺", "missing"), [agency.name for agency in sums.missing]),
        Names.of(Text("名册中已没有", "not in the roster any more"), [one.name for one in sums.lost]),
    )
    figures = {path: plain(value) for path, value in sums.sums.items()}
    return OperationResult((done.in_words,), names, (*sums.findings, *_of_record(campaign)), figures=figures)


def _compared(campaign: Campaign, setup: ServerSetup, wish: Wish) -> OperationResult:
    done = campaign.compare(Campaign.open(setup.last))
    lines = (done.in_words, *((_CLOSED,) if campaign.is_closed else ()))
    return OperationResult(lines, findings=done.findings, held=done.held)


def _published(campaign: Campaign, setup: ServerSetup, wish: Wish) -> OperationResult:
    done = campaign.publish(setup.site, wish.get("kinds") or None)
    troubles = tuple(Text(f"{name}：{why.zh}", f"{name}: {why.en}") for name, why in done.troubles)
    where = Text(f"网站：{done.home}", f"The website: {done.home}")
    return OperationResult(
        (done.in_words, where, *done.lacks), findings=done.remarks, held=(*troubles, *done.held)
    )


def _links_given(campaign: Campaign, setup: ServerSetup, wish: Wish) -> OperationResult:
    done = campaign.give_links(
        url=wish["url"], until=wish.get("until") or None, under=wish.get("under") or None, by=wish["by"]
    )
    return OperationResult(done.in_words)


def _of_record(campaign: Campaign) -> tuple[Finding, ...]:
    """What there is to say of the campaign's record."""
    return tuple(chain.from_iterable(campaign.findings()))


ROLLUP = "rollup"
"""The name of the kind that adds up."""

_KINDS = (
    OperationKind("links", Text("开通填报链接", "Give links"), _links_given),
    OperationKind("collect", Text("接收填报表", "Collect"), _collected),
    OperationKind(ROLLUP, Text("汇总", "Roll up"), _rolled_up),
    OperationKind("compare", Text("与上年对比", "Compare with last year"), _compared, needs="last"),
    OperationKind("publish", Text("发布", "Publish"), _published, needs="site"),
)

OPERATION_KINDS: Mapping[str, OperationKind] = {kind.name: kind for kind in _KINDS}
"""The kinds of operation by their names."""
