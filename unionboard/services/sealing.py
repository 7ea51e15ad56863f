"""What is personal and still lies open is sealed: in copies of older databases, and files kept before there was a key."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import Session

from unionboard import secrecy
from unionboard.errors.safekeeping import KeyMissing, KeyUnreadable
from unionboard.services.evidence_store import Place
from unionboard.services.keys import inspect_key
from unionboard.services.stored_files import is_sealed_file, seal_file

SEALED_COLUMNS = {
    "care_visit": ("recipient", "goods", "visitors", "paper_seen"),
    "access_token": ("token",),
    "message_channel": ("address",),
}
"""As in ``models``; asserted by a test."""
THUMBS = "thumbs"


def seal_image(image: sqlite3.Connection) -> int:
    """Seal the personal texts that lie open in a copy of a SQLite database of any revision, and leave nothing of them in its free pages.

    ``image`` is in autocommit. Returns how many were sealed. Never to be called on the database in use. Raises: sqlite3.Error, KeyMissing,
    KeyUnreadable.
    """
    sealed = 0
    image.execute("PRAGMA secure_delete=ON")
    image.execute("BEGIN IMMEDIATE")
    for table, names in SEALED_COLUMNS.items():
        there = {row[1] for row in image.execute(f"PRAGMA table_info({table})")}
        for name in (name for name in names if name in there):
            sealed += _seal_column(image, table, name)
    image.execute("COMMIT")
    image.execute("VACUUM")
    return sealed


def _seal_column(connection: sqlite3.Connection, table: str, name: str) -> int:
    """Names of ours, never of people, stand in the statements."""
    stored = connection.execute(f"SELECT rowid, {name} FROM {table} WHERE {name} <> ''").fetchall()  # noqa: S608
    still_open = [(secrecy.seal(told), row_id) for row_id, told in stored if not told.startswith(secrecy.MARK)]
    connection.executemany(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", still_open)  # noqa: S608
    return len(still_open)


def list_private_files(connection: Connection) -> frozenset[str]:
    """The stored names of papers that name people, taken away ones too; at a revision without papers none."""
    if not inspect(connection).has_table("fund_paper"):
        return frozenset()
    found = connection.execute(text("SELECT DISTINCT stored_name FROM fund_paper WHERE is_private AND stored_name <> ''"))
    return frozenset(Path(name).name for name in found.scalars())


def seal_private_files(connection: Connection, folder: Place) -> int:
    """Seal the private papers below ``folder`` that lie open, and erase the small pictures of them; how many there were.

    Raises: OSError, KeyMissing, KeyUnreadable; what was sealed before that stays sealed.
    """
    sealed = 0
    for name in sorted(list_private_files(connection)):
        if (folder / name).is_file():
            sealed += seal_file(folder / name)
            drop_thumb(folder, name)
    return sealed


def seal_what_lies_open(engine: Engine, folder: Place) -> int:
    """The same with the key of the data of ``engine``; without it, or on a disk that refuses, nothing: ``find_open_files`` tells so."""
    with Session(engine, info={"union": None}) as session:
        if not inspect_key(session).fits:
            return 0
        try:
            return seal_private_files(session.connection(), folder)
        except (OSError, KeyMissing, KeyUnreadable):
            return 0


def find_open_files(session: Session, folder: Place) -> tuple[str, ...]:
    """The stored names of private papers that lie open below ``folder``."""
    names = sorted(list_private_files(session.connection()))
    return tuple(name for name in names if (folder / name).is_file() and not is_sealed_file(folder / name))


def drop_thumb(folder: Place, stored_name: str) -> None:
    """Of what is sealed no small picture lies open."""
    (folder / THUMBS / f"{Path(stored_name).stem}.jpg").unlink(missing_ok=True)
