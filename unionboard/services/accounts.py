"""Accounts: who may sign in, and as what. The first is a chair's; from then on everybody signs in, and one chair always remains.

Source: domain notes C6 (the audit committee holds no finance post) and D2.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from unionboard.errors.accounts import (
    AccountClosed,
    AccountExists,
    AccountUnknown,
    AddressTaken,
    AddressTakenElsewhere,
    AddressWrong,
    AuditHoldsNoOffice,
    FirstIsChair,
    LastChair,
    RolesMissing,
)
from unionboard.errors.entries import NameMissing
from unionboard.errors.permissions import SignedOut
from unionboard.errors.sign_ins import WrongPassword
from unionboard.models import Account, AccountRole, SignIn
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import of_all
from unionboard.services import passwords, sign_ins
from unionboard.services.account_list import find_account, has_own_accounts, list_accounts, name_key, roles_of
from unionboard.services.changes import record_change, update_row
from unionboard.services.guard import actor_of, own_account, require
from unionboard.services.permissions import Act
from unionboard.services.roles import Role, roles_in
from unionboard.services.throttle import attempts

_ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+")
_LONGEST_ADDRESS = 120
_BESIDE_AUDIT = frozenset({AccountRole.AUDIT, AccountRole.VIEWER})
_OF_DUTY = {
    Role.CHAIR: AccountRole.CHAIR,
    Role.VICE_CHAIR: AccountRole.CHAIR,
    Role.TREASURER: AccountRole.TREASURER,
    Role.CASHIER: AccountRole.TREASURER,
    Role.AUDIT: AccountRole.AUDIT,
}


def suggest_roles(duty: str) -> frozenset[AccountRole]:
    """What an account may do whose holder has ``duty`` in the committee: everybody but the audit committee ticks off too."""
    roles = frozenset(_OF_DUTY.get(role, AccountRole.COMMITTEE) for role in roles_in(duty))
    return roles if AccountRole.AUDIT in roles else roles | {AccountRole.COMMITTEE}


def add_account(
    session: Session,
    *,
    name: str,
    roles: Iterable[AccountRole],
    password: str = "",
    must_change: bool = False,
    email: str = "",
    who: str,
    now_utc: datetime,
) -> Account:
    """A new account. Without a password nobody signs in with it until one is set; ``must_change``: another one is asked for at once.

    Raises: NotYours, NameMissing, AccountExists, RolesMissing, FirstIsChair, AuditHoldsNoOffice, AddressWrong, AddressTaken,
    AddressTakenElsewhere, what ``passwords.check_password`` raises.
    """
    require(session, Act.MANAGE_ACCOUNTS)
    name = " ".join(name.split())
    if not name_key(name):
        raise NameMissing
    if (known := find_account(session, name)) is not None:
        raise AccountExists(name=known.name)
    held = _check_roles(roles)
    if AccountRole.CHAIR not in held and not has_own_accounts(session):
        raise FirstIsChair
    if password:
        passwords.check_password(password, name=name)
    account = Account(
        name=name,
        name_key=name_key(name),
        roles=_codes(held),
        password_hash=passwords.hash_password(password) if password else "",
        must_change=must_change,
        email=_check_email(session, email),
        created_at_utc=now_utc,
    )
    session.add(account)
    record_change(session, account, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return account


def change_account(
    session: Session,
    account_id: int,
    *,
    version: int,
    roles: Iterable[AccountRole] | None = None,
    email: str | None = None,
    who: str,
    now_utc: datetime,
) -> Account:
    """Other roles, which hold from the next click on; another address for the sign-in service.

    Raises: NotYours, RolesMissing, AuditHoldsNoOffice, LastChair, AddressWrong, AddressTaken, AddressTakenElsewhere, StaleSave.
    """
    require(session, Act.MANAGE_ACCOUNTS)
    account = _account(session, account_id)
    values: dict[str, object] = {}
    if roles is not None:
        held = _check_roles(roles)
        if AccountRole.CHAIR not in held:
            _check_not_last(session, account)
        values["roles"] = _codes(held)
    if email is not None:
        values["email"] = _check_email(session, email, account_id)
    update_row(session, account, version=version, who=who, now_utc=now_utc, **values)
    return account


def disable_account(session: Session, account_id: int, *, version: int, who: str, now_utc: datetime) -> None:
    """Close an account: its sign-ins end at once, what it did stays. Raises: NotYours, LastChair, StaleSave."""
    require(session, Act.MANAGE_ACCOUNTS)
    account = _account(session, account_id)
    _check_not_last(session, account)
    update_row(session, account, version=version, who=who, now_utc=now_utc, is_active=False)
    sign_ins.end_sign_ins(session, account_id, who=who, now_utc=now_utc)


def enable_account(session: Session, account_id: int, *, version: int, who: str, now_utc: datetime) -> None:
    """Open a closed account again, with the password it had. Raises: NotYours, StaleSave."""
    require(session, Act.MANAGE_ACCOUNTS)
    update_row(session, _account(session, account_id), version=version, who=who, now_utc=now_utc, is_active=True)


def reset_password(session: Session, account_id: int, *, who: str, now_utc: datetime) -> str:
    """A new password that is good for signing in once, to be told to its holder; all sign-ins of the account end.

    Raises: NotYours, AccountClosed.
    """
    require(session, Act.MANAGE_ACCOUNTS)
    account = _account(session, account_id)
    if not account.is_active:
        raise AccountClosed(name=account.name)
    password = passwords.make_password()
    _set(session, account, password, must_change=True, who=who, now_utc=now_utc)
    sign_ins.end_sign_ins(session, account_id, who=who, now_utc=now_utc)
    return password


def set_password(session: Session, account_id: int, password: str, *, who: str, now_utc: datetime) -> None:
    """The holder's own new password; that it is the holder who sets it is the caller's to make sure.

    Raises: what ``passwords.check_password`` raises.
    """
    account = _account(session, account_id)
    passwords.check_password(password, name=account.name)
    with own_account(session):
        _set(session, account, password, must_change=False, who=who, now_utc=now_utc)


def change_own_password(session: Session, *, old: str, new: str, now_utc: datetime) -> None:
    """Whoever is signed in gives themselves another password, knowing the old one; their other browsers are signed out.

    Raises: SignedOut, WrongPassword, TooManyAttempts, what ``passwords.check_password`` raises.
    """
    actor = actor_of(session)
    if actor is None or actor.account_id is None:
        raise SignedOut
    account = _account(session, actor.account_id)
    key = sign_ins.key_of_tries(session, account.name_key)
    attempts.enter(name=key)
    if not passwords.verify(old, account.password_hash):
        raise WrongPassword
    attempts.forgive(name=key)
    set_password(session, actor.account_id, new, who=actor.name, now_utc=now_utc)
    sign_ins.end_sign_ins(session, actor.account_id, who=actor.name, now_utc=now_utc, except_id=actor.sign_in_id)


def end_sign_in(session: Session, sign_in_id: int, *, who: str, now_utc: datetime) -> None:
    """Sign one browser out: one's own, or as a chair anybody's. Raises: NotYours."""
    row = session.get(SignIn, sign_in_id)
    actor = actor_of(session)
    if row is None:
        return
    if actor is None or row.account_id != actor.account_id:
        require(session, Act.MANAGE_ACCOUNTS)
    sign_ins.sign_out(session, sign_in_id, who=who, now_utc=now_utc)


def end_all_sign_ins(session: Session, account_id: int, *, who: str, now_utc: datetime) -> int:
    """Sign an account out everywhere; one's own but for this browser. How many were in. Raises: NotYours."""
    actor = actor_of(session)
    own = actor is not None and actor.account_id == account_id
    if not own:
        require(session, Act.MANAGE_ACCOUNTS)
    return sign_ins.end_sign_ins(
        session, account_id, who=who, now_utc=now_utc, except_id=actor.sign_in_id if own and actor is not None else None
    )


