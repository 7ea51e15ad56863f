"""Whether the SQLite file can still be trusted. What is known to be damaged is never written to again.

The file is never opened here by anything but SQLite: closing any other handle on it would drop SQLite's locks. So the everyday look is at
its size and times; a file that somebody else has written since our last write is checked before ours goes on.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import ExceptionContext

from unionboard.errors.database import DatabaseDamaged, DatabaseGone

OURS = "unionboard_writes"
PATIENCE_S = 5.0
"""How long a check waits for another program that holds the file."""
_WROTE = "unionboard_wrote"
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@dataclass(frozen=True, slots=True)
class Look:
    """What the file system says of the file: which it is, how large, when written."""

    device: int
    inode: int
    size_bytes: int
    written_ns: int

    @property
    def file(self) -> tuple[int, int]:
        return self.device, self.inode


_sound: dict[Path, Look] = {}
"""How each file looked when it was found sound, or after our own last write."""
_damaged: dict[Path, tuple[tuple[int, int], str]] = {}
"""Which file is damaged, and what SQLite said; another put in its place starts anew."""


def look_at(path: Path) -> Look | None:
    """None: there is no file, or an empty one."""
    try:
        told = path.stat()
    except OSError:
        return None
    return Look(told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns) if told.st_size else None


def check_file(path: Path, *, deep: bool = False) -> str | None:
    """What is wrong with the pages of the file, or None; remembered either way. ``deep``: the indexes against their tables too.

    Raises: sqlite3.OperationalError when it is locked or cannot be opened.
    """
    before = look_at(path)
    try:
        with closing(_open_apart(path)) as connection:
            said = connection.execute(f"PRAGMA {'integrity_check' if deep else 'quick_check'}(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        said = error.sqlite_errorname
    if said != "ok":
        distrust(path, said)
        return str(said)
    trust(path, before)
    return None


def distrust(path: Path, told: str) -> None:
    """From now on nothing is written to the file that lies there."""
    now = look_at(path)
    if now is not None:
        _damaged[path] = (now.file, told)
        _sound.pop(path, None)


def trust(path: Path, now: Look | None = None) -> None:
    """The file as it lies there (or looked) is sound."""
    _damaged.pop(path, None)
    seen = now or look_at(path)
    if seen is not None:
        _sound[path] = seen


def forget(path: Path) -> None:
    """What lay there is given up: the next file begins anew."""
    _damaged.pop(path, None)
    _sound.pop(path, None)


def what_is_damaged(path: Path) -> str | None:
    """What SQLite said of the file that lies there, when it is known to be damaged."""
    if path not in _damaged:
        return None
    now = look_at(path)
    file, told = _damaged.get(path, (None, ""))
    return told if now is not None and now.file == file else None


def is_unchanged(path: Path, now: Look) -> bool:
    """Whether the file as it looks ``now`` is as it was when it was last found sound."""
    return _sound.get(path) == now


def was_there(path: Path) -> bool:
    """Whether this process has seen a sound file in that place."""
    return path in _sound


def before_write(path: Path) -> None:
    """To be called when a write has its place in the queue. Raises: DatabaseDamaged, DatabaseGone."""
    now = look_at(path)
    if now is None:
        if was_there(path):
            raise DatabaseGone(place=path)
        return  # the first write of all
    if what_is_damaged(path) is not None:
        raise DatabaseDamaged(place=path)
    if now != _sound.get(path) and check_file(path) is not None:
        raise DatabaseDamaged(place=path)


def is_damage(error: BaseException | None) -> bool:
    """Whether SQLite says that the file itself is broken, or none of its own."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def watch(engine: Engine, path: Path) -> None:
    """Let no write of ``engine`` begin on a file that is damaged or gone, and hear of damage that any of its statements meets.

    To be called last: a write is judged when it has its place in the queue, and nobody else is in the middle of theirs.
    """

    def note_error(context: ExceptionContext) -> None:
        error = context.original_exception
        if is_damage(error):
            distrust(path, getattr(error, "sqlite_errorname", ""))

    def judge(connection: Connection) -> None:
        if connection.get_execution_options().get(OURS, False):
            connection.info[_WROTE] = True
            try:
                before_write(path)
            except Exception:
                connection.exec_driver_sql("ROLLBACK")
                raise

    def note_end(_connection: Any, record: Any) -> None:
        if record.info.pop(_WROTE, False) and what_is_damaged(path) is None:
            trust(path)

    event.listen(engine, "handle_error", note_error)
    event.listen(engine, "begin", judge)
    event.listen(engine, "checkin", note_end)


def _open_apart(path: Path) -> sqlite3.Connection:
    """A connection of its own that never makes a file, and sees what is on the disk instead of what another keeps in mind."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE_S, isolation_level=None)
