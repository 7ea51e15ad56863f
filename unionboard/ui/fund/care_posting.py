"""The drawer that books what waits: visits in one entry or one each, at once or through a claim; and the same for a hand-out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import Claim
from unionboard.money import format_fen
from unionboard.services import care_posting
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons
from unionboard.ui.fund.claim_form import SLIP
from unionboard.ui.fund.hands import ask_hands, typed_hands
from unionboard.ui.identity import acting_name, acting_who
from unionboard.ui.text import t, tn

CLAIM, AT_ONCE = "claim", "at_once"


def open_posting(year: int) -> None:
    """Open the drawer for the visits of ``year`` that wait."""
    today = clock.today()
    day = today if year == today.year else date(year, 12, 31)
    open_drawer("care_posting", until=day, booked_on=today, way=CLAIM, handler=acting_name())


def show_posting_form(year: int) -> None:
    """Say up to which day, in which way and under whose names, and book."""
    st.date_input(t("Visits up to"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}until")
    with db.reading() as session:
        waiting = care_posting.list_open_visits(session, last=st.session_state[f"{FORM_PREFIX}until"])
    visits = [visit for visit in waiting if visit.visited_on.year == year]
    if not visits:
        st.markdown(f":gray[{t('No visit with a sum is waiting to be booked.')}]")
        return
    amount = format_fen(sum(visit.amount_fen for visit in visits))
    people = tn("{n} person-time", "{n} person-times", sum(visit.people for visit in visits))
    with st.container(border=True):
        st.markdown(f"**{tn('{n} visit', '{n} visits', len(visits))}**　{people}　**{amount}**")
        pots = len({(visit.item, visit.source) for visit in visits})
        if pots > 1:
            st.markdown(f":small[:gray[{t('They are booked under {n} items or sources: one entry for each.', n=pots)}]]")
    is_claim = ask_way()
    if not is_claim:
        st.toggle(
            t("One entry for each visit"),
            help=t("Else one entry for all of them: the ledger then tells no single visit."),
            key=f"{FORM_PREFIX}one_each",
        )
    ids = [visit.id or 0 for visit in visits]
    show_buttons(t("Make the claim") if is_claim else t("Book it"), _claim if is_claim else _post, ids, year)


def ask_way() -> bool:
    """Claim or book at once, and what that needs; whether it is a claim."""
    words = {CLAIM: t("Through a claim"), AT_ONCE: t("Book at once")}
    way = st.segmented_control(
        t("Way"),
        list(words),
        format_func=lambda code: words[code],
        required=True,
        label_visibility="collapsed",
        width="stretch",
        key=f"{FORM_PREFIX}way",
    )
    if way == CLAIM:
        st.markdown(f":small[:gray[{t('A draft of a claim is made; it is booked when it is paid.')}]]")
        return True
    st.session_state.setdefault(f"{FORM_PREFIX}booked_on", clock.today())
    st.date_input(t("Date"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}booked_on")
    ask_hands()
    return False


def typed_booking() -> dict[str, Any]:
    """What ``ask_way`` asked for booking at once, with today and who books."""
    today = clock.today()
    day = st.session_state.get(f"{FORM_PREFIX}booked_on") or today
    return {**typed_hands(), "booked_on": day, "today": today, "who": acting_who(), "now_utc": clock.now_utc()}


def run(change: Callable[[Session], object], done: str) -> None:
    """One booking, and the drawer closes when it went well."""
    if action(change, done=done).ok:
        leave_drawer()


def _post(visit_ids: list[int], _year: int) -> None:
    booking, is_one_each = typed_booking(), bool(st.session_state.get(f"{FORM_PREFIX}one_each"))
    run(lambda session: care_posting.post_visits(session, visit_ids, is_one_each=is_one_each, **booking), t("Booked."))


def _claim(visit_ids: list[int], year: int) -> None:
    stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc(), "handler": acting_name()}
    follow_claims(lambda session: care_posting.claim_visits(session, visit_ids, year=year, **stamp))


def follow_claims(draft: Callable[[Session], list[Claim]]) -> None:
    """Draft claims and go to the first of them: there it is handed in."""
    outcome = action(draft, done=t("The claim is drafted. Hand it in here or later under “Claims”."))
    if outcome.ok and outcome.value:
        open_drawer(SLIP, outcome.value[0].id)
        st.rerun()
