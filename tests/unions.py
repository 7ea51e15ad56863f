"""Two unions in one database, each with a row of every kind: for tests that try to reach from one into the other."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Numeric
from sqlalchemy import Enum as SaEnum
from sqlmodel import Session, SQLModel, col, select

from tests.makers import NOW
from unionboard.models import Union, metadata
from unionboard.models.base import OfUnion, UtcDateTime

HERE, THERE = 1, 2
OWNED: dict[str, type[OfUnion]] = {str(table.__tablename__): table for table in OfUnion.__subclasses__()}
"""Every table whose rows belong to a union, by name; those that are referred to first."""
OWNED = {name: OWNED[name] for name in (table.name for table in metadata.sorted_tables) if name in OWNED}


def fill_union(session: Session, union: int, *, above: int | None = None) -> None:
    """A union with one row of every kind that refers to its other rows wherever it can; ``session`` is bound to it."""
    session.add(Union(id=union, name=f"第{union}工会", above_id=above))
    session.flush()
    for table in OWNED.values():
        session.add(make_row(session, table, union))
        session.flush()


def make_row(session: Session, table: type[OfUnion], union: int, *, mark: str = "") -> Any:
    """A row of ``table`` for ``union``, not added yet: its texts name the union, ``mark`` makes it another than the first."""
    row: Any = table()
    for column in _columns(table):
        if (value := _value(session, column, union, mark)) is not None:
            setattr(row, column.key, value)
    return row


def only_row(session: Session, table: type[SQLModel], union: int) -> Any:
    """The one row of ``union``, whatever ``session`` is about."""
    before, session.info["union"] = session.info.get("union"), union
    try:
        return session.exec(select(table)).one()
    finally:
        session.info["union"] = before


def key_of(row: Any) -> Any:
    """What ``session.get`` takes."""
    key = tuple(getattr(row, column.key) for column in type(row).__table__.primary_key.columns)
    return key[0] if len(key) == 1 else key


def _columns(table: type[OfUnion]) -> list[Column[Any]]:
    return [column for column in table.__table__.columns if column.key not in ("id", "union_id")]  # type: ignore[attr-defined]


def _value(session: Session, column: Column[Any], union: int, mark: str) -> Any:
    if column.foreign_keys:
        parent = OWNED.get(next(iter(column.foreign_keys)).column.table.name)
        if parent is None or str(parent.__tablename__) == column.table.name:
            return None
        return session.exec(select(col(parent.id)).order_by(col(parent.id)).limit(1)).first()  # type: ignore[attr-defined]
    if column.key == "removed" or (column.nullable and "_at_utc" in column.key):
        return None
    return _plain_value(column, union, mark)


def _plain_value(column: Column[Any], union: int, mark: str) -> Any:
    kind = column.type
    if isinstance(kind, SaEnum):
        return kind.enum_class and next(iter(kind.enum_class))
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 2026 if column.key == "year" else 7 + len(mark)
    if isinstance(kind, UtcDateTime):
        return NOW
    if isinstance(kind, Date):
        return date(2026, 5, 1)
    if isinstance(kind, JSON):
        return []
    if isinstance(kind, Numeric):
        return Decimal(7)
    return f"{union}{mark}{column.key}"[: getattr(kind, "length", None) or 20]
