"""A copy of the database in memory: taken while others work, sealed, looked through and turned into bytes, without a trace on the disk."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, StaticPool
from sqlmodel import Session, create_engine

from unionboard.errors.database import DatabaseBusy
from unionboard.models import chain
from unionboard.services.backup_files import EVIDENCE, FORMS
from unionboard.services.chain_check import find_chain_faults

CHAIN_BROKEN: Final = "chain_broken"
PATIENCE_S = 30.0
_NAMING = (("evidence", EVIDENCE), ("fund_paper", EVIDENCE), ("summary_template", FORMS))


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What is in a copy. ``is_whole``: SQLite finds no damaged page and no lost reference; ``is_chained``: the change log fits itself.

    ``named_files``: the files that rows name and that must lie beside, as paths in a backup.
    """

    is_whole: bool
    is_chained: bool
    revision: str
    key_id: str
    chain_id: int
    chain_sha256: str
    rows: dict[str, int]
    named_files: frozenset[str]


@contextmanager
def copying(engine: Engine) -> Iterator[sqlite3.Connection]:
    """A copy of the live database by SQLite's backup API: readers and writers go on. Raises: DatabaseBusy after ``PATIENCE_S``."""
    until = time.monotonic() + PATIENCE_S

    def stay_patient(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > until:
            raise DatabaseBusy

    with in_memory() as image:
        with closing(engine.raw_connection()) as live:
            live.driver_connection.backup(image, progress=stay_patient)  # type: ignore[union-attr]
        yield image


@contextmanager
def opening(content: bytes) -> Iterator[sqlite3.Connection]:
    """The database whose file is ``content``. Raises: sqlite3.DatabaseError when it is none, at the first look into it."""
    with in_memory() as image:
        image.deserialize(content)
        yield image


@contextmanager
def in_memory() -> Iterator[sqlite3.Connection]:
    """An empty database that never touches the disk, in autocommit."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as image:
        image.execute("PRAGMA temp_store=MEMORY")
        yield image


def look_through(image: sqlite3.Connection) -> ImageFacts:
    """Everything that can be said of a copy, of any revision. Raises: sqlite3.DatabaseError when it cannot be read."""
    is_whole = [row[0] for row in image.execute("PRAGMA integrity_check(1)")] == ["ok"]
    is_whole = is_whole and image.execute("PRAGMA foreign_key_check").fetchone() is None
    tables = {name for (name,) in image.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}
    rows = {table: image.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in sorted(tables) if _is_plain(table)}  # noqa: S608
    revision = image.execute("SELECT version_num FROM alembic_version").fetchone() if "alembic_version" in tables else None
    key = image.execute("SELECT key_id FROM safekeeping").fetchone() if "safekeeping" in tables else None
    head, is_chained = _check_chain(image, tables)
    return ImageFacts(
        is_whole=is_whole,
        is_chained=is_chained,
        revision=str(revision[0]) if revision else "",
        key_id=str(key[0]) if key else "",
        chain_id=head[0],
        chain_sha256=head[1],
        rows=rows,
        named_files=frozenset(_list_named(image, tables)),
    )


@contextmanager
def session_on(image: sqlite3.Connection) -> Iterator[Session]:
    """A session of the program itself on a copy."""
    engine = create_engine("sqlite://", creator=lambda: image, poolclass=StaticPool)
    with Session(engine, info={"union": None}) as session:
        yield session


def _is_plain(table: str) -> bool:
    return re.fullmatch(r"\w+", table) is not None


def _check_chain(image: sqlite3.Connection, tables: set[str]) -> tuple[tuple[int, str], bool]:
    """The newest line of the change log, and whether all fit; before there was a chain its number alone."""
    if "change" not in tables:
        return (0, chain.START), True
    columns = {row[1] for row in image.execute("PRAGMA table_info(change)")}
    if "sha256" not in columns:
        return (image.execute("SELECT max(id) FROM change").fetchone()[0] or 0, ""), True
    newest = image.execute("SELECT id, sha256 FROM change ORDER BY id DESC LIMIT 1").fetchone() or (0, chain.START)
    with session_on(image) as session:
        return (int(newest[0]), str(newest[1])), next(find_chain_faults(session), None) is None


def _list_named(image: sqlite3.Connection, tables: set[str]) -> Iterator[str]:
    for table, folder in _NAMING:
        columns = {row[1] for row in image.execute(f"PRAGMA table_info({table})")} if table in tables else set()
        if "stored_name" in columns:
            taken_away = " AND removed_at_utc IS NULL" if "removed_at_utc" in columns else ""
            named = image.execute(f"SELECT stored_name FROM {table} WHERE stored_name <> ''{taken_away}")  # noqa: S608 -- names of ours
            yield from (f"{folder}{name}" for (name,) in named)
