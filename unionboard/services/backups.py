"""Whether anything is lost: the database checked by itself, and the copies that stand beside it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from unionboard.errors.entries import CannotWrite

PATTERN = "unionboard-*.sqlite3"


@dataclass(frozen=True, slots=True)
class DataHealth:
    """Where the data are and how they are. ``size_bytes`` is None for a database on a server, whose keeper makes the backups."""

    place: str
    size_bytes: int | None
    faults: tuple[str, ...]
    backups: int
    last_backup_at_utc: datetime | None

    @property
    def is_sound(self) -> bool:
        return not self.faults


def inspect_data(session: Session, *, backup_dir: Path) -> DataHealth:
    """Check the database now (SQLite's own check of pages, indexes and references) and look at the backups in ``backup_dir``."""
    url = session.connection().engine.url
    if url.get_backend_name() != "sqlite":
        return DataHealth(url.render_as_string(hide_password=True), None, (), 0, None)
    path = Path(url.database or "")
    copies = list(backup_dir.glob(PATTERN))
    newest = max((copy.stat().st_mtime for copy in copies), default=None)
    return DataHealth(
        place=str(path),
        size_bytes=path.stat().st_size if path.is_file() else 0,
        faults=tuple(_find_faults(session)),
        backups=len(copies),
        last_backup_at_utc=None if newest is None else datetime.fromtimestamp(newest, tz=UTC),
    )


def _find_faults(session: Session) -> list[str]:
    said = [str(row[0]) for row in session.connection().exec_driver_sql("PRAGMA integrity_check(5)")]
    lost = [f"{row[0]} {row[1]} -> {row[2]}" for row in session.connection().exec_driver_sql("PRAGMA foreign_key_check")]
    return [fault for fault in said if fault != "ok"] + lost[:5]


def back_up(engine: Engine, backup_dir: Path, *, label: str) -> Path:
    """A consistent copy of a live SQLite database by ``VACUUM INTO``, named by the moment in UTC; its path.

    Raises: CannotWrite.
    """
    path = backup_dir / f"unionboard-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{label}.sqlite3"
    try:
        backup_dir.mkdir(parents=True, exist_ok=True)
        with closing(engine.raw_connection()) as connection:  # VACUUM must not stand in a transaction; the engine begins one by itself
            connection.cursor().execute("VACUUM INTO ?", (str(path),))
    except (OSError, sqlite3.OperationalError):
        raise CannotWrite(path=path) from None
    return path
