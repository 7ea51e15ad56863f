"""The turns of a recurring duty, and the entries of a standing one: each can be completed and taken back by itself."""

import streamlit as st

from unionboard.services.activities import ActivityView, OccurrenceStatus, OccurrenceView, Record
from unionboard.services.permissions import Act
from unionboard.ui.activity_actions import show_undo
from unionboard.ui.activity_facts import tell_people
from unionboard.ui.drawer_state import Panel, show_panel
from unionboard.ui.offers import offer
from unionboard.ui.status import count_turns, write_turn
from unionboard.ui.text import escape, listed, short_date, span, t, when_turn

_UNFOLD_UP_TO = 12


def show_turns(view: ActivityView) -> None:
    """Turns in their order, then entries beside them, the newest first."""
    entries = [record for record in view.records if record.occurrence_id is None]
    if not view.occurrences and not entries:
        return
    title, is_open = t("Done {count}", count=count_turns(view)), len(view.occurrences) + len(entries) <= _UNFOLD_UP_TO
    with st.expander(title, icon=":material/event_repeat:", expanded=is_open, key="earlier_box"):
        records = {record.occurrence_id: record for record in view.records if record.occurrence_id is not None}
        with st.container(gap="xsmall"):
            for turn in view.occurrences:
                _show_turn(view, turn, records.get(turn.id))
            for record in reversed(entries):
                _show_row(view, span(record.done_on, record.done_to), record)


def _show_turn(view: ActivityView, turn: OccurrenceView, record: Record | None) -> None:
    day = f" {short_date(record.done_on)}" if record else ""
    told = f"{when_turn(turn.due_from, turn.due_to)}　{write_turn(turn.status)}{day}"
    _show_row(view, told, record, turn)


def _tell(record: Record) -> str:
    """What was told of an entry, else whether there are papers."""
    told = [part for part in (tell_people(record), escape(record.result)) if part]
    return listed(told) or (t("with evidence") if record.evidence_count else t("without evidence"))


def _show_row(view: ActivityView, head: str, record: Record | None, turn: OccurrenceView | None = None) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        told = f"  \n:small[:gray[{_tell(record)}]]" if record else ""
        st.markdown(f":small[{head}]{told}", width="stretch")
        if record:
            args = (view.id, Panel.REPORT, record.id)
            offer(Act.CHECK_OFF, t("Complete"), type="tertiary", key=f"complete_{record.id}", on_click=show_panel, args=args)
            show_undo(view, record, t("Take back"), icon="")
        elif turn and turn.status is not OccurrenceStatus.COMING:
            word = t("Check off") if turn.status is OccurrenceStatus.DUE else t("Was held")
            offer(
                Act.CHECK_OFF,
                word,
                type="tertiary",
                key=f"turn_{turn.id}",
                on_click=show_panel,
                args=(view.id, Panel.REPORT, None, turn.id),
            )
