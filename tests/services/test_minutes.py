"""The minutes hold what was so when the meeting ended, and nothing that is private."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import AgendaKind, DatePrecision, DecisionKind, Direction, Plan
from unionboard.services import amendments, care, decisions, fund, meetings, unions
from unionboard.services.meeting_views import DecisionFacts
from unionboard.services.minutes import FundFacts, MinutesFacts, MinutesItem, read_minutes
from unionboard.services.periods import Placement

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
DECEMBER = Placement(date(2026, 12, 1), date(2026, 12, 31), DatePrecision.MONTH)


@pytest.fixture
def plan(session: Session) -> Plan:
    plan = make_plan(session)
    for name in ("何敏", "吴佳"):
        unions.add_member(session, name=name, **STAMP)
    return plan


def hold(session: Session, plan: Plan) -> MinutesFacts:
    """A meeting on one late activity, on the fund and a question of its own; the empty point and one more are not reached."""
    meeting = meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, place="教工之家", chaired_by="何敏", **STAMP)
    meeting_id = meeting.id or 0
    meetings.mark_present(session, meetings.read_meeting(session, meeting_id, today=TODAY).attendance[0].id or 0, is_present=True, **STAMP)
    meetings.add_guest(session, meeting_id, "李校长", **STAMP)
    meetings.add_item(session, meeting_id, title="换届", **STAMP)
    late, money, *_ = meetings.read_meeting(session, meeting_id, today=TODAY).items
    meetings.save_note(session, late.id, note="场地未到位", version=1, **STAMP)
    decisions.decide_reassigned(session, late.id, owner="吴佳", **STAMP)
    moved: dict[str, Any] = {"starts_on": DECEMBER.starts_on, "ends_on": DECEMBER.ends_on, "precision": DECEMBER.precision}
    wrong = decisions.decide_cancelled(session, late.id, reason="停办", **STAMP)
    decisions.take_back(session, wrong.id or 0, **STAMP)
    meetings.show_item(session, meeting_id, money.id, **STAMP)
    decisions.decide_added(session, meeting_id, None, title="健步走", area="CULT", owner="何敏", **moved, **STAMP)
    ended = meetings.end_meeting(session, meeting_id, today=TODAY, who="chair", now_utc=NOW + timedelta(minutes=50))
    return read_minutes(ended.minutes or {})


def test_minutes_tell_who_was_there_what_was_said_and_decided(session: Session, plan: Plan) -> None:
    make_activity(session, plan, owner="沈一鸣")

    reassigned = DecisionFacts(
        kind=DecisionKind.REASSIGNED,
        title="趣味运动会",
        owner="吴佳",
        owner_before="沈一鸣",
        planned_before=Placement(date(2026, 5, 1), date(2026, 5, 31), DatePrecision.MONTH),
    )
    added = DecisionFacts(kind=DecisionKind.ADDED, title="健步走", owner="何敏", due_on=date(2026, 12, 31), planned=DECEMBER)
    assert hold(session, plan) == MinutesFacts(
        union="青松小学工会",
        year=2026,
        plan_title="2026年工会工作计划",
        number=1,
        held_on=TODAY,
        started_at="10:00",
        ended_at="10:50",
        place="教工之家",
        chaired_by="何敏",
        recorded_by="",
        present=("何敏",),
        absent=("吴佳",),
        guests=("李校长",),
        items=(
            MinutesItem(AgendaKind.LATE, "趣味运动会", note="场地未到位", decisions=(reassigned,)),
            MinutesItem(AgendaKind.FUND),
        ),
        decisions=(added,),
        not_reached=(MinutesItem(AgendaKind.OTHER, "换届"),),
    )


def test_minutes_stay_as_they_were_whatever_becomes_of_the_activity(session: Session, plan: Plan) -> None:
    activity = make_activity(session, plan, owner="沈一鸣")
    facts = hold(session, plan)

    amendments.save_activity(session, activity.id or 0, title="教工运动会", owner="顾海平", version=activity.version, **STAMP)
    amendments.remove_activity(session, activity.id or 0, **STAMP)

    last = meetings.last_meeting(session, plan.id or 0)
    assert last is not None
    assert read_minutes(last.minutes or {}) == facts


def test_minutes_are_plain_values_that_read_back_the_same(session: Session, plan: Plan) -> None:
    make_activity(session, plan)
    facts = hold(session, plan)

    assert read_minutes(json.loads(json.dumps(facts.to_json()))) == facts


@pytest.mark.parametrize(
    ("held_on", "started_at", "hours"),
    [
        (TODAY, datetime(2026, 11, 21, 2, 0, tzinfo=UTC), ("10:00", "10:30")),
        (TODAY, datetime(2026, 11, 20, 17, 0, tzinfo=UTC), ("01:00", "01:30")),
        (date(2026, 11, 18), NOW, (None, None)),
    ],
    ids=["on the day", "after midnight where the union is", "days later"],
)
def test_hours_are_told_only_of_a_meeting_recorded_on_its_day(
    session: Session, plan: Plan, held_on: date, started_at: datetime, hours: tuple[str | None, str | None]
) -> None:
    meeting = meetings.start_meeting(session, plan.id or 0, held_on=held_on, today=TODAY, who="chair", now_utc=started_at)
    later = started_at + timedelta(minutes=30)

    facts = read_minutes(meetings.end_meeting(session, meeting.id or 0, today=TODAY, who="chair", now_utc=later).minutes or {})

    assert (facts.started_at, facts.ended_at) == hours


def test_follow_up_that_was_asked_after_is_told_with_its_end(session: Session, plan: Plan) -> None:
    first = meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, **STAMP)
    task = decisions.decide_follow_up(session, first.id or 0, None, text="联系场地", owner="吴佳", due_on=None, **STAMP)
    meetings.end_meeting(session, first.id or 0, today=TODAY, **STAMP)
    second = meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, **STAMP)
    asked = next(item for item in meetings.read_meeting(session, second.id or 0, today=TODAY).items if item.follow_up)
    meetings.show_item(session, second.id or 0, asked.id, **STAMP)
    decisions.settle_follow_up(session, task.id or 0, settled_on=TODAY, today=TODAY, **STAMP)

    facts = read_minutes(meetings.end_meeting(session, second.id or 0, today=TODAY, **STAMP).minutes or {})

    follow_up = DecisionFacts(kind=DecisionKind.FOLLOW_UP, text="联系场地", owner="吴佳", settled_on=TODAY)
    assert facts.items == (MinutesItem(AgendaKind.FOLLOW_UP, "联系场地", follow_up=follow_up),)


def test_gathered_activities_that_were_not_reached_are_named(session: Session, plan: Plan) -> None:
    for number in range(1, 15):
        make_activity(session, plan, title=f"活动{number}")
    meeting = meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, **STAMP)

    facts = read_minutes(meetings.end_meeting(session, meeting.id or 0, today=TODAY, **STAMP).minutes or {})

    assert facts.not_reached[12] == MinutesItem(AgendaKind.LATE, gathered=("活动13", "活动14"))


@pytest.mark.parametrize("is_reached", [True, False])
def test_fund_is_told_as_it_stood_on_the_day_when_it_was_reached(session: Session, plan: Plan, is_reached: bool) -> None:
    fund.set_opening(session, year=2026, opening_fen=900_00, **STAMP)
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=500_00, **STAMP)
    spent: dict[str, Any] = {"direction": Direction.OUT, "item": "culture_sports", "amount_fen": 120_50, "purpose": "奖品"}
    for day in (date(2026, 11, 17), TODAY):
        fund.book_entry(session, booked_on=day, today=TODAY, **spent, **STAMP)
    held_on = date(2026, 11, 20)
    meeting = meetings.start_meeting(session, plan.id or 0, held_on=held_on, today=TODAY, **STAMP)
    if is_reached:
        item = meetings.read_meeting(session, meeting.id or 0, today=TODAY).items[0]
        meetings.show_item(session, meeting.id or 0, item.id, **STAMP)

    facts = read_minutes(meetings.end_meeting(session, meeting.id or 0, today=TODAY, **STAMP).minutes or {})

    assert facts.fund == (FundFacts(spent_fen=120_50, budget_fen=500_00, balance_fen=779_50) if is_reached else None)


def test_nobody_who_was_visited_is_in_the_minutes(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="走访慰问困难教职工")
    care.record_visit(session, visited_on=TODAY, kind="hospital", recipient="许文博", goods="果篮", today=TODAY, **STAMP)

    stored = json.dumps(hold(session, plan).to_json(), ensure_ascii=False)

    assert [word for word in ("许文博", "果篮", "hospital") if word in stored] == []
