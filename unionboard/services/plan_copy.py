"""Last year's plan as the beginning of this year's: what comes along, and where each activity's time goes.

A festival goes before a weekday, a weekday before a date: what was held on the eve of Mid-Autumn stays there, the second Wednesday of
March stays the second Wednesday, and what was planned for a month keeps its month.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from unionboard.models import Activity, ActivityState, CheckOff, DatePrecision, DutyKind, Measure, PeriodKind, Plan, Section
from unionboard.reading.draft import Period
from unionboard.reading.festivals import find_festivals
from unionboard.reading.frequency import find_frequency
from unionboard.reference.festivals import festivals_between
from unionboard.services import duties
from unionboard.services.guard import require
from unionboard.services.periods import Span, clip, festival_months, month_index, month_span, move_months, third_of, third_span
from unionboard.services.permissions import Act
from unionboard.services.plans import create_plan, list_measures, list_sections, store_new
from unionboard.services.row_matching import bare


class Move(StrEnum):
    """By what an activity's time was carried into the new year."""

    PERIOD = "period"  # the whole plan, or half of it, as before
    MONTH = "month"  # its month
    FESTIVAL = "festival"  # as far from its festival as before
    WEEKDAY = "weekday"  # the same weekday of the month
    TERM_WEEK = "term_week"  # the same week of the term


@dataclass(frozen=True, slots=True)
class CopiedRow:
    """What becomes of one activity. Days are inclusive. ``carried_over``: its time is past and it was never checked off.

    ``not_due``: every two years, and held last year, so no turn is planned. ``ordinal``: words such as 八届四次 that somebody must move on.
    """

    activity_id: int
    title: str
    move: Move
    before: Span
    after: Span
    precision: DatePrecision
    carried_over: bool = False
    not_due: bool = False
    ordinal: str = ""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What copying a plan makes: its rows in the plan's order, and the titles of cancelled activities that stay behind."""

    year: int
    within: Span
    rows: tuple[CopiedRow, ...]
    cancelled: tuple[str, ...]

    def count(self, move: Move) -> int:
        """How many activities moved by ``move``."""
        return sum(row.move is move for row in self.rows)

    @property
    def carried_over(self) -> tuple[CopiedRow, ...]:
        return tuple(row for row in self.rows if row.carried_over)

    @property
    def to_check(self) -> tuple[CopiedRow, ...]:
        """What somebody should look at: an ordinal to move on, a turn that is not due."""
        return tuple(row for row in self.rows if row.ordinal or row.not_due)


_ORDINAL = re.compile(
    r"第?[零一二三四五六七八九十百\d]+届(?:[零一二三四五六七八九十\d]+次)?|第[零一二三四五六七八九十百\d]+(?:次|个|期|批)"
)
_REACH = timedelta(days=20)
"""How far from a festival an activity that names it may lie and still belong to its day."""


# --- looking ahead -----------------------------------------------------------------------------------------------------------


def preview_copy(
    session: Session, plan_id: int, *, year: int, today: date, starts_on: date | None = None, with_cancelled: bool = False
) -> CopyReport:
    """What ``copy_plan`` would make of plan ``plan_id``; nothing is stored. Options as there."""
    old = session.get_one(Plan, plan_id)
    within = _new_period(old, year, starts_on)
    kept = _kept(session, plan_id, with_cancelled=with_cancelled)
    left = [] if with_cancelled else [row.title for row in _live(session, plan_id) if row.state is ActivityState.CANCELLED]
    held = _days_held(session, plan_id)
    by_term = old.period_kind is PeriodKind.TERM and starts_on is not None
    rows = [_look_ahead(session, activity, old, within, held.get(activity.id or 0), today, by_term=by_term) for activity in kept]
    return CopyReport(year, within, tuple(rows), tuple(left))


def _live(session: Session, plan_id: int) -> list[Activity]:
    query = select(Activity).where(Activity.plan_id == plan_id, col(Activity.removed).is_(False))
    return list(session.exec(query.order_by(col(Activity.position), col(Activity.id))))


def _kept(session: Session, plan_id: int, *, with_cancelled: bool) -> list[Activity]:
    return [row for row in _live(session, plan_id) if with_cancelled or row.state is not ActivityState.CANCELLED]


def _days_held(session: Session, plan_id: int) -> dict[int, date]:
    """The first day each activity of the plan was checked off for."""
    query = select(CheckOff).join(Activity, col(Activity.id) == CheckOff.activity_id)
    query = query.where(Activity.plan_id == plan_id, col(CheckOff.undone_at_utc).is_(None))
    held: dict[int, date] = {}
    for row in session.exec(query):
        held[row.activity_id] = min(row.done_on, held.get(row.activity_id, row.done_on))
    return held


