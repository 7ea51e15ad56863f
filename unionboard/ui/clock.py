"""The clock of the pages."""

from unionboard.clock import now_utc, today

__all__ = ["now_utc", "today"]
