"""The budget's table in words: what the component draws, in the reader's language. Draws nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from unionboard.models import Direction
from unionboard.money import FEN_PER_YUAN, format_fen
from unionboard.reference import FundItem, fund_groups
from unionboard.services.execution import BudgetState, Execution, GroupExecution, ItemExecution, PotMoney
from unionboard.ui.fund.words import item_name, source_name
from unionboard.ui.text import named, t

LAST, PLANNED, APPROVED, BOOKED = "last", "planned", "approved", "booked"
"""Columns whose figures can be asked what is behind them."""

Cells = dict[str, dict[str, Any]]
_FIGURES: dict[str, Callable[[PotMoney], int]] = {
    LAST: lambda pot: pot.last_year_fen,
    "adopted": lambda pot: pot.adopted_fen,
    "amended": lambda pot: pot.amended_fen,
    "budget": lambda pot: pot.budget_fen,
    PLANNED: lambda pot: pot.planned_fen or 0,
    APPROVED: lambda pot: pot.approved_fen,
    BOOKED: lambda pot: pot.booked_fen,
    "left": lambda pot: pot.left_fen,
}


def write_budget(year: Execution, items: Mapping[str, FundItem]) -> dict[str, Any]:
    """Income, then spending under the headings of the chart; columns that would be empty are left out, those of the budget never."""
    columns = list(_choose_columns(year))
    fine = {key for key, figure in _FIGURES.items() if any(figure(pot) % FEN_PER_YUAN for pot in _all_pots(year))}
    return {
        "columns": columns,
        "sides": [
            _write_side(year, direction, items, {column["key"] for column in columns}, fine)
            for direction in Direction
            if _has(year, direction)
        ],
        "words": {
            "caption": t("Budget and its execution {year}", year=year.year),
            "item": t("Item"),
            "unfold": t("Show the sources"),
            "fold": t("Hide the sources"),
        },
    }


def state_mark(pot: PotMoney) -> str:
    """How a spending item stands to its budget, in a word or two; "" where it keeps within."""
    if pot.state is BudgetState.OVER:
        return t("{amount} over", amount=format_fen(-pot.left_fen))
    if pot.state is BudgetState.NEAR:
        return t("near its budget")
    return t("no budget") if pot.state is BudgetState.UNBUDGETED and pot.used_fen else ""


def _has(year: Execution, direction: Direction) -> bool:
    return any(group.direction is direction for group in year.groups) or (direction is Direction.OUT and bool(year.unplaced_fen))


def _all_pots(year: Execution) -> Iterator[PotMoney]:
    for group in year.groups:
        for row in group.items:
            yield row.whole
            yield from row.sources


def _choose_columns(year: Execution) -> Iterator[dict[str, str]]:
    both = (year.income, year.spending)
    has_last = any(pot.last_year_fen for pot in _all_pots(year))
    is_amended = any(pot.amended_fen for pot in _all_pots(year))
    if has_last:
        yield {"key": LAST, "name": t("{year} outcome", year=year.year - 1)}
    if is_amended:
        yield {"key": "adopted", "name": t("Adopted budget")}
        yield {"key": "amended", "name": t("Amended")}
    yield {"key": "budget", "name": t("Budget now") if is_amended else t("Budgeted")}
    yield {"key": PLANNED, "name": t("Activities plan"), "hint": t("What the plan's activities are to cost.")}
    if any(pot.approved_fen for pot in both):
        yield {"key": APPROVED, "name": t("Approved, unpaid"), "hint": t("Claims that were granted and are not paid yet.")}
    yield {"key": BOOKED, "name": t("Received / paid")}
    yield {"key": "left", "name": t("Still left"), "hint": t("Of spending what may still be spent, of income what is still to come.")}
    yield {"key": "rate", "name": t("Rate")}


def _write_side(year: Execution, direction: Direction, items: Mapping[str, FundItem], shown: set[str], fine: set[str]) -> dict[str, Any]:
    is_income = direction is Direction.IN
    total = year.income if is_income else replace(year.spending, planned_fen=year.planned_fen)
    groups = [_write_group(group, items, shown, fine) for group in year.groups if group.direction is direction]
    if not is_income and year.unplaced_fen:
        groups.append({"total": None, "rows": [_write_unplaced(year.unplaced_fen, fine)]})
    name = t("Total income") if is_income else t("Total spending")
    written = _write_row(name, total, direction, shown, fine, can_ask=False) | {"code": direction.value}
    written["cells"][BOOKED]["asks"] = bool(total.booked_fen)
    return {"total": written, "groups": groups}


def _write_group(group: GroupExecution, items: Mapping[str, FundItem], shown: set[str], fine: set[str]) -> dict[str, Any]:
    """A heading of the chart that holds one item of its own name is not said twice; nor is that of income."""
    rows = [_write_item(row, group.direction, items, shown, fine) for row in group.items]
    heading = fund_groups().get(group.code)
    is_alone = heading is None or len([item for item in items.values() if item.group == group.code]) == 1
    total = None if is_alone or heading is None else _write_row(named(heading), group.total, group.direction, shown, fine, can_ask=False)
    return {"total": total, "rows": rows}


def _write_item(row: ItemExecution, direction: Direction, items: Mapping[str, FundItem], shown: set[str], fine: set[str]) -> dict[str, Any]:
    written = _write_row(item_name(row.whole.item, items), row.whole, direction, shown, fine)
    if direction is Direction.OUT and (mark := state_mark(row.whole)):
        tone = row.whole.state.value
        written |= {"mark": mark, "tone": tone}
        for key in ("left", "rate"):
            written["cells"][key]["tone"] = tone
    sources = [
        _write_row(source_name(pot.source), pot, direction, shown, fine) | {"code": pot.item, "source": pot.source.value}
        for pot in row.sources
        if pot.source
    ]
    if len(sources) == 1:  # nothing to unfold: the one source stands beside the name
        return written | {"code": row.whole.item, "note": row.whole.note, "from": sources[0]["name"]}
    return written | {"code": row.whole.item, "note": row.whole.note, "sources": sources}


def _write_row(name: str, pot: PotMoney, direction: Direction, shown: set[str], fine: set[str], *, can_ask: bool = True) -> dict[str, Any]:
    cells: Cells = {key: {"text": _tell(key, pot, direction, key in fine)} for key in _FIGURES if key in shown}
    for key in (LAST, PLANNED, APPROVED, BOOKED) if can_ask else ():
        if key in cells and _FIGURES[key](pot):
            cells[key]["asks"] = True
    if direction is Direction.IN:
        cells["left"]["name"], cells[BOOKED]["name"] = t("Still to come"), t("Received")
    else:
        cells[BOOKED]["name"] = t("Paid out")
    cells["rate"] = {"text": "" if pot.share_pct is None else f"{pot.share_pct}%"}
    if pot.budget_fen:
        spent = min(100, max(0, pot.share_pct or 0))
        cells["rate"]["bar"] = {"spent": spent, "approved": min(100 - spent, pot.approved_fen * 100 // pot.budget_fen)}
    return {"name": name, "code": "", "source": "", "mark": "", "tone": "", "note": "", "cells": cells, "sources": []}


def _tell(key: str, pot: PotMoney, direction: Direction, is_fine: bool) -> str:
    """A figure without its symbol; nothing where there is nothing to say. A sign where it adds or takes away."""
    amount_fen = _FIGURES[key](pot)
    if key == PLANNED and (direction is Direction.IN or pot.planned_fen is None):
        return ""
    if key == APPROVED and direction is Direction.IN:
        return ""
    if not amount_fen and (key not in ("budget", BOOKED, "left") or not pot.budget_fen):
        return ""
    is_more = key == "left" and direction is Direction.IN and amount_fen < 0  # more came in than was expected
    text = format_fen(-amount_fen if is_more else amount_fen, symbol="", decimals=is_fine)
    return f"+{text}" if is_more or (key == "amended" and amount_fen > 0) else text


def _write_unplaced(planned_fen: int, fine: set[str]) -> dict[str, Any]:
    """What activities plan whose item nobody has said: the figure leads to where it is said."""
    text = format_fen(planned_fen, symbol="", decimals=PLANNED in fine)
    name = t("Planned by activities, item not said yet")
    return {
        "name": name,
        "code": "",
        "source": "",
        "mark": "",
        "tone": "",
        "note": "",
        "cells": {PLANNED: {"text": text, "asks": True}},
        "sources": [],
    }
