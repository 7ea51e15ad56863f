"""Going back to a backup: into a new place first, opened, brought up to date and checked there; then swapped for the present data, which
are kept. The same without the swap is a drill."""

import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from unionboard import db, secrecy
from unionboard.config import Config, read_config
from unionboard.errors import Refusal
from unionboard.errors.backups import BackupDamaged, BackupTooNew, BackupUnreadable, KeyNotFitting, NotForServer
from unionboard.errors.database import DatabaseTooNew
from unionboard.models import AccessToken, Account, Change, SignIn
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import bind_union
from unionboard.services.account_keeping import keep_accounts, read_accounts
from unionboard.services.archives import require_room, sync, tell_unwritten
from unionboard.services.backup_checks import BackupCheck, BackupFault, Progress, check_backup, hash_entry, ignore_progress
from unionboard.services.backup_files import BROKEN_ZIP, DATABASE, EVIDENCE, FORMS, BackupFile, read_backup
from unionboard.services.backups import BEFORE_RESTORE, make_backup
from unionboard.services.chain_check import RESTORED, ChainHead, find_chain_faults, read_head
from unionboard.services.data_swap import STAGED, Move, alone, finish_swap, is_half_done, journals_of, swap
from unionboard.services.guard import Actor, bind_actor, require_act
from unionboard.services.keys import load_safekeeping
from unionboard.services.migrations import upgrade
from unionboard.services.permissions import Act
from unionboard.services.sealing import seal_private_files
from unionboard.services.token_keeping import keep_tokens, read_tokens
from unionboard.services.union_tree import list_logged

