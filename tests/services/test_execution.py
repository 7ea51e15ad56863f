"""Execution of the budget: planned, approved, paid and left side by side."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import ActivityState, Claim, ClaimState, Direction, FundPolicy, FundSource
from unionboard.services import amendments, budget, execution, fund
from unionboard.services.execution import BudgetState, PlannedActivity, PotMoney

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "treasurer", "now_utc": NOW}
OWN, DUES = FundSource.UNION_FUNDS, FundSource.DUES


def allow(session: Session, item: str, amount_fen: int, **values: Any) -> None:
    """A line of the 2026 budget."""
    budget.set_line(session, **{"year": 2026, "item": item, "amount_fen": amount_fen, **STAMP, **values})


def book(session: Session, item: str, amount_fen: int, **values: Any) -> None:
    """An entry on 8 May 2026, out unless it is dues."""
    direction = Direction.IN if item == "dues" else Direction.OUT
    told = {
        "booked_on": date(2026, 5, 8),
        "direction": direction,
        "item": item,
        "amount_fen": amount_fen,
        "purpose": "奖品",
        "today": TODAY,
    }
    fund.book_entry(session, **{**told, **STAMP, **values})


def claim(session: Session, state: ClaimState, amount_fen: int = 300_00, **values: Any) -> None:
    """A claim for culture and sports."""
    told = {"year": 2026, "state": state, "item": "culture_sports", "amount_fen": amount_fen, "who": "何敏", "created_at_utc": NOW}
    session.add(Claim(**{**told, **values}))
    session.flush()


def only_item(session: Session) -> PotMoney:
    """The only item of the year, over all its sources."""
    [group] = execution.read_execution(session, 2026).groups
    [item] = group.items
    return item.whole


def test_item_shows_planned_approved_paid_and_left(session: Session) -> None:
    plan = make_plan(session)
    allow(session, "culture_sports", 2_000_00)
    activity = make_activity(session, plan, planned_budget_fen=1_500_00)
    book(session, "culture_sports", 1_286_00, activity_id=activity.id)
    claim(session, ClaimState.APPROVED, 300_00)
    claim(session, ClaimState.SUBMITTED, 77_00)

    item = only_item(session)

    assert (item.planned_fen, item.approved_fen, item.booked_fen, item.left_fen) == (1_500_00, 300_00, 1_286_00, 414_00)
    assert item.share_pct == 64


def test_amendments_and_last_years_outcome_stand_beside_the_adopted_budget(session: Session) -> None:
    allow(session, "culture_sports", 2_000_00)
    book(session, "culture_sports", 1_750_00, booked_on=date(2025, 5, 8))
    budget.adopt_budget(session, 2026, adopted_on=date(2026, 1, 12), resolution="委员会会议", today=TODAY, version=None, **STAMP)
    row = budget.propose_amendment(
        session, year=2026, reason="增加运动会", lines=[budget.AmendmentLine("culture_sports", OWN, 500_00)], **STAMP
    )
    budget.adopt_amendment(
        session, row.id or 0, adopted_on=TODAY, resolution="委员会会议", approver="周青", today=TODAY, version=row.version, **STAMP
    )

    item = only_item(session)

    assert (item.last_year_fen, item.adopted_fen, item.amended_fen, item.budget_fen) == (1_750_00, 2_000_00, 500_00, 2_500_00)


@pytest.mark.parametrize(
    ("approved_fen", "near_pct", "state"),
    [
        (0, None, BudgetState.WITHIN),
        (100_00, None, BudgetState.NEAR),
        (200_01, None, BudgetState.OVER),
        (0, 80, BudgetState.NEAR),
        (100_00, 95, BudgetState.WITHIN),
    ],
)
def test_what_is_approved_counts_as_spent_and_the_union_says_what_is_near(
    session: Session, approved_fen: int, near_pct: int | None, state: BudgetState
) -> None:
    if near_pct:
        session.add(FundPolicy(id=1, near_pct=near_pct))
    allow(session, "culture_sports", 1_000_00)
    book(session, "culture_sports", 800_00)
    claim(session, ClaimState.APPROVED, approved_fen)

    assert only_item(session).state is state


def test_item_with_approved_money_has_that_much_less_left(session: Session) -> None:
    allow(session, "culture_sports", 1_000_00)
    book(session, "culture_sports", 700_00)
    claim(session, ClaimState.APPROVED, 400_00)

    [item] = execution.list_items(session, fund.read_book(session, 2026))

    assert (item.spent_fen, item.left_fen, item.over_fen, item.state) == (700_00, -100_00, 100_00, BudgetState.OVER)


def test_sources_of_an_item_are_told_apart_and_add_up(session: Session) -> None:
    allow(session, "culture_sports", 1_000_00)
    allow(session, "culture_sports", 400_00, source=DUES)
    book(session, "culture_sports", 100_00)
    book(session, "culture_sports", 50_00, source=DUES)

    [group] = execution.read_execution(session, 2026).groups

    [item] = group.items
    assert [(pot.source, pot.budget_fen, pot.booked_fen) for pot in item.sources] == [(OWN, 1_000_00, 100_00), (DUES, 400_00, 50_00)]
    assert (item.whole.source, item.whole.budget_fen, item.whole.booked_fen) == (None, 1_400_00, 150_00)


def test_item_of_union_funds_alone_has_no_sources_to_unfold(session: Session) -> None:
    allow(session, "culture_sports", 1_000_00)

    assert execution.read_execution(session, 2026).groups[0].items[0].sources == ()


def test_groups_stand_in_the_order_of_the_chart_income_first(session: Session) -> None:
    for item in ("meetings", "hardship_aid", "education", "culture_sports", "dues"):
        allow(session, item, 100_00)

    groups = execution.read_execution(session, 2026).groups

    assert [(group.code, [item.whole.item for item in group.items], group.total.budget_fen) for group in groups] == [
        ("", ["dues"], 100_00),
        ("activities", ["education", "culture_sports"], 200_00),
        ("rights", ["hardship_aid"], 100_00),
        ("operations", ["meetings"], 100_00),
    ]


def test_spending_is_set_against_income_and_what_was_carried_over(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=1_000_00, **STAMP)
    allow(session, "dues", 5_000_00)
    allow(session, "culture_sports", 6_200_00)

    year = execution.read_execution(session, 2026)

    assert (year.income.budget_fen, year.spending.budget_fen, year.means_fen, year.planned_balance_fen) == (
        5_000_00,
        6_200_00,
        6_000_00,
        -200_00,
    )


def test_year_without_any_figure_is_empty(session: Session) -> None:
    allow(session, "culture_sports", 0)

    assert execution.read_execution(session, 2026).is_empty


def test_activity_without_a_known_item_is_not_placed(session: Session) -> None:
    make_activity(session, make_plan(session), planned_budget_fen=700_00)
    allow(session, "culture_sports", 1_000_00)

    year = execution.read_execution(session, 2026)

    assert (year.unplaced_fen, year.spending.planned_fen) == (700_00, 0)


def test_what_people_say_of_an_activitys_item_outweighs_what_was_claimed_and_booked(session: Session) -> None:
    plan = make_plan(session)
    said, booked, claimed, unknown = (make_activity(session, plan, planned_budget_fen=100_00, position=n) for n in range(4))
    amendments.save_activity(session, said.id or 0, version=said.version, fund_item="meetings", **STAMP)
    book(session, "culture_sports", 60_00, activity_id=said.id)
    book(session, "education", 10_00, activity_id=booked.id)
    book(session, "publicity", 20_00, activity_id=booked.id)
    claim(session, ClaimState.SUBMITTED, activity_id=claimed.id, item="training")
    claim(session, ClaimState.WITHDRAWN, activity_id=unknown.id, item="training")

    planned = execution.list_planned(session, 2026)

    assert [(one.id, one.item, one.is_said) for one in planned] == [
        (said.id, "meetings", True),
        (booked.id, "publicity", False),
        (claimed.id, "training", False),
        (unknown.id, None, False),
    ]


def test_item_most_was_spent_on_in_a_work_area_is_suggested(session: Session) -> None:
    plan = make_plan(session)
    held = make_activity(session, plan)
    book(session, "education", 10_00, activity_id=held.id)
    book(session, "culture_sports", 60_00, activity_id=held.id)
    coming = make_activity(session, plan, title="冬季长跑", planned_budget_fen=100_00)

    assert execution.list_planned(session, 2026) == (
        PlannedActivity(
            id=coming.id or 0,
            title="冬季长跑",
            area="CULT",
            starts_on=date(2026, 5, 1),
            ends_on=date(2026, 5, 31),
            planned_fen=100_00,
            item=None,
            is_said=False,
            suggested="culture_sports",
            version=1,
        ),
    )


def test_only_the_months_within_the_year_are_planned(session: Session) -> None:
    plan = make_plan(session, starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    make_activity(session, plan, starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28), planned_budget_fen=100_00)
    make_activity(session, plan, planned_budget_fen=9_00, removed=True)
    make_activity(session, plan, planned_budget_fen=9_00, state=ActivityState.CANCELLED)

    planned = [[one.planned_fen for one in execution.list_planned(session, year)] for year in (2026, 2027, 2028)]

    assert planned == [[33_33], [66_67], []]
