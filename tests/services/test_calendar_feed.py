"""What a subscribed calendar shows, where it stands, and what it never tells."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.conftest import TODAY
from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.models import Activity, ActivityState, CareVisit, DatePrecision, DutyKind, FeedScope, Meeting, Occurrence, Plan
from unionboard.services import activities, amendments, checkoffs
from unionboard.services.access_tokens import open_calendar
from unionboard.services.calendar_feed import EventKind, Feed, FeedEvent, find_moment, gather_feed
from unionboard.services.periods import Placement

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
DAY = DatePrecision.DAY


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


def read(session: Session, scope: FeedScope = FeedScope.ALL, about: str = "", *, today: date = TODAY) -> Feed:
    return gather_feed(session, open_calendar(session, scope=scope, about=about, language="zh_CN", **STAMP).row, today=today)


def only(session: Session) -> FeedEvent:
    (event,) = read(session).events
    return event


def days(first: date, last: date, precision: DatePrecision = DAY) -> dict[str, Any]:
    return {"starts_on": first, "ends_on": last, "precision": precision}


def check_off(session: Session, row: Activity, done_on: date) -> None:
    checkoffs.check_off(session, row.id or 0, done_on=done_on, today=TODAY, **STAMP)


def test_activity_with_days_stands_on_them(session: Session, plan: Plan) -> None:
    first, last = date(2026, 12, 7), date(2026, 12, 20)
    row = make_activity(session, plan, owner="文体委员", **days(first, last))

    event = only(session)

    assert (event.key, event.kind, event.title) == (f"activity-{row.id}", EventKind.ACTIVITY, "趣味运动会")
    assert (event.days, event.planned, event.is_settled) == ((first, last), None, True)
    assert (event.areas, event.owner, event.path) == (("CULT",), "文体委员", f"/timeline?plan={plan.id}&activity={row.id}")


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [
        (date(2026, 12, 1), date(2026, 12, 31), DatePrecision.MONTH),
        (date(2026, 12, 11), date(2026, 12, 20), DatePrecision.THIRD),
        (date(2026, 7, 1), date(2026, 12, 31), DatePrecision.HALF_YEAR),
        (date(2026, 1, 1), date(2026, 12, 31), DatePrecision.PERIOD),
    ],
)
def test_activity_without_a_day_stands_tentative_on_the_last_it_may_take_place_on(
    session: Session, plan: Plan, first: date, last: date, precision: DatePrecision
) -> None:
    make_activity(session, plan, **days(first, last, precision))

    event = only(session)

    assert (event.days, event.planned, event.is_settled) == ((last, last), Placement(first, last, precision), False)


def test_what_lasts_longer_than_two_weeks_is_no_bar_across_them(session: Session, plan: Plan) -> None:
    first, last = date(2026, 12, 7), date(2026, 12, 21)
    make_activity(session, plan, **days(first, last))

    event = only(session)

    assert (event.days, event.planned, event.is_settled) == ((last, last), Placement(first, last, DAY), True)


def test_what_was_held_moves_to_its_day_and_stays_the_same_event(session: Session, plan: Plan) -> None:
    row = make_activity(session, plan)
    before = only(session)

    check_off(session, row, date(2026, 5, 22))
    after = only(session)

    assert (before.days, before.status) == ((date(2026, 5, 31),) * 2, activities.Status.LATE)
    assert (after.days, after.status, after.planned) == ((date(2026, 5, 22),) * 2, activities.Status.DONE, None)
    assert (after.key, after.changes) == (before.key, before.changes + 1)


def test_day_on_which_care_took_place_is_not_told(session: Session, plan: Plan) -> None:
    row = make_activity(session, plan, title="端午节慰问", area="CARE")

    check_off(session, row, date(2026, 5, 22))

    event = only(session)
    assert (event.days, event.status, event.is_settled) == ((date(2026, 5, 31),) * 2, activities.Status.DONE, True)


def test_turns_of_a_duty_stand_on_their_last_days_under_their_numbers(session: Session, plan: Plan) -> None:
    row = make_activity(session, plan, duty=DutyKind.RECURRING, **days(plan.starts_on, plan.ends_on, DatePrecision.PERIOD))
    spans = [(date(2026, 11, 1), date(2026, 11, 30)), (date(2026, 12, 5), date(2026, 12, 8))]
    session.add_all(
        Occurrence(activity_id=row.id or 0, number=n, due_from=first, due_to=last) for n, (first, last) in enumerate(spans, start=1)
    )
    session.flush()

    told = [(event.key, event.days, event.planned, event.status) for event in read(session).events]

    assert told == [
        (f"activity-{row.id}-turn-1", (spans[0][1],) * 2, Placement(*spans[0], DatePrecision.MONTH), activities.OccurrenceStatus.DUE),
        (f"activity-{row.id}-turn-2", spans[1], None, activities.OccurrenceStatus.COMING),
    ]


def test_standing_duty_has_no_day(session: Session, plan: Plan) -> None:
    make_activity(session, plan, duty=DutyKind.STANDING, **days(plan.starts_on, plan.ends_on, DatePrecision.PERIOD))

    assert read(session).events == ()


def test_removed_activity_is_gone_and_a_cancelled_one_says_so(session: Session, plan: Plan) -> None:
    make_activity(session, plan, removed=True)
    make_activity(session, plan, state=ActivityState.CANCELLED)

    assert only(session).status is activities.Status.CANCELLED


@pytest.mark.parametrize(
    ("scope", "about", "titles"),
    [
        (FeedScope.ALL, "", ["歌会", "讲座", "球赛"]),
        (FeedScope.OWNER, "吴佳", ["讲座", "球赛"]),
        (FeedScope.AREA, "WOMEN", ["讲座"]),
        (FeedScope.AREA, "CULT", ["歌会", "讲座", "球赛"]),
    ],
)
def test_calendar_of_an_owner_or_an_area_shows_theirs(
    session: Session, plan: Plan, scope: FeedScope, about: str, titles: list[str]
) -> None:
    make_activity(session, plan, title="歌会", owner="沈一鸣", **days(date(2026, 12, 1), date(2026, 12, 1)))
    make_activity(session, plan, title="讲座", owner="吴佳", area_2="WOMEN", **days(date(2026, 12, 2), date(2026, 12, 2)))
    make_activity(session, plan, title="球赛", owner="吴佳", **days(date(2026, 12, 3), date(2026, 12, 3)))
    session.add(Meeting(plan_id=plan.id or 0, number=1, held_on=date(2026, 12, 4), started_at_utc=NOW))
    session.flush()

    shown = [event.title for event in read(session, scope, about).events if event.kind is EventKind.ACTIVITY]
    meetings = [event.number for event in read(session, scope, about).events if event.kind is EventKind.MEETING]

    assert (shown, meetings) == (titles, [1] if scope is FeedScope.ALL else [])


def test_meeting_has_its_hours_where_it_was_recorded_as_it_was_held(session: Session, plan: Plan) -> None:
    start = datetime(2026, 11, 20, 8, tzinfo=UTC)
    for number, held_on, end in (
        (1, date(2026, 11, 20), start + timedelta(minutes=50)),
        (2, date(2026, 11, 20), None),
        (3, date(2026, 11, 18), start + timedelta(minutes=5)),
        (4, date(2026, 11, 20), start + timedelta(days=3)),
    ):
        session.add(
            Meeting(
                plan_id=plan.id or 0, number=number, held_on=held_on, started_at_utc=start, ended_at_utc=end, place="教工之家", minutes={}
            )
        )
        session.flush()

    told = {event.number: event.hours and tuple(one.strftime("%H:%M") for one in event.hours) for event in read(session).events}

    assert told == {1: ("16:00", "16:50"), 2: ("16:00", "17:00"), 3: None, 4: None}


def test_name_of_whoever_was_visited_is_covered(session: Session, plan: Plan) -> None:
    session.add(CareVisit(visited_on=TODAY, kind="hospital", recipient="安然", who="chair", created_at_utc=NOW))
    make_activity(session, plan, title="看望安然老师", owner="安 然", note="住院", **days(date(2026, 12, 1), date(2026, 12, 1)))

    event = only(session)

    assert (event.title, event.owner) == ("看望***老师", "***")
    assert "住院" not in repr(event)


def test_place_of_a_meeting_names_nobody_who_was_visited(session: Session, plan: Plan) -> None:
    session.add(CareVisit(visited_on=TODAY, kind="hospital", recipient="安然", who="chair", created_at_utc=NOW))
    session.add(Meeting(plan_id=plan.id or 0, number=1, held_on=TODAY, started_at_utc=NOW, place="安然老师家", minutes={}))
    session.flush()

    assert only(session).place == "***老师家"


def test_plan_that_ended_more_than_a_year_ago_is_gone(session: Session, plan: Plan) -> None:
    make_activity(session, plan)
    last = plan.ends_on + timedelta(days=366)

    assert [len(read(session, today=day).events) for day in (last, last + timedelta(days=1))] == [1, 0]


def test_event_grows_with_every_change_of_its_activity(demo: Engine) -> None:
    with db.writing(demo) as session:
        before = {event.key: event for event in read(session).events}
        view = next(one for one in activities.list_activities(session, 1, today=TODAY) if one.precision is DAY and not one.records)
        later = NOW + timedelta(hours=1)
        amendments.save_activity(session, view.id, version=view.version, title="改名", who="chair", now_utc=later)
        after = {event.key: event for event in read(session).events}
        session.rollback()

    key = f"activity-{view.id}"
    assert (after[key].title, after[key].changes, after[key].changed_at_utc) == ("改名", before[key].changes + 1, later)
    assert {one: event for one, event in after.items() if one != key} == {one: event for one, event in before.items() if one != key}


def test_calendar_is_new_with_every_change_and_every_day(session: Session) -> None:
    changed = open_calendar(session, language="zh_CN", **STAMP).row
    pulse, since = find_moment(session, today=TODAY)
    tomorrow = find_moment(session, today=TODAY + timedelta(days=1))
    open_calendar(session, language="en", **STAMP)

    assert (changed.created_at_utc, since) == (NOW, NOW)
    assert tomorrow == (pulse, datetime(2026, 11, 21, 16, tzinfo=UTC))
    assert find_moment(session, today=TODAY)[0] > pulse
