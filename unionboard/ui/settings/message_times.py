"""When a union's reminders go out, and what the next ones say."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.messaging.rounds import local_now
from unionboard.messaging.wording import Message, word
from unionboard.models import MessageChannel, MessageEvent, MessagePolicy
from unionboard.services.message_dues import read_current, tell_budget, tell_late, tell_week
from unionboard.services.message_facts import Facts
from unionboard.services.message_policy import next_daily, next_weekly, read_policy, save_policy
from unionboard.services.sent_messages import list_abouts
from unionboard.ui.actions import action
from unionboard.ui.settings.message_forms import EVENT_NAMES, stamp
from unionboard.ui.text import escape, language, short_date, t, weekday

_STEP_S = 900


def show_times() -> None:
    """The card with the weekday, the time, the quiet hours and the share from which a budget counts as near its end."""
    with db.reading() as session:
        policy = read_policy(session)
    keys = {name: f"messages_{name}_{policy.version}" for name in ("weekday", "send_at", "quiet_from", "quiet_until", "share", "url")}
    with st.container(border=True, key="messages_times"):
        st.subheader(t("Sending times"), anchor=False)
        with st.form("messages_policy", border=False):
            left, right = st.columns(2)
            days = list(range(1, 8))
            label = t("What is due this week, on")
            left.selectbox(label, days, policy.weekday - 1, format_func=lambda day: weekday(date(2024, 1, day)), key=keys["weekday"])
            right.time_input(t("at what time"), _as_time(policy.send_at), step=_STEP_S, key=keys["send_at"])
            st.markdown(
                f":small[:gray[{t('What has become late, and budgets near their end: on every day with news, at the same time.')}]]"
            )
            left, right = st.columns(2)
            left.time_input(t("Quiet from"), _as_time(policy.quiet_from), step=_STEP_S, key=keys["quiet_from"])
            right.time_input(t("until"), _as_time(policy.quiet_until), step=_STEP_S, key=keys["quiet_until"])
            label = t("A fund item is near its end from (%)")
            st.number_input(label, min_value=1, max_value=100, value=policy.budget_share_pct, step=5, key=keys["share"])
            label = t("Address of this board, for a link in the messages")
            st.text_input(label, policy.board_url, max_chars=300, placeholder="https://…", autocomplete="off", key=keys["url"])
            st.form_submit_button(t("Save"), key="save_messages_policy", on_click=_save, args=(policy, keys))


def show_next(channels: Sequence[MessageChannel]) -> None:
    """The card with what would go out next, as it stands now, in the language of the screen."""
    local = local_now(today=clock.today(), now_utc=clock.now_utc())
    with st.container(border=True, key="messages_next"):
        st.subheader(t("What comes next"), anchor=False)
        with db.reading() as session:
            policy = read_policy(session)
            found = _preview(session, policy, channels, local)
        if not found:
            st.markdown(f":gray[{t('As it stands, nothing is to be told.')}]")
        for event, moment, message in found:
            when = t("{day} ({weekday}) {time}", day=short_date(moment.date()), weekday=weekday(moment.date()), time=f"{moment:%H:%M}")
            with st.container(gap=None, key=f"next_{event}"):
                st.markdown(f":small[:gray[{t(EVENT_NAMES[event])} · {when}]]")
                st.markdown(f"**{escape(message.title)}**")
                st.text(message.text)
        told = t("As it stands now. Titles that name somebody or tell of an illness are left out; their area is told instead.")
        st.markdown(f":small[:gray[{told}]]")


def _preview(
    session: Session, policy: MessagePolicy, channels: Sequence[MessageChannel], local: datetime
) -> list[tuple[MessageEvent, datetime, Message]]:
    """What each event would say next to the first group that is told of it."""
    standing = read_current(session, today=local.date())
    found: list[tuple[MessageEvent, datetime, Message]] = []
    for event in (MessageEvent.DUE_THIS_WEEK, MessageEvent.LATE, MessageEvent.BUDGET_NEAR_END):
        channel = next((row for row in channels if row.is_on and event.value in row.events), None)
        if channel is None or standing is None:
            continue
        if event is MessageEvent.DUE_THIS_WEEK:
            moment = next_weekly(policy, local)
            later = read_current(session, today=moment.date())
            facts: Facts | None = tell_week(later, week_of=moment.date()) if later else None
        else:
            moment = next_daily(policy, local)
            told = list_abouts(session, channel.id or 0, event)
            facts = tell_late(standing, told=told) if event is MessageEvent.LATE else tell_budget(session, standing, policy, told=told)
        if facts is not None:
            found.append((event, moment, word(facts, language=language())))
    return found


def _save(policy: MessagePolicy, keys: dict[str, str]) -> None:
    typed = st.session_state
    told: dict[str, Any] = {
        "weekday": int(typed[keys["weekday"]]),
        "send_at": _as_minutes(typed[keys["send_at"]]),
        "quiet_from": _as_minutes(typed[keys["quiet_from"]]),
        "quiet_until": _as_minutes(typed[keys["quiet_until"]]),
        "budget_share_pct": int(typed[keys["share"]] or policy.budget_share_pct),
    }
    url = str(typed[keys["url"]] or "")
    action(lambda session: save_policy(session, **told, board_url=url, version=policy.version, **stamp()), done=t("Saved."))


def _as_time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _as_minutes(clock_time: time) -> int:
    return clock_time.hour * 60 + clock_time.minute
