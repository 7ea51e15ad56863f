"""The demo year stands on any day as it would have stood then."""

import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.makers import NOW, make_plan
from unionboard import db
from unionboard.errors.plans import DatabaseNotEmpty, YearOutOfRange
from unionboard.models import (
    CareVisit,
    CeilingFinding,
    CeilingLevel,
    Change,
    CheckOff,
    Claim,
    ClaimState,
    DecisionKind,
    Direction,
    FundEntry,
    FundMonth,
    Handout,
    Plan,
)
from unionboard.reference import work_areas
from unionboard.services import activities, budget, fund, ledger, meetings, plans, summary, unions, verification
from unionboard.services.activities import ActivityView, Status
from unionboard.services.budget import AmendmentState
from unionboard.services.demo import load_demo
from unionboard.services.fund import Book
from unionboard.services.minutes import read_minutes
from unionboard.services.occasions import list_occasions
from unionboard.services.summary import DraftId

TODAY = date(2026, 11, 21)
DAYS = [date(2026, 1, 1), date(2026, 2, 28), date(2026, 7, 1), TODAY, date(2026, 12, 31)]

pytestmark = pytest.mark.sqlite  # what the year tells; that a server takes it, test_moving says


def load(session: Session, *, year: int = 2026, today: date = TODAY) -> Plan:
    return load_demo(session, year=year, today=today, who="chair", now_utc=NOW)


@pytest.fixture(scope="module")
def standing(demo_file: Path, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int, date], Session]]:
    """``standing(2026, TODAY)``: a demo year as it stands on a day, loaded once for all tests that only look."""

    @cache
    def stand(year: int, today: date) -> Session:
        is_there = (year, today) == (2026, TODAY)
        path = shutil.copy(demo_file if is_there else migrated_file, tmp_path_factory.mktemp("demo") / "demo.sqlite3")
        engine = db.open_engine(f"sqlite:///{path}")
        closing.callback(engine.dispose)
        session = closing.enter_context(db.writing(engine))
        if not is_there:
            load(session, year=year, today=today)
        return session

    with ExitStack() as closing:
        yield stand


@pytest.fixture
def autumn(standing: Callable[[int, date], Session]) -> Session:
    return standing(2026, TODAY)


def autumn_views(session: Session) -> list[ActivityView]:
    return views_of(session, plans.plan_of_year(session, 2026))


def views_of(session: Session, plan: Plan, today: date = TODAY) -> list[ActivityView]:
    return activities.list_activities(session, plan.id or 0, today=today)


def book_of(session: Session, year: int = 2026) -> Book:
    return fund.read_book(session, year)


def test_autumn_shows_every_status_but_partly_done(autumn: Session) -> None:
    counts = Counter(view.status for view in autumn_views(autumn))

    assert counts == {
        Status.DONE: 28,
        Status.STANDING: 7,
        Status.COMING: 5,
        Status.LATE: 3,
        Status.UNDER_WAY: 2,
        Status.POSTPONED: 2,
        Status.CANCELLED: 1,
    }


def test_every_work_area_has_an_activity(autumn: Session) -> None:
    areas = {view.area for view in autumn_views(autumn)}

    assert areas == set(work_areas()) - {"OTHER"}


def test_what_is_late_is_late_since_a_few_weeks(autumn: Session) -> None:
    late = {view.title: view.days_late for view in autumn_views(autumn) if view.status is Status.LATE}

    assert late == {"合理化建议征集与评选": 21, "困难教职工建档复核": 8, "师徒结对中期汇报": 3}


@pytest.mark.parametrize("today", DAYS)
def test_nothing_that_lies_after_today_has_happened(standing: Callable[[int, date], Session], today: date) -> None:
    session = standing(2026, today)

    days = [
        *session.exec(select(col(CheckOff.done_on))),
        *session.exec(select(col(FundEntry.booked_on))),
        *session.exec(select(col(CareVisit.visited_on))),
        *(stamp.date() for stamp in session.exec(select(col(Change.at_utc)))),
    ]
    assert [day for day in days if day > max(today, date(2026, 1, 1))] == []


def test_on_new_year_nothing_is_done_and_nothing_late(standing: Callable[[int, date], Session]) -> None:
    today = date(2026, 1, 1)
    session = standing(2026, today)

    assert {view.status for view in views_of(session, plans.plan_of_year(session, 2026), today)} == {Status.COMING, Status.STANDING}