def _set(session: Session, account: Account, password: str, *, must_change: bool, who: str, now_utc: datetime) -> None:
    values = {"password_hash": passwords.hash_password(password), "must_change": must_change}
    update_row(session, account, version=account.version, who=who, now_utc=now_utc, **values)


def _check_roles(roles: Iterable[AccountRole]) -> frozenset[AccountRole]:
    held = frozenset(roles)
    if not held:
        raise RolesMissing
    if AccountRole.AUDIT in held and not held <= _BESIDE_AUDIT:
        raise AuditHoldsNoOffice
    return held


def _check_email(session: Session, email: str, account_id: int | None = None) -> str:
    """As it is kept: small letters, which are compared with what the sign-in service says. Letters beyond ASCII look alike too easily."""
    told = email.strip()
    if not told:
        return ""
    if not _ADDRESS.fullmatch(told) or len(told) > _LONGEST_ADDRESS:
        raise AddressWrong(address=told[:_LONGEST_ADDRESS])
    taken = select(Account.name).where(Account.email == told.lower(), Account.id != account_id)
    if (holder := session.exec(taken).first()) is not None:
        raise AddressTaken(name=holder, address=told.lower())
    with of_all(session):
        if session.exec(taken).first() is not None:
            raise AddressTakenElsewhere(address=told.lower())
    return told.lower()


def _check_not_last(session: Session, account: Account) -> None:
    """Some other chair can sign in. An account without a password cannot, unless a sign-in service knows it."""
    if not account.is_active or AccountRole.CHAIR not in roles_of(account):
        return
    others = (one for one in list_accounts(session) if one.is_active and one.id != account.id and (one.password_hash or one.email))
    if not any(AccountRole.CHAIR in roles_of(one) for one in others):
        raise LastChair(name=account.name)


def _codes(roles: Iterable[AccountRole]) -> list[str]:
    held = frozenset(roles)
    return [role.value for role in AccountRole if role in held]


def _account(session: Session, account_id: int) -> Account:
    account = session.exec(select(Account).where(Account.id == account_id)).one_or_none()
    if account is None:
        raise AccountUnknown(name=str(account_id))
    return account
