"""What the demo year lacks: a year before it, everything half done, missed, over or below what was planned, digits in every name."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.models import (
    Activity,
    BudgetAmendment,
    CareVisit,
    CheckOff,
    Direction,
    DutyKind,
    FundEntry,
    FundYear,
    Handout,
    Occurrence,
    OwnItem,
    OwnOccasion,
    Plan,
)
from unionboard.services.unions import find_union

BY: dict[str, Any] = {"who": "chair", "created_at_utc": NOW}


def fill_year(session: Session) -> None:
    """Add all of it to the demo year 2026, whose plan is the first."""
    _name_with_digits(session)
    _tell_of_2025(session)
    _leave_things_undone(session)
    _tell_more(session)
    session.flush()


def _name_with_digits(session: Session) -> None:
    union = find_union(session)
    assert union is not None
    union.name, union.party_body, union.centre = "第2小学工会", "学校第3党支部", "2026年“双减”"
    union.staff_count, union.delegate_count, union.group_count = 61, 32, 6
    session.add(union)
    session.add(OwnItem(code="culture_sports", direction=Direction.OUT, name="5·1文体活动"))
    session.add(OwnOccasion(code="birthday", name="60岁生日"))


def _tell_of_2025(session: Session) -> None:
    """Ten contests, visits and a book whose balance is carried over."""
    plan = make_plan(session, year=2025, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), title="2025年计划")
    section = make_section(session, plan)
    for n in range(10):
        activity = make_activity(
            session, plan, title=f"第{n + 1}场球赛", section_id=section.id, starts_on=date(2025, 3, 1), ends_on=date(2025, 3, 31)
        )
        session.add(CheckOff(activity_id=activity.id or 0, done_on=date(2025, 3, 10 + n), participants=20, **BY))
        session.add(CareVisit(visited_on=date(2025, 4, 1 + n), kind="hospital", amount_fen=50_000, **BY))
    this = session.get_one(FundYear, (1, 2026))
    this.opening_fen = None
    session.add(this)
    session.add(FundYear(year=2025, opening_fen=1_000_000))
    book: dict[str, Any] = {"year": 2025, "booked_on": date(2025, 6, 1), "purpose": "上年", **BY}
    session.add(FundEntry(voucher=1, direction=Direction.IN, item="dues", amount_fen=900_000, **book))
    session.add(FundEntry(voucher=2, direction=Direction.OUT, item="culture_sports", amount_fen=123_450, **book))


def _leave_things_undone(session: Session) -> None:
    plan = session.get_one(Plan, 1)
    late = session.exec(select(Activity).where(Activity.title == "困难教职工建档复核")).one()
    session.add(CheckOff(activity_id=late.id or 0, done_on=date(2026, 11, 13), is_partial=True, participants=2, remaining="其余2户", **BY))
    few = make_activity(session, plan, title="第3届拔河比赛", position=90, planned_people=58, planned_budget_fen=50_000)
    session.add(CheckOff(activity_id=few.id or 0, done_on=date(2026, 5, 20), participants=12, eligible=58, result="决出前3名", **BY))
    cost: dict[str, Any] = {"year": 2026, "voucher": 9001, "booked_on": date(2026, 5, 21), "direction": Direction.OUT, "purpose": "奖品"}
    session.add(FundEntry(item="culture_sports", amount_fen=1_234_567, activity_id=few.id, **cost, **BY))
    checkup = session.exec(select(Activity).where(Activity.title == "教职工健康体检")).one()
    checkup.targets = [{"op": "at_least", "low": 98, "high": 98, "unit": "%", "per": "", "phrase": "体检率98%以上"}]
    session.add(checkup)
    make_activity(session, plan, title="两年一次的疗休养", position=91, duty=DutyKind.STANDING, frequency="两年一次", area="HEALTH")
    session.add(BudgetAmendment(year=2026, number=3, lines=[_line("meetings", 100_000)], adopted_on=date(2026, 6, 1), **BY))


def _line(item: str, delta_fen: int) -> dict[str, Any]:
    return {"item": item, "source": "union_funds", "delta_fen": delta_fen}


def _tell_more(session: Session) -> None:
    plan = session.get_one(Plan, 1)
    congress = session.exec(select(CheckOff).join(Activity).where(col(Activity.title).contains("教职工代表大会"))).one()
    votes = {"votes_for": 28, "votes_against": 1, "votes_abstained": 1, "proposals_received": 17, "proposals_answered": 16}
    congress.figures = {**congress.figures, **votes}
    congress.agenda = "听取2025年工会工作报告\n审议考勤办法第3稿"
    session.add(congress)
    articles = make_activity(session, plan, title="每月报送2篇信息", position=92, duty=DutyKind.RECURRING, frequency="每月一次", area="ORG")
    articles.targets = [{"op": "average", "low": 2, "high": 2, "unit": "篇", "per": "month", "phrase": "平均每月报送2篇"}]
    session.add(articles)
    for month in range(1, 13):
        turn = Occurrence(activity_id=articles.id or 0, number=month, due_from=date(2026, month, 1), due_to=date(2026, month, 28))
        session.add(turn)
        session.flush()
        if month % 4:
            told = {"articles_sent": 1, "articles_published": int(month < 3), "members_joined": 1, "insured": 3}
            row = CheckOff(
                activity_id=articles.id or 0, occurrence_id=turn.id, done_on=turn.due_from, figures=told, result=f"{month}期", **BY
            )
            session.add(row)
    session.add(Handout(title="“六一”亲子礼包1份", handed_on=date(2026, 6, 1), heads=31, unit_fen=5_050, **BY))
