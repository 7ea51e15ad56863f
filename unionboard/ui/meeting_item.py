"""One point of the agenda on the screen: what it is and why, what can be decided, what was decided."""

import streamlit as st

from unionboard import clock
from unionboard.models import AgendaKind, DutyKind, Plan
from unionboard.services import decisions, meetings
from unionboard.services.activities import Status
from unionboard.services.meeting_views import DecisionView, ItemView, MeetingView
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.board_links import is_big
from unionboard.ui.meeting_forms import show_form
from unionboard.ui.meeting_fund import show_fund
from unionboard.ui.meeting_stage import FormKind, current_form, open_form, stamp
from unionboard.ui.meeting_words import Speech
from unionboard.ui.offers import offer
from unionboard.ui.status import describe_status, write_status
from unionboard.ui.text import t
from unionboard.ui.trash import in_bin

_SIZES = ((14, "short"), (32, "middle"))  # characters up to which a heading is set so large; two lines at most
GATHERED_PX = {False: 420, True: 760}
_ACTIONS = (
    ("1", FormKind.DONE, "Done"),
    ("2", FormKind.POSTPONED, "Postpone"),
    ("3", FormKind.REASSIGNED, "New owner"),
    ("4", FormKind.CANCELLED, "Cancel the activity"),
    ("5", FormKind.ADDED, "New activity"),
    ("6", FormKind.FOLLOW_UP, "Decision"),
    ("n", FormKind.NOTE, "Take a note"),
)
ACTION_KEYS = {key: f"meeting_do_{kind}" for key, kind, _ in _ACTIONS} | {"u": "meeting_undo"}


def show_item(plan: Plan, view: MeetingView, item: ItemView, speech: Speech) -> None:
    """The whole screen of ``item``, without the rows above and below that every screen has."""
    form = current_form()
    _show_head(item, speech)
    if item.kind is AgendaKind.FUND:
        show_fund(plan)
    if item.gathered:
        _show_gathered(item, speech)
    if form:
        show_form(plan, view, item, form)
    else:
        _show_actions(item)
    _show_outcome(item, speech)


def _show_head(item: ItemView, speech: Speech) -> None:
    title = speech.title(item)
    size = next((name for most, name in _SIZES if len(item.title) <= most), "long")
    with st.container(key=f"meeting_title_{size}", gap="xsmall"):
        st.markdown(speech.reason(item))
        st.title(title, anchor=False)
        facts = speech.facts(item)
        if facts:
            st.markdown(f":gray[{facts}]")


def _show_gathered(item: ItemView, speech: Speech) -> None:
    """The activities that stand together; any of them can become a point of its own."""
    may_single_out = identity.may(Act.HOLD_MEETING)
    if may_single_out:
        st.markdown(f":gray[{t('Look them over; whatever needs a word of its own is clicked and becomes the next point.')}]")
    with st.container(key="meeting_gathered"):
        grid = st.grid("auto", min_column_width=GATHERED_PX[is_big()], gap="xsmall")
        for view in item.gathered:
            label = f"{speech.said(view.title)}　{write_status(view.status, describe_status(view))}"
            key, args = f"title_gathered_{view.id}", (item.id, view.id)
            with grid.cell():
                if may_single_out:
                    st.button(label, key=key, type="tertiary", wrap=True, on_click=_single_out, args=args)
                else:
                    st.markdown(label)


def _single_out(item_id: int, activity_id: int) -> None:
    action(lambda session: meetings.single_out(session, item_id, activity_id, **stamp()))


def offered(item: ItemView) -> list[FormKind]:
    """What can be decided about ``item`` as it stands."""
    kinds = [FormKind.ADDED, FormKind.FOLLOW_UP, FormKind.NOTE]
    view = item.activity
    if item.follow_up and item.follow_up.settled_on is None:
        return [FormKind.DONE, *kinds]
    if view is None or view.status in (Status.DONE, Status.PARTLY, Status.CANCELLED):
        return kinds
    if view.duty is not DutyKind.ONE_OFF:
        return [FormKind.DONE, FormKind.REASSIGNED, *kinds]
    return [FormKind.DONE, FormKind.POSTPONED, FormKind.REASSIGNED, FormKind.CANCELLED, *kinds]


def _show_actions(item: ItemView) -> None:
    """A button for each decision, with the key that presses it."""
    possible = offered(item)
    with st.container(horizontal=True, gap="small", key="meeting_actions"):
        for key, kind, word in _ACTIONS:
            if kind in possible:
                label = f"`{key.upper()}` {t(word)}"
                offer(Act.HOLD_MEETING, label, key=f"meeting_do_{kind}", on_click=open_form, args=(kind, item.id))
        if item.decisions:
            last = item.decisions[-1]
            offer(
                Act.HOLD_MEETING, f"`U` {t('Take back')}", key="meeting_undo", icon=":material/undo:", on_click=take_back, args=(last.id,)
            )
        elif item.follow_up and item.follow_up.settled_on:
            offer(
                Act.HOLD_MEETING,
                f"`U` {t('Still open')}",
                key="meeting_undo",
                icon=":material/undo:",
                on_click=_reopen,
                args=(item.follow_up.id,),
            )


def _show_outcome(item: ItemView, speech: Speech) -> None:
    """What was decided about it, the latest first, and beside it what was said."""
    form = current_form()
    note = "" if form and form.kind is FormKind.NOTE else item.note
    both = bool(note and item.decisions)
    left, right = st.columns([7, 5], gap="large") if both else (st.container(), st.container())
    with left.container(gap="xsmall"):
        for decision in reversed(item.decisions):
            show_decision(decision, speech)
    if note:
        with right.container(key="meeting_note", border=True, gap="xsmall"):
            st.markdown(f":gray[**{t('What was said')}**]")
            for line in note.splitlines():
                st.markdown(speech.said(line))


def show_decision(decision: DecisionView, speech: Speech, *, with_title: bool = False) -> None:
    """A decision with the way back."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small", key=f"meeting_decided_{decision.id}"):
        st.markdown(speech.decision(decision, with_title=with_title))
        key, args = f"take_back_{decision.id}", (decision.id,)
        offer(Act.HOLD_MEETING, t("Take back"), icon=":material/undo:", type="tertiary", key=key, on_click=take_back, args=args)


def take_back(decision_id: int) -> None:
    """For ``on_click``."""
    action(lambda session: decisions.take_back(session, decision_id, **stamp()), done=in_bin(t("Taken back.")))


def _reopen(decision_id: int) -> None:
    today = clock.today()
    action(lambda session: decisions.settle_follow_up(session, decision_id, settled_on=None, today=today, **stamp()))
