"""Reminders to groups in the settings, and a meeting's messages on its page."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW
from tests.messaging import receivers
from tests.messaging.makers import LONG_AGO, add_channel, set_policy
from tests.messaging.receivers import RobotServer, robot_server
from unionboard import db
from unionboard.models import ChannelKind, Meeting, MessageChannel, MessageEvent, MessagePolicy
from unionboard.services import plans, sent_messages
from unionboard.services.sent_messages import Failure, Occasion, note_outcome, put_message, take

OpenPage = Callable[..., AppTest]
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=t1234567"


pytestmark = pytest.mark.filterwarnings("ignore:.*slated for removal in Python 3.13:DeprecationWarning")  # of what apprise imports


@pytest.fixture
def robots() -> Iterator[RobotServer]:
    with robot_server() as server:
        yield server


@pytest.fixture
def awake(demo: Engine) -> None:
    """Nobody is asleep, whenever the test runs."""
    with db.writing() as session:
        set_policy(session, quiet_from=0, quiet_until=0)


def stored() -> list[MessageChannel]:
    with db.reading() as session:
        return list(session.exec(select(MessageChannel)))


def open_tab(open_page: OpenPage, **query: str) -> AppTest:
    return open_page("settings", tab="connections", **query)


def keys(at: AppTest) -> set[str]:
    return {str(one.key) for one in at.button}


def test_group_is_added_and_a_test_tried_at_once(demo: Engine, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_tab(open_page)
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")  # nothing of a test reaches the real robots
    at.button_group(key="new_channel_kind").set_value(ChannelKind.DINGTALK).run()
    at.text_input(key="new_channel_address_dingtalk").set_value(f" {DINGTALK} ")
    at.text_input(key="new_channel_secret_dingtalk").set_value("SEC12345678")
    at.text_input(key="new_channel_name").set_value("委员群")
    at.button(key="add_channel").click().run()

    (row,) = stored()
    assert (row.kind, row.name, row.address, row.events, row.language) == (
        ChannelKind.DINGTALK,
        "委员群",
        f"{DINGTALK}#SEC12345678",
        [event.value for event in MessageEvent],
        "zh_CN",
    )
    assert [error.value for error in at.error] == ["“委员群”没有收到测试消息。这台电脑连不上对方。能上外网吗？"]
    assert at.text_input(key="new_channel_name").value == ""


def test_address_of_another_robot_is_refused_and_what_was_typed_stays(demo: Engine, open_page: OpenPage) -> None:
    at = open_tab(open_page, lang="en")
    at.text_input(key="new_channel_address_wecom").set_value(DINGTALK)
    at.text_input(key="new_channel_name").set_value("委员群")
    at.button(key="add_channel").click().run()

    assert stored() == []
    assert at.error[0].value.startswith("This is no address of such a robot.")
    assert at.text_input(key="new_channel_address_wecom").value == DINGTALK


def test_mailbox_is_added_by_its_form(demo: Engine, open_page: OpenPage) -> None:
    with receivers.mail_server() as office:
        at = open_tab(open_page)
        at.button_group(key="new_channel_kind").set_value(ChannelKind.EMAIL).run()
        values = {"server": "127.0.0.1", "account": "gh@school.cn", "password": "secret"}
        for field, value in values.items():
            at.text_input(key=f"new_channel_mail_{field}").set_value(value)
        at.selectbox(key="new_channel_mail_security").set_value("none")
        at.number_input(key="new_channel_mail_port").set_value(office.port)
        at.text_area(key="new_channel_mail_recipients").set_value("a@school.cn\nb@school.cn")
        at.text_input(key="new_channel_name").set_value("委员邮箱")
        at.button(key="add_channel").click().run(timeout=60)

        assert not at.exception
        assert [error.value for error in at.error] == []
        assert [who for _, who, _ in office.mails] == [["a@school.cn"], ["b@school.cn"]]
        assert [toast.value for toast in at.toast] == ["测试消息已送到“委员邮箱”。"]


def test_saved_address_is_never_shown(demo: Engine, open_page: OpenPage, robots: RobotServer) -> None:
    add_channel(robots.url)

    at = open_tab(open_page)

    drawn = [str(one.proto) for one in at.main if hasattr(one, "proto")]
    everything = "".join(drawn) + "".join(str(one.value) for one in (*at.text_input, *at.markdown, *at.text))
    assert "k1234567" not in everything


def test_test_message_tells_what_the_robot_said(awake: None, open_page: OpenPage, robots: RobotServer) -> None:
    number = add_channel(robots.url, kind=ChannelKind.DINGTALK)
    robots.answers += [receivers.DINGTALK_KEYWORD, receivers.DINGTALK_OK]
    at = open_tab(open_page)

    at.button(key=f"test_channel_{number}").click().run()
    refused = [error.value for error in at.error]
    at.button(key=f"test_channel_{number}").click().run()

    assert refused == ["“委员群”没有收到测试消息。机器人要求关键词。请在它的安全设置里填“工会”（英文群填 Union）：每条消息都以它开头。"]
    assert [toast.value for toast in at.toast] == ["测试消息已送到“委员群”。"]


def test_group_is_changed_switched_off_and_removed(demo: Engine, open_page: OpenPage, robots: RobotServer) -> None:
    number = add_channel(robots.url)
    at = open_tab(open_page)

    at.text_input(key=f"channel_name_{number}_1").set_value("组长群")
    at.button_group(key=f"channel_events_{number}_1").set_value([MessageEvent.LATE])
    at.button(key=f"save_channel_{number}").click().run()
    changed = stored()[0]
    at.button(key=f"switch_channel_{number}").click().run()
    off = stored()[0]
    at.button(key=f"remove_channel_{number}").click().run()

    assert (changed.name, changed.events, changed.address.endswith("k1234567")) == ("组长群", ["late"], True)
    assert (off.is_on, stored()[0].address, stored()[0].removed_at_utc is not None) == (False, "", True)
    assert f"test_channel_{number}" not in keys(at)


def test_times_are_saved(demo: Engine, open_page: OpenPage, robots: RobotServer) -> None:
    add_channel(robots.url)
    at = open_tab(open_page)

    at.selectbox(key="messages_weekday_0").set_value(5)
    at.time_input(key="messages_send_at_0").set_value(time(16, 30))
    at.time_input(key="messages_quiet_from_0").set_value(time(20, 0))
    at.number_input(key="messages_share_0").set_value(80)
    at.text_input(key="messages_url_0").set_value("https://union.example.cn/")
    at.button(key="save_messages_policy").click().run()

    with db.reading() as session:
        row = session.exec(select(MessagePolicy)).one()
    assert (row.weekday, row.send_at, row.quiet_from, row.budget_share_pct, row.board_url) == (5, 990, 1200, 80, "https://union.example.cn")


def test_what_failed_is_told_and_sent_after_all(awake: None, open_page: OpenPage, robots: RobotServer) -> None:
    number = add_channel(robots.url)
    with db.writing() as session:
        row = put_message(session, number, Occasion(MessageEvent.LATE, "2026-11-20"), title="工会 · 新逾期 1 项", text="某事", now_utc=NOW)
        assert row is not None
        take(session, row.id or 0, now_utc=NOW)
        note_outcome(session, row.id or 0, Failure.NO_ROBOT, number="93000", now_utc=NOW)
    at = open_tab(open_page)
    said = [one.value for one in at.markdown if "已不存在" in one.value]

    at.button(key=f"resend_{row.id}").click().run()

    assert said == [":small[这个机器人已不存在。请在群里新加一个，把地址粘贴到这里。]"]
    assert robots.arrived[0].told["text"]["content"] == "工会 · 新逾期 1 项\n某事"
    assert [toast.value for toast in at.toast] == ["已发到 1 个群。"]


def test_next_messages_are_shown_as_they_will_read(demo: Engine, open_page: OpenPage, robots: RobotServer) -> None:
    add_channel(robots.url, events=["due_this_week"], created_at_utc=LONG_AGO)

    at = open_tab(open_page)

    assert ":small[:gray[本周到期 · 11月23日（星期一）08:30]]" in [one.value for one in at.markdown]


# --- meetings -------------------------------------------------------------------------------------------------------------------------


def test_invitation_is_shown_and_sent_by_one_press(awake: None, open_page: OpenPage, robots: RobotServer) -> None:
    add_channel(robots.url, events=["meeting_called"])
    at = open_page("meeting")
    at.date_input(key="invitation_day").set_value(date(2026, 11, 27))
    at.time_input(key="invitation_at").set_value(time(14, 30))
    at.text_input(key="invitation_place").set_value("三楼会议室").run()
    preview = [one.value for one in at.text if "三楼会议室" in one.value]

    at.button(key="send_invitation").click().run()
    at.button(key="send_invitation").click().run()

    (arrived,) = robots.arrived
    title, _, text = arrived.told["text"]["content"].partition("\n")
    assert title == "工会 · 第 3 次委员会会议通知"
    assert preview == [text]
    assert text.startswith("时间：11月27日（星期五）14:30\n地点：三楼会议室\n议题：")
    assert [toast.value for toast in at.toast] == ["这条消息群里已经有了。"]


def test_place_that_names_somebody_is_refused(awake: None, open_page: OpenPage, robots: RobotServer) -> None:
    add_channel(robots.url, events=["meeting_called"])
    at = open_page("meeting")

    at.text_input(key="invitation_place").set_value("何敏办公室").run()

    assert [error.value for error in at.error] == ["地点里不能出现人名或病情：消息会发到整个群。请只写房间。"]
    assert "send_invitation" not in keys(at)


def test_minutes_are_offered_to_the_groups_until_they_were_told(
    awake: None, open_page: OpenPage, robots: RobotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_channel(robots.url, events=["minutes_ready"])
    with db.reading() as session:
        plan = plans.current_plan(session, today=date(2026, 11, 21))
        meeting = max(session.exec(select(Meeting)), key=lambda row: row.number)
    assert plan is not None
    monkeypatch.setenv("UNIONBOARD_TODAY", meeting.held_on.isoformat())
    at = open_page("meeting")

    at.button(key="send_minutes").click().run()

    assert [one.told["text"]["content"].split("\n")[0] for one in robots.arrived] == ["工会 · 第 2 次委员会会议纪要已完成"]
    assert "send_minutes" not in keys(at)


def test_without_a_group_nothing_is_offered(demo: Engine, open_page: OpenPage) -> None:
    assert "send_invitation" not in keys(open_page("meeting"))


def test_quiet_hours_hold_for_a_pressed_button_too(demo: Engine, open_page: OpenPage, robots: RobotServer) -> None:
    add_channel(robots.url, events=["meeting_called"])
    with db.writing() as session:
        set_policy(session, quiet_from=0, quiet_until=1439)
    at = open_page("meeting")

    at.button(key="send_invitation").click().run()

    assert [toast.value for toast in at.toast] == ["现在是免打扰时段，将在 23:59 发出。"]
    assert robots.arrived == []
    with db.reading() as session:
        (waiting,) = sent_messages.list_lately(session, most=5, now_utc=NOW)
    told: dict[str, Any] = {"state": waiting.state.value, "tries": waiting.tries}
    assert told == {"state": "under_way", "tries": 0}
