"""The calendar's file, read back by another library than the one that wrote it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from unionboard.models import DatePrecision, FeedScope
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.services.calendar_feed import EventKind, Feed, FeedEvent
from unionboard.services.periods import Placement
from unionboard.writing.ics import write_calendar

CHANGED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
BASE = "https://gonghui.example:8443"


def make_event(**values: Any) -> FeedEvent:
    day = date(2026, 12, 4)
    defaults: dict[str, Any] = {
        "key": "activity-7",
        "kind": EventKind.ACTIVITY,
        "title": "宪法学习，答题；有奖",
        "days": (day, day),
        "path": "/timeline?plan=1&activity=7",
        "status": Status.COMING,
        "areas": ("IDEO", "CULT"),
        "owner": "何敏",
        "changes": 3,
        "changed_at_utc": CHANGED,
    }
    return FeedEvent(**(defaults | values))


def write(*events: FeedEvent, language: str = "zh_CN", scope: FeedScope = FeedScope.ALL, about: str = "") -> bytes:
    return write_calendar(Feed("青松小学工会", scope, about, "3fa9c1d2e4b57a60", events), language=language, base=BASE)


def parse(file: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(file.decode())


def only(**values: Any) -> Event:
    (event,) = parse(write(make_event(**values))).events
    return event


def lines(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_activity_is_an_all_day_event_that_ends_with_the_day_after() -> None:
    event = only(days=(date(2026, 12, 4), date(2026, 12, 6)))

    assert (event.dtstart, event.dtend, event.duration) == (date(2026, 12, 4), date(2026, 12, 7), None)
    assert (event.summary, event.transparency, event.status) == ("宪法学习，答题；有奖", "TRANSPARENT", "CONFIRMED")
    assert event.categories == ["思想引领与师德", "文体活动"]
    assert (event.uid, event.sequence, event.dtstamp, event.last_modified) == (
        "activity-7@3fa9c1d2e4b57a60.unionboard",
        2,
        CHANGED,
        CHANGED,
    )
    assert str(event.url) == f"{BASE}/timeline?plan=1&activity=7"
    assert event.description == f"负责人：何敏\n{BASE}/timeline?plan=1&activity=7"


def test_event_without_a_day_is_tentative_and_says_the_plans_own_word() -> None:
    planned = Placement(date(2026, 12, 1), date(2026, 12, 31), DatePrecision.MONTH)

    event = only(days=(date(2026, 12, 31),) * 2, planned=planned, is_settled=False)

    assert (event.summary, event.status) == ("宪法学习，答题；有奖（12月）", "TENTATIVE")
    assert event.description == f"负责人：何敏\n计划时间：12月\n{BASE}/timeline?plan=1&activity=7"


@pytest.mark.parametrize(
    ("status", "zh", "en"),
    [
        (Status.DONE, "歌会（已办）", "歌会 (done)"),
        (Status.PARTLY, "歌会（部分办结）", "歌会 (partly done)"),
        (Status.UNDER_WAY, "歌会（在办）", "歌会 (under way)"),
        (Status.LATE, "歌会（逾期）", "歌会 (late)"),
        (Status.POSTPONED, "歌会（延期）", "歌会 (postponed)"),
        (Status.CANCELLED, "歌会（取消）", "歌会 (cancelled)"),
        (Status.COMING, "歌会", "歌会"),
        (OccurrenceStatus.MISSED, "歌会（未办）", "歌会 (missed)"),
        (OccurrenceStatus.DUE, "歌会", "歌会"),
    ],
)
def test_status_is_told_by_a_word_behind_the_name(status: Status | OccurrenceStatus, zh: str, en: str) -> None:
    event = make_event(title="歌会", status=status)

    told = [parse(write(event, language=language)).events[0].summary for language in ("zh_CN", "en")]

    assert told == [zh, en]


def test_cancelled_activity_is_cancelled_for_programs_too() -> None:
    assert only(status=Status.CANCELLED).status == "CANCELLED"


def test_turn_is_told_by_its_time_or_its_number() -> None:
    planned = Placement(date(2026, 10, 1), date(2026, 12, 31), DatePrecision.MONTH)
    turn = {"kind": EventKind.TURN, "title": "工会简报", "number": 4, "status": OccurrenceStatus.DUE}

    assert (only(**turn, planned=planned).summary, only(**turn).summary) == ("工会简报（10–12月）", "工会简报（第4次）")


def test_meeting_has_its_hours_where_the_union_is() -> None:
    start = datetime(2026, 11, 20, 8, tzinfo=UTC)
    zone = ZoneInfo("Asia/Shanghai")
    hours = (start.astimezone(zone), (start + timedelta(minutes=50)).astimezone(zone))
    file = write(make_event(kind=EventKind.MEETING, title="", number=3, hours=hours, place="教工之家", status=None, areas=(), owner=""))

    (event,) = parse(file).events

    assert (event.summary, event.location, event.transparency) == ("第3次委员会会议", "教工之家", "OPAQUE")
    assert (event.dtstart, event.dtend) == hours
    assert "DTSTART;TZID=Asia/Shanghai:20261120T160000" in lines(file)
    assert [zone.tz_id for zone in parse(file).timezones] == ["Asia/Shanghai"]


def test_calendar_says_whose_it_is_how_it_looks_and_when_to_ask_again() -> None:
    told = lines(write(scope=FeedScope.AREA, about="CARE"))

    assert [line for line in told if line.startswith(("NAME", "X-", "COLOR", "REFRESH", "METHOD", "VERSION"))] == [
        "VERSION:2.0",
        "NAME:青松小学工会 · 送温暖与帮扶",
        "X-WR-CALNAME:青松小学工会 · 送温暖与帮扶",
        "COLOR:firebrick",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-APPLE-CALENDAR-COLOR:#B4231F",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-TIMEZONE:Asia/Shanghai",
    ]


def test_calendar_is_called_after_its_owner_or_the_year_plan() -> None:
    names = [lines(write(language="en", scope=scope, about=about)) for scope, about in ((FeedScope.OWNER, "吴佳"), (FeedScope.ALL, ""))]

    assert [next(line for line in told if line.startswith("NAME")) for told in names] == [
        "NAME:青松小学工会 · 吴佳",
        "NAME:青松小学工会 · Year plan",
    ]


def test_same_facts_make_the_same_bytes_in_short_lines_that_end_as_the_standard_asks() -> None:
    event = make_event(title="很长的名称" * 40)

    file = write(event)

    assert file == write(event)
    assert file.count(b"\n") == file.count(b"\r\n")
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    assert parse(file).events[0].summary == "很长的名称" * 40


def test_calendar_without_events_can_be_read() -> None:
    assert parse(write()).events == []


@pytest.mark.parametrize("title", ["a\\b", "行一\n行二", "BEGIN:VEVENT", "x;y,z", "😀"])
def test_whatever_people_type_stays_a_title(title: str) -> None:
    assert only(title=title).summary == title


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x0c", "\x1c", "\x7f", "\x85", "\u2028"])
def test_letters_that_end_a_line_for_some_programs_become_spaces(letter: str) -> None:
    file = write(make_event(title=f"歌会{letter}END:VEVENT", owner=f"何{letter}敏"), scope=FeedScope.OWNER, about=f"何{letter}敏")

    assert letter not in file.decode()
    assert parse(file).events[0].summary == "歌会 END:VEVENT"


def test_week_of_a_calendar_program_shows_what_stands_in_it() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    monday, sunday = date(2026, 11, 30), date(2026, 12, 6)
    spans = {"before": (date(2026, 11, 28), date(2026, 11, 29)), "into": (date(2026, 11, 28), monday), "last": (sunday, sunday)}
    spans["after"] = (date(2026, 12, 7), date(2026, 12, 7))
    calendar = parse(write(*(make_event(key=name, title=name, days=days) for name, days in spans.items())))

    week = datetime(2026, 11, 30, tzinfo=zone), datetime(2026, 12, 6, 23, 59, tzinfo=zone)
    shown = calendar.timeline_tz(zone).overlapping(*week)

    assert [event.summary for event in shown] == ["into", "last"]
