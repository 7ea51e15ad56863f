"""Who changed what, when: written by every service that writes, never changed afterwards."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime


class ChangeAction(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    REMOVE = "remove"
    RESTORE = "restore"
    CHECK_OFF = "check_off"
    UNDO = "undo"
    REVERSE = "reverse"
    REVEAL = "reveal"  # nothing changed: somebody was shown what is private
    EXPORT = "export"  # nothing changed: something was taken out as a file
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    UNLOCK = "unlock"  # somebody opened personal details for ten minutes


class Change(OfUnion, table=True):
    """One change of one record. ``before`` and ``after`` hold only the fields that differ; ids grow: the newest is the data's pulse.

    ``origin``: from where (this computer, an address, the command line). ``sha256`` chains the line to the one before it: see
    ``models.chain``. Both are set when the line is written, by ``services.guard``.
    """

    id: int | None = Field(default=None, primary_key=True)
    at_utc: datetime = Field(sa_type=UtcDateTime)
    who: str = Field(max_length=40)
    action: str = Field(max_length=16)
    noun: str = Field(max_length=32, index=True)
    row_id: int = Field(index=True)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    origin: str = Field(default="", max_length=80)
    sha256: str = Field(default="", max_length=64)
