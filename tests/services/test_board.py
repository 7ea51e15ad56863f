"""The board's figures, exactly."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import Activity, ActivityState, DatePrecision, DutyKind, EvidenceKind, Occurrence, Plan
from unionboard.services import checkoffs, evidence, meetings
from unionboard.services.board import AreaRow, Board, is_weak, pile_by_month, read_board, share_time_pct
from unionboard.services.checkoffs import Details

TODAY = date(2026, 11, 21)
DAY = DatePrecision.DAY
HOUR = timedelta(hours=1)


def on_day(day: date, **values: object) -> dict[str, object]:
    return {"precision": DAY, "starts_on": day, "ends_on": day, **values}


def tick(session: Session, activity: Activity, day: date, *, is_partial: bool = False) -> int:
    row = checkoffs.check_off(
        session, activity.id or 0, done_on=day, today=TODAY, who="chair", now_utc=NOW, details=Details(is_partial=is_partial)
    )
    return row.id or 0


def hold_meeting(session: Session, plan: Plan, *, ended: datetime) -> None:
    meeting = meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, who="chair", now_utc=NOW)
    meetings.end_meeting(session, meeting.id or 0, today=TODAY, who="chair", now_utc=ended)


def read(session: Session, plan: Plan) -> Board:
    return read_board(session, plan.id or 0, today=TODAY)


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


def test_board_of_an_empty_plan_is_zero_everywhere(session: Session, plan: Plan) -> None:
    board = read(session, plan)

    assert (board.share_done_pct, board.counted, board.late, board.upcoming, board.check_offs, board.areas) == (0, (), (), (), 0, ())


def test_share_done_leaves_out_cancelled_ones_and_counts_partly_done_as_open(session: Session, plan: Plan) -> None:
    tick(session, make_activity(session, plan), date(2026, 5, 8))
    tick(session, make_activity(session, plan), date(2026, 5, 9), is_partial=True)
    make_activity(session, plan)
    make_activity(session, plan, state=ActivityState.CANCELLED)

    board = read(session, plan)

    assert (len(board.done), len(board.counted), board.share_done_pct) == (1, 3, 33)


def test_recurring_duty_counts_once_all_its_turns_are_done(session: Session, plan: Plan) -> None:
    duty = make_activity(session, plan, duty=DutyKind.RECURRING, precision=DatePrecision.PERIOD)
    for number in (1, 2):
        session.add(Occurrence(activity_id=duty.id or 0, number=number, due_from=date(2026, number, 1), due_to=date(2026, number, 28)))
    tick(session, duty, date(2026, 1, 8))

    before = read(session, plan)
    tick(session, duty, date(2026, 2, 8))
    after = read(session, plan)

    assert (len(before.counted), [view.id for view in before.duties], before.share_done_pct) == (0, [duty.id], 0)
    assert (len(after.counted), after.duties, after.share_done_pct) == (1, (), 100)


def test_standing_duty_never_counts(session: Session, plan: Plan) -> None:
    duty = make_activity(session, plan, duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)
    tick(session, duty, date(2026, 5, 8))

    board = read(session, plan)

    assert (board.counted, len(board.duties)) == ((), 1)


def test_share_done_reaches_100_only_when_everything_is_done(session: Session, plan: Plan) -> None:
    for _ in range(299):
        tick(session, make_activity(session, plan), date(2026, 5, 8))
    make_activity(session, plan)

    assert read(session, plan).share_done_pct == 99


@pytest.mark.parametrize(
    ("today", "share"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 0),
        (date(2026, 7, 2), 50),
        (date(2026, 11, 21), 89),
        (date(2026, 12, 31), 100),
        (date(2027, 3, 1), 100),
    ],
)
def test_time_share_counts_whole_days_of_the_period(today: date, share: int) -> None:
    assert share_time_pct(date(2026, 1, 1), date(2026, 12, 31), today=today) == share


def test_late_ones_stand_longest_first(session: Session, plan: Plan) -> None:
    make_activity(session, plan, **on_day(date(2026, 11, 20), title="昨天"))
    make_activity(session, plan, title="五月")
    make_activity(session, plan, **on_day(TODAY, title="今天"))

    board = read(session, plan)

    assert [(view.title, view.days_late) for view in board.late] == [("五月", 174), ("昨天", 1)]
    assert board.longest_late_days == 174


def test_upcoming_bounds_are_inclusive(session: Session, plan: Plan) -> None:
    make_activity(session, plan, **on_day(date(2026, 12, 22), title="第31天"))
    make_activity(session, plan, **on_day(date(2026, 12, 21), title="第30天"))
    make_activity(session, plan, **on_day(TODAY, title="今天"))
    make_activity(session, plan, **on_day(date(2026, 11, 20), title="昨天"))

    assert [view.title for view in read(session, plan).upcoming] == ["今天", "第30天"]


def test_upcoming_takes_what_runs_now_and_leaves_out_done_and_cancelled(session: Session, plan: Plan) -> None:
    running = {"precision": DAY, "starts_on": date(2026, 11, 1), "ends_on": date(2026, 12, 31)}
    make_activity(session, plan, title="在办", **running)
    make_activity(session, plan, title="取消", state=ActivityState.CANCELLED, **running)
    tick(session, make_activity(session, plan, title="已办", **running), date(2026, 11, 3))

    board = read(session, plan)

    assert [view.title for view in board.upcoming] == ["在办"]
    assert board.under_way == 1


def test_activity_of_the_whole_year_comes_up_when_its_end_does(session: Session) -> None:
    year = make_plan(session)
    make_activity(session, year, precision=DatePrecision.PERIOD, starts_on=year.starts_on, ends_on=year.ends_on)

    early = read_board(session, year.id or 0, today=date(2026, 12, 1))
    earlier = read_board(session, year.id or 0, today=date(2026, 11, 30))

    assert (len(early.upcoming), len(earlier.upcoming)) == (1, 0)


def test_without_a_meeting_done_since_reaches_back_30_days_newest_first(session: Session, plan: Plan) -> None:
    for title, day in (("第30天", date(2026, 10, 22)), ("第31天", date(2026, 10, 21)), ("今天", TODAY)):
        tick(session, make_activity(session, plan, title=title), day)

    board = read(session, plan)

    assert ([view.title for view in board.done_since], board.last_meeting) == (["今天", "第30天"], None)


def test_done_since_counts_what_was_recorded_after_the_last_meeting(session: Session, plan: Plan) -> None:
    before, after = make_activity(session, plan, title="会前记的"), make_activity(session, plan, title="会后补记的")
    duty = make_activity(session, plan, title="常年", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)
    tick(session, before, date(2026, 11, 20))
    hold_meeting(session, plan, ended=NOW + HOUR)
    for activity in (after, duty):
        checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 3, 8), today=TODAY, who="chair", now_utc=NOW + 2 * HOUR)

    board = read(session, plan)

    assert [view.title for view in board.done_since] == ["会后补记的", "常年"]
    assert board.last_meeting is not None
    assert board.last_meeting.held_on == TODAY


def test_done_since_counts_what_was_finished_after_the_last_meeting(session: Session, plan: Plan) -> None:
    check_off_id = tick(session, make_activity(session, plan, title="会后做完"), date(2026, 11, 20), is_partial=True)
    tick(session, make_activity(session, plan, title="会后没动"), date(2026, 11, 20), is_partial=True)
    hold_meeting(session, plan, ended=NOW + HOUR)
    tomorrow = TODAY + timedelta(days=1)

    checkoffs.amend_check_off(
        session, check_off_id, version=1, done_to=tomorrow, is_partial=False, today=tomorrow, who="chair", now_utc=NOW + 24 * HOUR
    )

    board = read_board(session, plan.id or 0, today=tomorrow)
    assert [view.title for view in board.done_since] == ["会后做完"]


def test_meeting_that_goes_on_is_open_and_not_the_last(session: Session, plan: Plan) -> None:
    meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, who="chair", now_utc=NOW)

    board = read(session, plan)

    assert (board.open_meeting is not None, board.last_meeting) == (True, None)


def test_area_is_weak_when_something_in_it_is_late(session: Session, plan: Plan) -> None:
    make_activity(session, plan, area="DEMO")
    tick(session, make_activity(session, plan, area="CULT"), date(2026, 5, 8))

    assert [(row.code, row.late) for row in read(session, plan).weak] == [("DEMO", 1)]


def test_area_is_weak_when_a_turn_of_a_duty_went_by(session: Session, plan: Plan) -> None:
    duty = make_activity(session, plan, area="DEMO", duty=DutyKind.RECURRING, precision=DatePrecision.PERIOD)
    session.add(Occurrence(activity_id=duty.id or 0, number=1, due_from=date(2026, 1, 1), due_to=date(2026, 1, 31)))

    assert [(row.code, row.missed) for row in read(session, plan).weak] == [("DEMO", 1)]


@pytest.mark.parametrize(
    ("done", "counted", "time_share_pct", "weak"),
    [(5, 10, 75, True), (5, 10, 74, False), (0, 1, 89, False), (0, 2, 89, True), (0, 0, 89, False), (9, 10, 100, False)],
)
def test_area_far_behind_the_time_is_weak_with_two_or_more_left(done: int, counted: int, time_share_pct: int, weak: bool) -> None:
    assert is_weak(AreaRow("CULT", (), done, counted), time_share_pct=time_share_pct) is weak


def test_weakest_areas_come_first(session: Session, plan: Plan) -> None:
    for area in ("DEMO", "CULT", "CULT"):
        make_activity(session, plan, area=area)

    assert [row.code for row in read(session, plan).weak] == ["CULT", "DEMO"]


def test_months_pile_up_what_happened_or_should_end_there_with_done_ones_below(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="逾期的")
    tick(session, make_activity(session, plan, title="已办的"), date(2026, 5, 8))
    make_activity(session, plan, title="未到的", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    make_activity(session, plan, title="常年", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)

    piles = pile_by_month(read(session, plan).activities)

    assert {month: [view.title for view in pile] for month, pile in piles.items()} == {
        (2026, 5): ["已办的", "逾期的"],
        (2026, 12): ["未到的"],
    }


def test_activity_without_a_month_piles_up_once_it_is_done(session: Session, plan: Plan) -> None:
    activity = make_activity(session, plan, precision=DatePrecision.PERIOD, starts_on=plan.starts_on, ends_on=plan.ends_on)
    before = pile_by_month(read(session, plan).activities)

    tick(session, activity, date(2026, 4, 8))

    assert (before, list(pile_by_month(read(session, plan).activities))) == ({}, [(2026, 4)])


def test_evidence_counts_check_offs_with_and_without_papers(session: Session, plan: Plan) -> None:
    proven = tick(session, make_activity(session, plan, title="有佐证"), date(2026, 5, 8))
    evidence.note_paper(session, proven, kind=EvidenceKind.PHOTO, name="合影", who="chair", now_utc=NOW)
    tick(session, make_activity(session, plan, title="无佐证"), date(2026, 5, 9))

    board = read(session, plan)

    assert (board.proven, board.check_offs, [view.title for view in board.unproven]) == (1, 2, ["无佐证"])


def test_areas_stand_in_the_official_order_with_done_ones_first(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="未办", area="CULT")
    tick(session, make_activity(session, plan, title="已办", area="CULT"), date(2026, 5, 8))
    make_activity(session, plan, title="提案", area="DEMO", state=ActivityState.CANCELLED)

    rows = read(session, plan).areas

    assert [(row.code, [view.title for view in row.activities], row.done, row.counted) for row in rows] == [
        ("DEMO", ["提案"], 0, 0),
        ("CULT", ["已办", "未办"], 1, 2),
    ]
