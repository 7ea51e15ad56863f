"""The ledger: what it takes, what it refuses, and that it comes out to the fen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_committee, make_plan
from unionboard import db
from unionboard.errors import Refusal
from unionboard.errors.activities import DateOutsidePlan, NoSuchActivity, ReasonMissing
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.claims import AuditPaysNothing
from unionboard.errors.fund import (
    BudgetNegative,
    CorrectionTooEarly,
    EntryAlreadyReversed,
    EntryIsCorrection,
    NoSuchEntry,
    NoSuchFundItem,
    PurposeMissing,
    WrongDirection,
)
from unionboard.errors.money import AmountNotPositive
from unionboard.errors.saving import StaleSave
from unionboard.models import Direction, FundEntry
from unionboard.services import execution, fund, ledger
from unionboard.services.execution import BudgetState, ItemMoney, MonthMoney

TODAY = date(2026, 11, 21)


def book(session: Session, amount_fen: int = 32000, item: str = "culture_sports", **values: Any) -> FundEntry:
    """An entry of 320.00 yuan on 8 May 2026, out unless the item says otherwise."""
    direction = Direction.IN if item in {"dues", "allocated", "employer_subsidy", "other_income"} else Direction.OUT
    defaults = {"booked_on": date(2026, 5, 8), "direction": direction, "purpose": "奖品", "today": TODAY, "who": "chair", "now_utc": NOW}
    return fund.book_entry(session, **{"amount_fen": amount_fen, "item": item, **defaults, **values})


def reverse(session: Session, entry: FundEntry, **values: Any) -> FundEntry:
    """A correction on 9 May 2026."""
    defaults = {"booked_on": date(2026, 5, 9), "reason": "重复记账", "today": TODAY, "who": "chair", "now_utc": NOW}
    return fund.reverse_entry(session, entry.id or 0, **{**defaults, **values})


# --- real accounts, rebuilt as entries ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "opening_fen", "income_fen", "spending_fen", "left_fen"),
    [
        (
            2017,
            672_778_17,
            {"allocated": 827_710_28, "dues": 25_206_98, "employer_subsidy": 189_635_00},
            {
                "culture_sports": 293_549_90,
                "member_activities": 283_700_60,
                "home_building": 162_937_40,
                "special_operations": 17_102_15,
                "remitted": 393_079_27,
            },
            564_961_11,
        ),
        (
            2011,
            0,
            {"other_income": 31_573_40, "dues": 5_476_90, "employer_subsidy": 6_110_00},
            {"culture_sports": 7_761_70, "member_activities": 6_800_00, "special_operations": 302_10},
            28_296_50,
        ),
    ],
    ids=["college 2017", "faculty 2011"],
)
def test_audited_accounts_come_out_to_the_fen(
    session: Session, year: int, opening_fen: int, income_fen: dict[str, int], spending_fen: dict[str, int], left_fen: int
) -> None:
    fund.set_opening(session, year=year, opening_fen=opening_fen, who="chair", now_utc=NOW)
    for item, amount_fen in {**income_fen, **spending_fen}.items():
        book(session, amount_fen, item, booked_on=date(year, 12, 30))

    read = fund.read_book(session, year)

    assert (read.income_fen, read.spending_fen, read.balance_fen) == (income_fen, spending_fen, left_fen)
    assert ledger.list_entries(session, year)[-1].balance_fen == left_fen


# --- booking --------------------------------------------------------------------------------------------------------------------------


def test_entry_is_stored_as_told(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    book(session, payee=" 青松文具店 ", handler="何敏", approver="周青", papers=2, activity_id=activity.id)

    [entry] = ledger.list_entries(session, 2026)
    assert (entry.voucher, entry.booked_on, entry.item, entry.in_fen, entry.out_fen) == (1, date(2026, 5, 8), "culture_sports", 0, 32000)
    assert (entry.purpose, entry.payee, entry.handler, entry.approver, entry.papers) == ("奖品", "青松文具店", "何敏", "周青", 2)
    assert entry.activity_id == activity.id


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"amount_fen": 0}, AmountNotPositive),
        ({"amount_fen": -1}, AmountNotPositive),
        ({"item": "banquets"}, NoSuchFundItem),
        ({"item": "dues", "direction": Direction.OUT}, WrongDirection),
        ({"purpose": "  "}, PurposeMissing),
        ({"booked_on": date(2026, 11, 22)}, DateInFuture),
        ({"booked_on": date(2025, 12, 31)}, DateOutsidePlan),
        ({"activity_id": 99}, NoSuchActivity),
    ],
)
def test_wrong_entry_is_refused_and_takes_no_voucher(session: Session, values: dict[str, Any], refusal: type[Refusal]) -> None:
    make_plan(session)

    with pytest.raises(refusal):
        book(session, **values)

    assert book(session).voucher == 1


def test_unknown_item_is_answered_with_the_items_of_its_side(session: Session) -> None:
    with pytest.raises(NoSuchFundItem) as refused:
        book(session, item="banquets", direction=Direction.IN)

    assert refused.value.facts["codes"] == (
        "dues, allocated, higher_grant, employer_subsidy, business_income, investment_income, other_income"
    )


def test_without_any_plan_every_past_day_is_taken(session: Session) -> None:
    assert book(session, booked_on=date(2019, 1, 1)).year == 2019


def test_day_outside_all_plans_names_the_nearest_plan(session: Session) -> None:
    make_plan(session)
    make_plan(session, year=2024, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))

    with pytest.raises(DateOutsidePlan) as refused:
        book(session, booked_on=date(2025, 2, 1))

    assert (refused.value.facts["starts_on"], refused.value.facts["ends_on"]) == (date(2024, 1, 1), date(2024, 12, 31))


def test_book_that_was_begun_takes_lines_from_before_the_first_plan(session: Session) -> None:
    make_plan(session)
    fund.set_opening(session, year=2025, opening_fen=100, who="chair", now_utc=NOW)

    assert book(session, booked_on=date(2025, 2, 1)).voucher == 1


def test_entry_for_a_removed_activity_is_refused(session: Session) -> None:
    activity = make_activity(session, make_plan(session), removed=True)

    with pytest.raises(NoSuchActivity):
        book(session, activity_id=activity.id)


def test_vouchers_count_within_each_year(session: Session) -> None:
    first = book(session, booked_on=date(2025, 5, 1))
    second = book(session, booked_on=date(2025, 3, 1))
    other_year = book(session, booked_on=date(2026, 1, 5))

    assert (first.voucher, second.voucher, other_year.voucher) == (1, 2, 1)


def test_vouchers_stay_gapless_when_two_write_at_once(engine: Engine) -> None:
    def book_ten(who: str) -> None:
        for _ in range(10):
            with db.writing(engine) as session:
                book(session, who=who)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(book_ten, who) for who in ("chair", "treasurer")]:
            done.result()

    with db.reading(engine) as session:
        assert sorted(session.exec(select(FundEntry.voucher)).all()) == list(range(1, 21))


# --- corrections ------------------------------------------------------------------------------------------------------------------------


def test_correction_counts_negative_on_the_same_item(session: Session) -> None:
    first = book(session, 500_00)
    book(session, 200_00)

    correction = reverse(session, first)

    read, lines = fund.read_book(session, 2026), ledger.list_entries(session, 2026)
    assert (correction.voucher, correction.item, correction.purpose) == (3, "culture_sports", "重复记账")
    assert read.spending_fen == {"culture_sports": 200_00}
    assert [(line.out_fen, line.balance_fen) for line in lines] == [(500_00, -500_00), (200_00, -700_00), (-500_00, -200_00)]
    assert [(line.reverses, line.reversed_by) for line in lines] == [(None, correction.id), (None, None), (first.id, None)]


def test_corrected_income_leaves_nothing(session: Session) -> None:
    reverse(session, book(session, item="dues"))

    read = fund.read_book(session, 2026)

    assert (read.income_fen, read.balance_fen) == ({"dues": 0}, 0)


def test_entry_is_corrected_once_only(session: Session) -> None:
    entry = book(session)
    reverse(session, entry)

    with pytest.raises(
        EntryAlreadyReversed, match=r"^Voucher 1 has already been corrected by voucher 2\. Correct that one if it is wrong\.$"
    ):
        reverse(session, entry)


def test_correction_itself_cannot_be_corrected(session: Session) -> None:
    correction = reverse(session, book(session))

    with pytest.raises(EntryIsCorrection):
        reverse(session, correction)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"booked_on": date(2026, 5, 7)}, CorrectionTooEarly),
        ({"booked_on": date(2026, 11, 22)}, DateInFuture),
    ],
)
def test_wrong_correction_is_refused(session: Session, values: dict[str, Any], refusal: type[Refusal]) -> None:
    entry = book(session)

    with pytest.raises(refusal):
        reverse(session, entry, **values)


def test_correction_of_no_entry_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchEntry):
        fund.reverse_entry(session, 7, booked_on=TODAY, reason="误记", today=TODAY, who="chair", now_utc=NOW)


def test_correction_in_the_next_year_stands_in_the_next_book(session: Session) -> None:
    entry = book(session, booked_on=date(2025, 12, 30))

    correction = reverse(session, entry, booked_on=date(2026, 1, 4))

    assert ledger.list_entries(session, 2025)[0].reversed_by == correction.id
    assert fund.read_book(session, 2026).spending_fen == {"culture_sports": -32000}


_KEPT = "booked_on, direction, item, source, purpose, payee, handler, approver, papers, cashier, one_hand, import_key, who, created_at_utc"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fund_entry SET amount_fen = 1",
        "DELETE FROM fund_entry",
        pytest.param("REPLACE INTO fund_entry SELECT * FROM fund_entry", marks=pytest.mark.sqlite),
        pytest.param(
            f"REPLACE INTO fund_entry (year, voucher, amount_fen, {_KEPT}) SELECT year, voucher, 1, {_KEPT} FROM fund_entry",
            marks=pytest.mark.sqlite,
        ),
    ],
    ids=["update", "delete", "replace by id", "replace by voucher"],
)
def test_database_refuses_to_change_the_ledger(session: Session, statement: str) -> None:
    book(session)

    with pytest.raises(DBAPIError, match="fund_entry is append-only"):
        session.execute(text(statement))


# --- reading ----------------------------------------------------------------------------------------------------------------------------


def test_book_up_to_a_day_includes_that_day(session: Session) -> None:
    book(session, 100_00, booked_on=date(2026, 5, 8))
    book(session, 200_00, booked_on=date(2026, 5, 9))

    assert fund.read_book(session, 2026, as_of=date(2026, 5, 8)).spending_fen == {"culture_sports": 100_00}


def test_entry_corrected_after_the_day_still_counts_on_it(session: Session) -> None:
    entry = book(session)
    reverse(session, entry)

    [line] = ledger.list_entries(session, 2026, as_of=date(2026, 5, 8))

    assert (line.out_fen, line.reversed_by) == (32000, None)


def test_late_booking_is_sorted_by_its_day(session: Session) -> None:
    book(session, 100_00, booked_on=date(2026, 5, 9))
    book(session, 200_00, booked_on=date(2026, 5, 8))

    lines = ledger.list_entries(session, 2026)

    assert [(line.voucher, line.balance_fen) for line in lines] == [(2, -200_00), (1, -300_00)]


def test_year_opens_with_the_last_closing_balance(session: Session) -> None:
    fund.set_opening(session, year=2024, opening_fen=1_000_00, who="chair", now_utc=NOW)
    book(session, 300_00, "dues", booked_on=date(2024, 3, 1))
    book(session, 50_00, booked_on=date(2025, 3, 1))

    assert fund.read_book(session, 2026).opening_fen == 1_250_00


def test_opening_that_was_set_wins_over_the_last_closing_balance(session: Session) -> None:
    book(session, 300_00, "dues", booked_on=date(2025, 3, 1))

    fund.set_opening(session, year=2026, opening_fen=-20_00, who="chair", now_utc=NOW)

    assert fund.read_book(session, 2026).opening_fen == -20_00


def test_stale_opening_is_refused(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=10_00, who="chair", now_utc=NOW)

    with pytest.raises(StaleSave):
        fund.set_opening(session, year=2026, opening_fen=20_00, version=1, who="treasurer", now_utc=NOW)


# --- budget -----------------------------------------------------------------------------------------------------------------------------


def test_planned_balance_is_opening_plus_income_minus_spending_of_the_budget(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=9_860_00, who="chair", now_utc=NOW)
    for item, amount_fen in {"allocated": 86_000_00, "member_activities": 60_000_00, "culture_sports": 24_500_00}.items():
        fund.set_budget(session, year=2026, item=item, amount_fen=amount_fen, who="chair", now_utc=NOW)

    read = fund.read_book(session, 2026)

    assert (read.income_budget_fen, read.total_budget_fen, read.planned_balance_fen) == (86_000_00, 84_500_00, 11_360_00)


def test_without_budgeted_income_the_received_one_counts(session: Session) -> None:
    book(session, 1_000_00, "dues")
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=400_00, who="chair", now_utc=NOW)

    assert fund.read_book(session, 2026).planned_balance_fen == 600_00


def test_stale_budget_is_refused(session: Session) -> None:
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=100_00, version=0, who="chair", now_utc=NOW)

    with pytest.raises(StaleSave):
        fund.set_budget(session, year=2026, item="culture_sports", amount_fen=200_00, version=0, who="treasurer", now_utc=NOW)


def test_budget_is_changed_on_the_version_that_was_seen(session: Session) -> None:
    seen = fund.set_budget(session, year=2026, item="culture_sports", amount_fen=100_00, who="chair", now_utc=NOW).version

    line = fund.set_budget(session, year=2026, item="culture_sports", amount_fen=200_00, version=seen, who="chair", now_utc=NOW)

    assert (line.amount_fen, line.version) == (200_00, 2)


@pytest.mark.parametrize(("item", "amount_fen", "refusal"), [("banquets", 1, NoSuchFundItem), ("dues", -1, BudgetNegative)])
def test_wrong_budget_is_refused(session: Session, item: str, amount_fen: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        fund.set_budget(session, year=2026, item=item, amount_fen=amount_fen, who="chair", now_utc=NOW)


@pytest.mark.parametrize(
    ("spent_fen", "state", "share_pct"),
    [(89_99, BudgetState.WITHIN, 89), (90_00, BudgetState.NEAR, 90), (100_00, BudgetState.NEAR, 100), (100_01, BudgetState.OVER, 100)],
)
def test_item_is_near_its_budget_from_90_percent_and_over_from_the_first_fen(spent_fen: int, state: BudgetState, share_pct: int) -> None:
    item = ItemMoney("culture_sports", budget_fen=100_00, spent_fen=spent_fen)

    assert (item.state, item.share_pct) == (state, share_pct)


def test_items_come_by_budget_and_unbudgeted_ones_last(session: Session) -> None:
    fund.set_budget(session, year=2026, item="education", amount_fen=100_00, who="chair", now_utc=NOW)
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=900_00, who="chair", now_utc=NOW)
    book(session, 50_00, "meetings")
    book(session, 60_00, "education")

    items = execution.list_items(session, fund.read_book(session, 2026))

    assert items == [
        ItemMoney("culture_sports", 900_00, 0),
        ItemMoney("education", 100_00, 60_00),
        ItemMoney("meetings", 0, 50_00),
    ]


def test_planned_money_of_an_activity_is_spread_over_its_months(session: Session) -> None:
    plan = make_plan(session)
    make_activity(session, plan, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30), planned_budget_fen=100_00)
    make_activity(session, plan, planned_budget_fen=7_00)
    make_activity(session, plan, planned_budget_fen=9_00, removed=True)
    entry = book(session, 30_00)
    reverse(session, entry, booked_on=date(2026, 8, 1))

    months = execution.list_months(session, fund.read_book(session, 2026))

    assert [months[index] for index in (4, 6, 7, 8)] == [
        MonthMoney(5, planned_fen=7_00, spent_fen=30_00),
        MonthMoney(7, planned_fen=33_33, spent_fen=0),
        MonthMoney(8, planned_fen=33_33, spent_fen=-30_00),
        MonthMoney(9, planned_fen=33_34, spent_fen=0),
    ]


def test_budget_beyond_the_activities_is_spread_over_the_year(session: Session) -> None:
    make_activity(session, make_plan(session), planned_budget_fen=40_00)
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=100_05, who="chair", now_utc=NOW)

    months = execution.list_months(session, fund.read_book(session, 2026))

    assert [month.planned_fen for month in months] == [5_00, 5_00, 5_00, 5_00, 45_00, *[5_00] * 6, 5_05]


def test_years_are_those_of_plans_and_books(session: Session) -> None:
    book(session, booked_on=date(2024, 3, 1))
    make_plan(session, starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))

    assert fund.list_years(session) == [2027, 2026, 2024]


def test_audit_committee_books_and_corrects_nothing(session: Session) -> None:
    entry = book(session)
    make_committee(session)

    for attempt in (
        lambda: book(session, who="严 守正"),
        lambda: fund.reverse_entry(session, entry.id or 0, booked_on=TODAY, reason="记重了", today=TODAY, who="严守正", now_utc=NOW),
        lambda: fund.set_opening(session, year=2026, opening_fen=1, who="严守正", now_utc=NOW),
    ):
        with pytest.raises(AuditPaysNothing):
            attempt()
