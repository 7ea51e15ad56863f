"""The clock, for the edges of the program (pages and command line): services never read one."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from unionboard.config import TIME_ZONE, read_config


def today() -> date:
    """The day where the union is, or the rehearsed one (``UNIONBOARD_TODAY``)."""
    return read_config().fixed_today or datetime.now(ZoneInfo(TIME_ZONE)).date()


def now_utc() -> datetime:
    """The moment of a change."""
    return datetime.now(UTC)
