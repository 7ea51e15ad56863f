"""What the board says, as facts the component draws: on the desk, and large for the meeting room."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session, select

from unionboard.charts.fund import write_bullets
from unionboard.models import DutyKind, Plan
from unionboard.money import format_fen
from unionboard.reference import work_areas
from unionboard.services import execution, fund
from unionboard.services.activities import ActivityView, Status
from unionboard.services.board import Board, choose_items, pile_by_month, read_board
from unionboard.services.checklist import list_months
from unionboard.services.execution import ItemMoney
from unionboard.services.fund import Book
from unionboard.services.masking import Mask, list_known_names
from unionboard.services.unions import find_union
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.board_blocks import hint, why_weak, write_big_columns, write_columns, write_hidden
from unionboard.ui.board_figures import write_figures
from unionboard.ui.board_links import go, link
from unionboard.ui.components.board import show_board_component
from unionboard.ui.fund.words import item_name
from unionboard.ui.status import status_word
from unionboard.ui.text import escape, long_date, month_name, named, t, tn, weekday

ITEM_ROWS = 8
PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A board ready to be drawn: ``facts`` for the component, and what its page says and asks beside it.

    ``untouched``: how many are late of a plan in which nothing was ever checked off; it was adopted in the middle of its year.
    """

    facts: bytes
    has_activities: bool
    has_open_meeting: bool
    title: str = ""
    untouched: int = 0


def read_sheet(session: Session, plan_id: int, *, today: date) -> Sheet:
    """The desk's board; names are masked. To be kept: the facts are the same for all who look."""
    board, book, mask, _ = _read(session, plan_id, today=today)
    facts = write_board(board, book, execution.list_items(session, book), mask)
    untouched = 0 if board.check_offs else len(board.late)
    return Sheet(_pack(facts), bool(board.activities), board.open_meeting is not None, untouched=untouched)


def read_big_sheet(session: Session, plan_id: int, *, today: date, may_hold: bool, may_share: bool) -> Sheet:
    """The same for the back row: all of it on one screen, with a head of its own. ``may_share``: phones can be let in from it."""
    board, book, mask, plan = _read(session, plan_id, today=today)
    union = find_union(session)
    facts = write_big_board(board, book, plan, mask, union=union.name if union else "", may_hold=may_hold)
    if may_share:
        facts["head"]["phone"] = t("Open on a phone")
    title = f"{escape(facts['head']['union'])} {facts['head']['year']}"
    return Sheet(_pack(facts), bool(board.activities), board.open_meeting is not None, title)


def _read(session: Session, plan_id: int, *, today: date) -> tuple[Board, Book, Mask, Plan]:
    board = read_board(session, plan_id, today=today)
    plan = session.exec(select(Plan).where(Plan.id == plan_id)).one()
    book = fund.read_book(session, fund.book_year(plan, today=today), as_of=today)
    return board, book, Mask(list_known_names(session)), plan


def _pack(facts: dict[str, Any]) -> bytes:
    """As bytes, which Streamlit passes on as they are; a dictionary it would write out anew in every run, twice."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def show_board(sheet: Sheet) -> None:
    """The desk's board under the page's head."""
    show_board_component(sheet.facts, on_open=open_activity, on_go=go)


def show_big_board(sheet: Sheet, *, on_phone: Callable[[], None] | None) -> None:
    """The room's board. ``on_phone`` opens the dialog with the code."""
    with st.container(key="unseen_title"):  # what a screen reader and a test find; the component draws its own
        st.title(sheet.title, anchor=False)
    show_board_component(sheet.facts, on_open=open_activity, on_go=lambda name: on_phone() if name == PHONE and on_phone else go(name))


def write_board(board: Board, book: Book, items: Sequence[ItemMoney], mask: Mask) -> dict[str, Any]:
    """Figures, three columns of lists, areas beside the fund's items."""
    return {
        "big": False,
        "figures": write_figures(board, book),
        "columns": write_columns(board, mask),
        "areas": _write_areas(board, mask),
        "fund": _write_fund(book, items),
        "words": _words(),
    }


def write_big_board(board: Board, book: Book, plan: Plan, mask: Mask, *, union: str, may_hold: bool) -> dict[str, Any]:
    """Figures, late and next, weak areas beside the months."""
    start = t("Start the meeting") if may_hold else t("Meetings")
    meeting = t("The meeting goes on") if board.open_meeting else start
    head = {
        "union": union,
        "year": t("{year} plan year", year=plan.year),
        "day": f"{long_date(board.as_of)}　{weekday(board.as_of)}",
        "links": [{"label": meeting, **link("big_meeting")}, {"label": t("Leave the large screen"), **link("desk")}],
    }
    return {
        "big": True,
        "head": head,
        "figures": write_figures(board, book),
        "columns": write_big_columns(board, mask),
        "hidden": write_hidden(board, mask),
        "months": _write_months(board, plan, mask),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {"more": t("{n} more"), "fewer": t("Show fewer"), "close": t("Close")}


def _legend(views: Sequence[ActivityView]) -> list[dict[str, str]]:
    return [{"status": status, "word": status_word(status)} for status in Status if any(view.status is status for view in views)]


def _cells(views: Sequence[ActivityView], mask: Mask) -> list[dict[str, Any]]:
    return [{"id": view.id, "status": view.status, "hint": hint(view, mask)} for view in views]


def _write_areas(board: Board, mask: Mask) -> dict[str, Any]:
    """One line per work area, one cell per activity: far easier to count than a bar. Weak ones say why."""
    names = work_areas()
    rows = [
        {
            "name": named(names[row.code]),
            "cells": _cells(row.activities, mask),
            "count": f"{row.done} / {row.counted}",
            "why": why_weak(row, time_share_pct=board.time_share_pct) if row in board.weak else "",
            **link(f"area_{row.code}"),
        }
        for row in board.areas
    ]
    weak = tn("{n} weak", "{n} weak", len(board.weak)) if board.weak else ""
    return {"title": t("Work areas"), "weak": weak, "legend": _legend(board.activities), "rows": rows}


def _write_months(board: Board, plan: Plan, mask: Mask) -> dict[str, Any]:
    """The year as piles of cells."""
    piles = pile_by_month(board.activities)
    current = (board.as_of.year, board.as_of.month)
    months = [(day.year, day.month) for day in reversed(list_months(plan))]
    rows = [{"name": month_name(month[1]), "is_current": month == current, "cells": _cells(piles.get(month, []), mask)} for month in months]
    one_off = [view for view in board.activities if view.duty is DutyKind.ONE_OFF]
    return {"title": t("Month by month"), "legend": _legend(one_off), "rows": rows}


def _write_fund(book: Book, items: Sequence[ItemMoney]) -> dict[str, Any]:
    """What the largest items, and those over their budget, have cost of what they may cost."""
    shown = choose_items(items, ITEM_ROWS)
    names = {item.item: item_name(item.item, book.items) for item in shown}
    bullets = write_bullets(shown, names=names, over=t("{n}% over"), unbudgeted=t("no budget"))
    rest = len(items) - len(shown)
    more = tn("{n} more under Fund", "{n} more under Fund", rest) if rest else t("The whole book under Fund")
    spent, planned = format_fen(book.total_spending_fen, decimals=False), format_fen(book.total_budget_fen, decimals=False)
    return {
        "title": t("Fund items"),
        "sum": t("{spent} of {planned} spent", spent=spent, planned=planned),
        "rows": [asdict(bullet) for bullet in bullets],
        "empty": t("Nothing is budgeted or spent yet."),
        "more": {"label": more, **link("fund")},
    }
