"""The whole of the data carried to another place: the database from SQLite to PostgreSQL and back, the files to another folder.

All of it arrives or nothing: rows and tables in one transaction of the target (a new SQLite file gets its name last), files before it.
What arrived is read again and held against what was sent. The source is only read.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlmodel import Session, select

from unionboard import db, secrecy
from unionboard.config import HOME_UNION, Config
from unionboard.errors.database import DiskFull
from unionboard.errors.entries import CannotWrite
from unionboard.errors.moving import MoveFailed, SourceFaulty, SourceOld, TargetNotEmpty, TargetUnknown, TargetUnusable
from unionboard.errors.safekeeping import KeyMissing
from unionboard.models import Union, metadata
from unionboard.services.archives import copy_whole, sync
from unionboard.services.backups import Sources, make_backup
from unionboard.services.chain_check import ChainHead, find_chain_faults, read_head
from unionboard.services.evidence_store import evidence_place
from unionboard.services.migrations import build_tables, is_newest, upgrade
from unionboard.services.table_copy import TableFacts, copy_tables, read_facts
from unionboard.services.verification import verify_data

BEFORE_MOVE = "before-move"
Tell = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Moved:
    """What arrived. ``database`` and ``folder`` are where, None where it stays; ``backup``: what was made of the source before."""

    database: URL | None
    folder: Path | None
    tables: Mapping[str, TableFacts]
    chain: ChainHead
    files: int
    backup: Path | None

    @property
    def rows(self) -> int:
        return sum(facts.rows for facts in self.tables.values())

    @property
    def settings(self) -> Mapping[str, str]:
        """What to set in the environment to work there; the password of an address is not repeated."""
        told = {"UNIONBOARD_DATABASE_URL": self.database and self.database.render_as_string(), "UNIONBOARD_DATA_DIR": self.folder}
        return {name: str(value) for name, value in told.items() if value is not None}


def move_data(source: Engine, config: Config, *, to: str | None, to_folder: Path | None, now_utc: datetime, tell: Tell) -> Moved:
    """Carry the database of ``source`` to the address ``to`` and the files of ``config`` to ``to_folder``; either may stay.

    Others may look meanwhile, whoever saves waits. ``tell`` is given the share that is done.
    Raises: TargetUnknown, TargetNotEmpty, TargetUnusable, SourceOld, SourceFaulty, KeyMissing, MoveFailed, DatabaseTooNew; what
    ``make_backup`` raises; DBAPIError of the source.
    """
    url = None if to is None else _read_address(to)
    if url is not None and url.render_as_string() == source.url.render_as_string():
        raise TargetNotEmpty(place=_tell(url))
    if not secrecy.has_key():
        raise KeyMissing(place=config.key_path)  # a new one, which the new tables would ask for, opens nothing
    if not is_newest(source):
        raise SourceOld(place=_tell(source.url))
    _require_sound(source, config, now_utc)
    files = _list_files(config) if to_folder is not None else {}
    backup: Path | None = None
    tables: Mapping[str, TableFacts] = {}
    with db.as_program(source).execution_options(unionboard_writes=True).connect() as sent, _putting_files(files, to_folder):
        _hold(sent)
        head = _read_chain(sent)
        if url is not None:
            with _opening(url) as target, _explaining(url):
                if source.dialect.name == "sqlite":
                    backup = make_backup(source, folder=config.backup_dir, label=BEFORE_MOVE, now_utc=now_utc).path
                tables = copy_tables(sent, target, tell=tell)
                _check(target, tables, head, place=_tell(url))
    return Moved(url, to_folder, tables, head, len(files), backup)


def _read_address(to: str) -> URL:
    try:
        url = make_url(to)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise TargetUnknown(place=to if "@" not in to else to.rpartition("@")[2]) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"} or not url.database or url.database == ":memory:":
        raise TargetUnknown(place=_tell(url))
    return url


def _tell(url: URL) -> str:
    """A file by its path, a server's database without its password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def _require_sound(source: Engine, config: Config, now_utc: datetime) -> None:
    with Session(source, info={"union": None}) as session:
        unions = session.exec(select(Union.id)).all() or [HOME_UNION]
    for union in unions:
        with Session(source, info={"union": union}) as session:
            report = verify_data(session, evidence_folder=evidence_place(config), form_folder=config.form_dir, now_utc=now_utc)
        if not report.ok:
            raise SourceFaulty(told=", ".join(sorted({fault.code.value for fault in report.faults})))


def _hold(sent: Connection) -> None:
    """Whoever saves waits until the rows are read: every save writes into the log. On SQLite the transaction does it by itself."""
    if sent.dialect.name == "postgresql":
        sent.exec_driver_sql("LOCK TABLE change IN SHARE MODE")


