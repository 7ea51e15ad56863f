"""A figure computed once more, from the tables themselves: what an inspector would do with pencil and ledger.

It shares no code with drafting and with the services. A check-off, activity, visit … that was taken back counts for nothing.
"""

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from math import prod
from typing import Any

from sqlalchemy import Connection

from unionboard.drafting.figures import Figure, Source

Tables = dict[str, dict[int, dict[str, Any]]]
Value = Any
"""A whole number, a share, a day, or a number as people wrote it."""
_TABLES = (
    *(
        "activity",
        "budget_amendment",
        "budget_line",
        "care_visit",
        "check_off",
        "decision",
        "evidence",
        "fund_entry",
        "fund_year",
        "handout",
    ),
    *("measure", "meeting", "member", "occurrence", "own_item", "own_occasion", "plan", "section", "union"),
)
_DEAD: dict[str, Callable[[dict[str, Any]], Any]] = {
    "activity": lambda row: row["removed"],
    "care_visit": lambda row: row["removed"],
    "check_off": lambda row: row["undone_at_utc"],
    "decision": lambda row: row["taken_back_at_utc"],
    "evidence": lambda row: row["removed_at_utc"],
    "handout": lambda row: row["removed_at_utc"],
    "meeting": lambda row: not row["ended_at_utc"],
    "member": lambda row: not row["is_active"],
}


def read_tables(connection: Connection, *, as_of: date) -> Tables:
    """Every row that counts, by table and id (a fund year's is its year). A plan has the days of its summary, too."""
    tables: Tables = {}
    for table in _TABLES:
        rows = [dict(row) for row in connection.exec_driver_sql(f'SELECT rowid AS "row", * FROM "{table}"').mappings()]
        living = [row for row in rows if table not in _DEAD or not _DEAD[table](row)]
        tables[table] = {row.get("id") or row.get("year") or row["row"]: row for row in living}
    for plan in tables["plan"].values():
        plan["as_of"] = as_of.isoformat()
    return tables


def recompute(figure: Figure, tables: Tables) -> Value:
    """The figure's value by its rule, field, sources and parts. Raises: KeyError when a record does not count (any more)."""
    rows = [tables[source.noun][source.id] for source in figure.sources]
    parts: list[Any] = [recompute(part, tables) for part in figure.parts]
    match figure.rule.value:
        case "count":
            return len({(source.noun, source.id) for source in figure.sources})
        case "sum":
            return sum(int(_read(figure.field, source, tables)) for source in figure.sources)
        case "field":
            (source,) = figure.sources
            return _typed(_read(figure.field, source, tables), figure)
        case "text":
            table, column = figure.field.split(".")
            is_own_name = table in {"own_item", "own_occasion"}  # the union's own words: they have no number of their own
            texts = [_text(row[column]) for row in (tables[table].values() if is_own_name else rows)]
            assert any(re.search(rf"(?<!\d){re.escape(str(figure.value))}(?!\d)", text) for text in texts), figure
            return figure.value
        case "total":
            return sum(parts)
        case "difference":
            return parts[0] - sum(parts[1:])
        case "product":
            return prod(parts)
        case "rate":
            return _percent(*parts)
    raise AssertionError(figure.rule)


def _read(field: str, source: Source, tables: Tables) -> Any:
    """The field in the source's row; of several, parted by strokes, the first that is neither empty nor 0."""
    row = tables[source.noun][source.id]
    value: Any = None
    for name in field.split("|"):
        table, column, *keys = name.split(".")
        assert table == source.noun or (table, source.noun) == ("summary_draft", "plan"), (field, source)
        value = row[column]
        for key in keys:
            inside = json.loads(value) if isinstance(value, str) else value
            value = inside[key] if isinstance(inside, dict) else sum(line["delta_fen"] for line in inside if line["item"] == key)
        if value:
            break
    is_correction = field == "fund_entry.amount_fen" and row["reverses_id"] is not None
    return -value if is_correction else value


def _typed(value: Any, figure: Figure) -> Value:
    return date.fromisoformat(value) if isinstance(figure.value, date) else value


def _text(stored: Any) -> str:
    """The words of a column; of a JSON column all words in it, without the escapes."""
    try:
        return json.dumps(json.loads(stored), ensure_ascii=False)
    except (TypeError, ValueError):
        return str(stored)


def _percent(part: int, whole: int) -> Decimal:
    """One decimal, rounded half up, but never up to the whole."""
    exact = Decimal(100 * part) / whole
    told = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return exact.quantize(Decimal("0.1"), ROUND_DOWN) if told == 100 and part < whole else told


def list_written(words: str, figure: Figure) -> list[str]:
    """Every number in the words of a quote that is not the figure: none, if they say what it says."""
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", words)
    return [number for number in numbers if not _says(Decimal(number.replace(",", "")), words, figure)]


def _says(number: Decimal, words: str, figure: Figure) -> bool:
    value = figure.value
    if isinstance(value, date):
        return number in {value.year, value.month, value.day}
    if isinstance(value, str):
        return any(Decimal(part.replace(",", "")) == number for part in re.findall(r"\d[\d,]*(?:\.\d+)?", value))
    if figure.unit.value == "fen":
        return abs(Decimal(value)) / 100 in {number, number * 10_000}
    return abs(Decimal(value)) == number
