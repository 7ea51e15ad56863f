"""The heat map: a row for each union, a column for each month, and what else an upper union asks of everybody."""

from datetime import date
from typing import Any

from unionboard.money import format_fen
from unionboard.services.execution import NEAR_BUDGET_PCT
from unionboard.services.overview import Cell, Money, Month, Overview, UnionYear
from unionboard.ui.components.overview_table import write_table
from unionboard.ui.text import month_name, short_date, t
from unionboard.ui.unions.choice import Rows

NOTHING = {"text": "–", "tone": "muted"}


def write_map(overview: Overview, rows: Rows) -> bytes:
    """The page's unions under the sums of all of them."""
    has_money = overview.money is not None
    columns = [{"name": t("Union"), "kind": "name"}, *({"name": name_month(month, overview), "kind": "month"} for month in overview.months)]
    columns += [{"name": t("Done"), "kind": "number"}, {"name": t("Late"), "kind": "number"}]
    columns += [{"name": t("Spent of budget"), "kind": "number"}] if has_money else []
    columns += [{"name": t("With evidence"), "kind": "number"}, {"name": t("Handed in"), "kind": "text"}]
    return write_table(t("The year by union and month"), columns, [_sum_row(overview), *(_union_row(one, overview) for one in rows.unions)])


def name_month(month: Month, overview: Overview) -> str:
    """3月; with its year where it is not the plan's."""
    name = month_name(month[1])
    return name if month[0] == overview.plan_year else f"{month[0]}·{name}"


def tell_money(money: Money) -> dict[str, Any]:
    """The share spent with its bar, and the sums below it."""
    if not (money.spent_fen or money.budget_fen):
        return dict(NOTHING)
    share = money.share_pct
    sums = f"{format_fen(money.spent_fen, decimals=False)} / {format_fen(money.budget_fen, decimals=False)}"
    tone = "" if share is None or share < NEAR_BUDGET_PCT else "near" if money.spent_fen <= money.budget_fen else "late"
    return {"text": t("no budget") if share is None else f"{share}%", "note": sums, "tone": tone, "bar": share}


def tell_state(one: UnionYear) -> dict[str, Any]:
    """Plan and summary, and when something was last entered."""
    if one.plan_id is None:
        return {"text": t("no plan"), "tone": "late", "note": "▲"}
    if one.handed_in_at_utc is not None:
        return {"text": "✓ " + t("summary"), "tone": "done", "note": short_date(one.handed_in_at_utc.date())}
    text = t("summary begun") if one.drafted else t("no summary yet")
    last = t("last entry {day}", day=short_date(one.last_entry_at_utc.date())) if one.last_entry_at_utc else t("nothing entered")
    return {"text": text, "note": last, "tone": "muted"}


def _sum_row(overview: Overview) -> dict[str, Any]:
    months = [_cell(overview.month(month), month, overview.as_of, t("All unions"), "") for month in overview.months]
    handed_in = {"text": f"{overview.handed_in}/{len(overview.unions)}"}
    name = {"text": t("All unions")}
    return {"sum": True, "cells": [name, *months, *_sums(overview.whole, overview.money, overview.proven, overview.held), handed_in]}


def _union_row(one: UnionYear, overview: Overview) -> dict[str, Any]:
    months = [
        _cell(one.months.get(month, Cell()), month, overview.as_of, one.name, f"{one.union_id} {month[0]}-{month[1]:02d}")
        for month in overview.months
    ]
    name = {"text": one.name, "open": str(one.union_id)}
    return {"cells": [name, *months, *_sums(one.year, one.money, one.proven, one.held), tell_state(one)]}


def _sums(year: Cell, money: Money | None, proven: int, held: int) -> list[dict[str, Any]]:
    done = {"text": f"{year.share_pct}%", "note": f"{year.done:,}/{year.due:,}"} if year.due else dict(NOTHING)
    late = {"text": f"▲ {year.late:,}"} if year.late else dict(NOTHING) if not year.due else {"text": "0"}
    evidence = {"text": f"{proven * 100 // held}%", "note": f"{proven:,}/{held:,}"} if held else dict(NOTHING)
    return [done, late, *([tell_money(money)] if money is not None else []), evidence]


def _cell(cell: Cell, month: Month, today: date, union: str, opens: str) -> dict[str, Any]:
    """Done of due; shaded by the share once the month has come or something of it is done; late ones with their sign."""
    if not cell.due:
        return dict(NOTHING)
    told: dict[str, Any] = {"text": f"{cell.done:,}/{cell.due:,}"}
    if month <= (today.year, today.month) or cell.done:
        told["share"] = cell.share_pct
    else:
        told["tone"] = "muted"
    if cell.late:
        told |= {"note": f"▲{cell.late:,}", "tone": "late"}
    if opens:
        told["open"] = opens
    name = month_name(month[1])
    late = t("{n} late", n=cell.late) if cell.late else ""
    told["label"] = t("{union}, {month}: {done} of {due} done", union=union, month=name, done=cell.done, due=cell.due) + (
        f", {late}" if late else ""
    )
    return told
