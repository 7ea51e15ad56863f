"""Failed tries of all processes on one database server. They are no data: no backup, no move and no migration knows of them, and a server
that crashes forgets them. Keys are hashed: what was typed as a name may be a password."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Double, Index, Integer, MetaData, String, Table, delete, func, insert, or_, select
from sqlalchemy.engine import make_url

from unionboard.config import read_config
from unionboard.db import current_engine

TRIES_LOCK = 19260502
"""Any number, the same for all who count; another than the writers'."""
_tries = Table(
    "failed_try",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("key_sha256", String(64), nullable=False),
    Column("at_s", Double, nullable=False),
    Index("ix_failed_try_key_sha256", "key_sha256"),
    prefixes=["UNLOGGED"],
)


def uses_server() -> bool:
    """Whether the data are where several processes may have them: in PostgreSQL."""
    return make_url(read_config().database_url).get_backend_name() == "postgresql"


@contextmanager
def opening_shared(*, window_s: float) -> Iterator[tuple["SharedTries", float]]:
    """The tries, while nobody else has them, and the moment. A transaction of its own: what failed counts, whatever becomes of the rest.

    A clock that is set anew makes nobody wait for longer than twice the window.
    """
    with current_engine().connect() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(TRIES_LOCK)))
        _tries.create(connection, checkfirst=True)
        now = time.time()
        connection.execute(delete(_tries).where(or_(_tries.c.at_s <= now - window_s, _tries.c.at_s > now + window_s)))
        try:
            yield SharedTries(connection), now
        finally:
            connection.commit()


class SharedTries:
    """``Tries`` in the table, within the transaction of ``connection``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recent(self, key: tuple[str, str], *, since: float) -> list[float]:
        query = select(_tries.c.at_s).where(_tries.c.key_sha256 == _hash(key), _tries.c.at_s > since).order_by(_tries.c.at_s)
        return list(self._connection.scalars(query))

    def add(self, key: tuple[str, str], now: float) -> None:
        self._connection.execute(insert(_tries).values(key_sha256=_hash(key), at_s=now))

    def drop(self, key: tuple[str, str]) -> None:
        self._connection.execute(delete(_tries).where(_tries.c.key_sha256 == _hash(key)))

    def drop_last(self, key: tuple[str, str]) -> None:
        last = select(func.max(_tries.c.id)).where(_tries.c.key_sha256 == _hash(key)).scalar_subquery()
        self._connection.execute(delete(_tries).where(_tries.c.id == last))


def _hash(key: tuple[str, str]) -> str:
    return hashlib.sha256("\n".join(key).encode()).hexdigest()
