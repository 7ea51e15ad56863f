"""Lines booked without a claim: the same hands, ceilings and private numbers as for a claim."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors.care import PrivateNumberTyped, VisitedNamed
from unionboard.errors.ceilings import OverWithoutReason
from unionboard.errors.claims import (
    AuditPaysNothing,
    NotYoursToApprove,
    NotYoursToPay,
    OneHandUnexplained,
    RolesNotSeparate,
    StandInUnexplained,
)
from unionboard.models import CeilingFinding, Direction, FundEntry
from unionboard.services import fund, unions
from unionboard.services.booking import book_at_once
from unionboard.services.ceilings import SpendingFacts

TODAY = date(2026, 11, 21)
COMMITTEE = (("周青", "主席"), ("罗文静", "出纳"), ("沈一鸣", "文体委员"), ("吴佳", "女工委员"), ("严守正", "经审委员"))


@pytest.fixture
def committee(session: Session) -> Session:
    """A committee with everybody it needs."""
    for name, duty in COMMITTEE:
        unions.add_member(session, name=name, duty=duty, who="chair", now_utc=NOW)
    return session


def book(session: Session, *, amount_fen: int = 100_00, direction: Direction = Direction.OUT, **options: Any) -> FundEntry:
    """An entry of 100 yuan for prizes unless said otherwise."""
    item = "education" if direction is Direction.OUT else "dues"
    facts = SpendingFacts(booked_on=TODAY, amount_fen=amount_fen, item=item, text="奖品")
    told: dict[str, Any] = {"direction": direction, "purpose": "奖品", "today": TODAY, "who": "沈一鸣", "now_utc": NOW}
    return book_at_once(session, facts, **(told | options))


def test_three_names_need_no_reason(committee: Session) -> None:
    entry = book(committee, handler="沈一鸣", approver="周青", cashier="罗文静", one_hand="不需要")

    assert (entry.handler, entry.approver, entry.cashier, entry.one_hand) == ("沈一鸣", "周青", "罗文静", "")


def test_names_may_be_left_untold(committee: Session) -> None:
    assert book(committee).approver == ""


def test_chairs_own_line_is_approved_by_a_member_with_a_reason(committee: Session) -> None:
    names: dict[str, Any] = {"handler": "周青", "approver": "吴佳", "cashier": "罗文静"}

    with pytest.raises(StandInUnexplained):
        book(committee, **names)
    assert book(committee, **names, one_hand="主席本人经手").one_hand == "主席本人经手"


@pytest.mark.parametrize(
    ("names", "refusal"),
    [
        ({"handler": "周青", "approver": "周青"}, RolesNotSeparate),
        ({"handler": "罗文静", "cashier": "罗文静"}, RolesNotSeparate),
        ({"handler": "严守正"}, AuditPaysNothing),
        ({"approver": "吴佳"}, NotYoursToApprove),
        ({"cashier": "吴佳"}, NotYoursToPay),
    ],
)
def test_parts_stand_in_the_hands_the_committee_names(committee: Session, names: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        book(committee, **names, one_hand="人手不够")


def test_tiny_committee_says_why_one_person_has_two_parts(session: Session) -> None:
    with pytest.raises(OneHandUnexplained):
        book(session, approver="周青", cashier="周青")

    assert book(session, approver="周青", cashier="周青", one_hand="委员只有两人").one_hand == "委员只有两人"


def test_over_the_budget_asks_for_a_reason_and_keeps_it(session: Session) -> None:
    fund.set_budget(session, year=2026, item="education", amount_fen=50_00, who="chair", now_utc=NOW)
    with pytest.raises(OverWithoutReason):
        book(session)
    session.rollback()
    fund.set_budget(session, year=2026, item="education", amount_fen=50_00, who="chair", now_utc=NOW)

    entry = book(session, over_reason="委员会同意")

    assert [(one.fund_entry_id, one.reason) for one in session.exec(select(CeilingFinding))] == [(entry.id, "委员会同意")]


def test_income_is_not_judged(session: Session) -> None:
    assert book(session, direction=Direction.IN, amount_fen=10_000_00).direction is Direction.IN


@pytest.mark.parametrize("field", ["purpose", "payee", "over_reason"])
def test_private_numbers_are_refused(session: Session, field: str) -> None:
    with pytest.raises(PrivateNumberTyped):
        book(session, **dict[str, Any]({field: "转13800138000"}))


def test_line_that_says_who_was_visited_is_refused(committee: Session) -> None:
    with pytest.raises(VisitedNamed):
        book(committee, purpose="慰问李建国老师住院")
