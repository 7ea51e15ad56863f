"""What a union's groups should hear of on a day: what is due, what has become late, how full the fund's items are, a meeting that is
called, minutes that are ready. Worded in ``messaging.wording``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from sqlmodel import Session

from unionboard.errors.messages import PlaceTellsOfSomebody
from unionboard.models import AgendaKind, DatePrecision, Meeting, MessageEvent, MessagePolicy, Plan
from unionboard.services import plans
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status, list_activities
from unionboard.services.agenda import propose_agenda
from unionboard.services.execution import list_items
from unionboard.services.fund import book_year, read_book
from unionboard.services.fund_totals import find_told_of_few
from unionboard.services.meetings import left_over, list_meetings, list_open_follow_ups, previous_meeting
from unionboard.services.message_facts import BudgetFacts, DueFacts, DueItem, InvitationFacts, ItemShare, LateFacts, MinutesReadyFacts
from unionboard.services.message_titles import Titles
from unionboard.services.minutes import read_minutes
from unionboard.services.periods import month_index, month_span
from unionboard.services.sent_messages import Occasion

AHEAD = timedelta(days=6)
"""Due this week: today and the six days after it, whichever weekday the message goes out."""
LOOK_BACK = timedelta(days=7)
"""How far back a group that was told nothing yet hears of what became late."""
MOST_SHOWN = 10
_ABOUT_LIMIT = 80
_OPEN = (Status.COMING, Status.UNDER_WAY, Status.POSTPONED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan's activities as they stand on ``day``, and which titles may be told: read once for all messages of a round."""

    day: date
    plan: Plan
    views: tuple[ActivityView, ...]
    titles: Titles


def read_standing(session: Session, plan: Plan, *, today: date) -> Standing:
    """``plan`` as it stands on ``today``."""
    return Standing(today, plan, tuple(list_activities(session, plan.id or 0, today=today)), Titles(session))


def read_current(session: Session, *, today: date) -> Standing | None:
    """The same of the plan that holds on ``today``; None where there is no plan."""
    plan = plans.current_plan(session, today=today)
    return None if plan is None else read_standing(session, plan, today=today)


def tell_week(standing: Standing, *, week_of: date) -> DueFacts | None:
    """What is due in seven days from the standing's day on, and how much more in its month, for most plans name months; None: nothing is.
    One message for the calendar week of ``week_of``, the day it should have gone out."""
    week = _list_due(standing, standing.day, standing.day + AHEAD)
    _, month_end = month_span(month_index(standing.day))
    later = _list_due(standing, standing.day + AHEAD + timedelta(days=1), month_end)
    if not week and not later:
        return None
    year, number, _ = week_of.isocalendar()
    occasion = Occasion(MessageEvent.DUE_THIS_WEEK, f"{year}-W{number:02d}")
    return DueFacts(occasion, standing.day, tuple((week or later)[:MOST_SHOWN]), len(week), len(later), _count_late(standing))


def tell_late(standing: Standing, *, told: Iterable[str]) -> LateFacts | None:
    """What became late since ``told``, the days (as 2026-05-12) on which a group heard of it; None: nothing did."""
    last = max((date.fromisoformat(day) for day in told), default=standing.day - LOOK_BACK)
    first = max(last, standing.day - LOOK_BACK)  # on that day itself nothing was late that ended on it
    items = _list_missed(standing, first, standing.day - timedelta(days=1))
    if not items:
        return None
    occasion = Occasion(MessageEvent.LATE, standing.day.isoformat())
    return LateFacts(occasion, standing.day, tuple(items[:MOST_SHOWN]), len(items), _count_late(standing))


