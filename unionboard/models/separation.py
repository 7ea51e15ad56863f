"""Whose rows a session sees and writes: those of one union and nobody else's, whatever a query asks for.

``session.info["union"]`` is the union's number (``HOME_UNION`` where nothing is said); None is the program itself, which sees all of them.
``session.info["below"]`` are unions whose ``OVERSEEN`` rows may be read besides, and never written: those under an upper union. Statements
written as plain text are not seen here; on PostgreSQL row-level security holds for them, too (migration 0007). See docs/adr/0013-unions.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, column, event, inspect
from sqlalchemy.orm import ORMExecuteState, UOWTransaction, with_loader_criteria
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import SQLModel, col, select

from unionboard.config import HOME_UNION
from unionboard.errors.unions import OtherUnion
from unionboard.models.activity import Activity, Occurrence
from unionboard.models.base import OfUnion
from unionboard.models.checkoff import CheckOff, Evidence
from unionboard.models.fund import BudgetAmendment, BudgetLine, FundEntry, FundMonth, FundYear, OwnItem
from unionboard.models.plan import Measure, Plan, Section
from unionboard.models.summary import SummaryDraft
from unionboard.models.union import Union

OVERSEEN: tuple[type[OfUnion], ...] = (
    Plan,
    Section,
    Measure,
    Activity,
    Occurrence,
    CheckOff,
    Evidence,
    FundYear,
    FundMonth,
    FundEntry,
    OwnItem,
    BudgetLine,
    BudgetAmendment,
    SummaryDraft,
)
"""What an upper union may read of those below it: the year and its figures. Not visits, claims, papers, accounts and the log."""


def union_of(session: OrmSession) -> int | None:
    """The union ``session`` is bound to; None: the program itself."""
    union: int | None = session.info.get("union", HOME_UNION)
    return union


def bind_union(session: OrmSession, union: int | None) -> None:
    """From now on ``session`` is about that union's rows, also in a transaction that began before it was known whose they are."""
    session.info["union"] = union
    if session.in_transaction() and session.get_bind().dialect.name == "postgresql":
        tell_server(session.connection(), union, session.info.get("below", ()))


@contextmanager
def of_all(session: OrmSession) -> Iterator[None]:
    """Within it ``session`` looks at all unions' rows: for the few questions that are about the database. Ask for values, not for rows,
    which would stay in the session; what is new waits to be written."""
    union = union_of(session)
    with session.no_autoflush:
        bind_union(session, None)
        try:
            yield
        finally:
            bind_union(session, union)


@event.listens_for(OrmSession, "do_orm_execute")
def _keep_to_union(state: ORMExecuteState) -> None:
    union = union_of(state.session)
    if union is None or state.is_column_load:  # a column of a row that was let through before
        return
    if state.is_insert:
        _stamp_values(state, union)
    elif state.is_select or state.is_update or state.is_delete:
        if not state.is_select:
            _check_change(state, union)
        below = state.session.info.get("below", ()) if state.is_select else ()
        state.statement = state.statement.options(*_rules(union, tuple(below)))


@lru_cache(maxsize=4096)
def _rules(union: int, below: tuple[int, ...]) -> tuple[ExecutableOption, ...]:
    """What is added to every statement of a session, for each of its tables and their aliases."""
    if not below:
        type.__setattr__(OfUnion, "union_id", column("union_id", Integer))  # asked once for the rule's form; a field is no attribute
        return (
            with_loader_criteria(OfUnion, lambda table: table.union_id == union, include_aliases=True),
            with_loader_criteria(Union, col(Union.id) == union, include_aliases=True),
        )
    seen = (union, *below)
    return (
        *(with_loader_criteria(table, col(table.union_id).in_(seen), include_aliases=True) for table in OVERSEEN),
        *(with_loader_criteria(table, col(table.union_id) == union, include_aliases=True) for table in _tables() if table not in OVERSEEN),
        with_loader_criteria(Union, col(Union.id).in_(seen), include_aliases=True),
    )


def _tables() -> list[type[OfUnion]]:
    return list(OfUnion.__subclasses__())


def _stamp_values(state: ORMExecuteState, union: int) -> None:
    """Many rows inserted at once never pass the flush. Rows taken from a query could not be stamped."""
    statement: Any = state.statement
    rows: list[Any] = [one or {} for one in (state.parameters if isinstance(state.parameters, list) else [state.parameters])]
    told = [*rows, *_written(statement)]
    if statement.select is not None or any(row.get("union_id", union) != union for row in told):
        raise OtherUnion
    if any("union_id" not in row for row in rows):
        state.statement = statement.values(union_id=union)
    _check_references(state.session, union, ((_class_of(state), row) for row in told))


def _check_change(state: ORMExecuteState, union: int) -> None:
    """Many rows changed at once stay whose they are; a list of rows by their keys would pass the rule by."""
    if isinstance(state.parameters, list):
        raise OtherUnion
    parameters: Any = state.parameters or {}
    for values in (parameters, *_written(state.statement)):
        if "union_id" in values:
            raise OtherUnion
        _check_references(state.session, union, [(_class_of(state), values)])


