"""Claims: spending on its way from a draft to the filed papers, and the papers themselves."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime, code_type
from unionboard.models.care import GiftForm
from unionboard.models.fund import FundSource


class ClaimState(StrEnum):
    """Draft -> submitted -> approved -> paid -> filed. Returned with a reason it is a draft again."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PAID = "paid"
    FILED = "filed"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"  # the entry that paid it was taken back


class PaperKind(StrEnum):
    """The papers behind a sum. Source: domain notes C6."""

    PLAN = "plan"  # plan or programme of the activity
    SIGN_IN = "sign_in"
    INVOICE = "invoice"
    DETAIL_LIST = "detail_list"
    PHOTO = "photo"
    WINNERS = "winners"  # list of winners, signed
    SIGN_OFF = "sign_off"  # 发放签领表
    RECEIPT = "receipt"  # signed receipt, or the bank's slip
    CERTIFICATE = "certificate"  # wedding, birth, death …: seen, not copied
    APPROVAL = "approval"  # 审批表
    RESOLUTION = "resolution"
    CONTRACT = "contract"  # contract or quotes
    NOTE = "note"  # time, place, people of a farewell talk
    BANK = "bank"
    OTHER = "other"


class Claim(OfUnion, table=True):
    """Spending that is asked for. ``kind`` (code of reference/claim_kinds) says which papers belong to it.

    ``people``, ``participants``, ``winners``, ``festival`` and ``form`` are what ceilings ask; ``one_hand`` as in a fund entry. The entry
    that paid it names it (``FundEntry.claim_id``).
    """

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    state: ClaimState = Field(default=ClaimState.DRAFT, sa_type=code_type(ClaimState), index=True)
    kind: str = Field(default="other", max_length=32)
    purpose: str = Field(default="", max_length=300)
    item: str = Field(default="", max_length=32)
    source: FundSource = Field(default=FundSource.UNION_FUNDS, sa_type=code_type(FundSource))
    amount_fen: int = Field(default=0, ge=0, sa_type=BigInteger)
    payee: str = Field(default="", max_length=80)
    activity_id: int | None = Field(default=None, foreign_key="activity.id", index=True)
    people: int | None = Field(default=None, ge=0)
    participants: int | None = Field(default=None, ge=0)
    winners: int | None = Field(default=None, ge=0)
    festival: str = Field(default="", max_length=32)
    form: GiftForm | None = Field(default=None, sa_type=code_type(GiftForm))
    needed_on: date | None = Field(default=None)
    handler: str = Field(default="", max_length=40)
    submitted_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    approver: str = Field(default="", max_length=40)
    approved_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolution: str = Field(default="", max_length=200)  # the committee's, for large sums: which meeting, which day
    cashier: str = Field(default="", max_length=40)
    paid_on: date | None = Field(default=None)
    filed_by: str = Field(default="", max_length=40)
    filed_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    returned_by: str = Field(default="", max_length=40)
    returned_reason: str = Field(default="", max_length=200)
    over_reason: str = Field(default="", max_length=300)  # why it may be more than a ceiling or the budget
    one_hand: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=300)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)


class FundPaper(OfUnion, table=True):
    """A paper behind a claim, an entry, a hand-out or a closed month: a file stored under the hash of its content, or a paper seen.

    The fields of file and paper are those of ``Evidence``; what is taken away stays on record, stamped, and can be put back.
    ``is_private``: it names people (a signed list), so it is shown and exported only with their names.
    """

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    fund_entry_id: int | None = Field(default=None, foreign_key="fund_entry.id", index=True)
    handout_id: int | None = Field(default=None, foreign_key="handout.id", index=True)
    kind: PaperKind = Field(default=PaperKind.OTHER, sa_type=code_type(PaperKind))
    name: str = Field(max_length=200)
    stored_name: str = Field(default="", max_length=200)
    size_bytes: int | None = Field(default=None)
    sha256: str = Field(default="", max_length=64)
    media_type: str = Field(default="", max_length=80)
    place: str = Field(default="", max_length=200)
    seen_by: str = Field(default="", max_length=40)
    is_private: bool = Field(default=False)
    removed_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
