"""Care visits and hand-outs: what the fund and the summary need of them, and as little of the person as possible."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger
from sqlmodel import Field

from unionboard.config import HOME_UNION
from unionboard.models.base import OfUnion, SealedText, UtcDateTime, code_type
from unionboard.models.fund import FundSource


class GiftForm(StrEnum):
    """What is handed over; rules differ for goods and money."""

    GOODS = "goods"
    MONEY = "money"
    BOTH = "both"


class OwnOccasion(OfUnion, table=True):
    """An occasion of care visits as the union keeps it: one of reference/care_kinds renamed or hidden, or one of its own.

    ``must_visit``: one of the union's own «must visit» occasions (五必访). ``item``: the fund item such visits are booked on.
    """

    union_id: int | None = Field(default=None, primary_key=True, sa_column_kwargs={"server_default": str(HOME_UNION)})
    code: str = Field(primary_key=True, max_length=32)
    name: str = Field(default="", max_length=40)  # empty: the one of the reference
    item: str = Field(default="", max_length=32)
    must_visit: bool = Field(default=False)
    is_hidden: bool = Field(default=False)
    position: int = Field(default=0)
    version: int = Field(default=1)


class Handout(OfUnion, table=True):
    """A festival hand-out to many: heads × value. Who got it stands on the signed list, never in here.

    ``signed``: how many have signed; ``fund_entry_id``: the entry that paid for it.
    """

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=80)
    festival: str = Field(default="", max_length=32)  # code of reference/festivals
    handed_on: date
    heads: int = Field(ge=1)
    unit_fen: int = Field(ge=1, sa_type=BigInteger)
    goods: str = Field(default="", max_length=120)
    supplier: str = Field(default="", max_length=80)
    item: str = Field(default="member_activities", max_length=32)
    source: FundSource = Field(default=FundSource.UNION_FUNDS, sa_type=code_type(FundSource))
    signed: int | None = Field(default=None, ge=0)
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    fund_entry_id: int | None = Field(default=None, foreign_key="fund_entry.id", index=True)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    removed_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class CareVisit(OfUnion, table=True):
    """A visit or gift on an occasion (``kind``: code of reference/care_kinds or of an ``OwnOccasion``).

    ``recipient`` (a member's code or a name) is private: no page or draft repeats it. It and what would tell who it was are stored
    sealed. A visit with an amount and without ``fund_entry_id`` is not posted to the books yet. ``paper_seen``: what was shown as proof,
    ``seen_by`` whom; the paper itself is not copied.
    """

    id: int | None = Field(default=None, primary_key=True)
    visited_on: date
    kind: str = Field(max_length=32, index=True)
    recipient: str = Field(default="", sa_type=SealedText)
    people: int = Field(default=1, ge=1)
    amount_fen: int = Field(default=0, ge=0, sa_type=BigInteger)
    goods: str = Field(default="", sa_type=SealedText)
    visitors: str = Field(default="", sa_type=SealedText)
    fund_entry_id: int | None = Field(default=None, foreign_key="fund_entry.id", index=True)
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    removed: bool = Field(default=False)
    form: GiftForm = Field(default=GiftForm.GOODS, sa_type=code_type(GiftForm))
    item: str = Field(default="member_activities", max_length=32)
    source: FundSource = Field(default=FundSource.UNION_FUNDS, sa_type=code_type(FundSource))
    paper_seen: str = Field(default="", sa_type=SealedText)
    seen_by: str = Field(default="", max_length=40)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    version: int = Field(default=1)
