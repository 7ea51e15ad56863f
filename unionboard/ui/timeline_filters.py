"""What of the plan the timeline shows: the row of choices above it, and the choices made."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from unionboard import clock
from unionboard.i18n import mark
from unionboard.reference import work_areas
from unionboard.services.activities import Status
from unionboard.services.timeline import Grouping
from unionboard.services.timeline_choice import AREA, SECTION
from unionboard.ui.address import note_choice, take_choice, take_choices
from unionboard.ui.status import status_icon, status_word
from unionboard.ui.text import escape, named, t
from unionboard.ui.timeline_baseline import Behind
from unionboard.ui.timeline_period import Period
from unionboard.ui.timeline_year import Choice, View, Year, find_chosen

_GROUPINGS = {Grouping.SECTION: mark("By section"), Grouping.AREA: mark("By work area")}
KEYS = {name: f"timeline_{name}" for name in ("by", "in", "owner", "find", "status")}
_MORE_KEY = "timeline_more"


def fold() -> str:
    """Ending of the keys of containers: frame.css hides most of the folded ones on a phone, where they would fill the screen."""
    return "open" if st.session_state.get(_MORE_KEY) else "folded"


def ask_more() -> None:
    """The button that unfolds the choices on a phone; anywhere else they are always in sight."""
    narrowed = sum(bool(st.session_state.get(KEYS[name])) for name in ("in", "owner", "find", "status"))
    label = t("Filter · {n}", n=narrowed) if narrowed else t("Filter")
    icon = ":material/expand_less:" if fold() == "open" else ":material/tune:"
    st.button(label, icon=icon, key="timeline_unfold", on_click=_unfold)


def ask_grouping(year: Year, *, view: View) -> Grouping:
    """Sections or work areas; only the Gantt asks."""
    default = year.grouping
    if view is not View.GANTT:
        return default
    take_choice(KEYS["by"], "by", {grouping.value: grouping for grouping in Grouping}, default=default)
    st.session_state.setdefault(KEYS["by"], default)
    chosen = st.segmented_control(
        t("Grouped"),
        list(Grouping),
        format_func=lambda grouping: t(_GROUPINGS[grouping]),
        required=True,
        key=KEYS["by"],
        label_visibility="collapsed",
        persist_state="session",
    )
    note_choice("by", str(chosen or default), default=str(default))
    return chosen or default


def ask_filters(
    plan_id: int, year: Year, period: Period, *, view: View, grouping: Grouping, behind: Behind | None = None
) -> tuple[Choice, bool]:
    """Draw the choices; what was chosen, and whether it leaves nothing of the plan."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"timeline_choices_{fold()}"):
        pills = st.container(width="content")
        st.space("stretch")
        place, owner = _ask_place(year), _ask_one("owner", t("Owner"), {name: name for name in year.owners}, t("All owners"), width=120)
        words = _ask_words()
    choice = Choice(
        plan_id=plan_id,
        today=clock.today(),
        view=view,
        grouping=grouping,
        within=period.within,
        period=period.name,
        place=place,
        owner=owner,
        words=words,
        is_compared=behind is not None,
        since_utc=behind.since_utc if behind else None,
    )
    found = find_chosen(choice)
    with pills:
        statuses = _ask_statuses(found.counts)
    is_empty = not any(found.counts.get(status) for status in statuses or found.counts) and (bool(statuses) or not found.gone)
    return replace(choice, statuses=tuple(statuses)), is_empty


def clear_filters() -> None:
    """Forget every choice but view, grouping and period; for ``on_click``."""
    for name in ("in", "owner", "find"):
        st.session_state[KEYS[name]] = ""
    st.session_state[KEYS["status"]] = []


def _unfold() -> None:
    st.session_state[_MORE_KEY] = not st.session_state.get(_MORE_KEY)


def _ask_place(year: Year) -> str:
    """The section or area asked for, with its prefix; "" for all."""
    places = {f"{SECTION}{row.id}": row.title for row in year.sections}
    places |= {f"{AREA}{code}": named(area) for code, area in work_areas().items() if code in year.areas}
    return _ask_one("in", t("Section or area"), places, t("All sections and areas"), width=176)


def _ask_words() -> str:
    take_choice(KEYS["find"], "find", {wish: wish for wish in st.query_params.get_all("find")}, default="")
    words = st.text_input(
        t("Search"),
        key=KEYS["find"],
        placeholder=t("Search activities"),
        icon=":material/search:",
        label_visibility="collapsed",
        persist_state="session",
        width=152,
    )
    note_choice("find", words.strip())
    return words


def _ask_one(name: str, label: str, options: dict[str, str], everything: str, *, width: int) -> str:
    take_choice(KEYS[name], name, {value: value for value in options}, default="")
    words = {"": everything, **options}
    if st.session_state.get(KEYS[name]) not in words:
        st.session_state.pop(KEYS[name], None)
    chosen = st.selectbox(
        label,
        list(words),
        format_func=lambda value: words.get(value, value),
        key=KEYS[name],
        label_visibility="collapsed",
        persist_state="session",
        width=width,
    )
    note_choice(name, chosen or "")
    return chosen or ""


def _ask_statuses(counts: Mapping[Status, int]) -> list[Status]:
    take_choices(KEYS["status"], "status", {status.value: status for status in Status})
    offered = [status for status in Status if status in counts or status in st.session_state.get(KEYS["status"], ())]
    if not offered:
        return []
    chosen = st.pills(
        t("Status"),
        offered,
        selection_mode="multi",
        format_func=lambda status: f"{status_icon(status)} {escape(status_word(status))} {counts.get(status, 0)}",
        key=KEYS["status"],
        label_visibility="collapsed",
        persist_state="session",
    )
    note_choice("status", [status.value for status in chosen])
    return list(chosen)
