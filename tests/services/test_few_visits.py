"""Fewer than three cases of care in all: nothing of them is told, in no form and no language, nor is their money."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_plan, make_section
from unionboard.drafting.compose import compose_blocks
from unionboard.drafting.finding import find_facts
from unionboard.drafting.wording import Form
from unionboard.models import CareVisit, Direction, FundEntry, Plan
from unionboard.services.year_records import gather_records

BY: dict[str, Any] = {"who": "chair", "created_at_utc": NOW}


def make_year(session: Session, *, visits: int) -> Plan:
    """A plan with a heading for care, so many visits paid out of one item, and a contest out of another."""
    plan = make_plan(session)
    make_section(session, plan, heading="关心教职工生活", area="CARE")
    spent = [("culture_sports", 65_400), *[("hardship", 88_800)] * visits]
    for n, (item, fen) in enumerate(spent):
        entry = FundEntry(
            year=2026, voucher=n + 1, booked_on=date(2026, 4, 3), direction=Direction.OUT, item=item, purpose="支出", amount_fen=fen, **BY
        )
        session.add(entry)
        session.flush()
        if item == "hardship":
            facts: dict[str, Any] = {"kind": "hospital", "amount_fen": fen, "recipient": f"某人{n}", "fund_entry_id": entry.id, **BY}
            session.add(CareVisit(visited_on=date(2026, 4, 2), **facts))
    session.flush()
    return plan


def write(session: Session, plan: Plan, *, form: Form = Form.FULL, language: str = "zh_CN") -> str:
    facts = find_facts(gather_records(session, plan.id or 0, as_of=date(2026, 12, 20), language=language))
    return "".join(one.text for block in compose_blocks(facts, form=form, language=language) for one in block.sentences)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("visits", [1, 2])
def test_few_visits_are_in_no_form_of_the_draft(session: Session, visits: int, form: Form, language: str) -> None:
    text = write(session, make_year(session, visits=visits), form=form, language=language)

    assert not [word for word in ("走访慰问", "care visit", "Care visit", "888", "1776", "1,776", "困难职工帮扶") if word in text]


def test_three_visits_are_told_with_their_sum(session: Session) -> None:
    assert "全年走访慰问3人次，支出2664元。" in write(session, make_year(session, visits=3))


def test_heading_with_few_visits_is_no_problem(session: Session) -> None:
    assert "部分没有办结记录" not in write(session, make_year(session, visits=1))
