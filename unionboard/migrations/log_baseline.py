"""Rows the change log of former versions leaves out, or tells otherwise, are told once: verification holds every row against it.

Released migrations build on it: it never changes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zlib import crc32

import sqlalchemy as sa

PROGRAM = "program"
_UNTOLD: Mapping[str, frozenset[str]] = {
    "plan": frozenset({"left_out"}),
    "section": frozenset({"as_read"}),
    "measure": frozenset({"as_read"}),
    "activity": frozenset({"as_read"}),
    "summary_block": frozenset({"kind", "position", "heading", "sentences", "base", "base_at_change", "base_as_of", "choices"}),
}
"""What is read or worked out anew by the program is not compared."""
_BLOCK_BEGINS = {"own_heading": None, "is_left_out": False, "edited": None, "edited_by": "", "edited_at_utc": None}
"""What a part of a summary says before anybody has edited it: then the log need not know it."""

Line = dict[str, Any]


def tell_rows(connection: sa.Connection, tables: tuple[str, ...]) -> list[Line]:
    """Lines of the change log (noun, row_id, action, before, after) for what it does not tell of ``tables``, and of the turns of duties."""
    return [line for table in tables for line in _tell_table(connection, table)] + list(_tell_turns(connection))


def _tell_table(connection: sa.Connection, name: str) -> Iterator[Line]:
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    told, untold = _replay(connection, name), _UNTOLD.get(name, frozenset())
    for row in connection.execute(sa.select(table)).mappings():
        values = {column: _plain(value) for column, value in row.items() if column != "version"}
        number = crc32(str(row["code"]).encode()) >> 1 if "code" in row else int(row["id"])
        known = told.get(number) or ({} if name != "summary_block" else _BLOCK_BEGINS)
        if not known:
            yield {"noun": name, "row_id": number, "action": "create", "before": None, "after": values}
            continue
        differing = [column for column in values if column in known and known[column] != values[column] and column not in untold]
        if differing:
            before, after = ({column: side.get(column) for column in differing} for side in (known, values))
            yield {"noun": name, "row_id": number, "action": "update", "before": before, "after": after}


def _tell_turns(connection: sa.Connection) -> Iterator[Line]:
    table = sa.Table("occurrence", sa.MetaData(), autoload_with=connection)
    told, turns = _replay(connection, "turns"), defaultdict(list)
    for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings():
        turns[int(row["activity_id"])].append([row["id"], row["number"], _plain(row["due_from"]), _plain(row["due_to"])])
    for number in sorted({*turns, *told}):
        before, after = told.get(number, {}).get("turns", []), turns.get(number, [])
        if before != after:
            yield {"noun": "turns", "row_id": number, "action": "update", "before": {"turns": before}, "after": {"turns": after}}


def _replay(connection: sa.Connection, noun: str) -> dict[int, dict[str, Any]]:
    names = ("id", "noun", "row_id", "action")
    change = sa.table("change", *(sa.column(name) for name in names), sa.column("after", sa.JSON()))
    told: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(sa.select(change).where(change.c.noun == noun).order_by(change.c.id)).mappings():
        if row["action"] == "remove" and row["after"] is None:
            told.pop(row["row_id"], None)
        else:
            told[row["row_id"]] |= row["after"] or {}
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
