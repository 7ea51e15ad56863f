"""Ceilings on real rows: what counts as used, what is kept, and that nobody is stopped for good."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors.ceilings import OverWithoutReason
from unionboard.models import CeilingFinding, CeilingLevel, CeilingShape
from unionboard.services import ceilings, fund
from unionboard.services.ceilings import Finding, SpendingFacts

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "会计", "now_utc": NOW}


def say(session: Session, amount_fen: int = 100_00, **values: Any) -> list[tuple[str, str]]:
    """Names and levels of what is said about a spending of 21 November 2026."""
    facts = SpendingFacts(**{"booked_on": TODAY, "amount_fen": amount_fen, **values})
    return [(finding.name, finding.level.value) for finding in ceilings.judge(session, facts, today=TODAY)]


def test_a_forbidden_word_is_told_without_any_rule_of_the_unions_own(session: Session) -> None:
    assert say(session, text="中秋慰问购物卡") == [("不买卡券", "over")]


def test_an_items_budget_speaks_with_what_is_left(session: Session) -> None:
    fund.set_budget(session, year=2026, item="publicity", amount_fen=1_000_00, **STAMP)

    [finding] = ceilings.judge(session, SpendingFacts(booked_on=TODAY, amount_fen=300_00, item="publicity"), today=TODAY)

    assert (finding.shape, finding.level, finding.limit, finding.used, finding.left) == (
        CeilingShape.BUDGET,
        CeilingLevel.OK,
        1_000_00,
        300_00,
        700_00,
    )


def test_over_asks_for_a_reason(session: Session) -> None:
    facts = SpendingFacts(booked_on=TODAY, amount_fen=300_00, text="代金券")

    with pytest.raises(OverWithoutReason):
        ceilings.settle(session, facts, reason=" ", today=TODAY, **STAMP)

    assert session.exec(select(CeilingFinding)).all() == []


def test_over_with_a_reason_is_kept(session: Session) -> None:
    facts = SpendingFacts(booked_on=TODAY, amount_fen=300_00, text="代金券")

    [finding] = ceilings.settle(session, facts, reason="委员会10月会议决定，年底前退回", today=TODAY, **STAMP)

    [kept] = session.exec(select(CeilingFinding)).all()
    assert isinstance(finding, Finding)
    assert (kept.rule_name, kept.word, kept.level, kept.reason) == ("不买卡券", "代金券", CeilingLevel.OVER, "委员会10月会议决定，年底前退回")
