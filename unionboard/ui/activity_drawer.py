"""The drawer of one activity: what is planned, what became of it, and everything one may do about it."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import NoSuchActivity
from unionboard.models import ActivityState, Change, DutyKind, Evidence, Plan
from unionboard.money import format_fen
from unionboard.reference import work_areas
from unionboard.services import activities, amendments, care, checkoffs, fund, history, plans
from unionboard.services.activities import ActivityView, Record, Status
from unionboard.services.fund import EntryView
from unionboard.ui.actions import LOCAL_USER, action, show_notices
from unionboard.ui.checkoff_form import open_turns, show_check_off_form
from unionboard.ui.evidence import show_papers
from unionboard.ui.history import tell_change
from unionboard.ui.planned_time import Span, read_planned_time, show_planned_time
from unionboard.ui.status import describe_status, write_badge, write_turn
from unionboard.ui.text import escape, named, short_date, span, t, tn, when, when_turn

OPEN_KEY = "open_activity"
RECORD_KEY = "open_record"  # the earlier check-off of a duty that is being completed
WIDTH = 480


def open_activity(activity_id: int) -> None:
    """Remember which activity's drawer to open; for ``on_click`` callbacks and chart clicks."""
    st.session_state[OPEN_KEY] = activity_id
    st.session_state.pop(RECORD_KEY, None)


def close_activity() -> None:
    """Forget the open drawer; the next full run draws the page without it."""
    st.session_state.pop(OPEN_KEY, None)


def show_activity_drawer() -> None:
    """Open the drawer on the right when one is remembered. Called once, at the end of a page; it stays open until closed or saved."""
    activity_id = st.session_state.get(OPEN_KEY)
    if activity_id is None:
        return
    try:
        with db.reading() as session:
            title = activities.find_activity(session, activity_id, today=clock.today()).title
    except NoSuchActivity:
        close_activity()
        return
    st.dialog(escape(title), position="right", width=WIDTH, on_dismiss=close_activity)(_show)(activity_id)


def _show(activity_id: int) -> None:
    show_notices()
    with db.reading() as session:
        view = activities.find_activity(session, activity_id, today=clock.today())
        plan = next(plan for plan in plans.list_plans(session) if plan.id == view.plan_id)
        papers = checkoffs.list_evidence(session, [record.id for record in view.records])
        changes = history.list_activity_history(session, activity_id)
        entries = _list_entries(session, plan, activity_id)
    _show_head(view)
    if view.status is not Status.CANCELLED:
        _show_check_offs(view, papers)
    _show_changes_of_plan(view, plan)
    _show_spending(view, entries)
    _show_history(changes)


def _show_head(view: ActivityView) -> None:
    facts = [when(view.starts_on, view.ends_on, view.precision), escape(view.owner), named(work_areas()[view.area])]
    if view.frequency:
        facts.insert(1, escape(view.frequency))
    st.markdown(f"{write_badge(view.status, describe_status(view))}　:gray[{' · '.join(fact for fact in facts if fact)}]")
    if view.carried_over:
        st.markdown(f":gray-badge[:material/history: {t('Not done last year')}]")
    if view.section_title:
        st.markdown(f":small[:gray[{escape(view.section_title)}]]")
    if view.state_reason:
        st.markdown(f":small[{t('Reason: {reason}', reason=escape(view.state_reason))}]")
    if view.original_starts_on and view.original_ends_on:
        first = when_turn(view.original_starts_on, view.original_ends_on)
        st.markdown(f":small[:gray[{t('First planned for {when}', when=first)}]]")


def _show_check_offs(view: ActivityView, papers: list[Evidence]) -> None:
    """The form first: it is what the drawer is mostly opened for. Then what was told before, and the papers."""
    if view.duty is DutyKind.ONE_OFF:
        record = view.record
        show_check_off_form(view, record, on_saved=_close)
        if record:
            _show_undo(view, record, t("Take back the check-off"))
    else:
        record = next((one for one in view.records if one.id == st.session_state.get(RECORD_KEY)), None)
        if record:
            st.markdown(f"**{t('Record of {day}', day=span(record.done_on, record.done_to))}**")
        if record or view.duty is DutyKind.STANDING or open_turns(view):
            show_check_off_form(view, record, on_saved=_close)
        _show_earlier(view)
    show_papers(view, papers)


def _show_earlier(view: ActivityView) -> None:
    """The turns of a recurring duty, or the entries of a standing one, newest first."""
    count = f"{view.done_count}/{len(view.occurrences)}" if view.occurrences else str(view.done_count)
    with st.expander(t("Done {count} times", count=count), icon=":material/event_repeat:", key="earlier_box"):
        records = {record.occurrence_id: record for record in view.records if record.occurrence_id is not None}
        for turn in view.occurrences:
            _show_earlier_row(view, when_turn(turn.due_from, turn.due_to), write_turn(turn.status), records.get(turn.id))
        for record in reversed([record for record in view.records if record.occurrence_id is None]):
            told = escape(record.result) or (t("with evidence") if record.evidence_count else t("without evidence"))
            _show_earlier_row(view, span(record.done_on, record.done_to), told, record)


def _show_earlier_row(view: ActivityView, when_text: str, told: str, record: Record | None) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f":small[:gray[{when_text}]]", width=88)
        st.markdown(f":small[{told}]", width="stretch")
        if record:
            st.button(t("Complete"), type="tertiary", key=f"complete_{record.id}", on_click=_choose_record, args=(record.id,))
            _show_undo(view, record, t("Take back"))