KEPT = "replaced-"
"""What the folders are called in which the data lie that were there before."""
_REFUSING = re.compile(r"CREATE TRIGGER \w+ BEFORE [^;]+ BEGIN SELECT RAISE\(ABORT, '\w+ is append-only'\); END")
_CHECKED, _UNPACKED, _SAVED = 0.3, 0.7, 0.95


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. ``kept_in``: where the data lie that were there before, None where there were none; ``names_readable``: the key that
    is here opens the names in the backup."""

    backup: BackupFile
    kept_in: Path | None
    names_readable: bool


def restore_backup(
    path: Path, *, who: str, now_utc: datetime, actor: Actor | None, key_path: Path | None = None, progress: Progress = ignore_progress
) -> Restored:
    """Put what is in the backup at ``path`` in the place of the configured data, in whatever state; with ``key_path`` the key too.

    ``actor``: who does it, None for the program itself; of several unions only the first, for it is all unions' data. Everybody is signed
    out, accounts and tokens stay as they are now, and the change log says who went back to what.

    Raises: NotYours, NotForServer, BackupUnreadable, BackupTooNew, BackupDamaged, KeyNotFitting, KeyMissing, KeyUnreadable, NoRoom,
    DiskFull, CannotWrite, DataInUse.
    """
    config, database = read_config(), database_path()
    require_act(actor, Act.RESTORE_BACKUP)
    finish_swap(config)  # one that was killed in the middle
    backup = _require_good(path, progress=lambda share: progress(share * _CHECKED))
    if key_path is not None and secrecy.key_id(key_path) != backup.manifest.key_id:
        raise KeyNotFitting(file=key_path.name)
    left, accounts, tokens = save_present(now_utc), read_present_accounts(), read_present_tokens()
    with unpacked(backup, progress=lambda share: progress(_CHECKED + share * (_UNPACKED - _CHECKED))) as new:
        with _open_unpacked(new, backup) as engine:
            _tell_return(engine, backup, left=left, accounts=accounts, tokens=tokens, who=who, actor=actor, now_utc=now_utc)
        progress(_SAVED)
        kept_in = take_over(new, config, database, now_utc=now_utc, key_path=key_path)
    db.current_engine().dispose()
    progress(1.0)
    return Restored(backup, kept_in, secrecy.has_key() and secrecy.key_id() == backup.manifest.key_id)


def try_restore(path: Path, *, actor: Actor | None, progress: Progress = ignore_progress) -> BackupCheck:
    """A drill: the backup is checked, unpacked, brought up to date and opened apart from the data, and thrown away. Raises: as above."""
    require_act(actor, Act.BACK_UP)
    check = check_backup(path, progress=lambda share: progress(share * _CHECKED))
    if not check.ok:
        return check
    backup = read_backup(path)
    try:
        with (
            unpacked(backup, progress=lambda share: progress(_CHECKED + share * (_SAVED - _CHECKED))) as new,
            _open_unpacked(new, backup) as engine,
            Session(engine, info={"union": None}) as session,
        ):
            is_chained = next(find_chain_faults(session), None) is None
    except BackupDamaged:
        return BackupCheck(backup.manifest, (BackupFault.DATABASE_DAMAGED,))
    progress(1.0)
    return check if is_chained or not backup.is_good else BackupCheck(backup.manifest, (BackupFault.CHAIN_DIFFERS,))


def database_path() -> Path:
    """The SQLite file. Raises: NotForServer."""
    url = make_url(read_config().database_url)  # not the engine's: where it was never installed, its driver cannot be loaded
    if url.get_backend_name() != "sqlite":
        raise NotForServer
    return Path(url.database or "").absolute()


def _require_good(path: Path, *, progress: Progress) -> BackupFile:
    check = check_backup(path, progress=progress)
    if BackupFault.TOO_NEW in check.faults:
        raise BackupTooNew(file=path.name)
    if check.manifest is None or BackupFault.UNREADABLE in check.faults or DATABASE not in check.manifest.files:
        raise BackupUnreadable(file=path.name)
    if not check.ok:
        raise BackupDamaged(file=path.name)
    return read_backup(path)


# --- the backup, in a place of its own ----------------------------------------------------------------------------------------


@contextmanager
def unpacked(backup: BackupFile, *, progress: Progress = ignore_progress) -> Iterator[Path]:
    """A backup's files in a new folder beside the data, on the disk when the block begins; gone when it ends. Raises: NoRoom, DiskFull,
    CannotWrite, BackupDamaged."""
    config, files = read_config(), backup.manifest.files
    size_bytes = sum(facts.size_bytes for facts in files.values())
    require_room(config.data_dir, size_bytes)
    folder = config.data_dir / f"{STAGED}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    try:
        for inner in (folder, folder / EVIDENCE, folder / FORMS):
            inner.mkdir(parents=True, mode=0o700)
        with ZipFile(backup.path) as archive:
            for n, name in enumerate(files, start=1):
                _unpack(archive, name, files[name].sha256, folder / name)
                progress(n / len(files))
        yield folder
    except BROKEN_ZIP as error:
        raise (tell_unwritten(error, folder) if isinstance(error, OSError) else BackupDamaged(file=backup.name)) from None
    finally:
        if not is_half_done(config):
            shutil.rmtree(folder, ignore_errors=True)


def _unpack(archive: ZipFile, name: str, sha256: str, path: Path) -> None:
    with archive.open(name) as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file, 1024 * 1024)
    sync(path)
    if hash_entry(archive, name) != sha256:
        raise ValueError(name)


@contextmanager
def _open_unpacked(folder: Path, backup: BackupFile) -> Iterator[Engine]:
    """The unpacked database, brought up to date and found whole; private papers of an older program are sealed."""
    engine = db.open_engine(f"sqlite:///{(folder / DATABASE).as_posix()}")
    try:
        with engine.connect() as connection:
            if not _does_nothing_by_itself(connection):
                raise BackupDamaged(file=backup.name)
        upgrade(engine)
        with engine.connect() as connection:
            seal_private_files(connection, folder / EVIDENCE)
            if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one() != "ok":
                raise BackupDamaged(file=backup.name)
        yield engine
    except DatabaseTooNew:
        raise BackupTooNew(file=backup.name) from None
    except DBAPIError:
        raise BackupDamaged(file=backup.name) from None
    finally:
        engine.dispose()


def _does_nothing_by_itself(connection: Connection) -> bool:
    """Whether all that a database does unasked is to refuse, as ours do: one from elsewhere could bring rules that change other rows."""
    found = connection.exec_driver_sql("SELECT type, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    return all(kind == "trigger" and _REFUSING.fullmatch(sql) for kind, sql in found)


def _tell_return(
    engine: Engine,
    backup: BackupFile,
    *,
    left: ChainHead | None,
    accounts: Sequence[Account],
    tokens: Sequence[AccessToken],
    who: str,
    actor: Actor | None,
    now_utc: datetime,
) -> None:
    """The log of each union says who went back to what, and how far the logs went that are ``left`` behind; who was signed out since stays
    out, and the present ``accounts`` and ``tokens`` stay what they are.

    That it was restored and found good is written down like a drill.
    """
    with Session(engine.execution_options(unionboard_writes=True), info={"union": None}) as session, session.begin():
        bind_actor(session, actor)
        for row in session.exec(select(SignIn).where(col(SignIn.ended_at_utc).is_(None))):
            row.ended_at_utc = now_utc
        safekeeping = load_safekeeping(session)
        safekeeping.drill_at_utc, safekeeping.drill_backup = now_utc, backup.name[:120]  # no trial could be more in earnest
        session.add(safekeeping)
        session.flush()
        unions, newest = list_logged(session), read_head(session)
        for union in unions:
            bind_union(session, union)
            head = read_head(session)
            told = {
                "file": backup.name,
                "made_at_utc": backup.made_at_utc.isoformat(),
                "chain_id": head.id,
                "chain_sha256": head.sha256,
                "replaced_chain_id": left.id if left else None,
                "replaced_chain_sha256": left.sha256 if left else None,
            } | ({"newest_id": newest.id} if len(unions) > 1 else {})
            action = ChangeAction.RESTORE.value
            session.add(Change(at_utc=now_utc, who=who, action=action, noun=RESTORED, row_id=0, after=told))
            session.flush()
            if accounts:
                own = [account for account in accounts if account.union_id == union]
                keep_accounts(session, own, who=who, now_utc=now_utc)
            if accounts or tokens:
                keep_tokens(session, [row for row in tokens if row.union_id == union], who=who, now_utc=now_utc)
            session.flush()


# --- the present data ---------------------------------------------------------------------------------------------------------


def save_present(now_utc: datetime, *, label: str = BEFORE_RESTORE) -> ChainHead | None:
    """Back the present data up, if they can be, and say how far their logs go; None: nobody can say. They are kept beside in any case."""
    if not database_path().exists():
        return None
    head, engine = None, db.current_engine()
    with suppress(Refusal, DBAPIError, sqlite3.Error, OSError):
        with Session(engine, info={"union": None}) as session:
            head = read_head(session)
        make_backup(engine, folder=read_config().backup_dir, label=label, now_utc=now_utc)
    return head


def read_present_accounts() -> tuple[Account, ...]:
    """Who may come in at present, of all unions; none when the data cannot be read."""
    if database_path().exists():
        with suppress(Refusal, DBAPIError, sqlite3.Error, OSError), Session(db.current_engine(), info={"union": None}) as session:
            return read_accounts(session)
    return ()


def read_present_tokens() -> tuple[AccessToken, ...]:
    """What opens something for other programs at present, and what did; none when the data cannot be read."""
    if database_path().exists():
        with suppress(Refusal, DBAPIError, sqlite3.Error, OSError), Session(db.current_engine(), info={"union": None}) as session:
            return read_tokens(session)
    return ()


def _name_kept(folder: Path, now_utc: datetime) -> Path:
    """A place of its own each time, also twice in a second: what is kept is never written over."""
    name = f"{KEPT}{now_utc:%Y%m%d-%H%M%S}"
    names = chain([name], (f"{name}-{n}" for n in count(2)))
    return next(folder / one for one in names if not (folder / one).exists())


def _bring_near(fresh: Path, live: Path) -> Path:
    """A file on the disk of the one it shall replace, for its owner alone: only there one step is enough."""
    live.parent.mkdir(parents=True, exist_ok=True)
    if fresh.stat().st_dev == live.parent.stat().st_dev:
        return fresh
    near = live.with_name(f"{STAGED}{live.name}")
    near.unlink(missing_ok=True)
    near.touch(mode=0o600)
    shutil.copyfile(fresh, near)
    sync(near)
    return near


def take_over(new: Path, config: Config, database: Path, *, now_utc: datetime, key_path: Path | None) -> Path | None:
    """Swap the unpacked files for the present ones; the folder in which those are kept, if there were any."""
    near: list[Path] = []

    def plan_move(live: Path, fresh: Path | None) -> Move:
        beside = kept if live.parent == config.data_dir else live.parent / kept.name
        if fresh is not None and fresh.is_file():
            fresh = _bring_near(fresh, live)
            near.append(fresh)
        return Move(str(live), None if fresh is None else str(fresh), str(beside / live.name) if live.exists() else None)

    try:
        with alone(config):
            kept = _name_kept(config.data_dir, now_utc)
            moves = [plan_move(database, new / DATABASE), *(plan_move(path, None) for path in journals_of(database))]
            moves += [plan_move(config.evidence_dir, new / EVIDENCE), plan_move(config.form_dir, new / FORMS)]
            if key_path is not None and key_path.absolute() != config.key_path:
                moves.append(plan_move(config.key_path, _lay_down(key_path, new / config.key_path.name)))
            for folder in {Path(move.kept).parent for move in moves if move.kept}:
                folder.mkdir(mode=0o700, exist_ok=True)
            swap(moves, config=config)
    except OSError as error:
        raise tell_unwritten(error, config.data_dir) from None
    finally:
        if not is_half_done(config):
            for path in near:
                path.unlink(missing_ok=True)
    return kept if kept.is_dir() else None


def _lay_down(key_path: Path, target: Path) -> Path:
    target.touch(mode=0o600)
    shutil.copyfile(key_path, target)
    sync(target)
    return target
