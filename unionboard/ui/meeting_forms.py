"""The forms of a meeting: each asks for one decision on the screen it is about, and is filled in by keyboard alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors.entries import TimeNotReadable
from unionboard.models import DatePrecision, Plan
from unionboard.reading.plan_time import read_time
from unionboard.reference import work_areas
from unionboard.services import decisions, meetings, unions
from unionboard.services.activities import list_activities
from unionboard.services.masking import Mask, list_known_names
from unionboard.services.meeting_views import ItemView, MeetingView
from unionboard.services.periods import Placement, month_index, month_span, place_time
from unionboard.ui.actions import action
from unionboard.ui.board_links import is_big
from unionboard.ui.meeting_stage import LEAVE, SAVE, FormKind, OpenForm, close_form, stamp
from unionboard.ui.text import named, short_date, t, when

DAYS_TO_DO = 14  # what a follow-up is given when nobody says otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is about. Its fields are kept under ``key`` and their names."""

    plan: Plan
    meeting: MeetingView
    item: ItemView
    key: str

    def field(self, name: str) -> str:
        return f"{self.key}_{name}"

    def typed(self, name: str) -> Any:
        return st.session_state[self.field(name)]


@dataclass(frozen=True, slots=True)
class Form:
    """Its head, what it asks for, and what saving it does. ``first`` is the field that is typed in first; none: its default will do."""

    head: str
    first: str
    ask: Callable[[Asked], None]
    decide: Callable[[Session, Asked], object]


def show_form(plan: Plan, view: MeetingView, item: ItemView, opened: OpenForm) -> None:
    """The open form under the item: its fields side by side, then save and leave."""
    if opened.kind is FormKind.NOTE:
        _show_note(item, opened.key)
        return
    form, asked = _FORMS[opened.kind], Asked(plan, view, item, opened.key)
    with st.container(key=opened.key), st.form(f"{opened.key}_fields", border=True, enter_to_submit=False):
        st.markdown(f"**{t(form.head)}**")
        form.ask(asked)
        with st.container(horizontal=True, vertical_alignment="center", key="meeting_form_foot"):
            st.form_submit_button(t("Save"), type="primary", icon=":material/check:", key=SAVE, on_click=_save, args=(form, asked))
            st.form_submit_button(t("Leave"), type="tertiary", key=LEAVE, on_click=close_form)
            st.markdown(f":small[:gray[{t('Enter saves, Esc leaves')}]]", width="content")


def first_widget(opened: OpenForm) -> str:
    """The key of the widget in which an open form begins."""
    first = "note" if opened.kind is FormKind.NOTE else _FORMS[opened.kind].first if opened.kind in _FORMS else ""
    return f"{opened.key}_{first}" if first else SAVE


def _save(form: Form, asked: Asked) -> None:
    if action(lambda session: form.decide(session, asked)).ok:
        close_form()


def _show_note(item: ItemView, key: str) -> None:
    """What was said. It is kept whenever the field is left, whichever way."""
    with st.container(border=True, key=key):
        st.text_area(
            t("What was said"), item.note, key=f"{key}_note", height=110, on_change=_save_note, args=(item, f"{key}_note"), max_chars=2000
        )
        with st.container(horizontal=True, vertical_alignment="center", key="meeting_form_foot"):
            st.button(t("Close"), type="primary", icon=":material/check:", key=LEAVE, on_click=close_form)
            st.markdown(f":small[:gray[{t('Kept as soon as the field is left; Esc closes it')}]]", width="content")


def _save_note(item: ItemView, key: str) -> None:
    note = st.session_state[key]
    action(lambda session: meetings.save_note(session, item.id, note=note, version=item.version, **stamp()))


# --- what is asked, and what is decided ----------------------------------------------------------------------------------------------


def _ask_done(asked: Asked) -> None:
    st.columns(3)[0].date_input(t("Done on"), asked.meeting.held_on, max_value=clock.today(), format="YYYY-MM-DD", key=asked.field("day"))


def _decide_done(session: Session, asked: Asked) -> object:
    day, today = asked.typed("day") or asked.meeting.held_on, clock.today()
    if asked.item.follow_up:
        return decisions.settle_follow_up(session, asked.item.follow_up.id, settled_on=day, today=today, **stamp())
    return decisions.decide_done(session, asked.item.id, done_on=day, today=today, **stamp())


def _ask_postponed(asked: Asked) -> None:
    left, right = st.columns([1, 2])
    view, today = asked.item.activity, clock.today()
    later = _month_after(max(view.ends_on, today) if view else today, asked.plan)
    left.text_input(t("To when ({examples})", examples=_tell_times()), later, key=asked.field("when"))
    right.text_input(t("Why"), max_chars=300, key=asked.field("reason"))


def _decide_postponed(session: Session, asked: Asked) -> object:
    times = _read_times(asked)
    return decisions.decide_postponed(session, asked.item.id, reason=asked.typed("reason"), **times, **stamp())


def _ask_reassigned(asked: Asked) -> None:
    _ask_owner(asked, t("Who takes it over"))


def _decide_reassigned(session: Session, asked: Asked) -> object:
    return decisions.decide_reassigned(session, asked.item.id, owner=_read_owner(session, asked), **stamp())


def _ask_cancelled(asked: Asked) -> None:
    st.text_input(t("Why"), max_chars=300, key=asked.field("reason"))