def _choose_record(record_id: int) -> None:
    st.session_state[RECORD_KEY] = record_id


def _show_undo(view: ActivityView, record: Record, label: str) -> None:
    def undo(session: Session) -> object:
        return checkoffs.undo_check_off(session, view.id, check_off_id=record.id, **_stamp())

    icon = ":material/undo:"
    st.button(label, icon=icon, type="tertiary", key=f"take_back_{record.id}", on_click=_change, args=(undo, t("Taken back."), False))


def _show_changes_of_plan(view: ActivityView, plan: Plan) -> None:
    if view.status is Status.CANCELLED:
        _button(
            view,
            "restore",
            t("Take back into the plan"),
            ":material/undo:",
            lambda session: _set_state(session, view, ActivityState.PLANNED),
        )
        return
    key = f"edit_{view.id}"
    with st.expander(t("Change the plan"), icon=":material/edit:", key=f"{key}_box"):
        st.text_input(t("Name"), view.title, max_chars=300, key=f"{key}_title")
        st.text_input(t("Owner"), view.owner, max_chars=80, key=f"{key}_owner")
        show_planned_time(plan, _time(view), key=key)

        def save(session: Session) -> object:
            typed: dict[str, Any] = {"title": st.session_state[f"{key}_title"], "owner": st.session_state[f"{key}_owner"].strip()}
            times = _read_time(plan, view, key)
            return amendments.save_activity(session, view.id, version=view.version, **typed, **times, **_stamp())

        _button(view, "save", t("Save"), ":material/check:", save)
    if view.duty is not DutyKind.ONE_OFF or view.status in (Status.DONE, Status.PARTLY):
        return
    _show_postpone(view, plan)
    _show_cancel(view)


def _show_postpone(view: ActivityView, plan: Plan) -> None:
    key = f"postpone_{view.id}"
    with st.expander(t("Postpone"), icon=":material/redo:", key=f"{key}_box"):
        show_planned_time(plan, _time(view), key=key)
        st.text_input(t("Why"), max_chars=300, key=f"{key}_reason")

        def postpone(session: Session) -> object:
            times = _read_time(plan, view, key)
            reason = st.session_state[f"{key}_reason"]
            return amendments.postpone_activity(session, view.id, reason=reason, version=view.version, **times, **_stamp())

        _button(view, "postpone", t("Postpone"), ":material/redo:", postpone)


def _show_cancel(view: ActivityView) -> None:
    key = f"cancel_{view.id}"
    with st.expander(t("Cancel the activity"), icon=":material/close:", key=f"{key}_box"):
        st.text_input(t("Why"), max_chars=300, key=f"{key}_reason")

        def cancel(session: Session) -> object:
            return _set_state(session, view, ActivityState.CANCELLED, st.session_state[f"{key}_reason"])

        _button(view, "cancel", t("Cancel the activity"), ":material/close:", cancel)


def _time(view: ActivityView) -> Span:
    return view.starts_on, view.ends_on, view.precision


def _read_time(plan: Plan, view: ActivityView, key: str) -> dict[str, Any]:
    return dict(zip(("starts_on", "ends_on", "precision"), read_planned_time(plan, _time(view), key=key), strict=True))


def _set_state(session: Session, view: ActivityView, state: ActivityState, reason: str = "") -> object:
    return amendments.set_state(session, view.id, state=state, reason=reason, version=view.version, **_stamp())


def _list_entries(session: Session, plan: Plan, activity_id: int) -> list[EntryView]:
    """What was booked for the activity, oldest first, as it may be shown."""
    books = [fund.read_book(session, year) for year in range(plan.starts_on.year, plan.ends_on.year + 1)]
    return [entry for book in books for entry in care.cover_small_occasions(session, book).entries if entry.activity_id == activity_id]


def _show_spending(view: ActivityView, entries: list[EntryView]) -> None:
    if not entries and not view.planned_budget_fen:
        return
    title = t("Spent {amount}", amount=escape(format_fen(view.spent_fen)))
    with st.expander(title, icon=":material/account_balance_wallet:", key="spending_box"):
        if view.planned_budget_fen:
            st.markdown(f":small[:gray[{t('Planned {amount}', amount=escape(format_fen(view.planned_budget_fen)))}]]")
        for entry in entries:
            with st.container(horizontal=True, wrap=False, gap="small"):
                st.markdown(f":small[:gray[{short_date(entry.booked_on)}]]", width=72)
                st.markdown(f":small[{escape(entry.purpose)}]", width="stretch")
                st.markdown(f":small[{escape(format_fen(entry.out_fen or entry.in_fen))}]", width="content")


def _show_history(changes: list[Change]) -> None:
    with st.expander(tn("History, {n} step", "History, {n} steps", len(changes)), icon=":material/history:", key="history_box"):
        for change in changes:
            st.markdown(f":small[:gray[{tell_change(change)}]]")


def _button(view: ActivityView, name: str, label: str, icon: str, change: Callable[[Session], object]) -> None:
    st.button(label, icon=icon, key=f"{name}_activity_{view.id}", on_click=_change, args=(change, t("Saved."), True))


def _change(change: Callable[[Session], object], done: str, close: bool) -> None:
    """Commit, then redraw the page behind the drawer; the drawer stays open for what people do several times."""
    if action(change, done=done).ok:
        if close:
            close_activity()
        st.rerun()


def _close() -> None:
    close_activity()
    st.rerun()


def _stamp() -> dict[str, Any]:
    return {"who": LOCAL_USER, "now_utc": clock.now_utc()}
