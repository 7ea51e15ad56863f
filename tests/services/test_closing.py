"""Months and years are closed and opened again, and what the checklist says beforehand."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_committee
from unionboard.errors import Refusal
from unionboard.errors.activities import ReasonMissing
from unionboard.errors.care import PrivateNumberTyped
from unionboard.errors.claims import AuditPaysNothing
from unionboard.errors.closing import AlreadyClosed, ClosingNoteMissing, EarlierYearOpen, NotClosed, PeriodClosed, PeriodNotOver
from unionboard.models import Change, Claim, ClaimState, Direction, FundEntry, FundMonth, Handout
from unionboard.services import care, closing, fund
from unionboard.services.closing import CheckCode, CheckPoint, Light

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}


def book(session: Session, amount_fen: int = 100_00, **values: Any) -> FundEntry:
    """100 yuan spent on 8 May 2026, approved, with a paper."""
    usual = {"booked_on": date(2026, 5, 8), "direction": Direction.OUT, "item": "culture_sports", "purpose": "奖品", "papers": 1}
    return fund.book_entry(session, amount_fen=amount_fen, **{**usual, "today": TODAY, "approver": "陈立群", **values}, **STAMP)


def close(session: Session, month: int | None = 5, year: int = 2026, **values: Any) -> None:
    """A month, or (None) the year; the bank's figure is the balance unless said otherwise."""
    told = {"today": date(2027, 1, 8), **STAMP, **values}
    if month is None:
        closing.close_year(session, year, **told)
    else:
        closing.close_month(session, year, month, **told)


def lights(session: Session, month: int | None = 5, **values: Any) -> dict[CheckCode, Light]:
    """The checklist without what is green."""
    points = closing.checklist(session, 2026, month, today=TODAY, **values)
    return {point.code: point.level for point in points if point.level is not Light.GREEN}


def point(session: Session, code: CheckCode, month: int | None = 5, **values: Any) -> CheckPoint:
    return next(one for one in closing.checklist(session, 2026, month, today=TODAY, **values) if one.code is code)


# --- closed months ------------------------------------------------------------------------------------------------------------


def test_closed_month_takes_no_entry_and_the_next_one_does(session: Session) -> None:
    close(session)

    with pytest.raises(PeriodClosed):
        book(session, booked_on=date(2026, 5, 31))
    assert book(session, booked_on=date(2026, 6, 1)).voucher == 1
    assert closing.first_open_day(session, 2026) == date(2026, 6, 1)


def test_correction_of_an_entry_in_a_closed_month_stands_in_an_open_one(session: Session) -> None:
    entry = book(session)
    close(session)
    facts: dict[str, Any] = {"reason": "记重了", "today": TODAY, **STAMP}

    with pytest.raises(PeriodClosed):
        fund.reverse_entry(session, entry.id or 0, booked_on=date(2026, 5, 9), **facts)
    assert fund.reverse_entry(session, entry.id or 0, booked_on=date(2026, 6, 1), **facts).voucher == 2


def test_years_before_a_closed_month_are_closed_with_it(session: Session) -> None:
    close(session, month=1)

    with pytest.raises(PeriodClosed):
        book(session, booked_on=date(2025, 12, 31))
    with pytest.raises(PeriodClosed):
        fund.set_opening(session, year=2026, opening_fen=1, **STAMP)


def test_closing_a_month_closes_those_before_it_each_with_its_balance(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=1_000_00, **STAMP)
    book(session, booked_on=date(2026, 2, 1))
    book(session, 30_00)

    close(session, bank_fen=870_00)

    rows = session.exec(select(FundMonth).order_by(FundMonth.month)).all()  # type: ignore[arg-type]
    assert [(row.month, row.closing_fen, row.bank_fen) for row in rows] == [
        (1, 1_000_00, None),
        (2, 900_00, None),
        (3, 900_00, None),
        (4, 900_00, None),
        (5, 870_00, 870_00),
    ]


