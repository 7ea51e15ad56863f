"""Ceilings on real rows: what counts as used and how often, what is kept, and that nobody is stopped for good."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors.care import PrivateNumberTyped
from unionboard.errors.ceilings import OverWithoutReason
from unionboard.models import (
    CareVisit,
    CeilingFinding,
    CeilingLevel,
    CeilingRule,
    CeilingShape,
    Claim,
    ClaimState,
    Direction,
    FundEntry,
    Handout,
)
from unionboard.reference.ceilings import sample_rules
from unionboard.services import budget, care, ceiling_rules, ceilings, claims, fund, handouts
from unionboard.services.ceilings import Finding, SpendingFacts

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "会计", "now_utc": NOW}


def judge(session: Session, amount_fen: int = 100_00, **values: Any) -> tuple[Finding, ...]:
    """What is said about a spending of 21 November 2026."""
    return ceilings.judge(session, SpendingFacts(**{"booked_on": TODAY, "amount_fen": amount_fen, **values}), today=TODAY)


def used(session: Session, amount_fen: int = 100_00, **values: Any) -> int | None:
    """What the one finding says is used."""
    [finding] = judge(session, amount_fen, **values)
    return finding.used


def add_rule(session: Session, shape: CeilingShape, **values: Any) -> CeilingRule:
    """A rule of the union's own."""
    return ceiling_rules.save_rule(session, None, version=0, name="规则", shape=shape, source="决议", **{"years": 1, **values}, **STAMP)


def book(session: Session, amount_fen: int, purpose: str = "图书", **values: Any) -> FundEntry:
    """An entry of spending on publicity."""
    row = fund.book_entry(
        session,
        **{"booked_on": TODAY, "direction": Direction.OUT, "item": "publicity", "purpose": purpose, "amount_fen": amount_fen, **values},
        today=TODAY,
        **STAMP,
    )
    session.flush()
    return row


def take_back(session: Session, entry_id: int | None) -> None:
    """A correction of today."""
    fund.reverse_entry(session, entry_id or 0, booked_on=TODAY, reason="记错", today=TODAY, **STAMP)
    session.flush()


def visit(session: Session, recipient: str = "A17", **values: Any) -> CareVisit:
    """A visit with 500 yuan, not posted to the books."""
    defaults = {"visited_on": date(2026, 5, 6), "kind": "hospital", "amount_fen": 500_00, "post": False, "item": "sending_warmth"}
    return care.record_visit(session, recipient=recipient, today=TODAY, **{**defaults, **values}, **STAMP)


def claim(session: Session, state: ClaimState = ClaimState.SUBMITTED, **values: Any) -> Claim:
    """A claim of 1,000 yuan on publicity, in the state it is said to be in."""
    row = Claim(
        **{
            "year": 2026,
            "state": state,
            "item": "publicity",
            "amount_fen": 1_000_00,
            "purpose": "展板",
            "who": "会计",
            "created_at_utc": NOW,
            **values,
        }
    )
    session.add(row)
    session.flush()
    return row


# --- words and the budget ----------------------------------------------------------------------------------------------------------


def test_a_forbidden_word_is_told_without_any_rule_of_the_unions_own(session: Session) -> None:
    assert [(finding.word, finding.level.value, finding.is_sample) for finding in judge(session, text="中秋慰问购物卡")] == [
        ("购物卡", "over", True)
    ]


def test_a_rule_of_words_that_was_taken_and_switched_off_is_silent(session: Session) -> None:
    [row] = ceiling_rules.adopt_samples(session, ["words_cards"], **STAMP)
    ceiling_rules.save_rule(session, row.id, version=row.version, is_active=False, **STAMP)

    assert judge(session, text="中秋慰问购物卡") == ()


def test_an_items_budget_speaks_with_what_is_left(session: Session) -> None:
    fund.set_budget(session, year=2026, item="publicity", amount_fen=3_000_00, **STAMP)
    book(session, 400_00)
    claim(session)

    [finding] = judge(session, 300_00, item="publicity")

    assert (finding.shape, finding.level, finding.name) == (CeilingShape.BUDGET, CeilingLevel.OK, "publicity")
    assert (finding.limit, finding.used, finding.left) == (3_000_00, 1_700_00, 1_300_00)


def test_an_item_without_a_budget_is_over_once_the_years_budget_is_adopted(session: Session) -> None:
    fund.set_budget(session, year=2026, item="education", amount_fen=1_000_00, **STAMP)
    before = judge(session, item="publicity")
    budget.adopt_budget(session, 2026, adopted_on=date(2026, 1, 8), resolution="第3次会议", today=TODAY, version=None, **STAMP)

    [finding] = judge(session, item="publicity")

    assert (before, finding.level, finding.limit) == ((), CeilingLevel.OVER, 0)


@pytest.mark.parametrize("state", [ClaimState.DRAFT, ClaimState.WITHDRAWN, ClaimState.REVERSED])
def test_claims_that_are_not_on_their_way_do_not_count(session: Session, state: ClaimState) -> None:
    fund.set_budget(session, year=2026, item="publicity", amount_fen=3_000_00, **STAMP)
    claim(session, state)

    assert used(session, item="publicity") == 100_00


