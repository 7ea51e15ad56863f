"""Years of any size: ``python -m tests.bench.year 300 20000`` fills the configured, empty database with a plan of that many activities
and a book of that many entries."""

import sys
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.models import ActivityState, CheckOff, DatePrecision, Direction, DutyKind, FundEntry, Occurrence
from unionboard.reference import fund_items, work_areas
from unionboard.services import fund
from unionboard.services.migrations import bring_up_to_date
from unionboard.services.periods import month_span

SECTIONS = 8
OWNERS = ("陈志远", "李秀英", "周建国", "赵明", "孙丽", "刘洋")
TODAY = date(2026, 11, 21)


def load_year(session: Session, count: int) -> None:
    """A plan of 2026 with ``count`` activities: one in six names its days, one in twelve is a monthly duty, what is over is mostly done."""
    plan = make_plan(session)
    areas = list(work_areas())
    sections = [make_section(session, plan, position=n, heading=f"抓好第{n}方面工作", area=areas[n]) for n in range(1, SECTIONS + 1)]
    for n in range(count):
        span = month_span(2026 * 12 + n % 12)
        is_dated, is_duty = n % 6 == 0, n % 12 == 7
        if is_duty:
            span = (plan.starts_on, plan.ends_on)
        elif is_dated:
            span = (span[0] + timedelta(days=9), span[0] + timedelta(days=9 + n % 4))
        activity = make_activity(
            session,
            plan,
            section_id=sections[n % SECTIONS].id,
            area=areas[n % SECTIONS + 1],
            position=n,
            title=f"组织第{n + 1}次会员活动并做好记录",
            owner=OWNERS[n % len(OWNERS)],
            precision=DatePrecision.PERIOD if is_duty else DatePrecision.DAY if is_dated else DatePrecision.MONTH,
            starts_on=span[0],
            ends_on=span[1],
            duty=DutyKind.RECURRING if is_duty else DutyKind.ONE_OFF,
            state=ActivityState.CANCELLED if n % 40 == 39 else ActivityState.PLANNED,
        )
        if is_duty:
            _load_turns(session, activity.id or 0)
        elif span[1] < TODAY and n % 10:
            session.add(_check_off(activity.id or 0, span[0] + timedelta(days=2)))
    session.flush()


def _load_turns(session: Session, activity_id: int) -> None:
    months = [month_span(2026 * 12 + n) for n in range(12)]
    turns = [Occurrence(activity_id=activity_id, number=n, due_from=first, due_to=last) for n, (first, last) in enumerate(months, start=1)]
    session.add_all(turns)
    session.flush()
    held = [turn for turn in turns if turn.due_to < TODAY and turn.number % 5]
    session.add_all(_check_off(activity_id, turn.due_from, occurrence_id=turn.id) for turn in held)


def _check_off(activity_id: int, day: date, *, occurrence_id: int | None = None) -> CheckOff:
    return CheckOff(activity_id=activity_id, occurrence_id=occurrence_id, done_on=day, participants=30, who="chair", created_at_utc=NOW)


def load_book(session: Session, count: int, *, begun: int = 0) -> None:
    """The book of 2026 with ``count`` entries of 55 to 554 yuan up to ``TODAY``, one in ten an income, one in fifty a correction; budgets
    for every item. ``begun`` of them are there already."""
    stamp: dict[str, Any] = {"who": "chair", "now_utc": NOW}
    fund.set_opening(session, year=2026, opening_fen=50_000_00, **stamp)
    codes = {side: [code for code, item in fund_items().items() if item.direction == side] for side in Direction}
    for code in codes[Direction.IN] + codes[Direction.OUT]:
        fund.set_budget(session, year=2026, item=code, amount_fen=count * 20_00, **stamp)
    first, days = date(2026, 1, 1), (TODAY - date(2026, 1, 1)).days
    rows: list[dict[str, Any]] = []
    for n in range(begun, count):
        is_correction = n % 50 == 49
        side = Direction.IN if n % 10 == 0 else Direction.OUT
        rows.append(
            {
                "id": n + 1,
                "year": 2026,
                "voucher": n + 1,
                "booked_on": first + timedelta(days=n * days // count),
                "direction": side,
                "item": rows[-1]["item"] if is_correction else codes[side][n % len(codes[side])],
                "amount_fen": rows[-1]["amount_fen"] if is_correction else 55_00 + n * 37 % 500_00,
                "purpose": "记错了" if is_correction else f"第{n + 1}次活动的材料和用品",
                "payee": f"文具店{n % 40}",
                "handler": OWNERS[n % len(OWNERS)],
                "approver": OWNERS[(n + 1) % len(OWNERS)],
                "papers": n % 4,
                "reverses_id": n if is_correction else None,
                "who": "chair",
                "created_at_utc": NOW,
            }
        )
    if rows:
        session.execute(insert(FundEntry), rows)


if __name__ == "__main__":
    bring_up_to_date()
    with db.writing() as opened:
        load_year(opened, int(sys.argv[1]))
        load_book(opened, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
