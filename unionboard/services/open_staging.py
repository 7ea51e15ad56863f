"""An export put together apart from the data: a database of its revision, filled and held against what the export says, then brought up to
date; and its files, under the names they will have. See ``open_import``.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, delete, insert
from sqlalchemy.exc import OperationalError, StatementError
from sqlmodel import Session

from unionboard import db, secrecy
from unionboard.config import HOME_UNION
from unionboard.errors.open_format import ExportDamaged
from unionboard.services.archives import sync
from unionboard.services.backup_files import EVIDENCE
from unionboard.services.chain_check import find_chain_faults, read_head
from unionboard.services.migrations import build_revision, upgrade
from unionboard.services.open_archive import BROKEN, OpenArchive
from unionboard.services.open_export import Tell
from unionboard.services.open_format import STAYS_HERE, TABLES
from unionboard.services.open_rows import Reader
from unionboard.services.sealing import list_private_files
from unionboard.services.stored_files import is_sealed_file, seal_file
from unionboard.services.table_copy import BATCH, as_stored

BEGUN_WITH = frozenset({"safekeeping"})
"""Tables a new database has rows in before anybody has done anything."""
_ROWS_READ, _FILES_READ = 0.4, 0.6
FILLED = 0.65
"""The share of the work that is done when everything is put together."""
_VERSION = "alembic_version"


@dataclass(frozen=True, slots=True)
class Staged:
    """The database put together apart. ``above``: the number of the union that was above the only one in the export."""

    engine: Engine
    above: int | None


@contextmanager
def staging(archive: OpenArchive, folder: Path, tell: Tell) -> Iterator[Staged]:
    """Everything in ``archive``, checked and of the newest revision, in ``folder`` as long as the block lasts.

    Raises: ExportDamaged, OSError, OperationalError.
    """
    engine = db.open_engine(f"sqlite:///{(folder / 'staged.sqlite3').as_posix()}")
    try:
        staged = _fill(archive, engine, tell)
        _unpack_files(archive, folder, tell)
        _check_log(engine, archive)
        upgrade(engine)
        _seal_files(engine, folder)
        tell(FILLED)
        yield staged
    finally:
        engine.dispose()


def _fill(archive: OpenArchive, engine: Engine, tell: Tell) -> Staged:
    """A database of the export's revision with its rows; every row is one of its table. Raises: ExportDamaged."""
    build_revision(engine, archive.package.revision)
    tables = MetaData()
    tables.reflect(engine)
    wanted = {f"{TABLES}{name}.jsonl": table for name, table in tables.tables.items() if name not in {*STAYS_HERE, _VERSION}}
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
    return Staged(engine, filling.above)


class _Filling:
    """The lines of one export on their way into tables."""

    def __init__(self, archive: OpenArchive, tell: Tell) -> None:
        self.above: int | None = None
        self._archive, self._tell = archive, tell
        self._total, self._done = max(1, sum(archive.package.rows.values())), 0

    def add_rows(self, connection: Connection, table: Table, path: str) -> None:
        """Raises: ExportDamaged."""
        into, reader, before = insert(as_stored(table, connection.dialect)), Reader(table), self._done
        try:
            with closing(self._archive.read_lines(path)) as lines:
                while rows := self._read(table, reader, lines):
                    connection.execute(into, rows)
                    self._done += len(rows)
                    self._tell(_ROWS_READ * min(1.0, self._done / self._total))
        except (OSError, OperationalError):
            raise  # the disk, not the file
        except (StatementError, *BROKEN):
            raise self._archive.damaged(path) from None
        if self._done - before != self._archive.package.files[path].rows:
            raise self._archive.damaged(path)

    def _read(self, table: Table, reader: Reader, lines: Iterator[bytes]) -> list[dict[str, Any]]:
        """Some rows more; none at the end."""
        return [self._settle(table, reader.to_row(line)) for line in islice(lines, BATCH)]

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
        with (folder / name).open("xb") as file, closing(archive.read_parts(name)) as parts:
            for part in parts:
                file.write(part)
        sync(folder / name)
        tell(_ROWS_READ + (_FILES_READ - _ROWS_READ) * n / len(names))


def _check_log(staged: Engine, archive: OpenArchive) -> None:
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
