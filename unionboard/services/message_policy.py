"""When a union's messages go out: a weekday and a time of day, and hours in which nobody is disturbed. Days and times are local ones."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import Session, select

from unionboard.errors.messages import BoardAddressWrong
from unionboard.models import MessagePolicy
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import record_change, update_row
from unionboard.services.guard import require
from unionboard.services.permissions import Act

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def read_policy(session: Session) -> MessagePolicy:
    """The union's, or what holds where nobody said anything (``version`` 0, not stored)."""
    return session.exec(select(MessagePolicy)).first() or MessagePolicy(version=0)


def save_policy(
    session: Session,
    *,
    weekday: int,
    send_at: int,
    quiet_from: int,
    quiet_until: int,
    budget_share_pct: int,
    board_url: str,
    version: int,
    who: str,
    now_utc: datetime,
) -> MessagePolicy:
    """Set it (see models.MessagePolicy); equal ends of the quiet hours mean none. Raises: NotYours, BoardAddressWrong, StaleSave."""
    require(session, Act.CONNECT)
    board_url = board_url.strip().rstrip("/")
    if board_url and (not board_url.startswith(("http://", "https://")) or any(character.isspace() for character in board_url)):
        raise BoardAddressWrong
    told: dict[str, Any] = {
        "weekday": weekday,
        "send_at": send_at,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "budget_share_pct": budget_share_pct,
        "board_url": board_url,
    }
    row = session.exec(select(MessagePolicy)).first()
    if row is None:
        row = MessagePolicy(**told)
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    else:
        update_row(session, row, version=version, who=who, now_utc=now_utc, **told)
    return row


def is_quiet(policy: MessagePolicy, local: datetime) -> bool:
    """Whether nothing is sent at this moment."""
    return _is_within(local.hour * 60 + local.minute, policy.quiet_from, policy.quiet_until)


def quiet_end(policy: MessagePolicy, local: datetime) -> datetime:
    """The first moment from ``local`` on that is not quiet."""
    if not is_quiet(policy, local):
        return local
    end = _at(local, policy.quiet_until)
    return end if end > local else end + DAY


def last_daily(policy: MessagePolicy, local: datetime) -> datetime:
    """The latest moment up to ``local`` (inclusive) at which the day's messages went or should have gone out."""
    return _last(policy, local, step=DAY, first=_at(local, policy.send_at))


def last_weekly(policy: MessagePolicy, local: datetime) -> datetime:
    """The same for the week's."""
    away = timedelta(days=policy.weekday - local.isoweekday())
    return _last(policy, local, step=WEEK, first=_at(local, policy.send_at) + away)


def next_daily(policy: MessagePolicy, local: datetime) -> datetime:
    """The first such moment after ``local``."""
    return quiet_end(policy, _at(local, policy.send_at) + _steps_ahead(policy, local, DAY, _at(local, policy.send_at)))


def next_weekly(policy: MessagePolicy, local: datetime) -> datetime:
    """The same for the week's."""
    first = _at(local, policy.send_at) + timedelta(days=policy.weekday - local.isoweekday())
    return quiet_end(policy, first + _steps_ahead(policy, local, WEEK, first))


def _last(policy: MessagePolicy, local: datetime, *, step: timedelta, first: datetime) -> datetime:
    """A time within the quiet hours means their end."""
    moment = first + step
    while quiet_end(policy, moment) > local:
        moment -= step
    return quiet_end(policy, moment)


def _steps_ahead(policy: MessagePolicy, local: datetime, step: timedelta, first: datetime) -> timedelta:
    away = -step
    while quiet_end(policy, first + away) <= local:
        away += step
    return away


def _at(local: datetime, minute: int) -> datetime:
    return datetime.combine(local.date(), time(minute // 60, minute % 60), tzinfo=local.tzinfo)


def _is_within(minute: int, begins: int, ends: int) -> bool:
    return begins <= minute < ends if begins <= ends else minute >= begins or minute < ends
