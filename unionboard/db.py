"""The database: one engine for the process, short sessions, writes that never wait in the middle.

SQLite keeps the rollback journal with ``synchronous=EXTRA``; see docs/adr/0004-journal-mode.md. A writing transaction begins
``IMMEDIATE``, so that two people saving at once queue up at the first statement instead of failing at the last.

A backup may be put in the place of the file while the program runs. So every connection knows which file it opened: one whose file was
replaced is given up, and nobody writes into a file that is the data no longer.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlmodel import Session, create_engine

from unionboard import soundness
from unionboard.config import read_config
from unionboard.errors.database import DatabaseGone, DatabaseReplaced

BUSY_TIMEOUT_MS = 20_000  # waiting is better than a refusal: on a slow or busy disk one commit may take seconds
CONNECT_TIMEOUT_S = 5  # a server that is away is told soon, and asked again by the next page
WRITERS_LOCK = 19260501  # any number, the same for all who write
_FILE = "unionboard_file"


def open_engine(url: str) -> Engine:
    """An engine for ``url`` with our rules set on every connection; makes the folder of a SQLite file.

    Its errors go into the log, so they do not tell what was to be written: names of the sick are among it.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": CONNECT_TIMEOUT_S})
        if parsed.get_backend_name() == "postgresql":
            event.listen(engine, "handle_error", _hide_row)
            event.listen(engine, "begin", _begin_on_server)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    timeout_s = BUSY_TIMEOUT_MS / 1000
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": timeout_s}, hide_parameters=True)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    if parsed.database and parsed.database != ":memory:":
        _watch_file(engine, Path(parsed.database))
        soundness.watch(engine, Path(parsed.database))
    return engine


def _hide_row(context: ExceptionContext) -> None:
    """PostgreSQL repeats the row it refuses, whatever SQLAlchemy hides; what it says of the fault itself is kept."""
    error, told = context.original_exception, context.sqlalchemy_exception
    said = getattr(getattr(error, "diag", None), "message_primary", None)
    if said and told is not None:
        told.args = tuple(one.replace(str(error), said) if isinstance(one, str) else one for one in told.args)
        error.args = (said,)


def _watch_file(engine: Engine, path: Path) -> None:
    """Connections to a file that is no longer the one at ``path`` are given up; a writer that waited meanwhile is refused."""

    def note_file(_dialect: Any, record: Any, _arguments: Any, _options: Any) -> None:
        record.info[_FILE] = identify_file(path)  # before it is opened: replaced in between, it is opened once more

    def note_new_file(_connection: sqlite3.Connection, record: Any) -> None:
        record.info[_FILE] = record.info[_FILE] or identify_file(path)

    def check_file(_connection: sqlite3.Connection, record: Any, _proxy: Any) -> None:
        now = identify_file(path)
        if now is None:
            raise DatabaseGone(place=path)
        if record.info[_FILE] != now:
            raise DisconnectionError

    def check_still(connection: Connection) -> None:
        if connection.get_execution_options().get("unionboard_writes", False) and connection.info[_FILE] != identify_file(path):
            connection.invalidate()
            raise DatabaseReplaced

    event.listen(engine, "do_connect", note_file)
    event.listen(engine, "connect", note_new_file)
    event.listen(engine, "checkout", check_file)
    event.listen(engine, "begin", check_still)


def identify_file(path: Path) -> tuple[int, int] | None:
    """Which file lies at ``path``, whatever its name; None when there is none. It is not opened: closing it would drop SQLite's locks."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would begin late, and never IMMEDIATE
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "secure_delete=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("unionboard_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_on_server(connection: Connection) -> None:
    """A union's writers queue up at the first statement here too: a version read before another's commit would let a stale save through."""
    options = connection.get_execution_options()
    if options.get("unionboard_program", False):
        connection.exec_driver_sql("SELECT set_config('unionboard.union', '*', true)")
    if options.get("unionboard_writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK}, {options.get('unionboard_union') or 0:d})")


def wait_for_writers(session: Session, union: int = 0) -> None:
    """Whatever ``session`` is about, it queues up with those who write for ``union``, or for all (0), until its transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK}, {union:d})")


def as_program(engine: Engine) -> Engine:
    """``engine`` for work on all unions' rows at once, past any session: row-level security of PostgreSQL lets it. Migrations, moving."""
    return engine.execution_options(unionboard_program=True)


@cache
def engine_for(url: str) -> Engine:
    """The one engine of this process for ``url``."""
    return open_engine(url)


def current_engine() -> Engine:
    """The engine of the configured database."""
    return engine_for(read_config().database_url)


_acting: ContextVar[object | None] = ContextVar("acting", default=None)


def _ask() -> object | None:
    return None


def ask_who(source: Callable[[], object | None]) -> None:
    """``source`` says, whenever a session is opened, who acts in it (``session.info["actor"]``); None is the program itself."""
    global _ask  # noqa: PLW0603 -- one process has one edge: pages, or a command
    _ask = source


@contextmanager
def acting(actor: object) -> Iterator[None]:
    """Within it sessions of this thread are ``actor``'s, whatever the source says: for work that is done later, outside a page."""
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)


def _who() -> object | None:
    return _acting.get() or _ask()


_within: ContextVar[tuple[int | None] | None] = ContextVar("within", default=None)


@contextmanager
def within(union_id: int | None) -> Iterator[None]:
    """Within it sessions of this thread are about that union, whoever acts; None: the program itself, about all of them."""
    token = _within.set((union_id,))
    try:
        yield
    finally:
        _within.reset(token)


def is_within() -> bool:
    """Whether ``within`` says which union sessions of this thread are about."""
    return _within.get() is not None


def _bind_session() -> dict[Any, Any]:
    """Who acts in a new session, and whose rows it is about: those of the actor's union. See ``models.separation``."""
    chosen = _within.get()
    actor = _who()
    return {"actor": actor, "union": chosen[0] if chosen else getattr(actor, "union_id", None) or read_config().union_id}


@contextmanager
def reading(engine: Engine | None = None, *, below: Iterable[int] = ()) -> Iterator[Session]:
    """A session for looking: rolled back at the end, rows stay usable afterwards. ``below``: unions whose figures may be seen besides."""
    with Session(engine or current_engine(), expire_on_commit=False, info=_bind_session() | {"below": tuple(below)}) as session:
        yield session


@contextmanager
def writing(engine: Engine | None = None) -> Iterator[Session]:
    """One transaction: committed when the block ends, rolled back whole when it raises."""
    info = _bind_session()
    bound = (engine or current_engine()).execution_options(unionboard_writes=True, unionboard_union=info["union"])
    with Session(bound, expire_on_commit=False, info=info) as session, session.begin():
        yield session
