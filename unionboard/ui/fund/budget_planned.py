"""The drawer behind what activities are to cost: which they are, and on which item each is planned."""

from collections.abc import Mapping

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import DatePrecision, Direction
from unionboard.money import format_fen
from unionboard.reference import FundItem
from unionboard.services import amendments, execution
from unionboard.services.execution import PlannedActivity
from unionboard.services.fund_items import list_items
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons
from unionboard.ui.fund.words import item_name, items_of
from unionboard.ui.identity import acting_who
from unionboard.ui.text import escape, t, tn, when


def open_planned(year: int, item: str) -> None:
    """Open the drawer with the activities planned on ``item``, or ("") with those whose item nobody has said, suggestions filled in."""
    with db.reading() as session:
        shown = _choose(execution.list_planned(session, year), item)
    open_drawer("budget_planned", year, item=item, seen=shown, **{f"item_{one.id}": one.item or one.suggested for one in shown})


def show_planned_form(_subject: int | None) -> None:
    """Each activity with its month, its planned money and its item, which may be said here."""
    with db.reading() as session:
        items = list_items(session)
    item: str = st.session_state[f"{FORM_PREFIX}item"]
    shown: tuple[PlannedActivity, ...] = st.session_state[f"{FORM_PREFIX}seen"]
    total = format_fen(sum(one.planned_fen for one in shown))
    count = tn("{n} activity", "{n} activities", len(shown))
    st.markdown(f"**{escape(item_name(item, items)) if item else t('Item not said yet')}**　:gray[{count}　{total}]")
    if not item:
        told = t("What is filled in is what activities of the same work area were mostly booked on. Look it over, then save.")
        st.markdown(f":small[:gray[{told}]]")
    codes = items_of(Direction.OUT, items)
    for one in shown:
        _ask_item(one, codes, items)
    if identity.may(Act.EDIT_PLAN):
        show_buttons(t("Save the items"), _save, shown)


def _choose(planned: tuple[PlannedActivity, ...], item: str) -> tuple[PlannedActivity, ...]:
    return tuple(one for one in planned if one.item == (item or None))


def _ask_item(one: PlannedActivity, codes: list[str], items: Mapping[str, FundItem]) -> None:
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, wrap=False, gap="small"):
            time = when(one.starts_on, one.ends_on, DatePrecision.MONTH)
            st.markdown(f"{escape(one.title)}　:small[:gray[{time}]]", width="stretch")
            st.markdown(format_fen(one.planned_fen, decimals=False), width="content")
        st.selectbox(
            t("Item for {activity}", activity=one.title),
            codes,
            index=None,
            format_func=lambda code: item_name(code, items),
            placeholder=t("Choose an item"),
            label_visibility="collapsed",
            key=f"{FORM_PREFIX}item_{one.id}",
        )


def _save(shown: tuple[PlannedActivity, ...]) -> None:
    def change(session: Session) -> None:
        for one in shown:
            code = st.session_state.get(f"{FORM_PREFIX}item_{one.id}")
            if code != one.item:
                amendments.save_activity(
                    session, one.id, version=one.version, fund_item=code or "", who=acting_who(), now_utc=clock.now_utc()
                )

    if action(change, done=t("Items of the activities saved.")).ok:
        leave_drawer()
