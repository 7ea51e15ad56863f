"""Whose rows a session sees and writes: those of one union and nobody else's, whatever a query asks for.

``session.info["union"]`` is the union's number (``HOME_UNION`` where nothing is said); None is the program itself, which sees all of them.
``session.info["below"]`` are unions whose ``OVERSEEN`` rows may be read besides, and never written: those under an upper union. Statements
written as plain text are not seen here; on PostgreSQL row-level security holds for them, too (migration 0007). See docs/adr/0013-unions.md.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Integer, column, event
from sqlalchemy.orm import ORMExecuteState, UOWTransaction, with_loader_criteria
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import col

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


@event.listens_for(OrmSession, "do_orm_execute")
def _keep_to_union(state: ORMExecuteState) -> None:
    union = union_of(state.session)
    if union is None or state.is_column_load:  # a column of a row that was let through before
        return
    if state.is_insert:
        _stamp_values(state, union)
    elif state.is_select or state.is_update or state.is_delete:
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
    """Many rows inserted at once never pass the flush."""
    rows: list[Any] = [one or {} for one in (state.parameters if isinstance(state.parameters, list) else [state.parameters])]
    if any("union_id" not in row for row in rows):
        state.statement = state.statement.values(union_id=union)  # type: ignore[attr-defined]
    for row in rows:
        _check(union, row.get("union_id", union))


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
            _check(union, _owner(row, union))


def _owner(row: object, union: int) -> Any:
    if isinstance(row, OfUnion):
        return row.union_id
    return row.id if isinstance(row, Union) else union


def _named(union: int | None) -> int:
    """The program itself works for all unions: a new row must say whose it is. Raises: OtherUnion."""
    if union is None:
        raise OtherUnion
    return union


def _check(union: int, owner: object) -> None:
    if owner != union:
        raise OtherUnion


@event.listens_for(OrmSession, "after_begin")
def _tell_server(session: OrmSession, _transaction: object, connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        tell_server(connection, union_of(session), session.info.get("below", ()))


def tell_server(connection: Connection, union: int | None, below: Iterable[int] = ()) -> None:
    """Row-level security of PostgreSQL learns whose rows this transaction is about; None: all of them."""
    seen = ("*" if union is None else str(union), "{" + ",".join(map(str, below)) + "}")
    connection.exec_driver_sql("SELECT set_config('unionboard.union', %s, true), set_config('unionboard.below', %s, true)", seen)
