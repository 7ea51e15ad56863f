"""Signing in and out: each browser that is in holds a random token, of which only the hash is kept here.

A token is looked up again for every page, file and change; what is ended, expired or of a disabled account opens nothing from then on.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from sqlmodel import Session, col, delete, or_, select

from unionboard.config import HOME_UNION
from unionboard.errors.permissions import SignedOut
from unionboard.errors.sign_ins import WrongNameOrPassword, WrongPassword
from unionboard.models import Account, Change, SignIn
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import union_of
from unionboard.services import passwords
from unionboard.services.account_list import find_account, name_key, roles_of
from unionboard.services.guard import Actor, actor_of, require
from unionboard.services.origins import Way, tell_origin
from unionboard.services.permissions import Act
from unionboard.services.throttle import attempts

LONG, SHORT = timedelta(days=30), timedelta(hours=12)
"""How long a browser stays in: when told to stay signed in, and otherwise (its cookie ends with the browser)."""
CLOCK_SLACK = timedelta(days=1)
"""So far a computer's clock may be set back without anybody having to sign in again."""
UNLOCKED = timedelta(minutes=10)
KEPT = timedelta(days=90)
_TOKEN_BYTES, _TOKEN_LETTERS = 32, 43
_SEEN_EVERY = timedelta(minutes=10)
_LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class NewSignIn:
    """``token`` is told this once. ``must_change``: nothing opens before a new password is set."""

    token: str
    sign_in_id: int
    account_id: int
    name: str
    must_change: bool
    expires_at_utc: datetime


def recognise(session: Session, name: str, password: str, *, address: str) -> Account:
    """Whose name and password these are, in the union ``session`` is about. An unknown name and a wrong password look alike and take as
    long; it reads only, since that takes a while. Raises: WrongNameOrPassword, TooManyAttempts.
    """
    key = key_of_tries(session, name_key(name))
    attempts.enter(name=key, address=address)
    account = find_account(session, name)
    kept = account.password_hash if account is not None and account.is_active else ""
    if not passwords.verify(password, kept) or account is None:
        raise WrongNameOrPassword
    attempts.forgive(name=key, address=address)
    return account


def refuse_unknown_union(union: str, name: str, password: str, *, address: str) -> NoReturn:
    """The same for a union nobody knows: it looks like a wrong password and takes as long. Raises: WrongNameOrPassword, TooManyAttempts."""
    attempts.enter(name=f"{union}/{name_key(name)}"[:_LONGEST_KEY], address=address)
    passwords.verify(password, "")
    raise WrongNameOrPassword


def key_of_tries(session: Session, key: str) -> str:
    """What tries with an account's key are counted under: two unions may have an account of the same name each."""
    union = union_of(session)
    return key[:_LONGEST_KEY] if union == HOME_UNION else f"{union}/{key}"[:_LONGEST_KEY]


