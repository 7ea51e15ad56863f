"""A meeting is called, its minutes are ready: offered to the groups with the words they would get, and sent by one press."""

from collections.abc import Callable
from datetime import date, time, timedelta

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.errors.messages import NoChannelWanted
from unionboard.messaging.rounds import put_facts
from unionboard.messaging.wording import word
from unionboard.models import Meeting, MessageEvent, Plan
from unionboard.services.guard import require
from unionboard.services.message_channels import list_channels
from unionboard.services.message_dues import read_standing, tell_invitation, tell_minutes
from unionboard.services.message_facts import Facts
from unionboard.services.permissions import Act
from unionboard.services.sent_messages import has_message
from unionboard.ui import identity
from unionboard.ui.actions import action, report
from unionboard.ui.message_sending import send_waiting
from unionboard.ui.refusals import tell
from unionboard.ui.text import escape, language, listed, t

_DAY, _AT, _PLACE = "invitation_day", "invitation_at", "invitation_place"
_USUAL = time(15, 0)


def offer_invitation(plan: Plan, *, place: str) -> None:
    """Day, time and place of the next meeting, and the message; nothing where no group is told of meetings. ``place``: the last one's."""
    names = _list_groups(MessageEvent.MEETING_CALLED)
    if not names:
        return
    with st.expander(t("Invite to the next meeting"), icon=":material/campaign:", key="invitation_box"):
        left, middle, right = st.columns([2, 2, 3])
        usual = _next_working_day(clock.today())
        day = left.date_input(t("Day"), usual, min_value=clock.today(), format="YYYY-MM-DD", key=_DAY) or usual
        at = middle.time_input(t("Begins at"), _USUAL, step=900, key=_AT) or _USUAL
        where = right.text_input(t("Place"), place, max_chars=40, autocomplete="off", key=_PLACE)
        try:
            with db.reading() as session:
                facts = _invite(session, plan, day, at, str(where or ""))
        except Refusal as refusal:
            st.error(tell(refusal), icon=":material/block:")
            return
        _show(facts, names)
        label = t("Send to the groups")
        st.button(label, type="primary", icon=":material/send:", key="send_invitation", on_click=_send_invitation, args=(plan, day, at))


def offer_minutes_message(meeting: Meeting) -> None:
    """That the minutes are ready; nothing where no group is told so, or has been."""
    names = _list_groups(MessageEvent.MINUTES_READY)
    facts = tell_minutes(meeting)
    if not names or _was_told(facts):
        return
    with st.popover(t("Tell the groups"), icon=":material/campaign:", key="minutes_message"):
        _show(facts, names)
        st.button(
            t("Send to the groups"), type="primary", icon=":material/send:", key="send_minutes", on_click=_send_minutes, args=(meeting,)
        )


def _next_working_day(today: date) -> date:
    return today + timedelta(days=max(1, 8 - today.isoweekday()) if today.isoweekday() >= 5 else 1)


def _list_groups(event: MessageEvent) -> list[str]:
    """What the groups are called that are told of it; none for whoever does not hold meetings."""
    if not identity.may(Act.HOLD_MEETING):
        return []
    with db.reading() as session:
        return [channel.name for channel in list_channels(session, event=event)]


def _show(facts: Facts, names: list[str]) -> None:
    message = word(facts, language=language())
    with st.container(border=True, gap="xsmall", key=f"message_{facts.occasion.event}"):
        st.markdown(f"**{escape(message.title)}**")
        st.text(message.text)
    st.markdown(f":small[:gray[{t('Goes to: {groups}', groups=listed(escape(name) for name in names))}]]")


def _was_told(facts: Facts) -> bool:
    with db.reading() as session:
        channels = list_channels(session, event=facts.occasion.event)
        return all(has_message(session, channel.id or 0, facts.occasion) for channel in channels)


def _invite(session: Session, plan: Plan, day: date, at: time, place: str) -> Facts:
    standing = read_standing(session, plan, today=clock.today())
    return tell_invitation(session, standing, day=day, at=at.hour * 60 + at.minute, place=place)


def _send_invitation(plan: Plan, day: date, at: time) -> None:
    place = str(st.session_state.get(_PLACE) or "")
    _send(lambda session: _invite(session, plan, day, at, place))


def _send_minutes(meeting: Meeting) -> None:
    _send(lambda _session: tell_minutes(meeting))


def _send(make: Callable[[Session], Facts]) -> None:
    now_utc = clock.now_utc()

    def change(session: Session) -> int:
        require(session, Act.HOLD_MEETING)
        facts = make(session)
        if not list_channels(session, event=facts.occasion.event):
            raise NoChannelWanted
        return put_facts(session, facts, now_utc=now_utc)

    outcome = action(change)
    if outcome.ok and outcome.value:
        send_waiting()
    elif outcome.ok:
        report(t("The groups have this message already."))
