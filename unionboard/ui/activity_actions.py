"""What one may do about an activity, as buttons; postponing and cancelling ask for a reason in panels of their own."""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.models import ActivityState, DutyKind, Plan
from unionboard.services import amendments, checkoffs
from unionboard.services.activities import ActivityView, Record, Status
from unionboard.services.permissions import Act
from unionboard.ui.actions import action
from unionboard.ui.conflict import save, show_conflict
from unionboard.ui.drawer_state import Panel, leave_panel, noted_conflict, pin, pinned, show_panel
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.planned_time import Span, read_planned_time, show_planned_time
from unionboard.ui.text import t
from unionboard.ui.trash import in_bin

Rank = Literal["primary", "secondary", "tertiary"]
_DONE = (Status.DONE, Status.PARTLY)


def show_actions(view: ActivityView) -> None:
    """The next step first and in colour; what follows depends on what the activity is now."""
    with st.container(horizontal=True, gap="xsmall", key=f"actions_drawer_{view.id}"):
        if view.status is Status.CANCELLED:
            _change_button(view, "restore", t("Take back into the plan"), "undo", _to_state(view, ActivityState.PLANNED))
        elif view.duty is not DutyKind.ONE_OFF:
            _show_duty(view)
        elif view.record and view.status in _DONE:
            _show_done(view, view.record)
        else:
            _show_open(view)
        _panel_button(view, Panel.EDIT, t("Change the plan"), "edit", rank="tertiary")


def _show_open(view: ActivityView) -> None:
    _panel_button(view, Panel.REPORT, t("Check off"), "check", rank="primary")
    if view.state is ActivityState.UNDER_WAY:
        _change_button(view, "under_way", t("Not begun yet"), "circle", _to_state(view, ActivityState.PLANNED, view.state_reason))
    elif view.status is not Status.UNDER_WAY:
        _change_button(
            view, "under_way", t("Has begun"), "radio_button_checked", _to_state(view, ActivityState.UNDER_WAY, view.state_reason)
        )
    _panel_button(view, Panel.POSTPONE, t("Postpone"), "redo")
    _panel_button(view, Panel.CANCEL, t("Cancel the activity"), "close")


def _show_done(view: ActivityView, record: Record) -> None:
    if record.is_partial:
        _change_button(view, "finish", t("The rest is done today"), "check", _finish(record), rank="primary")
    _panel_button(view, Panel.REPORT, t("Complete the record"), "edit_note", record_id=record.id)
    show_undo(view, record, t("Take back the check-off"))


def _show_duty(view: ActivityView) -> None:
    is_log = view.duty is DutyKind.STANDING
    if is_log or not view.occurrences or view.next_turn:
        word = t("Log one") if is_log else t("Check off one turn")
        _panel_button(view, Panel.REPORT, word, "add" if is_log else "check", rank="primary")
    _panel_button(view, Panel.CANCEL, t("Cancel the activity"), "close")


def show_undo(view: ActivityView, record: Record, label: str, *, icon: str = ":material/undo:") -> None:
    """The way back from one check-off; the drawer stays open."""

    def undo(session: Session) -> object:
        return checkoffs.undo_check_off(session, view.id, check_off_id=record.id, version=record.version, **stamp())

    key = f"take_back_{record.id}"
    offer(Act.CHECK_OFF, label, icon=icon or None, type="tertiary", key=key, on_click=_change, args=(undo, in_bin(t("Taken back."))))


def show_postpone(view: ActivityView, plan: Plan) -> None:
    """Ask to when, and why."""
    key = f"postpone_{view.id}"
    pin(view.version, {})
    st.markdown(f"**{t('Postpone to when?')}**")
    show_planned_time(plan, _time(view), key=key)
    st.text_input(t("Why (goes into the summary)"), max_chars=300, key=f"{key}_reason")
    show_conflict(view.id, on_mine=_postpone, args=(view, plan, key, True))
    show_buttons(view, "postpone", t("Postpone"), "redo", _postpone, view, plan, key)