def start(
    session: Session, account_id: int, *, way: Way, address: str, device: str = "", is_kept: bool = False, now_utc: datetime
) -> NewSignIn:
    """Let in a browser whose person is known: for 30 days (``is_kept``) or 12 hours. Raises: WrongNameOrPassword for a closed account."""
    account = session.get(Account, account_id)
    if account is None or not account.is_active:
        raise WrongNameOrPassword
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = SignIn(
        account_id=account_id,
        token_sha256=_hash(token),
        created_at_utc=now_utc,
        expires_at_utc=now_utc + (LONG if is_kept else SHORT),
        seen_at_utc=now_utc,
        origin=tell_origin(way, address)[:80],
        device=device[:120],
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    _log(session, row, ChangeAction.SIGN_IN, who=account.name, now_utc=now_utc, origin=row.origin)
    return NewSignIn(token, row.id, account_id, account.name, account.must_change, row.expires_at_utc)


def find_open(session: Session, token: str | None, *, now_utc: datetime) -> tuple[SignIn, Account] | None:
    """The sign-in a token belongs to, while it lasts and its account is active; also where the password must be changed first."""
    if token is None or len(token) != _TOKEN_LETTERS or not token.isascii():
        return None
    query = select(SignIn, Account).join(Account, col(Account.id) == SignIn.account_id).where(SignIn.token_sha256 == _hash(token))
    found = session.exec(query).first()
    if found is None:
        return None
    row, account = found
    if row.ended_at_utc is not None or not account.is_active:
        return None
    lasts = row.created_at_utc - CLOCK_SLACK <= now_utc < row.expires_at_utc  # a clock that was set back lengthens nothing
    return (row, account) if lasts else None


def find_waiting(session: Session, token: str | None, *, now_utc: datetime) -> tuple[SignIn, Account] | None:
    """Whoever signed in with a password that was given to them and has to choose one of their own before anything opens."""
    found = find_open(session, token, now_utc=now_utc)
    return found if found and found[1].must_change else None


def look_up(session: Session, token: str | None, *, way: Way, address: str, now_utc: datetime) -> Actor | None:
    """Who holds ``token``, with the roles of this moment; None: nobody who may see anything. A phone never sees personal fields."""
    found = find_open(session, token, now_utc=now_utc)
    if found is None or found[1].must_change:
        return None
    row, account = found
    until = row.unlocked_until_utc
    if way is Way.PHONE or (until and until - now_utc > UNLOCKED):  # a clock that was set back unlocks nothing for longer
        until = None
    return Actor(
        name=account.name,
        roles=roles_of(account),
        origin=tell_origin(way, address),
        account_id=account.id,
        sign_in_id=row.id,
        unlocked_until_utc=until,
        union_id=account.union_id,
    )


def was_seen_lately(session: Session, sign_in_id: int, *, now_utc: datetime) -> bool:
    """Whether a browser was noted here in the last ten minutes."""
    row = session.get(SignIn, sign_in_id)
    return row is None or now_utc - row.seen_at_utc < _SEEN_EVERY


def note_seen(session: Session, sign_in_id: int, *, now_utc: datetime) -> None:
    """Keep when a browser was last here."""
    row = session.get(SignIn, sign_in_id)
    if row is not None and row.ended_at_utc is None:
        row.seen_at_utc = now_utc
        session.add(row)
        session.flush()


def list_sign_ins(session: Session, account_id: int | None = None, *, now_utc: datetime) -> list[SignIn]:
    """Browsers that are in at ``now_utc``, of one account or of all, newest first."""
    query = select(SignIn).where(col(SignIn.ended_at_utc).is_(None), SignIn.expires_at_utc > now_utc).order_by(col(SignIn.id).desc())
    if account_id is not None:
        query = query.where(SignIn.account_id == account_id)
    return list(session.exec(query))


def leave(session: Session, token: str | None, *, way: Way, address: str, now_utc: datetime) -> None:
    """Whatever a browser was signed in as, it is no more."""
    found = find_open(session, token, now_utc=now_utc)
    if found is not None:
        row, account = found
        sign_out(session, row.id or 0, who=account.name, now_utc=now_utc, origin=tell_origin(way, address))


def sign_out(session: Session, sign_in_id: int, *, who: str, now_utc: datetime, origin: str = "") -> bool:
    """End one browser's sign-in; False: it had ended before."""
    row = session.get(SignIn, sign_in_id)
    if row is None or row.ended_at_utc is not None:
        return False
    row.ended_at_utc, row.unlocked_until_utc = now_utc, None
    session.add(row)
    _log(session, row, ChangeAction.SIGN_OUT, who=who, now_utc=now_utc, origin=origin)
    return True


def end_sign_ins(session: Session, account_id: int, *, who: str, now_utc: datetime, except_id: int | None = None) -> int:
    """Sign an account out everywhere, but for the browser ``except_id``; how many were in."""
    rows = [row for row in list_sign_ins(session, account_id, now_utc=now_utc) if row.id != except_id]
    return sum(sign_out(session, row.id or 0, who=who, now_utc=now_utc) for row in rows)


def unlock(session: Session, sign_in_id: int, password: str, *, now_utc: datetime) -> datetime:
    """Open personal fields to one browser by the account's password, until the moment returned; logged.

    Raises: NotYours without Act.SEE_NAMES, SignedOut (also for another's sign-in), WrongPassword, TooManyAttempts.
    """
    require(session, Act.SEE_NAMES)
    actor, row = actor_of(session), session.get(SignIn, sign_in_id)
    if row is None or row.ended_at_utc is not None or row.expires_at_utc <= now_utc:
        raise SignedOut
    if actor is not None and actor.sign_in_id != sign_in_id:
        raise SignedOut
    account = session.get(Account, row.account_id)
    assert account is not None
    key = key_of_tries(session, account.name_key)
    attempts.enter(name=key)
    if not passwords.verify(password, account.password_hash):
        raise WrongPassword
    attempts.forgive(name=key)
    row.unlocked_until_utc = now_utc + UNLOCKED
    session.add(row)
    _log(session, row, ChangeAction.UNLOCK, who=account.name, now_utc=now_utc)
    return row.unlocked_until_utc


def lock(session: Session, sign_in_id: int, *, now_utc: datetime) -> None:
    """Close personal fields to this browser before their time."""
    row = session.get(SignIn, sign_in_id)
    if row is not None and row.unlocked_until_utc is not None and row.unlocked_until_utc > now_utc:
        row.unlocked_until_utc = now_utc
        session.add(row)
        session.flush()


def drop_old(session: Session, *, now_utc: datetime) -> int:
    """Forget where people were signed in more than 90 days ago; the change log keeps that they were."""
    long_ago = now_utc - KEPT
    gone = session.exec(delete(SignIn).where(or_(col(SignIn.ended_at_utc) < long_ago, col(SignIn.expires_at_utc) < long_ago)))
    return int(gone.rowcount)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _log(session: Session, row: SignIn, action: ChangeAction, *, who: str, now_utc: datetime, origin: str = "") -> None:
    """A line under the account: nothing of the union's data differs."""
    session.add(
        Change(
            at_utc=now_utc, who=who, action=action.value, noun="account", row_id=row.account_id, after={"device": row.device}, origin=origin
        )
    )
    session.flush()
