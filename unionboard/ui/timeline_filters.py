"""What of the plan the timeline shows: the row of choices above it, and the choices made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from unionboard.i18n import mark
from unionboard.models import Section
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, Status
from unionboard.services.baseline import BaselineItem, select_gone
from unionboard.services.periods import Span
from unionboard.services.timeline import Grouping, choose_grouping, count_statuses, list_owners, select_activities
from unionboard.services.timeline_choice import AREA, SECTION
from unionboard.ui.address import note_choice, take_choice, take_choices
from unionboard.ui.status import status_icon, status_word
from unionboard.ui.text import escape, named, t
from unionboard.ui.timeline_baseline import Compared
from unionboard.ui.timeline_period import Period, View

_GROUPINGS = {Grouping.SECTION: mark("By section"), Grouping.AREA: mark("By work area")}
KEYS = {name: f"timeline_{name}" for name in ("by", "in", "owner", "find", "status")}
_MORE_KEY = "timeline_more"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: days in sight (inclusive) and their name, the activities ``found`` there, those ``shown`` after choosing statuses,
    and what is ``gone`` since the plan it is compared with.
    """

    view: View
    grouping: Grouping
    within: Span
    period: str
    found: tuple[ActivityView, ...]
    shown: tuple[ActivityView, ...]
    gone: tuple[BaselineItem, ...]
    is_narrowed: bool


def fold() -> str:
    """Ending of the keys of containers: frame.css hides most of the folded ones on a phone, where they would fill the screen."""
    return "open" if st.session_state.get(_MORE_KEY) else "folded"


def ask_more() -> None:
    """The button that unfolds the choices on a phone; anywhere else they are always in sight."""
    narrowed = sum(bool(st.session_state.get(KEYS[name])) for name in ("in", "owner", "find", "status"))
    label = t("Filter · {n}", n=narrowed) if narrowed else t("Filter")
    icon = ":material/expand_less:" if fold() == "open" else ":material/tune:"
    st.button(label, icon=icon, key="timeline_unfold", on_click=_unfold)


def ask_grouping(views: Sequence[ActivityView], *, view: View) -> Grouping:
    """Sections or work areas; only the Gantt asks."""
    default = choose_grouping(views)
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
    period: Period,
    sections: Sequence[Section],
    views: Sequence[ActivityView],
    *,
    view: View,
    grouping: Grouping,
    compared: Compared | None = None,
) -> Choice:
    """Draw the choices and return what they leave of ``views`` (all of the plan)."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"timeline_choices_{fold()}"):
        pills = st.container(width="content")
        st.space("stretch")
        place, owner = _ask_place(sections, views), _ask_owner(views)
        words = _ask_words()
    wanted: dict[str, Any] = {
        "within": period.within,
        "sections": [int(place.removeprefix(SECTION))] if place.startswith(SECTION) else (),
        "areas": [place.removeprefix(AREA)] if place.startswith(AREA) else (),
        "owners": [owner] if owner else (),
        "words": words,
    }
    found = select_activities(views, **wanted, former=_former_days(compared))
    with pills:
        statuses = _ask_statuses(found)
    return Choice(
        view=view,
        grouping=grouping,
        within=period.within,
        period=period.name,
        found=tuple(found),
        shown=tuple(select_activities(found, statuses=statuses)),
        gone=tuple(select_gone(compared.deviation.gone, **wanted)) if compared and not statuses else (),
        is_narrowed=bool(place or owner or words.strip() or statuses),
    )


def clear_filters() -> None:
    """Forget every choice but view, grouping and period; for ``on_click``."""
    for name in ("in", "owner", "find"):
        st.session_state[KEYS[name]] = ""
    st.session_state[KEYS["status"]] = []


def _unfold() -> None:
    st.session_state[_MORE_KEY] = not st.session_state.get(_MORE_KEY)


def _former_days(compared: Compared | None) -> Mapping[int, Span]:
    return {id_: (item.starts_on, item.ends_on) for id_, item in compared.baseline.items()} if compared else {}


def _ask_place(sections: Sequence[Section], views: Sequence[ActivityView]) -> str:
    """The section or area asked for, with its prefix; "" for all."""
    areas = {view.area for view in views}
    places = {f"{SECTION}{row.id}": row.title for row in sections}
    places |= {f"{AREA}{code}": named(area) for code, area in work_areas().items() if code in areas}
    return _ask_one("in", t("Section or area"), places, t("All sections and areas"), width=176)


def _ask_owner(views: Sequence[ActivityView]) -> str:
    return _ask_one("owner", t("Owner"), {name: name for name in list_owners(views)}, t("All owners"), width=120)


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
