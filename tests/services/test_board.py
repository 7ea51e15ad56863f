"""The board's figures, exactly."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import Activity, ActivityState, DatePrecision, DutyKind, EvidenceKind, Occurrence, Plan
from unionboard.services import checkoffs, evidence
from unionboard.services.board import Board, read_board, share_time_pct
from unionboard.services.checkoffs import Details

TODAY = date(2026, 11, 21)
DAY = DatePrecision.DAY


def on_day(day: date, **values: object) -> dict[str, object]:
    return {"precision": DAY, "starts_on": day, "ends_on": day, **values}


def tick(session: Session, activity: Activity, day: date, *, is_partial: bool = False) -> int:
    row = checkoffs.check_off(
        session, activity.id or 0, done_on=day, today=TODAY, who="chair", now_utc=NOW, details=Details(is_partial=is_partial)
    )
    return row.id or 0


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


def test_done_lately_reaches_back_30_days_newest_first(session: Session, plan: Plan) -> None:
    for title, day in (("第30天", date(2026, 10, 22)), ("第31天", date(2026, 10, 21)), ("今天", TODAY)):
        tick(session, make_activity(session, plan, title=title), day)

    assert [view.title for view in read(session, plan).done_lately] == ["今天", "第30天"]


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
