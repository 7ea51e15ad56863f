"""A month as a calendar: what stands on which of its days, what belongs to it without a day. Pure: works on views."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from unionboard.models import DatePrecision, DutyKind
from unionboard.services.activities import ActivityView, OccurrenceView, Record, Status
from unionboard.services.periods import Span, clip
from unionboard.services.timeline import seen_spans

WEEK = 7
_OPEN = frozenset({DatePrecision.HALF_YEAR, DatePrecision.PERIOD})


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity in a month: on the days ``span`` (inclusive, all of the month) or, without them, in the month as a whole.

    ``record`` is what was held on those days, ``turn`` the turn of a duty that is due.
    """

    view: ActivityView
    span: Span | None = None
    turn: OccurrenceView | None = None
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """The part of an entry in one week: ``first`` weekday (Monday 0) and number of ``days``, in a ``lane`` counted from the top."""

    entry: Entry
    first: int
    days: int
    lane: int


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday from ``starts_on``, its bars by lane and day; no two in a lane overlap."""

    starts_on: date
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month's weeks, what is planned for the month without a day, and what may be done in it but in other months too."""

    weeks: tuple[Week, ...]
    month_long: tuple[Entry, ...]
    all_year: tuple[Entry, ...]


def lay_out_month(views: Sequence[ActivityView], *, month: Span) -> MonthPage:
    """Where activities stand in ``month`` (first to last day).

    What was held stands on the days it was held; else it stands where it was planned: on its days, or above the weeks where the plan names
    only the month. Turns of duties that are due within a week stand on those days. What touches the month in another way (late, moved
    away) stands above the weeks too; nothing is left out.
    """
    dated: list[Entry] = []
    month_long: list[Entry] = []
    all_year: list[Entry] = []
    for view in views:
        for entry in _entries(view, month):
            if entry.span:
                dated.append(entry)
            elif _is_open(entry):
                all_year.append(entry)
            else:
                month_long.append(entry)
    return MonthPage(tuple(_weeks(dated, month)), tuple(month_long), tuple(all_year))


def entries_by_day(page: MonthPage) -> dict[date, list[Entry]]:
    """The dated entries under their first day in the month, in order."""
    found: dict[date, list[Entry]] = {}
    for week in page.weeks:
        for bar in week.bars:
            if bar.entry.span and week.starts_on + timedelta(days=bar.first) == bar.entry.span[0]:
                found.setdefault(bar.entry.span[0], []).append(bar.entry)
    return dict(sorted(found.items()))


def _entries(view: ActivityView, month: Span) -> Iterator[Entry]:
    held = [(record, span) for record in view.records if (span := clip((record.done_on, record.done_to or record.done_on), month))]
    for record, span in held:
        yield Entry(view, span, record=record)
    if view.duty is DutyKind.RECURRING and view.occurrences:
        yield from _turns(view, month)
    elif view.duty is not DutyKind.ONE_OFF:
        if not held and view.status is not Status.CANCELLED:
            yield Entry(view)
    elif not held:
        planned = clip((view.starts_on, view.ends_on), month)
        is_done_elsewhere = bool(view.records) and view.precision in _OPEN
        if planned and view.precision is DatePrecision.DAY:
            yield Entry(view, planned)
        elif not is_done_elsewhere and any(clip(span, month) for span in seen_spans(view)):
            yield Entry(view)


def _turns(view: ActivityView, month: Span) -> Iterator[Entry]:
    for turn in view.occurrences:
        due = clip((turn.due_from, turn.due_to), month)
        if due and turn.done_on is None and view.status is not Status.CANCELLED:
            yield Entry(view, due if (turn.due_to - turn.due_from).days < WEEK else None, turn=turn)


def _is_open(entry: Entry) -> bool:
    """Whether an entry without days may be done in many months: a duty without turns, or an activity without a month that is not late."""
    view = entry.view
    if entry.turn:
        return (entry.turn.due_to - entry.turn.due_from).days > 100
    return view.duty is not DutyKind.ONE_OFF or (view.precision in _OPEN and view.status is not Status.LATE)


def _weeks(dated: list[Entry], month: Span) -> Iterator[Week]:
    monday = month[0] - timedelta(days=month[0].weekday())
    while monday <= month[1]:
        days = (monday, monday + timedelta(days=WEEK - 1))
        yield Week(monday, tuple(_bars(dated, days)))
        monday += timedelta(days=WEEK)


def _bars(dated: list[Entry], week: Span) -> list[Bar]:
    """Longer ones first where they begin on one day; each in the first lane that is free."""
    parts = [(part, entry) for entry in dated if entry.span and (part := clip(entry.span, week))]
    parts.sort(key=lambda found: (found[0][0], found[0][0] - found[0][1], found[1].view.position, found[1].view.id))
    free_from: list[date] = []
    bars = []
    for (first, last), entry in parts:
        lane = next((lane for lane, day in enumerate(free_from) if day <= first), len(free_from))
        free_from[lane : lane + 1] = [last + timedelta(days=1)]
        bars.append(Bar(entry, first.weekday(), (last - first).days + 1, lane))
    return sorted(bars, key=lambda bar: (bar.lane, bar.first))
