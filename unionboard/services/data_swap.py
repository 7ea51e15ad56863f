"""Other data are put in the place of the present ones: as one step for everybody who works meanwhile, and carried through after a crash.

What is to be moved is written down first. Every move can be told to be done or not, so whoever finds the list (the next start of the
program) makes the moves that are missing.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from unionboard.config import Config
from unionboard.errors.backups import DataInUse
from unionboard.services.archives import WRITING, copy_whole, sync
from unionboard.soundness import is_damage

PLAN = "restoring.json"
STAGED = ".restoring-"
_TURN = ".restoring.lock"
_LOCK_S = 20
_LATELY_S = 600  # whoever stored a file longer ago has written its row
_DAY_S = 86_400
_BESIDE = ("-journal", "-wal", "-shm")  # of the old database; beside the new one SQLite would take them for its own


@dataclass(frozen=True, slots=True)
class Move:
    """``new`` (None: nothing) takes the place of ``live``, which is kept as ``kept`` (None: there was nothing)."""

    live: str
    new: str | None
    kept: str | None


@contextmanager
def alone(config: Config) -> Iterator[None]:
    """One process at a time puts other data in place, or carries on where another was killed. Raises: DataInUse, when it waits too long."""
    with closing(sqlite3.connect(config.data_dir / _TURN, timeout=_LOCK_S, isolation_level=None)) as turn:
        try:
            turn.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise DataInUse from None
            raise
        yield


def swap(moves: Sequence[Move], *, config: Config) -> None:
    """Make all ``moves``, that of the database first, while nobody reads or writes it; to be called ``alone``.

    Raises: DataInUse (nothing was moved), OSError.
    """
    plan = config.data_dir / PLAN
    if plan.exists():
        raise DataInUse
    with _locking(moves[0]):
        _write_plan(plan, moves)
        try:
            _move_file(moves[0])
        except OSError:
            plan.unlink()
            if moves[0].kept and Path(moves[0].live).exists():
                Path(moves[0].kept).unlink(missing_ok=True)
            raise DataInUse from None
        _carry_through(plan, moves[1:])


def finish_swap(config: Config) -> bool:
    """Make the moves that are missing after a crash; whether there were any. To be called before the database is opened.

    Raises: DataInUse, OSError, sqlite3.Error.
    """
    plan = config.data_dir / PLAN
    if not plan.exists():
        return False
    with alone(config):
        try:
            moves = [Move(**told) for told in json.loads(plan.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError):
            return False
        with _locking(moves[0]):
            _move_file(moves[0])
            _carry_through(plan, moves[1:])
    for folder in {Path(move.new).parent for move in moves if move.new and Path(move.new).parent.name.startswith(STAGED)}:
        shutil.rmtree(folder, ignore_errors=True)
    return True


def is_half_done(config: Config) -> bool:
    """Whether moves are missing: what is to be moved is still needed then."""
    return (config.data_dir / PLAN).exists()


def sweep(folder: Path, *, now_utc: datetime) -> None:
    """Remove what a crash left half unpacked or half written in ``folder``, when it is a day old: nobody is at it any more."""
    for path in [*folder.glob(f"{STAGED}*"), *folder.glob(f"{WRITING}*")]:
        with suppress(OSError):
            if now_utc.timestamp() - path.stat().st_mtime > _DAY_S:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def journals_of(database: Path) -> list[Path]:
    """Files beside ``database`` that belong to what is in it now."""
    return [path for path in (database.with_name(database.name + suffix) for suffix in _BESIDE) if path.exists()]


def _write_plan(plan: Path, moves: Sequence[Move]) -> None:
    waiting = plan.with_suffix(".writing")
    waiting.write_text(json.dumps([asdict(move) for move in moves]), encoding="utf-8")
    sync(waiting)
    waiting.replace(plan)
    sync(plan.parent)


def _carry_through(plan: Path, moves: Sequence[Move]) -> None:
    for move in moves:
        _move(move)
        _bring_fresh(move, since=plan.stat().st_mtime - _LATELY_S)
    sync(plan.parent)
    plan.unlink(missing_ok=True)
    sync(plan.parent)


def _bring_fresh(move: Move, *, since: float) -> None:
    """A file that was only just stored may belong to a row that is written into the new data in a moment: it is there too.

    Its name is its content, so one too many does no harm.
    """
    kept, live = Path(move.kept or ""), Path(move.live)
    if move.new is None or move.kept is None or not (kept.is_dir() and live.is_dir()):
        return
    for path in kept.iterdir():
        if path.is_file() and path.stat().st_mtime >= since and not (live / path.name).exists():
            try:
                os.link(path, live / path.name)
            except (OSError, NotImplementedError):
                copy_whole(path, live / path.name)


def _move_file(move: Move) -> None:
    """A file for a file: at no moment is there none. Where a disk knows no second names there is, for a moment."""
    if move.kept and not Path(move.kept).exists():
        with suppress(FileNotFoundError):
            try:
                os.link(move.live, move.kept)
            except (PermissionError, NotImplementedError, OSError) as error:
                if isinstance(error, FileNotFoundError):
                    raise
                Path(move.live).rename(move.kept)
    if move.new and Path(move.new).exists():
        Path(move.new).replace(move.live)
        sync(Path(move.live).parent)


def _move(move: Move) -> None:
    live = Path(move.live)
    if move.kept and not Path(move.kept).exists():
        with suppress(FileNotFoundError):
            live.rename(move.kept)
    if move.new and Path(move.new).exists():
        if live.is_dir():  # somebody has stored a file in between
            _gather(live, Path(move.new))
        Path(move.new).replace(live)


def _gather(strays: Path, folder: Path) -> None:
    """Put files of ``strays`` among those of ``folder``, and leave nothing there."""
    for path in strays.iterdir():
        if path.is_file():
            path.replace(folder / path.name)
        else:
            shutil.rmtree(path)  # small pictures: they are made anew when they are wanted


@contextmanager
def _locking(move: Move) -> Iterator[None]:
    """Nobody reads or writes the old database nor the new one: a row in it would name files that are not in place yet.

    Of one that is damaged or missing nobody needs to be kept away. Raises: DataInUse.
    """
    with ExitStack() as held:
        for database in filter(None, (move.live, move.new)):
            if os.name == "nt" or not Path(database).exists():
                continue  # Windows moves no file that is open; whoever has it open, keeps it from being moved
            connection = held.enter_context(closing(sqlite3.connect(database, timeout=_LOCK_S, isolation_level=None)))
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                if not is_damage(error):
                    raise DataInUse from None
        yield
