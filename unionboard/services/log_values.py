"""What the change log kept of a row's fields, as the row wants them: the log is JSON, a row has days, moments and codes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Enum
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from unionboard.models.base import UtcDateTime


def read_values(table: type[SQLModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` (column -> JSON) as ``table`` holds them; what is no column of it any more is left out."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return {name: _read(columns[name].type, value) for name, value in values.items() if name in columns}


def _read(kind: TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    reader: Callable[[Any], Any] | None = None
    if isinstance(kind, UtcDateTime):
        reader = datetime.fromisoformat
    elif isinstance(kind, Date):
        reader = date.fromisoformat
    elif isinstance(kind, Enum) and kind.enum_class is not None:
        reader = kind.enum_class
    return value if reader is None else reader(value)
