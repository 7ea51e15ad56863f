"""Dues and funds made known: the books' own figures for a part of the year, care only as counts."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, book, make_union
from unionboard.models import Direction
from unionboard.services import care, fund
from unionboard.services.fund_report import gather_report
from unionboard.services.papers.disclosure import DisclosureFacts, Period, current_period, gather_disclosure, span_of

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}


def disclose(session: Session, period: Period, *, today: date = TODAY) -> DisclosureFacts:
    return gather_disclosure(session, 2026, period, today=today)


@pytest.fixture
def booked(session: Session) -> Session:
    """Dues in February, June and August, spending in March and August; 1,000 yuan carried over; 58 members."""
    make_union(session, member_count=58)
    fund.set_opening(session, year=2026, opening_fen=1_000_00, **STAMP)
    for day, side, item, fen in (
        (date(2026, 2, 3), Direction.IN, "dues", 300_00),
        (date(2026, 6, 30), Direction.IN, "dues", 200_05),
        (date(2026, 8, 1), Direction.IN, "dues", 100_00),
        (date(2026, 3, 31), Direction.OUT, "culture_sports", 450_00),
        (date(2026, 8, 9), Direction.OUT, "culture_sports", 50_50),
    ):
        book(session, booked_on=day, direction=side, item=item, amount_fen=fen, today=TODAY, **STAMP)
    return session


def test_a_quarter_begins_with_what_was_left_the_day_before(booked: Session) -> None:
    told = disclose(booked, Period.Q2)

    assert (told.first, told.last) == (date(2026, 4, 1), date(2026, 6, 30))
    assert (told.opening_fen, told.income_fen, told.spending_fen, told.balance_fen) == (850_00, 200_05, 0, 1_050_05)
    assert (told.dues_fen, told.members) == (200_05, 58)
    assert [(line.item.code, line.booked_fen, line.year_fen) for line in told.spending] == [("culture_sports", 0, 450_00)]


def test_quarters_follow_one_another_and_add_up_to_the_year(booked: Session) -> None:
    quarters = [disclose(booked, period) for period in (Period.Q1, Period.Q2, Period.Q3, Period.Q4)]
    year, report = disclose(booked, Period.YEAR), gather_report(booked, 2026, as_of=TODAY)

    assert [one.opening_fen for one in quarters[1:]] == [one.balance_fen for one in quarters[:-1]]
    assert (year.opening_fen, year.income_fen, year.spending_fen, year.balance_fen) == (
        report.opening_fen,
        report.income_fen,
        report.spending_fen,
        report.balance_fen,
    )
    assert sum(one.income_fen for one in quarters) == year.income_fen == 600_05
    assert sum(one.dues_fen for one in quarters) == year.dues_fen
    assert quarters[-1].balance_fen == year.balance_fen


def test_a_period_that_runs_is_told_up_to_today(booked: Session) -> None:
    told = disclose(booked, Period.H2, today=date(2026, 8, 5))

    assert (told.last, told.income_fen, told.spending_fen) == (date(2026, 8, 5), 100_00, 0)


@pytest.mark.parametrize(("visits", "told"), [(0, (0, 0)), (1, (None, None)), (2, (None, None)), (3, (3, 6))])
def test_few_visits_are_not_counted(session: Session, visits: int, told: tuple[int | None, int | None]) -> None:
    make_union(session)
    for number in range(visits):
        care.record_visit(
            session, visited_on=date(2026, 2, 1 + number), kind="hospital", people=2, post=False, today=TODAY, who="chair", now_utc=NOW
        )

    shown = disclose(session, Period.Q1)

    assert (shown.visits, shown.visited) == told


def test_an_untouched_book_is_empty(session: Session) -> None:
    make_union(session)

    assert disclose(session, Period.YEAR).is_empty


@pytest.mark.parametrize(("today", "period"), [((2026, 1, 5), "Q1"), ((2026, 4, 1), "Q1"), ((2026, 7, 1), "Q2"), ((2026, 12, 31), "Q3")])
def test_the_quarter_that_ended_last_is_proposed(today: tuple[int, int, int], period: str) -> None:
    assert current_period(date(*today)) == Period(period)


def test_periods_are_whole_months() -> None:
    spans = {period.value: span_of(2026, period) for period in (Period.Q4, Period.H1, Period.YEAR)}

    assert spans == {
        "Q4": (date(2026, 10, 1), date(2026, 12, 31)),
        "H1": (date(2026, 1, 1), date(2026, 6, 30)),
        "year": (date(2026, 1, 1), date(2026, 12, 31)),
    }
