"""The figures on top of the board: a number, one line of context, and what stands behind it."""

from typing import Any

from unionboard.money import format_fen
from unionboard.services.board import Board
from unionboard.services.execution import NEAR_BUDGET_PCT
from unionboard.services.fund import Book
from unionboard.ui.board_links import link
from unionboard.ui.text import short_date, t, tn

Figure = dict[str, Any]


def write_figures(board: Board, book: Book) -> list[Figure]:
    """In the order in which a meeting asks: done, done since, late, next, papers, money."""
    return [_done(board), _since(board), _late(board), _upcoming(board), _evidence(board), _fund(book)]


def since_title(board: Board) -> str:
    """From when on "lately" is counted: the last meeting's day, or 30 days when there was none."""
    if board.last_meeting is None:
        return t("Done in the last 30 days")
    return t("Done since the last meeting")


def _figure(name: str, icon: str, label: str, value: str, context: str, tone: str, **more: Any) -> Figure:
    return {"name": name, "icon": icon, "label": label, "value": value, "context": context, "tone": tone, **more}


def _done(board: Board) -> Figure:
    spoken = t("{done}% done, {time}% of the time gone", done=board.share_done_pct, time=board.time_share_pct)
    progress = {"done": board.share_done_pct, "time": board.time_share_pct, "spoken": spoken}
    context = t("time gone: {share}%", share=board.time_share_pct)
    aside = t("{done} / {counted} activities", done=len(board.done), counted=len(board.counted))
    value = f"{board.share_done_pct}%"
    return _figure("share", "check", t("Done this year"), value, context, "gray", aside=aside, progress=progress, **link("all"))


def _since(board: Board) -> Figure:
    meeting = board.last_meeting
    label = t("Done since") if meeting else t("Done lately")
    context = t("meeting of {day}", day=short_date(meeting.held_on)) if meeting else t("in 30 days")
    return _figure("since", "check", label, str(len(board.done_since)), context, "green", block="done")


def _late(board: Board) -> Figure:
    context, tone = t("nothing is late"), "green"
    if board.late:
        context, tone = tn("longest {n} day", "longest {n} days", board.longest_late_days), "orange"
    return _figure("late", "late", t("Late"), str(len(board.late)), context, tone, block="late", **link("late"))


def _upcoming(board: Board) -> Figure:
    under_way = tn("{n} under way", "{n} under way", board.under_way)
    return _figure("next", "calendar", t("Next 30 days"), str(len(board.upcoming)), under_way, "blue", block="next")


def _evidence(board: Board) -> Figure:
    missing = board.check_offs - board.proven
    context, tone = (tn("{n} lacks papers", "{n} lack papers", missing), "yellow") if missing else (t("all have papers"), "green")
    if not board.check_offs:
        context, tone = t("nothing done yet"), "gray"
    value = f"{board.proven}/{board.check_offs}"
    return _figure("evidence", "clip", t("With evidence"), value, context, tone, block="unproven", **link("coverage"))


def _fund(book: Book) -> Figure:
    value = format_fen(book.balance_fen, decimals=False)
    context, tone = t("no budget yet"), "gray"
    if book.total_budget_fen:
        share = book.total_spending_fen * 100 // book.total_budget_fen
        is_over = book.total_spending_fen > book.total_budget_fen
        tone = "orange" if is_over else "yellow" if share >= NEAR_BUDGET_PCT else "green"
        context = t("{share}% spent", share=share)
    return _figure("fund", "wallet", t("Fund left"), value, context, tone, **link("fund"))
