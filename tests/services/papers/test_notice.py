"""What hangs on the notice board for a month."""

from datetime import date
from typing import Any

from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan, make_union
from unionboard.models import ActivityState, DatePrecision, DutyKind
from unionboard.services import care, checkoffs, duties
from unionboard.services.checkoffs import Details
from unionboard.services.papers.notice import DoneLine, NoticeFacts, PlannedLine, gather_notice
from unionboard.services.periods import Placement

TODAY = date(2026, 5, 20)
STAMP: dict[str, Any] = {"today": TODAY, "who": "chair", "now_utc": NOW}
MAY, MONTH = (date(2026, 5, 1), date(2026, 5, 31)), DatePrecision.MONTH


def gather(session: Session, month: date = date(2026, 5, 9), **wish: Any) -> NoticeFacts:
    return gather_notice(session, month, today=TODAY, language="zh_CN", **wish)


def test_month_lists_what_is_planned_in_it_by_time(session: Session) -> None:
    plan = make_plan(session)
    make_activity(session, plan, title="趣味运动会", owner="沈一鸣")
    day = date(2026, 5, 12)
    make_activity(session, plan, title="座谈会", precision=DatePrecision.DAY, starts_on=day, ends_on=day)
    make_activity(session, plan, title="六月的事", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30))
    make_activity(session, plan, title="全年的事", precision=DatePrecision.PERIOD, starts_on=plan.starts_on, ends_on=plan.ends_on)
    make_activity(session, plan, title="取消的事", state=ActivityState.CANCELLED)

    told = gather(session)

    assert (told.union, told.month, told.month_before) == ("青松小学工会", date(2026, 5, 1), date(2026, 4, 1))
    assert told.planned == (
        PlannedLine("趣味运动会", Placement(*MAY, MONTH), "沈一鸣"),
        PlannedLine("座谈会", Placement(day, day, DatePrecision.DAY)),
    )


def test_what_was_held_in_the_month_stands_on_its_day(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 16), details=Details(done_to=date(2026, 5, 17)), **STAMP)

    assert [line.when for line in gather(session).planned] == [Placement(date(2026, 5, 16), date(2026, 5, 17), DatePrecision.DAY)]


def test_what_was_held_earlier_than_planned_is_not_announced_again(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 4, 16), details=Details(participants=46), **STAMP)

    told = gather(session)

    assert (told.planned, told.done) == ((), (DoneLine("趣味运动会", date(2026, 4, 16), date(2026, 4, 16), 46),))


def test_standing_duties_stand_apart_and_turns_in_their_months(session: Session) -> None:
    plan = make_plan(session)
    year = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "precision": DatePrecision.PERIOD}
    make_activity(session, plan, title="有事随时走访", duty=DutyKind.STANDING, **year)
    monthly = make_activity(session, plan, title="委员例会", duty=DutyKind.RECURRING, frequency="每月一次", **year)
    duties.plan_anew(session, monthly, (plan.starts_on, plan.ends_on), who="chair", now_utc=NOW)

    told = gather(session)

    assert told.duties == ("有事随时走访",)
    assert told.planned == (PlannedLine("委员例会", Placement(*MAY, MONTH)),)


def test_december_is_taken_from_the_plan_before(session: Session) -> None:
    union = make_union(session)
    old = make_plan(session, year=2025, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), union_id=union.id)
    make_plan(session)
    activity = make_activity(session, old, title="迎新会", starts_on=date(2025, 12, 1), ends_on=date(2025, 12, 31))
    checkoffs.check_off(session, activity.id or 0, done_on=date(2025, 12, 30), **STAMP)

    assert [line.title for line in gather(session, date(2026, 1, 1)).done] == ["迎新会"]


def test_nobody_who_was_visited_is_named(session: Session) -> None:
    make_activity(session, make_plan(session), title="看望林小云老师", owner="林小云")
    care.record_visit(session, visited_on=date(2026, 5, 4), kind="hospital", recipient="林小云", post=False, **STAMP)

    assert gather(session).planned == (PlannedLine("看望某会员老师", Placement(*MAY, MONTH), "某会员"),)


def test_without_a_plan_the_notice_is_empty(session: Session) -> None:
    make_union(session)

    told = gather(session)

    assert (told.planned, told.duties, told.done) == ((), (), ())
