"""What the fund's report says of a book."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_union
from unionboard.models import Direction, FundSource
from unionboard.services import budget, care, fund, fund_items, handouts
from unionboard.services.budget import AmendmentLine
from unionboard.services.fund_report import FundReport, gather_report, share_pct

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}


def book(session: Session, day: date, direction: Direction, item: str, amount_fen: int, *, today: date = TODAY) -> None:
    fund.book_entry(session, booked_on=day, direction=direction, item=item, amount_fen=amount_fen, purpose="记账", today=today, **STAMP)


def report(session: Session, year: int = 2026, *, as_of: date = TODAY) -> FundReport:
    return gather_report(session, year, as_of=as_of)


def test_report_of_the_law_school_adds_up_to_the_fen(session: Session) -> None:
    for item, fen in (("dues", 31_573_40), ("allocated", 5_476_90), ("employer_subsidy", 6_110_00)):
        book(session, date(2011, 3, 1), Direction.IN, item, fen)
    for item, fen in (("culture_sports", 7_761_70), ("member_activities", 6_800_00), ("meetings", 302_10)):
        book(session, date(2011, 9, 1), Direction.OUT, item, fen)

    told = report(session, 2011)

    assert (told.income_fen, told.spending_fen, told.balance_fen) == (43_160_30, 14_863_80, 28_296_50)
    assert told.is_whole_year


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(293_549_90, 1_150_369_32, "25.52"), (1, 3, "33.33"), (1, 800, "0.13"), (-5, 100, "-5.00"), (0, 7, "0.00")]
)
def test_share_is_rounded_half_up_to_hundredths(part: int, whole: int, share: str) -> None:
    assert share_pct(part, whole) == Decimal(share)


def test_share_of_nothing_is_none() -> None:
    assert share_pct(0, 0) is None


def test_last_years_outcome_stands_beside_this_years(session: Session) -> None:
    book(session, date(2025, 5, 8), Direction.OUT, "culture_sports", 900_00)
    book(session, date(2026, 5, 8), Direction.OUT, "culture_sports", 1_200_00)
    book(session, date(2026, 5, 9), Direction.OUT, "meetings", 50_00)

    assert [(line.item.code, line.last_fen, line.booked_fen) for line in report(session).spending] == [
        ("culture_sports", 900_00, 1_200_00),
        ("meetings", 0, 50_00),
    ]


def test_without_a_book_of_last_year_there_is_no_outcome(session: Session) -> None:
    book(session, date(2026, 5, 8), Direction.OUT, "culture_sports", 1_200_00)

    assert [line.last_fen for line in report(session).spending] == [None]


def test_budget_is_summed_over_sources_and_amendments_count_from_their_day(session: Session) -> None:
    for source, fen in ((FundSource.UNION_FUNDS, 1_000_00), (FundSource.DUES, 500_00)):
        budget.set_line(session, year=2026, item="culture_sports", source=source, amount_fen=fen, **STAMP)
    budget.adopt_budget(session, 2026, adopted_on=date(2026, 1, 14), resolution="委员会会议", today=TODAY, version=None, **STAMP)
    line = AmendmentLine("culture_sports", FundSource.UNION_FUNDS, -200_00)
    row = budget.propose_amendment(session, year=2026, reason="少办一场", lines=[line], **STAMP)
    budget.adopt_amendment(
        session, row.id or 0, adopted_on=date(2026, 9, 18), resolution="会议", approver="陈立群", today=TODAY, version=1, **STAMP
    )

    before, after = report(session, as_of=date(2026, 9, 17)), report(session)

    assert [(one.spending[0].adopted_fen, one.spending[0].amended_fen) for one in (before, after)] == [(1_500_00, 0), (1_500_00, -200_00)]
    assert [(row.number, row.reason, row.changes[0][1]) for row in after.amendments] == [(1, "少办一场", -200_00)]


def test_what_came_after_the_day_is_not_told(session: Session) -> None:
    book(session, date(2026, 5, 8), Direction.OUT, "meetings", 50_00)

    told = report(session, as_of=date(2026, 5, 7))

    assert (told.spending, told.balance_fen, told.is_whole_year) == ((), 0, False)


def test_own_item_bears_its_own_name(session: Session) -> None:
    fund_items.save_item(session, "meetings", name="会务费", **STAMP)
    book(session, date(2026, 5, 8), Direction.OUT, "meetings", 50_00)

    assert [line.item.zh for line in report(session).spending] == ["会务费"]


@pytest.mark.parametrize(("visits", "told"), [(2, [("其他慰问", 2, None)]), (3, [("住院探望", 3, 1_500_00)])])
def test_sum_of_fewer_than_three_visits_is_kept_back(session: Session, visits: int, told: list[tuple[str, int, int | None]]) -> None:
    make_union(session)
    for day in range(1, visits + 1):
        care.record_visit(session, visited_on=date(2026, 3, day), kind="hospital", amount_fen=500_00, today=TODAY, **STAMP)

    assert [(line.zh, line.visits, line.amount_fen) for line in report(session).care] == told


def test_hand_outs_are_told_as_heads_times_value(session: Session) -> None:
    row = handouts.record_handout(
        session, title="中秋节慰问品", handed_on=date(2026, 9, 14), heads=58, unit_fen=100_00, festival="MID_AUTUMN", today=TODAY, **STAMP
    )
    handouts.set_signed(session, row.id or 0, signed=56, version=row.version, **STAMP)

    assert [(one.title, one.heads, one.amount_fen, one.signed) for one in report(session).handouts] == [("中秋节慰问品", 58, 5_800_00, 56)]


def test_empty_book_is_said_to_be_empty(session: Session) -> None:
    assert report(session).is_empty
