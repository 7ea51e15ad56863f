"""The unions of one database: which there are, who stands above whom, and adding one. Of all of them, whoever asks.

The first union keeps the database: backups, the key and going back to a backup are about all unions' data (see ``guard.Actor.may``).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from unionboard.config import HOME_UNION
from unionboard.db import wait_for_writers
from unionboard.errors.entries import NameMissing
from unionboard.errors.unions import AccountsFirst, FirstNameMissing, UnionNameTaken, UnionUnderItself, UnionUnknown
from unionboard.models import Account, AccountRole, Change, Union, UnionKind
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import bind_union, of_all, union_of
from unionboard.services import accounts, passwords
from unionboard.services.account_list import has_accounts
from unionboard.services.changes import record_change, update_row
from unionboard.services.guard import actor_of, require
from unionboard.services.permissions import Act
from unionboard.services.roles import plain_name


@dataclass(frozen=True, slots=True)
class UnionFacts:
    """One union of the database. ``above``: the number of the one above it, None for none; ``accounts``: how many may sign in."""

    number: int
    name: str
    above: int | None
    kind: UnionKind
    accounts: int


@dataclass(frozen=True, slots=True)
class NewUnion:
    """``password`` is told this once: it is good for the chair's first sign-in."""

    number: int
    name: str
    chair: str
    password: str


def list_unions(session: Session) -> tuple[UnionFacts, ...]:
    """All unions by number, whichever ``session`` is about. Two queries."""
    with of_all(session):
        rows = session.exec(select(Union.id, Union.name, Union.above_id, Union.kind).order_by(col(Union.id))).all()
        open_ones = select(Account.union_id, func.count()).where(col(Account.is_active)).group_by(col(Account.union_id))
        counts = dict(session.exec(open_ones).all())
    return tuple(UnionFacts(number or 0, name, above, UnionKind(kind), counts.get(number, 0)) for number, name, above, kind in rows)


def list_numbers(session: Session) -> tuple[int, ...]:
    """The numbers of all unions, of the first also while it has no name yet."""
    return tuple(list_names(session))


def list_names(session: Session) -> dict[int, str]:
    """The names of all unions by number; of the first also while it has none."""
    with of_all(session):
        found = {number or 0: name for number, name in session.exec(select(Union.id, Union.name))}
    return dict(sorted({HOME_UNION: "", **found}.items()))


def find_named(session: Session, told: str) -> tuple[int, str] | None:
    """The number and the name of the union that ``told`` names by either; None: nobody knows it, or several are called so."""
    key = plain_name(told)
    rows = list_names(session).items()
    found = [row for row in rows if key == str(row[0])] or [row for row in rows if key and plain_name(row[1]) == key]
    return found[0] if len(found) == 1 else None


def require_named(session: Session, told: str) -> int:
    """Its number, for whoever must have one. Raises: UnionUnknown."""
    found = find_named(session, told)
    if found is None:
        raise UnionUnknown(name=told.strip())
    return found[0]


def add_union(session: Session, *, name: str, kind: UnionKind, above: int | None, chair: str, who: str, now_utc: datetime) -> NewUnion:
    """One more union in this database, with an account of its chair; signed in its own log by whoever adds it.

    Whoever is signed in adds below their own union only. Raises: NotYours, AccountsFirst, FirstNameMissing, NameMissing, UnionNameTaken,
    UnionUnknown.
    """
    require(session, Act.SET_UNION)
    require(session, Act.MANAGE_ACCOUNTS)
    name = " ".join(name.split())
    if not plain_name(name) or not plain_name(chair):
        raise NameMissing
    if not has_accounts(session):
        raise AccountsFirst
    wait_for_writers(session)
    own, unions = union_of(session), {one.number: one for one in list_unions(session)}
    if any(plain_name(one.name) == plain_name(name) for one in unions.values()):
        raise UnionNameTaken(name=name)
    actor = actor_of(session)
    may_be_above = {actor.union_id} if actor is not None and actor.account_id is not None else {None, *unions, HOME_UNION}
    if above not in may_be_above:
        raise UnionUnknown(name=str(above))
    if HOME_UNION not in unions or not unions[HOME_UNION].name:
        raise FirstNameMissing
    number = max(unions) + 1
    try:
        bind_union(session, number)
        union = Union(id=number, name=name, kind=kind, above_id=above)
        session.add(union)
        record_change(session, union, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
        password = passwords.make_password()
        roles = (AccountRole.CHAIR, AccountRole.COMMITTEE)
        account = accounts.add_account(session, name=chair, roles=roles, password=password, must_change=True, who=who, now_utc=now_utc)
        session.flush()
        return NewUnion(number, union.name, account.name, password)
    finally:
        bind_union(session, own)


def put_under(session: Session, number: int, above: int | None, *, who: str, now_utc: datetime) -> None:
    """Another union stands above ``number`` from now on, or none; for the program and the command line, as what an upper union may see
    changes. Raises: NotYours, UnionUnknown, UnionUnderItself."""
    require(session, Act.SET_UNION)
    wait_for_writers(session)
    wait_for_writers(session, number)
    own, unions = union_of(session), {one.number: one for one in list_unions(session)}
    for one in (number, above):
        if one is not None and one not in unions:
            raise UnionUnknown(name=str(one))
    higher: int | None = above
    while higher is not None:
        if higher == number:
            raise UnionUnderItself(name=unions[number].name)
        higher = unions[higher].above
    bind_union(session, number)
    try:
        row = session.exec(select(Union)).one()
        update_row(session, row, version=row.version, who=who, now_utc=now_utc, above_id=above)
        session.flush()
    finally:
        bind_union(session, own)


def list_logged(session: Session) -> tuple[int, ...]:
    """The numbers of all unions of which anything is stored: also of one that has accounts or a log and no name yet."""
    with of_all(session):
        found = {*session.exec(select(Change.union_id).distinct()), *session.exec(select(Account.union_id).distinct())}
        return tuple(sorted({*list_numbers(session), *(number or 0 for number in found)}))
