"""The books: every sum is a figure over its lines."""

from decimal import Decimal

import pytest

from tests.drafting.makers import facts_of, make_entry, make_records
from unionboard.drafting.facts import MoneyFacts
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.records import AmendmentRecord, BookRecord, BudgetLineRecord, OpeningRecord

LINES = (BudgetLineRecord(1, "culture_sports", 40_000), BudgetLineRecord(2, "publicity", 10_000))
SPENT = (make_entry(1, 30_000), make_entry(2, 12_500, item="publicity"))


def money_of(**values: object) -> MoneyFacts:
    return facts_of(make_records(money=BookRecord(**values))).money  # type: ignore[arg-type]


def test_balance_is_opening_and_income_less_spending() -> None:
    money = money_of(opening=OpeningRecord(2026, 100_000), entries=(make_entry(3, 50_000, item="dues", direction="in"), *SPENT))

    assert money.opening == Figure(100_000, Unit.FEN, Rule.FIELD, "fund_year.opening_fen", (Source("fund_year", 2026),))
    assert (money.balance.value, money.balance.parts) == (107_500, (money.balance.parts[0], money.spending))
    assert money.balance.parts[0].parts == (money.opening, money.income)


def test_opening_nobody_said_is_what_the_lines_before_left() -> None:
    before = (make_entry(7, 90_000, direction="in", item="dues"), make_entry(8, 20_000))

    opening = money_of(opening=OpeningRecord(None, 0, before)).opening

    assert opening is not None
    assert (opening.value, opening.records) == (70_000, (Source("fund_entry", 7), Source("fund_entry", 8)))


def test_opening_of_a_year_that_begins_within_a_book_adds_its_lines_to_what_was_said() -> None:
    opening = money_of(opening=OpeningRecord(2025, 10_000, (make_entry(8, 4_000),))).opening

    assert opening is not None
    assert (opening.value, [part.value for part in opening.parts]) == (6_000, [10_000, 4_000])


def test_nothing_carried_over_is_no_opening() -> None:
    assert money_of(opening=OpeningRecord(2026, 0)).opening is None


def test_items_come_largest_first_with_their_share() -> None:
    money = money_of(entries=SPENT, names={"publicity": "宣传活动", "culture_sports": "文体活动"})

    assert [(item.name.text, item.figure.value, item.share and item.share.value) for item in money.items] == [
        ("文体活动", 30_000, Decimal("70.6")),
        ("宣传活动", 12_500, Decimal("29.4")),
    ]


def test_item_whose_lines_were_all_taken_back_is_not_told() -> None:
    assert money_of(entries=(make_entry(1, 30_000), make_entry(2, -30_000))).items == ()


def test_amendment_between_items_moves_their_budgets_and_not_the_whole() -> None:
    money = money_of(entries=SPENT, lines=LINES, amendments=(AmendmentRecord(5, {"culture_sports": -12_000, "publicity": 12_000}),))

    assert money.budget == Figure(
        50_000, Unit.FEN, Rule.SUM, "budget_line.amount_fen", (Source("budget_line", 1), Source("budget_line", 2))
    )
    assert [(item.code, item.figure.value) for item in money.over] == [("culture_sports", 2_000)]
    assert Source("budget_amendment", 5) in money.over[0].figure.records


def test_amendment_that_adds_money_is_part_of_the_whole() -> None:
    budget = money_of(lines=LINES, amendments=(AmendmentRecord(5, {"publicity": 3_000}),)).budget

    assert budget is not None
    assert (budget.value, budget.parts[1]) == (
        53_000,
        Figure(3_000, Unit.FEN, Rule.SUM, "budget_amendment.lines.publicity", (Source("budget_amendment", 5),)),
    )


@pytest.mark.parametrize(("entries", "execution"), [(SPENT, Decimal("85.0")), ((), None)])
def test_execution_is_spending_of_the_budget(entries: tuple[object, ...], execution: Decimal | None) -> None:
    rate = money_of(entries=entries, lines=LINES).execution

    assert (rate and rate.value) == execution


def test_share_of_members_activities_is_over_their_items() -> None:
    share = money_of(entries=SPENT, member_items=frozenset({"culture_sports"})).members_share

    assert share is not None
    assert (share.value, share.parts[0].sources) == (Decimal("70.6"), (Source("fund_entry", 1),))
