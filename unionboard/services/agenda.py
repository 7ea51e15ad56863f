"""What a meeting's agenda should be: what was left over, what was promised, what is late, what comes, the money, anything else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from unionboard.models import AgendaKind, DutyKind
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status
from unionboard.services.checklist import is_of_month
from unionboard.services.periods import month_index, month_span

MOST_SINGLE = 12
"""So many activities of a kind are points of their own; with three minutes for each of them, late and due fill an hour."""
_OPEN = (Status.COMING, Status.UNDER_WAY, Status.POSTPONED)
_SETTLED = (Status.DONE, Status.PARTLY, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of an agenda: one activity, several that stand together, a follow-up, or a title. The fund needs neither."""

    kind: AgendaKind
    activity_ids: tuple[int, ...] = ()
    decision_id: int | None = None
    title: str = ""


def propose_agenda(
    views: Sequence[ActivityView], *, held_on: date, follow_ups: Sequence[int] = (), carried: Sequence[Point] = ()
) -> list[Point]:
    """The agenda of a meeting on ``held_on``, for the activities of a plan as they stand (``views``, in the plan's order).

    First ``carried``, the points the last meeting did not reach, as far as they are still open; then ``follow_ups``, the ids of open
    ones; the late, longest first; what is planned in this month and what in the next, by their last day; recurring duties in the month
    in which a turn ends, and among the late when it went by in this or the last month; the fund; one empty point for anything else. No
    activity stands twice.

    A committee gets through some twenty points in an hour, while a plan of 300 activities has more than that late in one autumn. So only
    the first ``MOST_SINGLE`` of a kind are points of their own and the rest of the kind is one last point that names them all: it can be
    looked over in a minute, any of them can be taken out and discussed, and what is not reached is carried to the next meeting like
    everything else. Nothing is left out.
    """
    known = {view.id: view for view in views}
    left_over = _carry(carried, known, follow_ups)
    taken = {id_ for point in left_over for id_ in point.activity_ids}
    asked = {point.decision_id for point in left_over}
    points = [*left_over, *(Point(AgendaKind.FOLLOW_UP, decision_id=id_) for id_ in follow_ups if id_ not in asked)]
    late = [view for view in views if view.status is Status.LATE or _missed_lately(view, held_on)]
    late.sort(key=lambda view: view.missed[-1].due_to if view.missed else view.ends_on)
    this, following = (month_span(month_index(held_on) + step)[0] for step in (0, 1))
    by_day = sorted(views, key=lambda view: (view.ends_on, view.starts_on))
    due = [view for view in by_day if (view.status in _OPEN and is_of_month(view, this)) or _turn_ends_in(view, this)]
    coming = [view for view in by_day if view.status in _OPEN and is_of_month(view, following)]
    for kind, group in ((AgendaKind.LATE, late), (AgendaKind.MONTH, due), (AgendaKind.NEXT, coming)):
        ids = [view.id for view in group if view.id not in taken]
        taken.update(ids)
        points += _gather(kind, ids)
    if all(point.kind is not AgendaKind.FUND for point in left_over):
        points.append(Point(AgendaKind.FUND))
    return [*points, Point(AgendaKind.OTHER)]


def _carry(carried: Iterable[Point], known: dict[int, ActivityView], follow_ups: Collection[int]) -> list[Point]:
    """What is still to be done of the points that were not reached, in their order; the fund stays the fund."""
    points: list[Point] = []
    seen: set[int] = set()
    rest: list[int] = []
    for point in carried:
        ids = [id_ for id_ in point.activity_ids if id_ not in seen and id_ in known and known[id_].status not in _SETTLED]
        single = ids[: max(MOST_SINGLE - len(seen), 0)]
        seen.update(ids)
        rest += ids[len(single) :]
        points += [Point(AgendaKind.CARRIED, (id_,)) for id_ in single]
        if point.decision_id in follow_ups or point.title:
            points.append(replace(point, kind=AgendaKind.CARRIED, activity_ids=()))
        elif point.kind is AgendaKind.FUND:
            points.append(point)
    return [*points, *_together(AgendaKind.CARRIED, rest)]


def _gather(kind: AgendaKind, ids: Sequence[int]) -> list[Point]:
    return [*(Point(kind, (id_,)) for id_ in ids[:MOST_SINGLE]), *_together(kind, ids[MOST_SINGLE:])]


def _together(kind: AgendaKind, ids: Sequence[int]) -> list[Point]:
    return [Point(kind, tuple(ids))] if ids else []


def _missed_lately(view: ActivityView, held_on: date) -> bool:
    """Whether a turn went by since a meeting of last month could have asked for it; older ones would come up for ever."""
    if view.status is Status.CANCELLED:
        return False
    return any(month_index(held_on) - 1 <= month_index(turn.due_to) <= month_index(held_on) for turn in view.missed)


def _turn_ends_in(view: ActivityView, month: date) -> bool:
    """Whether a recurring duty has a turn to be held by the end of ``month``."""
    if view.duty is not DutyKind.RECURRING or view.status is Status.CANCELLED:
        return False
    still = (OccurrenceStatus.DUE, OccurrenceStatus.COMING)
    return any(turn.status in still and month_index(turn.due_to) == month_index(month) for turn in view.occurrences)