def _read_chain(connection: Connection) -> ChainHead:
    with Session(connection, info={"union": None}, join_transaction_mode="rollback_only") as session:
        return read_head(session)


@contextmanager
def _opening(url: URL) -> Iterator[Connection]:
    """The target with empty tables, in a transaction that is committed when the block ends; when it raises all is as it was before.

    Raises: TargetNotEmpty, TargetUnusable.
    """
    if url.get_backend_name() == "sqlite":
        with _new_file(Path(url.database or "")) as waiting, _connecting(url.set(database=str(waiting)), url) as target:
            yield target
        return
    with _connecting(url, url) as target:
        yield target


@contextmanager
def _connecting(url: URL, named: URL) -> Iterator[Connection]:
    """``named``: what people know it by."""
    with _explaining(named):
        engine = db.as_program(db.open_engine(url.render_as_string(hide_password=False))).execution_options(unionboard_writes=True)
    try:
        if url.get_backend_name() == "sqlite":
            upgrade(engine)  # within a transaction SQLite would not take tables apart; the file has no name yet
        with _explaining(named), engine.connect() as target, target.begin():
            _make_tables(target, place=_tell(named))
            yield target
    finally:
        engine.dispose()


@contextmanager
def _explaining(url: URL) -> Iterator[None]:
    """What the target refuses is told without what was to be written: a server repeats the row."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise TargetUnusable(place=_tell(url), told=f"pip install {error.name}") from error
    except DBAPIError as error:
        diagnosis = getattr(error.orig, "diag", None)
        told = getattr(diagnosis, "message_primary", None) or str(error.orig).splitlines()[0]
        raise TargetUnusable(place=_tell(url), told=told) from None


def _make_tables(target: Connection, *, place: str) -> None:
    """Ours, without a row: what a new database begins with is brought along. Raises: TargetNotEmpty."""
    if target.dialect.name == "postgresql":
        if inspect(target).get_table_names():
            raise TargetNotEmpty(place=place)
        build_tables(target)
    for table in reversed(metadata.sorted_tables):
        target.execute(delete(table))


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A file beside ``path`` that takes its name when the block ends, and is gone when it raises."""
    if path.exists() and path.stat().st_size:
        raise TargetNotEmpty(place=path)
    waiting = path.with_name(f".moving-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting.unlink(missing_ok=True)
        yield waiting
        waiting.replace(path)
        sync(path.parent)
    except OSError as error:
        raise TargetUnusable(place=path, told=error.strerror) from None
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)


def _check(target: Connection, sent: Mapping[str, TableFacts], head: ChainHead, *, place: str) -> None:
    """What arrived is what was sent. Raises: MoveFailed."""
    arrived = read_facts(target)
    differing = [name for name, facts in sent.items() if arrived[name] != facts]
    if differing:
        raise MoveFailed(place=place, told=", ".join(differing))
    with Session(target, info={"union": None}, join_transaction_mode="rollback_only") as session:
        broken = next(find_chain_faults(session), None) is not None
    if broken or _read_chain(target) != head:
        raise MoveFailed(place=place, told="change")


def _list_files(config: Config) -> dict[Path, Path]:
    """What lies beside the database, by its place below the data folder: papers, forms, and the key when it lies there too."""
    files = {Path(name): path for name, path in Sources(config.evidence_dir, config.form_dir).list_files()}
    if config.key_path.is_file() and config.key_path.parent == config.data_dir:
        files[Path(config.key_path.name)] = config.key_path
    return files


@contextmanager
def _putting_files(files: Mapping[Path, Path], folder: Path | None) -> Iterator[None]:
    """Copy ``files`` below ``folder``; they are taken away again when the block raises.

    Raises: TargetNotEmpty, TargetUnusable, MoveFailed.
    """
    if folder is not None and any((folder / name.parts[0]).exists() for name in files):
        raise TargetNotEmpty(place=folder)
    try:
        for name, path in files.items():
            _put_file(path, (folder or Path()) / name)
        yield
    except BaseException:
        for name in files:
            with suppress(OSError):
                ((folder or Path()) / name).unlink(missing_ok=True)
                ((folder or Path()) / name).parent.rmdir()  # the last one does
        raise


def _put_file(path: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_whole(path, target)
        target.chmod(path.stat().st_mode & 0o777)  # the key is its owner's alone
        if _hash(target) != _hash(path):
            raise MoveFailed(place=target.parent, told=target.name)
    except (CannotWrite, DiskFull, OSError) as error:
        raise TargetUnusable(place=target, told=type(error).__name__) from None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
