"""Everything taken out: every table and every file in one .zip that anybody can read without this program. See ``open_format``.

The rows are those of one moment: SQLite's are read from a copy, a server's in one transaction; files come after them, for a file is stored
before the row that names it, and none is ever taken away. Nothing is changed; that it is taken out is for ``exports.record_export`` to
write down. Source: issue "documented export of everything as open formats".
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, select, text
from sqlmodel import Session
from sqlmodel import select as sqlmodel_select

from unionboard import __version__, db, secrecy
from unionboard.config import Config
from unionboard.errors.open_format import RowsUnreadable
from unionboard.errors.safekeeping import KeyMissing, KeyUnreadable
from unionboard.models import Union, metadata
from unionboard.services.archives import WRITING, Archive, tell_unwritten, writing_archive
from unionboard.services.backup_files import EVIDENCE, FORMS, is_ours
from unionboard.services.chain_check import ChainHead, find_chain_faults, read_head
from unionboard.services.evidence_store import Place, evidence_place
from unionboard.services.guard import Actor, require_act
from unionboard.services.open_format import DESCRIPTOR, NAMING, README, SHEETS, STAYS_HERE, TABLES, Package, TakenFile
from unionboard.services.open_readme import README_TEXT
from unionboard.services.open_rows import Teller, write_sheet
from unionboard.services.permissions import Act
from unionboard.services.table_copy import as_stored, read_rows

Tell = Callable[[float], object]
"""Told the share that is done, from 0 to 1."""
_ROWS = 0.5  # the share of the work that the tables are


def export_all(
    engine: Engine,
    config: Config,
    path: Path,
    *,
    union: int | None = None,
    with_names: bool = False,
    at: datetime,
    actor: Actor | None,
    tell: Tell = lambda share: None,
) -> Package:
    """Write everything of ``engine``, or of one ``union`` in it, and the files of ``config`` to ``path``: whole or not at all.

    ``with_names``: names and private papers that are sealed here lie open in the file; what the key here does not open stays sealed, and so
    do the addresses of groups and calendars. That they may be is for ``exports.record_export`` to ask. ``at``: the moment it is made. The
    same data give the same bytes.

    Raises: NotYours, KeptByFirst, RowsUnreadable, NoRoom, DiskFull, CannotWrite, DatabaseBusy.
    """
    require_act(actor, Act.BACK_UP if union is None else Act.HAND_OVER)
    files = {EVIDENCE: evidence_place(config), FORMS: config.form_dir}
    with _standing_still(engine, path.parent) as rows, writing_archive(path, at=at) as archive:
        taking = _Taking(rows, archive, union, with_names, tell)
        archive.add(README, README_TEXT.encode())
        taking.add_tables()
        taking.add_files(files)
        package = taking.describe(at)
        archive.add(DESCRIPTOR, package.to_json())
    tell(1.0)
    return package


@contextmanager
def _standing_still(engine: Engine, folder: Path) -> Iterator[Connection]:
    """All rows as they are at this moment, while others go on writing; ``folder``: on the disk where there is room for a copy."""
    if engine.dialect.name != "sqlite":
        with db.as_program(engine).connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=WRITING) as name:
            copy = Path(name) / "copy.sqlite3"
            with closing(sqlite3.connect(copy)) as target, closing(engine.raw_connection()) as live:
                live.driver_connection.backup(target)  # type: ignore[union-attr]
            still = db.open_engine(f"sqlite:///{copy.as_posix()}")
            try:
                with still.connect() as connection:
                    yield connection
            finally:
                still.dispose()
    except OSError as error:
        raise tell_unwritten(error, folder) from None


@dataclass(slots=True)
class _Taking:
    """One export in the making."""

    rows: Connection
    archive: Archive
    union: int | None
    with_names: bool
    tell: Tell
    counts: dict[str, int] = field(default_factory=dict)
    sealed: int = 0
    missing: list[str] = field(default_factory=list)

    def add_tables(self) -> None:
        """Every table twice: for machines, then for eyes."""
        tables = [metadata.tables[name] for name in sorted(metadata.tables.keys() - STAYS_HERE)]
        total = 2 * max(1, sum(self._count(table) for table in tables))
        done = 0

        def step(rows: int) -> None:
            nonlocal done
            done += rows
            self.tell(_ROWS * min(1.0, done / total))

        for table in tables:
            self.archive.add_parts(f"{TABLES}{table.name}.jsonl", self._tell_lines(table, step))
        for table in tables:
            teller = Teller(table, opens=self.with_names)
            self.archive.add_parts(f"{SHEETS}{table.name}.csv", write_sheet(teller, self._read(table, step)))

    def _tell_lines(self, table: Table, step: Callable[[int], None]) -> Iterator[bytes]:
        teller = Teller(table, opens=self.with_names)
        self.counts[table.name] = 0
        for row in self._read(table, step):
            try:
                yield teller.to_line(row)
            except (ValueError, TypeError, AttributeError):
                raise RowsUnreadable(table=table.name) from None
            self.counts[table.name] += 1
        self.sealed += teller.sealed

    def _read(self, table: Table, step: Callable[[int], None]) -> Iterator[dict[str, object]]:
        try:
            with closing(read_rows(self.rows, table, union=self.union)) as batches:
                for rows in batches:
                    yield from rows
                    step(len(rows))
        except (ValueError, TypeError):  # no day, no moment: the columns of SQLite take anything
            raise RowsUnreadable(table=table.name) from None

    def _count(self, table: Table) -> int:
        return self.rows.execute(select(func.count()).select_from(as_stored(table, self.rows.dialect))).scalar_one()

    def add_files(self, places: dict[str, Place]) -> None:
        """Papers, photos and forms, also those that were taken away: they can be put back."""
        named = self._list_named()
        for n, (prefix, name) in enumerate(named, start=1):
            content = self._read_file(places[prefix] / name)
            if content is None or not is_ours(prefix + name):
                self.missing.append(prefix + name)
            else:
                self.sealed += secrecy.is_sealed(content)
                self.archive.add(prefix + name, content, is_packed=secrecy.is_sealed(content) or None)
            self.tell(_ROWS + (1 - _ROWS) * n / len(named))

    def _list_named(self) -> list[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for noun, prefix in NAMING:
            for row in self._read(metadata.tables[noun], lambda rows: None):
                found.add((prefix, str(row["stored_name"])))
        return sorted((prefix, name) for prefix, name in found if name)

    def _read_file(self, place: Place) -> bytes | None:
        """As it lies, or open with names; None: it is not there."""
        try:
            content = place.read_bytes()
            return secrecy.unseal_bytes(content) if self.with_names else content
        except (KeyMissing, KeyUnreadable):
            return content
        except OSError:
            return None

    def describe(self, at: datetime) -> Package:
        """What is in it, to be added last."""
        head, is_chained, key_id, unions = self._look()
        rows = {f"{TABLES}{name}.jsonl": count for name, count in self.counts.items()}
        return Package(
            program=__version__,
            revision=str(self.rows.execute(text("SELECT version_num FROM alembic_version")).scalar()),
            made_at_utc=at,
            union=self.union,
            unions=unions,
            with_names=self.with_names,
            key_id=key_id,
            sealed=self.sealed,
            chain=head,
            is_chained=is_chained,
            files={name: TakenFile(facts, rows.get(name)) for name, facts in self.archive.files.items()},
            missing=tuple(self.missing),
        )

    def _look(self) -> tuple[ChainHead, bool, str, dict[int, str]]:
        with Session(self.rows, info={"union": self.union}, join_transaction_mode="rollback_only") as session:
            is_chained = next(find_chain_faults(session), None) is None
            unions = {union.id or 0: union.name for union in session.exec(sqlmodel_select(Union))}
            key_id = session.connection().execute(text("SELECT key_id FROM safekeeping")).scalar()
            return read_head(session), is_chained, str(key_id or ""), unions
