"""Care visits: what the fund and the summary need of them, and as little of the person as possible."""

from datetime import date, datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from unionboard.models.base import Row, UtcDateTime


class CareVisit(Row, table=True):
    """A visit or gift on an occasion (``kind`` of reference/care_kinds). ``recipient`` is private: no page or draft repeats it."""

    id: int | None = Field(default=None, primary_key=True)
    visited_on: date
    kind: str = Field(max_length=32, index=True)
    recipient: str = Field(default="", max_length=40)
    people: int = Field(default=1, ge=1)
    amount_fen: int = Field(default=0, ge=0, sa_type=BigInteger)
    goods: str = Field(default="", max_length=120)
    visitors: str = Field(default="", max_length=120)
    fund_entry_id: int | None = Field(default=None, foreign_key="fund_entry.id")
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    removed: bool = Field(default=False)
    version: int = Field(default=1)
