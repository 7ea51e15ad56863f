"""Everything brought in from an export: into an installation without records, all of it or nothing.

It is put together apart first: a SQLite database of the revision the export names, filled, held against the export, brought up to date.
From there the rows go over in one transaction of the target, whichever kind of database that is; files take their names in it just before
it is over. Whoever is killed on the way leaves an empty installation. Nothing runs that an export brings: rows and files, no rules.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from alembic import command
from sqlalchemy import Connection, Engine, MetaData, Table, delete, func, insert, select
from sqlalchemy.exc import OperationalError, StatementError
from sqlmodel import Session

from unionboard import db, secrecy
from unionboard.config import HOME_UNION, Config
from unionboard.errors.backups import KeyNotFitting
from unionboard.errors.open_format import BringingFailed, ExportDamaged, ExportTooNew, NotEmptyHere
from unionboard.models import metadata
from unionboard.services.archives import require_room, sync, tell_unwritten
from unionboard.services.backup_files import EVIDENCE, FORMS
from unionboard.services.chain_check import find_chain_faults, read_head
from unionboard.services.data_swap import STAGED
from unionboard.services.evidence_store import Place, evidence_place
from unionboard.services.guard import Actor, require_act
from unionboard.services.migrations import alembic_config, is_known_revision, upgrade
from unionboard.services.open_archive import BROKEN, OpenArchive, opening_export
from unionboard.services.open_format import STAYS_HERE, TABLES, Package
from unionboard.services.open_rows import Reader
from unionboard.services.open_settling import settle
from unionboard.services.permissions import Act
from unionboard.services.sealing import list_private_files
from unionboard.services.stored_files import is_sealed_file, seal_file, write_whole
from unionboard.services.table_copy import BATCH, as_stored, copy_tables, read_facts

Tell = Callable[[float], object]
"""Told the share that is done, from 0 to 1."""
BEGUN_WITH = frozenset({"safekeeping"})
"""Tables a new database has rows in before anybody has done anything."""
_ROWS_READ, _FILES_READ, _UPGRADED = 0.4, 0.6, 0.65
_FOLDERS = (EVIDENCE, FORMS)


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came in. ``unreadable``: values and files that are sealed with a key that is not here, ``package.key_id``."""

    package: Package
    rows: int
    files: int
    unreadable: int


def is_empty(engine: Engine) -> bool:
    """Whether nobody has recorded anything here: not even an account or a line of the log."""
    with db.as_program(engine).connect() as connection:
        return _is_empty(connection)


def import_all(
    engine: Engine,
    config: Config,
    path: Path | IO[bytes],
    *,
    name: str = "",
    who: str,
    now_utc: datetime,
    actor: Actor | None,
    key_path: Path | None = None,
    tell: Tell = lambda share: None,
) -> BroughtIn:
    """Bring everything in the export at ``path`` into ``engine`` and the folders of ``config``; with ``key_path`` the key, too.

    ``name``: what people know the file by. The change log comes along line by line. A line is added only where something had to become
    another here: the number of the one union that was taken out of many, or the key.

    Raises: NotYours, KeptByFirst, NotEmptyHere, KeyNotFitting, BringingFailed, NoRoom, DiskFull, CannotWrite, StoreUnusable; what
    ``opening_export`` raises; DBAPIError of the target.
    """
    require_act(actor, Act.RESTORE_BACKUP)
    if not is_empty(engine):
        raise NotEmptyHere
    with opening_export(path, name=name) as archive:
        package = archive.package
        if not is_known_revision(package.revision):
            raise ExportTooNew(file=archive.name)
        if package.with_names:
            secrecy.create_key()
        if key_path is not None and secrecy.key_id(key_path) != package.key_id:
            raise KeyNotFitting(file=key_path.name)
        require_room(config.data_dir, archive.room_bytes)
        with _staging(config) as folder, _having_key(config, key_path), _opening(folder / "staged.sqlite3") as new:
            staged = _fill(archive, new, tell)
            _unpack_files(archive, folder, tell)
            _check_staged(new, archive)
            upgrade(new)
            _seal_files(new, folder)
            tell(_UPGRADED)
            with _carrying_over(new, engine, archive.name, tell) as (target, rows):
                settle(target, package, above=staged.above, who=who, now_utc=now_utc)
                with _placing_files(folder, {EVIDENCE: evidence_place(config), FORMS: config.form_dir}):
                    target.commit()
        tell(1.0)
        return BroughtIn(package, rows, len(package.kept_files), _count_unreadable(package))


