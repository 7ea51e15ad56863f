"""What really happened: check-offs and their evidence."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime, code_type


class EvidenceKind(StrEnum):
    """The papers an inspection asks for. Source: activity registers (活动台账) and inspection sheets, domain notes F."""

    PLAN = "plan"
    NOTICE = "notice"
    SIGN_IN = "sign_in"
    PHOTO = "photo"
    INVOICE = "invoice"
    MINUTES = "minutes"
    BULLETIN = "bulletin"
    OTHER = "other"


class CheckOff(OfUnion, table=True):
    """An activity, or one occurrence of a duty, reported as held on ``done_on``–``done_to``. Undone ones stay, stamped.

    ``participants`` counts persons (人), ``person_times`` attendances (人次): different units, never added to one another.
    """

    __table_args__ = (
        Index(
            "uq_check_off_live_activity",
            "activity_id",
            unique=True,
            sqlite_where=text("undone_at_utc IS NULL AND is_log = 0 AND occurrence_id IS NULL"),
            postgresql_where=text("undone_at_utc IS NULL AND NOT is_log AND occurrence_id IS NULL"),
        ),
        Index(
            "uq_check_off_live_occurrence",
            "occurrence_id",
            unique=True,
            sqlite_where=text("undone_at_utc IS NULL"),
            postgresql_where=text("undone_at_utc IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id")
    is_log: bool = Field(default=False)  # an entry of a standing duty: any number of them, even on one day
    done_on: date
    done_to: date | None = Field(default=None)
    is_partial: bool = Field(default=False)
    participants: int | None = Field(default=None, ge=0)
    eligible: int | None = Field(default=None, ge=0)
    person_times: int | None = Field(default=None, ge=0)
    result: str = Field(default="")
    award: str = Field(default="", max_length=200)
    award_level: str = Field(default="", max_length=16)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # name -> whole number, e.g. proposals_received
    remaining: str = Field(default="")  # of one done in part: what is left to do
    agenda: str = Field(default="")  # of a congress or meeting: what was on it, one item a line
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    undone_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class Evidence(OfUnion, table=True):
    """A paper or file that proves a check-off: where it is, not what it says.

    A file is stored under the hash of its content (``stored_name``, ``media_type`` from the content); a paper that is not copied lies at
    ``place`` and was seen by ``seen_by``. What is taken away stays on record, stamped, and can be put back.
    """

    id: int | None = Field(default=None, primary_key=True)
    check_off_id: int = Field(foreign_key="check_off.id", index=True)
    kind: EvidenceKind = Field(default=EvidenceKind.OTHER, sa_type=code_type(EvidenceKind))
    name: str = Field(max_length=200)
    stored_name: str = Field(default="", max_length=200)  # file below evidence/; empty when the paper is kept in a folder
    size_bytes: int | None = Field(default=None)
    sha256: str = Field(default="", max_length=64)
    media_type: str = Field(default="", max_length=80)  # image/jpeg …; empty for a paper
    place: str = Field(default="", max_length=200)
    seen_by: str = Field(default="", max_length=40)
    removed_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
