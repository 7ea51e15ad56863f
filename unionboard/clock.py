"""The clock, for the edges of the program (pages and command line): services never read one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from unionboard.config import TIME_ZONE, read_config


def today() -> date:
    """The day where the union is, or the rehearsed one (``UNIONBOARD_TODAY``)."""
    return read_config().fixed_today or datetime.now(ZoneInfo(TIME_ZONE)).date()


def now_utc() -> datetime:
    """The moment of a change."""
    return datetime.now(UTC)


def end_of_day(day: date) -> datetime:
    """The last moment of ``day`` where the union is, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(TIME_ZONE)).astimezone(UTC) - timedelta(microseconds=1)


def local_day(moment: datetime) -> date:
    """The day of ``moment`` where the union is."""
    return moment.astimezone(ZoneInfo(TIME_ZONE)).date()
