"""The lists of the board: what is late, comes next, was done, lacks papers, and what meetings left to do. Names are masked."""

from collections.abc import Sequence
from typing import Any

from unionboard.models import DatePrecision, Decision, DutyKind
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status
from unionboard.services.board import AreaRow, Board
from unionboard.services.masking import Mask
from unionboard.ui.board_figures import since_title
from unionboard.ui.board_links import link
from unionboard.ui.status import describe_status, status_word
from unionboard.ui.text import named, short_date, t, tn, when, when_turn

ROWS, BIG_ROWS = 8, 5
BIG_SIDE_ROWS = 7
Block = dict[str, Any]
Row = dict[str, Any]


def write_columns(board: Board, mask: Mask) -> list[list[Block]]:
    """The desk's three columns: late, next, done; what also waits fills the short ones."""
    return [
        share_rows([_late(board, mask), _follow_ups(board, mask), _unproven(board, mask)], ROWS),
        share_rows([_upcoming(board, mask)], ROWS),
        share_rows([_done(board, mask), _duties(board, mask)], ROWS),
    ]


def write_big_columns(board: Board, mask: Mask) -> list[list[Block]]:
    """The meeting room's three: late and next above, weak areas and what earlier meetings left to do below."""
    return [
        share_rows([_late(board, mask)], BIG_ROWS),
        share_rows([_upcoming(board, mask)], BIG_ROWS),
        share_rows([_weak(board), _follow_ups(board, mask)], BIG_SIDE_ROWS),
    ]


def write_hidden(board: Board, mask: Mask) -> list[Block]:
    """What the meeting room's screen shows only when its number is asked “which?”."""
    return [_done(board, mask), _unproven(board, mask)]


def share_rows(blocks: list[Block], rows: int) -> list[Block]:
    """Each block gets a row in turn until the column is full; the head of a later block costs one too. A cut block ends in "+n"."""
    first, *others = blocks
    shown = [first, *(block for block in others if block["rows"])]
    left = rows - len(shown) + 1
    for block in shown:
        block["limit"] = 0
    while left > 0 and any(block["limit"] < len(block["rows"]) for block in shown):
        for block in shown:
            if left > 0 and block["limit"] < len(block["rows"]):
                block["limit"] += 1
                left -= 1
    return shown


def why_weak(row: AreaRow, *, time_share_pct: int) -> str:
    """What makes an area weak, in a few words."""
    if row.late:
        return tn("{n} late", "{n} late", row.late)
    if row.missed:
        return tn("{n} turn missed", "{n} turns missed", row.missed)
    return t("{done}% done, {time}% of the time gone", done=row.share_done_pct, time=time_share_pct)


def hint(view: ActivityView, mask: Mask) -> str:
    """A cell in one line: title, when, who, what became of it."""
    facts = (mask.text(view.title), when(view.starts_on, view.ends_on, view.precision), mask.text(view.owner), describe_status(view))
    return " · ".join(fact for fact in facts if fact)


def _block(name: str, status: str, title: str, rows: Sequence[Row], empty: str = "", **more: Any) -> Block:
    count = tn("{n} item", "{n} items", len(rows))
    return {"name": name, "status": status, "title": title, "count": count, "rows": list(rows), "empty": empty, "limit": len(rows), **more}


def _row(view: ActivityView, mask: Mask, *, at: str, note: str, tone: str = "", status: str = "", aside: str = "") -> Row:
    return {"id": view.id, "when": at, "title": mask.text(view.title), "aside": aside, "note": note, "tone": tone, "status": status}


def _late(board: Board, mask: Mask) -> Block:
    rows = [
        _row(view, mask, at=_due(view), aside=mask.text(view.owner), note=tn("{n} day", "{n} days", view.days_late), tone="orange")
        for view in board.late
    ]
    return _block("late", "late", t("Late"), rows, t("Nothing is late."))


def _upcoming(board: Board, mask: Mask) -> Block:
    rows = [
        _row(view, mask, at=_due(view), aside=mask.text(view.owner), note=status_word(view.status), status=view.status)
        for view in board.upcoming
    ]
    return _block("next", "calendar", t("Next 30 days"), rows, t("Nothing is planned for the next 30 days."))


def _done(board: Board, mask: Mask) -> Block:
    def people(view: ActivityView) -> str:
        return tn("{n} person", "{n} people", view.participants) if view.participants else ""

    rows = [
        _row(view, mask, at=_last_done(view), aside=people(view), note=describe_status(view), status=view.status)
        for view in board.done_since
    ]
    return _block("done", "check", since_title(board), rows, t("Nothing was done lately."))


def _unproven(board: Board, mask: Mask) -> Block:
    def missing(view: ActivityView) -> str:
        n = sum(record.evidence_count == 0 for record in view.records)
        return tn("{n} missing", "{n} missing", n)

    rows = [
        _row(view, mask, at=_last_done(view), aside=mask.text(view.owner), note=missing(view), tone="yellow") for view in board.unproven
    ]
    return _block("unproven", "clip", t("Papers to come"), rows, t("Everything done has its papers."))


def _duties(board: Board, mask: Mask) -> Block:
    rows = []
    for view in board.duties:
        if view.missed:
            rows.append(
                _row(view, mask, at=_duty_time(view), note=tn("{n} turn missed", "{n} turns missed", len(view.missed)), tone="orange")
            )
        else:
            rows.append(_row(view, mask, at=_duty_time(view), note=describe_status(view), status=Status.STANDING))
    return _block("duties", "standing", t("Standing duties"), rows)


def _weak(board: Board) -> Block:
    areas = work_areas()
    rows = [
        {
            "title": named(areas[row.code]),
            "note": why_weak(row, time_share_pct=board.time_share_pct),
            "tone": "orange",
            "aside": f"{row.done} / {row.counted}",
            **link(f"area_{row.code}"),
        }
        for row in board.weak
    ]
    return _block("weak", "late", t("Weak areas"), rows, t("No area lags behind."))


def _follow_ups(board: Board, mask: Mask) -> Block:
    def row(decision: Decision) -> Row:
        is_late = decision.due_on is not None and decision.due_on < board.as_of
        due = short_date(decision.due_on) if decision.due_on else t("no day")
        note, tone = (t("Late"), "orange") if is_late else ("", "")
        owner = mask.text(decision.owner)
        return {"when": due, "title": mask.text(decision.text), "aside": owner, "note": note, "tone": tone, **link("meeting")}

    return _block("follow_ups", "people", t("Left to do by meetings"), [row(decision) for decision in board.follow_ups])


def _due(view: ActivityView) -> str:
    """When it ends: 11月24日, 11月, 至11月30日."""
    if view.precision is DatePrecision.DAY and view.starts_on != view.ends_on:
        return t("to {day}", day=short_date(view.ends_on))
    return when(view.starts_on, view.ends_on, view.precision)


def _last_done(view: ActivityView) -> str:
    return short_date(view.done_on) if view.done_on else ""


def _duty_time(view: ActivityView) -> str:
    turn = view.next_turn
    if view.duty is DutyKind.RECURRING and turn and turn.status is not OccurrenceStatus.COMING:
        return when_turn(turn.due_from, turn.due_to)
    return view.frequency or t("All year")
