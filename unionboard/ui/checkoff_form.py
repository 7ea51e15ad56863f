"""The panel that tells how an activity went: first report and later corrections alike."""

from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors.checkoffs import AlreadyCheckedOff
from unionboard.models import CheckOff, DutyKind
from unionboard.services import activities, checkoffs, evidence
from unionboard.services.activities import ActivityView, OccurrenceStatus, OccurrenceView, Record
from unionboard.ui.activity_actions import show_buttons, stamp, version_to_save
from unionboard.ui.conflict import Conflict, compare, save, show_conflict
from unionboard.ui.drawer_state import Place, current_place, leave_panel, note_conflict, noted_conflict, pin, pinned
from unionboard.ui.evidence import ask_evidence, keep_evidence, take_files
from unionboard.ui.report_fields import ask_first, ask_more, choose_asks, read_typed
from unionboard.ui.text import span, t, tn, when_turn

_FIELDS = (
    "done_on",
    "done_to",
    "is_partial",
    "remaining",
    "participants",
    "eligible",
    "person_times",
    "figures",
    "agenda",
    "result",
    "award",
    "award_level",
)


def show_check_off_form(view: ActivityView, place: Place) -> None:
    """Ask for the details of the check-off ``place`` names, or of a new one: what its kind is asked first, the rest folded."""
    record = next((one for one in view.records if one.id == place.record_id), None)
    key = f"form_{view.id}_{place.record_id or 0}"
    seen = pin(record.version if record else 0, _values(record)).values
    asks = choose_asks(view, seen)
    if place.record_id is not None and record is None:
        st.warning(t("Somebody took this check-off back in the meantime. Saving checks it off anew, with what stands here."))
    if record and view.duty is not DutyKind.ONE_OFF:
        st.markdown(f"**{t('Record of {day}', day=span(record.done_on, record.done_to))}**")
    turn = _ask_turn(view, place, key) if place.record_id is None and view.duty is DutyKind.RECURRING else None
    _ask_days(view, seen, turn, key)
    ask_first(asks, seen, key)
    st.text_area(t("Result, in one sentence for the summary"), seen["result"], height=80, key=f"{key}_result")
    if view.duty is DutyKind.ONE_OFF:
        st.checkbox(t("Only done in part"), seen["is_partial"], key=f"{key}_is_partial")
        if st.session_state[f"{key}_is_partial"]:
            st.text_input(t("What is left to do?"), seen["remaining"], max_chars=200, key=f"{key}_remaining")
    with st.expander(t("More: award, people, agenda"), icon=":material/more_horiz:", key=f"{key}_more"):
        ask_more(asks, seen, key)
    ask_evidence(key, on_paper=evidence.stays_on_paper(view))
    show_conflict(view.id, on_mine=_save, args=(view, key, True))
    is_log = view.duty is DutyKind.STANDING
    new = t("Log it") if is_log else t("Save and check off")
    show_buttons(
        view, "report", t("Save changes") if record else new, "add" if is_log and not record else "check", _save, view, key, False, record
    )


def _values(record: Record | None) -> dict[str, Any]:
    """What is told of a check-off so far; of a new one nothing but the day."""
    empty: dict[str, Any] = {"done_on": clock.today(), "is_partial": False, "figures": {}}
    empty |= dict.fromkeys(("remaining", "agenda", "result", "award", "award_level"), "")
    return {name: getattr(record, name) if record else empty.get(name) for name in _FIELDS}


def open_turns(view: ActivityView) -> list[OccurrenceView]:
    """The turns that can still be checked off, earliest first."""
    return [turn for turn in view.occurrences if turn.status is not OccurrenceStatus.DONE]


def _ask_turn(view: ActivityView, place: Place, key: str) -> OccurrenceView | None:
    """Which turn it is for: the one chosen in the list before, else the one a tick would take. Without open turns it is one more."""
    turns = {turn.id: turn for turn in open_turns(view)}
    upcoming = turns.get(place.turn_id or 0) or view.next_turn
    if upcoming is None:
        return None
    words = {
        id_: t("Turn {number} · {when}", number=turn.number, when=when_turn(turn.due_from, turn.due_to)) for id_, turn in turns.items()
    }
    index = list(turns).index(upcoming.id)
    chosen = st.selectbox(t("Which turn"), list(turns), index=index, format_func=words.__getitem__, key=f"{key}_turn")
    return turns.get(chosen or 0)


