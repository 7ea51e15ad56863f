"""The view "budget": what the year allows, how far it is used, and how it was changed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import streamlit as st

from unionboard import clock, db
from unionboard.models import Direction, FundSource
from unionboard.money import format_fen
from unionboard.reference import FundItem
from unionboard.services import budget, execution
from unionboard.services.budget import BudgetView
from unionboard.services.execution import BudgetState, Execution
from unionboard.services.fund_items import list_items
from unionboard.services.permissions import Act
from unionboard.ui.components.budget_table import show_budget_table
from unionboard.ui.fund.budget_amendments import open_amendment, show_amendment_form, show_amendments, show_decision_form
from unionboard.ui.fund.budget_form import open_adoption, open_budget, show_adoption_form, show_budget_form
from unionboard.ui.fund.budget_planned import open_planned, show_planned_form
from unionboard.ui.fund.budget_rows import APPROVED, BOOKED, LAST, PLANNED, write_budget
from unionboard.ui.fund.filter import VIEW_KEY, narrow_ledger
from unionboard.ui.fund.item_editor import open_items, show_item_form, show_items_form
from unionboard.ui.fund.words import item_name
from unionboard.ui.offers import offer
from unionboard.ui.record_history import show_record_history
from unionboard.ui.text import escape, listed, long_date, t

__all__ = ["YEAR_KEY", "budget_drawers", "open_budget", "show_budget_form", "show_budget_view"]

CLAIMS = "claims"
YEAR_KEY = "fund_year"
NEXT_YEAR_FROM_MONTH = 10
"""From this month on the view offers to prepare the next year's budget."""


def show_budget_view(year: int) -> None:
    """The year's budget and its execution as one table, under what it comes to in a sentence; amendments below."""
    with db.reading() as session:
        view, money, items = budget.read_budget(session, year), execution.read_execution(session, year), list_items(session)
        following = budget.read_budget(session, year + 1)
    if money.is_empty and view.is_empty:
        _show_nothing(year)
        return
    _show_head(view, following, today=clock.today())
    with st.container(gap="xsmall", key="budget_told"):
        st.markdown(_tell_means(money))
        for sentence in _tell_use(money, items):
            st.markdown(sentence)
    show_budget_table(write_budget(money, items), on_ask=lambda column, item, source: _ask(year, column, item, source))
    show_amendments(view, items)
    show_record_history("fund_year", year)


def budget_drawers() -> dict[str, tuple[str, Callable[[int | None], None]]]:
    """The drawers of this view by name, for ``drawer.show_drawer``."""
    return {
        "budget": (t("Budget and opening"), show_budget_form),
        "budget_adopt": (t("Adopt the budget"), show_adoption_form),
        "budget_amend": (t("Propose an amendment"), show_amendment_form),
        "budget_decide": (t("Decide on an amendment"), show_decision_form),
        "budget_planned": (t("What activities are to cost"), show_planned_form),
        "items": (t("Items of the books"), show_items_form),
        "item": (t("An item of the books"), show_item_form),
    }


def _show_nothing(year: int) -> None:
    with st.container(border=True):
        st.markdown(f"**{t('There is no budget for {year} yet.', year=year)}**")
        st.markdown(
            t("Here every item will stand with what it may cost, what the plan's activities need, what is approved, paid and left.")
        )
        with st.container(horizontal=True):
            offer(
                Act.PLAN_BUDGET,
                t("Fill in the budget"),
                type="primary",
                icon=":material/tune:",
                key="go_begin_budget",
                on_click=open_budget,
                args=(year,),
            )
            offer(Act.SET_FUND_RULES, t("Items"), icon=":material/category:", key="open_items", on_click=open_items)


def _show_head(view: BudgetView, following: BudgetView, *, today: date) -> None:
    """Whether the budget is adopted and by what, and what may be done with it."""
    with st.container(horizontal=True, vertical_alignment="center", key="budget_head"):
        st.markdown(f"**{t('Budget {year}', year=view.year)}**　{_tell_state(view)}", width="content")
        st.space("stretch")
        offer(Act.SET_FUND_RULES, t("Items"), type="tertiary", icon=":material/category:", key="open_items", on_click=open_items)
        if not view.is_closed and view.adopted_on is not None:
            offer(
                Act.ADOPT_BUDGET,
                t("Mend the adoption"),
                type="tertiary",
                icon=":material/edit:",
                key="open_adoption",
                on_click=open_adoption,
                args=(view.year,),
            )
        if today >= date(view.year, NEXT_YEAR_FROM_MONTH, 1) and following.adopted_on is None:
            label = t("Prepare the {year} budget", year=view.year + 1)
            offer(Act.PLAN_BUDGET, label, icon=":material/event_upcoming:", key="prepare_next", on_click=open_budget, args=(view.year + 1,))
        if view.is_closed:
            return
        if view.adopted_on is not None:
            label, icon = t("Propose an amendment"), ":material/difference:"
            offer(Act.PLAN_BUDGET, label, icon=icon, key="open_amendment", on_click=open_amendment, args=(view.year,))
            return
        offer(Act.PLAN_BUDGET, t("Edit the budget"), icon=":material/tune:", key="edit_budget", on_click=open_budget, args=(view.year,))
        if not view.is_empty:
            label, icon = t("Adopt the budget"), ":material/check:"
            offer(Act.ADOPT_BUDGET, label, icon=icon, key="adopt_budget", on_click=open_adoption, args=(view.year,))