def _look_ahead(
    session: Session, activity: Activity, old: Plan, within: Span, held_on: date | None, today: date, *, by_term: bool
) -> CopiedRow:
    years = within[0].year - old.starts_on.year
    move, after, precision = _move(activity, years, (old.starts_on, old.ends_on), within, by_term=by_term)
    undone = held_on is None or held_on > today
    ordinal = _ORDINAL.search(activity.title)
    return CopiedRow(
        activity.id or 0,
        _in_year(activity.title, old.year, years),
        move,
        (activity.starts_on, activity.ends_on),
        after,
        precision,
        carried_over=undone and activity.ends_on <= today and activity.duty is not DutyKind.STANDING,
        not_due=_is_every_two_years(activity) and not _is_due(session, activity, within),
        ordinal=ordinal.group() if ordinal else "",
    )


def _is_every_two_years(activity: Activity) -> bool:
    found = find_frequency(activity.frequency) if activity.duty is DutyKind.RECURRING else None
    return found is not None and found.period is Period.TWO_YEARS


def _is_due(session: Session, activity: Activity, within: Span) -> bool:
    """Whether the last time it was held, in whatever year's plan, lies two plans back or more."""
    query = (
        select(Activity.title, Plan).join(Plan, col(Plan.id) == Activity.plan_id).join(CheckOff, col(CheckOff.activity_id) == Activity.id)
    )
    held = session.exec(query.where(col(CheckOff.undone_at_utc).is_(None)))
    years = [plan.starts_on.year for title, plan in held if bare(title) == bare(activity.title)]
    return not years or within[0].year - max(years) >= 2


# --- moving ------------------------------------------------------------------------------------------------------------------


def _move(activity: Activity, years: int, before: Span, within: Span, *, by_term: bool) -> tuple[Move, Span, DatePrecision]:
    precision, planned = activity.precision, (activity.starts_on, activity.ends_on)
    if precision is DatePrecision.PERIOD:
        return Move.PERIOD, within, precision
    if precision is DatePrecision.HALF_YEAR:
        return Move.PERIOD, move_months(planned, 12 * years, within), precision
    if precision is DatePrecision.DAY:
        move, span = _move_days(activity.title, planned, years, (before[0], within[0]) if by_term else None)
        if within[0] <= span[0] and span[1] <= within[1]:
            return move, span, precision
    shift = festival_months(activity.title, old=before, new=within)
    span = move_months(planned, 12 * years + shift, within)
    if precision is DatePrecision.THIRD and not shift and month_index(planned[0]) == month_index(planned[1]):
        return Move.MONTH, clip(third_span(span[0].replace(day=1), third_of(planned[0])), within) or span, precision
    return Move.FESTIVAL if shift else Move.MONTH, span, DatePrecision.MONTH


def _move_days(title: str, planned: Span, years: int, terms: Span | None) -> tuple[Move, Span]:
    """Days moved with their length. ``terms``: first day of the old and of the new term."""
    length = planned[1] - planned[0]
    start = _by_festival(title, planned, years)
    move = Move.FESTIVAL
    if start is None and terms is not None:
        mondays = [day - timedelta(days=day.weekday()) for day in terms]
        move, start = Move.TERM_WEEK, planned[0] + (mondays[1] - mondays[0])
    if start is None:
        move, start = Move.WEEKDAY, _same_weekday(planned[0], years)
    return move, (start, start + length)


def _by_festival(title: str, planned: Span, years: int) -> date | None:
    """The day as far from its festival as before, or the nearest one with the same weekday; None when the title names no festival near.

    The day itself, a span over it and the days that lead up to it keep their distance; anything else keeps its weekday and its side.
    """
    for festival in find_festivals(title):
        old = _nearest(festival.code, planned[0], _REACH)
        new = None if old is None else _nearest(festival.code, old + timedelta(days=round(365.25 * years)), timedelta(days=45))
        if old is None or new is None:
            continue
        start = new + (planned[0] - old)
        touches = planned[0] <= old <= planned[1] + timedelta(days=1)
        if touches:
            return start
        off = (planned[0].weekday() - start.weekday()) % 7
        near = start + timedelta(days=off if off <= 3 else off - 7)
        crossed = (near < new) != (planned[0] < old)
        return near + timedelta(days=(-7 if near >= new else 7)) if crossed else near
    return None


def _nearest(code: str, day: date, reach: timedelta) -> date | None:
    days = [found.day for found in festivals_between(day - reach, day + reach) if found.festival.code == code]
    return min(days, key=lambda found: abs(found - day), default=None)