def _ask_days(view: ActivityView, seen: Any, turn: OccurrenceView | None, key: str) -> None:
    """The day, and the last one if it took several; how late that is is said at once."""
    day = min(clock.today(), turn.due_to) if turn and turn.status is OccurrenceStatus.MISSED else seen["done_on"]
    left, right = st.columns(2, wrap=False)
    suffix = f"_{turn.id}" if turn else ""  # another turn begins with its own day
    left.date_input(t("Day") if view.duty is DutyKind.STANDING else t("Done on"), day, format="YYYY-MM-DD", key=f"{key}_done_on{suffix}")
    right.date_input(t("Until (if longer)"), seen["done_to"], format="YYYY-MM-DD", key=f"{key}_done_to")
    if view.duty is DutyKind.ONE_OFF:
        last: date | None = st.session_state[f"{key}_done_to"] or st.session_state[f"{key}_done_on"]
        days = (last - view.ends_on).days if last else 0
        late = tn("{n} day after the planned end", "{n} days after the planned end", days) if days > 0 else t("In time")
        st.markdown(f":small[:{'orange' if days > 0 else 'gray'}[{late}]]")


def _read(view: ActivityView, key: str) -> dict[str, Any]:
    """What the panel holds, field by field."""
    state, seen = st.session_state, pinned().values
    turn = state.get(f"{key}_turn")
    day = state.get(f"{key}_done_on_{turn}" if turn else f"{key}_done_on")
    typed = read_typed(choose_asks(view, seen), seen, key)
    return typed | {
        "done_on": day or clock.today(),
        "done_to": state[f"{key}_done_to"],
        "result": state[f"{key}_result"].strip(),
        "is_partial": bool(state.get(f"{key}_is_partial")),
        "remaining": str(state.get(f"{key}_remaining") or "").strip(),
    }


def _save(view: ActivityView, key: str, insist: bool = False, record: Record | None = None) -> None:
    """``record``: the check-off as it was on the screen; one that was taken back before is reported anew."""
    place, seen, typed = current_place(view.id), pinned().values, _read(view, key)
    conflict: Conflict | None = noted_conflict()
    met = conflict.check_off_id if conflict and insist else None

    def change(session: Session) -> CheckOff:
        files = take_files(key)
        times: dict[str, Any] = {"today": clock.today(), **stamp()}
        mine: dict[str, Any] = {}
        if met is not None and conflict:
            mine = {one.field: one.yours for one in conflict.differences}
            row = checkoffs.amend_check_off(session, met, version=version_to_save(insist), **mine, **times)
        elif place.record_id is not None and (insist or record):
            mine = {name: value for name, value in typed.items() if value != seen[name]}
            row = checkoffs.amend_check_off(session, place.record_id, version=version_to_save(insist), **mine, **times)
        else:
            details = checkoffs.Details(**{name: value for name, value in typed.items() if name != "done_on"})
            turn = st.session_state.get(f"{key}_turn")
            row = checkoffs.check_off(session, view.id, done_on=typed["done_on"], details=details, occurrence_id=turn, **times)
        keep_evidence(session, row.id or 0, key, files)
        return row

    outcome = save(change, done=t("Saved."), told_by_caller=(AlreadyCheckedOff,))
    if outcome.ok:
        leave_panel(view.id)
    elif isinstance(outcome.refusal, AlreadyCheckedOff):
        _note_met(view, outcome.refusal, typed)


def _note_met(view: ActivityView, refusal: AlreadyCheckedOff, typed: dict[str, Any]) -> None:
    """Somebody else was first: what was typed can be added to theirs."""
    facts = refusal.facts
    check_off_id = int(str(facts["check_off_id"]))
    with db.reading() as session:
        fresh = activities.find_activity(session, view.id, today=clock.today())
    theirs = next(record for record in fresh.records if record.id == check_off_id)
    yours = typed | {"figures": {**theirs.figures, **typed["figures"]}}
    differences = compare(_FIELDS, _values(theirs), yours)
    note_conflict(Conflict(differences, theirs.version, theirs.who, theirs.created_at_utc, check_off_id))