def test_months_tell_what_moved_and_who_closed_them(session: Session) -> None:
    book(session)
    book(session, 300_00, direction=Direction.IN, item="dues", booked_on=date(2026, 6, 1))
    close(session, note="与对账单一致")

    may, june, november = (closing.list_months(session, 2026, today=TODAY)[index] for index in (4, 5, 10))

    assert (may.out_fen, may.balance_fen, may.is_closed, may.closed_by, may.note) == (100_00, -100_00, True, "罗文静", "与对账单一致")
    assert (june.in_fen, june.balance_fen, june.is_closed, june.is_over, november.is_over) == (300_00, 200_00, False, True, False)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"today": date(2026, 5, 30)}, PeriodNotOver),
        ({"bank_fen": 1}, ClosingNoteMissing),
        ({"month": None, "today": date(2026, 12, 30)}, PeriodNotOver),
    ],
)
def test_closing_is_refused(session: Session, values: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        close(session, **values)


def test_what_is_red_is_closed_with_a_note(session: Session) -> None:
    close(session, bank_fen=1, note="银行在途，下月核对")

    assert closing.first_open_day(session, 2026) == date(2026, 6, 1)


def test_month_is_closed_once(session: Session) -> None:
    close(session)

    with pytest.raises(AlreadyClosed):
        close(session, month=4)


def test_audit_committee_closes_nothing(session: Session) -> None:
    make_committee(session)

    with pytest.raises(AuditPaysNothing):
        close(session, who="严守正")


# --- closed years -------------------------------------------------------------------------------------------------------------


def test_closed_year_leaves_what_the_next_begins_with(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=1_000_00, **STAMP)
    book(session)

    close(session, month=None, bank_fen=900_00)

    head = fund.find_year(session, 2026)
    assert head is not None
    assert (head.closing_fen, head.bank_fen, head.closed_by) == (900_00, 900_00, "罗文静")
    assert fund.read_book(session, 2027).opening_fen == 900_00
    assert all(month.is_closed for month in closing.list_months(session, 2026, today=TODAY))


def test_year_waits_for_the_one_it_rests_on(session: Session) -> None:
    book(session, booked_on=date(2025, 5, 8))
    book(session)

    with pytest.raises(EarlierYearOpen):
        close(session, month=None)
    close(session, month=None, year=2025)
    close(session, month=None)


def test_year_that_was_opened_by_hand_rests_on_no_other(session: Session) -> None:
    book(session, booked_on=date(2025, 5, 8))
    fund.set_opening(session, year=2026, opening_fen=0, **STAMP)

    close(session, month=None, note="2025年账在旧系统")

    assert closing.first_open_day(session, 2026) == date(2027, 1, 1)


def test_earlier_book_stays_open_beside_a_closed_one_that_began_by_hand(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=0, **STAMP)
    close(session)

    assert book(session, booked_on=date(2025, 5, 8)).voucher == 1


def test_earlier_book_is_shut_by_a_closing_that_rests_on_it(session: Session) -> None:
    close(session)

    with pytest.raises(PeriodClosed):
        book(session, booked_on=date(2025, 5, 8))


def test_reopened_book_leaves_closed_what_does_not_rest_on_it(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=0, **STAMP)
    close(session)
    close(session, year=2025, month=12)

    closing.reopen_month(session, 2025, 12, reason="补记", **STAMP)

    assert closing.first_open_day(session, 2025) == date(2025, 12, 1)
    assert closing.first_open_day(session, 2026) == date(2026, 6, 1)


# --- opened again -------------------------------------------------------------------------------------------------------------


def test_reopened_month_opens_those_after_it_and_says_why(session: Session) -> None:
    close(session, month=None)

    closing.reopen_month(session, 2026, 11, reason="补记一张发票", **STAMP)

    assert closing.first_open_day(session, 2026) == date(2026, 11, 1)
    assert book(session, booked_on=date(2026, 11, 2)).voucher == 1
    november = closing.list_months(session, 2026, today=TODAY)[10]
    assert (november.is_closed, november.note) == (False, "补记一张发票")
    logged = [change.noun for change in session.exec(select(Change)) if (change.after or {}).get("note") == "补记一张发票"]
    assert sorted(logged) == ["fund_month", "fund_month", "fund_year"]


def test_reopened_year_opens_its_december(session: Session) -> None:
    close(session, month=None)

    closing.reopen_year(session, 2026, reason="补记", **STAMP)

    assert closing.first_open_day(session, 2026) == date(2026, 12, 1)


def test_month_is_closed_again_after_it_was_opened(session: Session) -> None:
    close(session)
    closing.reopen_month(session, 2026, 5, reason="补记", **STAMP)
    book(session)

    close(session)

    assert [month.balance_fen for month in closing.list_months(session, 2026, today=TODAY) if month.is_closed] == [0, 0, 0, 0, -100_00]


def test_opening_again_needs_a_reason_and_something_closed(session: Session) -> None:
    with pytest.raises(NotClosed):
        closing.reopen_month(session, 2026, 5, reason="补记", **STAMP)
    with pytest.raises(NotClosed):
        closing.reopen_year(session, 2026, reason="补记", **STAMP)
    with pytest.raises(ReasonMissing):
        closing.reopen_month(session, 2026, 5, reason=" ", **STAMP)


# --- the checklist ------------------------------------------------------------------------------------------------------------


def test_books_in_order_are_green(session: Session) -> None:
    book(session)

    assert lights(session, bank_fen=-100_00) == {}


@pytest.mark.parametrize(("month", "level"), [(5, Light.AMBER), (None, Light.RED)])
def test_what_a_month_may_leave_undone_the_year_may_not(session: Session, month: int | None, level: Light) -> None:
    book(session, papers=0, approver="")

    found = lights(session, month, bank_fen=-100_00)

    assert found == {CheckCode.NO_PAPERS: level, CheckCode.UNAPPROVED: level}
    assert point(session, CheckCode.NO_PAPERS) == CheckPoint(CheckCode.NO_PAPERS, Light.AMBER, 1, 100_00)


def test_month_is_asked_for_everything_since_the_last_closing(session: Session) -> None:
    for month in (2, 4, 5, 6):
        book(session, papers=0, booked_on=date(2026, month, 1))
    close(session, month=3)

    assert point(session, CheckCode.NO_PAPERS).count == 2


def test_bank_that_says_another_sum_is_red(session: Session) -> None:
    book(session)
    book(session, booked_on=date(2026, 6, 1))

    found = point(session, CheckCode.BANK, bank_fen=-90_00)

    assert (found.level, found.sum_fen, found.facts) == (Light.RED, 10_00, {"balance_fen": -100_00, "bank_fen": -90_00})
    assert point(session, CheckCode.BANK).level is Light.AMBER


def test_items_over_their_budget_are_named(session: Session) -> None:
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=80_00, **STAMP)
    book(session)
    book(session, 5_00, item="meetings")

    found = point(session, CheckCode.OVER_BUDGET)

    assert (found.count, found.sum_fen, found.facts) == (2, 25_00, {"items": {"culture_sports": 20_00, "meetings": 5_00}})


