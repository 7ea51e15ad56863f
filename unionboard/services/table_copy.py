"""All rows of one database into the empty tables of another, as they are stored: sealed names stay sealed, and nothing is logged anew."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Enum,
    MetaData,
    String,
    Table,
    Text,
    cast,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from unionboard.models import metadata

BATCH = 1000
_LIMIT = 2**256


@dataclass(frozen=True, slots=True)
class TableFacts:
    """How many rows a table has, and a hash in hex over all of them, whatever their order and the kind of database."""

    rows: int
    sha256: str


def copy_tables(source: Connection, target: Connection, *, tell: Callable[[float], object]) -> Mapping[str, TableFacts]:
    """Copy every table in the two open transactions; by name what was read. ``tell`` is given the share that is done.

    Both are at the newest revision. Raises: DBAPIError, what ``target`` refuses.
    """
    facts: dict[str, TableFacts] = {}
    total, done = max(1, sum(_count(source, name) for name in metadata.tables)), 0
    with _references_last(target):
        for table in metadata.sorted_tables:
            into = insert(as_stored(table, target.dialect))
            tally = _Tally()
            with closing(read_rows(source, table)) as batches:
                for rows in batches:
                    target.execute(into, [tally.add(row) for row in rows])
                    done += len(rows)
                    tell(done / total)
            facts[table.name] = tally.facts
            _set_sequence(target, table)
    return facts


def read_facts(connection: Connection) -> Mapping[str, TableFacts]:
    """What is in every table."""
    facts: dict[str, TableFacts] = {}
    for table in metadata.sorted_tables:
        tally = _Tally()
        for rows in read_rows(connection, table):
            for row in rows:
                tally.add(row)
        facts[table.name] = tally.facts
    return facts


class _Tally:
    """Rows are added up, as databases sort texts differently."""

    def __init__(self) -> None:
        self._rows = self._sum = 0

    def add(self, row: dict[str, Any]) -> dict[str, Any]:
        told = "\x1f".join(f"{name}={value!r}" for name, value in sorted(row.items()))
        self._rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest())) % _LIMIT
        return row

    @property
    def facts(self) -> TableFacts:
        return TableFacts(self._rows, f"{self._sum:064x}")


class _JsonText(TypeDecorator[str]):
    """A JSON column of PostgreSQL as the text that is stored, letter by letter: NULL and null stay two things."""

    impl = Text
    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, Text)

    def bind_expression(self, bindparam: Any) -> ColumnElement[Any]:
        return cast(bindparam, JSON)


def as_stored(table: Table, dialect: Dialect) -> Table:
    """``table`` with the plain types below ours: what is sealed is not opened, codes are texts."""

    def plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
        if isinstance(kind, TypeDecorator):
            kind = kind.impl_instance
        if isinstance(kind, JSON):
            return _JsonText() if dialect.name == "postgresql" else Text()
        return Text() if isinstance(kind, (Enum, String)) else kind

    return Table(table.name, MetaData(), *(Column(one.name, plain(one.type), primary_key=one.primary_key) for one in table.columns))


def read_rows(connection: Connection, table: Table, *, union: int | None = None) -> Generator[list[dict[str, Any]], None, None]:
    """Some rows at a time as they are stored, in the order of their numbers; of ``union`` alone, where one is named."""
    stored = as_stored(table, connection.dialect)
    wanted = select(stored).order_by(*stored.primary_key)
    if union is not None:
        own = stored.columns.get("union_id", stored.columns["id"] if table.name == "union" else None)
        wanted = wanted if own is None else wanted.where(own == union)
    with connection.execute(wanted.execution_options(yield_per=BATCH)) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


def _count(connection: Connection, name: str) -> int:
    return connection.execute(select(func.count()).select_from(text(f'"{name}"'))).scalar_one()


_REFERENCES = text(
    "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint"
    " WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace"
)


@contextmanager
def _references_last(target: Connection) -> Iterator[None]:
    """Within it a row may name one that comes later; at the end all must be there."""
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        return
    constraints = target.execute(_REFERENCES).all()
    for table, name in constraints:
        target.exec_driver_sql(f"ALTER TABLE {table} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY DEFERRED")
    yield
    target.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table, name in constraints:
        target.exec_driver_sql(f"ALTER TABLE {table} ALTER CONSTRAINT {name} NOT DEFERRABLE")


def _set_sequence(target: Connection, table: Table) -> None:
    """The next number follows the greatest; SQLite sees to it by itself."""
    key = table.autoincrement_column
    if target.dialect.name != "postgresql" or key is None:
        return
    sequence = func.pg_get_serial_sequence(table.name, key.name)
    if target.execute(select(sequence)).scalar_one() is not None:
        target.execute(select(func.setval(sequence, func.coalesce(func.max(key), 1), func.max(key).is_not(None))).select_from(table))
