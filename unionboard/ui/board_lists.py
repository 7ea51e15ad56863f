"""What stands in the board's three columns."""

import streamlit as st

from unionboard.models import DutyKind
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status
from unionboard.services.board import Board
from unionboard.ui import lists
from unionboard.ui.lists import Block, show_block
from unionboard.ui.status import write_status
from unionboard.ui.text import t, tn, when_turn

ROWS = 7
BIG_ROWS = 3
FIGURE_SPACE = "\u2007"  # as wide as a digit: columns of numbers align without a table


def show_lists(board: Board) -> None:
    """Late, next and done lately side by side; what also waits fills the short columns."""
    left, middle, right = (column.container(border=True, height="stretch", gap=None) for column in st.columns(3))
    with left:
        _show_pair(_late(board), _unproven(board))
    with middle:
        show_block(_upcoming(board), limit=ROWS)
    with right:
        _show_pair(_done(board), _duties(board))


def show_big_lists(board: Board) -> None:
    """Late and next, in few large rows without names."""
    left, right = (column.container(border=True, height="stretch", gap=None) for column in st.columns(2))
    with left:
        show_block(_late(board, is_big=True), limit=BIG_ROWS)
    with right:
        show_block(_upcoming(board, is_big=True), limit=BIG_ROWS)


def _show_pair(first: Block, second: Block) -> None:
    """Two blocks share the rows of a column: the second one, with its head, takes up to four of them."""
    wanted = min(len(second.views), 3) + 1 if second.views else 0
    top = show_block(first, limit=ROWS - wanted)
    if second.views:
        show_block(second, limit=ROWS - 1 - top, is_second=True)


def _late(board: Board, *, is_big: bool = False) -> Block:
    def note(view: ActivityView) -> str:
        days = tn("{n} day", "{n} days", view.days_late)
        padded = FIGURE_SPACE * (3 - len(str(view.days_late)))
        return f"{'' if is_big else lists.owner(view)} {padded}:orange[**{days}**]"

    return Block("late", t("Late"), "warning", "orange", board.late, note, t("Nothing is late."), lists.due, not is_big)


def _unproven(board: Board) -> Block:
    def note(view: ActivityView) -> str:
        missing = sum(record.evidence_count == 0 for record in view.records)
        return f"{lists.owner(view)} :yellow[{tn('{n} missing', '{n} missing', missing)}]"

    return Block("unproven", t("Papers to come"), "attach_file", "yellow", board.unproven, note, "", lists.done)


def _upcoming(board: Board, *, is_big: bool = False) -> Block:
    def note(view: ActivityView) -> str:
        return f"{'' if is_big else lists.owner(view)} {write_status(view.status)}"

    empty = t("Nothing is planned for the next 30 days.")
    return Block("next", t("Next 30 days"), "event_upcoming", "blue", board.upcoming, note, empty, lists.due, not is_big)


def _done(board: Board) -> Block:
    def note(view: ActivityView) -> str:
        people = f":small[:gray[{tn('{n} person', '{n} people', view.participants)}]] " if view.participants else ""
        return people + write_status(view.status)

    return Block(
        "done", t("Done in the last 30 days"), "check_circle", "green", board.done_lately, note, t("Nothing was done lately."), lists.done
    )


def _duties(board: Board) -> Block:
    def note(view: ActivityView) -> str:
        missed = len(view.missed)
        if missed:
            return f":orange[{tn('{n} turn missed', '{n} turns missed', missed)}]"
        count = f"{view.done_count}/{len(view.occurrences)}" if view.occurrences else str(view.done_count)
        return f":small[:gray[{t('{count} times', count=count)}]] {write_status(Status.STANDING)}"

    return Block("duties", t("Standing duties"), "event_repeat", "yellow", board.duties, note, "", _duty_time)


def _duty_time(view: ActivityView) -> str:
    turn = view.next_turn
    if view.duty is DutyKind.RECURRING and turn and turn.status is not OccurrenceStatus.COMING:
        return when_turn(turn.due_from, turn.due_to)
    return view.frequency or t("All year")
