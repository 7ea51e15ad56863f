"""Cards to tick off with a thumb: what was ticked stays where it was, with a way back."""

from collections.abc import Sequence

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.models import CheckOff, DutyKind
from unionboard.services import checkoffs
from unionboard.services.activities import ActivityView, Status
from unionboard.services.checklist import Part, takes_tick
from unionboard.ui.actions import LOCAL_USER, action
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.status import describe_status, write_badge, write_turn
from unionboard.ui.text import escape, short_date, t, tn, when, when_turn

CARD_PX = 340
SHOWN = 60  # cards of a group at first: several hundred take seconds to draw
_HEADS = {
    Part.LATE: ("orange", "warning", "Late"),
    Part.DUE: ("blue", "event_upcoming", "To be done"),
    Part.DUTIES: ("yellow", "event_repeat", "Standing duties"),
    Part.DONE: ("green", "check_circle", "Done"),
}
_UNFOLDED = "cards_unfolded"
_TICKED = "ticked"  # activity id -> (check-off id, part it stood in), since the list was chosen


def ticked_parts() -> dict[int, Part]:
    """Where the cards ticked a moment ago stood."""
    return {activity_id: part for activity_id, (_, part) in _ticked().items()}


def forget_ticked() -> None:
    """Let ticked cards move on and long groups fold; called when another list is chosen."""
    for key in (_TICKED, _UNFOLDED):
        st.session_state.pop(key, None)


def show_part(part: Part, views: Sequence[ActivityView]) -> None:
    """A group of cards under its head: one column on a phone, three or four on a desk."""
    colour, icon, title = _HEADS[part]
    count = tn("{n} item", "{n} items", len(views))
    st.markdown(f":{colour}[:material/{icon}:] **{t(title)}**　:gray[{count}]")
    shown = views if part in st.session_state.get(_UNFOLDED, ()) else views[:SHOWN]
    cards = st.grid("auto", min_column_width=CARD_PX)
    for view in shown:
        with cards.cell():
            show_card(view, part)
    if len(shown) < len(views):
        label = tn("{n} more", "{n} more", len(views) - len(shown))
        st.button(label, icon=":material/expand_more:", type="tertiary", key=f"more_{part}", on_click=_unfold, args=(part,))


def _unfold(part: Part) -> None:
    st.session_state[_UNFOLDED] = {*st.session_state.get(_UNFOLDED, ()), part}


def show_card(view: ActivityView, part: Part) -> None:
    """Title (opens the drawer), status, when and who; at the right a round tick, or the way back."""
    ticked = view.id in _ticked()
    with st.container(border=True, horizontal=True, wrap=False, vertical_alignment="center", gap="small", key=f"card_{view.id}"):
        with st.container(gap=None):
            st.button(escape(view.title), type="tertiary", key=f"title_card_{view.id}", on_click=open_activity, args=(view.id,), wrap=True)
            st.markdown(_tell_ticked(view) if ticked else _tell(view))
        if ticked:
            st.button(t("Undo"), icon=":material/undo:", type="tertiary", key=f"undo_{view.id}", on_click=_undo, args=(view.id,))
            with st.container(key=f"ticked_{view.id}", width="content"):
                st.markdown(":material/check:", text_alignment="center")
        elif takes_tick(view):
            spoken = t("Check off “{title}”", title=escape(view.title))
            st.button(spoken, key=f"tick_{view.id}", on_click=_tick, args=(view.id, part))


def _tell(view: ActivityView) -> str:
    facts = [_when(view), escape(view.owner)]
    if view.status is Status.DONE and view.evidence_missing:
        facts.append(_tell_missing(view))
    badge = write_badge(view.status, describe_status(view))
    if view.carried_over and view.status is not Status.DONE:
        badge += f" :gray-badge[:material/history: {t('Not done last year')}]"
    return f"{badge} :small[:gray[{' · '.join(fact for fact in facts if fact)}]]"


def _when(view: ActivityView) -> str:
    if view.duty is DutyKind.RECURRING and view.next_turn:
        turn = view.next_turn
        return f"{when_turn(turn.due_from, turn.due_to)} {write_turn(turn.status)}"
    if view.duty is DutyKind.STANDING:
        latest = t("last on {day}", day=short_date(view.done_on)) if view.done_on else ""
        return latest or when(view.starts_on, view.ends_on, view.precision)
    if view.status in (Status.DONE, Status.PARTLY) and view.done_on:
        return short_date(view.done_on)
    return when(view.starts_on, view.ends_on, view.precision)


def _tell_ticked(view: ActivityView) -> str:
    badge = write_badge(Status.DONE, t("Done on {day}", day=short_date(view.done_on)) if view.done_on else t("Done"))
    return f"{badge} :small[{_tell_missing(view)}]" if view.evidence_missing else badge


def _tell_missing(view: ActivityView) -> str:
    missing = sum(record.evidence_count == 0 for record in view.records)
    return f":yellow[{tn('{n} paper missing', '{n} papers missing', missing)}]"


def _tick(activity_id: int, part: Part) -> None:
    def check_off(session: Session) -> CheckOff:
        today = clock.today()
        return checkoffs.check_off(session, activity_id, done_on=today, today=today, who=LOCAL_USER, now_utc=clock.now_utc())

    row = action(check_off).value
    if row is not None:
        st.session_state[_TICKED] = _ticked() | {activity_id: (row.id or 0, part)}


def _undo(activity_id: int) -> None:
    check_off_id, _ = _ticked()[activity_id]

    def undo(session: Session) -> CheckOff:
        return checkoffs.undo_check_off(session, activity_id, check_off_id=check_off_id, who=LOCAL_USER, now_utc=clock.now_utc())

    action(undo)
    st.session_state[_TICKED] = {id_: kept for id_, kept in _ticked().items() if id_ != activity_id}


def _ticked() -> dict[int, tuple[int, Part]]:
    ticked: dict[int, tuple[int, Part]] = st.session_state.get(_TICKED, {})
    return ticked