def _is_empty(connection: Connection) -> bool:
    tables = (table for name, table in metadata.tables.items() if name not in BEGUN_WITH)
    return not any(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)


def _count_unreadable(package: Package) -> int:
    fits = secrecy.has_key() and secrecy.key_id() == package.key_id
    return 0 if fits else package.sealed


@contextmanager
def _staging(config: Config) -> Iterator[Path]:
    """A folder beside the data, gone when the block ends; one whose process was killed is swept away later like a half unpacked backup."""
    folder = config.data_dir / f"{STAGED}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    try:
        for inner in (folder, *(folder / name for name in _FOLDERS)):
            inner.mkdir(parents=True, mode=0o700)
        yield folder
    except OSError as error:
        raise tell_unwritten(error, config.data_dir) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _having_key(config: Config, key_path: Path | None) -> Iterator[None]:
    """In the block the key of ``key_path`` is the one here, and afterwards too unless it raises; that of an empty installation has sealed
    nothing yet and is kept beside."""
    kept = config.key_path.with_name(f"{config.key_path.name}.kept")
    if key_path is None or (secrecy.has_key() and key_path.read_bytes() == config.key_path.read_bytes()):
        yield
        return
    had_one = config.key_path.exists()
    if had_one:
        config.key_path.replace(kept)
    try:
        config.key_path.touch(mode=0o600)
        shutil.copyfile(key_path, config.key_path)
        sync(config.key_path)
        yield
    except BaseException:
        config.key_path.unlink(missing_ok=True)
        if had_one:
            kept.replace(config.key_path)
        raise


@contextmanager
def _opening(path: Path) -> Iterator[Engine]:
    engine = db.open_engine(f"sqlite:///{path.as_posix()}")
    try:
        yield engine
    finally:
        engine.dispose()


# --- put together apart ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Staged:
    """The database put together apart. ``above``: the number of the union that was above the only one in the export."""

    engine: Engine
    above: int | None


def _fill(archive: OpenArchive, engine: Engine, tell: Tell) -> _Staged:
    """A database of the export's revision with its rows; every row is one of its table. Raises: ExportDamaged."""
    command.upgrade(alembic_config(engine), archive.package.revision)
    tables = MetaData()
    tables.reflect(engine)
    wanted = {f"{TABLES}{name}.jsonl": table for name, table in tables.tables.items() if name not in {*STAYS_HERE, "alembic_version"}}
    paths = [path for path in archive.package.files if path.startswith(TABLES)]
    strange = sorted(wanted.keys() ^ set(paths))
    if strange:
        raise archive.damaged(strange[0])
    filling = _Filling(archive, tell)
    with engine.execution_options(unionboard_writes=True).connect() as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for name in BEGUN_WITH & tables.tables.keys():
            connection.execute(delete(tables.tables[name]))
        for path in paths:
            filling.add_rows(connection, wanted[path], path)
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise archive.damaged(f"{TABLES}{lost[0]}.jsonl")
    return _Staged(engine, filling.above)