def test_a_corrected_entry_does_not_count(session: Session) -> None:
    fund.set_budget(session, year=2026, item="publicity", amount_fen=3_000_00, **STAMP)
    take_back(session, book(session, 400_00).id)

    assert used(session, item="publicity") == 100_00


def test_what_is_judged_again_is_left_out(session: Session) -> None:
    fund.set_budget(session, year=2026, item="publicity", amount_fen=3_000_00, **STAMP)
    entry, asked = book(session, 400_00), claim(session)

    assert used(session, 400_00, item="publicity", not_entry_id=entry.id) == 1_400_00
    assert used(session, 1_000_00, item="publicity", not_claim_id=asked.id) == 1_400_00


def test_a_paid_claim_that_is_judged_again_is_left_out_with_its_entry(session: Session) -> None:
    fund.set_budget(session, year=2026, item="publicity", amount_fen=3_000_00, **STAMP)
    asked = claim(session, ClaimState.PAID)
    book(session, 1_000_00, claim_id=asked.id)
    book(session, 50_00)

    assert used(session, 1_000_00, item="publicity", not_claim_id=asked.id) == 1_050_00


# --- people ------------------------------------------------------------------------------------------------------------------------


def test_visits_of_the_same_person_add_up_and_removed_ones_do_not_count(session: Session) -> None:
    add_rule(session, CeilingShape.PERSON_YEAR, amount_fen=2_000_00, kinds=["hospital"])
    visit(session)
    visit(session, recipient="A18")
    gone = visit(session)
    care.take_back_visit(session, gone.id or 0, booked_on=TODAY, reason="记重", today=TODAY, **STAMP)

    assert used(session, 300_00, kind="hospital", person="a 17") == 800_00


def test_an_edited_visit_does_not_count_itself(session: Session) -> None:
    add_rule(session, CeilingShape.COUNT, count=1, kinds=["hospital"])
    row = visit(session)

    assert used(session, kind="hospital", person="A17", not_visit_id=row.id) == 1
    assert used(session, kind="hospital", person="A17") == 2


def test_a_visit_judged_through_its_claim_is_counted_once(session: Session) -> None:
    fund.set_budget(session, year=2026, item="sending_warmth", amount_fen=3_000_00, **STAMP)
    visit(session, recipient="A18")
    gathered = claims.gather_claim(session, year=2026, visit_ids=(visit(session).id or 0,), **STAMP)

    [finding] = ceilings.judge(session, claims.spending_facts(gathered, today=TODAY), today=TODAY)

    assert finding.used == 1_000_00


def test_a_visit_in_a_claim_on_its_way_counts_once_and_not_for_itself(session: Session) -> None:
    fund.set_budget(session, year=2026, item="sending_warmth", amount_fen=3_000_00, **STAMP)
    row = visit(session)
    gathered = claims.gather_claim(session, year=2026, visit_ids=(row.id or 0,), **STAMP)
    gathered.state = ClaimState.SUBMITTED
    session.flush()

    assert used(session, item="sending_warmth") == 600_00
    assert used(session, 500_00, item="sending_warmth", not_visit_id=row.id) == 500_00


def test_a_visit_in_a_draft_still_waits(session: Session) -> None:
    fund.set_budget(session, year=2026, item="sending_warmth", amount_fen=3_000_00, **STAMP)
    claims.gather_claim(session, year=2026, visit_ids=(visit(session).id or 0,), **STAMP)

    assert used(session, item="sending_warmth") == 600_00


def test_a_posted_visit_is_in_the_books_once(session: Session) -> None:
    fund.set_budget(session, year=2026, item="sending_warmth", amount_fen=3_000_00, **STAMP)
    row = visit(session, post=True)

    assert used(session, item="sending_warmth") == 600_00
    assert used(session, 500_00, item="sending_warmth", not_visit_id=row.id) == 500_00


def hand_out(session: Session, **values: Any) -> Handout:
    """60 parcels of 250 yuan for Mid-Autumn."""
    defaults = {"title": "中秋慰问品", "festival": "MID_AUTUMN", "handed_on": date(2026, 9, 20), "heads": 60, "unit_fen": 250_00}
    return handouts.record_handout(session, today=TODAY, **{**defaults, **values}, **STAMP)


def test_hand_outs_of_a_festival_count_a_head_for_everybody(session: Session) -> None:
    add_rule(session, CeilingShape.FESTIVAL, amount_fen=400_00)
    hand_out(session)

    asked = {"booked_on": date(2026, 9, 24), "people": 60, "festival": "MID_AUTUMN"}

    assert used(session, 60 * 100_00, **asked) == 350_00


def test_festival_goods_count_in_everybodys_year(session: Session) -> None:
    add_rule(session, CeilingShape.PERSON_YEAR, amount_fen=1_000_00, kinds=["festival"])
    hand_out(session)
    claim(session, ClaimState.PAID, people=60, festival="DRAGON_BOAT", amount_fen=60 * 100_00, paid_on=date(2026, 6, 10))

    assert used(session, 50_00, kind="festival", person="A17") == 400_00


