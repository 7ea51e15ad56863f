"""What the timeline draws on which days. Pure: days are counted from the first one in sight (0), and nothing is translated here.

A mark is ``[look, first day, days, …]``; it may begin before day 0 or end after the last one, the screen cuts it there. Looks:

- ``plan`` dated, ``soft`` planned to the month only, ``late``, ``moved``, ``dropped``: where it was meant to be;
- ``done`` (with how many of its last days lie after the plan's end), ``part``, ``live``: what happened;
- ``tail`` what leads on from the plan, ``stop`` where a late one stands today, ``goal`` where a postponed one goes;
- ``lane`` and its turns ``made``, ``open``, ``missed``, ``next`` (each with its words);
- ``same`` and ``was``: the plan as adopted, unchanged or not; ``lost``: the same of what was taken out since.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from unionboard.models import DatePrecision, DutyKind
from unionboard.services.activities import ActivityView, OccurrenceStatus, OccurrenceView, Record, Status
from unionboard.services.baseline import BaselineItem
from unionboard.services.periods import Span, clip, month_index, month_span

Mark = list[Any]
Drawn = tuple[Any, ...]  # look, span, and what else the mark carries
TurnWords = Callable[[OccurrenceView | Record], str]

DAY = timedelta(days=1)
TOUCHING = 0.024
"""Festivals nearer to each other than this share of the days in sight have one name together: 五一·五四."""
DAY_TICKS_TO, WEEK_TICKS_TO = 45, 100
"""As many days in sight at most for a tick a day, and for a tick a week."""
_TURNS: Mapping[OccurrenceStatus, str] = {
    OccurrenceStatus.DONE: "made",
    OccurrenceStatus.DUE: "open",
    OccurrenceStatus.MISSED: "missed",
    OccurrenceStatus.COMING: "next",
}
_PLANS: Mapping[Status, str] = {Status.LATE: "late", Status.POSTPONED: "moved", Status.CANCELLED: "dropped"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The days in sight (inclusive) and today."""

    within: Span
    today: date

    @property
    def days(self) -> int:
        return (self.within[1] - self.within[0]).days + 1

    def place(self, span: Span) -> tuple[int, int]:
        """First day and number of days of an inclusive span."""
        return (span[0] - self.within[0]).days, (span[1] - span[0]).days + 1

    def months(self) -> list[tuple[int, int, date]]:
        """(first day, days, date) of each month in sight; the first and last may be cut."""
        indexes = range(month_index(self.within[0]), month_index(self.within[1]) + 1)
        seen = (clip(month_span(index), self.within) for index in indexes)
        return [(*self.place(month), month[0]) for month in seen if month]

    def ticks(self) -> list[tuple[int, int, bool]]:
        """(day, day of the month, whether at the weekend): each day or each Monday of a short time, none of a long one."""
        if self.days > WEEK_TICKS_TO:
            return []
        every = [self.within[0] + number * DAY for number in range(self.days)]
        return [
            (number, day.day, day.weekday() >= 5) for number, day in enumerate(every) if self.days <= DAY_TICKS_TO or day.weekday() == 0
        ]

    def join_festivals(self, festivals: Sequence[tuple[date, str]]) -> list[tuple[int, int, str]]:
        """(first day, days, name) of the festivals in sight, earliest first; near neighbours have one name together."""
        seen = [(day, name) for day, name in festivals if self.within[0] <= day <= self.within[1]]
        apart = [
            0,
            *(at for at, (one, other) in enumerate(pairwise(seen), 1) if (other[0] - one[0]).days > TOUCHING * self.days),
            len(seen),
        ]
        near = [seen[first:last] for first, last in pairwise(apart)] if seen else []
        return [(*self.place((days[0][0], days[-1][0])), "·".join(name for _, name in days)) for days in near]


def draw_marks(view: ActivityView, frame: Frame, *, tell_turn: TurnWords, base: BaselineItem | None = None) -> list[Mark]:
    """The marks of an activity's row that lie in sight, those behind first. ``tell_turn`` says what a turn of a duty, or an entry, is."""
    drawn = [*(_base(view, base) if base else ())]
    drawn += _lane(view, tell_turn) if view.duty is not DutyKind.ONE_OFF else [*_plan(view, frame.today), *_done(view, frame.today)]
    return _in_sight(drawn, frame)


def draw_gone(item: BaselineItem, frame: Frame) -> list[Mark]:
    """The one mark of an activity that was adopted and is no longer in the plan."""
    return _in_sight([("lost", (item.starts_on, item.ends_on))], frame)


def _in_sight(drawn: Sequence[Drawn], frame: Frame) -> list[Mark]:
    return [[look, *frame.place(span), *more] for look, span, *more in drawn if clip(span, frame.within)]


def _base(view: ActivityView, base: BaselineItem) -> Iterator[Drawn]:
    if view.duty is DutyKind.ONE_OFF:
        span = (base.starts_on, base.ends_on)
        yield "same" if span == (view.starts_on, view.ends_on) else "was", span


def _lane(view: ActivityView, tell_turn: TurnWords) -> list[Drawn]:
    lane = ("dropped" if view.status is Status.CANCELLED else "lane", (view.starts_on, view.ends_on))
    if view.occurrences:
        days = [(turn.done_on or turn.due_to, turn) for turn in view.occurrences]
        return [lane, *((_TURNS[turn.status], (day, day), tell_turn(turn)) for day, turn in days)]
    return [lane, *(("made", (record.done_on, record.done_on), tell_turn(record)) for record in view.records)]


def _plan(view: ActivityView, today: date) -> Iterator[Drawn]:
    span = (view.starts_on, view.ends_on)
    first, last = view.original_starts_on, view.original_ends_on
    if view.status is Status.POSTPONED and first and last:
        yield "moved", (first, last)
        yield "tail", (last + DAY, view.starts_on - DAY)
    if view.status is Status.LATE:
        yield "tail", (view.ends_on + DAY, today - DAY)
        yield "stop", (today, today)
    yield _PLANS.get(view.status) or ("plan" if view.precision is DatePrecision.DAY else "soft"), span
    if view.status is Status.POSTPONED:
        yield "goal", (view.starts_on, view.starts_on)


def _done(view: ActivityView, today: date) -> Iterator[Drawn]:
    if view.status is Status.UNDER_WAY and view.starts_on <= today:
        yield "live", (view.starts_on, today)
    for record in view.records:
        span = (record.done_on, record.last_day)
        yield "tail", (view.ends_on + DAY, span[0] - DAY)
        if record.is_partial:
            yield "part", span
        else:
            after = min((span[1] - view.ends_on).days, (span[1] - span[0]).days + 1)
            yield ("done", span, after) if after > 0 else ("done", span)
