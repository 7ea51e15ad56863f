"""The board's charts under their heads: areas, months, fund items."""

from collections.abc import Sequence

import streamlit as st

from unionboard.charts.areas import build_area_cells
from unionboard.charts.cells import swatch
from unionboard.charts.fund import CONFIG, build_item_bullets
from unionboard.charts.months import build_month_cells
from unionboard.models import DutyKind, Plan
from unionboard.money import format_fen
from unionboard.reference import fund_items, work_areas
from unionboard.services.activities import ActivityView, Status
from unionboard.services.board import Board, choose_items
from unionboard.services.checklist import list_months
from unionboard.services.execution import list_items
from unionboard.services.fund import Book
from unionboard.ui.activity_chart import show_activity_chart
from unionboard.ui.palette import current_palette
from unionboard.ui.status import describe_status, status_word
from unionboard.ui.text import month_name, named, t, tn, when

CHART_PX = 360
ITEM_ROWS = 8
BIG_CHART_PX = 224
BIG_FONT_PX = 25


def show_areas(board: Board) -> None:
    """One line per work area, one cell per activity."""
    with st.container(border=True, height="stretch", gap="xxsmall"):
        _show_head("category", t("Work areas"), board.activities)
        names = {code: named(area) for code, area in work_areas().items()}
        line_px = min(CHART_PX // max(len(board.areas), 1), 56)
        figure = build_area_cells(board.areas, names, current_palette(), hover=_hover, line_px=line_px)
        show_activity_chart(figure, name="areas", spoken=t("Activities by work area"))


def show_months(board: Board, plan: Plan) -> None:
    """The year as piles of cells, for the back row."""
    with st.container(border=True, gap="xxsmall"):
        _show_head("calendar_month", t("Month by month"), [view for view in board.activities if view.duty is DutyKind.ONE_OFF])
        months = [((day.year, day.month), month_name(day.month)) for day in reversed(list_months(plan))]
        figure = build_month_cells(
            board.activities,
            months,
            current_palette(),
            today=board.as_of,
            hover=_hover,
            height_px=BIG_CHART_PX,
            font_px=BIG_FONT_PX,
        )
        show_activity_chart(figure, name="months", spoken=t("Activities by month"))


def show_fund_items(book: Book) -> None:
    """What the largest items, and those over their budget, have cost of what they may cost."""
    items = list_items(book)
    shown = choose_items(items, ITEM_ROWS)
    with st.container(border=True, height="stretch", gap="xxsmall"):
        with st.container(horizontal=True, wrap=False):
            st.markdown(f":material/account_balance_wallet: **{t('Fund items')}**", width="content")
            st.space("stretch")
            spent, planned = format_fen(book.total_spending_fen, decimals=False), format_fen(book.total_budget_fen, decimals=False)
            st.markdown(f":gray[{t('spent **{spent}** of {planned}', spent=spent, planned=planned)}]", width="content")
        if not items:
            st.markdown(f":gray[{t('Nothing is budgeted or spent yet.')}]")
            return
        figure = build_item_bullets(
            shown,
            names={code: named(item) for code, item in fund_items().items()},
            over=t("{n}% over"),
            unbudgeted=t("no budget"),
            palette=current_palette(),
            row_height=(CHART_PX - 24) // ITEM_ROWS,
        )
        st.plotly_chart(figure, theme=None, key="fund_items", config=CONFIG, alt=t("Fund items"))
        rest = len(items) - len(shown)
        more = tn("{n} more under Fund", "{n} more under Fund", rest) if rest else t("The whole book under Fund")
        with st.container(key="link_fund"):
            st.page_link("pages/fund.py", label=more, icon=":material/arrow_forward:")


def _show_head(icon: str, title: str, views: Sequence[ActivityView]) -> None:
    """The title, and a legend of the statuses that occur."""
    seen = [status for status in Status if any(view.status is status for view in views)]
    with st.container(horizontal=True, wrap=False):
        st.markdown(f":material/{icon}: **{title}**", width="content")
        st.space("stretch")
        entries = "".join(
            f'<span style="display:inline-flex;align-items:center;gap:.4rem;margin-left:1rem">{swatch(status)}{status_word(status)}</span>'
            for status in seen
        )
        st.html(f'<div style="font-size:.875rem;text-align:right">{entries}</div>')


def _hover(view: ActivityView) -> str:
    facts = (view.title, when(view.starts_on, view.ends_on, view.precision), view.owner, describe_status(view))
    return " · ".join(fact for fact in facts if fact)