def _postpone(view: ActivityView, plan: Plan, key: str, insist: bool = False) -> None:
    def change(session: Session) -> object:
        times: dict[str, Any] = dict(zip(("starts_on", "ends_on", "precision"), read_planned_time(plan, _time(view), key=key), strict=True))
        reason = st.session_state[f"{key}_reason"]
        return amendments.postpone_activity(session, view.id, reason=reason, version=version_to_save(insist), **times, **stamp())

    if save(change, done=t("Saved.")).ok:
        leave_panel(view.id)


def show_cancel(view: ActivityView) -> None:
    """Ask why."""
    key = f"cancel_{view.id}"
    pin(view.version, {})
    st.markdown(f"**{t('Cancel the activity')}**")
    st.markdown(f":small[:gray[{t('It stays in the plan, struck through, and can be taken back.')}]]")
    st.text_input(t("Why (goes into the summary)"), max_chars=300, key=f"{key}_reason")
    show_conflict(view.id, on_mine=_cancel, args=(view, key, True))
    show_buttons(view, "cancel", t("Cancel the activity"), "close", _cancel, view, key)


def _cancel(view: ActivityView, key: str, insist: bool = False) -> None:
    def change(session: Session) -> object:
        reason = st.session_state[f"{key}_reason"]
        state = ActivityState.CANCELLED
        return amendments.set_state(session, view.id, state=state, reason=reason, version=version_to_save(insist), **stamp())

    if save(change, done=t("Saved.")).ok:
        leave_panel(view.id)


def show_buttons(view: ActivityView, name: str, label: str, icon: str, on_save: Callable[..., None], *args: object) -> None:
    """A panel's save, wide and in colour, beside the way out of it without saving."""
    with st.container(horizontal=True, wrap=False):
        key = f"{name}_activity_{view.id}"
        st.button(label, icon=f":material/{icon}:", type="primary", width="stretch", key=key, on_click=on_save, args=args)
        st.button(t("Do not save"), key=f"leave_{view.id}", on_click=leave_panel, args=(view.id,))


def version_to_save(insist: bool) -> int:
    """The version that was seen; of who insists on his own, the one he was shown beside it."""
    return int(noted_conflict().version) if insist else pinned().version


def _panel_button(
    view: ActivityView, panel: Panel, label: str, icon: str, *, record_id: int | None = None, rank: Rank = "secondary"
) -> None:
    offer(
        Act.CHECK_OFF if panel is Panel.REPORT else Act.EDIT_PLAN,
        label,
        icon=f":material/{icon}:",
        type=rank,
        key=f"go_{panel}_{view.id}",
        on_click=show_panel,
        args=(view.id, panel, record_id),
    )


def _change_button(
    view: ActivityView, name: str, label: str, icon: str, change: Callable[[Session], object], *, rank: Rank = "secondary"
) -> None:
    key = f"{name}_activity_{view.id}"
    act = Act.CHECK_OFF if name == "finish" else Act.EDIT_PLAN
    offer(act, label, icon=f":material/{icon}:", type=rank, key=key, on_click=_change, args=(change, t("Saved.")))


def _change(change: Callable[[Session], object], done: str) -> None:
    """Commit, then redraw the page behind the drawer; the drawer stays open."""
    if action(change, done=done).ok:
        st.rerun()


def _to_state(view: ActivityView, state: ActivityState, reason: str = "") -> Callable[[Session], object]:
    return lambda session: amendments.set_state(session, view.id, state=state, reason=reason, version=view.version, **stamp())


def _finish(record: Record) -> Callable[[Session], object]:
    today = clock.today()
    values: dict[str, Any] = {"done_to": today if today > record.done_on else record.done_to, "is_partial": False}
    return lambda session: checkoffs.amend_check_off(session, record.id, version=record.version, today=today, **values, **stamp())


def _time(view: ActivityView) -> Span:
    return view.starts_on, view.ends_on, view.precision


def stamp() -> dict[str, Any]:
    """Who changes something now."""
    return {"who": acting_who(), "now_utc": clock.now_utc()}
