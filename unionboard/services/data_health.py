"""Whether anything is lost, in the few facts that people look at: the data, the newest backup, the last drill, the second folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from unionboard.config import read_config
from unionboard.errors import Refusal
from unionboard.services.backup_files import BackupFile, list_backups, list_unreadable
from unionboard.services.backup_schedule import last_trouble
from unionboard.services.chain_check import ChainHead, read_head
from unionboard.services.keys import load_safekeeping
from unionboard.services.second_folder import SecondFolder, inspect_second

OLD = timedelta(days=2)
"""A backup that is older was not made for a day at least: the program did not run, or could not."""


@dataclass(frozen=True, slots=True)
class DataHealth:
    """``size_bytes`` is None for a database on a server, whose keeper backs it up; ``faults``: what SQLite finds wrong with its file.

    ``backups``: newest first; ``drill_at_utc``: when one was last restored on trial and found good; ``trouble``: why the last daily backup
    could not be made.
    """

    place: str
    size_bytes: int | None
    faults: tuple[str, ...]
    head: ChainHead
    backups: tuple[BackupFile, ...]
    unreadable: tuple[Path, ...]
    drill_at_utc: datetime | None
    trouble: Refusal | None
    second: SecondFolder | None
    is_late: bool

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def newest_good(self) -> BackupFile | None:
        """The newest backup of data with which nothing was wrong."""
        return next((backup for backup in self.backups if backup.is_good), None)

    @property
    def is_good(self) -> bool:
        """The data are whole and there is a fresh backup of them."""
        return self.is_sound and self.newest_good is not None and not self.is_late and self.trouble is None


def inspect_data(session: Session, *, now_utc: datetime) -> DataHealth:
    """Check the database now (SQLite's own check of pages, indexes and references) and look at its backups."""
    url, folder = session.connection().engine.url, read_config().backup_dir
    path = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    backups, row = tuple(list_backups(folder)), load_safekeeping(session)
    newest = next((backup for backup in backups if backup.is_good), None)
    return DataHealth(
        place=str(path) if path else url.render_as_string(hide_password=True),
        size_bytes=path.stat().st_size if path else None,
        faults=tuple(_find_faults(session)) if path else (),
        head=read_head(session),
        backups=backups,
        unreadable=tuple(list_unreadable(folder)),
        drill_at_utc=row.drill_at_utc,
        trouble=last_trouble(),
        second=inspect_second(session, newest=newest),
        is_late=newest is not None and now_utc - newest.made_at_utc > OLD,
    )


def _find_faults(session: Session) -> Iterator[str]:
    said = (str(row[0]) for row in session.connection().exec_driver_sql("PRAGMA integrity_check(5)"))
    yield from (fault for fault in said if fault != "ok")
    lost = session.connection().exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
    yield from (f"{row[0]} {row[1]} -> {row[2]}" for row in lost)