def _same_weekday(day: date, years: int) -> date:
    """The second Wednesday of March for the second Wednesday of March; of a fifth one the last where there is none."""
    nth = (day.day - 1) // 7
    first, last = month_span(month_index(day) + 12 * years)
    start = first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * nth)
    return start if start <= last else start - timedelta(days=7)


def _new_period(old: Plan, year: int, starts_on: date | None) -> Span:
    years = year - old.year
    if starts_on is None:
        return _years_later(old.starts_on, years), _years_later(old.ends_on, years)
    return starts_on, starts_on + (old.ends_on - old.starts_on)


def _years_later(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29) or (day.month == 2 and day.day == 28 and day.year % 4):
        return move_months((day, day), 12 * years, (date.min, date.max))[1]  # the end of February stays its end
    return day.replace(year=day.year + years)


def _in_year(text: str, year: int, years: int) -> str:
    """The text with the plan's year, and a school year's second one, moved on; other years stay."""
    return re.sub(rf"(?<!\d)(?:{year}|{year + 1}(?=\s*学年))(?!\d)", lambda found: str(int(found.group()) + years), text)


# --- copying -----------------------------------------------------------------------------------------------------------------


def copy_plan(
    session: Session,
    plan_id: int,
    *,
    year: int,
    who: str,
    now_utc: datetime,
    today: date | None = None,
    starts_on: date | None = None,
    with_cancelled: bool = False,
) -> Plan:
    """A plan of ``year`` like plan ``plan_id``: sections, measures and activities, without check-offs, spending and removed rows.

    ``today`` (the day of ``now_utc`` when left out) decides what was left undone; ``starts_on`` is the first day of the new period where
    the calendar does not say it: of a term plan the first day of the term, from which weeks are counted. ``with_cancelled`` takes
    cancelled activities along. A postponed one keeps its later time. The old year's number in titles and texts becomes the new one;
    ordinals stay as they are (``preview_copy`` names them). Raises: YearOutOfRange, PlanExists.
    """
    require(session, Act.EDIT_PLAN)
    old = session.get_one(Plan, plan_id)
    years = year - old.year
    report = preview_copy(session, plan_id, year=year, today=today or now_utc.date(), starts_on=starts_on, with_cancelled=with_cancelled)
    texts = {"guiding": _in_year(old.guiding, old.year, years), "closing": _in_year(old.closing, old.year, years)}
    title, kind = _in_year(old.title, old.year, years), old.period_kind
    plan = create_plan(session, title=title, year=year, period_kind=kind, within=report.within, who=who, now_utc=now_utc, **texts)
    sections: dict[int | None, int] = {}
    for section in list_sections(session, plan_id):
        heading, intro = (_in_year(text, old.year, years) for text in (section.heading, section.intro))
        changed = {"plan_id": plan.id, "heading": heading, "intro": intro}
        sections[section.id] = _copy_row(session, section, changed, who=who, now_utc=now_utc)
    measures: dict[int | None, int] = {}
    for measure in list_measures(session, plan_id):
        changed = {"section_id": sections[measure.section_id], "text": _in_year(measure.text, old.year, years)}
        measures[measure.id] = _copy_row(session, measure, changed, who=who, now_utc=now_utc)
    for row in report.rows:
        activity = session.get_one(Activity, row.activity_id)
        copied = Activity(
            **activity.model_dump(include=_COPIED),
            plan_id=plan.id or 0,
            title=row.title,
            precision=row.precision,
            starts_on=row.after[0],
            ends_on=row.after[1],
            carried_over=row.carried_over,
            section_id=sections.get(activity.section_id),
            measure_id=measures.get(activity.measure_id),
        )
        store_new(session, copied, who=who, now_utc=now_utc)
        if not row.not_due:
            spans = duties.spans_of(copied.duty, copied.frequency, report.within)
            duties.add_turns(session, copied, spans, who=who, now_utc=now_utc)
    return plan


_COPIED = {
    "position",
    "area",
    "area_2",
    "duty",
    "owner",
    "audience",
    "planned_people",
    "planned_budget_fen",
    "fund_item",
    "frequency",
    "note",
    "relation",
    "targets",
}


def _copy_row(session: Session, row: Section | Measure, changed: dict[str, Any], *, who: str, now_utc: datetime) -> int:
    copied = type(row)(**{**row.model_dump(exclude={"id", "version", "as_read"}), **changed})
    store_new(session, copied, who=who, now_utc=now_utc)
    return copied.id or 0
