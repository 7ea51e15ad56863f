"""The plan as it once stood, laid behind today's: as of when, and in one line what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import streamlit as st

from unionboard import clock
from unionboard.i18n import mark
from unionboard.models import Plan
from unionboard.services.activities import ActivityView
from unionboard.ui.address import note_choice, take_choice
from unionboard.ui.kept import keep
from unionboard.ui.text import long_date, t, tn, when
from unionboard.ui.timeline_year import Choice, Compared, Year, compare_year


class Since(StrEnum):
    """Which plan today's is compared with."""

    NOTHING = ""
    ADOPTION = "adopted"
    MEETING = "meeting"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Behind:
    """Which former plan lies behind today's: told by ``words``; the moment, None when nobody knows when the plan was adopted."""

    words: str
    since_utc: datetime | None


SINCE_KEY, DAY_KEY = "timeline_base", "timeline_base_day"
_WORDS = {
    Since.NOTHING: mark("Do not compare"),
    Since.ADOPTION: mark("The plan as adopted"),
    Since.MEETING: mark("As of the last meeting"),
    Since.DAY: mark("As of a day"),
}


def ask_baseline(plan: Plan, year: Year) -> Behind | None:
    """Let people choose a former state of the plan; None when they compare with none."""
    moments = {Since.ADOPTION: year.adopted_at_utc, Since.MEETING: year.met_at_utc}
    since, day = _ask_since({one: clock.local_day(moment) for one, moment in moments.items() if moment}, plan)
    note_choice("base", day.isoformat() if since is Since.DAY else since.value)
    if since is Since.NOTHING:
        return None
    words = {
        Since.ADOPTION: t("Against the plan adopted on {day}", day=long_date(day)),
        Since.MEETING: t("Against the plan after the meeting of {day}", day=long_date(day)),
        Since.DAY: t("Against the plan as of {day}", day=long_date(day)),
    }
    return Behind(words[since], clock.end_of_day(day) if since is Since.DAY else moments[since])


def tell_since(compared: Compared, view: ActivityView) -> str:
    """What became of the plan, in a word or two beside an activity; "" where nothing did."""
    if not compared.baseline:
        return ""
    if view.id in compared.deviation.added:
        return t("Added since")
    if view.id in compared.deviation.moved:
        item = compared.baseline[view.id]
        return t("was {when}", when=when(item.starts_on, item.ends_on, item.precision))
    return ""


def tell_deviation(behind: Behind, choice: Choice) -> None:
    """One line: how much was added, taken out and moved in the whole plan."""
    compared = keep(compare_year, choice.plan_id, today=choice.today, since_utc=choice.since_utc)
    deviation = compared.deviation
    if not compared.baseline:
        told = t("the plan held no activities yet; choose a later day to compare with.")
    elif not (deviation.added or deviation.gone or deviation.moved):
        told = t("nothing was added, taken out or moved.")
    else:
        told = t(
            "added {added} · taken out {gone} · moved {moved}",
            added=f"**{len(deviation.added)}**",
            gone=f"**{len(deviation.gone)}**",
            moved=f"**{len(deviation.moved)}**",
        )
    line = t("{what}: {told}", what=behind.words, told=told)
    if compared.unlogged and compared.baseline:
        unknown = tn(
            "When {n} activity was added is not on record; it counts as part of the plan.",
            "When {n} activities were added is not on record; they count as part of the plan.",
            compared.unlogged,
        )
        line += f"　:small[:gray[{unknown}]]"
    with st.container(key="timeline_deviation"):
        st.markdown(f":material/compare_arrows: {line}")


def _ask_since(days: Mapping[Since, date], plan: Plan) -> tuple[Since, date]:
    """The choice, and the day it means."""
    offered = [since for since in Since if since in days or since in (Since.NOTHING, Since.DAY)]
    wish = st.query_params.get("base", "")
    days_in_address = {wish: Since.DAY} if _is_day(wish) else {}
    choices = {since.value: since for since in offered if since is not Since.DAY} | days_in_address
    if take_choice(SINCE_KEY, "base", choices, default=Since.NOTHING) and days_in_address:
        st.session_state[DAY_KEY] = date.fromisoformat(wish)
    if st.session_state.get(SINCE_KEY) not in offered:
        st.session_state[SINCE_KEY] = Since.NOTHING
    is_on = st.session_state[SINCE_KEY] is not Since.NOTHING
    icon = ":material/check:" if is_on else ":material/compare_arrows:"
    with st.popover(t("Compare"), icon=icon, key="timeline_compare"):
        since = st.radio(
            t("Lay behind today's plan"),
            offered,
            format_func=lambda since: t(_WORDS[since]),
            captions=[long_date(days[since]) if since in days else "" for since in offered],
            key=SINCE_KEY,
            persist_state="session",
        )
        today = clock.today()
        day = days.get(since, today)
        if since is Since.DAY:
            first = min(days.get(Since.ADOPTION, plan.starts_on), today)
            kept = st.session_state.setdefault(DAY_KEY, first)
            st.session_state[DAY_KEY] = min(max(kept, first), today)
            day = st.date_input(t("Day"), min_value=first, max_value=today, format="YYYY-MM-DD", key=DAY_KEY, persist_state="session")
    return since, day


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