def test_past_year_is_over_but_for_the_late_ones(standing: Callable[[int, date], Session]) -> None:
    session = standing(2025, TODAY)
    counts = Counter(view.status for view in views_of(session, plans.plan_of_year(session, 2025)))

    assert counts == {Status.DONE: 40, Status.LATE: 3, Status.CANCELLED: 1, Status.STANDING: 4}


def test_year_to_come_has_a_plan_and_a_budget_only(session: Session) -> None:
    plan = load(session, year=2028)

    assert {view.status for view in views_of(session, plan)} == {Status.COMING, Status.STANDING}
    assert (book_of(session, 2028).entry_count, book_of(session, 2028).total_budget_fen) == (0, 84_500_00)


def test_vouchers_follow_the_days_without_a_gap(autumn: Session) -> None:
    entries = autumn.exec(select(FundEntry).order_by(col(FundEntry.voucher))).all()
    assert [entry.voucher for entry in entries] == list(range(1, len(entries) + 1))
    assert all(earlier.booked_on <= later.booked_on for earlier, later in pairwise(entries))


def test_fund_never_runs_dry(standing: Callable[[int, date], Session]) -> None:
    assert min(entry.balance_fen for entry in ledger.list_entries(standing(2025, TODAY), 2025)) > 0


def test_one_mistake_was_taken_back(autumn: Session) -> None:
    wrong = [entry for entry in ledger.list_entries(autumn, 2026) if entry.reversed_by]
    assert [(entry.booked_on, entry.out_fen) for entry in wrong] == [(date(2026, 3, 10), 1980_00)]


def test_claims_stand_in_every_state(autumn: Session) -> None:
    counts = Counter(claim.state for claim in autumn.exec(select(Claim)))

    assert counts == {
        ClaimState.FILED: 8,
        ClaimState.PAID: 2,
        ClaimState.DRAFT: 2,
        ClaimState.SUBMITTED: 2,
        ClaimState.APPROVED: 1,
        ClaimState.WITHDRAWN: 1,
        ClaimState.REVERSED: 1,
    }


def test_one_draft_was_returned_and_says_why(autumn: Session) -> None:
    returned = autumn.exec(select(Claim).where(Claim.state == ClaimState.DRAFT, Claim.returned_reason != "")).all()

    assert [(claim.purpose, claim.returned_by) for claim in returned] == [("下半年会员生日蛋糕券29份", "何敏")]


def test_whoever_handles_approves_and_pays_are_three(autumn: Session) -> None:
    paid = autumn.exec(select(FundEntry).where(col(FundEntry.claim_id).is_not(None))).all()

    assert len(paid) == 12
    assert [entry.purpose for entry in paid if len({entry.handler, entry.approver, entry.cashier}) < 3] == []


def test_nobody_approved_what_they_handled(autumn: Session) -> None:
    spent = autumn.exec(select(FundEntry).where(FundEntry.direction == Direction.OUT)).all()

    assert [entry.purpose for entry in spent if not entry.approver or entry.approver == entry.handler] == []


def test_ceilings_spoke_near_and_over_with_a_reason(autumn: Session) -> None:
    said = autumn.exec(select(CeilingFinding).where(col(CeilingFinding.handout_id).is_not(None))).all()

    assert [(one.rule_name, one.level, one.limit, one.used, bool(one.reason)) for one in said] == [
        ("每个节日每人", CeilingLevel.OVER, 110_00, 120_00, True),
        ("节日慰问每人全年", CeilingLevel.NEAR, 300_00, 280_00, False),
    ]


def test_budget_was_adopted_and_amended_once_and_keeps_its_total(autumn: Session) -> None:
    told = budget.read_budget(autumn, 2026)

    assert (told.adopted_on, bool(told.resolution)) == (date(2026, 1, 14), True)
    assert [(row.number, row.state, row.adopted_on) for row in told.amendments] == [
        (1, AmendmentState.ADOPTED, date(2026, 9, 18)),
        (2, AmendmentState.PROPOSED, None),
    ]
    assert book_of(autumn).total_budget_fen == 84_500_00


def test_festival_goods_are_hand_outs_with_their_signatures_counted(autumn: Session) -> None:
    rows = autumn.exec(select(Handout).order_by(col(Handout.handed_on))).all()

    assert [(row.title, row.heads * row.unit_fen, row.signed) for row in rows] == [
        ("春节慰问品", 6_960_00, 58),
        ("端午节慰问品", 3_480_00, 58),
        ("中秋节慰问品", 5_800_00, 56),
    ]
    assert [row.title for row in rows if row.fund_entry_id is None] == []


