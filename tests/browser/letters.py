"""A year whose own words are in letters that no language of the program uses: what then is Han on an English page, or Latin on a Chinese
one, was written by the program.

Han letters of what people typed become Hangul, which is as wide. What the program itself brings along (work areas, fund items, care kinds
by their Chinese names) stays as it is, wherever it is stored.
"""

import json
import re
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import unionboard.reference
from unionboard.models import chain

HAN = re.compile(r"[\u3400-\u9fff]")
_FIRST_HANGUL, _HANGUL = 0xAC00, 11172
_TYPED = ("member", "attendance")  # what people are there stands in no table of ours


def write_in_foreign_letters(file: Path) -> None:
    """Turn the words people typed into the database ``file``; its log still fits itself afterwards."""
    with closing(sqlite3.connect(file)) as database:
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            _turn_table(database, table)
        _chain_anew(database)
        for _, sql in triggers:
            database.execute(sql)
        database.commit()


def _turn_table(database: sqlite3.Connection, table: str) -> None:
    for column in [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]:
        told = database.execute(f'SELECT rowid, "{column}" FROM "{table}" WHERE typeof("{column}") = \'text\'').fetchall()
        turned = [(_turn_stored(text, whole=table in _TYPED), rowid) for rowid, text in told if HAN.search(text) or "\\u" in text]
        database.executemany(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', turned)


def _turn_stored(text: str, *, whole: bool) -> str:
    if text[:1] in '[{"':
        try:
            return json.dumps(_turn(json.loads(text)))
        except ValueError:
            pass
    return _turn_letters(text) if whole else str(_turn(text))


def _turn(told: Any) -> Any:
    if isinstance(told, str):
        return told if told in _own_words() else _turn_letters(told)
    if isinstance(told, dict):
        return {_turn(key): _turn(value) for key, value in told.items()}
    return [_turn(one) for one in told] if isinstance(told, list) else told


def _turn_letters(text: str) -> str:
    return HAN.sub(lambda han: chr(_FIRST_HANGUL + ord(han[0]) % _HANGUL), text)


@cache
def _own_words() -> frozenset[str]:
    """What the program's tables of reference tell in both languages, in Chinese."""
    folder = Path(unionboard.reference.__path__[0])
    return frozenset(word for file in folder.glob("*.toml") for word in _list_words(tomllib.loads(file.read_text(encoding="utf-8"))))


def _list_words(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        if "en" in told and isinstance(told.get("zh"), str):
            yield told["zh"]
        for one in told.values():
            yield from _list_words(one)
    elif isinstance(told, list):
        for one in told:
            yield from _list_words(one)


def _chain_anew(database: sqlite3.Connection) -> None:
    """Each line's hash over its words as they are now."""
    database.row_factory = sqlite3.Row
    newest: dict[int, str] = {}
    for row in database.execute("SELECT * FROM change ORDER BY id").fetchall():
        line = {name: row[name] for name in ("id", "who", "origin", "action", "noun", "row_id")}
        line |= {side: json.loads(row[side]) if row[side] else None for side in ("before", "after")}
        line["at_utc"] = datetime.fromisoformat(row["at_utc"]).replace(tzinfo=UTC)
        newest[row["union_id"]] = chain.hash_line(newest.get(row["union_id"], chain.START), **line)
        database.execute("UPDATE change SET sha256 = ? WHERE id = ?", (newest[row["union_id"]], row["id"]))
