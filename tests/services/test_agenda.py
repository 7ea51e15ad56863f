"""The agenda a meeting is offered: in which order, and that nothing is lost."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import Activity, ActivityState, AgendaKind, DutyKind, Occurrence, Plan
from unionboard.services import checkoffs
from unionboard.services.activities import list_activities
from unionboard.services.agenda import MOST_SINGLE, Point, propose_agenda

TODAY = date(2026, 11, 21)
END = [Point(AgendaKind.FUND), Point(AgendaKind.OTHER)]


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


def in_month(month: int, last: int = 28) -> dict[str, object]:
    return {"starts_on": date(2026, month, 1), "ends_on": date(2026, month, last)}


def propose(session: Session, plan: Plan, **options: object) -> list[Point]:
    views = list_activities(session, plan.id or 0, today=TODAY)
    return propose_agenda(views, held_on=TODAY, **options)  # type: ignore[arg-type]


def single(kind: AgendaKind, *activities: Activity) -> list[Point]:
    return [Point(kind, (activity.id or 0,)) for activity in activities]


def test_plan_with_nothing_to_do_leaves_the_fund_and_room_for_the_rest(session: Session, plan: Plan) -> None:
    assert propose(session, plan) == END


def test_late_comes_before_this_month_before_the_next_one(session: Session, plan: Plan) -> None:
    coming = make_activity(session, plan, **in_month(12))
    due = make_activity(session, plan, **in_month(11))
    late = make_activity(session, plan, **in_month(10))
    make_activity(session, plan, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31), state=ActivityState.CANCELLED)

    assert propose(session, plan) == [
        *single(AgendaKind.LATE, late),
        *single(AgendaKind.MONTH, due),
        *single(AgendaKind.NEXT, coming),
        *END,
    ]


def test_longest_late_comes_first_and_months_go_by_the_last_day(session: Session, plan: Plan) -> None:
    june, may = make_activity(session, plan, **in_month(6)), make_activity(session, plan, **in_month(5))
    whole, early = make_activity(session, plan, **in_month(11, 30)), make_activity(session, plan, **in_month(11, 25))

    assert propose(session, plan) == [*single(AgendaKind.LATE, may, june), *single(AgendaKind.MONTH, early, whole), *END]


def test_what_is_done_or_done_in_part_is_not_on_the_agenda(session: Session, plan: Plan) -> None:
    for details in (checkoffs.Details(), checkoffs.Details(is_partial=True)):
        activity = make_activity(session, plan, **in_month(11))
        checkoffs.check_off(session, activity.id or 0, done_on=TODAY, details=details, today=TODAY, who="chair", now_utc=NOW)

    assert propose(session, plan) == END


def test_activity_over_two_months_stands_once(session: Session, plan: Plan) -> None:
    long = make_activity(session, plan, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31))

    assert propose(session, plan) == [*single(AgendaKind.MONTH, long), *END]


@pytest.mark.parametrize(
    ("due_to", "kinds"),
    [
        (date(2026, 11, 30), [AgendaKind.MONTH]),
        (date(2026, 12, 31), []),
        (date(2026, 11, 15), [AgendaKind.LATE]),
        (date(2026, 10, 31), [AgendaKind.LATE]),
        (date(2026, 9, 30), []),
    ],
)
def test_recurring_duty_comes_up_when_a_turn_ends_and_once_more_when_it_went_by(
    session: Session, plan: Plan, due_to: date, kinds: list[AgendaKind]
) -> None:
    duty = make_activity(session, plan, duty=DutyKind.RECURRING, starts_on=plan.starts_on, ends_on=plan.ends_on)
    session.add(Occurrence(activity_id=duty.id or 0, number=1, due_from=date(2026, 9, 1), due_to=due_to))
    session.flush()

    assert propose(session, plan) == [*(point for kind in kinds for point in single(kind, duty)), *END]


def test_standing_duty_is_not_on_the_agenda(session: Session, plan: Plan) -> None:
    make_activity(session, plan, duty=DutyKind.STANDING, starts_on=plan.starts_on, ends_on=plan.ends_on)

    assert propose(session, plan) == END


def test_follow_ups_come_after_what_was_left_over(session: Session, plan: Plan) -> None:
    late = make_activity(session, plan, **in_month(10))

    points = propose(session, plan, follow_ups=[7, 3], carried=[Point(AgendaKind.OTHER, title="换届")])

    assert points == [
        Point(AgendaKind.CARRIED, title="换届"),
        Point(AgendaKind.FOLLOW_UP, decision_id=7),
        Point(AgendaKind.FOLLOW_UP, decision_id=3),
        *single(AgendaKind.LATE, late),
        *END,
    ]


def test_points_not_reached_come_first_in_their_order_and_once(session: Session, plan: Plan) -> None:
    due, late = make_activity(session, plan, **in_month(11)), make_activity(session, plan, **in_month(10))

    carried = [*single(AgendaKind.MONTH, due), Point(AgendaKind.FOLLOW_UP, decision_id=3), *single(AgendaKind.LATE, late)]
    points = propose(session, plan, follow_ups=[3], carried=carried)

    assert points == [
        *single(AgendaKind.CARRIED, due),
        Point(AgendaKind.CARRIED, decision_id=3),
        *single(AgendaKind.CARRIED, late),
        *END,
    ]


def test_what_was_settled_since_is_not_carried(session: Session, plan: Plan) -> None:
    done, dropped = make_activity(session, plan, **in_month(11)), make_activity(session, plan, state=ActivityState.CANCELLED)
    checkoffs.check_off(session, done.id or 0, done_on=TODAY, today=TODAY, who="chair", now_utc=NOW)
    gone = Point(AgendaKind.LATE, (999,))

    carried = [*single(AgendaKind.LATE, done, dropped), gone, Point(AgendaKind.FOLLOW_UP, decision_id=3), Point(AgendaKind.OTHER)]

    assert propose(session, plan, carried=carried) == END


def test_fund_that_was_not_reached_moves_to_the_front(session: Session, plan: Plan) -> None:
    late = make_activity(session, plan, **in_month(10))

    points = propose(session, plan, carried=[Point(AgendaKind.FUND)])

    assert points == [Point(AgendaKind.FUND), *single(AgendaKind.LATE, late), Point(AgendaKind.OTHER)]


def test_many_late_ones_stand_singly_up_to_a_dozen_and_the_rest_together(session: Session, plan: Plan) -> None:
    late = [make_activity(session, plan, starts_on=date(2026, 5, day), ends_on=date(2026, 5, day)) for day in range(1, MOST_SINGLE + 4)]

    points = propose(session, plan)

    rest = tuple(activity.id or 0 for activity in late[MOST_SINGLE:])
    assert points == [*single(AgendaKind.LATE, *late[:MOST_SINGLE]), Point(AgendaKind.LATE, rest), *END]


def test_gathered_ones_that_were_not_reached_stand_singly_when_there_is_room(session: Session, plan: Plan) -> None:
    late = [make_activity(session, plan, **in_month(10)) for _ in range(3)]

    points = propose(session, plan, carried=[Point(AgendaKind.LATE, tuple(activity.id or 0 for activity in late))])

    assert points == [*single(AgendaKind.CARRIED, *late), *END]


@pytest.mark.parametrize("meetings_before", [0, 1, 3])
def test_of_three_hundred_activities_every_open_one_is_on_the_agenda_once(session: Session, plan: Plan, meetings_before: int) -> None:
    made = [make_activity(session, plan, **in_month(1 + number % 12)) for number in range(300)]

    points = propose(session, plan)
    for _ in range(meetings_before):
        points = propose(session, plan, carried=points[5:])

    listed = [id_ for point in points for id_ in point.activity_ids]
    assert sorted(listed) == [activity.id for activity in made]
    assert len(points) < 4 * (MOST_SINGLE + 1) + len(END)
