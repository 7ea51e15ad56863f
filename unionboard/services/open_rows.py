"""A row as a line of JSON, and back: exact types, nothing guessed; and the same row as a line of a sheet, to look at.

null is "no value". In a column of objects and lists a *missing* name is the database's NULL, and null is JSON's own null: both mean that
there is nothing, and both come back as they were.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Table

from unionboard import secrecy
from unionboard.services.open_format import NEVER_OPEN, SECRETS, type_word
from unionboard.services.sealing import SEALED_COLUMNS

_ACTED_ON = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would take for a formula; source: OWASP, CSV Injection."""
_WHOLE = 2**63


class Teller:
    """Tells the rows of ``table``. ``opens``: what is sealed is told open, where its key is here; ``sealed`` counts what is not,
    without what never is."""

    def __init__(self, table: Table, *, opens: bool) -> None:
        self.sealed = 0
        self._kinds = {column.name: type_word(column.type) for column in table.columns}
        self._private = SEALED_COLUMNS.get(table.name, ())
        self._closed = NEVER_OPEN.get(table.name, ())
        self._opens = opens
        self.columns = tuple(self._kinds)
        self.shown = tuple(name for name in self._kinds if name not in SECRETS)

    def to_line(self, row: Mapping[str, Any]) -> bytes:
        """One line, its end included. Raises: ValueError for a stored value that is none of its column."""
        told = {name: self._tell(name, value) for name, value in row.items() if value is not None or self._kinds[name] != "any"}
        try:
            return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        except UnicodeEncodeError:  # half a character that came past the program
            return json.dumps(told, separators=(",", ":")).encode() + b"\n"

    def to_cells(self, row: Mapping[str, Any]) -> list[str]:
        """The row for a sheet: nothing in it is a formula, and what is sealed stays out."""
        return [self._show(name, row[name]) for name in self.shown]

    def _tell(self, name: str, value: Any) -> Any:
        kind = self._kinds[name]
        if value is None:
            return None
        if name in self._private:
            return self._unseal(name, str(value))
        if kind == "any":
            return json.loads(value)
        if kind == "datetime":
            return f"{value.isoformat()}Z"
        return value.isoformat() if kind == "date" else value

    def _unseal(self, name: str, stored: str) -> str:
        if self._opens and name in self._closed:
            return stored
        told = secrecy.unseal(stored) if self._opens else stored
        told = stored if told == secrecy.UNREADABLE else told
        self.sealed += told.startswith(secrecy.MARK)
        return told

    def _show(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        if name in self._private:
            told = secrecy.unseal(str(value)) if self._opens and name not in self._closed else ""
        elif self._kinds[name] == "any":
            told = json.dumps(json.loads(value), ensure_ascii=False)
        else:
            told = str(value)
        told = told.replace("\x00", "")
        return f"'{told}" if told.startswith(_ACTED_ON) and self._kinds[name] == "string" else told


def write_sheet(teller: Teller, rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A sheet, in parts: CSV by RFC 4180, UTF-8 with the mark by which Excel and WPS know it."""
    yield b"\xef\xbb\xbf" + _to_csv([teller.shown])
    for row in rows:
        yield _to_csv([teller.to_cells(row)])


def _to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    told = io.StringIO(newline="")
    csv.writer(told, lineterminator="\r\n").writerows(rows)
    return told.getvalue().encode("utf-8", "replace")


class Reader:
    """Reads lines into rows of ``table``, as they are stored. ``seals``: what lies open and is personal is sealed with the key here."""

    def __init__(self, table: Table) -> None:
        self._columns = {column.name: column for column in table.columns}
        self._kinds = {column.name: type_word(column.type) for column in table.columns}
        self._private = SEALED_COLUMNS.get(table.name, ())
        self._read: Mapping[str, Callable[[Any], Any]] = {
            "any": json.dumps,
            "boolean": lambda told: _require(told, bool),
            "integer": _read_whole,
            "date": lambda told: date.fromisoformat(_require(told, str)),
            "datetime": _read_moment,
            "string": lambda told: _require(told, str),
        }

    def to_row(self, line: bytes) -> dict[str, Any]:
        """Raises: ValueError, for a line that is no row of this table."""
        told = json.loads(line)
        if not isinstance(told, dict) or not told.keys() <= self._columns.keys():
            raise ValueError(line[:80])
        return {name: self._take(column, told) for name, column in self._columns.items()}

    def _take(self, column: Column[Any], told: Mapping[str, Any]) -> Any:
        kind = self._kinds[column.name]
        if kind == "any":
            return json.dumps(told[column.name]) if column.name in told else None
        value = told[column.name] if column.name in told else _miss(column)
        if value is None:
            return None
        read = self._read[kind](value)
        if column.name in self._private and read and not read.startswith(secrecy.MARK):
            return secrecy.seal(read)
        return read


def _miss(column: Column[Any]) -> Any:
    raise ValueError(column.name)


def _require(told: Any, kind: type) -> Any:
    if type(told) is not kind:
        raise ValueError(told)
    return told


def _read_whole(told: Any) -> int:
    number = int(_require(told, int))
    if not -_WHOLE <= number < _WHOLE:
        raise ValueError(told)
    return number


def _read_moment(told: Any) -> datetime:
    moment = datetime.fromisoformat(_require(told, str))
    if moment.tzinfo is None:
        raise ValueError(told)
    return moment.astimezone(UTC).replace(tzinfo=None)
