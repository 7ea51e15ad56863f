"""The budget: lines until it is adopted, amendments afterwards, and what is carried into the next year."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_union
from unionboard.errors import Refusal
from unionboard.errors.activities import ReasonMissing
from unionboard.errors.budget import (
    AmendmentDecided,
    AmendmentEmpty,
    ApproverMissing,
    BudgetAdopted,
    BudgetBelowZero,
    BudgetClosed,
    BudgetEmpty,
    BudgetNotAdopted,
    BudgetResolutionMissing,
    NoSuchAmendment,
)
from unionboard.errors.care import PrivateNumberTyped
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.claims import AuditPaysNothing, NotYoursToApprove
from unionboard.errors.fund import BudgetNegative, NoSuchFundItem
from unionboard.errors.saving import StaleSave
from unionboard.models import BudgetAmendment, BudgetLine, Direction, FundSource, FundYear
from unionboard.models.changelog import Change
from unionboard.services import budget, fund, unions
from unionboard.services.budget import AmendmentLine, AmendmentState, BudgetRow, CarryLine

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "treasurer", "now_utc": NOW}
OWN, DUES, DONATIONS = FundSource.UNION_FUNDS, FundSource.DUES, FundSource.DONATIONS


def set_line(session: Session, amount_fen: int = 22_000_00, item: str = "culture_sports", **values: Any) -> BudgetLine:
    """22,000 yuan for culture and sports in 2026."""
    return budget.set_line(session, **{"year": 2026, "item": item, "amount_fen": amount_fen, **STAMP, **values})


def adopt(session: Session, **values: Any) -> FundYear:
    """Adopted by the committee on 12 January 2026."""
    told = {"adopted_on": date(2026, 1, 12), "resolution": "1月12日工会委员会会议", "today": TODAY, "version": None, **STAMP}
    return budget.adopt_budget(session, 2026, **{**told, **values})


def propose(session: Session, *lines: AmendmentLine, **values: Any) -> BudgetAmendment:
    """2,000 yuan more for culture and sports."""
    told = {"year": 2026, "reason": "增加秋季运动会", "lines": lines or (AmendmentLine("culture_sports", OWN, 2_000_00),), **STAMP}
    return budget.propose_amendment(session, **{**told, **values})


def decide(session: Session, row: BudgetAmendment, **values: Any) -> BudgetAmendment:
    """Adopted by the committee on 3 June 2026."""
    told = {
        "adopted_on": date(2026, 6, 3),
        "resolution": "6月3日工会委员会会议",
        "approver": "周青",
        "today": TODAY,
        "version": row.version,
    }
    return budget.adopt_amendment(session, row.id or 0, **{**told, **STAMP, **values})


# --- lines ------------------------------------------------------------------------------------------------------------------------


def test_budget_of_an_item_is_the_sum_of_its_sources(session: Session) -> None:
    set_line(session, 20_000_00)
    set_line(session, 2_000_00, source=DUES)
    set_line(session, 500_00, "hardship_aid", source=DONATIONS)

    assert budget.sum_budget(session, 2026) == {"culture_sports": 22_000_00, "hardship_aid": 500_00}


def test_rows_stand_in_the_order_of_items_and_sources(session: Session) -> None:
    set_line(session, 500_00, "hardship_aid", source=DONATIONS, note="爱心捐款")
    set_line(session, 2_000_00, source=DUES)
    set_line(session, 20_000_00)

    assert budget.read_budget(session, 2026).lines == (
        BudgetRow("culture_sports", OWN, adopted_fen=20_000_00, amended_fen=0, note="", version=1),
        BudgetRow("culture_sports", DUES, adopted_fen=2_000_00, amended_fen=0, note="", version=1),
        BudgetRow("hardship_aid", DONATIONS, adopted_fen=500_00, amended_fen=0, note="爱心捐款", version=1),
    )


def test_line_is_changed_on_the_version_that_was_seen_and_keeps_its_note(session: Session) -> None:
    seen = set_line(session, note="两次活动").version

    row = set_line(session, 23_000_00, version=seen)

    assert (row.amount_fen, row.note, row.version) == (23_000_00, "两次活动", 2)


def test_line_somebody_else_changed_is_refused(session: Session) -> None:
    set_line(session)

    with pytest.raises(StaleSave) as refused:
        set_line(session, 25_000_00, version=0)

    assert refused.value.facts == {"field": "culture_sports", "theirs": "¥22,000.00", "yours": "¥25,000.00"}


@pytest.mark.parametrize(("item", "amount_fen", "refusal"), [("banquets", 1, NoSuchFundItem), ("dues", -1, BudgetNegative)])
def test_wrong_line_is_refused(session: Session, item: str, amount_fen: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        set_line(session, amount_fen, item)


def test_budget_without_any_amount_is_empty(session: Session) -> None:
    set_line(session, 0)

    assert budget.read_budget(session, 2026).is_empty


# --- adoption ---------------------------------------------------------------------------------------------------------------------


def test_adopted_budget_takes_no_change_of_a_line(session: Session) -> None:
    set_line(session)
    adopt(session)

    with pytest.raises(BudgetAdopted, match=r"^The 2026 budget was adopted on 2026-01-12\."):
        set_line(session, 25_000_00)

    assert budget.sum_budget(session, 2026) == {"culture_sports": 22_000_00}


def test_adoption_is_logged_with_day_and_resolution(session: Session) -> None:
    set_line(session)

    adopt(session)

    logged = session.exec(select(Change).where(Change.noun == "fund_year", Change.action == "update")).one()
    assert logged.after == {"adopted_on": "2026-01-12", "resolution": "1月12日工会委员会会议"}


def test_day_and_resolution_of_an_adoption_can_be_mended(session: Session) -> None:
    set_line(session)
    adopt(session)

    adopt(session, adopted_on=date(2026, 1, 13), resolution="1月13日工会委员会会议")

    view = budget.read_budget(session, 2026)
    assert (view.adopted_on, view.resolution) == (date(2026, 1, 13), "1月13日工会委员会会议")


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"adopted_on": date(2026, 11, 22)}, DateInFuture),
        ({"resolution": "  "}, BudgetResolutionMissing),
        ({"version": 7}, StaleSave),
    ],
)
def test_wrong_adoption_is_refused(session: Session, values: dict[str, Any], refusal: type[Refusal]) -> None:
    set_line(session)

    with pytest.raises(refusal):
        adopt(session, **values)


def test_empty_budget_is_not_adopted(session: Session) -> None:
    with pytest.raises(BudgetEmpty):
        adopt(session)


def test_budget_of_a_closed_year_stays_as_it_is(session: Session) -> None:
    set_line(session)
    session.exec(select(FundYear)).one().closed_at_utc = NOW

    with pytest.raises(BudgetClosed):
        set_line(session, 1)
    with pytest.raises(BudgetClosed):
        adopt(session)


# --- amendments -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def adopted(session: Session) -> Session:
    """A budget of 22,000 yuan for culture and sports and 8,000 for Sending Warmth, adopted."""
    set_line(session)
    set_line(session, 8_000_00, "sending_warmth")
    adopt(session)
    return session


def test_proposed_amendment_does_not_count(adopted: Session) -> None:
    propose(adopted)

    [amendment] = budget.read_budget(adopted, 2026).amendments
    assert (amendment.number, amendment.state) == (1, AmendmentState.PROPOSED)
    assert budget.sum_budget(adopted, 2026) == {"culture_sports": 22_000_00, "sending_warmth": 8_000_00}


def test_adopted_amendment_moves_money_and_leaves_the_adopted_lines(adopted: Session) -> None:
    decide(adopted, propose(adopted, AmendmentLine("culture_sports", OWN, 2_000_00), AmendmentLine("sending_warmth", OWN, -2_000_00)))

    rows = [(row.item, row.adopted_fen, row.amended_fen, row.now_fen) for row in budget.read_budget(adopted, 2026).lines]
    assert rows == [("culture_sports", 22_000_00, 2_000_00, 24_000_00), ("sending_warmth", 8_000_00, -2_000_00, 6_000_00)]


def test_amendment_may_open_a_line_that_was_not_adopted(adopted: Session) -> None:
    decide(adopted, propose(adopted, AmendmentLine("hardship_aid", DONATIONS, 500_00)))

    assert budget.read_budget(adopted, 2026).lines[1] == BudgetRow(
        "hardship_aid", DONATIONS, adopted_fen=0, amended_fen=500_00, note="", version=0
    )


def test_amendment_counts_from_the_day_of_its_adoption(adopted: Session) -> None:
    decide(adopted, propose(adopted))

    assert [budget.sum_budget(adopted, 2026, as_of=day)["culture_sports"] for day in (date(2026, 6, 2), date(2026, 6, 3))] == [
        22_000_00,
        24_000_00,
    ]


def test_amounts_for_the_same_item_are_added_up(adopted: Session) -> None:
    row = propose(
        adopted,
        AmendmentLine("culture_sports", OWN, 2_000_00),
        AmendmentLine("culture_sports", OWN, -500_00),
        AmendmentLine("sending_warmth", OWN, 0),
    )

    assert row.lines == [{"item": "culture_sports", "source": "union_funds", "delta_fen": 1_500_00}]


def test_amendments_are_numbered_within_the_year_withdrawn_ones_too(adopted: Session) -> None:
    first = propose(adopted)
    budget.withdraw_amendment(adopted, first.id or 0, version=first.version, **STAMP)

    assert propose(adopted).number == 2
    assert budget.read_budget(adopted, 2026).amendments[0].state is AmendmentState.WITHDRAWN


def test_amendment_before_the_adoption_is_refused(session: Session) -> None:
    set_line(session)

    with pytest.raises(BudgetNotAdopted):
        propose(session)


@pytest.mark.parametrize(
    ("lines", "values", "refusal"),
    [
        ((), {"reason": " "}, ReasonMissing),
        ((AmendmentLine("culture_sports", OWN, 0),), {}, AmendmentEmpty),
        ((AmendmentLine("banquets", OWN, 1),), {}, NoSuchFundItem),
        ((AmendmentLine("culture_sports", OWN, -22_000_01),), {}, BudgetBelowZero),
        ((AmendmentLine("culture_sports", DUES, -1),), {}, BudgetBelowZero),
    ],
)
def test_wrong_proposal_is_refused(
    adopted: Session, lines: tuple[AmendmentLine, ...], values: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        propose(adopted, *lines, **values)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"adopted_on": date(2026, 11, 22)}, DateInFuture),
        ({"resolution": ""}, BudgetResolutionMissing),
        ({"approver": ""}, ApproverMissing),
        ({"version": 7}, StaleSave),
    ],
)
def test_wrong_decision_is_refused(adopted: Session, values: dict[str, Any], refusal: type[Refusal]) -> None:
    row = propose(adopted)

    with pytest.raises(refusal):
        decide(adopted, row, **values)


def test_two_amendments_cannot_together_take_more_than_there_is(adopted: Session) -> None:
    first, second = (propose(adopted, AmendmentLine("sending_warmth", OWN, -5_000_00)) for _ in range(2))
    decide(adopted, first)

    with pytest.raises(BudgetBelowZero) as refused:
        decide(adopted, second)

    assert refused.value.facts == {"item": "sending_warmth", "now": "¥3,000.00", "less": "¥5,000.00"}


def test_decided_amendment_is_neither_adopted_again_nor_withdrawn(adopted: Session) -> None:
    row = decide(adopted, propose(adopted))

    with pytest.raises(AmendmentDecided):
        decide(adopted, row)
    with pytest.raises(AmendmentDecided):
        budget.withdraw_amendment(adopted, row.id or 0, version=row.version, **STAMP)


def test_amendment_that_never_was_is_refused(adopted: Session) -> None:
    with pytest.raises(NoSuchAmendment):
        budget.withdraw_amendment(adopted, 99, version=1, **STAMP)


def test_private_number_is_kept_nowhere_in_the_budget(adopted: Session) -> None:
    number = "林立 13800000000"
    row = propose(adopted)

    for write in (
        lambda: set_line(adopted, 1, year=2027, note=number),
        lambda: adopt(adopted, resolution=number),
        lambda: propose(adopted, reason=number),
        lambda: decide(adopted, row, resolution=number),
    ):
        with pytest.raises(PrivateNumberTyped):
            write()


# --- who ----------------------------------------------------------------------------------------------------------------------------


def list_committee(session: Session) -> None:
    """A chair, a treasurer and one of the audit committee."""
    make_union(session)
    for name, duty in (("周青", "主席"), ("何敏", "财务委员"), ("林立", "经审委员")):
        unions.add_member(session, name=name, duty=duty, **STAMP)


def test_only_the_chair_approves_an_amendment_where_there_is_one(adopted: Session) -> None:
    list_committee(adopted)
    row = propose(adopted)

    with pytest.raises(NotYoursToApprove):
        decide(adopted, row, approver="何敏")

    assert decide(adopted, row, approver="周青").approver == "周青"


def test_audit_committee_reads_the_budget_and_changes_nothing(adopted: Session) -> None:
    list_committee(adopted)
    row = propose(adopted)

    with pytest.raises(AuditPaysNothing):
        set_line(adopted, 1, year=2027, who="林立")
    with pytest.raises(AuditPaysNothing):
        adopt(adopted, who="林立")
    with pytest.raises(AuditPaysNothing):
        propose(adopted, who="林立")
    with pytest.raises(AuditPaysNothing):
        decide(adopted, row, approver="林立")


# --- carry-over -------------------------------------------------------------------------------------------------------------------


def test_what_is_left_of_spending_is_proposed_for_the_next_year_by_source(session: Session) -> None:
    for item, source, amount_fen in [("dues", OWN, 9_000_00), ("culture_sports", OWN, 100_00), ("hardship_aid", DONATIONS, 800_00)]:
        set_line(session, amount_fen, item, source=source)
    set_line(session, 50_00, "meetings")
    set_line(session, 300_00, "hardship_aid", source=DONATIONS, year=2027)
    for item, source, amount_fen in [("culture_sports", OWN, 30_00), ("meetings", OWN, 60_00), ("hardship_aid", OWN, 10_00)]:
        fund.book_entry(
            session,
            booked_on=date(2026, 5, 8),
            direction=Direction.OUT,
            item=item,
            source=source,
            amount_fen=amount_fen,
            purpose="奖品",
            today=TODAY,
            **STAMP,
        )

    lines = budget.carry_over(session, 2026)

    assert lines == (
        CarryLine("culture_sports", OWN, budget_fen=100_00, spent_fen=30_00, next_fen=0),
        CarryLine("hardship_aid", DONATIONS, budget_fen=800_00, spent_fen=0, next_fen=300_00),
    )
    assert [line.left_fen for line in lines] == [70_00, 800_00]
