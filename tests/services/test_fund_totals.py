"""The fund in totals: the book's sums, and nothing from which one could tell what somebody got."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.conftest import TODAY
from tests.makers import NOW, book
from unionboard import db
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, Direction
from unionboard.services import care
from unionboard.services.fund import read_book
from unionboard.services.fund_totals import FundTotals, read_totals
from unionboard.services.guard import Actor, bind_actor

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


def visit(session: Session, recipient: str, amount_fen: int, item: str = "hardship_aid") -> None:
    care.record_visit(
        session,
        visited_on=TODAY,
        kind="hospital",
        recipient=recipient,
        amount_fen=amount_fen,
        item=item,
        post=True,
        today=TODAY,
        **STAMP,
    )


def told(totals: FundTotals) -> list[tuple[tuple[str, ...], int | None]]:
    return [(tuple(item.code for item in one.items), one.booked_fen) for one in totals.spending]


def test_totals_are_the_books(demo: Engine) -> None:
    with db.reading(demo) as session:
        totals, sums = read_totals(session, 2026), read_book(session, 2026)

    assert sum(one.booked_fen or 0 for one in totals.spending) == sums.total_spending_fen == totals.total_spent_fen
    assert sum(one.booked_fen or 0 for one in totals.income) == sums.total_income_fen == totals.total_income_fen
    assert (totals.opening_fen, totals.balance_fen) == (sums.opening_fen, sums.balance_fen)
    assert {one.direction for one in totals.income} == {Direction.IN}
    assert all(one.left_fen == one.budget_fen - (one.used_fen or 0) for one in (*totals.income, *totals.spending))


@pytest.mark.parametrize("people", [1, 2])
def test_item_that_went_to_fewer_than_three_people_is_told_with_another(session: Session, people: int) -> None:
    book(session, amount_fen=10_000, item="education", **STAMP)
    book(session, amount_fen=90_000, item="culture_sports", **STAMP)
    for number in range(people):
        visit(session, f"会员{number}", 50_000)

    totals = read_totals(session, 2026)

    assert told(totals) == [(("education", "hardship_aid"), 10_000 + people * 50_000), (("culture_sports",), 90_000)]
    assert totals.total_spent_fen == 100_000 + people * 50_000


def test_same_person_twice_is_one_person(session: Session) -> None:
    book(session, amount_fen=10_000, item="education", **STAMP)
    for _ in range(3):
        visit(session, "安然", 50_000)

    assert told(read_totals(session, 2026)) == [(("education", "hardship_aid"), 160_000)]


def test_three_people_are_told_by_themselves(session: Session) -> None:
    book(session, amount_fen=10_000, item="education", **STAMP)
    for name in ("安然", "江河", "林木"):
        visit(session, name, 50_000)

    assert told(read_totals(session, 2026)) == [(("education",), 10_000), (("hardship_aid",), 150_000)]


def test_item_that_holds_other_spending_too_is_told_by_itself(session: Session) -> None:
    book(session, amount_fen=10_000, item="education", **STAMP)
    book(session, amount_fen=300, item="hardship_aid", **STAMP)
    visit(session, "安然", 50_000)

    assert told(read_totals(session, 2026)) == [(("education",), 10_000), (("hardship_aid",), 50_300)]


def test_where_one_person_was_all_the_spending_no_sum_is_told(session: Session) -> None:
    book(session, direction=Direction.IN, item="dues", amount_fen=500_000, **STAMP)
    visit(session, "安然", 50_000)

    totals = read_totals(session, 2026)

    assert told(totals) == [(("hardship_aid",), None)]
    assert (totals.total_spent_fen, totals.balance_fen, totals.spending[0].left_fen) == (None, None, None)
    assert totals.total_income_fen == 500_000


def test_year_without_a_book_is_empty(session: Session) -> None:
    assert read_totals(session, 2024) == FundTotals(2024, 0, (), (), 0, 0, 0)


def test_shared_screen_sees_no_totals(session: Session) -> None:
    bind_actor(session, Actor(roles=frozenset({AccountRole.VIEWER})))

    with pytest.raises(NotYours):
        read_totals(session, date(2026, 1, 1).year)