def _written(statement: Any) -> Iterator[Mapping[str, Any]]:
    """What stands in an insert or update itself, by column; values that are SQL are no plain ones."""
    ordered, several = getattr(statement, "_ordered_values", None), getattr(statement, "_multi_values", ())
    for values in (getattr(statement, "_values", None), dict(ordered or ()), *(row for rows in several for row in rows)):
        yield {getattr(name, "key", name): getattr(value, "value", value) for name, value in (values or {}).items()}


def _class_of(state: ORMExecuteState) -> type[SQLModel]:
    found: type[SQLModel] = state.bind_mapper.class_  # type: ignore[union-attr]
    return found


@event.listens_for(OrmSession, "before_flush")
def _keep_rows(session: OrmSession, _context: UOWTransaction, _instances: object) -> None:
    union = union_of(session)
    for row in session.new:
        if isinstance(row, OfUnion) and row.union_id is None:
            row.union_id = _named(union)
        elif isinstance(row, Union) and row.id is None and union is not None:
            row.id = union
    if union is not None:
        for row in (*session.new, *session.dirty, *session.deleted):
            if _owner(row, union) != union or _former_owner(row, union) != union:
                raise OtherUnion
        _check_references(session, union, ((type(row), _changed(session, row)) for row in (*session.new, *session.dirty)))


def _owner(row: object, union: int) -> Any:
    if isinstance(row, OfUnion):
        return row.union_id
    return row.id if isinstance(row, Union) else union


def _former_owner(row: object, union: int) -> Any:
    """Whose a row was before it was changed: nobody takes another's by saying it were their own."""
    return instance_state(row).committed_state.get("union_id", union) if isinstance(row, OfUnion) and inspect(row).persistent else union


def _named(union: int | None) -> int:
    """The program itself works for all unions: a new row must say whose it is. Raises: OtherUnion."""
    if union is None:
        raise OtherUnion
    return union


# --- rows that refer to others ------------------------------------------------------------------------------------------------


def _changed(session: OrmSession, row: object) -> Mapping[str, Any]:
    values: Mapping[str, Any] = row.__dict__
    return values if row in session.new else {name: values.get(name) for name in instance_state(row).committed_state}


def _check_references(session: OrmSession, union: int, rows: Iterable[tuple[type[SQLModel], Mapping[str, Any]]]) -> None:
    """A row refers to rows of its own union only: a foreign key would let in any. Those at hand are looked at, others are asked for at
    once, one query a table. One that is nowhere is left to the foreign key. Raises: OtherUnion."""
    asked: dict[type[OfUnion], set[Any]] = defaultdict(set)
    for table, values in rows:
        for name, parent in _references(table):
            if isinstance(value := values.get(name), int):
                asked[parent].add(value)
    for parent, ids in asked.items():
        unknown = {one for one in ids if not _is_at_hand(session, parent, one, union)}
        own = select(col(parent.id)).where(col(parent.union_id) == union)  # type: ignore[attr-defined]
        if unknown and (missing := unknown - _find(session, own, parent, unknown)):
            with of_all(session):
                if _find(session, select(col(parent.id)), parent, missing):  # type: ignore[attr-defined]
                    raise OtherUnion


def _is_at_hand(session: OrmSession, table: type[OfUnion], row_id: int, union: int) -> bool:
    row = session.identity_map.get(identity_key(table, row_id))
    return row is not None and row.__dict__.get("union_id") == union


def _find(session: OrmSession, query: Select[Any], table: type[OfUnion], ids: set[Any]) -> set[Any]:
    with session.no_autoflush:
        return set(session.execute(query.where(col(table.id).in_(ids))).scalars())  # type: ignore[attr-defined]


@cache
def _references(table: type[SQLModel]) -> tuple[tuple[str, type[OfUnion]], ...]:
    """The columns of ``table`` that name rows of unions, and of which table; ``union_id`` says itself whose it is."""
    by_name = {str(one.__tablename__): one for one in _tables()}
    columns = inspect(table).local_table.columns
    keys = ((column.key, key.column) for column in columns for key in column.foreign_keys)
    found = ((name, by_name.get(referred.table.name)) for name, referred in keys if referred.key == "id")
    return tuple((name, parent) for name, parent in found if parent is not None)


@event.listens_for(OrmSession, "after_begin")
def _tell_server(session: OrmSession, _transaction: object, connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        tell_server(connection, union_of(session), session.info.get("below", ()))


def tell_server(connection: Connection, union: int | None, below: Iterable[int] = ()) -> None:
    """Row-level security of PostgreSQL learns whose rows this transaction is about; None: all of them."""
    seen = ("*" if union is None else str(union), "{" + ",".join(map(str, below)) + "}")
    connection.exec_driver_sql("SELECT set_config('unionboard.union', %s, true), set_config('unionboard.below', %s, true)", seen)
