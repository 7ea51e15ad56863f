"""What all tables share: constraint names by rule, UTC stamps, and the version that refuses a stale save."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy import Enum as SaEnum
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from unionboard import secrecy
from unionboard.config import HOME_UNION, read_config
from unionboard.errors.safekeeping import KeyMissing
from unionboard.models.typed_text import clean_value

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata
metadata.naming_convention = NAMING_CONVENTION


class Row(SQLModel):
    """Base of all tables: ``CheckOff`` is stored as ``check_off``. Whatever is set on a row is held to its column (see ``typed_text``)."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 -- called on the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __setattr__(self, name: str, value: Any) -> None:
        limits = _text_limits(type(self))
        super().__setattr__(name, clean_value(name, value, limits[name]) if name in limits else value)


class OfUnion(Row):
    """Base of all tables whose rows belong to one union: see ``models.separation``, which sets ``union_id`` and keeps sessions to it.

    No foreign key: a database knows accounts, a key and lines of the log before its union has a name.
    """

    union_id: int | None = Field(default=None, nullable=False, index=True, sa_column_kwargs={"server_default": str(HOME_UNION)})


@cache
def _text_limits(table: type[Row]) -> dict[str, int | None]:
    """The columns of ``table`` by name, each with the letters it takes; None where it does not say."""
    return {column.name: getattr(column.type, "length", None) for column in metadata.tables[str(table.__tablename__)].columns}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; SQLite stores it without a zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class SealedText(TypeDecorator[str]):
    """A text that is stored sealed (see ``secrecy``) and read open; an empty one stays empty, so that SQL can tell who has none.

    Without the key it reads as ``secrecy.UNREADABLE``, which is never written back. Raises, when written: KeyMissing, KeyUnreadable.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value == secrecy.UNREADABLE:
            raise KeyMissing(place=read_config().key_path)
        return None if value is None else secrecy.seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else secrecy.unseal(value)


def code_type(codes: type[StrEnum]) -> Any:
    """A column type that stores an enum's value as plain text, so that adding a code needs no migration of types."""
    return SaEnum(codes, native_enum=False, create_constraint=False, length=32, values_callable=lambda e: [m.value for m in e])
