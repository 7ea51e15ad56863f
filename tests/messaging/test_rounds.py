"""Who is told what, when, and how often: rounds against a server that keeps what arrives."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from tests.makers import NOW, book, make_activity, make_plan
from tests.messaging import receivers
from tests.messaging.makers import add_channel, set_policy
from tests.messaging.receivers import RobotServer, robot_server
from unionboard import db
from unionboard.messaging.clockwork import Clockwork
from unionboard.messaging.robots import Outcome
from unionboard.messaging.rounds import plan_round, put_facts, send_due, send_open
from unionboard.models import (
    Activity,
    ActivityState,
    BudgetLine,
    DatePrecision,
    MessageEvent,
    Plan,
    SentMessage,
    Union,
)
from unionboard.services.message_channels import remove_channel, save_channel, switch_channel
from unionboard.services.message_dues import read_current, tell_invitation
from unionboard.services.sent_messages import MOST_TRIES, Failure, MessageState, Occasion, list_lately, put_message, take, try_again
from unionboard.web.housekeeping import send_messages

MONDAY = date(2026, 5, 11)
WEEK = "工会 · 本周到期 1 项\n5月12日：护士节表彰"


@pytest.fixture
def robots() -> Iterator[RobotServer]:
    with robot_server() as server:
        yield server


@pytest.fixture
def year(data_dir: Path) -> None:
    """A plan with one thing to be done on Tuesday, and one in autumn."""
    with db.writing() as session:
        plan = make_plan(session)
        make_activity(
            session, plan, title="护士节表彰", precision=DatePrecision.DAY, starts_on=date(2026, 5, 12), ends_on=date(2026, 5, 12)
        )
        make_activity(session, plan, title="趣味运动会", position=2, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def go(day: date, hour: int, minute: int = 0, only: tuple[MessageEvent, ...] = ()) -> list[Outcome]:
    return [sent.outcome for sent in send_due(today=day, now_utc=at(day, hour, minute), only=only)]


def texts(server: RobotServer) -> list[str]:
    return [one.told["text"]["content"] for one in server.arrived]


# --- when ---------------------------------------------------------------------------------------------------------------------------


def test_week_is_told_on_monday_at_half_past_eight_and_once(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)

    outcomes = [go(MONDAY, *clock) for clock in ((8, 29), (8, 30), (8, 31), (12, 0))]

    assert outcomes == [[], [Outcome()], [], []]
    assert texts(robots) == [WEEK]


def test_weekday_and_time_are_the_unions(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)
    with db.writing() as session:
        set_policy(session, weekday=2, send_at=17 * 60)

    outcomes = [go(MONDAY, 20), go(MONDAY + timedelta(days=1), 16, 59), go(MONDAY + timedelta(days=1), 17)]

    assert outcomes == [[], [], [Outcome()]]


@pytest.mark.parametrize(("days", "expected"), [(1, [WEEK]), (2, []), (3, [])])
def test_missed_monday_is_made_up_for_within_three_days_with_what_is_due_then(
    year: None, robots: RobotServer, days: int, expected: list[str]
) -> None:
    add_channel(robots.url, events=["due_this_week"])

    go(MONDAY + timedelta(days=days), 9)

    assert texts(robots) == expected  # on Wednesday nothing is due any more


def test_new_group_is_not_told_of_a_monday_before_it(year: None, robots: RobotServer) -> None:
    add_channel(robots.url, events=["due_this_week"], created_at_utc=at(MONDAY, 10))

    assert go(MONDAY, 10, 5) == []
    assert go(MONDAY, 10, 6, only=(MessageEvent.DUE_THIS_WEEK,)) == [Outcome()]


def test_quiet_hours_over_midnight(year: None, robots: RobotServer) -> None:
    add_channel(robots.url, events=["due_this_week"])
    with db.writing() as session:
        set_policy(session, send_at=22 * 60, quiet_from=21 * 60, quiet_until=7 * 60 + 30)
    tuesday = MONDAY + timedelta(days=1)

    outcomes = [go(MONDAY, 22, 1), go(MONDAY, 23, 59), go(tuesday, 0), go(tuesday, 7, 29), go(tuesday, 7, 30)]

    assert outcomes == [[], [], [], [], [Outcome()]]


def test_nothing_due_nothing_sent(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)

    assert go(date(2026, 3, 2), 9) == []
    assert robots.arrived == []


# --- what ---------------------------------------------------------------------------------------------------------------------------


def test_what_is_due_later_in_the_month_is_counted_and_listed_where_nothing_is_due_sooner(year: None, robots: RobotServer) -> None:
    add_channel(robots.url, events=["due_this_week"])
    with db.writing() as session:
        make_activity(session, session.exec(select(Plan)).one(), title="五月读书会", position=3)

    go(MONDAY, 9)
    go(MONDAY + timedelta(days=7), 9)

    assert texts(robots) == [
        "工会 · 本周到期 1 项\n5月12日：护士节表彰\n本月还有 1 项要完成。",
        "工会 · 本周没有到期，本月要完成 1 项\n5月：五月读书会\n另有 1 项逾期。",
    ]


def test_late_is_told_the_day_after_and_then_only_news(year: None, robots: RobotServer) -> None:
    add_channel(robots.url, events=["late"])

    for days in range(1, 6):
        go(MONDAY + timedelta(days=days), 9)

    assert texts(robots) == ["工会 · 新逾期 1 项\n5月12日：护士节表彰"]


def test_group_that_comes_late_hears_of_the_last_seven_days_and_the_whole_number(year: None, robots: RobotServer) -> None:
    with db.writing() as session:
        make_activity(
            session,
            session.exec(select(Plan)).one(),
            title="三八节",
            position=3,
            precision=DatePrecision.DAY,
            starts_on=date(2026, 3, 8),
            ends_on=date(2026, 3, 8),
        )
    add_channel(robots.url, events=["late"])

    go(date(2026, 5, 15), 9)

    assert texts(robots) == ["工会 · 新逾期 1 项\n5月12日：护士节表彰\n共有 2 项逾期。"]


def test_many_are_cut_to_ten_and_fit_a_robots_two_thousand_bytes(data_dir: Path, robots: RobotServer) -> None:
    with db.writing() as session:
        plan = make_plan(session)
        for number in range(14):
            title = f"{'很长的活动名称' * 12}{number}"
            make_activity(
                session,
                plan,
                title=title,
                position=number,
                precision=DatePrecision.DAY,
                starts_on=MONDAY,
                ends_on=MONDAY + timedelta(days=3),
            )
    add_channel(robots.url)

    go(MONDAY, 9)

    lines = texts(robots)[0].split("\n")
    assert lines[0] == "工会 · 本周到期 14 项"
    assert len(lines) == 12
    assert lines[-1] == "另有 4 项"
    assert len(texts(robots)[0].encode()) < 2048


def test_budget_item_is_told_at_its_share_and_once_more_when_it_is_over(year: None, robots: RobotServer) -> None:
    add_channel(robots.url, events=["budget_near_end"])
    with db.writing() as session:
        session.add(BudgetLine(year=2026, item="member_activities", amount_fen=100_000))

    def spend(fen: int) -> None:
        with db.writing() as session:
            book(session, booked_on=MONDAY, amount_fen=fen, who="chair", now_utc=NOW)

    spend(89_900)
    go(MONDAY, 9)
    spend(100)
    go(MONDAY, 10)
    spend(5_000)
    go(MONDAY + timedelta(days=1), 9)
    spend(10_000)
    go(MONDAY + timedelta(days=2), 9)
    go(MONDAY + timedelta(days=3), 9)

    assert texts(robots) == [
        "工会 · 2026 年经费：预算将用完\n会员活动：已用预算的 90%",
        "工会 · 2026 年经费：预算将用完\n会员活动：已用预算的 105%",
    ]


def test_message_is_in_the_language_of_its_group(year: None, robots: RobotServer) -> None:
    add_channel(robots.url, language="en")

    go(MONDAY, 9)

    assert texts(robots) == ["Union · 1 activity due this week\n12 May: 护士节表彰"]


def test_group_is_told_only_what_it_was_switched_on_for(year: None, robots: RobotServer) -> None:
    add_channel(robots.url, events=["minutes_ready"])
    add_channel(robots.url, is_on=False)

    assert go(MONDAY, 9) == []


def test_link_to_the_board_stands_below(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)
    with db.writing() as session:
        set_policy(session, board_url="https://union.example.cn")

    go(MONDAY, 9)

    assert texts(robots) == [f"{WEEK}\n打开看板 https://union.example.cn"]


# --- once, and again when it failed ---------------------------------------------------------------------------------------------------


def test_several_processes_send_it_once(year: None, robots: RobotServer) -> None:
    for _ in range(3):
        add_channel(robots.url)
    robots.slow_s = 0.1
    rounds = [Thread(target=go, args=(MONDAY, 9)) for _ in range(4)]

    for one in rounds:
        one.start()
    for one in rounds:
        one.join()

    assert texts(robots) == [WEEK] * 3


def beside(act: Callable[[Session], object]) -> list[object]:
    """What ``act`` tells within a transaction, and in another that begins before the first is over."""
    told: list[object] = []

    def act_too() -> None:
        with db.writing() as session:
            told.append(act(session))

    other = Thread(target=act_too)
    with db.writing() as session:
        told.append(act(session))
        other.start()
        sleep(0.3)  # on a server it has looked by now, and waits
    other.join()
    return told


def test_message_that_two_put_down_at_once_is_one(year: None, robots: RobotServer) -> None:
    channel, occasion = add_channel(robots.url), Occasion(MessageEvent.LATE, "2026-05-11")

    told = beside(lambda session: put_message(session, channel, occasion, title="", text="", now_utc=NOW) is not None)

    assert told == [True, False]


def test_message_that_two_take_at_once_goes_to_one(year: None, robots: RobotServer) -> None:
    channel = add_channel(robots.url)
    with db.writing() as session:
        put_message(session, channel, Occasion(MessageEvent.LATE, "2026-05-11"), title="", text="", now_utc=NOW)

    assert beside(lambda session: take(session, 1, now_utc=NOW) is not None) == [True, False]


def test_failed_message_is_tried_again_later_and_later_and_then_given_up(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)
    robots.answers += [(500, "")] * 99
    start = at(MONDAY, 9)

    go(MONDAY, 9)
    tried = [0, *(minutes for minutes in range(1, 400) if send_open(now_utc=start + timedelta(minutes=minutes)))]

    assert tried == [0, 1, 6, 36, 156]
    assert len(tried) == MOST_TRIES
    with db.reading() as session:
        (view,) = list_lately(session, most=9, now_utc=start + timedelta(days=1))
    assert (view.state, view.failure, view.number, view.tries) == (MessageState.GIVEN_UP, Failure.SERVER, "500", 5)


def test_second_try_that_arrives_ends_it(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)
    robots.answers += [receivers.WECOM_OFTEN]
    go(MONDAY, 9)

    outcomes = [[sent.outcome for sent in send_open(now_utc=at(MONDAY, 9, minute))] for minute in (0, 1, 7)]

    assert outcomes == [[], [Outcome()], []]
    assert texts(robots) == [WEEK, WEEK]


def test_what_somebody_has_to_mend_is_not_tried_again_by_itself(year: None, robots: RobotServer) -> None:
    channel = add_channel(robots.url)
    robots.answers += [receivers.WECOM_GONE]
    go(MONDAY, 9)

    assert go(MONDAY, 15) == []
    with db.writing() as session:
        message = list_lately(session, most=1, now_utc=at(MONDAY, 15))[0]
        try_again(session, message.id, now_utc=at(MONDAY, 15))
    assert (message.state, message.failure, message.channel_id) == (MessageState.GIVEN_UP, Failure.NO_ROBOT, channel)
    assert go(MONDAY, 15, 1) == [Outcome()]


def test_new_address_lets_what_failed_go_out(year: None, robots: RobotServer) -> None:
    channel = add_channel(robots.url)
    robots.answers += [receivers.WECOM_GONE]
    go(MONDAY, 9)

    with db.writing() as session:
        told: dict[str, Any] = {
            "name": "委员群",
            "events": list(MessageEvent),
            "language": "zh_CN",
            "version": 1,
            "who": "chair",
            "now_utc": NOW,
        }
        save_channel(session, channel, address=f"{robots.url}/new", **told)

    assert go(MONDAY, 10) == [Outcome()]
    assert robots.arrived[-1].path == "/new"


def test_process_that_died_between_sending_and_noting_sends_once_more_at_most_a_few_times(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)
    go(MONDAY, 9)

    for hour in range(10, 20):
        with db.writing() as session:  # as it was left: taken, and nobody noted what became of it
            row = session.exec(select(SentMessage)).one()
            row.sent_at_utc = None
            session.add(row)
        go(MONDAY, hour)

    assert len(robots.arrived) == MOST_TRIES


def test_taken_message_is_left_alone_for_ten_minutes(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)
    go(MONDAY, 9)
    with db.writing() as session:
        row = session.exec(select(SentMessage)).one()
        row.sent_at_utc = None
        session.add(row)

    assert [len(go(MONDAY, 9, minute)) for minute in (1, 9, 10)] == [0, 0, 1]


def test_group_switched_off_gets_nothing_of_what_waited(year: None, robots: RobotServer) -> None:
    channel = add_channel(robots.url)
    robots.answers += [(500, "")]
    go(MONDAY, 9)

    with db.writing() as session:
        switch_channel(session, channel, is_on=False, version=1, who="chair", now_utc=NOW)
        switch_channel(session, channel, is_on=True, version=2, who="chair", now_utc=NOW)

    assert send_open(now_utc=at(MONDAY, 10)) == []


def test_removed_group_forgets_its_address_and_keeps_what_it_got(year: None, robots: RobotServer) -> None:
    channel = add_channel(robots.url)
    go(MONDAY, 9)

    with db.writing() as session:
        remove_channel(session, channel, version=1, who="chair", now_utc=NOW)

    with db.reading() as session:
        assert [(one.channel, one.state) for one in list_lately(session, most=9, now_utc=NOW)] == [("委员群", MessageState.SENT)]
        assert (
            db.current_engine().dialect.name != "sqlite"
            or session.connection().exec_driver_sql("SELECT address FROM message_channel").scalar_one() == ""
        )


# --- meetings -------------------------------------------------------------------------------------------------------------------------


def test_invitation_goes_to_every_group_of_meetings_and_once(year: None, robots: RobotServer) -> None:
    add_channel(robots.url, events=["meeting_called"])
    add_channel(robots.url, events=["late"])

    for _ in range(2):
        with db.writing() as session:
            standing = read_current(session, today=MONDAY)
            assert standing is not None
            facts = tell_invitation(session, standing, day=date(2026, 5, 20), at=15 * 60 + 30, place="三楼会议室")
            put_facts(session, facts, now_utc=at(MONDAY, 9))
        send_open(now_utc=at(MONDAY, 9))

    assert texts(robots) == ["工会 · 第 1 次委员会会议通知\n时间：5月20日（星期三）15:30\n地点：三楼会议室\n议题：本月 1 项、经费情况"]


# --- many unions ------------------------------------------------------------------------------------------------------------------------


def test_each_union_sends_its_own_to_its_own(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)
    with db.within(None), db.writing() as session:
        session.add(Union(id=2, name="第二小学工会", above_id=1))
    with db.within(2):
        with db.writing() as session:
            plan = Plan(union_id=2, title="计划", year=2026, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), adopted_at_utc=NOW)
            session.add(plan)
            session.flush()
            make_activity(session, plan, title="读书会", precision=DatePrecision.DAY, starts_on=MONDAY, ends_on=MONDAY)
            set_policy(session, send_at=10 * 60)
        add_channel(robots.url, address=f"{robots.url}/of-the-second")
    clockwork = Clockwork()

    sent = [clockwork.tick(today=MONDAY, now_utc=at(MONDAY, hour)) for hour in (8, 9, 10, 11)]

    assert [[one.union for one in round_] for round_ in sent] == [[], [1], [2], []]
    assert [(one.path, one.told["text"]["content"]) for one in robots.arrived] == [
        ("/cgi-bin/webhook/send?key=k1234567", WEEK),
        ("/of-the-second", "工会 · 本周到期 1 项\n5月11日：读书会"),
    ]


def test_union_whose_rows_cannot_be_read_keeps_no_other_waiting(year: None, robots: RobotServer, data_dir: Path) -> None:
    broken = add_channel(robots.url, events=["late"])
    with db.writing() as session:
        session.add(SentMessage(channel_id=broken, event=MessageEvent.LATE, about="no day", title="", text=""))
    with db.within(None), db.writing() as session:
        session.add(Union(id=2, name="第二小学工会", above_id=1))
    with db.within(2):
        with db.writing() as session:
            plan = Plan(union_id=2, title="计划", year=2026, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), adopted_at_utc=NOW)
            session.add(plan)
            session.flush()
            make_activity(session, plan, title="读书会", precision=DatePrecision.DAY, starts_on=MONDAY, ends_on=MONDAY)
        add_channel(robots.url, events=["due_this_week"])

    sent = Clockwork().tick(today=MONDAY, now_utc=at(MONDAY, 9))

    assert [one.union for one in sent] == [2]
    assert [json.loads(line)["where"] for line in (data_dir / "unionboard.log").read_text().splitlines()] == ["messages"]


# --- the minute's round -----------------------------------------------------------------------------------------------------------------


def test_minutes_round_costs_one_query_without_a_group_and_never_reads_the_year_twice(
    year: None, robots: RobotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    engine = db.current_engine()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        clockwork = Clockwork()
        clockwork.tick(today=MONDAY, now_utc=at(MONDAY, 8))
        without = len(asked)
        add_channel(robots.url)
        clockwork.tick(today=MONDAY, now_utc=at(MONDAY, 9))
        asked.clear()
        clockwork.tick(today=MONDAY, now_utc=at(MONDAY, 9, 1))
        afterwards = len(asked)
    finally:
        event.remove(engine, "before_cursor_execute", note)

    assert (without, afterwards) == (1, 4)


def test_running_program_sends_by_itself_and_outlives_a_broken_round(
    year: None, robots: RobotServer, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    add_channel(robots.url, events=["due_this_week"])
    with db.writing() as session:
        set_policy(session, quiet_from=0, quiet_until=0, send_at=0)
    monkeypatch.setenv("UNIONBOARD_TODAY", MONDAY.isoformat())

    send_messages()
    monkeypatch.setenv("UNIONBOARD_DATABASE_URL", f"sqlite:///{data_dir}/nowhere/gone.sqlite3")
    send_messages()

    assert texts(robots) == [WEEK]


def test_dry_look_writes_nothing(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)

    with db.reading() as session:
        planned = plan_round(session, local=at(MONDAY, 9).astimezone(ZoneInfo("Asia/Shanghai")))

    assert [one.message.title for one in planned] == ["工会 · 本周到期 1 项"]
    assert robots.arrived == []
    with db.reading() as session:
        assert session.exec(select(SentMessage)).all() == []


def test_cancelled_activity_is_not_told(year: None, robots: RobotServer) -> None:
    add_channel(robots.url)
    with db.writing() as session:
        row = session.exec(select(Activity).where(Activity.title == "护士节表彰")).one()
        row.state = ActivityState.CANCELLED
        session.add(row)

    assert go(MONDAY, 9) == []
