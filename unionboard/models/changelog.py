"""Who changed what, when: written by every service that writes, never changed afterwards."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from unionboard.models.base import Row, UtcDateTime


class ChangeAction(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    REMOVE = "remove"
    RESTORE = "restore"
    CHECK_OFF = "check_off"
    UNDO = "undo"
    REVERSE = "reverse"
    REVEAL = "reveal"  # nothing changed: somebody was shown what is private


class Change(Row, table=True):
    """One change of one record. ``before`` and ``after`` hold only the fields that differ; ids grow: the newest is the data's pulse."""

    id: int | None = Field(default=None, primary_key=True)
    at_utc: datetime = Field(sa_type=UtcDateTime)
    who: str = Field(max_length=40)
    action: str = Field(max_length=16)
    noun: str = Field(max_length=32, index=True)
    row_id: int = Field(index=True)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
