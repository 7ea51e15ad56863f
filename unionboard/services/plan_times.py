"""The planned time of rows and stored activities as one cell says it, and where such a time lies in a plan."""

from datetime import date
from typing import Protocol

from unionboard.models import DatePrecision, DutyKind
from unionboard.reading.frequency import find_frequency
from unionboard.reading.plan_time import PlanTime
from unionboard.services.duties import duty_kind
from unionboard.services.periods import month_index, third_of
from unionboard.services.plan_rows import PlanRow


class Timed(Protocol):
    """What of an activity says when it is planned: a stored row or a view of it."""

    @property
    def duty(self) -> DutyKind: ...
    @property
    def precision(self) -> DatePrecision: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def frequency(self) -> str: ...


def time_of_row(row: PlanRow) -> PlanTime:
    """The time of a row about to be adopted."""
    return PlanTime(row.months, row.half_year, row.day_from, row.day_to, row.frequency, row.third, row.festival)


def time_of_activity(activity: Timed) -> PlanTime:
    """The time of a stored activity."""
    if activity.duty is not DutyKind.ONE_OFF:
        return PlanTime(frequency=find_frequency(activity.frequency))
    return time_of_span(activity.starts_on, activity.ends_on, activity.precision)


def time_of_span(starts_on: date, ends_on: date, precision: DatePrecision) -> PlanTime:
    """The time of days (inclusive) that are as sure as ``precision`` says."""
    match precision:
        case DatePrecision.DAY:
            return PlanTime(day_from=(starts_on.month, starts_on.day), day_to=(ends_on.month, ends_on.day))
        case DatePrecision.THIRD:
            return PlanTime(months=(starts_on.month,), third=third_of(starts_on))
        case DatePrecision.MONTH:
            return PlanTime(months=tuple(index % 12 + 1 for index in range(month_index(starts_on), month_index(ends_on) + 1)))
        case DatePrecision.HALF_YEAR:
            return PlanTime(half_year=1 if starts_on.month <= 6 else 2)
    return PlanTime()


def duty_of_time(time: PlanTime, otherwise: DutyKind) -> DutyKind:
    """The kind of activity a typed time speaks of: 每月一次 is a duty that recurs, 3月 something done once."""
    if time.frequency:
        return duty_kind(time.frequency)
    return DutyKind.ONE_OFF if time != PlanTime() else otherwise


def months_of(activity: Timed) -> tuple[int, ...]:
    """The calendar months a stored activity is planned in, in the plan's order; none for the whole period."""
    if activity.precision is DatePrecision.PERIOD:
        return ()
    return tuple(index % 12 + 1 for index in range(month_index(activity.starts_on), month_index(activity.ends_on) + 1))
