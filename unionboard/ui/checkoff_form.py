"""The form that tells how an activity went: first report and later corrections alike."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.models import DutyKind
from unionboard.reference import award_levels, figures
from unionboard.services import checkoffs
from unionboard.services.activities import ActivityView, OccurrenceStatus, OccurrenceView, Record
from unionboard.services.checkoffs import Details
from unionboard.ui.actions import LOCAL_USER, Outcome, action
from unionboard.ui.evidence import ask_evidence, keep_evidence
from unionboard.ui.text import named, t, when_turn


def show_check_off_form(view: ActivityView, record: Record | None, *, on_saved: Callable[[], None]) -> None:
    """Ask for the details of ``record``, or of a new check-off when it is None. ``on_saved`` is called without arguments after a commit."""
    key = f"form_{view.id}_{record.id if record else 0}"
    with st.form(key, border=False, enter_to_submit=False):
        if record is None and view.duty is DutyKind.RECURRING:
            _ask_turn(view, key)
        left, right = st.columns(2, wrap=False)
        left.date_input(t("Done on"), record.done_on if record else clock.today(), format="YYYY-MM-DD", key=f"{key}_done_on")
        right.date_input(t("Until (if longer)"), record.done_to if record else None, format="YYYY-MM-DD", key=f"{key}_done_to")
        _ask_people(record, key)
        st.text_area(t("Result, in one sentence for the summary"), record.result if record else "", height=80, key=f"{key}_result")
        _ask_award(record, key)
        _ask_figures(view, record, key)
        if view.duty is DutyKind.ONE_OFF:
            st.checkbox(t("Only done in part"), record.is_partial if record else False, key=f"{key}_is_partial")
        ask_evidence(key)
        label = t("Save changes") if record else t("Save and check off")
        st.form_submit_button(
            label,
            type="primary",
            icon=":material/check:",
            width="stretch",
            key=f"go_{key}",
            on_click=_save,
            args=(view, record, key, on_saved),
        )


def open_turns(view: ActivityView) -> list[OccurrenceView]:
    """The turns that can still be checked off, earliest first."""
    return [turn for turn in view.occurrences if turn.status is not OccurrenceStatus.DONE]


def _ask_turn(view: ActivityView, key: str) -> None:
    turns = {
        turn.id: t("Turn {number} · {when}", number=turn.number, when=when_turn(turn.due_from, turn.due_to)) for turn in open_turns(view)
    }
    upcoming = view.next_turn
    index = list(turns).index(upcoming.id) if upcoming else None
    st.selectbox(t("Which turn"), list(turns), index=index, format_func=turns.__getitem__, key=f"{key}_turn")


def _ask_people(record: Record | None, key: str) -> None:
    fields = (("participants", t("Attended")), ("eligible", t("Should attend")), ("person_times", t("Person-times")))
    grid = st.grid(3, min_column_width=120)
    for name, label in fields:
        grid.number_input(label, step=1, value=getattr(record, name) if record else None, key=f"{key}_{name}")


def _ask_award(record: Record | None, key: str) -> None:
    levels = {code: named(level) for code, level in award_levels().items()}
    left, right = st.columns([3, 2], wrap=False)
    left.text_input(t("Award"), record.award if record else "", max_chars=200, key=f"{key}_award")
    right.selectbox(
        t("Level"),
        list(levels),
        index=list(levels).index(record.award_level) if record and record.award_level in levels else None,
        format_func=levels.__getitem__,
        placeholder=t("Choose"),
        key=f"{key}_award_level",
    )


def _asked_figures(view: ActivityView) -> list[str]:
    return [code for code, figure in figures().items() if figure.area in (view.area, view.area_2)]


def _ask_figures(view: ActivityView, record: Record | None, key: str) -> None:
    codes = _asked_figures(view)
    for first in range(0, len(codes), 2):
        for column, code in zip(st.columns(2, wrap=False), codes[first : first + 2], strict=False):
            value = record.figures.get(code) if record else None
            column.number_input(named(figures()[code]), step=1, value=value, key=f"{key}_figure_{code}")


def _save(view: ActivityView, record: Record | None, key: str, on_saved: Callable[[], None]) -> None:
    typed = st.session_state
    done_on: date = typed[f"{key}_done_on"] or clock.today()
    codes = _asked_figures(view)
    kept = {code: value for code, value in (record.figures if record else {}).items() if code not in codes}
    told = {code: typed[f"{key}_figure_{code}"] for code in codes if typed[f"{key}_figure_{code}"] is not None}
    details = Details(
        done_to=typed[f"{key}_done_to"],
        is_partial=bool(typed.get(f"{key}_is_partial")),
        participants=typed[f"{key}_participants"],
        eligible=typed[f"{key}_eligible"],
        person_times=typed[f"{key}_person_times"],
        result=typed[f"{key}_result"],
        award=typed[f"{key}_award"],
        award_level=typed[f"{key}_award_level"] or "",
        figures={**kept, **told},
    )

    def change(session: Session) -> None:
        times: dict[str, Any] = {"today": clock.today(), "who": LOCAL_USER, "now_utc": clock.now_utc()}
        if record is None:
            turn = typed.get(f"{key}_turn")
            row = checkoffs.check_off(session, view.id, done_on=done_on, details=details, occurrence_id=turn, **times)
        else:
            row = checkoffs.save_details(session, record.id, done_on=done_on, details=details, version=record.version, **times)
        keep_evidence(session, row.id or 0, key)

    outcome: Outcome[None] = action(change, done=t("Saved."))
    if outcome.ok:
        on_saved()
