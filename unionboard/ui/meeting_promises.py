"""Between two meetings: what the earlier ones left somebody to do is ticked off when it is done, not only when the next one asks."""

from datetime import date

import streamlit as st

from unionboard import clock, db
from unionboard.models import Decision, Plan
from unionboard.services import decisions, meetings
from unionboard.services.permissions import Act
from unionboard.ui.actions import action
from unionboard.ui.meeting_stage import stamp
from unionboard.ui.meeting_words import Speech, speak
from unionboard.ui.offers import offer
from unionboard.ui.text import short_date, t, tn


def show_promises(plan: Plan) -> None:
    """One row for each, the most pressing first; what was ticked today can be opened again."""
    today = clock.today()
    with db.reading() as session:
        rows = meetings.list_open_follow_ups(session, plan.id or 0, or_settled_on=today)
    if not rows:
        return
    speech, still_open = speak(), sum(row.settled_on is None for row in rows)
    st.markdown(f"**{t('Left to do by meetings')}**　{tn('{n} item', '{n} items', still_open)}")
    with st.container(border=True, gap="small", key="meeting_promises"):
        for row in rows:
            _show_row(row, speech, today)


def _show_row(row: Decision, speech: Speech, today: date) -> None:
    facts = [speech.said(row.owner)] if row.owner else []
    if row.due_on:
        late = row.settled_on is None and row.due_on < today
        until = t("until {day}", day=short_date(row.due_on))
        facts.append(f":orange[**{until} · {t('Late')}**]" if late else until)
    if row.settled_on:
        facts.append(f":green[{t('settled on {day}', day=short_date(row.settled_on))}]")
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"promise_row_{row.id}"):
        with st.container():
            st.markdown(f"{speech.said(row.text)}　:gray[{'　·　'.join(facts)}]")
        if row.settled_on:
            offer(
                Act.HOLD_MEETING,
                t("Still open"),
                type="tertiary",
                icon=":material/undo:",
                key=f"reopen_{row.id}",
                on_click=_settle,
                args=(row.id, None),
            )
        else:
            offer(Act.HOLD_MEETING, t("Done"), icon=":material/check:", key=f"settle_{row.id}", on_click=_settle, args=(row.id, today))


def _settle(decision_id: int, day: date | None) -> None:
    today = clock.today()
    action(lambda session: decisions.settle_follow_up(session, decision_id, settled_on=day, today=today, **stamp()))
