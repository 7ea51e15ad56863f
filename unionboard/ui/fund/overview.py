"""The fund at a glance: what is left, the months against the plan, what waits for whom, what each item has left; every figure opens the
entries behind it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard.charts.fund import write_bullets, write_columns
from unionboard.models import Direction
from unionboard.money import format_fen
from unionboard.services import care, execution, fund
from unionboard.services.care import VisitCount
from unionboard.services.execution import ItemMoney, MonthMoney
from unionboard.services.fund import Book
from unionboard.ui.components.fund_cards import show_fund_cards
from unionboard.ui.fund.beginning import show_empty
from unionboard.ui.fund.filter import current_filter, follow
from unionboard.ui.fund.ledger import show_ledger
from unionboard.ui.fund.waiting import list_waits, write_waiting
from unionboard.ui.fund.words import item_name, tick_text
from unionboard.ui.kept import keep
from unionboard.ui.text import language, month_name, named, t, tn

Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cards:
    """What the components draw: above, and beside the ledger."""

    top: list[Card]
    side: list[Card]


def show_overview(book: Book, *, today: date) -> None:
    """The cards, and beside the items the ledger; before there is anything to tell, where to begin."""
    chosen = current_filter()
    cards = keep(write_overview, book.year, today=today, chosen_item=chosen.item, chosen_month=chosen.month)
    if cards is None:
        show_empty(book.year)
        return
    show_fund_cards({"layout": "top", "cards": cards.top}, key="fund_top", on_choose=follow)
    by_item, ledger = st.columns([0.36, 0.64])
    with by_item:
        show_fund_cards({"layout": "side", "cards": cards.side}, key="fund_side_cards", on_choose=follow)
    with ledger:
        show_ledger(book)


def write_overview(session: Session, year: int, *, today: date, chosen_item: str | None, chosen_month: int | None) -> Cards | None:
    """A year's cards, read in a handful of queries; None when nothing is booked, budgeted, visited or waited for. For ``kept.keep``."""
    book = keep(fund.read_book, year)
    visits = care.count_visits(session, first=date(year, 1, 1), last=date(year, 12, 31))
    waits = list_waits(session, year)
    if book.is_empty and not visits and not waits:
        return None
    months, items = execution.list_months(session, book), execution.list_items(session, book)
    top = [_write_balance(book, months, today), _write_months(months, year, today, chosen_month), write_waiting(waits)]
    return Cards(top, [_write_items(book, items, chosen_item), *([_write_visits(visits)] if visits else [])])


def _write_balance(book: Book, months: Sequence[MonthMoney], today: date) -> Card:
    """What is left, how it came about, and how far the year's money and the year itself are gone."""
    lines: list[tuple[str, int, Direction | None]] = [
        (t("Carried over"), book.opening_fen, None),
        (t("＋ Income this year"), book.total_income_fen, Direction.IN),
        (t("－ Spending this year"), book.total_spending_fen, Direction.OUT),
        (t("Left at the year's end, by the budget"), book.planned_balance_fen, None),
    ]
    card: Card = {
        "kind": "balance",
        "icon": "wallet",
        "title": t("Left now"),
        "value": format_fen(book.balance_fen),
        "note": _write_note(book, months, today),
        "lines": [{"label": label, "value": format_fen(fen), "go": ["side", side] if side else None} for label, fen, side in lines],
        "progress": None,
    }
    if book.total_budget_fen:
        spent_pct, time_pct = book.total_spending_fen * 100 // book.total_budget_fen, _time_gone_pct(book.year, today)
        label = t("{spent}% of the budget spent; the mark is the year, {time}% gone", spent=spent_pct, time=time_pct)
        card["progress"] = {"label": label, "done": min(100, max(0, spent_pct)), "time": time_pct}
    return card


def _write_note(book: Book, months: Sequence[MonthMoney], today: date) -> dict[str, str] | None:
    """How spending stands to the months' plan up to and with this month, when there is such a plan."""
    reached = 12 if today.year > book.year else today.month if today.year == book.year else 0
    planned_fen = sum(month.planned_fen for month in months[:reached])
    if not planned_fen:
        return None
    saved_fen = planned_fen - book.total_spending_fen
    amount = format_fen(abs(saved_fen))
    return {
        "text": t("{amount} less spent than planned", amount=amount)
        if saved_fen >= 0
        else t("{amount} more spent than planned", amount=amount),
        "tone": "green" if saved_fen >= 0 else "orange",
        "why": t("Planned up to and with this month: the activities of these months, and an even part of the rest of the budget."),
    }


def _write_months(months: Sequence[MonthMoney], year: int, today: date, chosen: int | None) -> Card:
    is_planned = any(month.planned_fen for month in months)
    columns, ticks = write_columns(
        months,
        names=[month_name(number) if language() == "en" or number == 12 else str(number) for number in range(1, 13)],
        spoken_names=[month_name(number) for number in range(1, 13)],
        planned=t("planned {amount}"),
        spent=t("spent {amount}"),
        tick=tick_text,
        current=today.month if today.year == year else None,
    )
    looks = (("planned", t("planned")), ("spent", t("spent")), ("over", t("over plan")))
    return {
        "kind": "months",
        "icon": "columns",
        "title": t("By month: planned and spent") if is_planned else t("By month: spent"),
        "legend": [{"look": look, "word": word} for look, word in looks] if is_planned else [],
        "columns": [asdict(column) | {"is_chosen": column.month == chosen} for column in columns],
        "ticks": [asdict(tick) for tick in ticks],
    }


def _write_items(book: Book, items: Sequence[ItemMoney], chosen: str | None) -> Card:
    """Items as bullet bars, each with what it has left."""
    bullets = write_bullets(
        items,
        names={one.item: item_name(one.item, book.items) for one in items},
        over=t("over {n}%"),
        unbudgeted=t("no budget"),
        left=t("{amount} left"),
        chosen=chosen,
    )
    spent = format_fen(book.total_spending_fen, decimals=False)
    total = f" / {format_fen(book.total_budget_fen, decimals=False)}" if book.total_budget_fen else ""
    return {
        "kind": "items",
        "icon": "bullets",
        "title": t("By item"),
        "sum": f"{t('Spent')} {spent}{total}",
        "rows": [asdict(bullet) | {"promised": _promised(one)} for bullet, one in zip(bullets, items, strict=True)],
        "empty": t("No spending and no budget yet."),
    }


def _promised(item: ItemMoney) -> str:
    return t("{amount} approved, not paid yet", amount=format_fen(item.approved_fen, decimals=False)) if item.approved_fen else ""


def _write_visits(counts: Sequence[VisitCount]) -> Card:
    """How many people on which occasions; small ones come merged."""
    people = sum(count.people for count in counts)
    return {
        "kind": "care",
        "icon": "heart",
        "title": t("Care visits"),
        "sum": tn("{n} person-time", "{n} person-times", people),
        "rows": [{"name": named(count), "count": count.people} for count in counts],
        "more": t("All about care"),
    }


def _time_gone_pct(year: int, today: date) -> int:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if today < first:
        return 0
    return min(100, ((min(today, last) - first).days + 1) * 100 // ((last - first).days + 1))
