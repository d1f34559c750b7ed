"""The figures of what was handed in, read from the copies that count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.place.password import passwords_of
from reportfill.campaign.place.protection import unlocked_with
from reportfill.campaign.place.store import Store
from reportfill.campaign.place.workers import Workers
from reportfill.campaign.records.ledger import Ledger, Version
from reportfill.checks.submission import Submission
from reportfill.errors import CampaignError
from reportfill.intake.read import read_workbook
from reportfill.pack.figures import Number
from reportfill.pack.pack import load_pack


def counted_versions(ledger: Ledger) -> dict[str, Version]:
    """The version of each agency that counts, by code."""
    found = ((code, history.counted) for code, history in ledger.histories())
    return {code: version for code, version in found if version is not None}


def figures_of_copies(
    folder: CampaignFolder, copies: Sequence[str], workers: Workers
) -> Iterator[Mapping[str, Number]]:
    """The figures of each copy by path, in order. Raises CampaignError where one is gone."""
    settings = folder.settings()
    return workers.results(partial(_figures, folder.store, settings.pack, passwords_of(settings)), copies)


def data_of_copy(store: Store, pack_name: str, passwords: tuple[str, ...], copy: str) -> Mapping[str, Any]:
    """What the workbook at a path says, as nested data."""
    return _submission(store, pack_name, passwords, copy).data


def _figures(store: Store, pack_name: str, passwords: tuple[str, ...], copy: str) -> Mapping[str, Number]:
    return dict(_submission(store, pack_name, passwords, copy).figures)


def _submission(store: Store, pack_name: str, passwords: tuple[str, ...], copy: str) -> Submission:
    try:
        content = store.read(copy)
    except OSError as error:
        raise CampaignError(
            f"{store.place(copy)}, which counts, cannot be read; put it back, or run `reportfill campaign rebuild`",
            f"{store.place(copy)}无法读取，而汇总要用它：请放回原处，或者运行 reportfill campaign rebuild",
        ) from error
    return read_workbook(unlocked_with(passwords, content), load_pack(pack_name))
