"""The welfare fund: yearly opening balance, budget lines, and the append-only ledger."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from unionboard.models.base import Row, UtcDateTime, code_type


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class FundSource(StrEnum):
    """Whose money it is; the allowed use differs. Source: domain notes C7."""

    UNION_FUNDS = "union_funds"
    DUES = "dues"
    HARDSHIP = "hardship"
    SENDING_WARMTH = "sending_warmth"
    EMPLOYER = "employer"
    DONATIONS = "donations"


class FundYear(Row, table=True):
    """A book: one calendar year. ``opening_fen`` (may be negative) is what was carried over as told; None: last year's closing balance."""

    year: int = Field(primary_key=True)
    opening_fen: int | None = Field(default=None, sa_type=BigInteger)
    adopted_on: date | None = Field(default=None)
    resolution: str = Field(default="", max_length=200)
    version: int = Field(default=1)


class BudgetLine(Row, table=True):
    """What a year allows for one fund item, in fen."""

    __table_args__ = (UniqueConstraint("year", "item"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    item: str = Field(max_length=32)
    amount_fen: int = Field(ge=0, sa_type=BigInteger)
    note: str = Field(default="", max_length=200)
    version: int = Field(default=1)


class FundEntry(Row, table=True):
    """One line of the ledger. Never changed or deleted: a mistake is taken back by an entry that names it (``reverses_id``).

    ``amount_fen`` is positive; a reversing entry has the same direction and item and counts negative. ``voucher`` is gapless in ``year``.
    """

    __table_args__ = (
        UniqueConstraint("year", "voucher"),
        UniqueConstraint("reverses_id"),
        CheckConstraint("amount_fen > 0", name="amount_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    voucher: int
    booked_on: date
    direction: Direction = Field(sa_type=code_type(Direction))
    item: str = Field(max_length=32, index=True)
    source: FundSource = Field(default=FundSource.UNION_FUNDS, sa_type=code_type(FundSource))
    amount_fen: int = Field(sa_type=BigInteger)
    purpose: str = Field(max_length=300)
    payee: str = Field(default="", max_length=80)
    handler: str = Field(default="", max_length=40)
    approver: str = Field(default="", max_length=40)
    papers: int = Field(default=0, ge=0)  # number of vouchers attached on paper
    activity_id: int | None = Field(default=None, foreign_key="activity.id", index=True)
    reverses_id: int | None = Field(default=None, foreign_key="fund_entry.id")
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
