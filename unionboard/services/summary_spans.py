"""Which days a summary tells of: the plan's own, or the calendar or school year that holds most of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, select

from unionboard.models import PeriodKind, Plan, SummarySpan

_NEAR = timedelta(days=31)
"""Plans that begin a year apart may do so a little earlier or later."""


@dataclass(frozen=True, slots=True)
class Days:
    """``first``–``last`` (inclusive) of a period, what it is called, and the year it is known by (a school year: the one it starts in)."""

    kind: PeriodKind
    year: int
    first: date
    last: date

    @property
    def is_book_year(self) -> bool:
        """Whether it is exactly one book of the fund."""
        return (self.first, self.last) == (date(self.first.year, 1, 1), date(self.first.year, 12, 31))

    def until(self, as_of: date) -> date:
        """The last day that is told of when the summary is written as of ``as_of``."""
        return min(as_of, self.last)


def days_of(plan: Plan, span: SummarySpan = SummarySpan.PLAN) -> Days:
    """The days of ``span`` for ``plan``; of two years that hold equally many of its days, the earlier."""
    if span is SummarySpan.PLAN:
        return Days(plan.period_kind, plan.year, plan.starts_on, plan.ends_on)
    years = range(plan.starts_on.year - 1, plan.ends_on.year + 1)
    spans = [_year(year, span) for year in years]
    return max(spans, key=lambda days: (_shared(days, plan), -days.year))


def _year(year: int, span: SummarySpan) -> Days:
    if span is SummarySpan.SCHOOL_YEAR:
        return Days(PeriodKind.SCHOOL_YEAR, year, date(year, 9, 1), date(year + 1, 8, 31))
    return Days(PeriodKind.CALENDAR_YEAR, year, date(year, 1, 1), date(year, 12, 31))


def _shared(days: Days, plan: Plan) -> int:
    return max(0, (min(days.last, plan.ends_on) - max(days.first, plan.starts_on)).days + 1)


def plan_before(session: Session, plan: Plan) -> Plan | None:
    """The plan of the same kind that began a year earlier."""
    then = year_earlier(plan.starts_on)
    plans = session.exec(select(Plan).where(Plan.period_kind == plan.period_kind, Plan.union_id == plan.union_id)).all()
    near = [other for other in plans if abs(other.starts_on - then) <= _NEAR]
    return min(near, key=lambda other: abs(other.starts_on - then), default=None)


def year_earlier(day: date) -> date:
    """The same day a year earlier; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