def test_lines_are_counted_by_their_words_corrected_ones_are_not(session: Session) -> None:
    add_rule(session, CeilingShape.COUNT, count=2, items=["publicity"], words=["秋游"])
    book(session, 1_00, "秋游用车")
    book(session, 1_00, "图书")
    take_back(session, book(session, 1_00, "秋游门票").id)

    assert used(session, item="publicity", text="秋游") == 2


def test_a_share_is_of_the_larger_of_budgeted_and_received_income(session: Session) -> None:
    add_rule(session, CeilingShape.INCOME_SHARE, share_pct=50, items=["publicity"])
    fund.set_budget(session, year=2026, item="dues", amount_fen=1_000_00, **STAMP)
    book(session, 200_00, item="dues", direction=Direction.IN)

    assert used(session, 400_00, item="publicity") == 40


def test_rules_hold_on_the_day_of_the_spending(session: Session) -> None:
    add_rule(session, CeilingShape.PERSON_OCCASION, amount_fen=500_00, kinds=["wedding"], valid_to=date(2026, 6, 30))
    add_rule(session, CeilingShape.PERSON_OCCASION, amount_fen=800_00, kinds=["wedding"], valid_from=date(2026, 7, 1))

    limits = [judge(session, kind="wedding", booked_on=day)[0].limit for day in (date(2026, 6, 30), date(2026, 7, 1))]

    assert limits == [500_00, 800_00]


def test_judging_asks_the_same_number_of_questions_for_one_rule_and_for_all(session: Session) -> None:
    asked: list[str] = []
    note = lambda *told: asked.append(told[2])  # noqa: E731 -- a listener
    event.listen(session.connection(), "before_cursor_execute", note)
    ceiling_rules.adopt_samples(session, ["outings"], **STAMP)
    facts: dict[str, Any] = {"item": "member_activities", "text": "秋游门票", "people": 50, "festival": "MID_AUTUMN"}

    asked.clear()
    judge(session, **facts)
    for_one = len(asked)
    ceiling_rules.adopt_samples(session, sample_rules(), **STAMP)
    for month in range(1, 10):
        visit(session, f"A{month}", visited_on=date(2026, month, 3))
        book(session, 1_00, "秋游", booked_on=date(2026, month, 3))
    asked.clear()
    judge(session, **facts)

    assert len(asked) == for_one


# --- what is kept --------------------------------------------------------------------------------------------------------------------


def test_over_asks_for_a_reason(session: Session) -> None:
    facts = SpendingFacts(booked_on=TODAY, amount_fen=300_00, text="代金券")

    with pytest.raises(OverWithoutReason) as refused:
        ceilings.settle(session, facts, reason=" ", today=TODAY, **STAMP)

    assert (refused.value.names, session.exec(select(CeilingFinding)).all()) == (("不买卡券",), [])


def test_over_with_a_reason_is_kept(session: Session) -> None:
    facts = SpendingFacts(booked_on=TODAY, amount_fen=300_00, text="代金券")

    ceilings.settle(session, facts, reason=" 委员会10月会议决定 ", today=TODAY, **STAMP)

    [kept] = session.exec(select(CeilingFinding)).all()
    assert (kept.rule_name, kept.word, kept.level, kept.reason) == ("不买卡券", "代金券", CeilingLevel.OVER, "委员会10月会议决定")


def test_near_is_kept_without_a_reason_and_within_is_not(session: Session) -> None:
    fund.set_budget(session, year=2026, item="publicity", amount_fen=1_000_00, **STAMP)
    entry = book(session, 950_00)

    for amount_fen, row in ((950_00, entry), (100_00, entry)):
        facts = SpendingFacts(booked_on=TODAY, amount_fen=amount_fen, item="publicity")
        ceilings.settle(session, facts, reason="", today=TODAY, fund_entry_id=row.id, **STAMP)

    [kept] = session.exec(select(CeilingFinding)).all()
    assert (kept.level, kept.limit, kept.used, kept.fund_entry_id) == (CeilingLevel.NEAR, 1_000_00, 950_00, entry.id)


def test_reason_with_a_private_number_is_refused(session: Session) -> None:
    facts = SpendingFacts(booked_on=TODAY, amount_fen=300_00, text="代金券")

    with pytest.raises(PrivateNumberTyped):
        ceilings.settle(session, facts, reason="请联系13800138000", today=TODAY, **STAMP)


def test_what_was_said_cannot_be_changed(session: Session) -> None:
    facts = SpendingFacts(booked_on=TODAY, amount_fen=300_00, text="代金券")
    ceilings.settle(session, facts, reason="会议决定", today=TODAY, **STAMP)
    [kept] = session.exec(select(CeilingFinding)).all()
    kept.reason = "没有理由"

    with pytest.raises(DBAPIError, match="ceiling_finding is append-only"):
        session.flush()