def tell_budget(session: Session, standing: Standing, policy: MessagePolicy, *, told: Iterable[str]) -> BudgetFacts | None:
    """Fund items that have come to the policy's share of their budget, spent or promised, and those beyond it; each of both is told once
    a year; nothing of one or two people, or the share would tell what they got. ``told``: what a group heard before. None: no news."""
    year = book_year(standing.plan, today=standing.day)
    known = {one for about in told if about.startswith(f"{year}:") for one in about.partition(":")[2].split(",")}
    book = read_book(session, year, as_of=standing.day)
    news: list[str] = []
    items: list[ItemShare] = []
    found = list_items(session, book)
    used = {money.item: money.spent_fen + money.approved_fen for money in found}
    few = find_told_of_few(session, year, used)
    for money in found:
        used_fen = used[money.item]
        if money.item in few or not money.budget_fen or used_fen * 100 < policy.budget_share_pct * money.budget_fen:
            continue
        step = f"{money.item}+" if used_fen > money.budget_fen else money.item
        if step in known or f"{money.item}+" in known or len(f"{year}:{','.join([*news, step])}") > _ABOUT_LIMIT:
            continue  # what does not fit comes with the next day's
        names = book.items[money.item]
        harmless = standing.titles.is_harmless(names.zh) and standing.titles.is_harmless(names.en)
        news.append(step)
        items.append(ItemShare(names.zh if harmless else "", names.en if harmless else "", used_fen * 100 // money.budget_fen))
    return BudgetFacts(Occasion(MessageEvent.BUDGET_NEAR_END, f"{year}:{','.join(news)}"), year, tuple(items)) if items else None


def tell_invitation(session: Session, standing: Standing, *, day: date, at: int, place: str) -> InvitationFacts:
    """The plan's next meeting, called for ``day`` at ``at`` minutes. Another time or place is another message. Raises:
    PlaceTellsOfSomebody."""
    place = " ".join(place.split())[:40]
    if not standing.titles.is_harmless(place):
        raise PlaceTellsOfSomebody
    plan_id = standing.plan.id or 0
    past = list_meetings(session, plan_id)
    number = past[0].number + 1 if past else 1
    last = previous_meeting(session, plan_id)
    follow_ups = [row.id or 0 for row in list_open_follow_ups(session, plan_id)]
    points: dict[AgendaKind, int] = {}
    for point in propose_agenda(standing.views, held_on=day, follow_ups=follow_ups, carried=left_over(session, last) if last else ()):
        points[point.kind] = points.get(point.kind, 0) + max(1, len(point.activity_ids))
    about = f"{plan_id}:{number}:{day.isoformat()}:{at}:{crc32(place.encode()):08x}"
    return InvitationFacts(Occasion(MessageEvent.MEETING_CALLED, about), number, day, at, place, points)


def tell_minutes(meeting: Meeting) -> MinutesReadyFacts:
    """That the minutes of an ended meeting can be read, by what they count."""
    facts = read_minutes(meeting.minutes or {})
    return MinutesReadyFacts(
        Occasion(MessageEvent.MINUTES_READY, f"meeting:{meeting.id}"),
        number=meeting.number,
        held_on=meeting.held_on,
        present=len(facts.present),
        due=len(facts.present) + len(facts.absent),
        decisions=len(facts.decisions) + sum(len(item.decisions) for item in facts.items),
        not_reached=len(facts.not_reached),
    )


def _list_due(standing: Standing, first: date, last: date) -> list[DueItem]:
    """Open activities and turns whose last day is within ``first``-``last`` (inclusive), by that day."""
    found = [_item(standing, view) for view in standing.views if view.status in _OPEN and first <= view.ends_on <= last]
    found += _turns(standing, (OccurrenceStatus.DUE, OccurrenceStatus.COMING), first, last)
    return sorted(found, key=lambda item: (item.ends_on, item.starts_on))


def _list_missed(standing: Standing, first: date, last: date) -> list[DueItem]:
    found = [_item(standing, view) for view in standing.views if view.status is Status.LATE and first <= view.ends_on <= last]
    found += _turns(standing, (OccurrenceStatus.MISSED,), first, last)
    return sorted(found, key=lambda item: (item.ends_on, item.starts_on))


def _turns(standing: Standing, states: Sequence[OccurrenceStatus], first: date, last: date) -> list[DueItem]:
    return [
        DueItem(standing.titles.tell(view.title), view.area, turn.due_from, turn.due_to, DatePrecision.DAY)
        for view in standing.views
        if view.status is not Status.CANCELLED
        for turn in view.occurrences
        if turn.status in states and first <= turn.due_to <= last
    ]


def _item(standing: Standing, view: ActivityView) -> DueItem:
    return DueItem(standing.titles.tell(view.title), view.area, view.starts_on, view.ends_on, view.precision)


def _count_late(standing: Standing) -> int:
    return sum(view.status is Status.LATE for view in standing.views)
