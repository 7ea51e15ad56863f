"""When messages go out: weekdays, times, and quiet hours over midnight."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from tests.makers import NOW
from unionboard.errors.messages import BoardAddressWrong
from unionboard.errors.permissions import NotYours
from unionboard.errors.saving import StaleSave
from unionboard.models import AccountRole, MessagePolicy
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.message_policy import (
    is_quiet,
    last_daily,
    last_weekly,
    next_daily,
    next_weekly,
    quiet_end,
    read_policy,
    save_policy,
)

ZONE = ZoneInfo("Asia/Shanghai")
VALUES = {"weekday": 3, "send_at": 540, "quiet_from": 1260, "quiet_until": 450, "budget_share_pct": 80}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("quiet", "loud"),
    [
        ((21 * 60, 7 * 60 + 30), ["07:30", "12:00", "20:59"]),
        ((12 * 60, 14 * 60), ["11:59", "14:00", "23:00", "00:00"]),
        ((0, 0), ["00:00", "12:00"]),
    ],
)
def test_quiet_hours_begin_inclusive_and_end_exclusive(quiet: tuple[int, int], loud: list[str]) -> None:
    policy = MessagePolicy(quiet_from=quiet[0], quiet_until=quiet[1])

    times = ["00:00", "07:29", "07:30", "11:59", "12:00", "13:59", "14:00", "20:59", "21:00", "23:00"]
    spoken = [time for time in times if not is_quiet(policy, local(f"2026-05-11 {time}"))]

    assert set(loud) <= set(spoken)
    assert len(spoken) == {(1260, 450): 6, (720, 840): 8, (0, 0): 10}[quiet]


@pytest.mark.parametrize(
    ("now", "end"),
    [("2026-05-11 22:00", "2026-05-12 07:30"), ("2026-05-12 03:00", "2026-05-12 07:30"), ("2026-05-12 09:15", "2026-05-12 09:15")],
)
def test_quiet_hours_end_next_morning(now: str, end: str) -> None:
    assert quiet_end(MessagePolicy(quiet_from=1260, quiet_until=450), local(now)) == local(end)


@pytest.mark.parametrize(
    ("now", "daily", "weekly", "then_daily", "then_weekly"),
    [
        ("2026-05-11 08:29", "2026-05-10 08:30", "2026-05-04 08:30", "2026-05-11 08:30", "2026-05-11 08:30"),
        ("2026-05-11 08:30", "2026-05-11 08:30", "2026-05-11 08:30", "2026-05-12 08:30", "2026-05-18 08:30"),
        ("2026-05-17 23:00", "2026-05-17 08:30", "2026-05-11 08:30", "2026-05-18 08:30", "2026-05-18 08:30"),
        ("2027-01-01 00:00", "2026-12-31 08:30", "2026-12-28 08:30", "2027-01-01 08:30", "2027-01-04 08:30"),
    ],
)
def test_last_and_next_moments_on_mondays_at_half_past_eight(now: str, daily: str, weekly: str, then_daily: str, then_weekly: str) -> None:
    policy = MessagePolicy()

    found = [moment(policy, local(now)) for moment in (last_daily, last_weekly, next_daily, next_weekly)]

    assert found == [local(daily), local(weekly), local(then_daily), local(then_weekly)]


def test_time_within_quiet_hours_means_their_end() -> None:
    policy = MessagePolicy(weekday=7, send_at=22 * 60)

    assert last_weekly(policy, local("2026-05-11 07:29")) == local("2026-05-04 07:30")
    assert last_weekly(policy, local("2026-05-11 07:30")) == local("2026-05-11 07:30")
    assert next_daily(policy, local("2026-05-11 07:30")) == local("2026-05-12 07:30")


def test_policy_is_kept_and_a_stale_one_refused(session: Session) -> None:
    save_policy(session, **VALUES, board_url=" https://union.example.cn/ ", version=0, who="chair", now_utc=NOW)
    save_policy(session, **(VALUES | {"weekday": 5}), board_url="", version=1, who="chair", now_utc=NOW)

    kept = read_policy(session)
    assert (kept.weekday, kept.board_url, kept.version) == (5, "", 2)
    with pytest.raises(StaleSave):
        save_policy(session, **VALUES, board_url="", version=1, who="chair", now_utc=NOW)


@pytest.mark.parametrize("url", ["union.example.cn", "javascript:alert(1)", "https://a b"])
def test_board_has_a_web_address(session: Session, url: str) -> None:
    with pytest.raises(BoardAddressWrong):
        save_policy(session, **VALUES, board_url=url, version=0, who="chair", now_utc=NOW)


def test_only_the_chair_sets_it(session: Session) -> None:
    bind_actor(session, Actor(name="罗文静", roles=frozenset({AccountRole.TREASURER}), account_id=2))

    with pytest.raises(NotYours):
        save_policy(session, **VALUES, board_url="", version=0, who="罗文静", now_utc=NOW)
