"""Accounts: who works with a campaign from a browser, and what they may do."""

from __future__ import annotations

from datetime import datetime

from reportfill.campaign.access.decisions import PasswordDecision, RoleDecision
from reportfill.campaign.access.kept import KeptAccount, folded_name
from reportfill.campaign.access.names import sound_name
from reportfill.campaign.access.password import is_password, kept_password, require_good_password
from reportfill.campaign.access.roles import AccessRole, role_named
from reportfill.campaign.access.user import User
from reportfill.campaign.operations.catching_up import changing, put_on_record
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.ledger import Ledger
from reportfill.errors import UsageError


def users(folder: CampaignFolder) -> tuple[User, ...]:
    """Who has an account, by name."""
    with folder.read_ledger() as ledger:
        return tuple(map(User.of, ledger.accounts().values()))


def user_with(folder: CampaignFolder, name: str, password: str) -> User | None:
    """Who has the account of a name and its password; None where nobody has. It takes as long for a name that is not
    there as for one that is."""
    with folder.read_ledger() as ledger:
        kept = ledger.accounts().get(folded_name(name))
    is_right = is_password(password, kept.password if kept else "")
    return User.of(kept) if kept and is_right else None


def add_user(
    folder: CampaignFolder, said: str, password: str, role: str | AccessRole, *, by: str, now: datetime
) -> User:
    """Make an account. Raises UsageError for a name that is none or has an account, a role that is none, or a password
    that is easily guessed; CampaignError where the campaign is closed or another process works on it."""
    folder.require_open()
    name, may = sound_name(said), role_named(role)
    kept = _good_password(folder, name, password)
    with changing(folder) as ledger:
        if folded_name(name) in ledger.accounts():
            raise UsageError(f"{name} has an account already", f"账号“{name}”已经存在")
        decisions: list[RoleDecision | PasswordDecision] = [
            RoleDecision(name, may, by, now, is_new=True),
            PasswordDecision(name, kept, by, now),
        ]
        put_on_record(folder, ledger, decisions, by)
        return User.of(_account(ledger, name))


def change_password(folder: CampaignFolder, name: str, password: str, *, by: str, now: datetime) -> User:
    """Give an account another password. Raises UsageError where there is no such account, or for a password that is
    easily guessed; CampaignError where the campaign is closed or another process works on it."""
    folder.require_open()
    kept = _good_password(folder, name, password)
    with changing(folder) as ledger:
        account = _account(ledger, name)
        put_on_record(folder, ledger, [PasswordDecision(account.name, kept, by, now)], by)
        return User.of(_account(ledger, name))


def change_role(folder: CampaignFolder, name: str, role: str | AccessRole, *, by: str, now: datetime) -> User:
    """Let somebody do what another role may. Raises UsageError where there is no such account or role, CampaignError
    where the campaign is closed or another process works on it."""
    folder.require_open()
    may = role_named(role)
    with changing(folder) as ledger:
        account = _account(ledger, name)
        if account.role != may:
            put_on_record(folder, ledger, [RoleDecision(account.name, may, by, now)], by)
        return User.of(_account(ledger, name))


def remove_user(folder: CampaignFolder, name: str, *, by: str, now: datetime) -> User:
    """Remove an account; whose it was. Raises UsageError where there is no such account, CampaignError where the
    campaign is closed or another process works on it."""
    folder.require_open()
    with changing(folder) as ledger:
        account = _account(ledger, name)
        put_on_record(folder, ledger, [RoleDecision(account.name, None, by, now)], by)
    return User.of(account)


def _good_password(folder: CampaignFolder, name: str, password: str) -> str:
    require_good_password(password, name, folder.settings().issuer)
    return kept_password(password)


def _account(ledger: Ledger, name: str) -> KeptAccount:
    account = ledger.accounts().get(folded_name(name))
    if account is None:
        raise UsageError(f"there is no account {name}", f"没有账号“{name}”")
    return account
