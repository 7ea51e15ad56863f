"""What an activity cost, and entries linked to it afterwards."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.errors.fund import EntryAlreadyReversed, NoSuchEntry
from unionboard.models import Direction, FundEntry
from unionboard.services import care, fund, ledger, spending

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
DAY, TODAY = date(2026, 5, 9), date(2026, 11, 21)


def book(session: Session, **values: Any) -> FundEntry:
    """Spend 120 yuan on 9 May."""
    usual = {"booked_on": DAY, "direction": Direction.OUT, "item": "education", "amount_fen": 12_000, "purpose": "资料印刷"}
    return fund.book_entry(session, today=TODAY, **{**usual, **values}, **STAMP)


def test_linking_books_the_entry_again_and_moves_no_sum(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    entry = book(session, handler="何敏", papers=2)

    spending.link_entry(session, entry.id or 0, activity_id=activity.id or 0, reason="补记活动", **STAMP)

    told, entries = fund.read_book(session, 2026), ledger.list_entries(session, 2026)
    assert [(one.voucher, one.booked_on, one.out_fen, one.purpose, one.activity_id) for one in entries] == [
        (1, DAY, 12_000, "资料印刷", None),
        (2, DAY, -12_000, "补记活动", None),
        (3, DAY, 12_000, "资料印刷", activity.id),
    ]
    assert (entries[2].handler, entries[2].papers, told.total_spending_fen) == ("何敏", 2, 12_000)


def test_linked_entry_is_listed_for_the_activity_and_no_more_among_the_unlinked(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan)
    entry, other = book(session), book(session, purpose="奖品")
    linked = spending.link_entry(session, entry.id or 0, activity_id=activity.id or 0, reason="补记活动", **STAMP)

    assert [one.id for one in spending.list_entries(session, plan, activity.id or 0)] == [linked.id]
    assert [one.id for one in spending.list_unlinked(session, plan)] == [other.id]


def test_income_and_care_visits_are_not_offered(session: Session) -> None:
    plan = make_plan(session)
    book(session, direction=Direction.IN, item="dues")
    care.record_visit(session, visited_on=DAY, kind="wedding", recipient="某老师", amount_fen=50_000, today=TODAY, **STAMP)

    assert spending.list_unlinked(session, plan) == []


def test_entry_is_linked_once(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    entry = book(session)
    spending.link_entry(session, entry.id or 0, activity_id=activity.id or 0, reason="补记活动", **STAMP)

    with pytest.raises(EntryAlreadyReversed):
        spending.link_entry(session, entry.id or 0, activity_id=activity.id or 0, reason="补记活动", **STAMP)


def test_unknown_entry_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    with pytest.raises(NoSuchEntry):
        spending.link_entry(session, 99, activity_id=activity.id or 0, reason="补记活动", **STAMP)
