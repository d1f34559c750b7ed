"""What is decided of who may come in, as the journal tells it."""

from __future__ import annotations

from datetime import date

from reportfill.campaign.access.decisions import (
    AccessDecision,
    KeyDecision,
    LinkDecision,
    PasswordDecision,
    RoleDecision,
)
from reportfill.campaign.access.roles import ROLE_NAMES, AccessRole, role_named
from reportfill.campaign.records.journal import Event, JournalEntry


def access_decision_in(told: JournalEntry) -> AccessDecision | None:
    """What an entry says was decided of who may come in; None where it tells of something else."""
    name, by, at = told.remark, told.by, told.at
    match told.event:
        case Event.LINK_GIVEN:
            until = date.fromisoformat(told.result) if told.result else None
            return LinkDecision(told.code, told.name, told.digest, until, by, at)
        case Event.LINK_WITHDRAWN:
            return LinkDecision(told.code, told.name, "", None, by, at)
        case Event.KEY_GIVEN:
            return KeyDecision(name, told.digest, role_named(told.result), by, at)
        case Event.KEY_WITHDRAWN:
            return KeyDecision(name, "", None, by, at)
        case Event.ACCOUNT_ADDED | Event.ROLE_CHANGED:
            is_new = told.event is Event.ACCOUNT_ADDED
            return RoleDecision(name, role_named(told.result), by, at, is_new)
        case Event.ACCOUNT_REMOVED:
            return RoleDecision(name, None, by, at)
        case Event.PASSWORD_SET:
            return PasswordDecision(name, told.result, by, at)
    return None


def access_entry(said: AccessDecision) -> JournalEntry:
    """A decision as the journal has it: the name of an account or a key as what is said of it."""
    match said:
        case LinkDecision():
            event = Event.LINK_WITHDRAWN if said.is_withdrawal else Event.LINK_GIVEN
            until = str(said.until or "")
            return JournalEntry(said.at, event, *said.holder, result=until, by=said.by, digest=said.digest)
        case KeyDecision():
            event = Event.KEY_WITHDRAWN if said.is_withdrawal else Event.KEY_GIVEN
            result, digest = _role(said.role), said.digest
        case RoleDecision():
            kept = Event.ACCOUNT_ADDED if said.is_new else Event.ROLE_CHANGED
            event, result, digest = kept if said.role else Event.ACCOUNT_REMOVED, _role(said.role), ""
        case PasswordDecision():
            event, result, digest = Event.PASSWORD_SET, said.password, ""
    return JournalEntry(said.at, event, result=result, remark=said.name, by=said.by, digest=digest)


def _role(role: AccessRole | None) -> str:
    return ROLE_NAMES[role].zh if role else ""
