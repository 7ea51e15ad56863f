"""In what condition the data are: whether pages may be drawn from them and written to them, and what an error of the disk means."""

import errno
import os
import re
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from unionboard import soundness
from unionboard.config import Config, read_config
from unionboard.db import current_engine
from unionboard.errors import Refusal
from unionboard.errors.database import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseGone,
    DatabaseTooNew,
    DatabaseUnusable,
    DataReadOnly,
    DiskFull,
    ServerAway,
)
from unionboard.errors.entries import CannotWrite
from unionboard.services.data_swap import finish_swap, is_half_done
from unionboard.services.evidence_store import evidence_place
from unionboard.services.migrations import bring_up_to_date
from unionboard.services.sealing import seal_what_lies_open

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ESTALE}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR}
"""Also where a file lies in place of a folder."""


class Trouble(StrEnum):
    """What keeps the program from working with its data. READ_ONLY: pages are drawn, writes are refused."""

    DAMAGED = "damaged"
    GONE = "gone"
    LOCKED = "locked"
    TOO_NEW = "too_new"
    UNUSABLE = "unusable"
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class Condition:
    """``place`` is the file or the server's address; ``refusal`` the sentence for it, None when all is well."""

    place: str
    trouble: Trouble | None = None
    refusal: Refusal | None = None

    @property
    def is_open(self) -> bool:
        """Whether pages may be drawn from these data."""
        return self.trouble in {None, Trouble.READ_ONLY}

    @property
    def needs_backup(self) -> bool:
        """Whether the way on is a backup."""
        return self.trouble in {Trouble.DAMAGED, Trouble.GONE}


_TROUBLES: dict[type[Refusal], Trouble] = {
    DatabaseDamaged: Trouble.DAMAGED,
    DatabaseGone: Trouble.GONE,
    DatabaseBusy: Trouble.LOCKED,
    DatabaseTooNew: Trouble.TOO_NEW,
    DataReadOnly: Trouble.READ_ONLY,
}
_closed: dict[str, Condition] = {}
"""What kept each database from being opened when that was tried last."""


def open_data() -> Condition:
    """Check the whole file, then apply missing migrations. Raises nothing for what is wrong with the data: it is told.

    A file that is missing or empty beside backups or evidence was lost: no empty one is made in its place.
    """
    config = read_config()
    found = _try_to_open(config)
    if found.is_open:
        _closed.pop(config.database_url, None)
    else:
        _closed[config.database_url] = found
    return found


def look() -> Condition:
    """In what condition the data are now; for every drawing of a page. Costs a look at the file's size and times, unless these changed
    behind our back: then its pages are checked."""
    config = read_config()
    if config.database_url in _closed or is_half_done(config):
        return open_data()
    path = data_path(config)
    if path is None:
        return Condition(_name(config))
    now = soundness.look_at(path)
    if now is None and (soundness.was_there(path) or _has_traces(config)):
        return _judge(config, DatabaseGone(place=path))
    if now is not None and not soundness.is_unchanged(path, now) and soundness.what_is_damaged(path) is None:
        try:
            soundness.check_file(path)
        except sqlite3.Error as error:
            return _judge(config, explain(error) or DatabaseUnusable(place=path))
    if soundness.what_is_damaged(path) is not None:
        return _judge(config, DatabaseDamaged(place=path))
    return _look_at_rights(config, path)


def begin_anew() -> Condition:
    """Make an empty database where the old one is missing: somebody decided that there is nothing to go back to."""
    path = data_path(read_config())
    if path is not None:
        soundness.forget(path)
    current_engine().dispose()  # its connections hold the file that is gone
    bring_up_to_date()
    return open_data()


def explain(error: BaseException) -> Refusal | None:
    """What an error of the database or the disk means for people; None: it is a fault of the program.

    A full disk makes SQLite give up the whole transaction, so that going back to a savepoint in it fails too: what it came from counts.
    """
    one: BaseException | None = error
    while one is not None:
        if (refusal := _explain_one(one)) is not None:
            return refusal
        one = one.__cause__ or one.__context__ if isinstance(one, (DBAPIError, sqlite3.Error)) else None
    return None


def _explain_one(error: BaseException) -> Refusal | None:
    if isinstance(error, Refusal):
        return error
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, sqlite3.Error):
        return _explain_sqlite(origin)
    if isinstance(error, DBAPIError):
        if re.search("locked|lock timeout", str(origin)):
            return DatabaseBusy()
        return ServerAway() if error.connection_invalidated or _is_away(origin) else None
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return DiskFull()
        if error.errno in _FORBIDDEN:
            return CannotWrite(path=error.filename or read_config().data_dir)
    return None


def _is_away(error: BaseException | None) -> bool:
    """No answer, or one that the server is only starting or going down: its codes 08… and 57P0…; whoever gets none has no code."""
    if type(error).__name__ == "OperationalError" and getattr(error, "sqlstate", "") is None:
        return True
    return str(getattr(error, "sqlstate", "")).startswith(("08", "57P0"))


def data_path(config: Config) -> Path | None:
    """The SQLite file; None for a database on a server."""
    return _path_in(config.database_url)


@cache
def _path_in(address: str) -> Path | None:
    url = make_url(address)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _try_to_open(config: Config) -> Condition:
    path = data_path(config)
    try:
        finish_swap(config)  # the program was stopped in the middle of going back to a backup
        if path is not None and soundness.look_at(path) is None and _has_traces(config):
            raise DatabaseGone(place=path)
        if path is not None and soundness.look_at(path) is not None and soundness.check_file(path, deep=True) is not None:
            raise DatabaseDamaged(place=path)
        bring_up_to_date()
        place = evidence_place(config)
        if isinstance(place, Path):  # a bucket is younger than the key: nothing lies open there
            seal_what_lies_open(current_engine(), place)
    except (Refusal, DBAPIError, sqlite3.Error, OSError) as error:
        refusal = explain(error)
        if refusal is None and not isinstance(error, (DBAPIError, sqlite3.Error, OSError)):
            raise
        return _judge(config, refusal or DatabaseUnusable(place=_name(config)))
    return Condition(_name(config)) if path is None else _look_at_rights(config, path)


def _look_at_rights(config: Config, path: Path) -> Condition:
    if path.exists() and not (_may_write(path) and _may_write(path.parent)):
        return _judge(config, DataReadOnly(place=path))
    return Condition(_name(config))


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _judge(config: Config, refusal: Refusal) -> Condition:
    return Condition(_name(config), _TROUBLES.get(type(refusal), Trouble.UNUSABLE), refusal)


def _explain_sqlite(error: sqlite3.Error) -> Refusal | None:
    path = data_path(read_config()) or Path()
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy()
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return DiskFull()
        case sqlite3.SQLITE_READONLY:
            return DataReadOnly(place=path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DatabaseDamaged(place=path)
        case sqlite3.SQLITE_CANTOPEN:
            return _explain_closed(path)
    return None


def _explain_closed(path: Path) -> Refusal:
    """Neither the file nor the journal beside it could be opened or made."""
    if path.is_file() and not _may_write(path.parent):
        return DataReadOnly(place=path)
    return DatabaseUnusable(place=path) if not _may_write(path.parent) or path.is_dir() else DiskFull()


def _has_traces(config: Config) -> bool:
    """Whether there were data beside the missing file."""
    folders = (config.backup_dir, config.evidence_dir)
    return any(folder.is_dir() and any(folder.iterdir()) for folder in folders)


def _name(config: Config) -> str:
    return str(data_path(config) or make_url(config.database_url).render_as_string(hide_password=True))
