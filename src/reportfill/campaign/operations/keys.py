"""Keys: which programs work with a campaign over the network, and what they may do."""

from __future__ import annotations

from datetime import datetime

from reportfill.campaign.access.codes import code_digest, new_code
from reportfill.campaign.access.decisions import KeyDecision
from reportfill.campaign.access.kept import folded_name
from reportfill.campaign.access.names import sound_name
from reportfill.campaign.access.roles import AccessRole, role_named
from reportfill.campaign.access.user import GivenKey, Key
from reportfill.campaign.operations.catching_up import changing, put_on_record
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.errors import UsageError


def keys(folder: CampaignFolder) -> tuple[Key, ...]:
    """The keys that were not withdrawn, by name."""
    with folder.read_ledger() as ledger:
        return tuple(map(Key.of, ledger.open_keys()))


def key_of(folder: CampaignFolder, text: str) -> Key | None:
    """The key that a program shows; None where it is none or was withdrawn. It is looked up by its SHA-256, so that the
    time this takes tells nothing."""
    with folder.read_ledger() as ledger:
        kept = ledger.key(code_digest(text))
    return None if kept is None or kept.is_withdrawn else Key.of(kept)


def add_key(folder: CampaignFolder, said: str, role: str | AccessRole, *, by: str, now: datetime) -> GivenKey:
    """Give a program a key, which is told once. Raises UsageError for a name that is none or has a key, or a role that
    is none; CampaignError where the campaign is closed or another process works on it."""
    folder.require_open()
    name, may, text = sound_name(said), role_named(role), new_code()
    with changing(folder) as ledger:
        if folded_name(name) in {one.folded_name for one in ledger.open_keys()}:
            raise UsageError(
                f"{name} has a key already; withdraw it first, or choose another name",
                f"接口密钥“{name}”已经存在，请先停用，或者换一个名称",
            )
        put_on_record(folder, ledger, [KeyDecision(name, code_digest(text), may, by, now)], by)
    return GivenKey(name, may, text)


def withdraw_key(folder: CampaignFolder, name: str, *, by: str, now: datetime) -> Key:
    """Let a program have no key any more; the one that it had. Raises UsageError where it has none, CampaignError where
    the campaign is closed or another process works on it."""
    folder.require_open()
    with changing(folder) as ledger:
        known = {one.folded_name: one for one in ledger.open_keys()}
        kept = known.get(folded_name(name))
        if kept is None:
            raise UsageError(f"there is no key {name}", f"没有接口密钥“{name}”")
        put_on_record(folder, ledger, [KeyDecision(kept.name, "", None, by, now)], by)
    return Key.of(kept)
