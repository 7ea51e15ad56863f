"""What stands on a card of the check-offs: its status, when and who, and what a tap on it may do. As JSON for ``components.cards``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from unionboard import clock
from unionboard.charts.theme import MARKS
from unionboard.models import DutyKind
from unionboard.services.activities import ActivityView, Record, Status
from unionboard.services.checklist import UNPROVEN, Part, make_checklist, take_stock, takes_tick
from unionboard.ui.kept import keep
from unionboard.ui.status import TURN_LOOKS, count_turns, describe_status, status_word
from unionboard.ui.text import short_date, t, tn, when, when_turn

SHOWN = 24  # cards of a group at first, whole rows of one to four
STEP = 48  # further cards at a press
_HEADS = {
    Part.LATE: ("orange", "warning", "Late"),
    Part.DUE: ("blue", "event_upcoming", "To be done"),
    Part.DUTIES: ("yellow", "event_repeat", "Standing duties"),
    Part.DONE: ("green", "check_circle", "Done"),
}
Said = tuple[str, ...]
"""A tone, words and perhaps a Material Symbol before them."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was checked off on a card: the check-offs, oldest first (of what is logged there may be several), and the part it stood in."""

    check_off_ids: tuple[int, ...]
    part: Part


def write_cards(
    _session: Session,
    plan_id: int,
    *,
    show: str,
    owner: str | None,
    today: date,
    ticked: tuple[tuple[int, Ticked], ...],
    steps: tuple[tuple[Part, int], ...],
    may_tick: bool,
) -> dict[str, Any]:
    """The groups of ``show``, each with its first cards; for ``kept.keep``.

    ``ticked``: what was ticked here a moment ago, by activity. ``steps``: how often a group was asked for more. With ``may_tick`` cards
    take ticks, and on the list of what lacks papers photos too.
    """
    here = dict(ticked)
    kept = {activity_id: one.part for activity_id, one in ticked}
    listed = make_checklist(keep(take_stock, plan_id, today=today).views, show=show, today=today, owner=owner, kept=kept)
    parts = []
    for part, views in listed.parts.items():
        tone, icon, title = _HEADS[part]
        shown = views[: SHOWN + STEP * dict(steps).get(part, 0)]
        left = len(views) - len(shown)
        parts.append(
            {
                "part": part.value,
                "tone": tone,
                "icon": icon,
                "title": t(title),
                "count": tn("{n} item", "{n} items", len(views)),
                "cards": [_write_card(view, part, here.get(view.id), may_tick, asks_papers=show == UNPROVEN) for view in shown],
                "more": tn("{n} more", "{n} more", left) if left else "",
            }
        )
    return {"parts": parts, "open": listed.open, "words": _words(), "days": {"last": today.isoformat()}}


def _words() -> dict[str, str]:
    return {
        "undo": t("Undo"),
        "log": t("Log one"),
        "notToday": t("Not today?"),
        "itWas": t("It was on"),
        "details": t("Add details"),
        "photo": t("Add photo"),
        "sending": t("Sending …"),
        "nothing": t("Nothing stands here: all of it is done, or planned for other months."),
    }


def _write_card(view: ActivityView, part: Part, here: Ticked | None, may_tick: bool, *, asks_papers: bool) -> dict[str, Any]:
    """Title, status, when and who; at the right a round tick, or the way back; below, more of what was ticked.

    One tap said today: another day is one more tap, details and photos come when there is time. Further turns that are missed wait below
    and not in the circle, which a quick finger taps twice.
    """
    just_now = _still_standing(view, here)
    ticked = just_now or _ticked_today(view, part)
    is_over = just_now is not None or (ticked is not None and not takes_tick(view))
    latest = next((record for record in view.records if ticked and record.id == ticked.check_off_ids[-1]), None)
    bare = next((record for record in view.records if asks_papers and not record.evidence_count), None)
    is_told = ticked is not None and (is_over or view.duty is DutyKind.STANDING)
    badges, facts = _tell_ticked(view, ticked) if ticked and is_told else _tell(view)
    card: dict[str, Any] = {"id": view.id, "title": view.title, "badges": badges, "facts": facts}
    if may_tick and latest:
        card["undo"] = {"record": latest.id, "version": latest.version}
        card["more"] = {"record": latest.id, "version": latest.version, "day": latest.done_on.isoformat()}
        if is_over and view.next_turn and takes_tick(view):
            turn = view.next_turn
            card["more"]["again"] = {
                "word": t("Check off {when} too", when=when_turn(turn.due_from, turn.due_to)),
                "turn": turn.id,
            }
    elif may_tick and bare:
        card["more"] = {"record": bare.id}
    tick = _write_tick(view, may_tick, is_ticked=is_over)
    return card | ({"tick": tick} if tick else {})


