"""What of the plan the timeline shows: the row of choices above it, and the choices made."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from unionboard import clock
from unionboard.i18n import mark
from unionboard.models import PeriodKind, Plan, Section
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, Status
from unionboard.services.periods import Span
from unionboard.services.timeline import Grouping, Zoom, choose_grouping, count_statuses, list_owners, select_activities, zoom_span
from unionboard.ui.address import note_choice, take_choice, take_choices
from unionboard.ui.status import status_icon, status_word
from unionboard.ui.text import escape, named, t

_SECTION, _AREA = "section:", "area:"
_GROUPINGS = {Grouping.SECTION: mark("By section"), Grouping.AREA: mark("By work area")}
_ZOOMS = {
    PeriodKind.CALENDAR_YEAR: {Zoom.ALL: mark("All year"), Zoom.FIRST_HALF: mark("First half"), Zoom.SECOND_HALF: mark("Second half")},
    PeriodKind.SCHOOL_YEAR: {Zoom.ALL: mark("School year"), Zoom.FIRST_HALF: mark("First term"), Zoom.SECOND_HALF: mark("Second term")},
    PeriodKind.TERM: {Zoom.ALL: mark("Whole term")},
}
_CLOSE_ZOOMS = {Zoom.QUARTER: mark("Quarter"), Zoom.MONTH: mark("This month")}
KEYS = {name: f"timeline_{name}" for name in ("by", "zoom", "in", "owner", "find", "status")}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: days in sight (inclusive), the activities ``found`` there, and those ``shown`` after choosing statuses."""

    grouping: Grouping
    within: Span
    found: tuple[ActivityView, ...]
    shown: tuple[ActivityView, ...]
    is_narrowed: bool


def ask_filters(plan: Plan, sections: Sequence[Section], views: Sequence[ActivityView], *, is_phone: bool) -> Choice:
    """Draw the choices and return what they leave. On a phone all but the zoom stand in a popover."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="timeline_choices"):
        if not is_phone:
            st.markdown(f"# {t('Timeline')}", width="content")
        zoom = _ask_zoom(plan, is_phone=is_phone)
        if is_phone:
            grouping = Grouping.SECTION
            with st.popover(t("Filter"), icon=":material/tune:"):
                place, owner = _ask_place(sections, views), _ask_owner(views)
                words = _ask_words()
        else:
            grouping = _ask_grouping(views)
            place, owner = _ask_place(sections, views), _ask_owner(views)
    second = st.container(horizontal=True, vertical_alignment="center", gap="small", key="timeline_statuses")
    if not is_phone:
        pills, _ = second.container(width="content"), second.space("stretch")
        with second.container(width=320):
            words = _ask_words()
    else:
        pills = second
    within = zoom_span(zoom, plan=(plan.starts_on, plan.ends_on), today=clock.today())
    found = select_activities(
        views,
        within=within,
        sections=[int(place.removeprefix(_SECTION))] if place.startswith(_SECTION) else (),
        areas=[place.removeprefix(_AREA)] if place.startswith(_AREA) else (),
        owners=[owner] if owner else (),
        words=words,
    )
    with pills:
        statuses = _ask_statuses(found)
    shown = select_activities(found, statuses=statuses)
    return Choice(grouping, within, tuple(found), tuple(shown), is_narrowed=bool(place or owner or words.strip() or statuses))


def clear_filters() -> None:
    """Forget every choice but grouping and zoom; for ``on_click``."""
    for name in ("in", "owner", "find"):
        st.session_state[KEYS[name]] = ""
    st.session_state[KEYS["status"]] = []


def _ask_zoom(plan: Plan, *, is_phone: bool) -> Zoom:
    words = _ZOOMS[plan.period_kind] | _CLOSE_ZOOMS
    if is_phone:
        words = {zoom: words[zoom] for zoom in (Zoom.MONTH, Zoom.ALL)}
    key = KEYS["zoom"] + ("_phone" if is_phone else "")
    default = Zoom.MONTH if is_phone else Zoom.ALL
    take_choice(key, "zoom", {zoom.value: zoom for zoom in words})
    st.session_state.setdefault(key, default)
    chosen = st.segmented_control(
        t("Period"),
        list(words),
        format_func=lambda zoom: t(words[zoom]),
        required=True,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
    note_choice("zoom", str(chosen or default), default=str(default))
    return chosen or default


def _ask_grouping(views: Sequence[ActivityView]) -> Grouping:
    default = choose_grouping(views)
    take_choice(KEYS["by"], "by", {grouping.value: grouping for grouping in Grouping})
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


def _ask_place(sections: Sequence[Section], views: Sequence[ActivityView]) -> str:
    """The section or area asked for, with its prefix; "" for all."""
    areas = {view.area for view in views}
    places = {f"{_SECTION}{row.id}": row.title for row in sections}
    places |= {f"{_AREA}{code}": named(area) for code, area in work_areas().items() if code in areas}
    return _ask_one("in", t("Section or area"), places, t("All sections and areas"), width=180)


def _ask_owner(views: Sequence[ActivityView]) -> str:
    return _ask_one("owner", t("Owner"), {name: name for name in list_owners(views)}, t("All owners"), width=140)


def _ask_words() -> str:
    take_choice(KEYS["find"], "find", {wish: wish for wish in st.query_params.get_all("find")})
    words = st.text_input(
        t("Search"),
        key=KEYS["find"],
        placeholder=t("Search activities"),
        icon=":material/search:",
        label_visibility="collapsed",
        persist_state="session",
    )
    note_choice("find", words.strip())
    return words


def _ask_one(name: str, label: str, options: dict[str, str], everything: str, *, width: int) -> str:
    take_choice(KEYS[name], name, {value: value for value in options})
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


def _ask_statuses(found: Sequence[ActivityView]) -> list[Status]:
    take_choices(KEYS["status"], "status", {status.value: status for status in Status})
    counts = count_statuses(found)
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
