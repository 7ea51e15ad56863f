"""The gate in the session: whoever is bound to it writes only what the table of permissions lets them, whichever service is called.

A session without an actor belongs to the program itself (migrations, the demo year). Pages and command line bind theirs through
``db.ask_who``. Every new line of the change log gets its place in the chain and where it came from here, at the one place all pass.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm.attributes import instance_state
from sqlmodel import Session, col, select, text

from unionboard.config import HOME_UNION
from unionboard.errors import Refusal
from unionboard.errors.permissions import Locked, NotYours, SignedForAnother
from unionboard.errors.unions import KeptByFirst
from unionboard.models import Account, AccountRole, Change, chain
from unionboard.services.permissions import ALLOWED, OF_DATABASE, WRITES, Act, may

LOCAL_ROLES = frozenset({AccountRole.CHAIR, AccountRole.TREASURER, AccountRole.COMMITTEE})
"""Whoever sits at the computer as long as there are no accounts: in a small union one person does all of it."""
PROGRAM = "program"
THIS_COMPUTER = "this computer"
_OWN, _ENTRUSTED = "writes_own_account", "entrusted"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts in a session. ``name`` is empty where there are no accounts; ``origin`` is what the change log says of from where."""

    name: str = ""
    roles: frozenset[AccountRole] = field(default=frozenset())
    origin: str = ""
    account_id: int | None = None
    sign_in_id: int | None = None
    unlocked_until_utc: datetime | None = None
    union_id: int | None = None  # of the account; None: the one the program is set to

    def may(self, act: Act) -> bool:
        """Whether the roles allow ``act``; an unlock is asked for apart. What is about all unions' data is for the first union only."""
        return may(self.roles, act) and not self.is_kept_from(act)

    def is_kept_from(self, act: Act) -> bool:
        """Whether ``act`` is about the whole database, which another union keeps."""
        return act in OF_DATABASE and self.union_id not in (None, HOME_UNION)


NOBODY = Actor()


def actor_of(session: Session) -> Actor | None:
    """Who acts in ``session``; None: the program itself."""
    found = session.info.get("actor")
    return found if isinstance(found, Actor) else None


def bind_actor(session: Session, actor: Actor | None) -> None:
    """From now on ``session`` is ``actor``'s."""
    session.info["actor"] = actor


def require(session: Session, *acts: Act) -> None:
    """Whoever acts in ``session`` may do at least one of ``acts``. Raises: NotYours."""
    actor = actor_of(session)
    entrusted: frozenset[Act] = session.info.get(_ENTRUSTED, frozenset())
    if actor is not None and not any(actor.may(act) or act in entrusted for act in acts):
        raise _refuse(actor, *acts)


@contextmanager
def entrust(session: Session, act: Act) -> Iterator[None]:
    """Within it ``require`` lets ``act`` pass: what a meeting decides is carried out, whoever keeps its
    record. Tables stay guarded."""
    before = session.info.get(_ENTRUSTED, frozenset())
    session.info[_ENTRUSTED] = before | {act}
    try:
        yield
    finally:
        session.info[_ENTRUSTED] = before


def require_act(actor: Actor | None, *acts: Act) -> None:
    """The same where there may be no database to hold a session on; ``actor``: None for the program itself. Raises: NotYours."""
    if actor is not None and not any(actor.may(act) for act in acts):
        raise _refuse(actor, *acts)


def require_unlocked(session: Session, *, now_utc: datetime) -> None:
    """Personal fields are open to whoever acts in ``session``. Raises: Locked."""
    actor = actor_of(session)
    if actor is not None and (actor.unlocked_until_utc is None or actor.unlocked_until_utc <= now_utc):
        raise Locked


def _refuse(actor: Actor, *acts: Act) -> Refusal:
    return KeptByFirst() if any(may(actor.roles, act) and actor.is_kept_from(act) for act in acts) else not_yours(*acts)


def not_yours(*acts: Act) -> NotYours:
    """The refusal that says whose it is: codes of roles, said in words at the edge."""
    roles = [role for role in AccountRole if any(role in ALLOWED[act] for act in acts)]
    return NotYours(roles=roles)


def check_signature(session: Session, who: str) -> None:
    """Nobody who is signed in signs for another. Raises: SignedForAnother."""
    actor = actor_of(session)
    if actor is not None and actor.account_id is not None and who != actor.name:
        raise SignedForAnother(name=actor.name)


@contextmanager
def own_account(session: Session) -> Iterator[None]:
    """Within it whoever acts may write the account they are signed in with, and no other: a new password."""
    session.info[_OWN] = True
    try:
        yield
        session.flush()
    finally:
        del session.info[_OWN]


@event.listens_for(OrmSession, "before_flush")
def _check_rows(session: Session, _context: UOWTransaction, _instances: object) -> None:
    actor = actor_of(session)
    if actor is not None:
        touched = [*session.new, *(row for row in session.dirty if session.is_modified(row)), *session.deleted]
        for noun in {str(row.__tablename__) for row in touched if not _is_own(session, actor, row)}:
            _check_table(actor, noun)
    _chain_lines(session, [row for row in session.new if isinstance(row, Change)])


@event.listens_for(OrmSession, "do_orm_execute")
def _check_statement(state: ORMExecuteState) -> None:
    """Updates and deletes of many rows at once never pass the flush."""
    actor = actor_of(state.session)  # type: ignore[arg-type]
    if actor is None or not (state.is_update or state.is_delete or state.is_insert):
        return
    if state.bind_mapper is not None:
        _check_table(actor, str(state.bind_mapper.local_table.name))  # type: ignore[attr-defined]


def _is_own(session: OrmSession, actor: Actor, row: object) -> bool:
    return _OWN in session.info and isinstance(row, Account) and row.id is not None and row.id == actor.account_id


def _check_table(actor: Actor, noun: str) -> None:
    acts = WRITES[noun]
    if acts and not any(actor.may(act) for act in acts):
        raise _refuse(actor, *acts)


def _chain_lines(session: Session, lines: list[Change]) -> None:
    if not lines:
        return
    actor = actor_of(session)
    origin = PROGRAM if actor is None else actor.origin
    with session.no_autoflush:
        previous = session.execute(select(Change.sha256).order_by(col(Change.id).desc()).limit(1)).scalar() or chain.START
        numbers = _next_numbers(session, len(lines))
    for line, number in zip(sorted(lines, key=lambda one: instance_state(one).insert_order or 0), numbers, strict=True):
        if actor is not None:
            check_signature(session, line.who)
        line.id, line.origin = number, line.origin or origin
        previous = line.sha256 = chain.hash_line(
            previous,
            id=number,
            at_utc=line.at_utc,
            who=line.who,
            origin=line.origin,
            action=line.action,
            noun=line.noun,
            row_id=line.row_id,
            before=line.before,
            after=line.after,
        )


def _next_numbers(session: OrmSession, count: int) -> list[int]:
    """Numbers of the log grow through all unions, whose writers wait for one another on SQLite only; a server counts for them."""
    if session.get_bind().dialect.name == "postgresql":
        drawn = text("SELECT nextval(pg_get_serial_sequence('change', 'id')) FROM generate_series(1, :count)")
        return sorted(session.execute(drawn, {"count": count}).scalars())
    last = session.execute(text("SELECT coalesce(max(id), 0) FROM change")).scalar_one()
    return list(range(last + 1, last + 1 + count))
