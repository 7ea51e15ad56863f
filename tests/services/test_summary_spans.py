"""Which days a summary tells of."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.makers import make_plan
from unionboard.models import PeriodKind, Plan, SummarySpan
from unionboard.services.summary_spans import Days, days_of, plan_before

CALENDAR = Plan(union_id=1, title="", year=2026, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
SCHOOL = Plan(union_id=1, title="", year=2025, period_kind=PeriodKind.SCHOOL_YEAR, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
AUTUMN = Plan(union_id=1, title="", year=2026, period_kind=PeriodKind.TERM, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31))


@pytest.mark.parametrize(
    ("plan", "span", "kind", "year", "first", "last"),
    [
        (AUTUMN, SummarySpan.PLAN, PeriodKind.TERM, 2026, date(2026, 9, 1), date(2027, 1, 31)),
        (CALENDAR, SummarySpan.SCHOOL_YEAR, PeriodKind.SCHOOL_YEAR, 2025, date(2025, 9, 1), date(2026, 8, 31)),
        (SCHOOL, SummarySpan.CALENDAR_YEAR, PeriodKind.CALENDAR_YEAR, 2026, date(2026, 1, 1), date(2026, 12, 31)),
        (SCHOOL, SummarySpan.SCHOOL_YEAR, PeriodKind.SCHOOL_YEAR, 2025, date(2025, 9, 1), date(2026, 8, 31)),
        (AUTUMN, SummarySpan.SCHOOL_YEAR, PeriodKind.SCHOOL_YEAR, 2026, date(2026, 9, 1), date(2027, 8, 31)),
        (AUTUMN, SummarySpan.CALENDAR_YEAR, PeriodKind.CALENDAR_YEAR, 2026, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_span_is_the_year_that_holds_most_of_the_plans_days(
    plan: Plan, span: SummarySpan, kind: PeriodKind, year: int, first: date, last: date
) -> None:
    assert days_of(plan, span) == Days(kind, year, first, last)


@pytest.mark.parametrize(("starts_on", "kind", "is_found"), [
    (date(2025, 1, 1), PeriodKind.CALENDAR_YEAR, True),
    (date(2025, 1, 20), PeriodKind.CALENDAR_YEAR, True),
    (date(2025, 3, 1), PeriodKind.CALENDAR_YEAR, False),
    (date(2025, 1, 1), PeriodKind.TERM, False),
])  # fmt: skip
def test_plan_before_is_of_the_same_kind_and_began_a_year_earlier(
    session: Session, starts_on: date, kind: PeriodKind, is_found: bool
) -> None:
    earlier = make_plan(session, year=2025, starts_on=starts_on, ends_on=date(2025, 12, 31), period_kind=kind)

    assert plan_before(session, make_plan(session)) == (earlier if is_found else None)
