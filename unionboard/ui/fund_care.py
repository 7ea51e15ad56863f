"""Care visits on the fund page: counts by occasion, and the drawer that records one. Nobody's name is ever shown.

Source: domain notes D2.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors.fund import CareKindMissing
from unionboard.models import Direction
from unionboard.money import FEN_PER_YUAN, parse_yuan
from unionboard.reference import care_kinds
from unionboard.services import care
from unionboard.services.care import VisitCount, VisitView
from unionboard.ui.actions import LOCAL_USER, action
from unionboard.ui.fund_drawer import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund_words import item_name, items_of
from unionboard.ui.text import language, named, t, tn

_CLICK_KEY = "fund_take_back_visit"


def open_visit() -> None:
    """Open the drawer for a new care visit."""
    open_drawer("visit", visited_on=clock.today(), item="member_activities")


def show_visits(counts: Sequence[VisitCount]) -> None:
    """How many visits, to how many people, on which occasions."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        people = sum(count.people for count in counts)
        total = tn("{n} person-time", "{n} person-times", people)
        st.markdown(f":material/favorite: **{t('Care visits')}**　**{total}**", width="content")
        st.space("stretch")
        for count in counts:
            st.markdown(f":gray[{named(care_kinds()[count.kind])}] **{count.people}**", width="content")
        st.button(t("Record a visit"), icon=":material/add:", key="open_visit", on_click=open_visit)


def show_visit_form(year: int) -> None:
    """Ask for a visit, and below let earlier ones be taken back."""
    left, right = st.columns(2, wrap=False)
    left.selectbox(
        t("Occasion"),
        list(care_kinds()),
        index=None,
        format_func=lambda code: named(care_kinds()[code]),
        placeholder=t("Choose"),
        key=f"{FORM_PREFIX}kind",
    )
    right.date_input(t("Date"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}visited_on")
    people, amount = st.columns(2, wrap=False)
    people.number_input(t("Persons visited"), min_value=1, max_value=9999, step=1, key=f"{FORM_PREFIX}people")
    amount.text_input(t("Amount (yuan, empty for none)"), placeholder="500", key=f"{FORM_PREFIX}amount")
    st.selectbox(t("Booked under"), items_of(Direction.OUT), format_func=item_name, key=f"{FORM_PREFIX}item")
    st.text_input(t("Gifts"), max_chars=120, key=f"{FORM_PREFIX}goods")
    st.text_input(t("Who went"), max_chars=120, key=f"{FORM_PREFIX}visitors")
    st.text_input(
        t("Whom (name or code, optional)"),
        max_chars=40,
        help=t("Kept in the database only: no page, export or summary shows it. Do not write illnesses or family matters anywhere."),
        key=f"{FORM_PREFIX}recipient",
    )
    show_buttons(t("Record the visit"), _record)
    _show_earlier(year)


def _record() -> None:
    state = st.session_state
    today = clock.today()

    def change(session: Session) -> object:
        return care.record_visit(
            session,
            visited_on=state[f"{FORM_PREFIX}visited_on"] or today,
            kind=_chosen_kind(),
            people=int(state[f"{FORM_PREFIX}people"] or 0),
            amount_fen=parse_yuan(typed("amount")) if typed("amount") else 0,
            goods=typed("goods"),
            visitors=typed("visitors"),
            recipient=typed("recipient"),
            item=state[f"{FORM_PREFIX}item"],
            today=today,
            who=LOCAL_USER,
            now_utc=clock.now_utc(),
        )

    if action(change, done=t("Visit recorded.")).ok:
        leave_drawer()


def _chosen_kind() -> str:
    kind = st.session_state[f"{FORM_PREFIX}kind"]
    if kind is None:
        raise CareKindMissing
    return str(kind)


def _show_earlier(year: int) -> None:
    with db.reading() as session:
        visits = care.list_visits(session, first=date(year, 1, 1), last=date(year, 12, 31))
    if not visits:
        return
    with st.expander(t("Take a visit back"), icon=":material/undo:", key="earlier_visits"):
        st.text_input(t("Why"), max_chars=200, key=f"{FORM_PREFIX}reason")
        st.dataframe(
            _frame(visits),
            hide_index=True,
            height=min(len(visits) + 1, 8) * 36,
            column_config=_columns([visit.id for visit in visits]),
            placeholder="",
            key="visits_table",
            alt=t("Recorded visits"),
        )


def _frame(visits: Sequence[VisitView]) -> pd.DataFrame:
    """A row a visit, without names and with merged occasions; the sum in yuan."""
    return pd.DataFrame(
        {
            "visited_on": [visit.visited_on for visit in visits],
            "kind": [named(care_kinds()[visit.kind]) for visit in visits],
            "people": [visit.people for visit in visits],
            "amount": [visit.amount_fen / FEN_PER_YUAN or None for visit in visits],
            "take_back": [t("Take back") for _ in visits],
        }
    )


def _columns(visit_ids: list[int]) -> dict[str, Any]:
    config = st.column_config
    return {
        "visited_on": config.DateColumn(t("Date"), format="D MMM" if language() == "en" else "M月D日"),
        "kind": config.TextColumn(t("Occasion")),
        "people": config.NumberColumn(t("Persons"), alignment="right"),
        "amount": config.NumberColumn(t("Amount ¥"), format="accounting", alignment="right"),
        "take_back": config.ButtonColumn("", type="tertiary", key=_CLICK_KEY, on_click=_take_back_row, args=(visit_ids,)),
    }


def _take_back_row(visit_ids: list[int]) -> None:
    visit_id = visit_ids[st.session_state[_CLICK_KEY]["row"]]
    today = clock.today()
    stamp: dict[str, Any] = {"booked_on": today, "today": today, "who": LOCAL_USER, "now_utc": clock.now_utc()}
    if action(lambda session: care.take_back_visit(session, visit_id, reason=typed("reason"), **stamp), done=t("Taken back.")).ok:
        leave_drawer()
