"""Last year's plan as the beginning of this year's."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.makers import NOW, make_activity, make_plan
from tests.services.test_plans import adopt, make_draft, make_draft_section, make_entry, make_measure
from unionboard.errors.plans import PlanExists
from unionboard.models import Activity, ActivityState, DatePrecision, DutyKind, Occurrence, PeriodKind, Plan
from unionboard.services import checkoffs, duties, plan_copy, plans
from unionboard.services.plan_copy import Move

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
DAY = DatePrecision.DAY


def copy(session: Session, plan: Plan, year: int = 2027) -> Plan:
    return plan_copy.copy_plan(session, plan.id or 0, year=year, who="chair", now_utc=NOW)


def copied_activities(session: Session, plan: Plan) -> list[Activity]:
    return list(session.exec(select(Activity).where(Activity.plan_id == plan.id).order_by(col(Activity.position))))


def test_copy_takes_sections_measures_and_activities_into_the_new_year(session: Session) -> None:
    old = adopt(
        session,
        make_draft(
            sections=(make_draft_section(make_measure("2026年做好提案征集"), heading="贯彻2025年会议精神，做好2026年工作", area="DEMO"),),
            schedule=(make_entry("2026年教代会", months=(3,), area="DEMO", owner="主席"),),
        ),
    )

    new = copy(session, old)

    (section,) = plans.list_sections(session, new.id or 0)
    (measure,) = plans.list_measures(session, new.id or 0)
    (activity,) = copied_activities(session, new)
    assert (new.title, new.year, new.starts_on, new.ends_on) == ("青松小学工会2027年工作计划", 2027, date(2027, 1, 1), date(2027, 12, 31))
    assert (section.heading, measure.text, measure.section_id) == ("贯彻2025年会议精神，做好2027年工作", "2027年做好提案征集", section.id)
    assert (activity.title, activity.section_id, activity.owner, activity.starts_on, activity.ends_on) == (
        "2027年教代会",
        section.id,
        "主席",
        date(2027, 3, 1),
        date(2027, 3, 31),
    )


def test_copied_festival_moves_with_the_lunar_calendar(session: Session) -> None:
    old = make_plan(session)
    make_activity(session, old, title="元宵灯谜", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))

    (activity,) = copied_activities(session, copy(session, old))

    assert (activity.starts_on, activity.ends_on) == (date(2027, 2, 1), date(2027, 2, 28))


def test_copied_postponed_activity_keeps_its_later_month(session: Session) -> None:
    old = make_plan(session)
    make_activity(
        session,
        old,
        state="postponed",
        state_reason="下雨",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 31),
        original_starts_on=date(2026, 5, 1),
        original_ends_on=date(2026, 5, 31),
    )

    (activity,) = copied_activities(session, copy(session, old))

    assert (activity.starts_on, activity.state, activity.state_reason, activity.original_starts_on) == (
        date(2027, 10, 1),
        "planned",
        "",
        None,
    )


def test_copied_duty_has_turns_of_the_new_year_and_no_check_offs(session: Session) -> None:
    old = make_plan(session)
    duty = make_activity(
        session, old, duty=DutyKind.RECURRING, precision=DatePrecision.PERIOD, frequency="每月一次", ends_on=date(2026, 12, 31)
    )
    duties.add_turns(session, duty, duties.spans_of(DutyKind.RECURRING, "每月一次", (old.starts_on, old.ends_on)), **STAMP)
    checkoffs.check_off(session, duty.id or 0, done_on=date(2026, 1, 5), today=date(2026, 6, 1), who="chair", now_utc=NOW)

    (activity,) = copied_activities(session, copy(session, old))

    turns = session.exec(select(Occurrence).where(Occurrence.activity_id == activity.id).order_by(col(Occurrence.number))).all()
    assert (len(turns), turns[0].due_from, turns[11].due_to) == (12, date(2027, 1, 1), date(2027, 12, 31))
    assert (activity.starts_on, activity.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    with pytest.raises(Exception, match="not checked off"):
        checkoffs.undo_check_off(session, activity.id or 0, who="chair", now_utc=NOW)


def test_removed_activity_is_not_copied(session: Session) -> None:
    old = make_plan(session)
    make_activity(session, old, removed=True)

    assert copied_activities(session, copy(session, old)) == []


def test_copied_school_year_renames_both_its_years(session: Session) -> None:
    old = make_plan(session, title="2025—2026学年工会工作计划", year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))

    new = copy(session, old, year=2026)

    assert (new.title, new.starts_on, new.ends_on) == ("2026—2027学年工会工作计划", date(2026, 9, 1), date(2027, 8, 31))


def test_copy_into_a_year_with_a_plan_is_refused(session: Session) -> None:
    old = make_plan(session)

    with pytest.raises(PlanExists):
        copy(session, old, year=2026)


# --- days ----------------------------------------------------------------------------------------------------------------------------


def look_ahead(session: Session, old: Plan, year: int = 2027, **values: Any) -> plan_copy.CopyReport:
    return plan_copy.preview_copy(session, old.id or 0, year=year, **{"today": date(2026, 12, 31), **values})


@pytest.mark.parametrize(
    ("title", "before", "move", "after"),
    [
        ("教代会", (date(2026, 3, 11), date(2026, 3, 11)), Move.WEEKDAY, (date(2027, 3, 10), date(2027, 3, 10))),  # second Wednesday
        ("读书沙龙", (date(2026, 4, 29), date(2026, 4, 29)), Move.WEEKDAY, (date(2027, 4, 28), date(2027, 4, 28))),  # of a fifth the last
        ("趣味运动会", (date(2026, 5, 8), date(2026, 5, 9)), Move.WEEKDAY, (date(2027, 5, 14), date(2027, 5, 15))),
        ("庆祝三八妇女节", (date(2026, 3, 8), date(2026, 3, 8)), Move.FESTIVAL, (date(2027, 3, 8), date(2027, 3, 8))),
        (
            "三八妇女节健步走",
            (date(2026, 3, 6), date(2026, 3, 6)),
            Move.FESTIVAL,
            (date(2027, 3, 5), date(2027, 3, 5)),
        ),  # the Friday before
        ("中秋节前夕慰问", (date(2026, 9, 18), date(2026, 9, 24)), Move.FESTIVAL, (date(2027, 9, 8), date(2027, 9, 14))),
        ("端午包粽子", (date(2026, 6, 19), date(2026, 6, 19)), Move.FESTIVAL, (date(2027, 6, 9), date(2027, 6, 9))),
        ("春节走访慰问", (date(2026, 2, 10), date(2026, 2, 16)), Move.FESTIVAL, (date(2027, 1, 30), date(2027, 2, 5))),
        ("元旦迎新", (date(2026, 12, 30), date(2026, 12, 30)), Move.FESTIVAL, (date(2027, 12, 29), date(2027, 12, 29))),
    ],
)
def test_copied_day_keeps_its_festival_or_else_its_weekday(
    session: Session, title: str, before: tuple[date, date], move: Move, after: tuple[date, date]
) -> None:
    old = make_plan(session)
    make_activity(session, old, title=title, precision=DAY, starts_on=before[0], ends_on=before[1])

    (row,) = look_ahead(session, old).rows
    (activity,) = copied_activities(session, copy(session, old))

    assert (row.move, row.before, row.after, row.precision) == (move, before, after, DAY)
    assert (activity.starts_on, activity.ends_on, activity.precision) == (*after, DAY)


def test_copied_third_of_a_month_stays_that_third(session: Session) -> None:
    old = make_plan(session)
    make_activity(session, old, precision=DatePrecision.THIRD, starts_on=date(2026, 2, 21), ends_on=date(2026, 2, 28))

    (activity,) = copied_activities(session, copy(session, old, 2028))

    assert (activity.precision, activity.starts_on, activity.ends_on) == (DatePrecision.THIRD, date(2028, 2, 21), date(2028, 2, 29))


def test_copied_day_of_a_term_stays_in_its_week_when_the_new_term_is_known(session: Session) -> None:
    old = make_plan(session, period_kind=PeriodKind.TERM, starts_on=date(2026, 2, 26), ends_on=date(2026, 7, 10))
    make_activity(session, old, title="教代会", precision=DAY, starts_on=date(2026, 3, 11), ends_on=date(2026, 3, 11))

    report = look_ahead(session, old, starts_on=date(2027, 3, 1))

    assert report.within == (date(2027, 3, 1), date(2027, 7, 13))
    assert [(row.move, row.after[0]) for row in report.rows] == [(Move.TERM_WEEK, date(2027, 3, 17))]  # Wednesday of the third week


# --- what was left undone, what is not due --------------------------------------------------------------------------------------------


def test_undone_activity_is_marked_and_a_held_or_coming_one_is_not(session: Session) -> None:
    old = make_plan(session)
    make_activity(session, old, title="教代会", position=1)
    held = make_activity(session, old, title="运动会", position=2)
    make_activity(session, old, title="总结会", position=3, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    make_activity(session, old, title="值班", position=4, duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)
    checkoffs.check_off(session, held.id or 0, done_on=date(2026, 5, 8), today=date(2026, 11, 21), **STAMP)

    new = plan_copy.copy_plan(session, old.id or 0, year=2027, today=date(2026, 11, 21), **STAMP)

    carried = [(row.title, row.carried_over) for row in copied_activities(session, new)]
    assert carried == [("教代会", True), ("运动会", False), ("总结会", False), ("值班", False)]


def test_cancelled_activity_stays_behind_unless_asked_for(session: Session) -> None:
    old = make_plan(session)
    make_activity(session, old, title="春游", state=ActivityState.CANCELLED, state_reason="天气")

    assert look_ahead(session, old).cancelled == ("春游",)
    assert [row.title for row in look_ahead(session, old, with_cancelled=True).rows] == ["春游"]
    assert copied_activities(session, copy(session, old)) == []


def make_biennial(session: Session, plan: Plan, *, held_on: date | None) -> Activity:
    duty = make_activity(
        session,
        plan,
        title="评选优秀工会干部",
        duty=DutyKind.RECURRING,
        frequency="每两年一次",
        precision=DatePrecision.PERIOD,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
    )
    duties.add_turns(session, duty, [(plan.starts_on, plan.ends_on)], **STAMP)
    if held_on:
        checkoffs.check_off(session, duty.id or 0, done_on=held_on, today=held_on, **STAMP)
    return duty


@pytest.mark.parametrize(("held_on", "turns"), [(date(2026, 5, 8), 0), (None, 1)])
def test_duty_of_every_two_years_is_due_only_when_it_was_not_held_last_year(session: Session, held_on: date | None, turns: int) -> None:
    old = make_plan(session)
    make_biennial(session, old, held_on=held_on)

    new = copy(session, old)

    (activity,) = copied_activities(session, new)
    assert len(session.exec(select(Occurrence).where(Occurrence.activity_id == activity.id)).all()) == turns
    assert [row.not_due for row in look_ahead(session, old, 2028).rows] == [False]


def test_ordinal_in_a_title_is_named_and_left_as_it_is(session: Session) -> None:
    old = make_plan(session)
    make_activity(session, old, title="召开八届四次教代会")

    (row,) = look_ahead(session, old).to_check

    assert (row.title, row.ordinal) == ("召开八届四次教代会", "八届四次")


def test_copied_plan_counts_as_never_read(session: Session) -> None:
    old = adopt(session, make_draft(sections=(make_draft_section(make_measure()),), schedule=(make_entry("教代会"),)))

    new = copy(session, old)

    (activity,) = copied_activities(session, new)
    assert (activity.as_read, new.source_text, new.left_out) == (None, "", [])
    assert [section.as_read for section in plans.list_sections(session, new.id or 0)] == [""]
    assert [measure.as_read for measure in plans.list_measures(session, new.id or 0)] == [""]
