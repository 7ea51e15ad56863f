"""The upper half of the fund page: what is left, the months, the items."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from unionboard.charts.fund import CONFIG, build_item_bullets, build_month_columns
from unionboard.money import format_fen
from unionboard.reference import fund_items
from unionboard.services.execution import MonthMoney, list_items
from unionboard.services.fund import Book
from unionboard.ui.fund_words import item_name, tick_text
from unionboard.ui.palette import current_palette
from unionboard.ui.progress import show_progress
from unionboard.ui.text import language, month_name, t

ITEM_ROW_HEIGHT = 36
MONTHS_HEIGHT = 258
ITEM_KEY = "fund_item"
"""The item the ledger is narrowed to; None for all."""


def show_balance(book: Book, months: Sequence[MonthMoney], *, today: date) -> None:
    """What is left, how it came about, and how far the year's money and the year itself are gone."""
    time_pct = _time_gone_pct(book.year, today)
    with st.container(border=True, height="stretch"):
        _show_left_now(book, months, today)
        with st.container(gap="xsmall"):
            for label, amount_fen in (
                (t("Carried over"), book.opening_fen),
                (t("＋ Income this year"), book.total_income_fen),
                (t("－ Spending this year"), book.total_spending_fen),
                (t("Left at the year's end, by the budget"), book.planned_balance_fen),
            ):
                with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                    st.markdown(f":gray[{label}]", width="stretch")
                    amount = format_fen(amount_fen)
                    st.markdown(amount if amount_fen >= 0 else f":orange[{amount}]", width="content")
        if book.total_budget_fen:
            spent_pct = book.total_spending_fen * 100 // book.total_budget_fen
            label = t("{spent}% of the budget spent; the mark is the year, {time}% gone", spent=spent_pct, time=time_pct)
            with st.container(gap="xxsmall"):
                st.markdown(f":small[:gray[{label}]]")
                show_progress(spent_pct, mark_pct=time_pct, label=label)


def _show_left_now(book: Book, months: Sequence[MonthMoney], today: date) -> None:
    """The balance, and how spending stands to the months' plan up to and with this month (when there is such a plan)."""
    reached = 12 if today.year > book.year else today.month if today.year == book.year else 0
    planned_fen = sum(month.planned_fen for month in months[:reached])
    saved_fen = planned_fen - book.total_spending_fen
    word = t("{amount} less spent than planned") if saved_fen >= 0 else t("{amount} more spent than planned")
    st.metric(
        t("Left now"),
        format_fen(book.balance_fen),
        delta=word.format(amount=format_fen(abs(saved_fen))) if planned_fen else None,
        delta_color="green" if saved_fen >= 0 else "orange",
        delta_arrow="off",
        help=t("Planned up to and with this month: the activities of these months, and an even part of the rest of the budget.")
        if planned_fen
        else None,
        icon=":material/account_balance_wallet:",
    )


def show_months(months: Sequence[MonthMoney], *, year: int, today: date) -> None:
    """Spending by month on what the activities were planned to cost."""
    is_planned = any(month.planned_fen for month in months)
    with st.container(border=True, height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":material/bar_chart: **{t('By month: planned and spent') if is_planned else t('By month: spent')}**", width="stretch"
            )
            if is_planned:
                st.markdown(f":small[:gray[{t('light: planned　dark: spent　hatched: over plan')}]]", width="content")
        figure = build_month_columns(
            months,
            names=[month_name(number) if language() == "en" or number == 12 else str(number) for number in range(1, 13)],
            planned=t("planned {amount}"),
            spent=t("spent {amount}"),
            tick=tick_text,
            palette=current_palette(),
            current=today.month if today.year == year else None,
            height=MONTHS_HEIGHT,
        )
        st.plotly_chart(
            figure, theme=None, config=CONFIG, key=f"fund_months_{year}_{language()}", alt=t("Planned and spent money by month")
        )


def show_items(book: Book) -> None:
    """Items as bullet bars; a click narrows the ledger to the item, a second one lets it go."""
    items = list_items(book)
    chosen = st.session_state.get(ITEM_KEY)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/donut_small: **{t('By item')}**", width="stretch")
            total = f" / {format_fen(book.total_budget_fen, decimals=False)}" if book.total_budget_fen else ""
            spent = format_fen(book.total_spending_fen, decimals=False)
            st.markdown(f":gray[{t('Spent')}] **{spent}**:gray[{total}]", width="content")
        if not items:
            st.markdown(f":gray[{t('No spending and no budget yet.')}]")
            return
        figure = build_item_bullets(
            items,
            names={code: item_name(code) for code in fund_items()},
            over=t("over {n}%"),
            unbudgeted=t("no budget"),
            palette=current_palette(),
            chosen=chosen,
            row_height=ITEM_ROW_HEIGHT,
        )
        key = f"fund_items_{book.year}_{language()}_{chosen}"  # a new chart each time: the old one's selection must not linger
        st.plotly_chart(
            figure,
            theme=None,
            config=CONFIG,
            key=key,
            on_select=lambda: choose_item(_clicked(key)),
            selection_mode="points",
            alt=t("Spending by item against the budget"),
        )


def choose_item(code: str | None) -> None:
    """Narrow the ledger to an item, or let it go when it is the chosen one already."""
    if code is not None:
        st.session_state[ITEM_KEY] = None if st.session_state.get(ITEM_KEY) == code else code


def _clicked(key: str) -> str | None:
    points = st.session_state[key]["selection"]["points"]
    return str(points[0]["customdata"]) if points else None


def _time_gone_pct(year: int, today: date) -> int:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if today < first:
        return 0
    return min(100, ((min(today, last) - first).days + 1) * 100 // ((last - first).days + 1))
