"""Before the first point: where, who chairs and records, who is there, and what will be gone through."""

import streamlit as st

from unionboard.models import Attendance
from unionboard.services import meetings
from unionboard.services.meeting_views import ItemView, MeetingView
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.board_links import is_big
from unionboard.ui.meeting_stage import go_to, stamp
from unionboard.ui.meeting_words import Speech, count_kinds
from unionboard.ui.offers import offer
from unionboard.ui.text import escape, t, tn

NUMBERED = 9  # so many members have a digit of their own
TICK_PX = {False: 220, True: 320}
_PARTICULARS = (("place", "Place", 80), ("chaired_by", "Chaired by", 40), ("recorded_by", "Recorded by", 40))


def attendance_keys(view: MeetingView) -> dict[str, str]:
    """The digit of each of the first members, and A for all of them."""
    return {str(n): f"attend_{row.id}" for n, row in enumerate(view.attendance[:NUMBERED], start=1)} | {"a": "meeting_all_present"}


def show_opening(view: MeetingView, speech: Speech) -> None:
    """Particulars and attendance left, the agenda right."""
    left, right = st.columns(2, gap="large")
    with left:
        if is_big() or not identity.may(Act.HOLD_MEETING):
            _tell_particulars(view, speech)
        else:
            _show_particulars(view)
        _show_attendance(view, speech)
    with right:
        _show_agenda(view, speech)


def _show_particulars(view: MeetingView) -> None:
    columns = st.columns(len(_PARTICULARS), gap="small")
    for column, (name, label, longest) in zip(columns, _PARTICULARS, strict=True):
        value = getattr(view, name)
        column.text_input(
            t(label), value, max_chars=longest, key=f"meeting_{view.id}_{name}", on_change=_save_particular, args=(view, name)
        )


def _tell_particulars(view: MeetingView, speech: Speech) -> None:
    """The same to be read by the room: names are typed at the desk, where they may be seen."""
    told = [f":gray[{t(label)}] {speech.said(value)}" for name, label, _ in _PARTICULARS if (value := getattr(view, name))]
    st.markdown("　·　".join(told))


def _save_particular(view: MeetingView, name: str) -> None:
    told = {field: getattr(view, field) for field, _, _ in _PARTICULARS} | {name: st.session_state[f"meeting_{view.id}_{name}"]}

    action(lambda session: meetings.save_particulars(session, view.id, version=view.version, **told, **stamp()))


def _show_attendance(view: MeetingView, speech: Speech) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="meeting_attendance_head"):
        st.markdown(f"**{t('Present')}**　{view.present} / {view.due}", width="content")
        st.space("stretch")
        if view.attendance:
            label = f"`A` {t('All present')}"
            offer(Act.HOLD_MEETING, label, key="meeting_all_present", icon=":material/done_all:", on_click=_mark_all, args=(view.id,))
    if not view.due:
        st.markdown(f":gray[{t('Nobody is listed as a committee member yet.')}]")
        st.page_link("pages/settings.py", label=t("Add the committee in the settings"), icon=":material/arrow_forward:")
    with st.container(key="meeting_attendance"):
        ticks = st.grid("auto", min_column_width=TICK_PX[is_big()], gap="xsmall")
        for number, row in enumerate(view.attendance, start=1):
            with ticks.cell():
                _show_tick(row, str(number) if number <= NUMBERED else "", speech)
    if identity.may(Act.HOLD_MEETING):
        _ask_guest(view)


def _show_tick(row: Attendance, digit: str, speech: Speech) -> None:
    mark = ":green[:material/check_circle:]" if row.is_present else ":gray[:material/radio_button_unchecked:]"
    duty = escape(row.duty) if row.member_id is not None else t("guest")
    key = f"`{digit}` " if digit else ""
    label = f"{mark} {key}**{speech.said(row.name)}** :small[{duty}]"
    st.button(
        label,
        disabled=not identity.may(Act.HOLD_MEETING),
        key=f"attend_{row.id}",
        width="stretch",
        wrap=True,
        on_click=_mark,
        args=(row.id, not row.is_present),
    )


def _ask_guest(view: MeetingView) -> None:
    with st.form("meeting_guest", border=False, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(t("Guest"), max_chars=40, key="meeting_guest_name", placeholder=t("Guest"), label_visibility="collapsed")
        st.form_submit_button(t("Add"), icon=":material/person_add:", key="meeting_add_guest", on_click=_add_guest, args=(view.id,))


def _show_agenda(view: MeetingView, speech: Speech) -> None:
    points = sum(max(len(item.gathered), 1) for item in view.items)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{t('Agenda')}**　{tn('{n} point', '{n} points', points)}", width="content")
        st.markdown(count_kinds(view), width="content")
    with st.container(border=True, gap=None, key="meeting_agenda"):
        for number, item in enumerate(view.items, start=1):
            _show_row(view, number, item, speech)
    if identity.may(Act.HOLD_MEETING):
        _ask_point(view)


def _ask_point(view: MeetingView) -> None:
    with st.form("meeting_point", border=False, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            t("Another point"), max_chars=300, key="meeting_point_title", placeholder=t("Another point"), label_visibility="collapsed"
        )
        st.form_submit_button(t("Add"), icon=":material/add:", key="meeting_add_point", on_click=_add_point, args=(view.id,))


def _show_row(view: MeetingView, number: int, item: ItemView, speech: Speech) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall", key=f"agenda_{item.id}"):
        mark = " :green[:material/check:]" if item.is_reached else ""
        title = f"{number}. {speech.title(item)}{mark}"
        with st.container():
            if identity.may(Act.HOLD_MEETING):
                st.button(title, key=f"title_agenda_{item.id}", type="tertiary", wrap=True, on_click=go_to, args=(view, item.id))
            else:
                st.markdown(title)
        st.markdown(speech.reason(item), width="content")
        for name, up, icon, label in (("up", True, "arrow_upward", t("Move up")), ("down", False, "arrow_downward", t("Move down"))):
            edge = number == (1 if up else len(view.items))
            offer(
                Act.HOLD_MEETING,
                label,
                icon=f":material/{icon}:",
                key=f"move_{name}_{item.id}",
                type="tertiary",
                disabled=edge,
                on_click=_move,
                args=(item.id, up),
            )


def _mark(attendance_id: int, is_present: bool) -> None:
    action(lambda session: meetings.mark_present(session, attendance_id, is_present=is_present, **stamp()))


def _mark_all(meeting_id: int) -> None:
    action(lambda session: meetings.mark_all_present(session, meeting_id, **stamp()))


def _add_guest(meeting_id: int) -> None:
    name = st.session_state["meeting_guest_name"]
    action(lambda session: meetings.add_guest(session, meeting_id, name, **stamp()))


def _add_point(meeting_id: int) -> None:
    title = st.session_state["meeting_point_title"]
    action(lambda session: meetings.add_item(session, meeting_id, title=title, **stamp()))


def _move(item_id: int, up: bool) -> None:
    action(lambda session: meetings.move_item(session, item_id, up=up, **stamp()))
