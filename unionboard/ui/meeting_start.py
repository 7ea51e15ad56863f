"""No meeting is open: begin the next one, and read the minutes of those before."""

from collections.abc import Sequence

import streamlit as st

from unionboard import clock, db
from unionboard.models import Meeting, Plan
from unionboard.services import meetings
from unionboard.services.minutes import read_minutes
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.board_links import BIG, is_big
from unionboard.ui.meeting_messages import offer_invitation, offer_minutes_message
from unionboard.ui.meeting_minutes import offer_minutes
from unionboard.ui.meeting_promises import show_promises
from unionboard.ui.meeting_stage import stamp
from unionboard.ui.meeting_words import name_meeting
from unionboard.ui.record_history import show_record_history
from unionboard.ui.text import escape, long_date, t, tn, weekday

DAY_PX = {False: 200, True: 340}


def start_keys(plan: Plan) -> dict[str, str]:
    """Enter presses the one thing to do: the minutes of a meeting that ended today, else the beginning of the next."""
    with db.reading() as session:
        last = meetings.last_meeting(session, plan.id or 0)
    is_over = last is not None and last.held_on == clock.today()
    return {"Enter": f"go_minutes_{last.id}" if last and is_over else "go_meeting_start"}


def show_start(plan: Plan) -> None:
    """The next meeting's number and day; then the earlier ones, newest first."""
    with db.reading() as session:
        past = meetings.list_meetings(session, plan.id or 0)
    today = clock.today()
    number = past[0].number + 1 if past else 1
    is_over = bool(past) and past[0].held_on == today
    if is_over:
        _show_ended(past[0])
    with st.container(border=True, key="meeting_start"):
        st.title(name_meeting(number), anchor=False)
        st.markdown(
            t("The program proposes what to go through: what was not reached last time, what is late, this month, next month, the fund.")
        )
        if identity.may(Act.HOLD_MEETING):
            _ask_day(plan, is_over=is_over)
            if not is_big():
                offer_invitation(plan, place=past[0].place if past else "")
    show_promises(plan)
    if not is_over or past[1:]:
        _show_past(past[1:] if is_over else past)
    if is_big() and not is_over:  # no navigation above
        _link_board()


def _ask_day(plan: Plan, *, is_over: bool) -> None:
    today = clock.today()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(t("Held on"), today, max_value=today, format="YYYY-MM-DD", key="meeting_held_on", width=DAY_PX[is_big()])
        st.button(
            t("Begin the meeting"),
            type="secondary" if is_over else "primary",
            icon=":material/play_arrow:",
            key="go_meeting_start",
            on_click=_start,
            args=(plan,),
        )


def _start(plan: Plan) -> None:
    held_on = st.session_state["meeting_held_on"] or clock.today()
    action(lambda session: meetings.start_meeting(session, plan.id or 0, held_on=held_on, today=clock.today(), **stamp()))


def _show_ended(meeting: Meeting) -> None:
    """The meeting that ended today: its minutes are the next step."""
    with st.container(border=True, key="meeting_ended"):
        st.markdown(f":green[:material/check_circle:] **{t('{meeting} has ended', meeting=name_meeting(meeting.number))}**")
        st.markdown(_tell(meeting))
        with st.container(horizontal=True):
            offer_minutes(meeting, is_primary=True)
            offer_minutes_message(meeting)
            _link_board()


def _link_board() -> None:
    query = {"screen": BIG} if is_big() else None
    st.page_link("pages/board.py", label=t("To the board"), icon=":material/arrow_forward:", query_params=query)


def _show_past(past: Sequence[Meeting]) -> None:
    if not past:
        st.markdown(f":gray[{t('The minutes of ended meetings will stand here.')}]")
        return
    st.markdown(f"**{t('Earlier meetings')}**")
    with st.container(border=True, gap="small", key="meeting_past"):
        for meeting in past:
            with st.container(horizontal=True, vertical_alignment="center", key=f"meeting_past_{meeting.id}"):
                with st.container():
                    st.markdown(f"**{name_meeting(meeting.number)}**　{long_date(meeting.held_on)}　{weekday(meeting.held_on)}")
                    st.markdown(f":small[:gray[{_tell(meeting)}]]")
                offer_minutes(meeting)
            if not is_big():
                show_record_history("meeting", meeting.id or 0, key=f"history_meeting_{meeting.id}")


def _tell(meeting: Meeting) -> str:
    """Where it was, who was there, how much was decided, as the minutes have it."""
    facts = read_minutes(meeting.minutes or {})
    made = len(facts.decisions) + sum(len(item.decisions) for item in facts.items)
    present = t("{present} of {due} present", present=len(facts.present), due=len(facts.present) + len(facts.absent))
    left = len(facts.not_reached)
    missed = tn("{n} point not reached", "{n} points not reached", left) if left else ""
    return "　·　".join(part for part in (escape(facts.place), present, tn("{n} decision", "{n} decisions", made), missed) if part)