class _Filling:
    """The lines of one export on their way into tables."""

    def __init__(self, archive: OpenArchive, tell: Tell) -> None:
        self.above: int | None = None
        self._archive, self._tell = archive, tell
        self._total, self._done = max(1, sum(archive.package.rows.values())), 0

    def add_rows(self, connection: Connection, table: Table, path: str) -> None:
        """Raises: ExportDamaged."""
        into, before = insert(as_stored(table, connection.dialect)), self._done
        try:
            for rows in self._read(table, path):
                connection.execute(into, rows)
                self._done += len(rows)
                self._tell(_ROWS_READ * min(1.0, self._done / self._total))
        except (OSError, OperationalError):
            raise  # the disk, not the file
        except (StatementError, *BROKEN):
            raise self._archive.damaged(path) from None
        if self._done - before != self._archive.package.files[path].rows:
            raise self._archive.damaged(path)

    def _read(self, table: Table, path: str) -> Iterator[list[dict[str, Any]]]:
        reader = Reader(table)
        lines = self._archive.read_lines(path)
        while rows := [self._settle(table, reader.to_row(line)) for line in islice(lines, BATCH)]:
            yield rows

    def _settle(self, table: Table, row: dict[str, Any]) -> dict[str, Any]:
        """A union that was one of many is the first and only one here; the one above it stayed where it is."""
        number = self._archive.package.union
        key = "id" if table.name == "union" else "union_id"
        if number is None or key not in row:
            return row
        if row[key] != number:
            raise ValueError(row[key])
        if table.name == "union":
            self.above, row["above_id"] = row["above_id"], None
        return row | {key: HOME_UNION}


def _unpack_files(archive: OpenArchive, folder: Path, tell: Tell) -> None:
    """Under names an export may hold, which were looked at; whole and on the disk."""
    names = archive.package.kept_files
    for n, name in enumerate(names, start=1):
        with (folder / name).open("xb") as file:
            for part in archive.read_parts(name):
                file.write(part)
        sync(folder / name)
        tell(_ROWS_READ + (_FILES_READ - _ROWS_READ) * n / len(names))


def _check_staged(staged: Engine, archive: OpenArchive) -> None:
    """The change log ends as the export says, and fits itself as it did there. Raises: ExportDamaged."""
    with Session(staged, info={"union": None}) as session:
        is_chained = next(find_chain_faults(session), None) is None
        if read_head(session) != archive.package.chain or is_chained != archive.package.is_chained:
            raise ExportDamaged(file=archive.name, part=f"{TABLES}change.jsonl")


def _seal_files(staged: Engine, folder: Path) -> None:
    """Papers that name people came open in an export with names: here they lie sealed."""
    with staged.connect() as connection:
        for name in list_private_files(connection):
            path = folder / EVIDENCE / name
            if path.is_file() and not is_sealed_file(path):
                secrecy.create_key()
                seal_file(path)


# --- and carried over -----------------------------------------------------------------------------------------------------------


@contextmanager
def _carrying_over(staged: Engine, engine: Engine, name: str, tell: Tell) -> Iterator[tuple[Connection, int]]:
    """The target in a transaction, with all rows in it and how many they are; gone again unless the block commits.

    Raises: NotEmptyHere, BringingFailed.
    """
    target_engine = db.as_program(engine).execution_options(unionboard_writes=True)
    with staged.connect() as sent, target_engine.connect() as target:
        if not _is_empty(target):
            raise NotEmptyHere  # somebody began in the meantime
        for noun in BEGUN_WITH:
            target.execute(delete(metadata.tables[noun]))
        facts = copy_tables(sent, target, tell=lambda share: tell(_UPGRADED + (1 - _UPGRADED) * share))
        arrived = read_facts(target)
        differing = sorted(noun for noun, sent_facts in facts.items() if arrived[noun] != sent_facts)
        if differing:
            raise BringingFailed(file=name, told=", ".join(differing))
        yield target, sum(found.rows for found in facts.values())


@contextmanager
def _placing_files(folder: Path, places: Mapping[str, Place]) -> Iterator[None]:
    """Files take their places; those that were not there before are taken away again when the block raises."""
    new: list[Place] = []
    try:
        for inner, place in places.items():
            for path in sorted((folder / inner).iterdir()):
                target = place / path.name
                if not target.is_file():
                    new.append(target)
                _place(path, target)
        yield
    except BaseException:
        for target in new:
            with suppress(OSError):
                target.unlink(missing_ok=True)
        raise


def _place(path: Path, target: Place) -> None:
    """On this disk by a new name; into a bucket by copying."""
    if not isinstance(target, Path):
        write_whole(target, path.read_bytes())
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