def _tell_state(view: BudgetView) -> str:
    if view.adopted_on is None:
        return f":orange-badge[:material/edit_note: {t('Not adopted yet')}]"
    words = escape(view.resolution)
    return f":green-badge[:material/check: {t('Adopted')}]　:gray[{long_date(view.adopted_on)}　{words}]"


def _tell_means(money: Execution) -> str:
    """What may be spent against what there is, in one sentence."""
    facts = {
        "opening": _bold(money.opening_fen),
        "income": _bold(money.income.budget_fen or money.income.booked_fen),
        "spending": _bold(money.spending.budget_fen),
        "left": _bold(abs(money.planned_balance_fen)),
    }
    if not money.spending.budget_fen:
        return t("Carried over {opening}, income {income}; no spending is budgeted yet.", **facts)
    expected = (
        t("Carried over {opening} and {income} of income expected", **facts)
        if money.income.budget_fen
        else t("Carried over {opening} and {income} of income received", **facts)
    )
    if money.planned_balance_fen < 0:
        told = t("{means}: the {spending} of spending allowed are {left} more than that.", means=expected, **facts)
        return f":orange[:material/warning: {told}]"
    return t("{means}, {spending} of spending allowed: {left} left at the year's end.", means=expected, **facts)


def _tell_use(money: Execution, items: Mapping[str, FundItem]) -> Iterator[str]:
    """What is used of it, and which items are over, near or without a budget."""
    spending = money.spending
    if spending.budget_fen:
        facts = {"paid": _bold(spending.booked_fen), "share": spending.share_pct, "approved": _bold(spending.approved_fen)}
        paid = (
            t("{paid} paid ({share}%), {approved} approved and not paid yet", **facts)
            if spending.approved_fen
            else t("{paid} paid ({share}%)", **facts)
        )
        if spending.left_fen >= 0:
            yield t("{paid}; {left} may still be spent.", paid=paid, left=_bold(spending.left_fen))
        else:
            yield t("{paid}; {left} more than the budget.", paid=paid, left=f":orange[{_bold(-spending.left_fen)}]")
    rows = [row.whole for group in money.groups if group.direction is Direction.OUT for row in group.items]
    used = [pot for pot in rows if pot.used_fen]
    for icon, words, told in (
        (
            ":orange[:material/error:]",
            t("Over the budget: {items}"),
            [(pot, _plain(-pot.left_fen)) for pot in used if pot.state is BudgetState.OVER],
        ),
        (
            ":yellow[:material/warning:]",
            t("Near the budget: {items}"),
            [(pot, f"{pot.used_fen * 100 // pot.budget_fen}%") for pot in used if pot.state is BudgetState.NEAR],
        ),
        (
            ":yellow[:material/help:]",
            t("Spent without a budget: {items}"),
            [(pot, _plain(pot.used_fen)) for pot in used if pot.state is BudgetState.UNBUDGETED],
        ),
        (
            ":yellow[:material/event_note:]",
            t("The activities plan more than the budget: {items}"),
            [(pot, _plain(beyond)) for pot in rows if pot.budget_fen and (beyond := (pot.planned_fen or 0) - pot.budget_fen) > 0],
        ),
    ):
        if told:
            names = listed(f"{escape(item_name(pot.item, items))} {figure}" for pot, figure in told)
            yield f"{icon} {words.format(items=names)}"


def _plain(amount_fen: int) -> str:
    return format_fen(amount_fen, decimals=False)


def _bold(amount_fen: int) -> str:
    """A sum in prose. The number alone is bold: beside a Chinese word Markdown takes no emphasis that begins with a sign."""
    return t("{amount} yuan", amount=f"**{format_fen(amount_fen, symbol='', decimals=False)}**")


def _ask(year: int, column: str, item: str, source: str) -> None:
    """What is behind a figure: entries of this year or the last, claims, activities. Of a total ``item`` is its side."""
    if column in (BOOKED, LAST):
        is_total = item in list(Direction)
        narrow_ledger(
            item=None if is_total else item,
            side=Direction(item) if is_total else None,
            source=FundSource(source) if source else None,
        )
        if column == LAST:
            st.session_state[YEAR_KEY] = year - 1
    elif column == APPROVED:
        st.session_state[VIEW_KEY] = CLAIMS
    elif column == PLANNED:
        open_planned(year, item)