def _decide_cancelled(session: Session, asked: Asked) -> object:
    return decisions.decide_cancelled(session, asked.item.id, reason=asked.typed("reason"), **stamp())


def _ask_added(asked: Asked) -> None:
    areas = {code: named(area) for code, area in work_areas().items()}
    title, time, owner, area = st.columns([5, 2, 3, 3])
    title.text_input(t("Activity"), max_chars=300, key=asked.field("title"))
    time.text_input(t("When"), _month_after(clock.today(), asked.plan), placeholder=_tell_times(), key=asked.field("when"))
    with owner:
        _ask_owner(asked, t("Owner"))
    near = list(areas).index(asked.item.activity.area if asked.item.activity else "OTHER")
    area.selectbox(t("Area"), list(areas), index=near, format_func=areas.__getitem__, key=asked.field("area"))


def _decide_added(session: Session, asked: Asked) -> object:
    about = {"title": asked.typed("title"), "area": asked.typed("area"), "owner": _read_owner(session, asked)}
    return decisions.decide_added(session, asked.meeting.id, asked.item.id, **about, **_read_times(asked), **stamp())


def _ask_follow_up(asked: Asked) -> None:
    held_on = asked.meeting.held_on  # minutes typed in weeks later may tell of days that are over
    text, owner, due = st.columns([6, 3, 3])
    text.text_input(t("What is to be done"), max_chars=300, key=asked.field("text"))
    with owner:
        _ask_owner(asked, t("Who"))
    due.date_input(t("Until"), held_on + timedelta(days=DAYS_TO_DO), min_value=held_on, format="YYYY-MM-DD", key=asked.field("due"))


def _decide_follow_up(session: Session, asked: Asked) -> object:
    about = {"text": asked.typed("text"), "owner": _read_owner(session, asked), "due_on": asked.typed("due")}
    return decisions.decide_follow_up(session, asked.meeting.id, asked.item.id, **about, **stamp())


_FORMS = {
    FormKind.DONE: Form("Done", "", _ask_done, _decide_done),
    FormKind.POSTPONED: Form("Postpone", "when", _ask_postponed, _decide_postponed),
    FormKind.REASSIGNED: Form("New owner", "owner", _ask_reassigned, _decide_reassigned),
    FormKind.CANCELLED: Form("Cancel the activity", "reason", _ask_cancelled, _decide_cancelled),
    FormKind.ADDED: Form("New activity", "title", _ask_added, _decide_added),
    FormKind.FOLLOW_UP: Form("Decision", "text", _ask_follow_up, _decide_follow_up),
}


# --- people and times ----------------------------------------------------------------------------------------------------------------


def _ask_owner(asked: Asked, label: str) -> None:
    """One of those who act for the union, or any other name typed in."""
    with db.reading() as session:
        names = _list_names(session, asked)
        labels = _mask_names(session, names) if is_big() else {}
    st.selectbox(
        label,
        names,
        index=None,
        format_func=lambda name: labels.get(name, name),
        placeholder=t("Full name"),
        accept_new_options=True,
        key=asked.field("owner"),
    )


def _list_names(session: Session, asked: Asked) -> list[str]:
    owners = [view.owner for view in list_activities(session, asked.plan.id or 0, today=clock.today()) if view.owner]
    return list(dict.fromkeys([*(member.name for member in unions.list_members(session)), *owners]))


def _mask_names(session: Session, names: Sequence[str]) -> dict[str, str]:
    """What the room may read of each, 吴* 文体委员; no two alike."""
    mask, duties = Mask(list_known_names(session)), {member.name: member.duty for member in unions.list_members(session)}
    labels: dict[str, str] = {}
    for name in names:
        label = f"{mask.text(name)} {duties.get(name, '')}".strip()
        alike = sum(other == label or other.startswith(f"{label} (") for other in labels.values())
        labels[name] = f"{label} ({alike + 1})" if alike else label
    return labels


def _read_owner(session: Session, asked: Asked) -> str:
    """The name chosen or typed; a surname alone stands for the only one who has it."""
    typed = str(asked.typed("owner") or "").strip()
    bearers = [name for name in _list_names(session, asked) if name.startswith(typed)] if len(typed) == 1 else []
    return bearers[0] if len(bearers) == 1 else typed


def _tell_times() -> str:
    day = date(2000, 12, 5)
    third = when(day.replace(day=1), day.replace(day=10), DatePrecision.THIRD)
    month = when(day.replace(day=1), day.replace(day=31), DatePrecision.MONTH)
    return t("e.g. {day}, {third} or {month}", day=short_date(day), third=third, month=month)


def _month_after(day: date, plan: Plan) -> str:
    """The month after ``day``'s, or the plan's last, as it would be typed."""
    return when(*month_span(min(month_index(day) + 1, month_index(plan.ends_on))), DatePrecision.MONTH)


def _read_times(asked: Asked) -> dict[str, Any]:
    placed = read_placement(asked.plan, asked.typed("when"))
    return {"starts_on": placed.starts_on, "ends_on": placed.ends_on, "precision": placed.precision}


def read_placement(plan: Plan, text: str) -> Placement:
    """Where a typed time lies in the plan. Raises: TimeNotReadable."""
    time = read_time(text)
    if time is None or time.frequency:
        raise TimeNotReadable(text=text)
    return place_time((plan.starts_on, plan.ends_on), time)
