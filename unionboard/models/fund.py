"""The welfare fund: books by year and month, the budget and its amendments, and the append-only ledger."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from unionboard.config import HOME_UNION
from unionboard.models.base import OfUnion, UtcDateTime, code_type


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


class FundYear(OfUnion, table=True):
    """A book: one calendar year. ``opening_fen`` (may be negative) is what was carried over as told; None: last year's closing balance.

    ``adopted_on`` and ``resolution`` are the budget's: from then on only a ``BudgetAmendment`` changes it. ``closed_at_utc``: the book is
    closed, with ``closing_fen`` left, ``bank_fen`` on the bank's statement and, where they differ, ``note``.
    """

    union_id: int | None = Field(default=None, primary_key=True, sa_column_kwargs={"server_default": str(HOME_UNION)})
    year: int = Field(primary_key=True)
    opening_fen: int | None = Field(default=None, sa_type=BigInteger)
    adopted_on: date | None = Field(default=None)
    resolution: str = Field(default="", max_length=200)
    closed_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: str = Field(default="", max_length=40)
    closing_fen: int | None = Field(default=None, sa_type=BigInteger)
    bank_fen: int | None = Field(default=None, sa_type=BigInteger)
    note: str = Field(default="", max_length=300)
    version: int = Field(default=1)


class FundMonth(OfUnion, table=True):
    """A month of a book that was closed: it takes no entry any more unless it is opened again (``closed_at_utc`` None), with a reason.

    The fields are those of a closed year; the first month that is not closed is the first that takes entries.
    """

    __table_args__ = (UniqueConstraint("union_id", "year", "month"), CheckConstraint("month BETWEEN 1 AND 12", name="month_of_year"))

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    month: int
    closed_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: str = Field(default="", max_length=40)
    closing_fen: int | None = Field(default=None, sa_type=BigInteger)
    bank_fen: int | None = Field(default=None, sa_type=BigInteger)
    note: str = Field(default="", max_length=300)
    version: int = Field(default=1)


class FundPolicy(OfUnion, table=True):
    """What a union has decided about its money, in one row: spending of ``resolution_above_fen`` and more needs a resolution of the
    committee (None: no such threshold); ``near_pct`` of a budget or ceiling is near it."""

    id: int | None = Field(default=None, primary_key=True)
    resolution_above_fen: int | None = Field(default=None, ge=0, sa_type=BigInteger)
    near_pct: int = Field(default=90, ge=1, le=100)
    version: int = Field(default=1)


class OwnItem(OfUnion, table=True):
    """A fund item as the union keeps it: an official one (``code`` of reference/fund_items) renamed or hidden, or one of its own."""

    union_id: int | None = Field(default=None, primary_key=True, sa_column_kwargs={"server_default": str(HOME_UNION)})
    code: str = Field(primary_key=True, max_length=32)
    direction: Direction = Field(sa_type=code_type(Direction))
    group: str = Field(default="", max_length=32)  # of spending: code of reference fund_groups
    name: str = Field(default="", max_length=40)  # empty: the official one
    is_hidden: bool = Field(default=False)
    position: int = Field(default=0)
    version: int = Field(default=1)


class BudgetLine(OfUnion, table=True):
    """What a year's budget allows for one fund item out of one source, in fen, as adopted. Amendments stand beside it."""

    __table_args__ = (UniqueConstraint("union_id", "year", "item", "source"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    item: str = Field(max_length=32)
    source: FundSource = Field(default=FundSource.UNION_FUNDS, sa_type=code_type(FundSource))
    amount_fen: int = Field(ge=0, sa_type=BigInteger)
    note: str = Field(default="", max_length=200)
    version: int = Field(default=1)


class BudgetAmendment(OfUnion, table=True):
    """A change of an adopted budget with an approval of its own: proposed until ``adopted_on`` is set, and only then counted.

    ``lines``: what it adds (or, negative, takes away), ``[{"item": …, "source": …, "delta_fen": …}]``. ``number`` counts from 1 in a year.
    """

    __table_args__ = (UniqueConstraint("union_id", "year", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    number: int
    reason: str = Field(default="", max_length=300)
    lines: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    adopted_on: date | None = Field(default=None)
    resolution: str = Field(default="", max_length=200)
    approver: str = Field(default="", max_length=40)
    withdrawn_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)


class FundEntry(OfUnion, table=True):
    """One line of the ledger. Never changed or deleted: a mistake is taken back by an entry that names it (``reverses_id``).

    ``amount_fen`` is positive; a reversing entry has the same direction and item and counts negative. ``voucher`` is gapless in ``year``.
    ``one_hand``: why handler, approver and cashier are not three persons; empty when they are, or were not named. ``import_key`` names the
    line of the file it came from, so that a second import of it adds nothing.
    """

    __table_args__ = (
        UniqueConstraint("union_id", "year", "voucher"),
        UniqueConstraint("reverses_id"),
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        Index("ix_fund_entry_year_day", "union_id", "year", "booked_on", "voucher"),
        Index(
            "ix_fund_entry_sums", "union_id", "year", "direction", "item", "booked_on", "reverses_id", "amount_fen", "source"
        ),  # a book is read from it alone
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
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    cashier: str = Field(default="", max_length=40)
    one_hand: str = Field(default="", max_length=200)
    import_key: str = Field(default="", max_length=64, index=True)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
