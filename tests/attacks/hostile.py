"""A union whose every word is an attack: the demo year with markup behind each text that people typed."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import JSON

from tests.attacks.payloads import MARKUP
from unionboard import secrecy
from unionboard.models import metadata

HAN = re.compile(r"[\u4e00-\u9fff]")
EMPTY_ONES = (
    "note",
    "reason",
    "remark",
    "resolution",
    "audience",
    "goods",
    "supplier",
    "payee",
    "place",
    "one_hand",
    "state_reason",
    "remaining",
)
"""Texts the demo year leaves empty in most rows."""


def spoil(value: Any, change: Callable[[str], str]) -> Any:
    """``value`` with every text in it changed that is in Chinese: codes, hashes and file names never are."""
    if isinstance(value, str):
        return change(value) if HAN.search(value) else value
    if isinstance(value, list):
        return [spoil(each, change) for each in value]
    if isinstance(value, dict):
        return {key: spoil(each, change) for key, each in value.items()}
    return value


def with_markup(text: str) -> str:
    """The words, and behind them every kind of markup."""
    return f"{text}{MARKUP}"


def spoil_file(path: Path, change: Callable[[str], str] = with_markup) -> int:
    """Spoil a database behind the program's back, triggers and all; how many cells were changed."""
    count = 0
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table in metadata.sorted_tables:
            for column in table.columns:
                cells = connection.execute(f'SELECT rowid, "{column.name}" FROM "{table.name}"').fetchall()
                for rowid, old in cells:
                    new = _spoil_cell(old, column.name, column.type, change)
                    if new != old:
                        connection.execute(f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE rowid = ?', (new, rowid))
                        count += 1
    return count


def _spoil_cell(old: Any, name: str, kind: Any, change: Callable[[str], str]) -> Any:
    if not isinstance(old, str):
        return old
    if isinstance(kind, JSON):
        return json.dumps(spoil(json.loads(old), change), ensure_ascii=False)
    if type(kind).__name__ == "SealedText":
        return secrecy.seal(spoil(secrecy.unseal(old), change)) if old else old
    new = change("空") if not old and name in EMPTY_ONES else spoil(old, change)
    return new[: getattr(kind, "length", None)]  # as much as the program would take
