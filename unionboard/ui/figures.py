"""The five figures on top of the board. Each leads to what stands behind it."""

from dataclasses import dataclass

import streamlit as st

from unionboard.money import format_fen
from unionboard.services.board import Board
from unionboard.services.execution import NEAR_BUDGET_PCT
from unionboard.services.fund import Book
from unionboard.ui.progress import show_progress
from unionboard.ui.text import t, tn

ROW_PX = 140  # a fixed height, since only in such a row a cell fills it
BIG_ROW_PX = 240


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its one line of context, and the page (with its filter) that lists what it counts."""

    name: str
    label: str
    icon: str
    value: str
    context: str
    colour: str
    page: str
    query: dict[str, str]


def show_figures(board: Board, book: Book, *, big: bool = False) -> None:
    """One row on a desk, two columns on a phone; the big screen leaves the evidence out."""
    figures = [_late(board), _upcoming(board), _evidence(board), _fund(book)]
    if big:
        figures.pop(2)
    grid = st.grid(len(figures) + 2, min_column_width=150, row_height=BIG_ROW_PX if big else ROW_PX)
    with grid.cell(column_span=2), st.container(border=True, height="stretch", gap="xsmall", key="figure_done"):
        _show_done(board)
    for figure in figures:
        with grid.cell(), st.container(border=True, height="stretch", gap="xxsmall", key=f"figure_{figure.name}"):
            st.page_link(figure.page, label=figure.label, icon=f":material/{figure.icon}:", query_params=figure.query)
            st.metric(
                figure.label,
                figure.value,
                figure.context,
                delta_color=figure.colour,  # type: ignore[arg-type]
                delta_arrow="off",
                label_visibility="collapsed",
            )


def _show_done(board: Board) -> None:
    st.page_link("pages/checkoffs.py", label=t("Done this year"), icon=":material/task_alt:", query_params={"show": "all"})
    with st.container(horizontal=True, wrap=False, vertical_alignment="bottom"):
        st.metric(t("Done this year"), f"{board.share_done_pct}%", label_visibility="collapsed", width="content")
        st.space("stretch")
        shares = t("**{done}** / {counted} activities", done=len(board.done), counted=len(board.counted))
        time = t("mark: {share}% of the time is gone", share=board.time_share_pct)
        st.markdown(f"{shares}  \n:small[:gray[{time}]]", width="content", text_alignment="right")
    spoken = t("{done}% done, {time}% of the time gone", done=board.share_done_pct, time=board.time_share_pct)
    show_progress(board.share_done_pct, label=spoken, mark_pct=board.time_share_pct)


def _late(board: Board) -> Figure:
    longest = tn("longest {n} day", "longest {n} days", board.longest_late_days) if board.late else t("nothing is late")
    colour = "orange" if board.late else "green"
    return Figure("late", t("Late"), "warning", str(len(board.late)), longest, colour, "pages/checkoffs.py", {"show": "late"})


def _upcoming(board: Board) -> Figure:
    under_way = tn("{n} under way", "{n} under way", board.under_way)
    return Figure("next", t("Next 30 days"), "event_upcoming", str(len(board.upcoming)), under_way, "blue", "pages/checkoffs.py", {})


def _evidence(board: Board) -> Figure:
    missing = board.check_offs - board.proven
    context = tn("{n} without papers", "{n} without papers", missing) if missing else t("all have papers")
    colour = "yellow" if missing else "green"
    if not board.check_offs:
        context, colour = t("nothing done yet"), "gray"
    value = f"{board.proven}/{board.check_offs}"
    return Figure("evidence", t("With evidence"), "attach_file", value, context, colour, "pages/checkoffs.py", {"show": "unproven"})


def _fund(book: Book) -> Figure:
    value = format_fen(book.balance_fen, decimals=False)
    if not book.total_budget_fen:
        return Figure("fund", t("Fund left"), "account_balance_wallet", value, t("no budget yet"), "gray", "pages/fund.py", {})
    share = book.total_spending_fen * 100 // book.total_budget_fen
    colour = "orange" if book.total_spending_fen > book.total_budget_fen else "yellow" if share >= NEAR_BUDGET_PCT else "green"
    return Figure("fund", t("Fund left"), "account_balance_wallet", value, t("{share}% spent", share=share), colour, "pages/fund.py", {})
