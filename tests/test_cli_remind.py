"""``remind`` on the command line: for cron."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.conftest import TODAY, Run
from tests.makers import make_activity, make_plan
from tests.messaging import receivers
from tests.messaging.makers import add_channel, set_policy
from tests.messaging.receivers import RobotServer, robot_server
from unionboard import db
from unionboard.models import DatePrecision, MessagePolicy, SentMessage

LATE = "工会 · 新逾期 1 项"


@pytest.fixture
def robots() -> Iterator[RobotServer]:
    with robot_server() as server:
        yield server


@pytest.fixture
def year(engine: Engine) -> None:
    """Something that was to be done yesterday; nobody is asleep."""
    with db.writing() as session:
        yesterday = TODAY.replace(day=TODAY.day - 1)
        make_activity(session, make_plan(session), title="冬季健步走", precision=DatePrecision.DAY, starts_on=yesterday, ends_on=yesterday)
        set_policy(session, quiet_from=0, quiet_until=0)


def test_what_is_due_is_sent_and_told(year: None, robots: RobotServer, run: Run) -> None:
    add_channel(robots.url, events=["late"])

    assert run("remind") == (0, f"1\t委员群\tlate\t{LATE}\n", "")
    assert run("remind") == (0, "没有要发的消息。\n", "")
    assert [one.told["text"]["content"] for one in robots.arrived] == [f"{LATE}\n11月20日：冬季健步走"]


def test_dry_run_shows_and_sends_nothing(year: None, robots: RobotServer, run: Run) -> None:
    add_channel(robots.url, events=["late"])

    assert run("remind", "--dry-run") == (0, f"1\t委员群\tlate\t{LATE}\n\t11月20日：冬季健步走\n", "")
    assert robots.arrived == []
    with db.reading() as session:
        assert session.exec(select(SentMessage)).all() == []


def test_json_tells_what_became_of_each(year: None, robots: RobotServer, run: Run) -> None:
    number = add_channel(robots.url, events=["late"])

    code, out, err = run("remind", "--json")

    assert (code, err) == (0, "")
    assert json.loads(out) == [
        {
            "union": 1,
            "channel_id": number,
            "channel": "委员群",
            "event": "late",
            "title": LATE,
            "sent": True,
            "failure": None,
            "number": "",
        }
    ]


def test_what_did_not_arrive_is_one_sentence_and_exit_code_1(year: None, robots: RobotServer, run: Run) -> None:
    add_channel(robots.url, events=["late"])
    robots.answers.append(receivers.WECOM_GONE)

    code, out, err = run("remind")

    assert (code, out) == (1, f"1\t委员群\tlate\t{LATE}\n")
    assert err == "1 条消息中有 1 条没有送达。委员群：这个机器人已不存在。请在群里新加一个，把地址粘贴到这里。\n"


def test_one_event_to_one_group_whatever_its_weekday(year: None, robots: RobotServer, run: Run) -> None:
    first, second = add_channel(robots.url), add_channel(robots.url, name="组长群")

    code, out, _ = run("remind", "--event", "late", "--channel", str(second))

    assert (code, out) == (0, f"1\t组长群\tlate\t{LATE}\n")
    assert first != second
    assert len(robots.arrived) == 1


def test_quiet_hours_hold_for_cron_too(year: None, robots: RobotServer, run: Run) -> None:
    add_channel(robots.url, events=["late"])
    with db.writing() as session:
        row = session.exec(select(MessagePolicy)).one()
        row.quiet_from, row.quiet_until = 0, 1439
        session.add(row)

    assert run("remind", "--event", "late") == (0, "现在是免打扰时段，没有发送。\n", "")


def test_nobody_to_tell(year: None, run: Run) -> None:
    assert run("remind") == (0, "没有要发的消息。\n", "")
