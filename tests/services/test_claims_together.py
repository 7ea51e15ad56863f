"""Several people at the same claim at the same moment, and a disk that fails in the middle: one payment, or nothing at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from tests.makers import NOW, make_committee
from unionboard import db
from unionboard.errors import Refusal
from unionboard.models import CareVisit, Change, Claim, ClaimState, FundEntry, FundMonth
from unionboard.services import care, care_posting, claims, closing, fund

TODAY = date(2026, 11, 21)
VISIT = {"visited_on": date(2026, 6, 1), "kind": "hospital", "amount_fen": 500_00, "post": False, "today": TODAY}
TOGETHER = 4


def submit(session: Session, claim: Claim) -> None:
    claims.submit_claim(session, claim.id or 0, version=claim.version, who="沈一鸣", now_utc=NOW, today=TODAY)


def approve(session: Session, claim: Claim) -> None:
    claims.approve_claim(session, claim.id or 0, version=claim.version, who="陈立群", now_utc=NOW)


def pay(session: Session, claim: Claim) -> None:
    claims.pay_claim(session, claim.id or 0, version=claim.version, paid_on=TODAY, who="罗文静", now_utc=NOW, today=TODAY)


def reverse(session: Session, claim: Claim) -> None:
    [entry] = session.exec(select(FundEntry).where(FundEntry.claim_id == claim.id, FundEntry.reverses_id == None)).all()  # noqa: E711
    fund.reverse_entry(session, entry.id or 0, booked_on=TODAY, reason="付错了", today=TODAY, who="罗文静", now_utc=NOW)


STEPS: tuple[Callable[[Session, Claim], None], ...] = (submit, approve, pay, reverse)


def draft(engine: Engine) -> int:
    """A claim for one visit, drafted, on file."""
    with db.writing(engine) as session:
        make_committee(session)
        facts: dict[str, Any] = VISIT
        visit = care.record_visit(session, **facts, who="沈一鸣", now_utc=NOW)
        [claim] = care_posting.claim_visits(session, [visit.id or 0], year=2026, handler="沈一鸣", who="沈一鸣", now_utc=NOW)
        return claim.id or 0


def take(engine: Engine, claim_id: int, steps: int) -> None:
    for step in STEPS[:steps]:
        with db.writing(engine) as session:
            step(session, session.exec(select(Claim).where(Claim.id == claim_id)).one())


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[step.__name__ for step in STEPS])
def test_step_is_taken_once_however_many_take_it(engine: Engine, number: int) -> None:
    claim_id = draft(engine)
    take(engine, claim_id, number)
    with db.reading(engine) as session:
        seen = session.exec(select(Claim).where(Claim.id == claim_id)).one()
    gate = Barrier(TOGETHER)

    def press() -> bool:
        gate.wait()
        try:
            with db.writing(engine) as session:
                STEPS[number](session, seen)
        except (Refusal, ValueError):  # moved on, or reversed already: no entry left to take back
            return False
        return True

    with ThreadPoolExecutor(TOGETHER) as pool:
        done = [pool.submit(press) for _ in range(TOGETHER)]

    assert sum(one.result() for one in done) == 1
    with db.reading(engine) as session:
        entries = session.exec(select(FundEntry.voucher).where(FundEntry.claim_id == claim_id)).all()
    assert entries == list(range(1, number))  # paid: voucher 1; taken back: voucher 2


@pytest.mark.sqlite
def test_payment_that_fails_in_the_middle_leaves_nothing(engine: Engine) -> None:
    claim_id = draft(engine)
    take(engine, claim_id, 2)
    with db.writing(engine) as session:  # the last of its writes fails, after entry and visit
        guard = "WHEN NEW.state = 'paid' BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        session.execute(text(f"CREATE TRIGGER full_disk BEFORE UPDATE ON claim {guard}"))
        changes = len(session.exec(select(Change.id)).all())

    with pytest.raises(IntegrityError), db.writing(engine) as session:
        pay(session, session.exec(select(Claim)).one())

    with db.reading(engine) as session:
        assert session.exec(select(FundEntry)).all() == []
        assert session.exec(select(Claim.state)).one() is ClaimState.APPROVED
        assert session.exec(select(CareVisit.fund_entry_id)).one() is None
        assert len(session.exec(select(Change.id)).all()) == changes


@pytest.mark.sqlite
def test_closing_that_fails_in_the_middle_closes_no_month(engine: Engine) -> None:
    with db.writing(engine) as session:
        guard = "WHEN NEW.month = 5 BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        session.execute(text(f"CREATE TRIGGER full_disk BEFORE INSERT ON fund_month {guard}"))

    with pytest.raises(IntegrityError), db.writing(engine) as session:
        closing.close_month(session, 2026, 6, today=TODAY, who="罗文静", now_utc=NOW)

    with db.reading(engine) as session:
        assert session.exec(select(FundMonth)).all() == []