def test_without_a_budget_nothing_is_over_it(session: Session) -> None:
    book(session)

    assert point(session, CheckCode.OVER_BUDGET).level is Light.GREEN


def test_claims_under_way_are_counted(session: Session) -> None:
    for state in (ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.WITHDRAWN):
        session.add(Claim(year=2026, state=state, amount_fen=7_00, who="chair", created_at_utc=NOW))
    session.flush()

    assert point(session, CheckCode.CLAIMS) == CheckPoint(CheckCode.CLAIMS, Light.AMBER, 2, 14_00)


def test_visits_and_handouts_that_are_not_booked_are_counted(session: Session) -> None:
    day: dict[str, Any] = {"visited_on": date(2026, 5, 8), "today": TODAY, **STAMP}
    care.record_visit(session, kind="hospital", amount_fen=500_00, post=False, **day)
    care.record_visit(session, kind="hospital", amount_fen=300_00, **day)
    session.add(Handout(title="端午", handed_on=date(2026, 5, 20), heads=3, unit_fen=100_00, who="chair", created_at_utc=NOW))
    session.add(Handout(title="国庆", handed_on=date(2026, 9, 20), heads=3, unit_fen=100_00, who="chair", created_at_utc=NOW))
    session.flush()

    assert point(session, CheckCode.VISITS) == CheckPoint(CheckCode.VISITS, Light.AMBER, 2, 800_00)


def test_opening_that_is_not_what_the_year_before_left_is_red(session: Session) -> None:
    book(session, booked_on=date(2025, 5, 8))
    fund.set_opening(session, year=2026, opening_fen=-90_00, **STAMP)

    found = point(session, CheckCode.OPENING)

    assert (found.level, found.sum_fen, found.facts) == (Light.RED, 10_00, {"year": 2025})


def test_red_comes_before_amber_before_green(session: Session) -> None:
    book(session, papers=0)

    levels = [one.level for one in closing.checklist(session, 2026, 5, today=TODAY, bank_fen=0)]

    assert levels == [Light.RED, Light.AMBER, *[Light.GREEN] * 6]


def test_no_private_number_stands_in_a_note_or_a_reason(session: Session) -> None:
    with pytest.raises(PrivateNumberTyped):
        close(session, note="对账卡 6222021234567890123")
    close(session)
    with pytest.raises(PrivateNumberTyped):
        closing.reopen_month(session, 2026, 5, reason="见 13812345678", **STAMP)
    with pytest.raises(PrivateNumberTyped):
        book(session, booked_on=date(2026, 6, 1), purpose="报销 13812345678")
    entry = book(session, booked_on=date(2026, 6, 1))
    with pytest.raises(PrivateNumberTyped):
        fund.reverse_entry(session, entry.id or 0, booked_on=TODAY, reason="电话 13812345678", today=TODAY, **STAMP)
