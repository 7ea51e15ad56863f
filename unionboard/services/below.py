"""Which unions stand under one, and the doors through which their figures are seen: for looking only, by whoever acts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select, text

from unionboard import db
from unionboard.models import Union
from unionboard.models.separation import union_of
from unionboard.services.guard import actor_of, bind_actor


def unions_below(session: Session, union_id: int) -> tuple[int, ...]:
    """The numbers of all unions under one, however far below, in a program's session (``db.within(None)``). One query."""
    reached = select(col(Union.id).label("id")).where(Union.above_id == union_id).cte("reached", recursive=True)
    reached = reached.union(select(col(Union.id)).join(reached, col(Union.above_id) == reached.c.id))  # not UNION ALL: a ring ends, too
    query = select(col(Union.id)).where(col(Union.id).in_(select_columns(reached.c.id)), Union.id != union_id).order_by(col(Union.id))
    return tuple(id_ or 0 for id_ in session.exec(query))


@contextmanager
def read_below() -> Iterator[Session]:
    """A session for looking that sees the unions below the one it is about, and none besides."""
    with db.reading() as own, seeing_below(own) as session:
        yield session


@contextmanager
def seeing_below(own: Session) -> Iterator[Session]:
    """The same beside a session that is open already: about its union, and for whoever acts in it."""
    with db.within(None), db.reading() as everything:
        below = unions_below(everything, union_of(own) or 0)
    with db.within(union_of(own)), db.reading(below=below) as session:
        bind_actor(session, actor_of(own))
        yield session


def find_moment_of_all(session: Session) -> str:
    """Another text after any union's records have changed. Of a SQLite database the moment of one union tells that already, by the file; on
    a server numbers of the log may come in another order than its transactions end, hence which of them are still under way. One query."""
    if session.get_bind().dialect.name != "postgresql":
        return ""
    return str(session.connection().execute(text("SELECT pg_current_snapshot()::text")).scalar_one())
