"""What is remembered of files that were read into the books."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime


class ImportMapping(OfUnion, table=True):
    """How a kind of file is read: which heading holds what, by ``signature`` of its headings, or by the name people gave it.

    ``columns``: field -> heading; ``items``: words of the file -> fund item; ``defaults``: what no column says.
    """

    __table_args__ = (UniqueConstraint("union_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    signature: str = Field(default="", max_length=64, index=True)
    columns: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    items: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    defaults: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = Field(default=1)


class LedgerImport(OfUnion, table=True):
    """One import: which file, how many lines of it were booked and how many were known already."""

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    file_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    mapping: str = Field(default="", max_length=80)
    booked: int = Field(default=0, ge=0)
    known: int = Field(default=0, ge=0)
    left_out: int = Field(default=0, ge=0)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