def test_closed_months_have_the_banks_figure(autumn: Session) -> None:
    closed = autumn.exec(select(FundMonth).where(col(FundMonth.closed_at_utc).is_not(None))).all()

    assert closed
    assert [row.month for row in closed if row.closing_fen != row.bank_fen] == []


def test_five_occasions_are_visited_in_any_case(autumn: Session) -> None:
    marked = [code for code, occasion in list_occasions(autumn).items() if occasion.must_visit]

    assert sorted(marked) == ["bereavement", "birth", "hardship", "hospital", "wedding"]


def test_one_visit_waits_in_a_claim(autumn: Session) -> None:
    open_ones = autumn.exec(select(CareVisit).where(CareVisit.amount_fen > 0, col(CareVisit.fund_entry_id).is_(None))).all()

    assert [(visit.visited_on, visit.claim_id is not None) for visit in open_ones] == [(date(2026, 11, 17), True)]


def test_books_have_no_fault(autumn: Session, tmp_path: Path) -> None:
    assert verification.verify_books(autumn, evidence_folder=tmp_path) == ()


def test_late_activity_has_cost_nothing(autumn: Session) -> None:
    assert [view.spent_fen for view in autumn_views(autumn) if view.status is Status.LATE] == [0, 0, 0]


def test_recurring_duty_missed_a_turn(autumn: Session) -> None:
    views = {view.title: view for view in autumn_views(autumn)}

    duty = views["每月更新校务公开栏"]
    assert (duty.done_count, len(duty.occurrences), [turn.number for turn in duty.missed]) == (10, 12, [8])


def test_care_visits_name_only_single_persons(autumn: Session) -> None:
    visits = autumn.exec(select(CareVisit)).all()
    assert len(visits) == 24
    assert [visit for visit in visits if visit.recipient and visit.people > 1] == []


def test_two_meetings_were_held_and_left_something_for_the_next(autumn: Session) -> None:
    plan_id = plans.plan_of_year(autumn, 2026).id or 0

    held = meetings.list_meetings(autumn, plan_id)

    told = [read_minutes(meeting.minutes or {}) for meeting in held]
    assert [(facts.held_on, len(facts.present), len(facts.absent)) for facts in told] == [
        (date(2026, 10, 23), 7, 2),
        (date(2026, 9, 18), 8, 1),
    ]
    decided = [[decision.kind for item in facts.items for decision in item.decisions] for facts in told]
    assert decided == [[DecisionKind.FOLLOW_UP] * 2, [DecisionKind.REASSIGNED, DecisionKind.FOLLOW_UP]]
    assert [item.title for item in told[0].not_reached] == ["明年工作计划征求意见的办法"]
    assert [row.text for row in meetings.list_open_follow_ups(autumn, plan_id)] == ["收集教职工对明年节日慰问品的意见，提出三个备选方案"]
    assert meetings.open_meeting(autumn, plan_id) is None


def test_every_point_the_meetings_speak_of_was_on_their_agenda(autumn: Session) -> None:
    told = tomllib.loads(resources.files("unionboard.reference").joinpath("demo", "meetings.toml").read_text(encoding="utf-8"))["meeting"]
    stored = reversed(meetings.list_meetings(autumn, plans.plan_of_year(autumn, 2026).id or 0))

    for facts, meeting in zip(told, stored, strict=True):
        spoken = {item.title or "fund" for item in read_minutes(meeting.minutes or {}).items if item.note or item.decisions}
        assert spoken == {said["on"] for said in facts["said"]}


def test_union_is_settled(autumn: Session) -> None:
    union = unions.find_union(autumn)
    assert union is not None
    assert (union.name, union.higher_union, union.member_count, union.women_count) == ("青松小学工会", "区教育工会", 58, 41)
    assert unions.list_members(autumn)[0].duty == "主席"


def test_summary_is_drafted_as_of_today(autumn: Session) -> None:
    plan = plans.plan_of_year(autumn, 2026)

    assert summary.read_draft(autumn, DraftId(plan.id or 0)).as_of == TODAY


def test_database_with_a_plan_is_left_alone(session: Session) -> None:
    make_plan(session)

    with pytest.raises(DatabaseNotEmpty):
        load(session)


def test_year_no_plan_can_have_is_refused(session: Session) -> None:
    with pytest.raises(YearOutOfRange):
        load(session, year=1900)