def _write_tick(view: ActivityView, may_tick: bool, *, is_ticked: bool) -> dict[str, Any] | None:
    """What happens as it comes is logged, and once more; anything else is ticked once."""
    if view.duty is DutyKind.STANDING and takes_tick(view):
        return {"kind": "log"} if may_tick else None
    if is_ticked:
        return {"kind": "done"}
    if not takes_tick(view) or not may_tick:
        return None
    return {"kind": "tick", "word": t("Check off “{title}”", title=view.title), "turn": view.next_turn.id if view.next_turn else None}


def _tell(view: ActivityView) -> tuple[list[Said], list[list[Said]]]:
    badges = [_badge(view.status, describe_status(view))]
    if view.carried_over and view.status is not Status.DONE:
        badges.append(("badge gray", t("Not done last year"), "history"))
    papers = _tell_missing(view.records) if view.status is Status.DONE and view.evidence_missing else _tell_papers(view)
    owner: list[Said] = [("", view.owner)] if view.owner else []
    return badges, [fact for fact in (_when(view), owner, papers) if fact]


def _when(view: ActivityView) -> list[Said]:
    if view.duty is DutyKind.RECURRING and view.next_turn:
        turn = view.next_turn
        look, word = TURN_LOOKS[turn.status]
        return [("", f"{when_turn(turn.due_from, turn.due_to)} "), (MARKS[look].colour_name, t(word), MARKS[look].icon)]
    if view.duty is DutyKind.STANDING and view.done_on:
        return [("", t("last on {day}", day=short_date(view.done_on)))]
    if view.duty is not DutyKind.STANDING and view.status in (Status.DONE, Status.PARTLY) and view.done_on:
        return [("", short_date(view.done_on))]
    return [("", when(view.starts_on, view.ends_on, view.precision))]


def _tell_ticked(view: ActivityView, ticked: Ticked) -> tuple[list[Said], list[list[Said]]]:
    facts: list[Said] = []
    if view.duty is DutyKind.STANDING:
        times = len(ticked.check_off_ids)
        word = tn("Logged {n} time today", "Logged {n} times today", times)
    elif view.duty is DutyKind.RECURRING:
        turn = next((turn for turn in view.occurrences if turn.check_off_id == ticked.check_off_ids[-1]), None)
        word = t("Done for {when}", when=when_turn(turn.due_from, turn.due_to)) if turn else status_word(Status.DONE)
        facts.append(("", f"{count_turns(view)} "))
    else:
        word = describe_status(view)
        if view.done_on and view.done_on != clock.today():
            facts.append(("", f"{short_date(view.done_on)} "))
    records = [record for record in view.records if record.id in ticked.check_off_ids]
    facts += _tell_missing(records) or _tell_papers(view)
    return [_badge(Status.DONE, word)], [facts] if facts else []


def _badge(status: Status, word: str) -> Said:
    return f"badge {MARKS[status].colour_name}", word, MARKS[status].icon


def _tell_missing(records: Sequence[Record]) -> list[Said]:
    """How many of ``records`` lack papers; nothing when none does."""
    missing = sum(record.evidence_count == 0 for record in records)
    return [("yellow", tn("{n} paper missing", "{n} papers missing", missing))] if missing else []


def _tell_papers(view: ActivityView) -> list[Said]:
    papers = sum(record.evidence_count for record in view.records)
    return [("", f"\u00a0{papers}", "attach_file")] if papers else []


def _ticked_today(view: ActivityView, part: Part) -> Ticked | None:
    """What was checked off earlier today, by whomever: the way back outlives a reload."""
    today = clock.local_day(clock.now_utc())
    made = sorted((record.created_at_utc, record.id) for record in view.records if clock.local_day(record.created_at_utc) == today)
    return Ticked(tuple(id_ for _, id_ in made), part) if made else None


def _still_standing(view: ActivityView, ticked: Ticked | None) -> Ticked | None:
    """What was checked off on this card and still stands: others may have taken it back."""
    standing = {record.id for record in view.records}
    ids = tuple(id_ for id_ in ticked.check_off_ids if id_ in standing) if ticked else ()
    return Ticked(ids, ticked.part) if ticked and ids else None
