"""What is gathered of a plan's year, or of a year over two plans."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.drafting.records import ActivityRecord, YearRecords
from unionboard.errors.plans import NoPlanYet
from unionboard.models import (
    Activity,
    ActivityState,
    BudgetAmendment,
    BudgetLine,
    CheckOff,
    Decision,
    DecisionKind,
    Direction,
    DutyKind,
    Evidence,
    FundEntry,
    FundYear,
    Measure,
    Meeting,
    Occurrence,
    PeriodKind,
    Plan,
    SummarySpan,
)
from unionboard.services import care
from unionboard.services.amendments import set_state
from unionboard.services.year_records import gather_before, gather_records

BY: dict[str, Any] = {"who": "chair", "created_at_utc": NOW}
SCHOOL: dict[str, Any] = {"period_kind": PeriodKind.SCHOOL_YEAR}
AS_OF = date(2026, 11, 21)


def gather(session: Session, plan: Plan, *, as_of: date = AS_OF, span: SummarySpan = SummarySpan.PLAN) -> YearRecords:
    return gather_records(session, plan.id or 0, as_of=as_of, language="zh_CN", span=span)


def hold(session: Session, activity: Activity, day: date, **values: Any) -> CheckOff:
    row = CheckOff(activity_id=activity.id or 0, done_on=day, **BY, **values)
    session.add(row)
    session.flush()
    return row


def book(session: Session, day: date, fen: int, **values: Any) -> FundEntry:
    told = {"direction": Direction.OUT, "item": "culture_sports", "purpose": "奖品", **values}
    row = FundEntry(year=day.year, voucher=day.toordinal(), booked_on=day, amount_fen=fen, **told, **BY)
    session.add(row)
    session.flush()
    return row


def make_school_years(session: Session) -> tuple[Plan, Plan]:
    """The school years from 2024 and 2025."""
    first = make_plan(session, year=2024, starts_on=date(2024, 9, 1), ends_on=date(2025, 8, 31), **SCHOOL)
    return first, make_plan(session, year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31), **SCHOOL)


def by_title(records: YearRecords) -> dict[str, ActivityRecord]:
    return {activity.title: activity for activity in records.activities}


def test_plan_that_is_not_there_gives_nothing(session: Session) -> None:
    with pytest.raises(NoPlanYet):
        gather_records(session, 7, as_of=AS_OF, language="zh_CN")


def test_papers_turns_and_entries_keep_their_numbers(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan, duty=DutyKind.RECURRING)
    turn = Occurrence(activity_id=activity.id or 0, number=1, due_from=date(2026, 3, 1), due_to=date(2026, 3, 31))
    done = hold(session, activity, date(2026, 5, 8))
    paper, gone = (
        Evidence(check_off_id=done.id or 0, name="照片", **BY),
        Evidence(check_off_id=done.id or 0, name="x", removed_at_utc=NOW, **BY),
    )
    session.add_all([turn, paper, gone])
    entry = book(session, date(2026, 5, 9), 300, activity_id=activity.id)

    (record,) = gather(session, plan).activities

    assert [deed.evidence_ids for deed in record.deeds] == [(paper.id,)]
    assert [(one.id, one.is_missed) for one in record.turns] == [(turn.id, True)]
    assert [(one.id, one.amount_fen) for one in record.entries] == [(entry.id, 300)]


@pytest.mark.parametrize(("activities", "sources"), [(1, [("measure", "85%以上")]), (2, [])])
def test_target_of_a_measure_is_told_where_one_activity_stands_for_it(
    session: Session, activities: int, sources: list[tuple[str, str]]
) -> None:
    plan = make_plan(session)
    target = {"op": "at_least", "low": 85, "high": 85, "unit": "%", "per": "", "phrase": "85%以上"}
    measure = Measure(section_id=make_section(session, plan).id or 0, position=1, text="体检", targets=[target])
    session.add(measure)
    session.flush()
    for _ in range(activities):
        make_activity(session, plan, measure_id=measure.id)

    told = [(one.source.noun, one.phrase) for record in gather(session, plan).activities for one in record.targets]

    assert told == sources


def test_names_of_people_visited_are_in_no_text(session: Session) -> None:
    plan = make_plan(session)
    care.record_visit(
        session, visited_on=date(2026, 5, 1), kind="hospital", recipient="周晓梅", people=1, today=AS_OF, who="chair", now_utc=NOW
    )
    activity = make_activity(session, plan, title="看望周晓梅", state_reason="周晓梅出院")
    hold(session, activity, date(2026, 5, 8), result="送周晓梅鲜花", award="周晓梅获奖", remaining="周晓梅", agenda="周晓梅发言")
    meeting = Meeting(plan_id=plan.id or 0, number=1, held_on=date(2026, 5, 9), started_at_utc=NOW, ended_at_utc=NOW)
    session.add(meeting)
    session.flush()
    session.add(Decision(meeting_id=meeting.id or 0, kind=DecisionKind.FOLLOW_UP, text="再访周晓梅", **BY))

    records = gather(session, plan)

    assert "周晓梅" not in repr(records)
    assert [promise.text for promise in records.promises] == ["再访某会员"]


@pytest.mark.parametrize(("settled_on", "open_"), [(None, 1), (date(2026, 11, 20), 0), (date(2026, 11, 30), 1)])
def test_promise_is_open_until_the_day_it_was_settled(session: Session, settled_on: date | None, open_: int) -> None:
    plan = make_plan(session)
    meeting = Meeting(plan_id=plan.id or 0, number=1, held_on=date(2026, 5, 9), started_at_utc=NOW, ended_at_utc=NOW)
    session.add(meeting)
    session.flush()
    session.add(Decision(meeting_id=meeting.id or 0, kind=DecisionKind.FOLLOW_UP, text="拟定方案", settled_on=settled_on, **BY))

    records = gather(session, plan)

    assert (len(records.promises), records.union.meeting_ids) == (open_, (meeting.id,))


def test_budget_counts_lines_of_spending_and_amendments_adopted_by_the_day(session: Session) -> None:
    plan = make_plan(session)
    lines = [BudgetLine(year=2026, item=item, amount_fen=fen) for item, fen in (("publicity", 500), ("meetings", 0), ("dues", 900))]
    moved = [{"item": "publicity", "source": "union_funds", "delta_fen": 50}, {"item": "dues", "source": "dues", "delta_fen": 70}]
    days = [date(2026, 6, 1), date(2026, 12, 1), None]
    session.add_all(
        [*lines, *(BudgetAmendment(year=2026, number=n, lines=moved, adopted_on=day, **BY) for n, day in enumerate(days, start=1))]
    )
    session.flush()

    book = gather(session, plan).money

    assert [(line.id, line.item, line.amount_fen) for line in book.lines] == [(lines[0].id, "publicity", 500)]
    assert ([one.by_item for one in book.amendments], book.budget_fen) == ([{"publicity": 50}], {"publicity": 550})


def test_opening_within_a_book_is_what_was_said_and_what_was_booked_since(session: Session) -> None:
    _first, plan = make_school_years(session)
    session.add(FundYear(year=2025, opening_fen=1_000))
    before, within = book(session, date(2025, 3, 1), 300), book(session, date(2025, 10, 1), 200)

    told = gather(session, plan, as_of=date(2026, 8, 31)).money

    assert (told.opening.year, told.opening_fen, [entry.id for entry in told.opening.entries]) == (2025, 700, [before.id])
    assert ([entry.id for entry in told.entries], told.lines) == ([within.id], ())


def test_calendar_year_over_two_school_years_holds_the_deeds_of_both(session: Session) -> None:
    first, second = make_school_years(session)
    for plan, title, day in (
        (first, "秋游", date(2024, 10, 1)),
        (first, "春游", date(2025, 4, 1)),
        (second, "中秋联欢", date(2025, 9, 20)),
        (second, "元宵灯会", date(2026, 2, 20)),
    ):
        hold(session, make_activity(session, plan, title=title, starts_on=day, ends_on=day), day)
    make_activity(session, first, title="没办的", starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 31))

    records = gather(session, first, as_of=date(2025, 12, 31), span=SummarySpan.CALENDAR_YEAR)

    assert {title: record.status for title, record in by_title(records).items()} == {"春游": "done", "没办的": "late", "中秋联欢": "done"}
    assert (records.starts_on, records.year, records.is_plans_span) == (date(2025, 1, 1), 2025, False)


def test_duty_of_two_plans_is_one_with_the_turns_and_deeds_of_both_within_the_days(session: Session) -> None:
    first, second = make_school_years(session)
    for plan, months in ((first, [(2024, 12), (2025, 3)]), (second, [(2025, 10), (2026, 3)])):
        duty = make_activity(session, plan, title="工会例会", duty=DutyKind.RECURRING, starts_on=plan.starts_on, ends_on=plan.ends_on)
        for number, (year, month) in enumerate(months, start=1):
            turn = Occurrence(activity_id=duty.id or 0, number=number, due_from=date(year, month, 1), due_to=date(year, month, 28))
            session.add(turn)
            session.flush()
            hold(session, duty, turn.due_from, occurrence_id=turn.id)

    (told,) = gather(session, first, as_of=date(2025, 12, 31), span=SummarySpan.CALENDAR_YEAR).activities

    days = [date(2025, 3, 1), date(2025, 10, 1)]
    assert ([deed.done_on for deed in told.deeds], [turn.due_from for turn in told.turns]) == (days, days)


def test_activity_of_another_plan_stands_under_the_same_heading_else_under_none(session: Session) -> None:
    first, second = make_school_years(session)
    home = make_section(session, first, heading="文体活动")
    for heading in ("文体活动", "旅游"):
        section = make_section(session, second, heading=heading)
        hold(session, make_activity(session, second, title=heading, section_id=section.id), date(2025, 9, 20))

    records = gather(session, first, as_of=date(2025, 12, 31), span=SummarySpan.CALENDAR_YEAR)

    assert {title: record.section_id for title, record in by_title(records).items()} == {"文体活动": home.id, "旅游": None}


@pytest.mark.parametrize(("as_of", "deeds"), [(date(2026, 6, 30), 1), (date(2026, 12, 10), 2)])
def test_year_before_is_told_up_to_the_same_day_and_whole_at_the_years_end(session: Session, as_of: date, deeds: int) -> None:
    last = make_plan(session, year=2025, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    for day in (date(2025, 6, 30), date(2025, 12, 20)):
        hold(session, make_activity(session, last, starts_on=day, ends_on=day), day)

    before = gather_before(session, make_plan(session).id or 0, as_of=as_of, language="zh_CN")

    assert before is not None
    assert sum(len(activity.deeds) for activity in before.activities) == deeds


def test_without_a_plan_of_the_year_before_there_is_nothing_to_compare_with(session: Session) -> None:
    assert gather_before(session, make_plan(session).id or 0, as_of=AS_OF, language="zh_CN") is None


def test_number_of_queries_does_not_grow_with_the_activities(session: Session, engine: Engine) -> None:
    plan = make_plan(session)
    asked: list[str] = []
    counts: list[int] = []
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    for _ in range(2):
        for n in range(12):
            activity = make_activity(session, plan, title=f"活动{n}")
            hold(session, activity, date(2026, 5, 8))
            book(session, date(2026, 1 + n, 1 + len(counts)), 300, activity_id=activity.id)
        session.expire_all()
        asked.clear()
        gather(session, plan)
        counts.append(len(asked))

    assert counts[0] == counts[1] < 40


def test_what_was_decided_later_is_not_known_on_an_earlier_day(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan)
    decided: dict[str, Any] = {"state": ActivityState.CANCELLED, "reason": "台风", "version": activity.version, "who": "chair"}
    set_state(session, activity.id or 0, **decided, now_utc=datetime(2026, 7, 6, 8, tzinfo=UTC))

    before, after = (gather(session, plan, as_of=date(2026, 7, day)).activities[0] for day in (5, 6))

    assert (before.status, before.reason) == ("late" if activity.ends_on < date(2026, 7, 5) else "coming", "")
    assert (after.status, after.reason) == ("cancelled", "台风")
